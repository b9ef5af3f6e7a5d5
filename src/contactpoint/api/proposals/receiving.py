"""Takes a proposal in: read by its schema, held against what is there, sieved, kept once.

Nothing is published here and no page is made: that is an editor's, in `deciding`.
"""

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from contactpoint.api import bodies
from contactpoint.api.models import ApiToken, Proposal
from contactpoint.api.parameters import read_value
from contactpoint.api.problems import Fault, ProblemError
from contactpoint.api.proposals.shape import CORRECTION, TRANSLATION, schema_for
from contactpoint.api.shapes import DAY, MOMENT
from contactpoint.glossary.models import Concept, Theme
from contactpoint.network.models import Country, Institution
from contactpoint.outputs import proposing
from contactpoint.outputs.models.output import Kind
from contactpoint.outputs.querysets import readable

log = logging.getLogger(__name__)

AN_HOUR: Final = 100
MOST_WAITING: Final = 500
_EARLIEST: Final = date(1950, 1, 1)
_LATEST: Final = date(2150, 1, 1)
_DAYS: Final = ("date", "effective", "closes")
_MOMENTS: Final = ("starts", "ends")
_ROWS: Final[Mapping[str, tuple[Any, str]]] = {
    "themes": (Theme.objects.all(), "slug"),
    "concepts": (Concept.objects.exclude(status=Concept.Status.DEPRECATED), "slug"),
    "institutions": (Institution.objects.all(), "slug"),
    "countries": (Country.objects.all(), "code"),
}


def received(token: ApiToken, key: str, content: Any) -> tuple[Proposal, bool]:
    """The proposal and whether it is new. Raises `ProblemError`."""
    fingerprint = hashlib.sha256(
        json.dumps(content, sort_keys=True, ensure_ascii=True).encode()
    ).hexdigest()
    known = _known(token, key, fingerprint)
    if known is not None:
        return known, False
    bodies.require(content, schema_for(content))
    content = bodies.printable(content)
    try:
        _require_room(token)  # before the work of reading; what counts is asked below, alone
    except ProblemError:
        twin = _known(token, key, fingerprint)  # the same, kept at this moment, took the last place
        if twin is None:
            raise
        return twin, False
    _require_possible(content)
    read = _read(content, token)
    words = content.get("title") or content.get("text") or {}
    proposal = Proposal(
        token=token,
        institution=token.institution,
        key=key,
        fingerprint=fingerprint,
        kind=content["kind"],
        title=" ".join(_leading(words).split())[:255],
        content=content,
        read=read,
        about=UUID(content["about"]) if "about" in content else None,
    )
    with transaction.atomic():
        # Who proposes for the same institution at the same moment waits, so that what is counted
        # holds until this is kept.
        Institution.objects.select_for_update(no_key=True).get(pk=token.institution_id)
        twin = _known(token, key, fingerprint)  # the same, sent twice at once
        if twin is not None:
            return twin, False
        _require_room(token)
        proposal.save(force_insert=True)
    log.info("Proposal %s (%s) by token %s.", proposal.pk, proposal.kind, token.pk)
    return proposal, True


def _known(token: ApiToken, key: str, fingerprint: str) -> Proposal | None:
    found = Proposal.objects.filter(token=token, key=key).first()
    if found is not None and found.fingerprint != fingerprint:
        mend = "Make a new key for each proposal, and keep it only to send the same again."
        raise ProblemError(
            "used-key",
            f"With this key you proposed something else, /api/v1/proposals/{found.pk}.",
            [Fault("Idempotency-Key", "It was used before.", mend, kind="header")],
        )
    return found


def _require_room(token: ApiToken) -> None:
    since = timezone.now() - timedelta(hours=1)
    own = Proposal.objects.filter(token=token)
    if own.filter(made_at__gt=since).count() >= AN_HOUR:
        raise ProblemError(
            "too-many-proposals",
            f"One token may propose {AN_HOUR} things an hour. Go on later.",
            headers={"Retry-After": "600"},
        )
    waiting = Proposal.objects.filter(
        institution=token.institution_id, state=Proposal.State.WAITING
    )
    if waiting.count() >= MOST_WAITING:
        raise ProblemError(
            "too-many-proposals",
            f"{MOST_WAITING} of your proposals wait for the editors. Go on when they have decided.",
            headers={"Retry-After": "86400"},
        )


def _require_possible(content: Mapping[str, Any]) -> None:
    """What no schema can tell. Raises `ProblemError`."""
    found = [*_unknown(content), *_impossible(content)]
    if found:
        places = ", ".join(one.place for one in found[:5])
        raise ProblemError("impossible-content", f"See what is wrong with {places}.", found)


def _unknown(content: Mapping[str, Any]) -> Iterator[Fault]:
    for name, (rows, column) in _ROWS.items():
        given = content.get(name, ())
        if not given:
            continue
        there = {
            str(one)
            for one in rows.filter(**{f"{column}__in": given})
            .order_by()
            .values_list(column, flat=True)
        }
        for number, one in enumerate(given):
            if one not in there:
                mend = f"/api/v1/{name} lists what there is."
                yield _fault(f"/{name}/{number}", f"There is no {one}.", mend)
    about = content.get("about")
    if about and not readable().filter(translation_key=about).exists():
        yield _fault("/about", "There is nothing of this key.", "/api/v1/outputs lists all.")


def _impossible(content: Mapping[str, Any]) -> Iterator[Fault]:
    for name in (*_DAYS, *_MOMENTS):
        if name in content and not _EARLIEST <= _day(content, name) <= _LATEST:
            mend = f"Give one from {_EARLIEST.year} to {_LATEST.year - 1}."
            yield _fault(f"/{name}", "So long ago or so far ahead is nothing.", mend)
    if "ends" in content and read_value(MOMENT, content["ends"]) < read_value(
        MOMENT, content["starts"]
    ):
        yield _fault("/ends", "It ends before it begins.", "Give a later moment.")
    if "source" in content:
        try:
            URLValidator(("http", "https"))(content["source"])
        except ValidationError:
            yield _fault("/source", "This is no address of the web.", "Give one with https://.")
    for name in ("teaser", "body"):
        for language in content.get(name, {}):
            if language not in content["title"]:
                mend = f"Give a title in {language}, too, or leave it out."
                yield _fault(f"/{name}/{language}", "There is no title in its language.", mend)


def _day(content: Mapping[str, Any], name: str) -> date:
    if name in _DAYS:
        return _parsed_day(content, name) or date.min
    moment: datetime = read_value(MOMENT, content[name])
    return moment.date()


def _parsed_day(content: Mapping[str, Any], name: str) -> date | None:
    return read_value(DAY, content[name]) if name in content else None


def _read(content: Mapping[str, Any], token: ApiToken) -> dict[str, Any]:
    """What the sieve makes of it; a correction is text for an editor, never a page."""
    if content["kind"] == CORRECTION:
        return {}
    moments = {name: read_value(MOMENT, content[name]) for name in _MOMENTS if name in content}
    proposed = proposing.Proposed(
        kind=str(Kind.NEWS_ITEM) if content["kind"] == TRANSLATION else content["kind"],
        title=content["title"],
        teaser=content.get("teaser", {}),
        body=content.get("body", {}),
        place=content.get("place", {}),
        publication_type=content.get("type", ""),
        dated=_parsed_day(content, "date"),
        starts=moments.get("starts"),
        ends=moments.get("ends"),
        whole_day=content.get("whole_day", False),
        online=content.get("online", False),
        effective=_parsed_day(content, "effective"),
        closes=_parsed_day(content, "closes"),
        legal_reference=content.get("legal_reference", ""),
        source=content.get("source", ""),
        publisher=token.institution.slug,
        themes=content.get("themes", ()),
        concepts=content.get("concepts", ()),
        institutions=content.get("institutions", ()),
        countries=content.get("countries", ()),
        keywords=content.get("keywords", ()),
    )
    try:
        return proposing.maker().read(proposed)
    except proposing.RefusedError as error:
        fault = _fault(f"/{error.field}/{error.language}", str(error), "Send it without that.")
        raise ProblemError("impossible-content", str(error), [fault]) from error


def _leading(words: Mapping[str, str]) -> str:
    return next(iter(words.values()), "")


def _fault(at: str, detail: str, mend: str) -> Fault:
    return Fault(at, detail, mend, kind="pointer")
