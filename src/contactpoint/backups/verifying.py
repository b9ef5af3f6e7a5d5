"""Tries a backup: builds a site from it aside, and compares that with what the backup says."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from contactpoint.backups import building
from contactpoint.backups.building import Order
from contactpoint.backups.checking import Found
from contactpoint.backups.restoring import read_whole
from contactpoint.backups.telling import Progress, size, unheard


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of it."""

    found: Found
    done: dict[str, Any]

    @property
    def wrong(self) -> list[str]:
        """What is not as it should be."""
        return [*self.done["differences"], *self.done["pages"]["wrong"]]

    def lines(self) -> Iterator[str]:
        """For a person."""
        tables, files = self.found.manifest["tables"], self.found.manifest["files"]
        pages = self.done["pages"]
        yield f"Made {self.found.begin['made']} of {self.found.begin['address']}."
        yield f"Whole: {size(self.found.bytes)}, all checksums right."
        yield (
            f"Restored aside in {self.done['seconds']} s: {len(tables)} tables, "
            f"{sum(table['rows'] for table in tables.values()):,} rows, {files['number']:,} files."
        )
        if self.done["differences"]:
            yield from self.done["differences"]
        else:
            yield "Every table reads as it was written."
        right = pages["asked"] - len(pages["wrong"])
        yield f"Pages: {right} of {pages['asked']} as they should be."
        yield from pages["wrong"]


def verify(file: str, folder: Path, key: str = "", progress: Progress = unheard) -> Verified:
    """In a folder that is empty. Raises BackupError."""
    found = read_whole(file, key, progress)
    template = str(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else ""
    return Verified(found, building.build(Order(file, key, template, verify=True), folder))
