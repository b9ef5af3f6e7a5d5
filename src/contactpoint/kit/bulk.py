"""What is done to many things at once: asked about only where each of them can be meant."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.views.bulk_action import index

ALL = "all"


def bulk(request: HttpRequest, app_label: str, model_name: str, action: str) -> HttpResponseBase:
    """Wagtail's own view, which takes whatever stands in the address for keys of the model."""
    try:
        key = apps.get_model(app_label, model_name)._meta.pk
        for value in request.GET.getlist("id"):
            if value != ALL:
                key.clean(value, None)
    except (LookupError, ValidationError) as error:
        raise Http404 from error
    response: HttpResponseBase = index(request, app_label, model_name, action)
    return response
