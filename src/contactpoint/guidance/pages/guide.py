"""One guide: its blocks in the order of the source, for whoever the reader said they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from contactpoint.guidance import places
from contactpoint.guidance.addresses import short
from contactpoint.guidance.days import told
from contactpoint.guidance.films import film_of
from contactpoint.guidance.heard.playing import Heard, Sound, heard_of
from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.models import GuideText
from contactpoint.guidance.outline import Entry, Outline, outline
from contactpoint.guidance.pages.missing import not_in_language, nothing
from contactpoint.guidance.pages.visiting import Visit, answer, page, visit, visit_of
from contactpoint.guidance.structured import article
from contactpoint.guidance.texts.blocks import Block, arranged


@dataclass(frozen=True, slots=True)
class Part:
    """A block as it stands on the page."""

    block: Block
    role: str
    """The question that it begins to answer; empty where that has been asked already."""
    only_for: tuple[str, ...]
    """Whom it is for, where that has to be said."""
    is_chosen: bool
    place: places.Card | None
    sound: Sound | None = None
    is_outdated: bool = False
    """Whether a person has said other words here than those that stand here now."""


@require_safe
def guide(request: HttpRequest, language: str, theme: str, code: str) -> HttpResponse:
    """`/en/guidance/procedure/interview/`"""
    here = visit(request, language)
    there = outline(here.at)
    entry = there.guide(code)
    if entry is None or entry.theme != theme:
        return nothing(request, language)
    texts = texts_of(code, language)
    own = texts.get(language)
    if own is None:
        return not_in_language(request, here, entry)
    return answer(request, here, _page(here, own, texts.get(SOURCE), entry, there))


def preview(text: GuideText) -> HttpResponse:
    """The page of a text that may not be saved yet; of a guide that nobody can read yet, too."""
    here = visit_of(text.language)
    there = outline(here.at)
    guide = text.guide
    source = texts_of(guide.code, SOURCE).get(SOURCE) if text.language != SOURCE else text
    entry = there.guide(guide.code) or Entry(
        guide.code, guide.icon, guide.step, guide.core, text.title, "", "", (), guide.theme.code
    )
    return HttpResponse(_page(here, text, source, entry, there))


def texts_of(code: str, language: str) -> dict[str, GuideText]:
    """The live text in a language and that of the source; one query."""
    found = GuideText.objects.filter(live=True, guide__code=code, language__in={language, SOURCE})
    return {text.language: text for text in found.select_related("guide").order_by()}


def blocks_of(text: GuideText, source: GuideText | None) -> list[Block]:
    """The blocks of a text in the order and with the marks of its source."""
    return arranged(text.blocks, source.blocks) if source and source != text else text.blocks


def parts(blocks: list[Block], here: Visit, heard: Heard | None = None) -> Iterator[Part]:
    """What is shown to this reader, and what of it can be heard."""
    shown = [block for block in blocks if block.is_for(here.variant)]
    cards = places.by_code(
        (block.place for block in shown if block.place), here.language.code, here.words
    )
    asked: set[str] = set()
    for block in shown:
        card = cards.get(block.place) if block.place else None
        if not block.text and card is None:
            continue  # a place that the contact point has taken away
        yield Part(
            block=block,
            role=block.role if block.role not in asked else "",
            only_for=block.variants,
            is_chosen=bool(here.variant and block.variants),
            place=card,
            sound=heard.sounds.get(block.id) if heard else None,
            is_outdated=bool(heard and block.id in heard.outdated),
        )
        asked.add(block.role)


def _page(
    here: Visit, text: GuideText, source: GuideText | None, entry: Entry, there: Outline
) -> str:
    theme = there.theme(entry.theme)
    heard = heard_of(text, source, here.at)
    return page(
        here,
        "guidance/guide.html",
        title=text.title,
        path=f"{entry.theme}/{entry.code}/",
        text=text,
        entry=entry,
        theme=theme,
        parts=list(parts(blocks_of(text, source), here, heard)),
        heard=heard,
        film=film_of(text.guide, here.language.code),
        steps=there.steps,
        short_url=short(entry.code, here.language.code) if not there.theme(entry.code) else "",
        structured=article(text, entry, theme.name if theme else ""),
        code=entry.code,
        there=entry.languages,
        dates=_dates(text, here.language.code),
        **_beside(entry, there),
    )


def _beside(entry: Entry, there: Outline) -> dict[str, Any]:
    """The pages before and after: of a step the steps, of another page those of its theme."""
    theme = there.theme(entry.theme)
    row = there.steps if entry.step else (theme.guides if theme else [])
    row = [one for one in row if one.is_there or one.code == entry.code]
    before = next((one for one, other in pairwise(row) if other.code == entry.code), None)
    after = next((other for one, other in pairwise(row) if one.code == entry.code), None)
    return {"before": before, "after": after}


def _dates(text: GuideText, language: str) -> dict[str, str]:
    """When the text was checked, if these very words were, and when it changed."""
    return {
        "checked": told(text.checked_on if text.is_checked else None, language, "long"),
        "changed": told(text.last_published_at, language, "long"),
    }
