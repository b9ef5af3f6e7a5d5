"""An issue in one language: made from what readers may see now, kept as JSON once it has left.

What is kept is the words. Whether a thing may still be told is asked whenever an edition is shown
or sent: what was withdrawn, closed or taken out of that language since then is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import override

from contactpoint.dissemination.alerts.gathering import is_shown
from contactpoint.dissemination.blocks import key_of
from contactpoint.dissemination.models import Happening, Issue, IssueEdition
from contactpoint.dissemination.newsletter.shapes import Edition, Item, Section, read
from contactpoint.dissemination.sections import COMING, CORRECTED, heading
from contactpoint.kit.days import in_words
from contactpoint.kit.labels import FALLBACK_LANGUAGE, picked
from contactpoint.outputs import corrections
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.querysets import entries, readable
from contactpoint.search.documents import Document, Version
from contactpoint.search.showing.naming import Names
from contactpoint.search.sources import documents

TOLD: Final = (
    Happening.What.TRANSLATED,
    Happening.What.CHANGED,
    Happening.What.FIGURES,
    Happening.What.DEFINITION,
    Happening.What.ANSWERED,
    Happening.What.CORRECTED,
)
"""What is said of a thing; that it is new goes without saying."""
_OUTPUT: Final = "output:"


def languages() -> list[str]:
    """Those in which every issue appears."""
    return [code for code, _name in settings.LANGUAGES]


def editions(issue: Issue, wanted: Sequence[str] = ()) -> dict[str, Edition]:
    """The issue as it is now, by language; things are asked for once, names once a language."""
    arranged = list(_arranged(issue))
    keys = [key for _about, _headings, items in arranged for key, _words in items]
    things = {thing.key: thing for thing in documents(keys) if thing.versions}
    told = _happened(issue, things)
    return {code: _edition(issue, code, arranged, things, told) for code in (wanted or languages())}


def kept(issue: Issue, language: str) -> Edition | None:
    """The edition that left, of what may still be told; two queries and those of the sources."""
    row = IssueEdition.objects.filter(issue=issue, language=language).first()
    return shown([read(row.content)])[0] if row else None


def shown(some: Sequence[Edition]) -> list[Edition]:
    """Editions of what readers may see at this moment, in the language in which it was told."""
    keys = {item.key for edition in some for item in edition.items}
    addresses = {
        (thing.key, version.language): version.url
        for thing in (documents(sorted(keys)) if keys else ())
        for version in thing.versions
    }
    return [_public(edition, addresses) for edition in some]


def _public(edition: Edition, addresses: Mapping[tuple[str, str], str]) -> Edition:
    sections = []
    for section in edition.sections:
        items = [
            replace(item, url=addresses[item.key, item.language])
            for item in section.items
            if (item.key, item.language) in addresses
        ]
        if items:
            sections.append(replace(section, items=items))
    return replace(edition, sections=sections)


_Arranged = tuple[str, Mapping[str, str], list[tuple[str, Mapping[str, str]]]]


def _arranged(issue: Issue) -> Iterator[_Arranged]:
    """Sections as editors left them; a thing that stands there twice is told once."""
    known: set[str] = set()
    for block in issue.sections:
        items = []
        for one in block.value["items"]:
            key = key_of(one["thing"])
            if key and key not in known:
                known.add(key)
                items.append((key, one["words"]))
        yield block.value["about"] or "", block.value["headings"], items


def _happened(issue: Issue, things: Mapping[str, Document]) -> dict[str, list[Happening]]:
    """Of things as readers see them: a translation that is hidden is none."""
    rows = Happening.objects.filter(
        thing__in=list(things), what__in=TOLD, at__date__gte=issue.since
    )
    found: dict[str, list[Happening]] = {}
    for row in rows.exclude(untold=Happening.Untold.ASIDE).order_by("at", "pk"):
        if is_shown(row, things[row.thing]):
            found.setdefault(row.thing, []).append(row)
    return found


def _edition(
    issue: Issue,
    language: str,
    arranged: Sequence[_Arranged],
    things: Mapping[str, Document],
    told: Mapping[str, list[Happening]],
) -> Edition:
    names = Names(language)
    with override(language):
        beside = _Beside(things, names)
        sections = []
        for about, headings, given in arranged:
            items = [
                _item(things[key], words, about, told.get(key, []), beside)
                for key, words in given
                if key in things
            ]
            if items:
                own = {code: text for code, text in headings.items() if text}
                said, spoken = picked(own, language)
                sections.append(Section(said or heading(about, names), items, spoken))
        introduction, spoken = picked(issue.introductions, language)
        return Edition(
            language=language,
            title=issue.title_in(language),
            introduction=introduction,
            introduction_language=spoken,
            sections=sections,
            number=issue.number or 0,
        )


class _Beside:
    """What the document of the search doesn't know of outputs: notes, and why they were
    corrected. A few queries for all."""

    def __init__(self, things: Mapping[str, Document], names: Names) -> None:
        self.names, language = names, names.language
        keys = [UUID(key.removeprefix(_OUTPUT)) for key in things if key.startswith(_OUTPUT)]
        self._entries: dict[str, Entry] = {}
        self._corrections: dict[str, corrections.Told] = {}
        if not keys:
            return
        for entry in entries(readable().filter(translation_key__in=keys), language):
            known = self._entries.get(str(entry.translation_key))
            if known is None or entry.language == language:
                self._entries[str(entry.translation_key)] = entry
        rows = list(corrections.public().filter(item__in=keys))
        for row, one in zip(rows, corrections.told(rows, language), strict=True):
            self._corrections.setdefault(str(row.item), one)

    def entry(self, key: str) -> Entry | None:
        """Of an output."""
        return self._entries.get(key.removeprefix(_OUTPUT))

    def correction(self, key: str) -> "corrections.Told | None":
        """The newest."""
        return self._corrections.get(key.removeprefix(_OUTPUT))


def _item(
    thing: Document,
    words: Mapping[str, str],
    about: str,
    told: Sequence[Happening],
    beside: _Beside,
) -> Item:
    language = beside.names.language
    version = _version(thing, language)
    title, title_language = version.title, version.title_language or version.language
    teaser, teaser_language = version.teaser, version.teaser_language or version.language
    correction = beside.correction(thing.key) if about == CORRECTED else None
    if correction is not None:
        teaser = " ".join(filter(None, (correction.change, correction.reason)))
        teaser_language = correction.change_language or language
    if words.get(f"title_{language}"):
        title, title_language = words[f"title_{language}"], language
    if words.get(f"teaser_{language}"):
        teaser, teaser_language = words[f"teaser_{language}"], language
    entry = beside.entry(thing.key)
    is_coming = thing.kind == "event" and thing.day is not None and thing.day >= localdate()
    return Item(
        key=thing.key,
        language=version.language,
        title=title,
        url=version.url,
        teaser=teaser,
        title_language="" if title_language == language else title_language,
        teaser_language="" if teaser_language == language else teaser_language,
        facts=[
            *([] if _says_kind(about, thing) else [_kind(thing, beside.names)]),
            *_facts(thing, version, entry, beside.names, has_day=not is_coming),
        ],
        mark=_mark(told, entry, language),
        day=thing.day.isoformat() if is_coming and thing.day else "",
        hue=entry.themes[0].hue if entry and entry.themes else 0,
    )


def _version(thing: Document, language: str) -> Version:
    """In the language of the edition, else the one that most read, else any."""
    known = {version.language: version for version in thing.versions}
    return known.get(language) or known.get(FALLBACK_LANGUAGE) or thing.versions[0]


def _kind(thing: Document, names: Names) -> str:
    return names.label("type", thing.type) if thing.type else names.label("kind", thing.kind)


def _says_kind(about: str, thing: Document) -> bool:
    """Whether the heading has said already what it is."""
    is_coming = about == COMING and thing.kind == "event"
    return not thing.type and (is_coming or about == f"kind:{thing.kind}")


def _facts(
    thing: Document, version: Version, entry: Entry | None, names: Names, *, has_day: bool
) -> list[str]:
    day = in_words(thing.day) if thing.day and has_day else ""
    spoken = version.title_language or version.language
    foreign = "" if spoken == names.language else names.spoken(spoken)
    return [fact for fact in (day, *(entry.notes if entry else ()), foreign) if fact]


def _mark(told: Sequence[Happening], entry: Entry | None, language: str) -> str:
    """What nobody may overlook, else what happened last."""
    if entry is not None and entry.mark:
        return entry.mark
    marks = [
        str(Happening.What(row.what).label)
        for row in told
        if row.what != Happening.What.TRANSLATED or row.language == language
    ]
    return marks[-1] if marks else ""
