"""Everything that the network publishes: all kinds of outputs, each with all its languages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, ClassVar, Final

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page

from contactpoint.glossary.scheme import SCHEME_ID
from contactpoint.glossary.terms import vocabulary
from contactpoint.outputs.entries import day_of
from contactpoint.outputs.event_programme import words
from contactpoint.outputs.figures.bodies import tellings
from contactpoint.outputs.figures.telling import Telling
from contactpoint.outputs.files import Attached, files_of, placed
from contactpoint.outputs.models import (
    Classification,
    Output,
    OutputCountry,
    OutputInstitution,
    OutputTheme,
)
from contactpoint.outputs.models.words import paragraphs
from contactpoint.outputs.querysets import unclosed
from contactpoint.outputs.transcripts import spoken
from contactpoint.search.documents import Document, Version
from contactpoint.search.sources.attachments import FilePages
from contactpoint.search.sources.pages import spoken as borrowed
from contactpoint.search.sources.pages import things
from contactpoint.search.sources.sources import Source

FURTHER: Final = (
    "kind",
    "teaser",
    "body",
    "published_on",
    "starts_at",
    "effective_on",
    "series",
    "publication__publication_type",
    "event__place",
    "event__programme",
    "development__legal_reference",
    "vacancy__closes_on",
    "video__recording",
    "video__transcript",
)
WORDS: Final = ("event__place", "development__legal_reference", "series")
"""Short facts that a reader may search for; they stand behind the text."""


@dataclass(slots=True)
class About:
    """What a page is about; the keys are what matters, in the editors' order."""

    themes: dict[str, None] = field(default_factory=dict)
    parents: dict[str, None] = field(default_factory=dict)
    concepts: dict[str, None] = field(default_factory=dict)
    keywords: dict[str, None] = field(default_factory=dict)
    institutions: dict[str, None] = field(default_factory=dict)
    countries: dict[str, None] = field(default_factory=dict)
    named: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))


class Outputs(Source):
    """A thing is all pages with one translation key."""

    name: ClassVar[str] = "output"
    pages: ClassVar[tuple[type[Page], ...]] = (Output,)

    def keys(self, after: str = "") -> Iterator[str]:
        """By translation key."""
        return self.walk(Output.objects.filter(live=True), "translation_key", after)

    def documents(self, keys: Sequence[str]) -> list[Document]:
        """Seven queries, two more where there are films, four where there are live figures, and
        those of a vocabulary that has changed; the texts of files are read when they are looked
        at."""
        outputs = Output.objects.filter(unclosed())
        found = list(things(outputs, map(self.own, keys), FURTHER))
        about = _about({row["pk"]: str(key) for key, rows in found for row in rows})
        files = files_of(row["pk"] for _key, rows in found for row in rows)
        films = spoken(
            row["video__recording"]
            for _key, rows in found
            for row in rows
            if row["video__recording"]
        )
        figures = _figures([row for _key, rows in found for row in rows])
        return [
            self._document(
                str(key), rows, about[str(key)], files, _texts(rows, _said(rows, films), figures)
            )
            for key, rows in found
        ]

    def _document(
        self,
        key: str,
        rows: Sequence[dict[str, Any]],
        about: About,
        files: Mapping[int, Sequence[Attached]],
        texts: Mapping[int, str],
    ) -> Document:
        days = (
            day_of(row["kind"], row["published_on"], row["starts_at"], row["effective_on"])
            for row in rows
        )
        own = placed(files, {row["pk"]: row["locale__language_code"] for row in rows})
        types = (row["publication__publication_type"] for row in rows)
        return Document(
            key=self.key(key),
            kind=rows[0]["kind"],
            type=next(filter(None, types), ""),
            day=next(filter(None, days), None),
            versions=[
                _version(row, own.get(row["pk"], ()), texts.get(row["pk"], "")) for row in rows
            ],
            themes=list(about.themes),
            parents=[slug for slug in about.parents if slug not in about.themes],
            concepts=list(about.concepts),
            keywords=list(about.keywords),
            institutions=list(about.institutions),
            countries=list(about.countries),
            named={language: list(names) for language, names in about.named.items()},
        )


def _said(rows: Sequence[dict[str, Any]], films: Mapping[int, Mapping[str, str]]) -> dict[int, str]:
    """What is said in a film, under the page in whose language it is told; what no page's language
    has, under the first."""
    languages = {row["locale__language_code"] for row in rows}
    found: dict[int, str] = {}
    for place, row in enumerate(rows):
        words = films.get(row["video__recording"], {})
        own = row["video__transcript"] or words.get(row["locale__language_code"], "")
        others = [text for code, text in words.items() if code not in languages and place == 0]
        found[row["pk"]] = "\n\n".join(filter(None, [own, *others]))
    return found


def keys_with_figures() -> list[str]:
    """Of outputs whose text tells live figures. One query, which reads all texts."""
    found = Output.objects.filter(live=True).annotate(raw=Cast("body", TextField()))
    found = found.filter(Q(raw__contains="[[") | Q(raw__contains='"type": "figure'))
    keys = found.order_by().values_list("translation_key", flat=True).distinct()
    return [Outputs().key(str(key)) for key in keys]


def _figures(rows: Sequence[Mapping[str, Any]]) -> dict[int, Telling]:
    """What tells the live figures of a text, as they are when it is indexed."""
    found = tellings((row["body"], row["locale__language_code"]) for row in rows)
    return {
        row["pk"]: telling for row, telling in zip(rows, found, strict=True) if telling is not None
    }


def _texts(
    rows: Sequence[Mapping[str, Any]], said: Mapping[int, str], figures: Mapping[int, Telling]
) -> dict[int, str]:
    """Text, programme and what is said in a film."""
    return {
        row["pk"]: "\n\n".join(
            filter(
                None,
                (
                    paragraphs(row["body"], figures.get(row["pk"])),
                    words(row["event__programme"]),
                    said.get(row["pk"], ""),
                ),
            )
        )
        for row in rows
    }


def _version(row: Mapping[str, Any], files: Sequence[Attached], text: str) -> Version:
    facts = " · ".join(row[name] for name in WORDS if row[name])
    return Version(
        language=row["locale__language_code"],
        title=row["title"],
        url=row["url"],
        teaser=row["teaser"],
        text=f"{text}\n\n{facts}" if text and facts else text or facts,
        files=FilePages(files) if files else (),
        pk=row["pk"],
        expires_at=_end(row),
        **borrowed(row),
    )


def _end(row: Mapping[str, Any]) -> datetime | None:
    """When it is shown no longer: as its editor said; a vacancy at most until its last day."""
    moments = [row["expire_at"]]
    if row["vacancy__closes_on"]:
        following = row["vacancy__closes_on"] + timedelta(days=1)
        moments.append(timezone.make_aware(datetime.combine(following, time())))
    return min(filter(None, moments), default=None)


def _about(key_of: Mapping[int, str]) -> dict[str, About]:
    """What things are about, by their keys, from the rows beneath all their versions; four queries.

    What is true of a thing stands under each of its pages; the first language's order goes before.
    """
    found: dict[str, About] = defaultdict(About)
    for page, slug, parent in _rows(OutputTheme, key_of, "theme__slug", "theme__parent__slug"):
        found[key_of[page]].themes[slug] = None
        if parent:
            found[key_of[page]].parents[parent] = None
    known = vocabulary().schemes[SCHEME_ID].concepts
    for page, slug, status, keyword in _rows(
        Classification, key_of, "concept__slug", "concept__status", "keyword"
    ):
        about = found[key_of[page]]
        given = slug
        if slug and status == "deprecated":
            given = known[slug].replaced_by if slug in known else ""
        if given:
            about.concepts[given] = None
        elif keyword:
            about.keywords[keyword] = None
    for page, slug, labels, acronym in _rows(
        OutputInstitution,
        key_of,
        "institution__slug",
        "institution__labels",
        "institution__acronym",
    ):
        about = found[key_of[page]]
        about.institutions[slug] = None
        _name(about, labels, acronym)
    for page, code, labels in _rows(OutputCountry, key_of, "country__code", "country__labels"):
        about = found[key_of[page]]
        about.countries[code] = None
        _name(about, labels)
    return found


def _rows(model: Any, key_of: Mapping[int, str], *columns: str) -> Iterable[tuple[Any, ...]]:
    """Rows beneath pages, page by page in the order of `key_of`."""
    place = {pk: number for number, pk in enumerate(key_of)}
    rows = model.objects.filter(page__in=place).order_by("sort_order", "pk")
    return sorted(rows.values_list("page_id", *columns), key=lambda row: place[row[0]])


def _name(about: About, labels: Mapping[str, str], acronym: str = "") -> None:
    for language, text in labels.items():
        if text:
            about.named[language][text] = None
            if acronym:
                about.named[language][acronym] = None
