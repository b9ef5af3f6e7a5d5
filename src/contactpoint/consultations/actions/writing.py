"""What people of a state write in a section: one at a time, and never over what is unseen."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from contactpoint.consultations.actions.standing import (
    StateError,
    ensure_writable,
    locked,
    seat,
)
from contactpoint.consultations.forms.files import Checked
from contactpoint.consultations.models import Answer, Attachment, Response, SectionLock, Step
from contactpoint.consultations.questions.answering import is_empty
from contactpoint.consultations.questions.definition import Value

LOCKED_FOR: Final = timedelta(minutes=20)
MOST_FILES: Final = 40


class HeldError(StateError):
    """Somebody else writes in the section."""


class SeenOlderError(StateError):
    """Somebody saved what the writer has not seen."""


@dataclass(frozen=True, slots=True)
class Written:
    """All that a state says to one question; `mark` is one of `Answer.Dissemination`."""

    value: Value = None
    mark: str = ""
    remark: str = ""
    sources: list[dict[str, str]] = field(default_factory=list)
    has_files: bool = False
    markdown: str = ""
    """How a chapter was written."""

    @property
    def is_said(self) -> bool:
        """Whether there is anything that a mark could be on."""
        return not is_empty(self.value) or bool(self.remark or self.sources or self.has_files)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that goes with the answer to a question."""

    question: str
    reference: str
    file: Checked


@transaction.atomic
def hold(response: Response, section: str, user: Any) -> SectionLock:
    """Keep a section for one writer, for a while; a lock that lapsed is taken over."""
    response = locked(response)
    seat(user, response.country_id or 0)
    ensure_writable(response)
    _ensure_section(response, section)
    now = timezone.now()
    lock, is_new = SectionLock.objects.get_or_create(
        response=response, section=section, defaults={"user": user, "until": now + LOCKED_FOR}
    )
    if not is_new:
        _ensure_free(lock, user, now)
        lock.user, lock.until = user, now + LOCKED_FOR
        lock.save(update_fields=["user", "until"])
    return lock


def let_go(response: Response, section: str, user: Any) -> None:
    """Give a section back before its lock lapses."""
    own = SectionLock.objects.filter(response=response, section=section, user=user.pk)
    own.filter(until__gt=timezone.now()).update(until=timezone.now())


@transaction.atomic
def save(
    response: Response,
    section: str,
    written: Mapping[str, Written],
    user: Any,
    *,
    revision: int,
    files: Sequence[NewFile] = (),
    dropped: Collection[str] = (),
) -> SectionLock:
    """Write what is said in a section: all of it or nothing.

    `files` are new ones, `dropped` references of those that are taken out.

    `revision` is that of the section as the writer saw it. Raises `HeldError` while somebody else
    writes there, `SeenOlderError` where somebody has saved since.
    """
    response = locked(response)
    seat(user, response.country_id or 0)
    ensure_writable(response)
    asked = _ensure_section(response, section)
    now = timezone.now()
    lock, _is_new = SectionLock.objects.get_or_create(
        response=response, section=section, defaults={"user": user, "until": now + LOCKED_FOR}
    )
    _ensure_free(lock, user, now)
    if lock.revision != revision:
        raise SeenOlderError(
            _("%(person)s has changed this section since you opened it. Your text is kept below.")
            % {"person": lock.user}
        )
    unknown = set(written) - asked
    if unknown:
        raise StateError(_("A question does not belong to this section."))
    _write(response, written, timezone.localdate(now))
    _keep_files(response, asked, files, dropped)
    lock.user, lock.until, lock.revision = user, now + LOCKED_FOR, lock.revision + 1
    lock.save(update_fields=["user", "until", "revision"])
    Response.objects.filter(pk=response.pk).update(revision=F("revision") + 1)
    _record_writing(response, user, now)
    return lock


def _write(response: Response, written: Mapping[str, Written], today: datetime.date) -> None:
    """New and changed answers get today's date; what is not said any more goes."""
    known = {one.question: one for one in response.answers.filter(question__in=list(written))}
    rows, gone = [], []
    for code, said in written.items():
        old = known.get(code)
        if not said.is_said:
            gone += [code] if old else []
            continue
        before = (old.value, old.remark, old.sources) if old else None
        is_same = old is not None and before == (said.value, said.remark, said.sources)
        is_written_so = old is not None and old.markdown == said.markdown
        if old is not None and is_same and is_written_so and old.dissemination == said.mark:
            continue
        rows.append(
            Answer(
                response=response,
                question=code,
                value=said.value,
                markdown=said.markdown,
                dissemination=said.mark,
                remark=said.remark,
                sources=said.sources,
                answered_on=old.answered_on if old is not None and is_same else today,
                confirmed_on=old.confirmed_on if old is not None and is_same else None,
            )
        )
    response.answers.filter(question__in=gone).delete()
    Answer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["response", "question"],
        update_fields=[
            *("value", "markdown", "dissemination", "remark", "sources"),
            *("answered_on", "confirmed_on"),
        ],
    )


def _keep_files(
    response: Response, asked: Collection[str], files: Sequence[NewFile], dropped: Collection[str]
) -> None:
    own = response.attachments.filter(question__in=asked)
    own.filter(reference__in=dropped).delete()
    if own.count() + len(files) > MOST_FILES:
        raise StateError(
            _("At most %(most)s files go with a section. Take some out.") % {"most": MOST_FILES}
        )
    Attachment.objects.bulk_create(
        Attachment(
            response=response,
            question=one.question,
            reference=one.reference,
            name=one.file.name,
            media_type=one.file.media_type,
            size=len(one.file.content),
            checksum=one.file.checksum,
            content=one.file.content,
        )
        for one in files
        if one.question in asked
    )


def _ensure_free(lock: SectionLock, user: Any, now: datetime.datetime) -> None:
    if lock.user_id != user.pk and lock.until > now:
        until = timezone.localtime(lock.until).strftime("%H:%M")
        raise HeldError(
            _("%(person)s writes here until %(time)s.") % {"person": lock.user, "time": until}
        )


def _ensure_section(response: Response, section: str) -> set[str]:
    found = response.version.asked().section(section)
    if found is None:
        raise StateError(_("There is no such section."))
    return {one.code for one in found.questions if one.is_asked}


def _record_writing(response: Response, user: Any, now: datetime.datetime) -> None:
    """One row a writer between two sendings."""
    rows = response.steps.filter(kind=Step.Kind.WROTE, user=user)
    last = response.steps.filter(kind=Step.Kind.SENT).order_by("-pk").first()
    since = rows.filter(Q(pk__gt=last.pk) if last else Q())
    if not since.update(at=now):
        Step.objects.create(response=response, kind=Step.Kind.WROTE, user=user, at=now)
