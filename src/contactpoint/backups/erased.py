"""Who was erased since a backup was made is not brought back by it."""

import json
from pathlib import Path
from typing import Final

from django.db import connection

from contactpoint.kit.models import PersonRequest
from contactpoint.kit.persons.erasing import erase_again
from contactpoint.kit.persons.requests import erased_digests

_NAME: Final = "erased.json"


def bring(folder: Path) -> None:
    """Lay beside the site that is built the digests of whoever was erased from the one there is."""
    is_known = PersonRequest._meta.db_table in connection.introspection.table_names()
    (folder / _NAME).write_text(json.dumps(erased_digests() if is_known else []), "ascii")


def again(folder: Path) -> int:
    """Erase them anew from the site that took its place, and remember it there; how many were in
    it. May be done twice."""
    path = folder / _NAME
    digests: list[str] = json.loads(path.read_text("ascii")) if path.exists() else []
    found = erase_again(digests) if digests else 0
    known = set(erased_digests()) if digests else set()
    PersonRequest.objects.bulk_create(
        PersonRequest(kind=PersonRequest.Kind.ERASED, rows=0, digest=digest)
        for digest in digests
        if digest not in known
    )
    return found
