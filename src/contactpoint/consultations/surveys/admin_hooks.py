"""Registers the page about respondents with Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from contactpoint.consultations.models import Round
from contactpoint.consultations.surveys import inviting


@hooks.register("register_admin_urls")
def respondent_urls() -> list[URLPattern]:
    """Under `/admin/`; each page asks for the right to manage consultations."""
    held = "consultations/rounds/<int:pk>/respondents/"
    return [
        path(held, inviting.respondents, name="consultations_respondents"),
        path(f"{held}invite/", inviting.invite, name="consultations_invite"),
        path(f"{held}remind/", inviting.remind, name="consultations_remind"),
        path(f"{held}links.csv", inviting.links, name="consultations_links"),
        path(f"{held}<int:respondent>/link.csv", inviting.links, name="consultations_link_again"),
        path(f"{held}<int:respondent>/remove/", inviting.remove, name="consultations_remove"),
    ]


@hooks.register("register_round_links")
def respondent_link(round: Round) -> Iterator[tuple[str, str]]:
    """From the page of a round."""
    if round.access == Round.Access.PERSONAL:
        yield str(_("Respondents")), reverse("consultations_respondents", args=[round.pk])
    elif round.access == Round.Access.OPEN and round.status != Round.Status.DRAFT:
        yield str(_("The survey")), reverse("consultations_start", args=[round.code])


@hooks.register("register_log_actions")
def respondent_log_actions(actions: Any) -> None:
    """What the history of a round says; never of whom."""
    actions.register_action(
        "consultations.respondents", _("Change the respondents"), _("Respondents changed")
    )
    actions.register_action("consultations.invite", _("Send links"), _("Links sent"))
    actions.register_action("consultations.remind", _("Remind"), _("Reminders sent"))
    actions.register_action(
        "consultations.links", _("Make links to print"), _("Links to print were made")
    )
