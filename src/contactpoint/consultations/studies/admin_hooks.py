"""Registers the page that makes the study of a round with Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from contactpoint.consultations.models import Instrument, Round
from contactpoint.consultations.studies import synthesis_views, views
from contactpoint.consultations.studies.holding_back import refuse_publishing
from contactpoint.consultations.studies.parts import WRITTEN

hooks.register("before_publish_page", refuse_publishing)


@hooks.register("register_admin_urls")
def study_urls() -> list[URLPattern]:
    """Under `/admin/`; each page asks for the right to manage consultations."""
    held = "consultations/rounds/<int:pk>/"
    return [
        path(f"{held}family/", views.family, name="consultations_family"),
        path(f"{held}synthesis/", synthesis_views.synthesis, name="consultations_synthesis"),
    ]


@hooks.register("register_round_links")
def study_link(round: Round) -> Iterator[tuple[str, str]]:
    """From the page of a study."""
    is_study = round.instrument.kind == Instrument.Kind.STUDY and round.is_of_states
    if is_study and round.status != Round.Status.DRAFT:
        yield str(_("Synthesis")), reverse("consultations_synthesis", args=[round.pk])
        yield str(_("The study and its reports")), reverse("consultations_family", args=[round.pk])


@hooks.register("register_log_actions")
def study_log_actions(actions: Any) -> None:
    """What the history of a round and of its reports says."""
    actions.register_action(WRITTEN, _("Write from answers"), _("Written from answers of states"))
