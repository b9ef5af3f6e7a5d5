"""The report of an import as JSON: written as the items come, so that its size costs no memory."""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final

from django.utils.translation import gettext as _

from contactpoint.intake.errors import IntakeError
from contactpoint.intake.problems import say
from contactpoint.intake.staging import Staged

_FIRST: Final = (
    "type", "title", "teaser", "published_on", "themes", "keywords", "institutions", "countries"
)  # fmt: skip
_MORE: Final = (
    "type_reason", "type_evidence", "publication_type", "starts_on", "effective_on",
    "unknown_themes", "suggested",
)  # fmt: skip


def entry(staged: Staged) -> dict[str, Any]:
    """One item as the report has it."""
    inferred: Mapping[str, Any] = staged.item.inferred
    return {
        "position": staged.raw.position,
        **{name: inferred[name] for name in _FIRST},
        "problems": [say(problem) for problem in staged.item.problems],
        "state": staged.state,
        "lines": [staged.raw.first_line, staged.raw.last_line],
        **{name: inferred[name] for name in _MORE},
        **_beside(inferred),
    }


def _beside(inferred: Mapping[str, Any]) -> dict[str, Any]:
    """What only sources other than a text listing tell, where they do."""
    address, files = inferred.get("source_url"), inferred.get("files")
    return {
        **({"source_url": address} if address else {}),
        **({"files": [file["name"] for file in files]} if files else {}),
    }


def require_target(path: Path) -> None:
    """Refuse what can't hold a report. Raises `IntakeError`.

    The report replaces its target, so a device, a pipe or a folder must never be one.
    """
    if not path.parent.is_dir():
        raise IntakeError(
            _("There is no folder %(folder)s for the report. Make it, or give another file.")
            % {"folder": path.parent}
        )
    if path.exists() and not path.is_file():
        raise IntakeError(
            _("%(file)s is not a regular file, so no report is written to it. Give another file.")
            % {"file": path}
        )


class ReportFile:
    """Collects entries beside the target and puts the whole in its place when all went well."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._items: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 — closed by __exit__
        self._empty = True

    def __enter__(self) -> "ReportFile":
        return self

    def add(self, staged: Staged) -> None:
        """Note one item."""
        text = json.dumps(entry(staged), ensure_ascii=False, indent=2)
        lines = "\n".join(f"    {line}" for line in text.split("\n"))
        self._items.write(("" if self._empty else ",\n") + lines)
        self._empty = False

    def write(self, summary: Mapping[str, int]) -> None:
        """Put the report in place, all of it at once. Raises `OSError` where that can't be done."""
        partial = self.path.with_name(f".{self.path.name}.{os.getpid()}.partial")
        try:
            with partial.open("w", encoding="utf-8") as file:
                counts = json.dumps(summary, indent=2).replace("\n", "\n  ")
                file.write(f'{{\n  "summary": {counts},\n  "items": [')
                self._items.seek(0)
                file.write("" if self._empty else "\n")
                while block := self._items.read(1 << 16):
                    file.write(block)
                file.write("]\n}\n" if self._empty else "\n  ]\n}\n")
            partial.replace(self.path)
        finally:
            partial.unlink(missing_ok=True)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._items.close()
