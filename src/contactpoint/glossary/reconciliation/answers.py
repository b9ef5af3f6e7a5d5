"""What the service answers: candidates for a query, values for an extension, names while one types.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. The one matcher of
the portal decides; `match` is said only where an editor would not be asked either.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from contactpoint.glossary.lexicon import Lexicon, lexicon
from contactpoint.glossary.reconciliation.properties import (
    CONCEPT_TYPE,
    PROPERTIES,
    concept_type,
    described,
)
from contactpoint.glossary.reconciliation.showing import description, named
from contactpoint.glossary.scheme import SCHEME_ID
from contactpoint.glossary.terms import vocabulary
from contactpoint.vocabulary import Vocabulary, VocabularyConcept

MOST_QUERIES: Final = 50
MOST_IDS: Final = 200
MOST_PROPERTIES: Final = 20
MOST_VALUES: Final = 20
LONGEST_QUERY: Final = 200
MOST_CANDIDATES: Final = 20
SURE: Final = 0.9
"""The confidence from which the portal's own import takes a keyword without asking."""
_FEW: Final = 5
_OUTSIDE: Final = 0.5


class ReconciliationError(ValueError):
    """A query that can't be answered; the message tells the client's user why."""


def reconcile(queries: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The result batch for a query batch; names are in `language`."""
    if len(queries) > MOST_QUERIES:
        raise ReconciliationError(
            _("A batch holds at most %(count)d queries.") % {"count": MOST_QUERIES}
        )
    known, matcher = lexicon(), vocabulary()
    return {
        key: {"result": _candidates(query, known, matcher, language)}
        for key, query in queries.items()
    }


def extend(query: Any, language: str) -> dict[str, Any]:
    """The values of some properties of some concepts."""
    ids, wanted = _extension(query)
    known = lexicon()
    chosen = [(PROPERTIES[one["id"]], _language_setting(one)) for one in wanted]
    return {
        "meta": [described(one) for one, _setting in chosen],
        "rows": {
            slug: {
                one.id: (
                    list(one.values(known.concepts[slug], known, setting or language))
                    if slug in known.concepts
                    else []
                )
                for one, setting in chosen
            }
            for slug in ids
        },
    }


def suggest(prefix: str, language: str, skip: int, limit: int = 10) -> list[dict[str, Any]]:
    """Concepts whose names in any language begin with or hold what was typed, or whose id it is."""
    known = lexicon()
    slugs = [prefix.strip()] if prefix.strip() in known.concepts else []
    _total, hits = known.lookup.find(prefix, language, skip + limit)
    slugs += [hit.slug for hit in hits if hit.slug not in slugs]
    return [
        {
            **named(known, slug, language),
            "description": description(known.concepts[slug], language),
            "notable": [concept_type()],
        }
        for slug in slugs[skip : skip + limit]
    ]


def _candidates(
    query: Any, known: Lexicon, matcher: Vocabulary, language: str
) -> list[dict[str, Any]]:
    text, types, limit, asked = _checked(query)
    if types and CONCEPT_TYPE not in types:
        return []
    spoken = next((str(one).lower() for one in asked.get("language", ())), None)
    scores = _scores(text, spoken, known, matcher) if text else dict.fromkeys(known.concepts, 1.0)
    narrowing = {pid: values for pid, values in asked.items() if PROPERTIES[pid].narrows}
    found = []
    for slug, likeness in scores.items():
        fits = {pid: _fits(slug, pid, values, known) for pid, values in narrowing.items()}
        if not text and not any(fits.values()):
            continue
        score = likeness * (1.0 if all(fits.values()) else _OUTSIDE)
        found.append((score, slug, likeness, fits))
    found.sort(key=lambda one: (-one[0], one[1]))
    is_clear = len(found) < 2 or found[0][0] > found[1][0]
    return [
        {
            **named(known, slug, language),
            "description": description(known.concepts[slug], language),
            "type": [concept_type()],
            "score": round(score * 100, 1),
            "match": place == 0 and is_clear and score >= SURE,
            "features": [
                {"id": "name", "value": round(likeness, 3)},
                *({"id": pid, "value": value} for pid, value in fits.items()),
            ],
        }
        for place, (score, slug, likeness, fits) in enumerate(found[:limit])
    ]


def _scores(text: str, spoken: str | None, known: Lexicon, matcher: Vocabulary) -> dict[str, float]:
    """How sure it is that a text means each concept: the matcher's answer, then what is near."""
    slug = text.strip().rsplit("/", 1)[-1]
    is_named = slug in known.concepts and text.strip() in {slug, known.concepts[slug].uri}
    scores = {slug: 1.0} if is_named else {}
    found = matcher.harmonise(text, spoken, schemes=[SCHEME_ID])
    if found.concept in known.concepts:
        scores.setdefault(str(found.concept), found.confidence)
    ceiling = SURE - 0.05
    for near in found.nearest:
        if near.concept in known.concepts:
            scores.setdefault(near.concept, min(ceiling, near.score))
    _total, hits = known.lookup.find(text, spoken or "en", _FEW)
    for place, hit in enumerate(hits):
        scores.setdefault(hit.slug, max(0.1, 0.5 - place * 0.05))
    return scores


def _fits(slug: str, pid: str, values: Sequence[Any], known: Lexicon) -> bool:
    wanted = {str(one["id"] if isinstance(one, dict) else one).strip() for one in values}
    concept = known.concepts[slug]
    if pid == "broader":
        return any(_is_meant(known.concepts[one], wanted) for one in known.above(slug))
    if pid == "notation":
        return concept.notation in wanted
    return bool(wanted & {*concept.exact_matches, *concept.close_matches})


def _is_meant(concept: VocabularyConcept, wanted: set[str]) -> bool:
    """Whether a value names the concept, by identifier, address or any label."""
    folded = {one.casefold() for one in wanted}
    return bool(wanted & {concept.id, concept.uri}) or any(
        label.text.casefold() in folded for label in concept.labels
    )


def _checked(query: Any) -> tuple[str, list[str], int, dict[str, list[Any]]]:
    """The parts of a query, or an error that says which is wrong."""
    if not isinstance(query, dict):
        raise ReconciliationError(_("A query is an object with “query” or “properties”."))
    text, properties = query.get("query", ""), query.get("properties") or []
    if not isinstance(text, str) or not isinstance(properties, list):
        raise ReconciliationError(_("“query” is a text and “properties” a list."))
    if not text.strip() and not properties:
        raise ReconciliationError(_("A query has “query”, “properties” or both."))
    if len(properties) > MOST_PROPERTIES:
        raise ReconciliationError(_("That is too many properties."))
    asked: dict[str, list[Any]] = {}
    for one in properties:
        if not isinstance(one, dict) or not isinstance(one.get("pid"), str) or "v" not in one:
            raise ReconciliationError(_("A property has “pid” and “v”."))
        values = one["v"] if isinstance(one["v"], list) else [one["v"]]
        if one["pid"] in PROPERTIES:
            asked[one["pid"]] = [
                value
                for value in values[:MOST_VALUES]
                if not isinstance(value, dict) or "id" in value
            ]
    types = query.get("type") or []
    limit = query.get("limit", MOST_CANDIDATES)
    if isinstance(limit, bool) or not isinstance(limit, int | float) or limit < 1:
        raise ReconciliationError(_("“limit” is a number from 1."))
    found = [types] if isinstance(types, str) else types
    if not isinstance(found, list):
        raise ReconciliationError(_("“type” is a text or a list of texts."))
    kinds = [str(one.get("id", "")) if isinstance(one, dict) else str(one) for one in found]
    return text[:LONGEST_QUERY], kinds, int(min(limit, MOST_CANDIDATES)), asked


def _extension(query: Any) -> tuple[list[str], list[dict[str, Any]]]:
    ids = query.get("ids") if isinstance(query, dict) else None
    wanted = query.get("properties") if isinstance(query, dict) else None
    if not isinstance(ids, list) or not isinstance(wanted, list):
        raise ReconciliationError(_("An extension has “ids” and “properties”, both lists."))
    if len(ids) > MOST_IDS or len(wanted) > MOST_PROPERTIES:
        raise ReconciliationError(
            _("An extension holds at most %(ids)d identifiers and %(properties)d properties.")
            % {"ids": MOST_IDS, "properties": MOST_PROPERTIES}
        )
    for one in wanted:
        if not isinstance(one, dict) or str(one.get("id")) not in PROPERTIES:
            raise ReconciliationError(
                _("There is no such property. There are: %(names)s.")
                % {"names": ", ".join(PROPERTIES)}
            )
    return [str(one) for one in ids], wanted


def _language_setting(wanted: Mapping[str, Any]) -> str:
    settings = wanted.get("settings")
    language = settings.get("language") if isinstance(settings, dict) else None
    return language.strip().lower() if isinstance(language, str) else ""
