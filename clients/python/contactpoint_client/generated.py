"""Made from the portal's OpenAPI document by `generate.py`; don't change it by hand."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal, Required, TypedDict, cast

from contactpoint_client.asking import Asking


class Reference(TypedDict, total=False):
    """As the document has `Reference`."""

    id: str
    self: str
    label: dict[str, str]


class OutputInstitutions(TypedDict, total=False):
    """As the document has `OutputInstitutions`."""

    role: Literal["author", "publisher", "commissioner", "employer", "mentioned"]
    institution: Reference


class CountryReference(TypedDict, total=False):
    """As the document has `CountryReference`."""

    id: str
    self: str
    label: dict[str, str]


class File(TypedDict, total=False):
    """As the document has `File`."""

    title: str
    url: str
    language: str | None
    format: str
    bytes: int
    pages: int | None
    sha256: str | None


class Picture(TypedDict, total=False):
    """As the document has `Picture`."""

    url: str
    width: int
    height: int


class Belonging(TypedDict, total=False):
    """As the document has `Belonging`."""

    id: str
    form: Literal["study", "series"]
    part: str | None
    label: dict[str, str]
    url: dict[str, str]


class Amendment(TypedDict, total=False):
    """As the document has `Amendment`."""

    date: str
    change: dict[str, str]
    reason: dict[str, str]


class Output(TypedDict, total=False):
    """As the document has `Output`."""

    id: str
    self: str
    kind: Literal["news-item", "publication", "event", "video", "vacancy", "development"]
    type: str | None
    title: dict[str, str]
    teaser: dict[str, str]
    url: dict[str, str]
    date: str | None
    changed: str | None
    effective: str | None
    legal_reference: str | None
    closes: str | None
    authors: list[str]
    doi: str | None
    source: str | None
    themes: list[Reference]
    concepts: list[Reference]
    institutions: list[OutputInstitutions]
    countries: list[CountryReference]
    files: list[File]
    cover: Picture | None
    families: list[Belonging]
    corrections: list[Amendment]
    body: dict[str, str]
    text: dict[str, str]


class EventInstitutions(TypedDict, total=False):
    """As the document has `EventInstitutions`."""

    role: Literal["author", "publisher", "commissioner", "employer", "mentioned"]
    institution: Reference


class Event(TypedDict, total=False):
    """As the document has `Event`."""

    id: str
    self: str
    title: dict[str, str]
    teaser: dict[str, str]
    url: dict[str, str]
    date: str | None
    changed: str | None
    source: str | None
    themes: list[Reference]
    concepts: list[Reference]
    institutions: list[EventInstitutions]
    countries: list[CountryReference]
    files: list[File]
    cover: Picture | None
    families: list[Belonging]
    corrections: list[Amendment]
    body: dict[str, str]
    text: dict[str, str]
    starts: str | None
    ends: str | None
    time_zone: str
    whole_day: bool
    online: bool
    called_off: bool
    place: dict[str, str]


class Theme(TypedDict, total=False):
    """As the document has `Theme`."""

    id: str
    self: str
    label: dict[str, str]
    url: dict[str, str]
    broader: Reference | None
    narrower: list[Reference]
    concepts: list[Reference]


class Concept(TypedDict, total=False):
    """As the document has `Concept`."""

    id: str
    self: str
    label: dict[str, str]
    alternatives: dict[str, list[str]]
    definition: dict[str, str]
    definition_source: dict[str, str]
    uri: str
    url: dict[str, str]
    status: str
    notation: str | None
    broader: list[Reference]
    narrower: list[Reference]
    related: list[Reference]
    themes: list[Reference]
    exact_matches: list[str]
    close_matches: list[str]
    changed: str


class Institution(TypedDict, total=False):
    """As the document has `Institution`."""

    id: str
    self: str
    label: dict[str, str]
    acronym: str | None
    kind: str | None
    country: CountryReference | None
    homepage: str | None
    url: dict[str, str]


class Country(TypedDict, total=False):
    """As the document has `Country`."""

    id: str
    self: str
    label: dict[str, str]
    status: Literal["member", "observer", "none"]
    joined: str | None


class IndicatorDownloads(TypedDict, total=False):
    """Its values, all places and periods, with names in English."""

    json: str
    csv: str
    xlsx: str
    jsonstat: str


class Indicator(TypedDict, total=False):
    """As the document has `Indicator`."""

    id: str
    self: str
    label: dict[str, str]
    concept: Reference | None
    periods: list[Literal["month", "quarter", "year"]]
    datasets: list[str]
    places: list[str]
    url: dict[str, str]
    values: str
    downloads: IndicatorDownloads


class FigureValueChangePrevious(TypedDict, total=False):
    """As the document has `FigureValueChangePrevious`."""

    value: float | None
    reason: str | None
    caveats: list[str]


class FigureValueChangeYear(TypedDict, total=False):
    """As the document has `FigureValueChangeYear`."""

    value: float | None
    reason: str | None
    caveats: list[str]


class FigureValue(TypedDict, total=False):
    """As the document has `FigureValue`."""

    id: str
    self: str
    place: str
    period: str
    value: float | None
    flags: str
    change_previous: FigureValueChangePrevious | None
    change_year: FigureValueChangeYear | None
    vintage: str | None
    source: str


class QueryQuestions(TypedDict, total=False):
    """As the document has `QueryQuestions`."""

    id: str
    number: str
    text: dict[str, str]


class QueryAnswersSources(TypedDict, total=False):
    """As the document has `QueryAnswersSources`."""

    title: str
    url: str | None


class QueryAnswers(TypedDict, total=False):
    """As the document has `QueryAnswers`."""

    country: str
    question: str
    text: dict[str, str]
    remark: dict[str, str]
    chosen: dict[str, list[str]]
    sources: list[QueryAnswersSources]
    answered: str
    is_past: bool


class Query(TypedDict, total=False):
    """As the document has `Query`."""

    id: str
    self: str
    kind: Literal["survey", "query", "study"]
    reference: str | None
    title: dict[str, str]
    background: dict[str, str]
    summary: dict[str, str]
    url: dict[str, str]
    asked: str | None
    is_example: bool
    themes: list[Reference]
    concepts: list[Reference]
    questions: list[QueryQuestions]
    answered_by: list[str]
    answers: list[QueryAnswers]


class GuideChecked(TypedDict, total=False):
    """As the document has `GuideChecked`."""

    by: str | None
    on: str | None


class Guide(TypedDict, total=False):
    """As the document has `Guide`."""

    id: str
    self: str
    title: dict[str, str]
    summary: dict[str, str]
    text: dict[str, str]
    part: str
    step: int | None
    checked: dict[str, GuideChecked]
    examples: list[str]
    url: dict[str, str]
    themes: list[Reference]
    concepts: list[Reference]


class PageOfFile(TypedDict, total=False):
    """As the document has `PageOfFile`."""

    file: str
    url: str
    number: int


class Result(TypedDict, total=False):
    """As the document has `Result`."""

    id: str
    self: str
    kind: Literal[
        "news-item",
        "publication",
        "event",
        "video",
        "vacancy",
        "development",
        "concept",
        "theme",
        "study",
        "series",
        "statistics",
        "consultation",
        "guidance",
        "page",
    ]
    type: str | None
    title: dict[str, str]
    teaser: dict[str, str]
    url: dict[str, str]
    link: str
    date: str | None
    themes: list[str]
    concepts: list[str]
    highlights: list[str]
    reasons: list[str]
    page: PageOfFile


class ProposalInShort(TypedDict, total=False):
    """As the document has `ProposalInShort`."""

    id: str
    self: str
    kind: Literal[
        "news-item",
        "publication",
        "event",
        "video",
        "vacancy",
        "development",
        "correction",
        "translation",
    ]
    state: Literal["waiting", "accepted", "refused", "withdrawn"]
    proposed: str
    decided: str | None
    said: str
    title: str


class ProposedTitle(TypedDict, total=False):
    """Its title. The first language leads; each other one is a translation."""

    en: str
    fr: str
    nl: str
    de: str


class ProposedTeaser(TypedDict, total=False):
    """What it is about, in a sentence or two."""

    en: str
    fr: str
    nl: str
    de: str


class ProposedBody(TypedDict, total=False):
    """Its text: HTML of which the usual marks are kept, or plain."""

    en: str
    fr: str
    nl: str
    de: str


class ProposedNewsItem(TypedDict, total=False):
    """As the document has `ProposedNewsItem`."""

    kind: Required[Literal["news-item"]]
    title: Required[ProposedTitle]
    teaser: ProposedTeaser
    body: ProposedBody
    date: str
    themes: list[str]
    concepts: list[str]
    keywords: list[str]
    countries: list[str]
    institutions: list[str]
    source: str
    note: str


class ProposedPublication(TypedDict, total=False):
    """As the document has `ProposedPublication`."""

    kind: Required[Literal["publication"]]
    title: Required[ProposedTitle]
    teaser: ProposedTeaser
    body: ProposedBody
    type: Literal[
        "annual-policy-report",
        "thematic-study",
        "emn-inform",
        "ad-hoc-query-compilation",
        "quarterly",
        "country-factsheet",
        "policy-paper",
        "report",
        "study",
    ]
    date: str
    themes: list[str]
    concepts: list[str]
    keywords: list[str]
    countries: list[str]
    institutions: list[str]
    source: str
    note: str


class ProposedPlace(TypedDict, total=False):
    """Where it is."""

    en: str
    fr: str
    nl: str
    de: str


class ProposedEvent(TypedDict, total=False):
    """As the document has `ProposedEvent`."""

    kind: Required[Literal["event"]]
    title: Required[ProposedTitle]
    teaser: ProposedTeaser
    body: ProposedBody
    starts: Required[str]
    ends: str
    whole_day: bool
    online: bool
    place: ProposedPlace
    date: str
    themes: list[str]
    concepts: list[str]
    keywords: list[str]
    countries: list[str]
    institutions: list[str]
    source: str
    note: str


class ProposedVideo(TypedDict, total=False):
    """As the document has `ProposedVideo`."""

    kind: Required[Literal["video"]]
    title: Required[ProposedTitle]
    teaser: ProposedTeaser
    body: ProposedBody
    date: str
    themes: list[str]
    concepts: list[str]
    keywords: list[str]
    countries: list[str]
    institutions: list[str]
    source: str
    note: str


class ProposedVacancy(TypedDict, total=False):
    """As the document has `ProposedVacancy`."""

    kind: Required[Literal["vacancy"]]
    title: Required[ProposedTitle]
    teaser: ProposedTeaser
    body: ProposedBody
    closes: str
    date: str
    themes: list[str]
    concepts: list[str]
    keywords: list[str]
    countries: list[str]
    institutions: list[str]
    source: str
    note: str


class ProposedDevelopment(TypedDict, total=False):
    """As the document has `ProposedDevelopment`."""

    kind: Required[Literal["development"]]
    title: Required[ProposedTitle]
    teaser: ProposedTeaser
    body: ProposedBody
    effective: str
    legal_reference: str
    date: str
    themes: list[str]
    concepts: list[str]
    keywords: list[str]
    countries: list[str]
    institutions: list[str]
    source: str
    note: str


class ProposedText(TypedDict, total=False):
    """What is wrong, and what would be right."""

    en: str
    fr: str
    nl: str
    de: str


class ProposedCorrection(TypedDict, total=False):
    """As the document has `ProposedCorrection`."""

    kind: Required[Literal["correction"]]
    about: Required[str]
    text: Required[ProposedText]
    source: str
    note: str


class ProposedTranslation(TypedDict, total=False):
    """As the document has `ProposedTranslation`."""

    kind: Required[Literal["translation"]]
    about: Required[str]
    title: Required[ProposedTitle]
    teaser: ProposedTeaser
    body: ProposedBody
    note: str


class ProposalKeywords(TypedDict, total=False):
    """As the document has `ProposalKeywords`."""

    source: str
    concept: str | None
    confidence: float


class Proposal(TypedDict, total=False):
    """As the document has `Proposal`."""

    id: str
    self: str
    kind: Literal[
        "news-item",
        "publication",
        "event",
        "video",
        "vacancy",
        "development",
        "correction",
        "translation",
    ]
    state: Literal["waiting", "accepted", "refused", "withdrawn"]
    proposed: str
    decided: str | None
    said: str
    content: (
        ProposedNewsItem
        | ProposedPublication
        | ProposedEvent
        | ProposedVideo
        | ProposedVacancy
        | ProposedDevelopment
        | ProposedCorrection
        | ProposedTranslation
        | dict[str, Any]
    )
    keywords: list[ProposalKeywords]
    odd: list[str]
    url: dict[str, str]


Proposed = (
    ProposedNewsItem
    | ProposedPublication
    | ProposedEvent
    | ProposedVideo
    | ProposedVacancy
    | ProposedDevelopment
    | ProposedCorrection
    | ProposedTranslation
)


class Client(Asking):
    """Every list of the portal as an iterator, every thing by its key."""

    def outputs(
        self,
        *,
        kind_any: Sequence[
            Literal["news-item", "publication", "event", "video", "vacancy", "development"]
        ]
        | None = None,
        kind_none: Sequence[
            Literal["news-item", "publication", "event", "video", "vacancy", "development"]
        ]
        | None = None,
        type_any: Sequence[
            Literal[
                "annual-policy-report",
                "thematic-study",
                "emn-inform",
                "ad-hoc-query-compilation",
                "quarterly",
                "country-factsheet",
                "policy-paper",
                "report",
                "study",
            ]
        ]
        | None = None,
        type_none: Sequence[
            Literal[
                "annual-policy-report",
                "thematic-study",
                "emn-inform",
                "ad-hoc-query-compilation",
                "quarterly",
                "country-factsheet",
                "policy-paper",
                "report",
                "study",
            ]
        ]
        | None = None,
        theme_any: Sequence[str] | None = None,
        theme_all: Sequence[str] | None = None,
        theme_none: Sequence[str] | None = None,
        concept_any: Sequence[str] | None = None,
        concept_all: Sequence[str] | None = None,
        concept_none: Sequence[str] | None = None,
        institution_any: Sequence[str] | None = None,
        institution_all: Sequence[str] | None = None,
        institution_none: Sequence[str] | None = None,
        country_any: Sequence[str] | None = None,
        country_all: Sequence[str] | None = None,
        country_none: Sequence[str] | None = None,
        language_any: Sequence[Literal["en", "fr", "nl", "de"]] | None = None,
        language_all: Sequence[Literal["en", "fr", "nl", "de"]] | None = None,
        language_none: Sequence[Literal["en", "fr", "nl", "de"]] | None = None,
        from_: str | None = None,
        to: str | None = None,
        changed_since: str | None = None,
        sort: Literal["-date", "date", "-changed", "changed"] | None = None,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "kind",
                "type",
                "title",
                "teaser",
                "url",
                "date",
                "changed",
                "effective",
                "legal_reference",
                "closes",
                "authors",
                "doi",
                "source",
                "themes",
                "concepts",
                "institutions",
                "countries",
                "files",
                "cover",
                "families",
                "corrections",
                "body",
                "text",
                "themes.label",
                "concepts.label",
                "countries.label",
                "files.title",
                "files.language",
                "files.format",
                "files.bytes",
                "files.pages",
                "files.sha256",
                "cover.width",
                "cover.height",
                "families.form",
                "families.part",
                "families.label",
                "families.url",
                "corrections.change",
                "corrections.reason",
            ]
        ]
        | None = None,
        limit: int | None = None,
    ) -> Iterator[Output]:
        """What the network publishes: news, publications, events, videos, vacancies, developments."""
        asked: dict[str, Any] = {
            "kind.any": kind_any,
            "kind.none": kind_none,
            "type.any": type_any,
            "type.none": type_none,
            "theme.any": theme_any,
            "theme.all": theme_all,
            "theme.none": theme_none,
            "concept.any": concept_any,
            "concept.all": concept_all,
            "concept.none": concept_none,
            "institution.any": institution_any,
            "institution.all": institution_all,
            "institution.none": institution_none,
            "country.any": country_any,
            "country.all": country_all,
            "country.none": country_none,
            "language.any": language_any,
            "language.all": language_all,
            "language.none": language_none,
            "from": from_,
            "to": to,
            "changed_since": changed_since,
            "sort": sort,
            "fields": fields,
            "limit": limit,
        }
        return cast("Iterator[Output]", self.pages("/api/v1/outputs", asked))

    def one_of_outputs(
        self,
        id: str,
        *,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "kind",
                "type",
                "title",
                "teaser",
                "url",
                "date",
                "changed",
                "effective",
                "legal_reference",
                "closes",
                "authors",
                "doi",
                "source",
                "themes",
                "concepts",
                "institutions",
                "countries",
                "files",
                "cover",
                "families",
                "corrections",
                "body",
                "text",
                "themes.label",
                "concepts.label",
                "countries.label",
                "files.title",
                "files.language",
                "files.format",
                "files.bytes",
                "files.pages",
                "files.sha256",
                "cover.width",
                "cover.height",
                "families.form",
                "families.part",
                "families.label",
                "families.url",
                "corrections.change",
                "corrections.reason",
            ]
        ]
        | None = None,
    ) -> Output:
        """One of outputs, by its key."""
        asked: dict[str, Any] = {
            "fields": fields,
        }
        return cast("Output", self.get(f"/api/v1/outputs/{id}", asked))

    def events(
        self,
        *,
        theme_any: Sequence[str] | None = None,
        theme_all: Sequence[str] | None = None,
        theme_none: Sequence[str] | None = None,
        concept_any: Sequence[str] | None = None,
        concept_all: Sequence[str] | None = None,
        concept_none: Sequence[str] | None = None,
        institution_any: Sequence[str] | None = None,
        institution_all: Sequence[str] | None = None,
        institution_none: Sequence[str] | None = None,
        country_any: Sequence[str] | None = None,
        country_all: Sequence[str] | None = None,
        country_none: Sequence[str] | None = None,
        language_any: Sequence[Literal["en", "fr", "nl", "de"]] | None = None,
        language_all: Sequence[Literal["en", "fr", "nl", "de"]] | None = None,
        language_none: Sequence[Literal["en", "fr", "nl", "de"]] | None = None,
        starts_from: str | None = None,
        starts_until: str | None = None,
        changed_since: str | None = None,
        sort: Literal["-starts", "starts", "-changed", "changed"] | None = None,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "title",
                "teaser",
                "url",
                "date",
                "changed",
                "source",
                "themes",
                "concepts",
                "institutions",
                "countries",
                "files",
                "cover",
                "families",
                "corrections",
                "body",
                "text",
                "starts",
                "ends",
                "time_zone",
                "whole_day",
                "online",
                "called_off",
                "place",
                "themes.label",
                "concepts.label",
                "countries.label",
                "files.title",
                "files.language",
                "files.format",
                "files.bytes",
                "files.pages",
                "files.sha256",
                "cover.width",
                "cover.height",
                "families.form",
                "families.part",
                "families.label",
                "families.url",
                "corrections.change",
                "corrections.reason",
            ]
        ]
        | None = None,
        limit: int | None = None,
    ) -> Iterator[Event]:
        """Conferences, webinars and meetings, those of the past included."""
        asked: dict[str, Any] = {
            "theme.any": theme_any,
            "theme.all": theme_all,
            "theme.none": theme_none,
            "concept.any": concept_any,
            "concept.all": concept_all,
            "concept.none": concept_none,
            "institution.any": institution_any,
            "institution.all": institution_all,
            "institution.none": institution_none,
            "country.any": country_any,
            "country.all": country_all,
            "country.none": country_none,
            "language.any": language_any,
            "language.all": language_all,
            "language.none": language_none,
            "starts_from": starts_from,
            "starts_until": starts_until,
            "changed_since": changed_since,
            "sort": sort,
            "fields": fields,
            "limit": limit,
        }
        return cast("Iterator[Event]", self.pages("/api/v1/events", asked))

    def one_of_events(
        self,
        id: str,
        *,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "title",
                "teaser",
                "url",
                "date",
                "changed",
                "source",
                "themes",
                "concepts",
                "institutions",
                "countries",
                "files",
                "cover",
                "families",
                "corrections",
                "body",
                "text",
                "starts",
                "ends",
                "time_zone",
                "whole_day",
                "online",
                "called_off",
                "place",
                "themes.label",
                "concepts.label",
                "countries.label",
                "files.title",
                "files.language",
                "files.format",
                "files.bytes",
                "files.pages",
                "files.sha256",
                "cover.width",
                "cover.height",
                "families.form",
                "families.part",
                "families.label",
                "families.url",
                "corrections.change",
                "corrections.reason",
            ]
        ]
        | None = None,
    ) -> Event:
        """One of events, by its key."""
        asked: dict[str, Any] = {
            "fields": fields,
        }
        return cast("Event", self.get(f"/api/v1/events/{id}", asked))

    def themes(
        self,
        *,
        concept_any: Sequence[str] | None = None,
        concept_all: Sequence[str] | None = None,
        concept_none: Sequence[str] | None = None,
        sort: Literal["position", "id"] | None = None,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "label",
                "url",
                "broader",
                "narrower",
                "concepts",
                "broader.label",
                "narrower.label",
                "concepts.label",
            ]
        ]
        | None = None,
        limit: int | None = None,
    ) -> Iterator[Theme]:
        """The main themes, in two levels."""
        asked: dict[str, Any] = {
            "concept.any": concept_any,
            "concept.all": concept_all,
            "concept.none": concept_none,
            "sort": sort,
            "fields": fields,
            "limit": limit,
        }
        return cast("Iterator[Theme]", self.pages("/api/v1/themes", asked))

    def one_of_themes(
        self,
        id: str,
        *,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "label",
                "url",
                "broader",
                "narrower",
                "concepts",
                "broader.label",
                "narrower.label",
                "concepts.label",
            ]
        ]
        | None = None,
    ) -> Theme:
        """One of themes, by its key."""
        asked: dict[str, Any] = {
            "fields": fields,
        }
        return cast("Theme", self.get(f"/api/v1/themes/{id}", asked))

    def concepts(
        self,
        *,
        theme_any: Sequence[str] | None = None,
        theme_all: Sequence[str] | None = None,
        theme_none: Sequence[str] | None = None,
        changed_since: str | None = None,
        sort: Literal["id", "changed", "-changed"] | None = None,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "label",
                "alternatives",
                "definition",
                "definition_source",
                "uri",
                "url",
                "status",
                "notation",
                "broader",
                "narrower",
                "related",
                "themes",
                "exact_matches",
                "close_matches",
                "changed",
                "broader.label",
                "narrower.label",
                "related.label",
                "themes.label",
            ]
        ]
        | None = None,
        limit: int | None = None,
    ) -> Iterator[Concept]:
        """The concepts of the glossary that hold, in all its languages."""
        asked: dict[str, Any] = {
            "theme.any": theme_any,
            "theme.all": theme_all,
            "theme.none": theme_none,
            "changed_since": changed_since,
            "sort": sort,
            "fields": fields,
            "limit": limit,
        }
        return cast("Iterator[Concept]", self.pages("/api/v1/concepts", asked))

    def one_of_concepts(
        self,
        id: str,
        *,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "label",
                "alternatives",
                "definition",
                "definition_source",
                "uri",
                "url",
                "status",
                "notation",
                "broader",
                "narrower",
                "related",
                "themes",
                "exact_matches",
                "close_matches",
                "changed",
                "broader.label",
                "narrower.label",
                "related.label",
                "themes.label",
            ]
        ]
        | None = None,
    ) -> Concept:
        """One of concepts, by its key."""
        asked: dict[str, Any] = {
            "fields": fields,
        }
        return cast("Concept", self.get(f"/api/v1/concepts/{id}", asked))

    def institutions(
        self,
        *,
        kind_any: Sequence[
            Literal[
                "network",
                "contact-point",
                "national-authority",
                "ombuds-body",
                "parliament",
                "court",
                "statistical-office",
                "eu-institution",
                "eu-agency",
                "international-organisation",
                "research-institute",
                "association",
                "ngo",
            ]
        ]
        | None = None,
        kind_none: Sequence[
            Literal[
                "network",
                "contact-point",
                "national-authority",
                "ombuds-body",
                "parliament",
                "court",
                "statistical-office",
                "eu-institution",
                "eu-agency",
                "international-organisation",
                "research-institute",
                "association",
                "ngo",
            ]
        ]
        | None = None,
        country_any: Sequence[str] | None = None,
        country_none: Sequence[str] | None = None,
        sort: Literal["id"] | None = None,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "label",
                "acronym",
                "kind",
                "country",
                "homepage",
                "url",
                "country.label",
            ]
        ]
        | None = None,
        limit: int | None = None,
    ) -> Iterator[Institution]:
        """Authorities, agencies and organisations, by their key."""
        asked: dict[str, Any] = {
            "kind.any": kind_any,
            "kind.none": kind_none,
            "country.any": country_any,
            "country.none": country_none,
            "sort": sort,
            "fields": fields,
            "limit": limit,
        }
        return cast("Iterator[Institution]", self.pages("/api/v1/institutions", asked))

    def one_of_institutions(
        self,
        id: str,
        *,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "label",
                "acronym",
                "kind",
                "country",
                "homepage",
                "url",
                "country.label",
            ]
        ]
        | None = None,
    ) -> Institution:
        """One of institutions, by its key."""
        asked: dict[str, Any] = {
            "fields": fields,
        }
        return cast("Institution", self.get(f"/api/v1/institutions/{id}", asked))

    def countries(
        self,
        *,
        status_any: Sequence[Literal["member", "observer", "none"]] | None = None,
        status_none: Sequence[Literal["member", "observer", "none"]] | None = None,
        sort: Literal["id"] | None = None,
        fields: Sequence[Literal["id", "self", "label", "status", "joined"]] | None = None,
        limit: int | None = None,
    ) -> Iterator[Country]:
        """States by their ISO 3166-1 code, with their place in the network."""
        asked: dict[str, Any] = {
            "status.any": status_any,
            "status.none": status_none,
            "sort": sort,
            "fields": fields,
            "limit": limit,
        }
        return cast("Iterator[Country]", self.pages("/api/v1/countries", asked))

    def one_of_countries(
        self,
        id: str,
        *,
        fields: Sequence[Literal["id", "self", "label", "status", "joined"]] | None = None,
    ) -> Country:
        """One of countries, by its key."""
        asked: dict[str, Any] = {
            "fields": fields,
        }
        return cast("Country", self.get(f"/api/v1/countries/{id}", asked))

    def figures(
        self,
        *,
        concept_any: Sequence[str] | None = None,
        concept_all: Sequence[str] | None = None,
        concept_none: Sequence[str] | None = None,
        place_any: Sequence[str] | None = None,
        place_all: Sequence[str] | None = None,
        place_none: Sequence[str] | None = None,
        sort: Literal["id"] | None = None,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "label",
                "concept",
                "periods",
                "datasets",
                "places",
                "url",
                "values",
                "downloads",
                "concept.label",
            ]
        ]
        | None = None,
        limit: int | None = None,
    ) -> Iterator[Indicator]:
        """Official figures by indicator."""
        asked: dict[str, Any] = {
            "concept.any": concept_any,
            "concept.all": concept_all,
            "concept.none": concept_none,
            "place.any": place_any,
            "place.all": place_all,
            "place.none": place_none,
            "sort": sort,
            "fields": fields,
            "limit": limit,
        }
        return cast("Iterator[Indicator]", self.pages("/api/v1/figures", asked))

    def one_of_figures(
        self,
        id: str,
        *,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "label",
                "concept",
                "periods",
                "datasets",
                "places",
                "url",
                "values",
                "downloads",
                "concept.label",
            ]
        ]
        | None = None,
    ) -> Indicator:
        """One of figures, by its key."""
        asked: dict[str, Any] = {
            "fields": fields,
        }
        return cast("Indicator", self.get(f"/api/v1/figures/{id}", asked))

    def values_of_figures(
        self,
        id: str,
        *,
        place: Sequence[str] | None = None,
        by: Literal["month", "quarter", "year"] | None = None,
        since: str | None = None,
        until: str | None = None,
        known: str | None = None,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "place",
                "period",
                "value",
                "flags",
                "change_previous",
                "change_year",
                "vintage",
                "source",
            ]
        ]
        | None = None,
        limit: int | None = None,
    ) -> Iterator[FigureValue]:
        """The values of an indicator by place and period, as they are known now or were known on a day."""
        asked: dict[str, Any] = {
            "place": place,
            "by": by,
            "since": since,
            "until": until,
            "known": known,
            "fields": fields,
            "limit": limit,
        }
        return cast("Iterator[FigureValue]", self.pages(f"/api/v1/figures/{id}/values", asked))

    def queries(
        self,
        *,
        kind_any: Sequence[Literal["survey", "query", "study"]] | None = None,
        kind_none: Sequence[Literal["survey", "query", "study"]] | None = None,
        theme_any: Sequence[str] | None = None,
        theme_all: Sequence[str] | None = None,
        theme_none: Sequence[str] | None = None,
        concept_any: Sequence[str] | None = None,
        concept_all: Sequence[str] | None = None,
        concept_none: Sequence[str] | None = None,
        sort: Literal["id"] | None = None,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "kind",
                "reference",
                "title",
                "background",
                "summary",
                "url",
                "asked",
                "is_example",
                "themes",
                "concepts",
                "questions",
                "answered_by",
                "themes.label",
                "concepts.label",
            ]
        ]
        | None = None,
        limit: int | None = None,
    ) -> Iterator[Query]:
        """Ad-hoc queries and studies of the network, with the answers that states let everybody know."""
        asked: dict[str, Any] = {
            "kind.any": kind_any,
            "kind.none": kind_none,
            "theme.any": theme_any,
            "theme.all": theme_all,
            "theme.none": theme_none,
            "concept.any": concept_any,
            "concept.all": concept_all,
            "concept.none": concept_none,
            "sort": sort,
            "fields": fields,
            "limit": limit,
        }
        return cast("Iterator[Query]", self.pages("/api/v1/queries", asked))

    def one_of_queries(
        self,
        id: str,
        *,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "kind",
                "reference",
                "title",
                "background",
                "summary",
                "url",
                "asked",
                "is_example",
                "themes",
                "concepts",
                "questions",
                "answered_by",
                "answers",
                "themes.label",
                "concepts.label",
            ]
        ]
        | None = None,
    ) -> Query:
        """One of queries, by its key."""
        asked: dict[str, Any] = {
            "fields": fields,
        }
        return cast("Query", self.get(f"/api/v1/queries/{id}", asked))

    def guidance(
        self,
        *,
        theme_any: Sequence[str] | None = None,
        theme_all: Sequence[str] | None = None,
        theme_none: Sequence[str] | None = None,
        concept_any: Sequence[str] | None = None,
        concept_all: Sequence[str] | None = None,
        concept_none: Sequence[str] | None = None,
        language_any: Sequence[str] | None = None,
        language_all: Sequence[str] | None = None,
        language_none: Sequence[str] | None = None,
        sort: Literal["id"] | None = None,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "title",
                "summary",
                "part",
                "step",
                "checked",
                "examples",
                "url",
                "themes",
                "concepts",
                "themes.label",
                "concepts.label",
            ]
        ]
        | None = None,
        limit: int | None = None,
    ) -> Iterator[Guide]:
        """Guidance for applicants, in plain words and in the languages of applicants."""
        asked: dict[str, Any] = {
            "theme.any": theme_any,
            "theme.all": theme_all,
            "theme.none": theme_none,
            "concept.any": concept_any,
            "concept.all": concept_all,
            "concept.none": concept_none,
            "language.any": language_any,
            "language.all": language_all,
            "language.none": language_none,
            "sort": sort,
            "fields": fields,
            "limit": limit,
        }
        return cast("Iterator[Guide]", self.pages("/api/v1/guidance", asked))

    def one_of_guidance(
        self,
        id: str,
        *,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "title",
                "summary",
                "text",
                "part",
                "step",
                "checked",
                "examples",
                "url",
                "themes",
                "concepts",
                "themes.label",
                "concepts.label",
            ]
        ]
        | None = None,
    ) -> Guide:
        """One of guidance, by its key."""
        asked: dict[str, Any] = {
            "fields": fields,
        }
        return cast("Guide", self.get(f"/api/v1/guidance/{id}", asked))

    def search(
        self,
        *,
        kind_any: Sequence[
            Literal[
                "news-item",
                "publication",
                "event",
                "video",
                "vacancy",
                "development",
                "concept",
                "theme",
                "study",
                "series",
                "statistics",
                "consultation",
                "guidance",
                "page",
            ]
        ]
        | None = None,
        kind_all: Sequence[
            Literal[
                "news-item",
                "publication",
                "event",
                "video",
                "vacancy",
                "development",
                "concept",
                "theme",
                "study",
                "series",
                "statistics",
                "consultation",
                "guidance",
                "page",
            ]
        ]
        | None = None,
        kind_none: Sequence[
            Literal[
                "news-item",
                "publication",
                "event",
                "video",
                "vacancy",
                "development",
                "concept",
                "theme",
                "study",
                "series",
                "statistics",
                "consultation",
                "guidance",
                "page",
            ]
        ]
        | None = None,
        type_any: Sequence[
            Literal[
                "survey",
                "query",
                "study",
                "annual-policy-report",
                "thematic-study",
                "emn-inform",
                "ad-hoc-query-compilation",
                "quarterly",
                "country-factsheet",
                "policy-paper",
                "report",
            ]
        ]
        | None = None,
        type_all: Sequence[
            Literal[
                "survey",
                "query",
                "study",
                "annual-policy-report",
                "thematic-study",
                "emn-inform",
                "ad-hoc-query-compilation",
                "quarterly",
                "country-factsheet",
                "policy-paper",
                "report",
            ]
        ]
        | None = None,
        type_none: Sequence[
            Literal[
                "survey",
                "query",
                "study",
                "annual-policy-report",
                "thematic-study",
                "emn-inform",
                "ad-hoc-query-compilation",
                "quarterly",
                "country-factsheet",
                "policy-paper",
                "report",
            ]
        ]
        | None = None,
        theme_any: Sequence[str] | None = None,
        theme_all: Sequence[str] | None = None,
        theme_none: Sequence[str] | None = None,
        concept_any: Sequence[str] | None = None,
        concept_all: Sequence[str] | None = None,
        concept_none: Sequence[str] | None = None,
        institution_any: Sequence[str] | None = None,
        institution_all: Sequence[str] | None = None,
        institution_none: Sequence[str] | None = None,
        country_any: Sequence[str] | None = None,
        country_all: Sequence[str] | None = None,
        country_none: Sequence[str] | None = None,
        language_any: Sequence[
            Literal[
                "nl", "fr", "en", "de", "ar", "fa", "ps", "ti", "so", "ru", "uk", "es", "sq", "tr"
            ]
        ]
        | None = None,
        language_all: Sequence[
            Literal[
                "nl", "fr", "en", "de", "ar", "fa", "ps", "ti", "so", "ru", "uk", "es", "sq", "tr"
            ]
        ]
        | None = None,
        language_none: Sequence[
            Literal[
                "nl", "fr", "en", "de", "ar", "fa", "ps", "ti", "so", "ru", "uk", "es", "sq", "tr"
            ]
        ]
        | None = None,
        year_any: Sequence[str] | None = None,
        year_all: Sequence[str] | None = None,
        year_none: Sequence[str] | None = None,
        q: str | None = None,
        language: Literal["en", "fr", "nl", "de"] | None = None,
        from_: str | None = None,
        to: str | None = None,
        sort: Literal["fit", "newest", "oldest"] | None = None,
        fields: Sequence[
            Literal[
                "id",
                "self",
                "kind",
                "type",
                "title",
                "teaser",
                "url",
                "link",
                "date",
                "themes",
                "concepts",
                "highlights",
                "reasons",
                "page",
            ]
        ]
        | None = None,
        limit: int | None = None,
    ) -> Iterator[Result]:
        """All that is public, by words in any language and by what they mean, with counts for each filter."""
        asked: dict[str, Any] = {
            "kind.any": kind_any,
            "kind.all": kind_all,
            "kind.none": kind_none,
            "type.any": type_any,
            "type.all": type_all,
            "type.none": type_none,
            "theme.any": theme_any,
            "theme.all": theme_all,
            "theme.none": theme_none,
            "concept.any": concept_any,
            "concept.all": concept_all,
            "concept.none": concept_none,
            "institution.any": institution_any,
            "institution.all": institution_all,
            "institution.none": institution_none,
            "country.any": country_any,
            "country.all": country_all,
            "country.none": country_none,
            "language.any": language_any,
            "language.all": language_all,
            "language.none": language_none,
            "year.any": year_any,
            "year.all": year_all,
            "year.none": year_none,
            "q": q,
            "language": language,
            "from": from_,
            "to": to,
            "sort": sort,
            "fields": fields,
            "limit": limit,
        }
        return cast("Iterator[Result]", self.pages("/api/v1/search", asked))

    def proposals(
        self,
        *,
        state: Sequence[Literal["waiting", "accepted", "refused", "withdrawn"]] | None = None,
        limit: int | None = None,
    ) -> Iterator[ProposalInShort]:
        """What your institution proposed, and what became of it."""
        asked: dict[str, Any] = {
            "state": state,
            "limit": limit,
        }
        return cast("Iterator[ProposalInShort]", self.pages("/api/v1/proposals", asked))

    def propose(self, proposal: "Proposed", *, key: str = "") -> Proposal:
        """Propose something to the editors. With the `key` of an earlier try, nothing comes twice."""
        said = self.send("/api/v1/proposals", proposal, key)
        return cast("Proposal", said)

    def proposal(self, id: str) -> Proposal:
        """What became of one of your institution's proposals."""
        return cast("Proposal", self.get(f"/api/v1/proposals/{id}"))

    def withdraw(self, id: str) -> None:
        """Take back what nobody has decided on."""
        self.delete(f"/api/v1/proposals/{id}")
