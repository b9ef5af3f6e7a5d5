"""The sheet for a talk at a counter: an officer chooses pages and a second language, and gets both
side by side on one sheet of paper, line by line, with a code that leads to the very words."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from contactpoint.guidance.days import told
from contactpoint.guidance.everywhere import paper, printing
from contactpoint.guidance.languages import SOURCE, languages
from contactpoint.guidance.models import GuideText
from contactpoint.guidance.outline import Entry, Outline, outline
from contactpoint.guidance.pages.guide import Part, blocks_of, parts
from contactpoint.guidance.pages.missing import nothing
from contactpoint.guidance.pages.visiting import Visit, answer, page, visit, visit_of
from contactpoint.guidance.variants import PARAMETER
from contactpoint.kit.composing import facing
from contactpoint.kit.composing.document import Paragraph
from contactpoint.kit.composing.press import TooLongError

MOST_GUIDES: Final = 6


@dataclass(frozen=True, slots=True)
class Pair:
    """The same block in both languages; a side may lack it."""

    first: Part | None
    second: Part | None


@dataclass(frozen=True, slots=True)
class Spread:
    """A guide in both languages, with the address of the second one's very words."""

    entry: Entry
    first: GuideText
    second: GuideText
    pairs: list[Pair]
    address: str
    states: tuple[str, str]

    @property
    def is_example(self) -> bool:
        """Whether nobody has checked one of them."""
        return any(text.is_example and not text.is_checked for text in (self.first, self.second))


@dataclass(frozen=True, slots=True)
class Asked:
    """What an officer chose: a second language, and guides in their order."""

    here: Visit
    there: Visit | None
    codes: tuple[str, ...]

    @property
    def query(self) -> str:
        """As it stands in an address."""
        pairs = [("second", self.there.language.code)] if self.there else []
        pairs += [("guide", code) for code in self.codes]
        if self.here.variant:
            pairs.append((PARAMETER, self.here.variant))
        return urlencode(pairs)


@require_safe
def sheet(request: HttpRequest, language: str) -> HttpResponse:
    """`/en/guidance/sheet/`: the choice, and under it the sheet that was chosen."""
    asked = _asked(request, language)
    return answer(request, asked.here, _page(asked, is_too_long=False))


@require_safe
def sheet_pdf(request: HttpRequest, language: str) -> HttpResponse:
    """The same as PDF; the page with a word on it where it is too much for one sheet."""
    asked = _asked(request, language)
    spreads = _spreads(asked)
    if asked.there is None or not spreads:
        return nothing(request, language)
    tree = _tree(asked, asked.there, spreads)
    name = f"{'-'.join(asked.codes)}-{language}-{asked.there.language.code}"
    try:
        return printing.told(request, language, name, lambda: paper.pdf_of(tree))
    except TooLongError:
        return answer(request, asked.here, _page(asked, is_too_long=True), status=422, keep=False)


def _asked(request: HttpRequest, language: str) -> Asked:
    here = visit(request, language)
    second = request.GET.get("second", "")
    known = second in languages() and second != language
    codes = dict.fromkeys(request.GET.getlist("guide"))
    there = {entry.code for entry in outline(here.at).guides}
    chosen = tuple(code for code in codes if code in there)[:MOST_GUIDES]
    return Asked(here, visit_of(second, here.variant) if known else None, chosen)


def _page(asked: Asked, *, is_too_long: bool) -> str:
    here = asked.here
    spreads = _spreads(asked)
    there = outline(here.at)
    return page(
        here,
        "guidance/everywhere/sheet.html",
        title=here.words["paper_sheet"],
        path="sheet/",
        themes=[theme for theme in there.themes if theme.readable],
        others=[one for code, one in languages().items() if code != here.language.code],
        proposed=asked.there.language.code if asked.there else _proposed(here, there),
        second=asked.there.language if asked.there else None,
        second_words=asked.there.words if asked.there else None,
        chosen=asked.codes,
        spreads=spreads,
        is_too_long=is_too_long,
        pdf_url=f"{here.at.as_variant('').of('sheet/sheet.pdf')}?{asked.query}",
    )


def _proposed(here: Visit, there: Outline) -> str:
    """The second language with which the list opens: for an officer the first one that only
    applicants have, for an applicant that of the office; of several the one with most pages."""
    own, offices = here.language.code, dict(settings.LANGUAGES)
    across = [code for code in languages() if (code in offices) != (own in offices)]
    others = across or [code for code in languages() if code != own]
    readable = [entry.languages for entry in there.guides if entry.is_there]
    return max(
        others,
        key=lambda code: (sum(code in each for each in readable), code == settings.LANGUAGE_CODE),
        default="",
    )


def _spreads(asked: Asked) -> list[Spread]:
    """Each chosen guide that both languages have."""
    if asked.there is None or not asked.codes:
        return []
    codes = [visit.language.code for visit in (asked.here, asked.there)]
    live = GuideText.objects.filter(
        live=True, guide__code__in=asked.codes, language__in={*codes, SOURCE}
    )
    texts = {(one.guide.code, one.language): one for one in live.select_related("guide").order_by()}
    there = outline(asked.here.at)
    found = []
    for code in asked.codes:
        entry = there.guide(code)
        own, other = (texts.get((code, language)) for language in codes)
        if entry is not None and own is not None and other is not None:
            pairs = _pairs(asked.here, asked.there, own, other, texts.get((code, SOURCE)))
            states = paper.state(own, asked.here.words), paper.state(other, asked.there.words)
            address = paper.version_url(code, other)
            found.append(Spread(entry, own, other, pairs, address, states))
    return found


def _pairs(
    here: Visit, there: Visit, own: GuideText, other: GuideText, source: GuideText | None
) -> list[Pair]:
    """By the ids of blocks, in the order of the first language."""
    first = {one.block.id: one for one in parts(blocks_of(own, source), here)}
    second = {one.block.id: one for one in parts(blocks_of(other, source), there)}
    return [Pair(first.get(id_), second.get(id_)) for id_ in dict.fromkeys([*first, *second])]


def _tree(asked: Asked, there: Visit, spreads: list[Spread]) -> facing.Facing:
    here = asked.here
    now = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return facing.Facing(
        title=here.words["name"],
        languages=(here.language.code, there.language.code),
        names=(here.language.name, there.language.name),
        publisher=settings.SITE_NAME,
        made_at=now,
        dated=told(now, here.language.code, "long"),
        sections=[_section(one, here, there) for one in spreads],
        foot=(here.words["name"], there.words["name"]),
    )


def _section(one: Spread, here: Visit, there: Visit) -> facing.Section:
    rows = [
        facing.Row(
            list(paper.laid(pair.first, here, flat=True)) if pair.first else [],
            list(paper.laid(pair.second, there, flat=True)) if pair.second else [],
            marked=any(part and part.block.kind == "warning" for part in (pair.first, pair.second)),
        )
        for pair in one.pairs
    ]
    summary = facing.Row(
        [Paragraph(paper.runs(one.first.summary))], [Paragraph(paper.runs(one.second.summary))]
    )
    sides = ((one.first, here), (one.second, there))
    return facing.Section(
        titles=(one.first.title, one.second.title),
        rows=[summary, *rows],
        address=one.address,
        closing=(_closing(*sides[0]), _closing(*sides[1])),
    )


def _closing(text: GuideText, visit: Visit) -> str:
    words = visit.words
    said = [words["share_scan"], paper.state(text, words)]
    if text.is_example and not text.is_checked:
        said.append(words["example"])
    return " · ".join(said)
