"""A round in the admin: how it stands, what speaks against opening it, and the buttons."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail import hooks

from contactpoint.consultations.actions.closing import ClosingError, close_round
from contactpoint.consultations.actions.opening import OpeningError, checks, newest, open_round
from contactpoint.consultations.actions.publishing import (
    PublishingError,
    publish_round,
    withdraw_round,
)
from contactpoint.consultations.actions.trying import tries
from contactpoint.consultations.desk.rights import for_managers
from contactpoint.consultations.desk.wording import lines
from contactpoint.consultations.models import Response, Round
from contactpoint.consultations.questions.xlsform.columns import LANGUAGES
from contactpoint.consultations.reaching import results_are_public
from contactpoint.consultations.standing_words import can_close
from contactpoint.consultations.timing import (
    Standing,
    last_moment,
    standing,
    states_may_send_until,
)
from contactpoint.kit.admin_pages import framed

MORE = "register_round_links"
"""A hook of Wagtail: called with a round, gives (words, address) of more pages about it."""


def above() -> tuple[str, str]:
    """The list that the pages of a round stand below."""
    return ("consultation_rounds:index", _("Rounds"))


@for_managers
@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """How it stands and what can be done."""
    round = get_object_or_404(Round.objects.select_related("instrument", "version"), pk=pk)
    is_draft = round.status == Round.Status.DRAFT
    found = checks(round) if is_draft else None
    version = round.version or newest(round.instrument)
    counted = round.responses.filter(is_test=False)
    context = framed(
        str(round),
        above(),
        round=round,
        version=version,
        can_close=can_close(round),
        is_shown=round.is_of_states or results_are_public(round),
        is_ending=_is_ending(round),
        last_moment=_last_moment(round),
        refusing=lines(found, refusing=True) if found else [],
        warning=lines(found, refusing=False) if found else [],
        sent=counted.filter(status=Response.Status.SENT).count(),
        begun=counted.exclude(status=Response.Status.SENT).count(),
        languages=[(code, LANGUAGES.get(code, code)) for code in round.languages],
        test=tries(round, request.user).first(),
        links=[link for hook in hooks.get_hooks(MORE) for link in hook(round)],
    )
    return render(request, "consultations/desk/round.html", context)


def _last_moment(round: Round) -> datetime | None:
    """Until when somebody who has begun may send; for states the deadline alone ends nothing."""
    return states_may_send_until(round) if round.is_of_states else last_moment(round)


def _is_ending(round: Round) -> bool:
    """Whether only who has begun may still send."""
    if not round.is_of_states:
        return standing(round) is Standing.ENDING
    until = states_may_send_until(round)
    return until is not None and timezone.now() < until


def _acting(
    act: Callable[..., Any], done: Callable[[], str]
) -> Callable[[HttpRequest, int], HttpResponse]:
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        round = get_object_or_404(Round, pk=pk)
        try:
            act(round, user=request.user)
            messages.success(request, done())
        except OpeningError:
            messages.error(request, _("It can't be opened yet: see what stands in the way."))
        except ClosingError:
            messages.error(request, _("It is not open."))
        except PublishingError:
            messages.error(
                request, _("A draft, or what is not told of in public, can't be published.")
            )
        return HttpResponseRedirect(reverse("consultations_round", args=[pk]))

    return for_managers(view)  # type: ignore[return-value]


open_now = _acting(open_round, lambda: _("Opened. What is asked stays as it is now."))
close_now = _acting(close_round, lambda: _("Closed. Who has begun has an hour more."))
publish_now = _acting(publish_round, lambda: _("Published."))
withdraw_now = _acting(withdraw_round, lambda: _("Taken back: nothing of it is public any more."))
