"""What the register says is deleted by a job is deleted by it, and the worker runs that job."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from django.apps import apps
from django.utils import timezone
from made_rows import aged, row

from contactpoint.kit import housekeeping, jobs, outbox
from contactpoint.kit.forgetting import forget_mails
from contactpoint.kit.persons.declaring import with_data
from contactpoint.kit.persons.kinds import Erased

LONG_AGO: Final = timezone.now() - timedelta(days=4000)
BY_THE_WORKER: Final = {outbox.prune, jobs.prune, *housekeeping._tasks}
JOBS: Final = sorted(
    {(one.label, data.kept.by) for one in with_data() for data in one.data if data.kept.by},
    key=lambda found: (found[0], found[1].__name__),
)
ENDED: Final[dict[str, dict[str, Any]]] = {
    "django_tasks_database.DBTaskResult": {"status": "SUCCESSFUL", "args_kwargs": {"args": []}},
    "search.AskedQuestion": {"words": "", "networks": "mark"},
    "glossary.ProposalAddress": {"confirmed_at": None},
    "consultations.Round": {"access": "personal"},
    "api.Proposal": {"content": {"title": "Anna"}, "title": "Anna"},
}
"""What a row has to say, beside its age, for its job to be due."""


def test_each_job_that_the_register_names_is_run_by_the_worker() -> None:
    assert len(JOBS) > 15
    for label, job in JOBS:
        assert job in BY_THE_WORKER, f"{label}: nothing runs {job.__qualname__}"


@pytest.mark.parametrize(("label", "job"), JOBS, ids=lambda one: str(getattr(one, "__name__", one)))
@pytest.mark.django_db
def test_the_job_takes_what_is_old(label: str, job: Callable[[], int]) -> None:
    model: Any = apps.get_model(label)
    made = old(model)
    before = personal_values(made)
    job()
    left = model._base_manager.filter(pk=made.pk).first()
    assert left is None or personal_values(left) != before


def old(model: Any) -> Any:
    """A row whose dates, and those of all that it hangs on, are long past."""
    made = row(model, **given_of(model))
    for held in list(over(made)):
        aged(held, LONG_AGO)
    return model._base_manager.get(pk=made.pk)


def given_of(model: Any) -> dict[str, Any]:
    """With parents in the state that makes them due."""
    given = dict(ENDED.get(model._meta.label, {}))
    for field in model._meta.local_concrete_fields:
        parent = field.related_model
        if field.is_relation and not field.null and parent._meta.app_label == model._meta.app_label:
            given[field.name] = row(parent, **given_of(parent))
    if model._meta.label == "consultations.Response":
        survey = row(apps.get_model("consultations.Round"), access="personal", is_anonymous=True)
        asked = row(apps.get_model("consultations.Respondent"), round=survey, email="a@b.example")
        given |= {"round": survey, "respondent": asked, "digest": "d", "status": "sent"}
    return given


def over(made: Any) -> Any:
    """The row and what it hangs on, but what all portals have."""
    yield made
    for field in made._meta.local_concrete_fields:
        if field.is_relation and field.related_model._meta.app_label == made._meta.app_label:
            parent = getattr(made, field.name)
            if parent is not None:
                yield from over(parent)


def personal_values(made: Any) -> list[Any]:
    """Of the fields that a job takes care of."""
    said = next(one for one in with_data() if one.label == made._meta.label)
    names = [name for data in said.data if data.kept.by for name in data.names]
    return [getattr(made, name) for name in names]


def test_mails_in_the_folder_go_after_a_month(folder: Path, settings: Any) -> None:
    settings.EMAIL_BACKEND = "contactpoint.kit.mail_folder.EmailBackend"
    old_one, new_one = folder / "mail" / "old.log", folder / "mail" / "new.log"
    for path in (old_one, new_one):
        path.write_text("To: somebody")
    os.utime(old_one, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))
    assert forget_mails() == 1
    assert [path.name for path in (folder / "mail").iterdir()] == ["new.log"]


def test_what_is_erased_with_a_row_is_said_how_long_it_is_kept() -> None:
    for one in with_data():
        for data in one.data:
            assert str(data.kept.until).endswith("."), one.label
            assert data.erased in Erased
