"""Compares a site that was built from a backup with what the backup says of itself."""

import hashlib
from html import unescape
from typing import Any, Final

from django.test import Client
from wagtail.models import Page

from contactpoint.backups import lines
from contactpoint.backups.checking import Found
from contactpoint.backups.snapshot import snapshot
from contactpoint.backups.tables import applied_here, tables

ANSWERED: Final = 200


def differences(found: Found) -> list[str]:
    """Tables whose rows, read anew from the database, are not those that the backup holds."""
    wrong = []
    there = tables(applied_here())
    with snapshot() as source:
        for table in there:
            said = found.manifest["tables"].get(table.name)
            digest, number = hashlib.sha256(), 0
            for row in source.rows(table):
                digest.update(lines.line(row))
                number += 1
            if said is None or said["rows"] != number:
                wrong.append(f"{table.name}: {number} rows instead of {said and said['rows']}")
            elif said["sha256"] != digest.hexdigest():
                wrong.append(f"{table.name}: other values")
    return wrong


def pages(found: Found) -> dict[str, Any]:
    """Asks for the pages that the backup names: number, how many were right, and what was not."""
    wrong, digests = [], {}
    client = Client()
    for key, title, revision in found.manifest["pages"]:
        page = Page.objects.filter(pk=key).first()
        address = page.get_url() if page else None
        if page is None or address is None:
            wrong.append(f"page {key}: there is no such page, or it has no address")
            continue
        answer = client.get(address, SERVER_NAME="localhost")
        text = answer.content.decode(errors="replace")
        if answer.status_code != ANSWERED:
            wrong.append(f"{address}: answered {answer.status_code}")
        elif title not in unescape(text):
            wrong.append(f"{address}: without its title")
        digests[str(key)] = [revision, hashlib.sha256(text.encode()).hexdigest()]
    return {"asked": len(found.manifest["pages"]), "wrong": wrong, "digests": digests}
