"""Results and recognised concepts as templates show them; nothing here asks the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contactpoint.glossary.naming import Named
from contactpoint.search.asking.results import Chip, Highlight, LeftOut, Result
from contactpoint.search.meanings import KINDS
from contactpoint.search.showing.addresses import Asked, Choice
from contactpoint.search.showing.choices import Address
from contactpoint.search.showing.naming import Names
from contactpoint.vocabulary import fold


class Spoken(NamedTuple):
    """A version of a result in a language."""

    code: str
    name: str
    url: str
    current: bool


NUMBERED: Final = {
    "page": _("Page %(number)s of %(file)s"),
    "slide": _("Slide %(number)s of %(file)s"),
    "sheet": _("Sheet %(number)s of %(file)s"),
}


class FileHit(NamedTuple):
    """A highlight in a file, and what the link to it says.

    Files are saved and not opened by the browser, so the address names no page: the words do.
    """

    highlight: Highlight
    text: str
    format: str


@dataclass(slots=True)
class Line:
    """A result; `label` is its kind, or the type where it has one."""

    result: Result
    label: str
    is_foreign: bool
    title_language: str = ""
    """Where it is another than that of the page around it."""
    themes: list[Named] = field(default_factory=list)
    versions: list[Spoken] = field(default_factory=list)
    sentences: list[Highlight] = field(default_factory=list)
    files: list[FileHit] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def to_come(self) -> bool:
        """Whether its day has not come yet."""
        return self.result.day is not None and self.result.day > timezone.localdate()


@dataclass(frozen=True, slots=True)
class Recognised:
    """A concept of the question. `words` are the reader's own, where they are not its name, and
    `spoken` the language in which they mean it, where it is not the reader's."""

    chip: Chip
    toggle_url: str
    words: str = ""
    spoken: str = ""


class Excluded(NamedTuple):
    """What the question excludes: as written, what it is called in the reader's language where
    that is another name, and whether what means the same in other words is excluded with it."""

    text: str
    label: str
    with_meaning: bool
    back_url: str
    literally_url: str


def lines(results: Iterable[Result], names: Names) -> list[Line]:
    """Results in their order."""
    return [_line(result, names) for result in results]


def recognised(chips: Sequence[Chip], asked: Asked, names: Names, to: Address) -> list[Recognised]:
    """The concepts of the question, each with the address that switches it off or on."""
    return [
        Recognised(
            _with_list(chip, to),
            to(asked.switched(chip.token)),
            chip.text if fold(chip.text) != fold(chip.label) else "",
            names.spoken(chip.language) if chip.language not in ("", names.language) else "",
        )
        for chip in chips
    ]


def _with_list(chip: Chip, to: Address) -> Chip:
    """A kind of thing leads to all that is of it."""
    scheme, _between, slug = chip.token.rpartition("/")
    if scheme != KINDS:
        return chip
    return replace(chip, url=to(Asked("", (Choice("kind", "any", slug),))))


def left_out(excluded: Sequence[LeftOut], asked: Asked, to: Address) -> list[Excluded]:
    """What the question excludes, each with the addresses that take it back."""
    return [
        Excluded(
            one.text,
            ", ".join(label for label in one.labels if fold(label) != fold(one.text)),
            bool(one.labels),
            to(replace(asked, text=one.without)),
            to(replace(asked, text=one.literally)) if one.literally else "",
        )
        for one in excluded
    ]


def narrower(chips: Iterable[Chip], asked: Asked, to: Address) -> tuple[int, str]:
    """How much stands below what was recognised, and the address that takes it in or leaves it."""
    below = sum(chip.narrower for chip in chips if chip.on)
    return below, to(replace(asked, narrower=not asked.narrower))


def _line(result: Result, names: Names) -> Line:
    facet, value = ("type", result.type) if result.type else ("kind", result.kind)
    themes = [names.theme(slug) for slug in result.themes]
    several = len(result.alternates) > 1
    title_language = result.title_language or result.language
    return Line(
        result,
        names.label(facet, value),
        result.language != names.language,
        title_language if title_language != names.language else "",
        [theme for theme in themes if theme and result.kind != "theme"],
        [
            Spoken(code, names.spoken(code), url, code == result.language)
            for code, url in result.alternates.items()
            if several or code != names.language
        ],
        [one for one in result.highlights if not one.file],
        [_file_hit(one) for one in result.highlights if one.file],
        # Two parts of a question may be answered by the same thing in the same way.
        list(dict.fromkeys(result.reasons)),
    )


def _file_hit(highlight: Highlight) -> FileHit:
    names = {"number": highlight.page, "file": highlight.file}
    text = NUMBERED[highlight.part] % names if highlight.part else highlight.file
    return FileHit(highlight, text, highlight.ending.upper())
