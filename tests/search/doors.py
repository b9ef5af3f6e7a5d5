"""Every way by which somebody who is not signed in gets something of the site.

A door is a function that asks as such a reader and returns all that it was told, marks and headers
of the answer included. A new way to get at things is a new door: write a function here or in a room
of its own, and say what it shows.

@door("output")
def my_list(reader: Reader, asked: Asked) -> str: ...
"""

import gzip
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from file_words import words_of

from contactpoint.api import tokens
from contactpoint.api.dumps.making import make
from contactpoint.api.harvesting import records
from contactpoint.api.models import Proposal, Scope
from contactpoint.network.models import Institution

LISTS: Final = ("news", "publications", "events", "videos", "vacancies", "chronicle")
CITED: Final = ("news", "publications", "videos", "chronicle")
THEME, CONCEPT, SHARED = "asylum", "reception", "sesame"
"""What everything is about, and a word that stands in every text."""
_LOOKING: Final = {"language": "en", "size": "wide", "look": "auto"}
LEFT, DUMPED = "dumps that were there before", "a dump of this moment"
NOTED = "what became of things was noted"
STUDY, SERIES = "the-study", "the-series"
"""To which every output belongs."""
SOURCES: Final = "https://source.example/"
"""Where every output was taken from, by its word."""


@dataclass(frozen=True)
class Asked:
    """What a reader knows and goes by: a word, and what else of the thing has it in its address."""

    word: str
    language: str = "en"
    url: str = ""
    file_url: str = ""

    @property
    def slug(self) -> str:
        """The institution that only this thing has."""
        return f"i-{self.word}"


@dataclass
class Reader:
    """Nobody in particular; an address is fetched once."""

    client: Client = field(default_factory=Client)
    kept: dict[str, str] = field(default_factory=dict)
    fetched: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def get(self, path: str, **query: Any) -> str:
        """What an address gives; nothing where it gives only where else to go."""
        return self._asked(path, query)[0]

    def choices(self, path: str, **query: Any) -> str:
        """What a page offers to narrow by, as `name=value`."""
        filters = self._asked(path, query)[1]
        return " ".join(
            f"{one.name}={option.value} {option.label}" for one in filters for option in one.options
        )

    def _asked(self, path: str, query: dict[str, Any]) -> tuple[str, Any]:
        key = f"{path}?{sorted(query.items())}"
        if key not in self.fetched:
            answer = self.client.get(path, query)
            context = answer.context or {}
            filters = context.get("filters") if answer.status_code == 200 else None
            self.fetched[key] = (_told(answer), filters or [])
        return self.fetched[key]


def _told(answer: Any) -> str:
    if answer.status_code in (301, 302, 303, 307, 308):
        return ""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    head = "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
    return head + words_of(answer.headers.get("Content-Type", ""), content)


Door = Callable[[Reader, Asked], str]


@dataclass(frozen=True)
class Registered:
    """A door, the kinds of public things that it shows, and whether it `lags`."""

    function: Door
    shows: frozenset[str]
    lags: bool


DOORS: Final[dict[str, Registered]] = {}


def door(*shows: str, lags: bool = False) -> Callable[[Door], Door]:
    """Registers a door, which shows public things of these kinds to whoever knows a word of them.

    Kinds are output, page, file, concept and answer; a door that shows none of them has to be tight
    too. One that `lags` tells numbers and single words of the index, which follow a change within
    the second; every other asks the database before it tells.
    """

    def registered(function: Door) -> Door:
        DOORS[function.__name__] = Registered(function, frozenset(shows), lags)
        return function

    return registered


# --- pages ---


@door("output")
def front_pages(reader: Reader, asked: Asked) -> str:
    return reader.get(f"/{asked.language}/")


@door("output")
def lists(reader: Reader, asked: Asked) -> str:
    return "".join(reader.get(f"/{asked.language}/{name}/") for name in LISTS)


@door("output")
def lists_of_an_institution(reader: Reader, asked: Asked) -> str:
    return "".join(
        reader.get(f"/{asked.language}/{name}/", institution=asked.slug) for name in LISTS
    )


@door()
def choices_beside_lists(reader: Reader, asked: Asked) -> str:
    return "".join(reader.choices(f"/{asked.language}/{name}/") for name in LISTS)


@door("output")
def themes(reader: Reader, asked: Asked) -> str:
    return reader.get(f"/{asked.language}/themes/{THEME}/") + reader.get(
        f"/{asked.language}/themes/"
    )


@door("output")
def concepts(reader: Reader, asked: Asked) -> str:
    return reader.get(f"/{asked.language}/glossary/{CONCEPT}/")


@door("output")
def studies(reader: Reader, asked: Asked) -> str:
    return reader.get(f"/{asked.language}/studies/{STUDY}/")


@door("output")
def series(reader: Reader, asked: Asked) -> str:
    return reader.get(f"/{asked.language}/series/{SERIES}/")


@door()
def lists_of_studies_and_series(reader: Reader, asked: Asked) -> str:
    return "".join(reader.get(f"/{asked.language}/{name}/") for name in ("studies", "series"))


@door("output")
def an_institution(reader: Reader, asked: Asked) -> str:
    return reader.get(f"/{asked.language}/network/{asked.slug}/")


@door("output", "page")
def the_address_itself(reader: Reader, asked: Asked) -> str:
    return reader.get(asked.url) if asked.url else ""


@door("file")
def the_file_itself(reader: Reader, asked: Asked) -> str:
    return reader.get(asked.file_url) if asked.file_url else ""


@door()
def standing_pages(reader: Reader, asked: Asked) -> str:
    paths = ("network", "work-programme", "glossary/hierarchy", "glossary/proposals")
    return "".join(reader.get(f"/{asked.language}/{path}/") for path in paths)


# --- feeds and files for programs ---


def _feeds(asked: Asked, ending: str) -> tuple[str, ...]:
    under = (
        *("", *(f"{name}/" for name in LISTS), f"themes/{THEME}/", f"glossary/{CONCEPT}/"),
        *(f"studies/{STUDY}/", f"series/{SERIES}/", f"network/{asked.slug}/"),
        *("countries/be/", "glossary/", "work-programme/", "consultations/", "corrections/"),
    )
    return tuple(f"/{asked.language}/{path}feed.{ending}" for path in under)


@door("output")
def feeds_as_atom(reader: Reader, asked: Asked) -> str:
    return "".join(map(reader.get, _feeds(asked, "atom")))


@door("output")
def feeds_as_rss(reader: Reader, asked: Asked) -> str:
    return "".join(map(reader.get, _feeds(asked, "rss")))


@door("output")
def feeds_as_json(reader: Reader, asked: Asked) -> str:
    return "".join(map(reader.get, _feeds(asked, "json")))


@door()
def lists_of_feeds_and_corrections(reader: Reader, asked: Asked) -> str:
    return "".join(reader.get(f"/{asked.language}/{name}/") for name in ("feeds", "corrections"))


@door("output")
def frames_for_other_sites(reader: Reader, asked: Asked) -> str:
    """And what the page says on which they are copied, and programs that ask for them."""
    under = f"/{asked.language}/embed"
    told = "".join(reader.get(f"{under}/list/{name}/", size="wide") for name in ("all", *LISTS))
    told += reader.get(f"{under}/list/all/", size="wide", theme=THEME)
    told += reader.get(f"{under}/list/all/", size="wide", institution=asked.slug)
    return told + reader.get(f"{under}/events/", size="wide")


@door("output", "page")
def a_search_in_a_frame(reader: Reader, asked: Asked) -> str:
    return _without(
        reader.get(f"/{asked.language}/embed/search/", q=asked.word, size="wide"), asked.word
    )


@door()
def copying_frames(reader: Reader, asked: Asked) -> str:
    told = ""
    for slug in (CONCEPT, asked.word):
        told += reader.get(f"/{asked.language}/embed/concept/{slug}/")
        told += reader.get(f"/{asked.language}/embed/", what="term", term=slug, **_LOOKING)
        told += reader.get("/oembed", url=f"{settings.BASE_URL}/{asked.language}/glossary/{slug}/")
    told += reader.get("/oembed", url=f"{settings.BASE_URL}{asked.url}")
    told += reader.get(f"/{asked.language}/embed/", what="search", q=asked.word, **_LOOKING)
    return _without(told, asked.word)


@door()
def issues_of_the_newsletter(reader: Reader, asked: Asked) -> str:
    """What an issue tells of hidden things is tried in tests/dissemination/newsletter."""
    names = ("", "1/", "feed.atom", "feed.rss", "feed.json")
    return "".join(reader.get(f"/{asked.language}/newsletter/{name}") for name in names)


@door()
def calendars(reader: Reader, asked: Asked) -> str:
    paths = ("events/", f"themes/{THEME}/")
    return "".join(reader.get(f"/{asked.language}/{path}calendar.ics") for path in paths)


@door()
def what_stands_beside_a_page(reader: Reader, asked: Asked) -> str:
    """Somebody guesses what addresses there may be beneath that of a thing."""
    slug = asked.url.rstrip("/").rpartition("/")[2] or "nothing"
    beside = (
        *(f"{name}/{{}}/citation.{form}" for name in CITED for form in ("bib", "ris", "json")),
        *("publications/{}/print.pdf", "videos/{}/transcript/"),
        *("events/{}/event.ics", "events/{}/register/", "events/{}/registered/"),
    )
    told = "".join(reader.get(f"/{asked.language}/{path.format(slug)}") for path in beside)
    return "" if asked.url and reader.get(asked.url) else told


@door("output")
def lists_for_bibliographies(reader: Reader, asked: Asked) -> str:
    return "".join(
        reader.get(f"/{asked.language}/{name}/citations.{form}")
        for name in CITED
        for form in ("bib", "ris", "json")
    )


@door("output")
def a_search_for_bibliographies(reader: Reader, asked: Asked) -> str:
    return "".join(
        reader.get(f"/{asked.language}/search/citations.{form}", q=asked.word)
        for form in ("bib", "ris", "json")
    )


@door()
def figures_to_take_away(reader: Reader, asked: Asked) -> str:
    paths = (
        *("first-time-applicants.json", "first-time-applicants.csv", "countries/be.json"),
        *(f"{asked.word}.json", f"countries/{asked.word}.json", f"compare.json?place={asked.word}"),
    )
    told = (reader.get(f"/{asked.language}/statistics/{path}") for path in paths)
    return _without("".join(told), asked.word)


@door()
def sitemap(reader: Reader, asked: Asked) -> str:
    # Institutions have pages of their own, whatever becomes of what they have a part in.
    return re.sub(r"/network/[^<\"]+", "", reader.get("/sitemap.xml"))


@door()
def sitemaps_of_news_and_films(reader: Reader, asked: Asked) -> str:
    kinds = ("news", "videos", "images")
    return "".join(reader.get(f"/sitemap-{kind}.xml") for kind in kinds)


@door("output", "file")
def lists_for_programs(reader: Reader, asked: Asked) -> str:
    """The interface: lists, what they lead to, and their filters, which tell nothing either."""
    told = reader.get("/api/v1/outputs", limit=100)
    told += reader.get("/api/v1/events", limit=100)
    for path in dict.fromkeys(re.findall(r"/api/v1/(?:outputs|events)/[0-9a-f-]{36}", told)):
        told += reader.get(path)
    told += reader.get("/api/v1/outputs", **{"theme.any": THEME, "concept.all": CONCEPT})
    told += reader.get("/api/v1/outputs", **{"kind.none": "video", "sort": "-changed"})
    told += reader.get("/api/v1/outputs", limit=100, fields="title,body,text,corrections,cover")
    told += "".join(
        reader.get(f"/api/v1/{name}")
        for name in (
            *("", "themes", f"themes/{THEME}", "countries", "countries/BE"),
            *("figures", "queries", "guidance"),
        )
    )
    return told


@door("output", "page", "file")
def searching_for_programs(reader: Reader, asked: Asked) -> str:
    told = reader.get("/api/v1/search", q=asked.word)
    found = json.loads(told[told.index("{") :]) if "{" in told else {}
    return json.dumps(found.get("data", []), ensure_ascii=False)


@door(lags=True)
def choices_for_programs(reader: Reader, asked: Asked) -> str:
    return _without(reader.get("/api/v1/search", q=asked.word), asked.word)


@door("output")
def proposing_the_same(reader: Reader, asked: Asked) -> str:
    """A partner proposes what somebody else may have taken from the same source already."""
    institution, _is_new = Institution.objects.get_or_create(slug="partner")
    until = timezone.now() + timedelta(days=1)
    head = {"Authorization": f"Bearer {tokens.made(institution, 'P', list(Scope), until, None)[1]}"}
    proposed = {"kind": "news-item", "title": {asked.language: asked.word}}
    answer = reader.client.post(
        "/api/v1/proposals",
        {**proposed, "source": f"{SOURCES}{asked.word}"},
        content_type="application/json",
        headers={**head, "Idempotency-Key": uuid4().hex},
        REMOTE_ADDR="192.0.2.9",
    )
    assert answer.status_code == 201, answer.content
    again = reader.client.get(answer.json()["self"], headers=head, REMOTE_ADDR="192.0.2.9")
    Proposal.objects.all().delete()
    return _without(answer.content.decode() + again.content.decode(), asked.word)


@door()
def harvesting_what_was_noted(reader: Reader, asked: Asked) -> str:
    """Somebody harvests before the worker has noted what became of things."""
    told = reader.get("/oai", verb="ListRecords", metadataPrefix="oai_dc")
    return told + reader.get("/oai", verb="ListIdentifiers", metadataPrefix="oai_dc")


@door("output")
def harvesting(reader: Reader, asked: Asked) -> str:
    if NOTED not in reader.kept:
        records.note_all()
        reader.kept[NOTED] = ""
    told = reader.get("/oai", verb="ListRecords", metadataPrefix="oai_datacite")
    told += reader.get("/oai", verb="ListRecords", metadataPrefix="oai_dc", set="kind")
    for name in re.findall(r"<identifier>(oai:[^<]+)</identifier>", told):
        told += reader.get("/oai", verb="GetRecord", identifier=name, metadataPrefix="oai_dc")
    return told + reader.get("/oai", verb="ListSets") + reader.get("/oai", verb="Identify")


@door()
def catalogue_of_data(reader: Reader, asked: Asked) -> str:
    told = "".join(reader.get(f"/catalogue{end}") for end in ("", ".ttl", ".jsonld", ".rdf"))
    return told + reader.get(f"/{asked.language}/open-data/")


@door()
def dumps_of_before(reader: Reader, asked: Asked) -> str:
    """Somebody takes what the last night left, whatever has become of it since."""
    if LEFT not in reader.kept:
        reader.kept[LEFT] = _dumps(Reader(reader.client))
    return reader.kept[LEFT]


@door("output", "file", "concept", "answer", "guide")
def dumps_of_now(reader: Reader, asked: Asked) -> str:
    if DUMPED not in reader.kept:
        make()
        reader.kept[DUMPED] = _dumps(Reader(reader.client))
    return reader.kept[DUMPED]


def _dumps(reader: Reader) -> str:
    told = reader.get("/dumps/latest/manifest.json") + reader.get("/dumps/latest/SHA256SUMS")
    for name in re.findall(r'"name": ?"([a-z]+\.ndjson\.gz)"', told) or ["outputs.ndjson.gz"]:
        answer = reader.client.get(f"/dumps/latest/{name}")
        if answer.status_code == 200 and answer.streaming:
            told += gzip.decompress(b"".join(answer.streaming_content)).decode()
    # Institutions have pages of their own, whatever becomes of what they have a part in.
    lines = (line for line in told.splitlines() if "/api/v1/institutions/" not in line[:80])
    return "\n".join(lines)


@door("concept")
def concepts_for_programs(reader: Reader, asked: Asked) -> str:
    told = reader.get("/api/v1/concepts", limit=100)
    return told + reader.get(f"/api/v1/concepts/{CONCEPT}")


@door("concept")
def glossary_files(reader: Reader, asked: Asked) -> str:
    return "".join(reader.get(f"/id/scheme/glossary.{kind}") for kind in ("ttl", "jsonld", "nt"))


@door("concept")
def reconciliation(reader: Reader, asked: Asked) -> str:
    queries = json.dumps({"q0": {"query": asked.word}, "q1": {"query": asked.word[:5]}})
    return reader.get("/id/reconcile", queries=queries) + reader.get(
        "/id/reconcile/suggest/entity", prefix=asked.word[:5]
    )


@door()
def terms_as_data(reader: Reader, asked: Asked) -> str:
    """And what versions, cards and previews tell of a term whose identifier somebody guesses."""
    told = ""
    for slug in (CONCEPT, asked.word):
        told += "".join(reader.get(f"/id/concept/{slug}{end}") for end in ("", ".ttl", ".jsonld"))
        told += reader.get(f"/id/concept/{slug}/versions/1")
        told += reader.get(f"/{asked.language}/glossary/versions/1/{slug}/")
        told += reader.get(f"/{asked.language}/glossary/{slug}/brief/")
        told += reader.get("/id/reconcile/preview", id=slug)
        told += reader.get("/id/reconcile/flyout/entity", id=slug)
    told += reader.get(f"/{asked.language}/glossary/versions/")
    told += reader.get(f"/{asked.language}/glossary/versions/1/")
    told += reader.get("/id/scheme/glossary")
    return _without(told, asked.word)


@door()
def pages_read_around_another_language(reader: Reader, asked: Asked) -> str:
    """The list, and what is not there in a language, with all around it in that language."""
    return reader.get(f"/{asked.language}/news/") + (
        reader.get(f"/{asked.language}/fr{asked.url[3:]}") if asked.url else ""
    )


@door("concept")
def finding_a_term(reader: Reader, asked: Asked) -> str:
    return "".join(
        reader.get(f"/{asked.language}/glossary/{path}", q=word)
        for path in ("", "find.json")
        for word in (asked.word, asked.word[:5])
    )


# --- the search ---


@door("output")
def searching(reader: Reader, asked: Asked) -> str:
    return reader.get(f"/{asked.language}/search/", q=asked.word)


@door("output", "page", "file")
def taking_the_results_along(reader: Reader, asked: Asked) -> str:
    names = ("feed.atom", "feed.rss", "feed.json", "search.csv", "search.json")
    return "".join(reader.get(f"/{asked.language}/search/{name}", q=asked.word) for name in names)


@door("output")
def typing(reader: Reader, asked: Asked) -> str:
    words = (asked.word, asked.word[:5])
    return "".join(reader.get(f"/{asked.language}/search/suggest", q=word) for word in words)


@door("output")
def typing_in_the_bar_of_a_browser(reader: Reader, asked: Asked) -> str:
    under = f"/{asked.language}/search"
    words = (asked.word, asked.word[:5])
    told = "".join(reader.get(f"{under}/complete", q=word) for word in words)
    return _without(told, f'["{asked.word}", ') + reader.get(f"{under}/description.xml")


@door(lags=True)
def searching_with_a_slip(reader: Reader, asked: Asked) -> str:
    """Two letters have changed places: what the reader may have meant."""
    slipped = asked.word[:-3] + asked.word[-2] + asked.word[-3] + asked.word[-1:]
    return _without(reader.get(f"/{asked.language}/search/", q=slipped), slipped)


@door(lags=True)
def choices_beside_results(reader: Reader, asked: Asked) -> str:
    return reader.choices(f"/{asked.language}/search/", q=SHARED)


@door("output", "page", "file")
def searching_from_the_command_line(reader: Reader, asked: Asked) -> str:
    words = (asked.word, SHARED)
    found = [json.loads(_printed(reader, word, asked.language))["results"] for word in words]
    return json.dumps(found, ensure_ascii=False)


@door(lags=True)
def choices_from_the_command_line(reader: Reader, asked: Asked) -> str:
    return _printed(reader, SHARED, asked.language)


def _printed(reader: Reader, word: str, language: str) -> str:
    """What the command prints, which is run once for a word."""
    key = f"contactpoint search {word} {language}"
    if key not in reader.kept:
        reader.kept[key] = json.dumps(_command(word, language), ensure_ascii=False)
    return reader.kept[key]


def _command(word: str, language: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("search", word, "--language", language, "--limit", "100", "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def _without(text: str, words: str) -> str:
    """A page repeats what it was asked; that is no news to who asked it."""
    return text.replace(words, "")


# --- counts ---


@dataclass(frozen=True)
class Counted:
    """What a door counts for the word that stands in every text."""

    total: int
    facets: dict[str, dict[str, int]]


def counts(language: str) -> Iterator[tuple[str, Counted]]:
    """What the doors that count say."""
    found = _command(SHARED, language)
    yield "command", Counted(found["total"], _by_value(found["facets"]))


def _by_value(facets: dict[str, Any]) -> dict[str, dict[str, int]]:
    return {
        name: {str(option["value"]): option["count"] for option in options}
        for name, options in facets.items()
    }
