"""What somebody wants to follow, from an address or a form, as a rule; and the row of a rule.

    follow=theme:housing,concept:asylum&follow=country:BE   (housing or asylum) and Belgium
    theme=housing&theme=asylum&country.all=BE               the same names as a search has
    q=family+reunification&country=BE                       whatever that search lists
    search=/en/search/?q=housing                            the same, from the address of a page
    thing=output:…   newsletter=main                        one item; the newsletter

What stands beside each other has to hold together. Whatever is unknown or too much is an error:
who follows must not be told of everything because a filter was passed over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from contactpoint.dissemination.matching.atoms import (
    FACETS,
    LONGEST_THING,
    MOST_ATOMS,
    NEWSLETTER,
    NEWSLETTERS,
    QUESTION,
    THING,
    WHATS,
    EmptyRuleError,
    MalformedAtomError,
    Rule,
    RuleError,
    TooLargeRuleError,
    UnknownValueError,
    canonical,
    digest,
    rule_of,
    split_groups,
    value_of,
    what_of,
)
from contactpoint.dissemination.matching.describing import described
from contactpoint.dissemination.matching.joining import all_of, any_of, sized
from contactpoint.dissemination.matching.keeping import interest_for, interests_for
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.outputs.filters import mentions
from contactpoint.search.showing.addresses import Asked, read
from contactpoint.search.showing.naming import PARAMETERS, Names
from contactpoint.search.sources import documents

__all__ = [
    "EmptyRuleError",
    "MalformedAtomError",
    "Rule",
    "RuleError",
    "TooLargeRuleError",
    "UnknownValueError",
    "all_of",
    "any_of",
    "canonical",
    "described",
    "digest",
    "interest_for",
    "interests_for",
    "parse",
    "rule_of",
]

FACETS_OF_EDITORS: Final = tuple(name for name in FACETS if name != "concept")
"""A concept that a search is narrowed by is one that editors gave; followed, it is more."""
_NARROWING: Final = ("kind", "type", "theme", "concept", "institution", "country", "language",
                     "year", "in", "from", "to", "off", "narrower")  # fmt: skip
_ONLY_IN_SEARCHES: Final = ("q", "in", "from", "to", "off", "narrower")


def parse(given: QueryDict, language: str) -> Rule:
    """The rule that an address or a form asks for, of a reader of `language`; a few queries.

    Raises a `RuleError` that names the parameter and says what is wrong with it.
    """
    names = Names(language)
    groups = [_checked(group, names) for group in split_groups(given.getlist("follow"))]
    for what in (THING, NEWSLETTER):
        groups += [_checked([f"{what}:{value}"], names) for value in given.getlist(what) if value]
    for address in filter(None, given.getlist("search")):
        groups += _of_search(*_taken(address, language), FACETS_OF_EDITORS)
    groups += _of_search(given, language, FACETS)
    rule = rule_of(groups)
    if not rule:
        raise EmptyRuleError("follow", _("Choose what you want to follow."))
    return sized(rule)


def _checked(group: Sequence[str], names: Names) -> list[str]:
    """Atoms of which each is known; empty groups are passed over."""
    if len(set(group)) > MOST_ATOMS:
        raise TooLargeRuleError(
            "follow",
            _("At most %(most)s choices can be joined by “or”, here are %(number)s.")
            % {"most": MOST_ATOMS, "number": len(set(group))},
        )
    names.learn((what_of(atom), value_of(atom)) for atom in group)
    found: list[str] = []
    for atom in group:
        what, value = what_of(atom), value_of(atom)
        if what not in WHATS or not value or what == QUESTION:
            raise MalformedAtomError(
                _shown(atom),
                _("“%(atom)s” is nothing that can be followed. Write, for example, %(example)s.")
                % {"atom": _shown(atom), "example": "theme:housing"},
            )
        if not _is_known(what, value, names):
            raise UnknownValueError(
                _shown(atom),
                _("There is no “%(value)s” that could be followed.") % {"value": _shown(value)},
            )
        found.append(atom)
    return found


def _is_known(what: str, value: str, names: Names) -> bool:
    if what == THING:
        return len(value) <= LONGEST_THING and bool(documents([value]))
    if what == NEWSLETTER:
        return value in NEWSLETTERS
    return names.knows(what, value)


def _taken(address: str, language: str) -> tuple[QueryDict, str]:
    """The parameters of a search page's address, and its language."""
    parts = urlsplit(address)
    first = parts.path.strip("/").partition("/")[0]
    is_ours = first in dict(settings.LANGUAGES)
    own = ("", urlsplit(settings.BASE_URL).netloc if settings.BASE_URL else "")
    if parts.netloc not in own or (parts.path and not (is_ours and "/search/" in parts.path)):
        raise MalformedAtomError(
            "search", _("“%(address)s” is no address of a search.") % {"address": _shown(address)}
        )
    return QueryDict(parts.query), first if is_ours else language


def _of_search(given: QueryDict, language: str, plain: Sequence[str]) -> Iterable[list[str]]:
    """What a search asks for: groups of atoms where it says no more than these do, else itself.
    Only facets among `plain` become atoms."""
    names = Names(language)
    reading = read(given, names)
    refused = [
        *(one.refused for one in reading.beyond),
        *mentions(_NARROWING, reading.ignored, PARAMETERS, refused=True),
    ]
    if refused:
        place = reading.ignored[0][0] if reading.ignored else "search"
        raise UnknownValueError(place, " ".join(map(str, refused)))
    asked = replace(reading.asked, sort="fit")
    if not asked.text and not asked.is_narrowed:
        return []
    if _is_plain(asked, given, plain):
        return _plain(asked)
    spoken = language if asked.text else FALLBACK_LANGUAGE
    return [[f"{QUESTION}:/{spoken}/search/?{asked.query()}"]]


def _is_plain(asked: Asked, given: QueryDict, plain: Sequence[str]) -> bool:
    """Whether atoms say the same."""
    facets = {one.facet for one in asked.choices}
    has_more = any(given.get(name) for name in _ONLY_IN_SEARCHES)
    is_unwanted = any(one.mode == "none" for one in asked.choices)
    return not has_more and not is_unwanted and facets <= set(plain)


def _plain(asked: Asked) -> Iterable[list[str]]:
    for facet in dict.fromkeys(one.facet for one in asked.choices):
        some = asked.of(facet, "any")
        if some:
            yield [f"{facet}:{value}" for value in some]
        yield from ([f"{facet}:{value}"] for value in asked.of(facet, "all"))


def _shown(text: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in text[:100])
