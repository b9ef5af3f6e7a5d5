"""One raw item to one proposal: what the page would be, why, and what is wrong with the source."""

import datetime
import re
from typing import Any, Final, TypedDict

from contactpoint.intake.inference import keywords as keyword_rules
from contactpoint.intake.inference import named, themes
from contactpoint.intake.inference.cleaning import clean
from contactpoint.intake.inference.dates import DateMention, is_yearly, mentions, parse
from contactpoint.intake.inference.holes import holes, stray_spaces, unpaired_quotes
from contactpoint.intake.inference.keywords import Keyword, Suggested
from contactpoint.intake.inference.sentences import teaser
from contactpoint.intake.inference.terms import Terms
from contactpoint.intake.inference.title import title
from contactpoint.intake.inference.type import TypeFound, kind_of, type_of
from contactpoint.intake.problems import Problem, problem
from contactpoint.intake.raw import RawItem

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]")


class Inferred(TypedDict):
    """What the review list shows and mends, and what a page is made of. Dates are ISO 8601."""

    type: str
    type_reason: str
    type_evidence: str
    publication_type: str
    title: str
    teaser: str
    published_on: str | None
    starts_on: str | None
    effective_on: str | None
    themes: list[str]
    unknown_themes: list[str]
    keywords: list[Keyword]
    suggested: list[Suggested]
    institutions: list[str]
    countries: list[str]
    body: str
    source_url: str
    publisher: str
    blocks: list[dict[str, Any]]
    files: list[dict[str, Any]]


class Inference:
    """Infers for one run: holds the words it matches with, and the date of the item before."""

    def __init__(self, language: str, terms: Terms, *, newest_first: bool = True) -> None:
        self.language = language
        self.terms = terms
        self._newest_first = newest_first
        self._newest: datetime.date | None = None

    def infer(self, raw: RawItem) -> tuple[Inferred, list[Problem]]:
        """Call it for each item in the order of the listing, which is newest first."""
        inferred, problems = infer(raw, self.language, self.terms)
        if inferred["published_on"] and self._newest_first:
            day = datetime.date.fromisoformat(inferred["published_on"])
            if self._newest and day > self._newest:
                problems.append(problem("date-out-of-order", date=day, above=self._newest))
            self._newest = day
        return inferred, problems


def infer(raw: RawItem, language: str, terms: Terms) -> tuple[Inferred, list[Problem]]:
    """All that one item tells by itself. Its text is annotated once with each vocabulary."""
    text = clean(raw.text)
    # A source that gives a title of its own says there what the text may only go on from.
    whole = clean(f"{raw.title}. {text}") if raw.title and raw.title != text else text
    annotations = terms.vocabulary.annotate(whole, language, schemes=["glossary", "places"])
    institutions = named.institutions(whole, language, terms)
    keywords = keyword_rules.resolve(raw.keywords, language, terms)
    slugs, unknown_themes = themes.resolve(raw.themes, language, terms)
    named_kinds = [
        (keyword["concept"] or "", keyword["source"])
        for keyword in keywords
        if keyword["resolves_to"] == "type"
    ]
    kind = kind_of(raw.kind, language, terms) or type_of(whole, language, named_kinds)
    day = parse(_day_of(clean(raw.date)), language) if raw.date else None
    dates = mentions(text, language)
    places = named.countries(annotations, institutions, terms)
    for keyword in keywords:
        if keyword["resolves_to"] == "place":
            code = named.country_code(keyword["concept"] or "", terms)
            places += [code] if code and code not in places else []
    inferred = Inferred(
        type=kind.type,
        type_reason=kind.reason,
        type_evidence=kind.evidence,
        publication_type=kind.publication_type,
        title=clean(raw.title)
        or title(text, language, _short_names(institutions, terms), kind.told_in),
        teaser=clean(raw.teaser) or teaser(text, language),
        published_on=day.isoformat() if day else None,
        starts_on=_first_day(kind, "event", dates),
        effective_on=_first_day(kind, "development", dates),
        themes=slugs,
        unknown_themes=unknown_themes,
        keywords=keywords,
        suggested=keyword_rules.suggested(annotations, keywords, terms),
        institutions=list(dict.fromkeys(found.concept for found in institutions)),
        countries=places,
        body=raw.text if raw.blocks else text,
        source_url=raw.address,
        publisher="",
        blocks=raw.blocks,
        files=[],
    )
    problems = [problem(code, **detail) for code, detail in raw.notes]
    problems += _missing(raw, inferred, day, dates, language)
    # Where a source gives a text with its marks, no words of links were lost.
    problems += _suspect(text, language, day, dates, kind, torn=not raw.blocks)
    return inferred, problems


def _day_of(text: str) -> str:
    """Of a moment (ISO 8601) only its day."""
    return text[:10] if _MOMENT.match(text) else text


def _short_names(found: list[Any], terms: Terms) -> dict[str, str]:
    return {
        one.text: terms.acronyms[one.concept]
        for one in found
        if one.concept in terms.acronyms and len(one.text) > len(terms.acronyms[one.concept])
    }


def _first_day(kind: TypeFound, wanted: str, dates: list[DateMention]) -> str | None:
    if kind.type != wanted:
        return None
    return next((mention.date.isoformat() for mention in dates if mention.date), None)


def _missing(
    raw: RawItem,
    inferred: Inferred,
    day: datetime.date | None,
    dates: list[DateMention],
    language: str,
) -> list[Problem]:
    found = []
    text = inferred["body"]
    if raw.date and day is None:
        found.append(problem("unreadable-date", text=raw.date))
    elif day is None:
        # “Every year on 20 June” says when in a year, not when this was.
        once = [one for one in dates if one.day and not is_yearly(text, one, language)]
        hint = once[0].text if once else ""
        found.append(problem("no-date", text=hint) if hint else problem("no-date"))
    if not raw.themes:
        found.append(problem("no-theme"))
    found += [problem("unknown-theme", text=name) for name in inferred["unknown_themes"]]
    if not raw.keywords:
        found.append(problem("no-keyword"))
    found += [
        problem("unknown-keyword", text=keyword["source"])
        for keyword in inferred["keywords"]
        if keyword["resolves_to"] == "unknown"
    ]
    return found


def _suspect(
    text: str,
    language: str,
    day: datetime.date | None,
    dates: list[DateMention],
    kind: TypeFound,
    *,
    torn: bool,
) -> list[Problem]:
    found = [
        problem("missing-link", before=hole.before, after=hole.after)
        for hole in (holes(text, language) if torn else [])
    ]
    found += [
        problem("stray-space", before=hole.before, after=hole.after)
        for hole in (stray_spaces(text, language) if torn else [])
    ]
    if unpaired_quotes(text):
        found.append(problem("unpaired-quotes"))
    if day:
        different = [mention for mention in dates if not mention.agrees(day)]
        found += [problem("date-differs", text=one.text, date=day) for one in different[:1]]
    days = [mention for mention in dates if mention.day]
    if kind.type in ("event", "development") and days and not any(one.year for one in days):
        found.append(problem("date-without-year", text=days[0].text))
    return found
