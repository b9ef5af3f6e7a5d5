"""The register of processing (GDPR, article 30), as the models' declarations say it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from contactpoint.kit.persons.declaring import Data, Declared, with_data
from contactpoint.kit.persons.kinds import Whose


@dataclass(frozen=True)
class Entry:
    """Fields of one table, kept for one purpose."""

    declared: Declared
    data: Data

    @property
    def what(self) -> str:
        """The kind of row in words."""
        return str(self.declared.model._meta.verbose_name)

    @property
    def erased(self) -> str:
        """What becomes of it when the person is erased."""
        return str(self.data.stays or self.data.erased.label)


@dataclass(frozen=True)
class Chapter:
    """All that is kept of one kind of people."""

    whose: Whose
    entries: list[Entry]


def entries() -> Iterator[Entry]:
    """By table, in the order in which they were declared there."""
    for one in with_data():
        for data in one.data:
            yield Entry(one, data)


def chapters() -> list[Chapter]:
    """By whose data it is."""
    every = list(entries())
    found = [Chapter(whose, [one for one in every if one.data.whose == whose]) for whose in Whose]
    return [chapter for chapter in found if chapter.entries]


def as_json() -> list[dict[str, Any]]:
    """In the active language."""
    return [
        {
            "table": one.declared.label,
            "what": one.what,
            "fields": one.data.names,
            "whose": one.data.whose.label,
            "purpose": str(one.data.purpose),
            "legal_ground": one.data.ground.cited,
            "kept": str(one.data.kept.until),
            "deleted_by": _job(one),
            "when_erased": one.erased,
        }
        for one in entries()
    ]


def as_markdown() -> str:
    """In the active language."""
    lines = [f"# {_('Register of processing')}"]
    heads = [
        *(_("What"), _("Fields"), _("Purpose"), _("Legal ground (GDPR)"), _("Kept")),
        _("When the person is erased"),
    ]
    for chapter in chapters():
        lines += ["", f"## {chapter.whose.label}", "", _line(heads), _line(["---"] * len(heads))]
        lines += [_line(_cells(one)) for one in chapter.entries]
    return "\n".join(lines) + "\n"


def _cells(one: Entry) -> list[str]:
    data = one.data
    fields = ", ".join(f"`{name}`" for name in data.names)
    ground = f"{data.ground.cited}: {data.ground.label}"
    what = f"{one.what} (`{one.declared.label}`)"
    return [what, fields, str(data.purpose), ground, str(data.kept.until), one.erased]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _job(one: Entry) -> str:
    job = one.data.kept.by
    return f"{job.__module__}.{job.__qualname__}" if job else ""
