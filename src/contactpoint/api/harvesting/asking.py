"""Reads a request as the protocol has it (OAI-PMH 2.0, section 3): strictly, since it says so."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Final

from django.http import HttpRequest, QueryDict

LONGEST: Final = 1000
"""Letters of a value; a token has some 300."""
LISTS: Final = ("ListIdentifiers", "ListRecords")
_ARGUMENTS: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset()),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    **dict.fromkeys(LISTS, (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}))),
}
"""By verb: what must be there, and what may be."""
_GOES_ON: Final = ("ListSets", *LISTS)
_PATTERNS: Final[Mapping[str, re.Pattern[str]]] = {
    "metadataPrefix": re.compile(r"[A-Za-z0-9_.!~*'()-]+"),
    "set": re.compile(r"[A-Za-z0-9_.!~*'()-]+(:[A-Za-z0-9_.!~*'()-]+)*"),
    "identifier": re.compile(r"[^\s\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff<>\"]+"),
}
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SECOND: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


@dataclass(frozen=True)
class OaiError(Exception):
    """Ends the request with one of the codes of the protocol (section 3.6)."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that has the form of one; `arguments` as they were given, without the verb."""

    verb: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    since: datetime | None = None
    before: datetime | None = None
    """The first second that is no longer wanted."""

    @property
    def token(self) -> str:
        """Where to go on, empty at the beginning."""
        return self.arguments.get("resumptionToken", "")


def given(request: HttpRequest) -> QueryDict:
    """The arguments, from the address and, where they were posted, from the body."""
    found = request.GET.copy()
    if request.method == "POST":
        for name, values in request.POST.lists():
            found.setlist(name, [*found.getlist(name), *values])
    return found


def read(query: QueryDict) -> Asked:
    """What is asked. Raises `OaiError`: badVerb or badArgument."""
    verbs = query.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in _ARGUMENTS:
        there = ", ".join(_ARGUMENTS)
        how = "is missing" if not verbs else "comes twice" if len(verbs) > 1 else "is none"
        raise OaiError("badVerb", f"The argument “verb” {how}; it is one of {there}.")
    verb = verbs[0]
    needed, possible = _ARGUMENTS[verb]
    known = needed | possible | ({"resumptionToken"} if verb in _GOES_ON else set())
    arguments: dict[str, str] = {}
    for name, values in query.lists():
        if name == "verb":
            continue
        if name not in known:
            there = ", ".join(sorted(known)) or "none"
            raise _bad(f"{verb} knows no argument “{_quoted(name)}”; it knows {there}.")
        if len(values) != 1:
            raise _bad(f"The argument “{name}” comes twice.")
        arguments[name] = _value(name, str(values[0]))
    if "resumptionToken" in arguments:
        if len(arguments) > 1:
            raise _bad("Beside “resumptionToken” there is no other argument.")
        return Asked(verb, arguments)
    if missing := sorted(needed - set(arguments)):
        raise _bad(f"{verb} needs the argument “{missing[0]}”.")
    return Asked(verb, arguments, *_span(arguments.get("from", ""), arguments.get("until", "")))


def _value(name: str, text: str) -> str:
    if not text or len(text) > LONGEST:
        raise _bad(f"The argument “{name}” has {len(text)} letters, not 1 to {LONGEST}.")
    pattern = _PATTERNS.get(name)
    if pattern is not None and not pattern.fullmatch(text):
        raise _bad(f"The argument “{name}” has letters that it can't have.")
    return text


def _span(since: str, until: str) -> tuple[datetime | None, datetime | None]:
    if since and until and len(since) != len(until):
        raise _bad("“from” and “until” have different granularities; write both as days, or both "
                   "as seconds.")  # fmt: skip
    first, last = _moment("from", since), _moment("until", until)
    if first and last and first > last:
        raise _bad("“from” is later than “until”.")
    if last is None:
        return first, None
    try:
        return first, last + (timedelta(days=1) if _DAY.fullmatch(until) else timedelta(seconds=1))
    except OverflowError:
        return first, None


def _moment(name: str, text: str) -> datetime | None:
    if not text:
        return None
    wrong = _bad(f"“{name}” is no moment; write 2026-05-17 or 2026-05-17T09:00:00Z.")
    try:
        if _DAY.fullmatch(text):
            return datetime.combine(datetime.fromisoformat(text).date(), time(), UTC)
        if _SECOND.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        raise wrong from None
    raise wrong


def _bad(sentence: str) -> OaiError:
    return OaiError("badArgument", sentence)


def _quoted(name: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in name[:60])
