"""Somebody is erased: first it is said what would go and what stays, then it is done, as one.

What goes is found by the declarations, and what they don't lead to by looking for the address in
every text. Afterwards nothing of the portal leads to the person but what was said to stay.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db import connection, models, transaction
from wagtail.log_actions import log as record

from contactpoint.kit.models import PersonRequest
from contactpoint.kit.persons.declaring import Data, Declared, RefusedError, with_data
from contactpoint.kit.persons.files import files_with, is_mail
from contactpoint.kit.persons.kinds import Erased
from contactpoint.kit.persons.links import Person
from contactpoint.kit.persons.requests import digest_of, note
from contactpoint.kit.persons.sweeping import GONE, Mention, mentions, take_out

__all__ = ["Plan", "RefusedError", "Step", "erase", "erase_again", "plan"]

log = logging.getLogger(__name__)
ACTION: Final = "persons.erased"


@dataclass(frozen=True)
class Step:
    """Rows of one table that are treated alike."""

    declared: Declared
    data: Data
    keys: tuple[Any, ...]

    @property
    def number(self) -> int:
        """How many rows."""
        return len(self.keys)

    @property
    def what(self) -> str:
        """The kind of row in words."""
        return str(self.declared.model._meta.verbose_name)

    @property
    def goes(self) -> bool:
        """Whether anything is done with them."""
        return self.data.erased != Erased.STAYS


@dataclass(frozen=True)
class Plan:
    """What becomes of what is kept of somebody."""

    person: Person
    steps: list[Step]
    mentions: list[Mention]
    mails: list[Path]
    files: list[Path]

    @property
    def going(self) -> list[Step]:
        """What goes, or loses the name."""
        return [step for step in self.steps if step.goes]

    @property
    def staying(self) -> list[Step]:
        """What stays, with the reason in its data."""
        return [step for step in self.steps if not step.goes]

    @property
    def taken_out(self) -> list[Mention]:
        """Texts that lose the address."""
        return [one for one in self.mentions if one.is_taken_out]

    @property
    def left_in(self) -> list[Mention]:
        """Texts that an editor has to look at."""
        return [one for one in self.mentions if not one.is_taken_out]

    @property
    def rows(self) -> int:
        """How many rows change or go."""
        return sum(step.number for step in self.going) + len(self.taken_out)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is kept of the person."""
        return not (self.steps or self.mentions or self.mails or self.files)


def plan(address: str) -> Plan:
    """What would be done; nothing is."""
    person = Person.at(address)
    steps = list(_steps(person))
    going = {
        (step.declared.label, key)
        for step in steps
        if step.data.erased == Erased.ROW
        for key in step.keys
    }
    blanked = {
        (step.declared.label, key, name)
        for step in steps
        if step.data.erased == Erased.BLANK
        for key in step.keys
        for name in step.data.names
    }
    found = [
        one
        for one in mentions(person.address)
        if (one.label, one.pk) not in going and (one.label, one.pk, one.field) not in blanked
    ]
    files = list(files_with(person.address))
    return Plan(
        person,
        steps,
        found,
        [path for path in files if is_mail(path)],
        [path for path in files if not is_mail(path)],
    )


def erase(address: str, *, by: Any = None) -> Plan:
    """Do it, in one transaction; files go after it. Returns what was done.

    Raises `RefusedError` where somebody has to be there.
    """
    overwrite_what_goes(connection)
    with transaction.atomic():
        done = plan(address)
        _ask_whether_they_may_go(done)
        _write(done)
        request = note(PersonRequest.Kind.ERASED, rows=done.rows, address=done.person.address)
        record(instance=request, action=ACTION, user=by, data={"rows": done.rows})
    for path in done.mails:
        path.unlink(missing_ok=True)
    clear_what_was_written_before(connection)
    return done


def _steps(person: Person) -> Iterator[Step]:
    """Accounts last: the others are found by them."""
    users = get_user_model()._meta.label
    for one in sorted(with_data(), key=lambda one: one.label == users):
        for data in one.data:
            rows = one.rows(person, data)
            if data.erased == Erased.NULL:
                rows = _pointing(one.model, data, person)
            keys = tuple(rows.values_list("pk", flat=True))
            if keys and data.erased != Erased.WORDS:
                yield Step(one, data, keys)


def _users_in(model: type[models.Model], data: Data) -> list[str]:
    fields = (model._meta.get_field(name) for name in data.names)
    return [field.name for field in fields if field.related_model is get_user_model()]


def _pointing(model: type[models.Model], data: Data, person: Person) -> "models.QuerySet[Any]":
    """Rows where one of the fields is the account; others lose what they point to with its row."""
    chosen = models.Q()
    for name in _users_in(model, data):
        chosen |= models.Q(**{name: person.account})
    rows = model._base_manager.all()
    return rows.filter(chosen) if chosen and person.account else rows.none()


def _ask_whether_they_may_go(done: Plan) -> None:
    for step in done.steps:
        if step.declared.refuse is not None and step.data.erased == Erased.ROW:
            step.declared.refuse(step.declared.model._base_manager.filter(pk__in=step.keys))


def _write(done: Plan) -> None:
    for step in done.steps:
        rows = step.declared.model._base_manager.filter(pk__in=step.keys)
        if step.data.erased == Erased.BLANK:
            rows.update(**{name: _blank(rows.model, name) for name in step.data.names})
        elif step.data.erased == Erased.NULL:
            for name in _users_in(rows.model, step.data):
                rows.filter(**{name: done.person.account}).update(**{name: None})
    for found in done.taken_out:
        take_out(found, done.person.address)
    for step in done.steps:
        if step.data.erased == Erased.ROW:
            rows = step.declared.model._base_manager.filter(pk__in=step.keys)
            if rows.exists():
                (step.declared.erase or _delete)(rows)


def _delete(rows: "models.QuerySet[Any]") -> None:
    rows.delete()


def _blank(model: type[models.Model], name: str) -> Any:
    field = model._meta.get_field(name)
    if isinstance(field, models.JSONField):
        return None if field.null else field.get_default()
    return None if field.null and not isinstance(field, models.CharField) else GONE


def overwrite_what_goes(database: Any) -> None:
    """SQLite leaves deleted rows legible in its file until something else takes the place."""
    if database.vendor == "sqlite" and not database.in_atomic_block:
        with database.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def clear_what_was_written_before(database: Any) -> None:
    """SQLite keeps pages as they were in its log until that begins anew; readers may hold it up."""
    if database.vendor == "sqlite" and not database.in_atomic_block:
        with database.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def erase_again(digests: list[str]) -> int:
    """After a restore: erase anew whoever was erased since the backup was made. Returns how many.

    Somebody who has to be there, such as the last administrator of that day, stays, and the log
    says so: a restoring must come to its end.

    Every address that a declaration leads to is held against the digests.
    """
    wanted = set(digests)
    found = {address for address in _addresses() if digest_of(address) in wanted}
    done = 0
    for address in sorted(found):
        try:
            erase(address)
        except RefusedError as problem:
            log.warning("One who was erased is here again and can't be erased: %s", problem)
        else:
            done += 1
    return done


def _addresses() -> Iterator[str]:
    for one in with_data():
        for field in one.model._meta.local_concrete_fields:
            if isinstance(field, models.EmailField):
                rows = one.model._base_manager.exclude(**{field.name: ""})
                yield from rows.values_list(field.name, flat=True).distinct().iterator()
