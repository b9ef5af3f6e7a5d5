"""Makes the PDF of publications: once an editor wants it, whenever the page is published, and
whenever figures came of which it may tell some.

offer(page)        the page has a PDF from now on, in each of its languages
withdraw(page)     and now it has none any more
blank(page)        there will be one again, but what was printed may not be told
"""

import logging
from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log
from wagtail.signals import page_published

from contactpoint.kit.composing.press import TooLongError, UnprintableError, printed
from contactpoint.kit.jobs import TryLaterError, task
from contactpoint.kit.visibility import visible
from contactpoint.outputs.composed import composed
from contactpoint.outputs.figures.bodies import asked_in
from contactpoint.outputs.files import Attached
from contactpoint.outputs.models import Printing, Publication
from contactpoint.outputs.relations import Print
from contactpoint.statistics.models import Extraction

_BEHIND_OTHERS: Final = -5
log_of_jobs = logging.getLogger(__name__)


@transaction.atomic
def offer(page: Publication, *, user: Any = None) -> None:
    """A PDF of the page in each of its languages, made now where it is published."""
    for version in versions(page):
        Printing.objects.get_or_create(page=version)
        if version.live:
            print_page.enqueue(pk=version.pk)
    log(instance=page, action="outputs.print_offered", user=user)


@transaction.atomic
def withdraw(page: Publication, *, user: Any = None) -> None:
    """No PDF any more, in no language."""
    Printing.objects.filter(page__in=versions(page)).delete()
    log(instance=page, action="outputs.print_withdrawn", user=user)


def blank(page: Publication) -> None:
    """What was printed of this page is gone with it; the next publishing prints anew."""
    Printing.objects.filter(page=page.pk).update(pdf=b"", size=0, pages=0, checksum="")


def versions(page: Publication) -> "QuerySet[Publication]":
    """The page in all languages in which somebody wrote it."""
    found = Publication.objects.filter(translation_key=page.translation_key, alias_of=None)
    return found.select_related("locale").order_by("pk")


@task(priority=_BEHIND_OTHERS)
def print_page(pk: int) -> None:
    """The job: the PDF of a page as readers see it, in the place of what was there."""
    page = visible(Publication.objects.select_related("locale")).filter(pk=pk).first()
    if page is None or not Printing.objects.filter(page=pk).exists():
        return
    problem, pdf, pages = "", b"", 0
    try:
        made = printed(composed(page))
        pdf, pages = made.pdf, made.pages
    except UnprintableError as error:
        problem = str(problem_of(error))
        log_of_jobs.warning("Publication %s can't be printed: %s", pk, error)
    except OSError as error:  # no process can be started now
        raise TryLaterError(f"page {pk} can't be printed now: {error}") from error
    # A row that was withdrawn meanwhile is not written again.
    Printing.objects.filter(page=pk).update(
        pdf=pdf,
        size=len(pdf),
        pages=pages,
        checksum=sha256(pdf).hexdigest() if pdf else "",
        made_at=timezone.now(),
        problem=problem,
    )


def problem_of(error: UnprintableError) -> Printing.Problem:
    """What an editor is told of it."""
    too_long = isinstance(error, TooLongError)
    return Printing.Problem.LONG if too_long else Printing.Problem.UNSET


def print_again(instance: Any, **_kwargs: Any) -> None:
    """On publishing a page of which there is to be a PDF, in whatever language."""
    if not isinstance(instance, Publication) or instance.alias_of_id:
        return
    if Printing.objects.filter(page__translation_key=instance.translation_key).exists():
        Printing.objects.get_or_create(page=instance)
        print_page.enqueue(pk=instance.pk)


@task(priority=_BEHIND_OTHERS)
def print_figures_again() -> None:
    """The job: the PDF of every page that tells live figures, since some are new."""
    pages = Publication.objects.filter(live=True, printing__isnull=False)
    for page in pages.order_by("pk").iterator(chunk_size=100):
        if any(asked_in(page.body)):
            print_page.enqueue(pk=page.pk)


def figures_came(instance: Extraction, *, created: bool, **_kwargs: Any) -> None:
    """On a new vintage of any table, once its lines are there: a PDF says the same figures as its
    page."""
    is_told = created and instance.state == Extraction.State.COMPLETE
    if is_told and Printing.objects.exists():
        transaction.on_commit(print_figures_again.enqueue)


def connect() -> None:
    """Listen to Wagtail and to the figures; called once, when Django starts."""
    page_published.connect(print_again, dispatch_uid="print_again")
    post_save.connect(figures_came, sender=Extraction, dispatch_uid="print_figures_again")


def printed_file(page: Publication, made: Print | None, language: str) -> list[Attached]:
    """The PDF of a page as one of its files, if there is one; asks nothing.

    `language` is that of the page; how long it is, is told in the active one.
    """
    if made is None:
        return []
    with translation.override(language):
        url = reverse("publication-print", args=[page.slug])
        title = _("This page as PDF")
    return [
        Attached(
            document=0,
            title=title,
            url=url,
            language=language,
            extension="PDF",
            size=made.size,
            pages=made.pages,
            length=ngettext("%(count)s page", "%(count)s pages", made.pages)
            % {"count": made.pages},
            accessible=True,
            checksum=made.checksum,
        )
    ]
