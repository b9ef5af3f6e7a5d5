"""Checks of matches with other vocabularies, and of addresses."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from contactpoint.vocabulary.check.finding import Hit, Survey, rule
from contactpoint.vocabulary.model import Scheme, VocabularyConcept

# What an IRI may not hold anywhere (RFC 3987).
_FORBIDDEN: Final = re.compile(r"[\s<>\"{}|\\^`\x00-\x1f]")
_LINKS: Final = ("exact_matches", "close_matches")
_KINDS: Final = {"exact_matches": "exact", "close_matches": "close"}


def is_address(text: str) -> bool:
    """Whether `text` is a whole web address or another absolute IRI, such as a URN."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    if not parts.scheme or _FORBIDDEN.search(text):
        return False
    return bool(parts.netloc if parts.scheme in {"http", "https"} else parts.path)


def namespace(scheme: Scheme) -> str:
    """What the addresses of most concepts of the scheme begin with, up to the last / or #; empty
    where the concepts have no addresses."""
    stems = Counter(
        match.group()
        for concept in scheme.concepts.values()
        if (match := re.match(r".*[/#]", concept.uri))
    )
    return max(sorted(stems), key=lambda stem: stems[stem], default="")


@rule(
    "match-malformed",
    "error",
    "Its {kind} match “{address}” is no web address. Write it whole, from https:// on.",
)
def _match_malformed(survey: Survey) -> Iterator[Hit]:
    """An exact or close match is not a whole address."""
    for slug, kind, address in _matches(survey):
        if not is_address(address):
            yield Hit(slug, words={"kind": kind, "address": address})


@rule(
    "match-dangling",
    "error",
    "Its {kind} match {address} should be a concept of {scheme}, which has none of that address. "
    "Mend the address, or remove the match.",
)
def _match_dangling(survey: Survey) -> Iterator[Hit]:
    """A match leads to an address of the scheme itself, or of another one that is checked with it,
    where there is no concept."""
    known = {concept.uri for scheme in _all(survey) for concept in scheme.concepts.values()}
    stems = {namespace(scheme): scheme.id for scheme in _all(survey)}
    stems.pop("", None)
    for slug, kind, address in _matches(survey):
        stem = re.match(r".*[/#]", address)
        if stem and stem.group() in stems and address not in known:
            words = {"kind": kind, "address": address, "scheme": stems[stem.group()]}
            yield Hit(slug, words=words)


@rule(
    "match-own",
    "warning",
    "Its {kind} match {address} is a concept of this very scheme. Make the two related, or merge "
    "them.",
)
def _match_own(survey: Survey) -> Iterator[Hit]:
    """A match leads to a concept of the same scheme; matches are for other vocabularies."""
    own = {concept.uri for concept in survey.concepts.values() if concept.uri}
    for slug, kind, address in _matches(survey):
        if address in own:
            yield Hit(slug, words={"kind": kind, "address": address})


@rule(
    "match-deprecated",
    "warning",
    "Its {kind} match {address} was deprecated there. Lead it to {instead}.",
)
def _match_deprecated(survey: Survey) -> Iterator[Hit]:
    """A match leads to a concept that another scheme, checked with this one, has given up."""
    gone = {
        concept.uri: (scheme, concept)
        for scheme in survey.others
        for concept in scheme.concepts.values()
        if concept.status == "deprecated"
    }
    for slug, kind, address in _matches(survey):
        if address in gone:
            instead = _successor_address(*gone[address]) or "another concept, or remove it"
            yield Hit(slug, words={"kind": kind, "address": address, "instead": instead})


@rule(
    "match-twice",
    "warning",
    "{address} is both its exact and its close match. Keep the one that is true.",
)
def _match_twice(survey: Survey) -> Iterator[Hit]:
    """One address is an exact and a close match of the same concept."""
    for slug, concept in survey.living.items():
        for address in sorted(set(concept.exact_matches) & set(concept.close_matches)):
            yield Hit(slug, words={"address": address})


@rule(
    "match-shared",
    "warning",
    "{address} is also an exact match of {others}. What is the same as the same thing is one "
    "concept: make one of them a close match, or merge the concepts.",
)
def _match_shared(survey: Survey) -> Iterator[Hit]:
    """Two concepts are an exact match of one foreign concept."""
    owners: dict[str, list[str]] = defaultdict(list)
    for slug, concept in survey.living.items():
        for address in set(concept.exact_matches):
            owners[address].append(slug)
    for address, slugs in sorted(owners.items()):
        if len(slugs) > 1:
            first, *rest = slugs
            yield Hit(first, words={"address": address, "others": ", ".join(rest)})


@rule(
    "address-malformed",
    "error",
    "Its own address “{address}” is no web address. Write it whole, from https:// on.",
)
def _address_malformed(survey: Survey) -> Iterator[Hit]:
    """A concept has an address that is none."""
    for slug, concept in survey.concepts.items():
        if concept.uri and not is_address(concept.uri):
            yield Hit(slug, words={"address": concept.uri})


@rule(
    "address-shared",
    "error",
    "{address} is also the address of {others}. An address names one concept: change one of them.",
)
def _address_shared(survey: Survey) -> Iterator[Hit]:
    """Two concepts have the same address."""
    owners: dict[str, list[str]] = defaultdict(list)
    for slug, concept in survey.concepts.items():
        if concept.uri:
            owners[concept.uri].append(slug)
    for address, slugs in sorted(owners.items()):
        if len(slugs) > 1:
            yield Hit(slugs[0], words={"address": address, "others": ", ".join(slugs[1:])})


def _matches(survey: Survey) -> Iterator[tuple[str, str, str]]:
    for slug, concept in survey.living.items():
        for field in _LINKS:
            for address in getattr(concept, field):
                yield slug, _KINDS[field], address


def _all(survey: Survey) -> list[Scheme]:
    return [survey.scheme, *survey.others]


def _successor_address(scheme: Scheme, concept: VocabularyConcept) -> str:
    concepts: Mapping[str, VocabularyConcept] = scheme.concepts
    successor = concepts.get(concept.replaced_by)
    return successor.uri if successor else ""
