"""`/metrics`: for who sends the token, and for nobody else is there such an address."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """All numbers, in the form that is asked for (Prometheus's text or OpenMetrics)."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    known = settings.METRICS_TOKEN
    if not known or scheme.lower() != "bearer" or not constant_time_compare(token, known):
        raise Http404
    # Only now: who never asks spares the time and the memory.
    from prometheus_client.exposition import choose_encoder  # noqa: PLC0415

    from contactpoint.operations.metrics import registry  # noqa: PLC0415

    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return HttpResponse(encode(registry()), content_type=content_type)
