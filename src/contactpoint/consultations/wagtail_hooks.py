"""Registers consultations with Wagtail's admin."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from contactpoint.consultations.compilations import (
    admin_hooks as of_compilations,  # noqa: F401 — registers
)
from contactpoint.consultations.desk import (
    instrument_views,
    round_views,
    showing,
    test_runs,
    uploading,
)
from contactpoint.consultations.desk.viewsets import ConsultationGroup
from contactpoint.consultations.drafting import admin_hooks as of_queries  # noqa: F401 — registers
from contactpoint.consultations.results import admin_hooks as of_results  # noqa: F401 — registers
from contactpoint.consultations.studies import admin_hooks as of_studies  # noqa: F401 — registers
from contactpoint.consultations.surveys import admin_hooks as of_surveys  # noqa: F401 — registers


@hooks.register("register_admin_viewset")
def consultation_group() -> ViewSetGroup:
    """Rounds, questionnaires and people of states in one menu."""
    return ConsultationGroup()


@hooks.register("register_admin_urls")
def consultation_urls() -> list[URLPattern]:
    """Under `/admin/`; each page asks for the right to manage consultations."""
    asked, held = "consultations/questionnaires/<int:pk>/", "consultations/rounds/<int:pk>/"
    version = f"{asked}<int:number>/"
    return [
        path(asked, instrument_views.instrument, name="consultations_instrument"),
        path(f"{asked}questions/", instrument_views.questions, name="consultations_questions"),
        path(f"{asked}look/", uploading.look, name="consultations_look"),
        path(f"{asked}take/", uploading.take, name="consultations_take"),
        path(f"{version}natures/", instrument_views.natures, name="consultations_natures"),
        *(
            path(
                f"{version}{end}",
                instrument_views.take_out,
                {"form": form},
                name=f"consultations_{form}",
            )
            for end, form in (("xlsform.xlsx", "xlsx"), ("instrument.json", "json"))
        ),
        path(f"{version}preview/", showing.preview, name="consultations_preview"),
        path(f"{version}sheet/", showing.sheet, name="consultations_sheet"),
        path(held, round_views.one, name="consultations_round"),
        path(f"{held}open/", round_views.open_now, name="consultations_open"),
        path(f"{held}close/", round_views.close_now, name="consultations_close"),
        path(f"{held}publish/", round_views.publish_now, name="consultations_publish"),
        path(f"{held}withdraw/", round_views.withdraw_now, name="consultations_withdraw"),
        path(f"{held}test/", test_runs.run, name="consultations_test"),
        path(f"{held}test/begin/", test_runs.begin, name="consultations_test_begin"),
    ]


@hooks.register("register_log_actions")
def consultation_log_actions(actions: Any) -> None:
    """What the history of a round says."""
    actions.register_action("consultations.open", _("Open"), _("Opened"))
    actions.register_action("consultations.close", _("Close"), _("Closed"))
    actions.register_action("consultations.publish", _("Publish"), _("Published"))
    actions.register_action("consultations.withdraw", _("Take back"), _("Taken back"))
