"""What the worker makes before anybody asks: packs, the files of one language, and PDFs.

A change asks for a job; the job makes one language and asks for the next, so that mails and the
index have their turn between. A worker that starts looks by itself, and so does each hour: another
version of the software makes other packs, and a cache may lose what it keeps.
"""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.signals import published, unpublished

from contactpoint.guidance.everywhere import pack, printing, saved
from contactpoint.guidance.languages import SOURCE, languages
from contactpoint.guidance.models import Guide, GuideText, GuideTheme, Place, Recording
from contactpoint.kit.jobs import task
from contactpoint.kit.rounds import each_round

GATHERED: Final = timedelta(seconds=20)
"""Changes that follow each other closely are made at once."""
LOOKS_EVERY: Final = timedelta(hours=1).total_seconds()
_looked = float("-inf")


@task()
def make_packs() -> None:
    """Make the next pack that is behind; then, in jobs of their own, the others."""
    behind = next(behind_now(), None)
    if behind is not None:
        make(behind)
        make_packs.enqueue()


@task()
def print_guide(code: str, language: str) -> None:
    """Make the PDF of a guide as everybody gets it."""
    printing.print_ahead(code, language)


def make(language: str) -> None:
    """The pack of a language and all of it as one file."""
    saved.make(pack.made(language))


def behind_now() -> Iterator[str]:
    """Languages with something to read whose pack is behind."""
    live = GuideText.objects.filter(live=True)
    there = set(live.order_by().values_list("language", flat=True).distinct())
    return (code for code in languages() if code in there and pack.is_behind(code))


def ask(after: timedelta = GATHERED) -> None:
    """Let the worker make what is behind, unless it was asked already and has not begun."""
    path = make_packs.module_path
    if DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=path).exists():
        return
    later = make_packs.get_backend().supports_defer
    job = make_packs.using(run_after=timezone.now() + after) if later else make_packs
    job.enqueue()


@receiver(published, sender=GuideText, dispatch_uid="guidance.everywhere.published")
def text_published(instance: GuideText, **kwargs: Any) -> None:
    """Its PDF is new. (Its pack is asked for as with every change of a row.)"""
    code, language = instance.guide.code, instance.language
    transaction.on_commit(lambda: print_guide.enqueue(code, language))


@receiver(unpublished, sender=GuideText, dispatch_uid="guidance.everywhere.unpublished")
@receiver(post_delete, sender=GuideText, dispatch_uid="guidance.everywhere.text_deleted")
def text_taken_back(instance: GuideText, **kwargs: Any) -> None:
    """Readers wait for a new pack rather than get words that were taken back. English words may
    stand in any language, in the place of those that are missing."""
    told_in = languages() if instance.language == SOURCE else (instance.language,)

    def forget() -> None:
        for language in told_in:
            pack.forget(language)

    forget()
    transaction.on_commit(forget)  # a worker may have made one meanwhile


def row_changed(**kwargs: Any) -> None:
    """Something that pages are made of."""
    transaction.on_commit(ask)


for _model in (GuideText, Guide, GuideTheme, Place, Recording):
    for _name, _signal in (("saved", post_save), ("deleted", post_delete)):
        _signal.connect(row_changed, sender=_model, dispatch_uid=f"guidance.everywhere.{_name}")


@each_round
def look_for_packs() -> bool:
    """When a worker starts, and each hour."""
    global _looked  # noqa: PLW0603 — when this process looked last
    if time.monotonic() - _looked < LOOKS_EVERY:
        return False
    _looked = time.monotonic()
    if next(behind_now(), None) is not None:
        ask(timedelta(0))
    return False
