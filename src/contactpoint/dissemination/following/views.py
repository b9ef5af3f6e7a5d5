"""Asking to be told, and saying yes."""

import secrets
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from contactpoint.accounts.places import MINUTE
from contactpoint.dissemination.following import keeping
from contactpoint.dissemination.following.asking import ask, consent
from contactpoint.dissemination.following.forms import FollowForm
from contactpoint.dissemination.following.limits import (
    give_back,
    is_first_time,
    not_used,
    seconds_to_wait,
    take,
    was_used,
)
from contactpoint.dissemination.following.links import Asked, asked_by, preferences_url
from contactpoint.dissemination.following.untold import finds_untold_only, never_told, unknown
from contactpoint.dissemination.matching.atoms import NEWSLETTER
from contactpoint.dissemination.matching.rules import (
    EmptyRuleError,
    RuleError,
    canonical,
    described,
    parse,
)
from contactpoint.dissemination.models import Subscription
from contactpoint.kit import tickets
from contactpoint.kit.context import translations, view_context
from contactpoint.kit.jobs import TryLaterError
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.mail import UndeliverableError
from contactpoint.search.engines.base import UnavailableError
from contactpoint.search.showing.addresses import read
from contactpoint.search.showing.naming import Names

LONGEST: Final = 4_000
ABOUT: Final = "follow"


@csrf_exempt  # there is no session to ride on; `tickets` says what is checked instead
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The form. What the address asks for (`rules.parse` has the names) holds beside it."""
    language = _language()
    written = request.META.get("QUERY_STRING", "")[:LONGEST]
    asked = QueryDict(written)
    words, problem = "", ""
    rest = asked.copy()
    newsletter = rest.pop(NEWSLETTER, None)
    remark = ""
    try:
        rule = parse(rest, language)
        words, problem = described(rule, language), never_told(rule, language)
        if problem:  # a form that was sent says so itself
            words, asked = "", asked if request.method == "POST" else QueryDict()
        elif request.method != "POST":
            remark = finds_untold_only(rule, language)
    except EmptyRuleError:
        asked = QueryDict(f"{NEWSLETTER}=main" if newsletter else "")
    except RuleError as error:
        own = unknown(read(rest, Names(language)).ignored)
        asked, problem = QueryDict(), own or str(error)
    if request.method == "POST":
        form = FollowForm(request.POST, spoken=language, asked=asked)
        return _taken(request, form, words)
    form = FollowForm(spoken=language, asked=asked)
    status = 400 if problem else 200
    return _page(request, form, words, problem=problem, remark=remark, status=status)


def _taken(request: HttpRequest, form: FollowForm, words: str) -> HttpResponse:
    """What is wrong is said on the form, which keeps its ticket: who corrects it need not wait."""
    sent_ticket = request.POST.get("ticket", "")
    try:
        if not tickets.is_from_here(request):
            raise tickets.TicketError(_("This form was not sent from this site. Send it again."))
        reference = tickets.redeem(sent_ticket, ABOUT).reference
    except tickets.TicketError as problem:
        form.add_error(None, str(problem))
        return _page(request, form, words, status=400, ticket=problem.ticket)
    if not form.is_valid():
        return _page(request, form, words, status=422, ticket=sent_ticket)
    return _asked(request, form, words, sent_ticket, reference)


def _asked(
    request: HttpRequest, form: FollowForm, words: str, sent_ticket: str, reference: str
) -> HttpResponse:
    """What is right is asked by a mail, once for each ticket."""
    if not take(reference):
        said = _("This form was sent already: look in your mail, or send it once more.")
        return _page(request, form, words, problem=said, status=409)
    if wait := seconds_to_wait(request):
        give_back(reference)
        form.add_error(None, _come_back(wait))
        answer = _page(request, form, words, status=429, ticket=sent_ticket)
        answer["Retry-After"] = str(wait)
        return answer
    given = form.cleaned_data
    try:
        ask(
            Asked(
                address=given["address"],
                language=given["language"],
                rhythm=given["rhythm"],
                groups=canonical(form.rule) if form.rule else [],
                consent=consent(given["language"]),
                nonce=secrets.token_urlsafe(9),
                newsletter=given["newsletter"],
            )
        )
    except UndeliverableError:
        give_back(reference)
        form.add_error("address", _("The mail server does not take this address."))
        return _page(request, form, words, status=422, ticket=sent_ticket)
    except TryLaterError:
        give_back(reference)
        form.add_error(None, _("Our mail can't be sent just now. Try again in some minutes."))
        return _page(request, form, words, status=503, ticket=sent_ticket)
    return _private(_see_other(reverse("follow-sent")))


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The same for everybody: whether an address is known stands in no answer."""
    return _private(render(request, "dissemination/follow_sent.html", _context(request)))


@csrf_exempt  # the token in the address is the secret
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once more, by a button: programs open the links of mails, and must not say yes."""
    asked = asked_by(token)
    problem, status = "", 200 if asked else 404
    is_used = asked is not None and was_used(asked.nonce)
    if asked is not None and request.method == "POST":
        if not is_first_time(asked.nonce):
            is_used, status = True, 409
        else:
            try:
                return _private(_see_other(preferences_url(keeping.confirm(asked)) + "?new=1"))
            except keeping.TooManyError:
                problem = _("You follow as much as one address may. Stop something first.")
                status = 409
                not_used(asked.nonce)
            except UnavailableError:
                problem = _("The search is away just now. Ask again in some minutes.")
                status = 503
                not_used(asked.nonce)
    follower = keeping.at(asked.address) if asked and is_used else None
    if follower is not None and request.method == "POST":
        return _private(_see_other(preferences_url(follower)))  # pressed twice
    context = {
        **_context(request),
        "asked": asked,
        "problem": problem,
        "is_used": is_used,
        # Whoever has the link got it at this address, so the page is theirs.
        "mine": preferences_url(follower) if follower else "",
        "words": "; ".join(described(rule, _language()) for rule in asked.rules) if asked else "",
        "rhythm": Subscription.Rhythm(asked.rhythm).label if asked and asked.groups else "",
    }
    return secret(render(request, "dissemination/follow_confirm.html", context, status=status))


def secret(answer: HttpResponse) -> HttpResponse:
    """A page whose address nobody else may learn."""
    answer["Referrer-Policy"] = "no-referrer"
    return _private(answer)


def _page(
    request: HttpRequest,
    form: FollowForm,
    words: str,
    *,
    problem: str = "",
    remark: str = "",
    status: int = 200,
    ticket: str = "",
) -> HttpResponse:
    context = {
        **_context(request),
        "translations": translations(
            {code: f"/{code}/follow/" for code, _name in form.fields["language"].choices},  # type: ignore[attr-defined]
            request.META.get("QUERY_STRING", "")[:LONGEST],
        ),
        "form": form,
        "words": words,
        "problem": problem,
        "remark": remark,
        "consent": consent(_language()),
        "ticket": ticket or tickets.issue(ABOUT),
    }
    return _private(render(request, "dissemination/follow.html", context, status=status))


def _context(request: HttpRequest) -> dict[str, Any]:
    return {**view_context(request), "canonical_url": ""}


def _come_back(wait: int) -> str:
    if wait <= MINUTE:
        return _("Too many forms came at once. Wait a minute, then send it again.")
    return _("Too many forms came at once. Try again in an hour.")


def _see_other(address: str) -> HttpResponse:
    answer = HttpResponseRedirect(address)
    answer.status_code = 303
    return answer


def _language() -> str:
    return get_language() or FALLBACK_LANGUAGE


def _private(answer: HttpResponse) -> HttpResponse:
    """For one reader only: no cache keeps it, no search engine lists it."""
    patch_cache_control(answer, no_store=True)
    answer["X-Robots-Tag"] = "noindex"
    return answer
