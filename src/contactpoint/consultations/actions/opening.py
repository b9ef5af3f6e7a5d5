"""A round opens: its version is frozen, and people may answer.

`checks` says beforehand what keeps it from opening and what an editor should know. What was decided
at the opening stays: which version, whether it is anonymous, who is asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from contactpoint.consultations.actions.checking import found_in
from contactpoint.consultations.actions.drafting import is_usual
from contactpoint.consultations.actions.inviting import may_mail
from contactpoint.consultations.actions.telling import tell
from contactpoint.consultations.models import (
    Instrument,
    Round,
    StateAsked,
    StateNotice,
    Version,
)
from contactpoint.consultations.questions import Instrument as Asked
from contactpoint.consultations.questions import Kind
from contactpoint.consultations.questions.findings import Finding, Weight
from contactpoint.consultations.subjects.reading import remember
from contactpoint.consultations.tables.ties import tied

RESERVED: Final = frozenset({"compare", "room", "feed"})
"""Addresses that stand beside those of rounds."""


class Obstacle(StrEnum):
    """What is wrong with a round, apart from its questions."""

    NO_DRAFT = "no-draft"
    NO_VERSION = "no-version"
    RESERVED = "reserved"
    NO_LANGUAGE = "no-language"
    CLOSES_BEFORE = "closes-before"
    SURVEY_OF_STATES = "survey-of-states"
    QUERY_OF_OTHERS = "query-of-others"
    NOBODY_ASKED = "nobody-asked"
    ANONYMOUS_STATES = "anonymous-states"
    NO_END = "no-end"
    NO_DEADLINE = "no-deadline"
    UNUSUAL_DEADLINE = "unusual-deadline"
    NO_RESPONDENTS = "no-respondents"
    NO_MAIL = "no-mail"
    OTHER_LANGUAGES = "other-languages"
    STAYS_ANONYMOUS = "stays-anonymous"
    TIED = "tied"
    ANONYMOUS_FILES = "anonymous-files"


_WARNS: Final = frozenset({
    Obstacle.NO_END, Obstacle.NO_RESPONDENTS, Obstacle.OTHER_LANGUAGES, Obstacle.STAYS_ANONYMOUS,
    Obstacle.TIED, Obstacle.NO_MAIL,
    Obstacle.ANONYMOUS_FILES,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checks:
    """What keeps a round from opening, and what should be known."""

    obstacles: tuple[Obstacle, ...] = ()
    findings: tuple[Finding, ...] = ()
    languages: tuple[str, ...] = field(default=())
    """Languages of the round that the questions aren't meant to be complete in."""
    tied: tuple[str, ...] = field(default=())
    """Questions of a survey of which nothing will be public, because rules tie them to others."""

    @property
    def refusing(self) -> tuple[Obstacle | Finding, ...]:
        """What keeps it from opening."""
        return (
            *(one for one in self.obstacles if one not in _WARNS),
            *(one for one in self.findings if one.weight is Weight.REFUSES),
        )

    @property
    def warning(self) -> tuple[Obstacle | Finding, ...]:
        """What an editor should know before."""
        return (
            *(one for one in self.obstacles if one in _WARNS),
            *(one for one in self.findings if one.weight is Weight.WARNS),
        )


class OpeningError(Exception):
    """It can't open; nothing was changed."""

    def __init__(self, checks: Checks) -> None:
        super().__init__(", ".join(map(str, checks.refusing)))
        self.checks = checks


def newest(instrument: Instrument) -> Version | None:
    """The version that would be asked."""
    return instrument.versions.order_by("-number").first()


def checks(round: Round) -> Checks:
    """What an editor should read before the round opens."""
    version = newest(round.instrument)
    if version is None:
        return Checks((*_obstacles(round), Obstacle.NO_VERSION))
    asked = version.asked()
    others = tuple(one for one in round.languages if one not in asked.languages)
    more: tuple[Obstacle, ...] = (Obstacle.OTHER_LANGUAGES,) if others else ()
    if round.is_anonymous and any(one.kind is Kind.FILE for one in asked.questions()):
        more = (*more, Obstacle.ANONYMOUS_FILES)
    wanted = [
        one
        for one in found_in(version)
        if "language" not in one.details or one.details["language"] in round.languages
    ]
    hidden = () if round.is_of_states else _tied(asked, round.background)
    more = (*more, Obstacle.TIED) if hidden else more
    return Checks((*_obstacles(round), *more), tuple(wanted), others, hidden)


def _tied(asked: Asked, background: str) -> tuple[str, ...]:
    """In the order of asking."""
    found = tied(asked, background=background)
    return tuple(one.code for one in asked.questions() if one.code in found)


@transaction.atomic
def open_round(round: Round, *, user: Any) -> Round:
    """Freeze the newest version and let people answer, from `opens_at` on if that is to come.
    Raises `OpeningError`."""
    held = Round.objects.select_for_update().get(pk=round.pk)
    found = checks(held)
    if found.refusing:
        raise OpeningError(found)
    version = Version.objects.select_for_update().get(pk=newest(held.instrument).pk)  # type: ignore[union-attr]
    if not version.is_frozen:
        version.is_frozen = True
        version.save(update_fields=["is_frozen"])
    held.version, held.status, held.closed_at = version, Round.Status.OPEN, None
    held.opens_at = held.opens_at or timezone.now()
    held.save(update_fields=["version", "status", "closed_at", "opens_at", "updated_at"])
    if held.is_of_states:
        _note_places(held)
        remember(held)
        tell(held, StateNotice.Kind.OPENED)
    log(instance=held, action="consultations.open", user=user, data={"version": version.number})
    return held


def _note_places(round: Round) -> None:
    """The place of each state in the network, as it is now: it may change."""
    asked = list(StateAsked.objects.filter(round=round).select_related("country"))
    for one in asked:
        one.status = one.country.emn_status
    StateAsked.objects.bulk_update(asked, ["status"])


def _wrong_with_its_end(round: Round) -> Iterator[Obstacle]:
    begins = max(round.opens_at or timezone.now(), timezone.now())
    is_query = round.instrument.kind == Instrument.Kind.QUERY
    if round.closes_at is None:
        yield Obstacle.NO_DEADLINE if is_query else Obstacle.NO_END
    elif round.closes_at <= begins:
        yield Obstacle.CLOSES_BEFORE
    elif is_query and not round.deadline_reason and not _is_usual(round.closes_at, begins):
        yield Obstacle.UNUSUAL_DEADLINE


def _is_usual(closes: datetime, begins: datetime) -> bool:
    """Whether states get the time that they count on, from the day on which it opens."""
    return is_usual(timezone.localdate(closes), timezone.localdate(begins))


def _obstacles(round: Round) -> Iterator[Obstacle]:
    if round.status != Round.Status.DRAFT:
        yield Obstacle.NO_DRAFT
    if round.code in RESERVED:
        yield Obstacle.RESERVED
    if not round.languages:
        yield Obstacle.NO_LANGUAGE
    yield from _wrong_with_its_end(round)
    is_survey = round.instrument.kind == Instrument.Kind.SURVEY
    if round.is_of_states:
        if is_survey:
            yield Obstacle.SURVEY_OF_STATES
        if round.is_anonymous:
            yield Obstacle.ANONYMOUS_STATES
        if not round.states.exists():
            yield Obstacle.NOBODY_ASKED
    elif not is_survey:
        yield Obstacle.QUERY_OF_OTHERS
    if round.access == Round.Access.PERSONAL and not round.respondents.exists():
        yield Obstacle.NO_RESPONDENTS
    if round.access == Round.Access.PERSONAL and not may_mail(round):
        yield Obstacle.NO_MAIL
    if round.is_anonymous and not round.is_of_states:
        yield Obstacle.STAYS_ANONYMOUS
