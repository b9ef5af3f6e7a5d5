"""Somebody answers: begins, saves page by page, sends once.

Each function is one transaction. Who saves or sends takes the row of the response with the first
statement that writes, so that two that come at once go one after the other.
"""

import datetime
import secrets
from collections.abc import Iterable, Mapping
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils import timezone

from contactpoint.consultations.forms.files import Checked
from contactpoint.consultations.frozen import asked
from contactpoint.consultations.models import (
    Answer,
    Attachment,
    PersonalLink,
    Respondent,
    Response,
    Round,
)
from contactpoint.consultations.questions import Kind, Value
from contactpoint.consultations.questions.checking_answers import amiss
from contactpoint.consultations.questions.walking import course
from contactpoint.consultations.secret_links import (
    digest_of_what,
    digest_of_who,
    invitation_of,
    receipt,
    unordered,
)
from contactpoint.consultations.timing import Standing, is_full, standing

MOST_FILES: Final = 20
MOST_BYTES: Final = 25 * 1024**2


class AnsweringError(Exception):
    """It can't be taken now; nothing was changed."""


class OverError(AnsweringError):
    """The round can't be answered any more, or not yet."""


class FullError(AnsweringError):
    """As many have answered as are taken."""


class SentError(AnsweringError):
    """It was sent already: by this link, or by another of the same respondent."""


class ChangedError(AnsweringError):
    """Somebody saved meanwhile, so what would be overwritten or sent is not what was seen."""


class IncompleteError(AnsweringError):
    """Something that must be answered is not."""


class TooManyFilesError(AnsweringError):
    """More files, or more bytes, than go with one response."""


def begin(
    round: Round, secret: str, *, respondent: Respondent | None = None, language: str = ""
) -> Response:
    """The response that belongs to a secret; made if there is none. Who was given another link of
    the same respondent goes on where they were. Not of an anonymous round: by an invitation to it
    one begins as often as one likes, whether or not an answer was sent, and only sending is refused
    the second time. Nor is its language kept: with the list, it would tell who wrote."""
    known = _known(round, secret, respondent)
    if known is not None:
        return known
    if standing(round) is not Standing.OPEN:
        raise OverError
    if respondent is not None and respondent.has_answered and not round.is_anonymous:
        raise SentError
    if is_full(round):
        raise FullError
    made = Response(
        round=round,
        version=round.version,
        digest=digest_of_what(secret),
        language="" if round.is_anonymous else language,
        begun_on=timezone.localdate(),
    )
    if round.is_anonymous:
        made.pk = unordered()
    else:
        made.begun_at, made.respondent = timezone.now(), respondent
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # the button was pressed twice
        known = _known(round, secret, respondent)
        if known is None:
            raise
        return known
    return made


def _known(round: Round, secret: str, respondent: Respondent | None) -> Response | None:
    """Two queries at most."""
    rows = Response.objects.filter(round=round)
    known = rows.filter(digest=digest_of_what(secret)).first()
    if known is None and respondent is not None and not round.is_anonymous:
        known = rows.filter(respondent=respondent).first()
    return known


@transaction.atomic
def save(
    response: Response,
    values: Mapping[str, Value],
    *,
    today: datetime.date,
    revision: int | None = None,
    language: str = "",
    place: str = "",
    files: Mapping[str, Iterable[Checked]] | None = None,
) -> None:
    """Store answers, each by the code of its question; None takes one back.

    `revision` is the one that was seen, where nobody may write over what they have not seen. Of a
    question in `files`, its value is what is kept of those that were sent before; the new ones are
    added to it. `place` is the section to go on with. Raises `OverError`, `SentError`,
    `ChangedError`, `TooManyFilesError`.
    """
    _ensure_taken(response.round)
    own = Response.objects.filter(pk=response.pk, status=Response.Status.BEGUN)
    if revision is not None:
        own = own.filter(revision=revision)
    said = {"language": "" if response.round.is_anonymous else language, "place": place}
    changes = {name: value for name, value in said.items() if value}
    if not own.update(revision=F("revision") + 1, **changes):
        is_begun = Response.objects.filter(pk=response.pk, status=Response.Status.BEGUN).exists()
        raise ChangedError if is_begun else SentError
    with_files = {**values, **_stored_files(response, values, files or {})}
    _write(response, with_files, today)


@transaction.atomic
def send(response: Response, secret: str, *, revision: int | None = None) -> Response:
    """Send what was answered, once; sending again changes nothing. What is not relevant any more
    goes, what is worked out is stored with the rest.

    `revision` is that of what was reviewed. Raises `OverError`, `FullError`, `SentError`,
    `ChangedError`, `IncompleteError`.
    """
    round = response.round
    if round.quota:  # whoever sends to it waits for the one before
        round = Round.objects.select_for_update().get(pk=round.pk)
    held = Response.objects.select_for_update().get(pk=response.pk)
    if held.status == Response.Status.SENT:
        return held
    _ensure_taken(round)
    if revision is not None and held.revision != revision:
        raise ChangedError
    if is_full(round):
        raise FullError
    instrument, today = asked(response.version), timezone.localdate()
    stored = dict(held.answers.values_list("question", "value"))
    if amiss(instrument, stored, today=today):
        raise IncompleteError
    _mark_as_answered(round, secret)
    way = course(instrument, stored, today=today)
    if gone := stored.keys() - way.values.keys():
        held.answers.filter(question__in=gone).delete()
        held.attachments.filter(question__in=gone).delete()
    worked_out = {
        one.code: way.values[one.code]
        for one in instrument.questions()
        if one.kind is Kind.CALCULATED and one.code in way.values
    }
    held.round = round
    _write(held, worked_out, today)
    held.status, held.sent_on = Response.Status.SENT, today
    if not round.is_anonymous:
        held.sent_at, held.receipt = timezone.now(), receipt(round, secret)
    held.save(update_fields=["status", "sent_on", "sent_at", "receipt"])
    return held


def _ensure_taken(round: Round) -> None:
    if standing(round) not in (Standing.OPEN, Standing.ENDING):
        raise OverError


def _mark_as_answered(round: Round, secret: str) -> None:
    """Of whom a link was given to it is known that they answered; only the first of two links that
    both were answered by counts."""
    if round.access != Round.Access.PERSONAL:
        return
    link = PersonalLink.objects.filter(
        digest=digest_of_who(invitation_of(secret)), respondent__round=round
    )
    whose = Respondent.objects.filter(pk__in=link.values("respondent"), has_answered=False)
    if not whose.update(has_answered=True):
        raise SentError


def _write(response: Response, values: Mapping[str, Value], today: datetime.date) -> None:
    rows = [
        Answer(
            pk=unordered() if response.round.is_anonymous else None,
            response=response,
            question=code,
            value=value,
            answered_on=today,
        )
        for code, value in values.items()
        if value is not None
    ]
    if rows:
        Answer.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["response", "question"],
            update_fields=["value", "answered_on"],
        )
    taken_back = [code for code, value in values.items() if value is None]
    if taken_back:
        Answer.objects.filter(response=response, question__in=taken_back).delete()


def _stored_files(
    response: Response, values: Mapping[str, Value], files: Mapping[str, Iterable[Checked]]
) -> dict[str, Value]:
    """By question the references of its files: those that are kept, and the new ones."""
    found: dict[str, Value] = {}
    for code, new in files.items():
        kept = values.get(code)
        wanted = kept if isinstance(kept, list) else []
        own = Attachment.objects.filter(response=response, question=code)
        own.exclude(reference__in=wanted).delete()
        known = dict(own.values_list("reference", "checksum"))
        there = {known[one] for one in wanted if one in known}
        added = [
            Attachment(
                pk=unordered() if response.round.is_anonymous else None,
                response=response,
                question=code,
                reference=secrets.token_urlsafe(18),
                name=one.name,
                media_type=one.media_type,
                size=len(one.content),
                checksum=one.checksum,
                content=one.content,
            )
            for one in new
            if one.checksum not in there  # the form came twice
        ]
        for one in added:  # one after the other: each may be megabytes
            one.save(force_insert=True)
        references = [one for one in wanted if one in known] + [one.reference for one in added]
        found[code] = references or None
    if any(found.values()):
        _ensure_few(response)
    return found


def _ensure_few(response: Response) -> None:
    every = Attachment.objects.filter(response=response)
    size = every.aggregate(total=Sum("size"))["total"] or 0
    if every.count() > MOST_FILES or size > MOST_BYTES:
        raise TooManyFilesError
