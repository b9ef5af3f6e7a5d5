"""The page of one who follows: change, stop, erase, take along; and the one click that stops."""

from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from contactpoint.dissemination.following import keeping
from contactpoint.dissemination.following.asking import consent
from contactpoint.dissemination.following.links import (
    is_stop_link,
    preferences_url,
    stopped_by,
    subscriber_of,
)
from contactpoint.dissemination.following.views import secret
from contactpoint.dissemination.matching.atoms import NEWSLETTER_RULE, digest
from contactpoint.dissemination.matching.rules import described, rule_of
from contactpoint.dissemination.models import Subscriber, Subscription
from contactpoint.kit.context import view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE

_DIGITS: Final = 18
"""More have no room in 63 bits."""


@csrf_exempt  # the token in the address is the secret
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """One form with a button for each thing that can be done."""
    subscriber = subscriber_of(token)
    said = _("Your address is confirmed.") if "new" in request.GET else ""
    if subscriber is not None and request.method == "POST":
        subscriber, said = _done(request, subscriber)
        if subscriber is not None and said == _("Saved."):
            # The address of the page has the language.
            return secret(HttpResponseRedirect(preferences_url(subscriber) + "?saved=1"))
    if "saved" in request.GET and request.method != "POST":
        said = _("Saved.")
    language = get_language() or FALLBACK_LANGUAGE
    rows = _rows(subscriber, language) if subscriber else []
    context = {
        **view_context(request),
        "canonical_url": "",
        "subscriber": subscriber,
        "said": said,
        "rows": rows,
        "has_newsletter": any(row["is_newsletter"] for row in rows),
        "rhythms": Subscription.Rhythm.choices,
        "languages": settings.LANGUAGES,
        "consent": consent(language),
    }
    status = 404 if subscriber is None and not said else 200
    return secret(render(request, "dissemination/follow_mine.html", context, status=status))


def _done(request: HttpRequest, subscriber: Subscriber) -> tuple[Subscriber | None, str]:
    given = request.POST
    if "erase" in given or given.get("stop") == "all":
        keeping.erase(subscriber)
        return None, _("All is erased: your address is kept nowhere, and nothing more comes.")
    if "newsletter" in given:
        language = get_language() or FALLBACK_LANGUAGE
        keeping.get_newsletter(subscriber, consent(language), language)
        return subscriber, _("Saved.")
    stopped = given.get("stop", "")
    if stopped.isdecimal():
        if keeping.stop(subscriber, _numbers(stopped)):
            return subscriber, _("Stopped.")
        return None, _("That was the last: your address is erased, and nothing more comes.")
    language = given.get("language", "")
    known = Subscription.Rhythm.values
    keeping.change(
        subscriber,
        language if language in dict(settings.LANGUAGES) else subscriber.language,
        {
            number: given[name]
            for name in given
            if name.startswith("rhythm-") and given[name] in known
            for number in _numbers(name.removeprefix("rhythm-"))
        },
    )
    return subscriber, _("Saved.")


def _numbers(written: str) -> list[int]:
    """The number of a row, as far as the database has such numbers; else none."""
    return [int(written)] if written.isdecimal() and len(written) <= _DIGITS else []


def _rows(subscriber: Subscriber, language: str) -> list[dict[str, object]]:
    rows = subscriber.subscriptions.select_related("interest").order_by("pk")
    return [
        {
            "pk": row.pk,
            "words": described(rule_of(row.interest.rule), language),
            "row": row,
            "agreed_at": row.agreed,
            "agreed_to": row.agreed_to or subscriber.consented_to,
            "agreed_in": row.agreed_in,
            "is_newsletter": row.interest.digest == digest(NEWSLETTER_RULE),
        }
        for row in rows
    ]


@require_safe
def export(request: HttpRequest, token: str) -> HttpResponse:
    """All that is kept, as JSON."""
    subscriber = subscriber_of(token)
    if subscriber is None:
        raise Http404
    return taken_along(subscriber)


def taken_along(subscriber: Subscriber) -> HttpResponse:
    """As a file."""
    answer = JsonResponse(
        keeping.exported(subscriber), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = 'attachment; filename="follow.json"'
    return secret(answer)


@csrf_exempt  # a mail program sends the form, and the token in the address is the secret
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """One click (RFC 8058) is a POST; who opens the link gets a button. A link
    that came damaged stops nothing, and says so."""
    is_whole = is_stop_link(token)
    found = stopped_by(token)
    left = False
    is_done = is_whole and request.method == "POST"
    words, is_all = "", True
    if found is not None:
        subscriber, which = found
        language = get_language() or FALLBACK_LANGUAGE
        rows = subscriber.subscriptions.select_related("interest").order_by("pk")
        words = "; ".join(
            described(rule_of(row.interest.rule), language)
            for row in rows.filter(pk__in=which or [])
        )
        is_all = which is None
        if is_done:
            left = keeping.stop(subscriber, which)
    context = {
        **view_context(request),
        "canonical_url": "",
        "is_whole": is_whole,
        # Whoever clicks twice, or stopped it elsewhere, has what they want.
        "is_done": is_whole and (is_done or found is None or not (is_all or words)),
        "words": words,
        "preferences": preferences_url(found[0]) if found and (left or not is_done) else "",
    }
    status = 200 if is_whole else 404
    return secret(render(request, "dissemination/follow_stop.html", context, status=status))
