"""What lists, filters and feeds need of an output, and what each kind has that others have not."""

from collections.abc import Iterator
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from contactpoint.kit.blocks.laying import LEVELS
from contactpoint.kit.checking import Finding, checks
from contactpoint.media.models import CustomDocument, Recording
from contactpoint.media.visibility import public
from contactpoint.outputs.models import Development, Event, Output, Publication, Vacancy, Video
from contactpoint.outputs.models.words import plain
from contactpoint.outputs.sources import source_of

ABOUT: Final = "#tab-about"
CONTENT: Final = "#tab-content"
WORDS: Final = frozenset({"paragraph", "quote", "table", "notes", *LEVELS})
"""Blocks that are empty where nothing is written in them."""


@checks(Output)
def subject(page: Output) -> Iterator[Finding]:
    """Without theme and concept nobody finds it but by its words."""
    has_theme = bool(page.theme_links.all())
    has_concept = any(row.concept_id for row in page.classifications.all())
    if has_theme and has_concept:
        return
    url = mend_facts(page, ABOUT)
    if not has_theme:
        yield Finding("theme", _("No main theme."), _("Choose a theme"), url)
    if not has_concept:
        yield Finding(
            "concept",
            _("No concept: it is in no list of a subject."),
            _("Choose keywords"),
            url,
        )


@checks(Output)
def teaser(page: Output) -> Iterator[Finding]:
    """Lists and feeds show the teaser, never the text."""
    if not page.teaser.strip():
        url = form_of(page) + CONTENT
        yield Finding("teaser", _("No teaser: lists show a title alone."), _("Write one"), url)


@checks(Output)
def text(page: Output) -> Iterator[Finding]:
    """Whoever opens an item wants more than its list said; a file or a film is more."""
    if isinstance(page, Publication | Video):
        return
    if plain(page.body) or any(block.block_type not in WORDS for block in page.body):
        return
    said = _("No text: whoever opens it finds the teaser once more.")
    yield Finding("text", said, _("Write it"), form_of(page) + CONTENT)


@checks(Output)
def day(page: Output) -> Iterator[Finding]:
    """What has no day stands at the end of its list."""
    wanted = {Event: "starts_at", Vacancy: "closes_on", Development: "effective_on"}
    said = {
        Event: _("No start: an event without a day is not announced."),
        Vacancy: _("No closing day: the vacancy stays in the list for ever."),
        Development: _("No day on which it takes effect."),
    }
    name = wanted.get(type(page), "published_on")
    if getattr(page, name) is None:
        text = said.get(type(page), _("No date: it stands at the end of its list."))
        yield Finding("day", text, _("Give the day"), mend_facts(page, CONTENT))


@checks(Publication)
def file(page: Publication) -> Iterator[Finding]:
    """A publication is something to download."""
    if not page.files.all():
        text = _("No file: there is nothing to download.")
        yield Finding("file", text, _("Add the file"), mend_facts(page, CONTENT))


@checks(Output)
def closed(page: Output) -> Iterator[Finding]:
    """What was kept back until the item is out is forgotten in its closed collection."""
    documents = [row.document for row in page.files.all()]
    recording = getattr(page, "recording", None)
    for model, address, kept in (
        (CustomDocument, "wagtaildocs:edit", documents),
        (Recording, "wagtailmedia:edit", [recording] if recording else []),
    ):
        wanted = model.objects.filter(pk__in=[one.pk for one in kept])
        open_to_all = set(public(wanted).values_list("pk", flat=True)) if kept else set()
        for one in kept:
            if one.pk not in open_to_all:
                text = _("Readers can't have “%(title)s”: it is in a closed collection.")
                url = reverse(address, args=[one.pk])
                yield Finding("closed", text % {"title": one.title}, _("Move it"), url)


@checks(Video)
def film(page: Video) -> Iterator[Finding]:
    """What is said in a film is for those who can't hear it, too."""
    if page.recording is None and not page.source_url:
        text = _("No film: neither one of ours nor an address.")
        yield Finding("film", text, _("Choose the film"), mend_facts(page, CONTENT))
    recording: Any = page.recording
    if recording is None or page.transcript.strip() or recording.transcript.strip():
        return
    if not recording.captions.exists():
        url = reverse("wagtailmedia:edit", args=[recording.pk])
        text = _(
            "The film has neither captions nor a transcript: those who can't hear it are left out."
        )
        yield Finding("transcript", text, _("Add captions"), url)


def form_of(page: Page) -> str:
    """Where the page is edited; empty for a page that is not saved yet: it is edited here."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page.pk else ""


def mend_facts(page: Page, tab: str) -> str:
    """Where a fact is edited: on the page that is the source."""
    return (form_of(source_of(page)) if page.pk else "") + tab
