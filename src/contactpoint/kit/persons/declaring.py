"""What apps declare, and the registry that holds it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.apps import apps
from django.db.models import Model, QuerySet

from contactpoint.kit.persons.kinds import Erased, Ground, Whose
from contactpoint.kit.persons.links import Link, Person


class RefusedError(Exception):
    """Nothing was erased; the message says why, and what to do."""


@dataclass(frozen=True)
class Kept:
    """For how long. `by` is the hourly job that deletes it then; without one, `until` says what
    ends it."""

    until: Any
    by: Callable[..., int] | None = None


@dataclass(frozen=True)
class Data:
    """Fields that are kept for one purpose. `fields` are names with spaces between.

    What `stays` when the person is erased says why; what is `hidden` is given to nobody, not even
    the person: with it somebody could pass for them. `of` says whose it is where that is not whose
    the row is.
    """

    fields: str
    whose: Whose
    purpose: Any
    ground: Ground
    kept: Kept
    erased: Erased = Erased.ROW
    stays: Any = ""
    hidden: str = ""
    of: tuple[Link, ...] = ()

    def __post_init__(self) -> None:
        if (self.erased == Erased.STAYS) != bool(self.stays):
            raise ValueError(f"{self.fields}: what stays says why, and nothing else does.")

    @property
    def names(self) -> list[str]:
        """Its fields."""
        return self.fields.split()


@dataclass(frozen=True)
class Declared:
    """One model. `person` says whose a row is; `other` are fields that look personal and are not,
    with the reason. `erase` deletes rows where more hangs on them than Django knows. Texts of what
    `is_work` are about something else than whoever wrote them. Of rows that are `spared` no words
    are taken out. `refuse` raises `RefusedError` where a row can't go."""

    label: str
    data: tuple[Data, ...] = ()
    person: tuple[Link, ...] = ()
    other: dict[str, str] = field(default_factory=dict)
    erase: "Callable[[QuerySet[Any]], Any] | None" = None
    is_work: bool = False
    spared: "Callable[[QuerySet[Any]], QuerySet[Any]] | None" = None
    refuse: "Callable[[QuerySet[Any]], None] | None" = None

    @property
    def model(self) -> type[Model]:
        """What Django knows by the label."""
        return apps.get_model(self.label)

    @property
    def is_installed(self) -> bool:
        """Whether this portal has it: some go with another database."""
        try:
            return self.model is not None
        except LookupError:
            return False

    def rows(self, person: Person, data: Data | None = None) -> "QuerySet[Model]":
        """The person's, found by any of its links, or those of some of its data."""
        every = self.model._base_manager.all()
        keys: set[Any] = set()
        for link in (data.of if data else ()) or self.person:
            keys |= set(link.pick(every, person).values_list("pk", flat=True))
        return every.filter(pk__in=keys)


_declared: Final[dict[str, Declared]] = {}


def free(names: str, reason: str) -> dict[str, str]:
    """Fields that look as if they were about a person, and are not; for `other`."""
    return dict.fromkeys(names.split(), reason)


def declare(
    label: str,
    *data: Data,
    person: Sequence[Link] = (),
    other: dict[str, str] | None = None,
    erase: "Callable[[QuerySet[Any]], Any] | None" = None,
    is_work: bool = False,
    spared: "Callable[[QuerySet[Any]], QuerySet[Any]] | None" = None,
    refuse: "Callable[[QuerySet[Any]], None] | None" = None,
) -> None:
    """Say what a model keeps of people; `label` as Django writes it, such as `events.Notice`."""
    if label in _declared:
        raise ValueError(f"{label} is declared twice.")
    _declared[label] = Declared(
        label, tuple(data), tuple(person), other or {}, erase, is_work, spared, refuse
    )


def no_persons(labels: str, other: dict[str, str] | None = None) -> None:
    """Say of models, with spaces between, that they keep nothing of anybody."""
    for label in labels.split():
        declare(label, other=other)


def declared() -> Iterator[Declared]:
    """All that are installed, by label."""
    for label in sorted(_declared):
        if _declared[label].is_installed:
            yield _declared[label]


def declaration_of(model: type[Model]) -> Declared | None:
    """What was said of a model."""
    return _declared.get(model._meta.label)


def with_data() -> Iterator[Declared]:
    """Those that keep something of people."""
    return (one for one in declared() if one.data)


def erased_how(label: str, field: str) -> Erased | None:
    """What becomes of a field when its person is erased; None where nobody declared it."""
    found = _declared.get(label)
    for data in found.data if found else ():
        if field in data.names:
            return data.erased
    return None
