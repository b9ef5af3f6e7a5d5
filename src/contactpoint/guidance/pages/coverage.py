"""What can be read in which language, how far it was checked, and how old it is: for everybody."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from contactpoint.guidance.days import told
from contactpoint.guidance.heard.covering import states
from contactpoint.guidance.languages import SOURCE, Language, languages
from contactpoint.guidance.models import GuideText
from contactpoint.guidance.outline import Entry, ThemeEntry, outline
from contactpoint.guidance.pages.visiting import Visit, answer, page, visit
from contactpoint.guidance.texts.blocks import behind


@dataclass(frozen=True, slots=True)
class Cell:
    """A guide in a language. `state` is `checked`, `example`, `text`, `old` or `missing`; `voice`
    is `human`, `computer`, `outdated` or `none`."""

    language: Language
    state: str
    url: str = ""
    day: str = ""
    voice: str = "none"


@dataclass(frozen=True, slots=True)
class Row:
    """A guide in all languages."""

    entry: Entry
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Total:
    """How much of all there is in a language."""

    language: Language
    url: str
    number: int


@require_safe
def coverage(request: HttpRequest, language: str) -> HttpResponse:
    """Five queries, whatever there is."""
    here = visit(request, language)
    there = outline(here.at)
    texts: dict[str, dict[str, GuideText]] = defaultdict(dict)
    for text in GuideText.objects.filter(live=True).select_related("guide").order_by():
        texts[text.guide.code][text.language] = text
    heard = states(text for each in texts.values() for text in each.values())
    sections = [(theme, _rows(theme, texts, heard, here)) for theme in there.themes]
    cells = [cell for _theme, rows in sections for row in rows for cell in row.cells]
    html = page(
        here,
        "guidance/coverage.html",
        title=here.words["coverage_title"],
        path="coverage/",
        sections=sections,
        totals=_totals(cells, here),
        total=len(there.guides),
    )
    return answer(request, here, html)


def _rows(
    theme: ThemeEntry,
    texts: dict[str, dict[str, GuideText]],
    heard: dict[tuple[str, str], str],
    here: Visit,
) -> list[Row]:
    return [
        Row(
            entry,
            [
                _cell(
                    texts[entry.code], each, entry, here, heard.get((entry.code, each.code), "none")
                )
                for each in languages().values()
            ],
        )
        for entry in theme.guides
    ]


def _cell(
    texts: dict[str, GuideText], language: Language, entry: Entry, here: Visit, voice: str
) -> Cell:
    own, source = texts.get(language.code), texts.get(SOURCE)
    if own is None:
        return Cell(language, "missing")
    return Cell(
        language,
        _state(own, source),
        here.at.in_language(language.code).guide(entry.theme, entry.code),
        told(own.last_published_at, here.language.code, "short"),
        voice,
    )


def _state(own: GuideText, source: GuideText | None) -> str:
    if source is not None and own != source and behind(own.blocks, source.blocks, own.seen):
        return "old"
    if own.is_checked:
        return "checked"
    return "example" if own.is_example else "text"


def _totals(cells: list[Cell], here: Visit) -> list[Total]:
    return [
        Total(
            language,
            here.at.in_language(language.code).front,
            sum(cell.language == language and cell.state != "missing" for cell in cells),
        )
        for language in languages().values()
    ]
