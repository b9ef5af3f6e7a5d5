"""The admin's page of an issue: how it looks in each language, a test, when it leaves, what came
of it. Each step asks for the right to send, or to change."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contactpoint.dissemination.models import Delivery, Issue
from contactpoint.dissemination.newsletter.editions import editions, kept, languages
from contactpoint.dissemination.newsletter.gathering import keys_in
from contactpoint.dissemination.newsletter.mails import mail, of_a_test
from contactpoint.dissemination.newsletter.marks import mark_of
from contactpoint.dissemination.newsletter.readers import by_language
from contactpoint.dissemination.newsletter.sending import (
    NotReadyError,
    cancel,
    progress,
    schedule,
)
from contactpoint.dissemination.newsletter.shapes import Edition
from contactpoint.kit import mail as mails
from contactpoint.kit.admin_pages import framed
from contactpoint.kit.jobs import TryLaterError
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.letters import Letter
from contactpoint.search.sources import documents

SEND: Final = "dissemination.send_issue"
CHANGE: Final = "dissemination.change_issue"
FOUND: Final = 20
CUT_OFF: Final = 95_000
"""Bytes of HTML: Gmail shows the first 102 kB, and a link to the rest."""
INDEX: Final = "newsletter:index"
View = Callable[..., HttpResponse]


def asks_for(right: str) -> Callable[[View], View]:
    """A view for whoever has the right."""

    def guarded(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return asked

    return guarded


class WhenForm(forms.Form):
    """Now, or a moment to come by the portal's clock."""

    at = forms.DateTimeField(
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )

    def clean_at(self) -> datetime:
        """What is over by some minutes is now; more than that is a slip."""
        at: datetime | None = self.cleaned_data["at"]
        now = timezone.now()
        if at is None:
            raise forms.ValidationError(_("Give a day and an hour."))
        if at < now - timedelta(minutes=5):
            raise forms.ValidationError(_("This moment is over."))
        if at > now + timedelta(days=366):
            raise forms.ValidationError(_("This is more than a year away."))
        return at


@require_http_methods(["GET", "HEAD"])
@asks_for(CHANGE)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """The issue in one language, and all that can be done with it."""
    found = get_object_or_404(Issue, pk=pk)
    return _page(request, found, WhenForm(initial={"at": _tomorrow()}))


def _page(request: HttpRequest, found: Issue, form: WhenForm, status: int = 200) -> HttpResponse:
    language = asked_language(request)
    edition = _edition(found, language)
    letter = mail(edition, of_a_test(language, found)) if edition else None
    context = framed(
        str(found),
        (INDEX, _("Newsletter")),
        issue=found,
        mark=mark_of(found),
        state=found.get_state_display(),
        language=language,
        languages=settings.LANGUAGES,
        letter=letter,
        edition=edition,
        borrowed=bool(edition and edition.introduction_language),
        too_long=len(letter.html.encode()) // 1_000 if letter and _is_long(letter) else 0,
        hidden=_hidden(found),
        form=form,
        readers=_readers(),
        progress=_progress(found),
        may_send=request.user.has_perm(SEND),
        is_sent=mails.is_sent(),
        address=request.user.email,  # type: ignore[union-attr]
    )
    return render(request, "dissemination/newsletter/admin/issue.html", context, status=status)


def _is_long(letter: Letter) -> bool:
    return len(letter.html.encode()) > CUT_OFF


def _edition(found: Issue, language: str) -> Edition | None:
    """What left, or what would leave now."""
    if found.sent_at is not None:
        return kept(found, language)
    return editions(found, [language])[language]


def _hidden(found: Issue) -> list[str]:
    """Titles, as editors see them, of things that readers may not see (any more)."""
    written = [one["thing"] for block in found.sections for one in block.value["items"]]
    known = {thing.key for thing in documents(sorted(keys_in(found))) if thing.versions}
    return [one.rpartition(" [")[0] for one in written if one.rpartition(" [")[2][:-1] not in known]


def _readers() -> list[tuple[str, int]]:
    counted = by_language()
    return [(str(name), counted.get(code, 0)) for code, name in settings.LANGUAGES]


def _progress(found: Issue) -> dict[str, int]:
    if found.sent_at is None:
        return {}
    counted = progress(found)
    waiting = counted[Delivery.State.WAITING] + counted[Delivery.State.TAKEN]
    done = sum(counted.values()) - waiting
    return {**counted, "waiting": waiting, "done": done, "all": done + waiting}


@require_POST
@asks_for(SEND)
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Schedule it, for now or for later."""
    found = get_object_or_404(Issue, pk=pk)
    form = WhenForm(request.POST)
    is_now = request.POST.get("when") == "now"
    if not is_now and not form.is_valid():
        return _page(request, found, form, status=422)
    at = timezone.now() if is_now else form.cleaned_data["at"]
    try:
        schedule(found, at, request.user, mark=request.POST.get("mark", ""))
    except NotReadyError as problem:
        messages.error(request, str(problem))
    else:
        words = _("It leaves within a minute.") if is_now else _("It leaves on %(moment)s.") % {
            "moment": date_format(timezone.localtime(at), "DATETIME_FORMAT")
        }  # fmt: skip
        messages.success(request, words)
    return back(pk, request)


@require_POST
@asks_for(SEND)
def call_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Before it leaves."""
    found = get_object_or_404(Issue, pk=pk)
    if cancel(found, request.user):
        messages.success(request, _("It is a draft again, and nothing was sent."))
    else:
        messages.error(request, _("It can't be called back: it has left, or is a draft."))
    return back(pk, request)


@require_POST
@asks_for(CHANGE)
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail to the editor who asks, and to nobody else."""
    found = get_object_or_404(Issue, pk=pk)
    language = asked_language(request)
    edition = _edition(found, language)
    if not edition:
        messages.error(request, _("There is nothing in it yet."))
        return back(pk, request)
    letter = _tried(edition, found)
    try:
        mails.send_now(
            request.user.email,  # type: ignore[union-attr]
            letter.subject,
            letter.text,
            html=letter.html,
            language=language,
        )
    except mails.UndeliverableError:
        messages.error(request, _("The mail server does not take your address."))
    except TryLaterError:
        messages.error(request, _("Our mail can't be sent just now. Try again in some minutes."))
    else:
        messages.success(
            request,
            _("A test went to %(address)s.") % {"address": request.user.email},  # type: ignore[union-attr]
        )
    return back(pk, request)


def _tried(edition: Edition, found: Issue) -> Letter:
    """With a word before the subject, so that nobody takes it for the real one."""
    return mail(
        edition,
        of_a_test(edition.language, found),
        subject=_("Test: %(title)s") % {"title": edition.title},
    )


def asked_language(request: HttpRequest) -> str:
    """In which an issue is looked at."""
    given = request.POST.get("language") or request.GET.get("language", "")
    own = get_language() or FALLBACK_LANGUAGE
    known = languages()
    return given if given in known else own if own in known else known[0]


def back(pk: int, request: HttpRequest) -> HttpResponse:
    """To the page of the issue, in the same language."""
    address = reverse("newsletter_issue", args=[pk])
    return HttpResponseRedirect(f"{address}?language={asked_language(request)}")


def _tomorrow() -> datetime:
    day = timezone.localtime() + timedelta(days=1)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)
