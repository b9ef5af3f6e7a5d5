"""Which documents ClamAV has looked at; what it has not is held back from everybody.

Only where `CONTACTPOINT_CLAMAV` says where it listens. A file that came while it was away waits,
and is looked at as soon as it is back; what it found something in stays held back, also where the
setting is taken away later. A file under another name, or with other bytes, is another file.
"""

import hashlib
import logging
import time
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from contactpoint.media import clamd
from contactpoint.media.models import CustomDocument, DocumentScan
from contactpoint.media.signals import document_text_changed

log = logging.getLogger(__name__)
Documents = TypeVar("Documents", bound="QuerySet[Any]")
State = DocumentScan.State
AT_ONCE: Final = 5
LOOKS_EVERY: Final = 5.0
AWAY_FOR: Final = 60.0
_CHUNK: Final = 1024 * 1024
_next = {"look": 0.0}


def held(document: CustomDocument) -> str:
    """Why nobody may have the file now: a state of `DocumentScan`; empty where anybody allowed may.

    Asked of the database each time: a verdict holds from the moment it is known.
    """
    scan = DocumentScan.objects.filter(document_id=document.pk).first()
    if scan is not None and scan.state == State.FOUND:
        return State.FOUND
    if settings.CLAMAV is None:
        return ""
    if scan is None or scan.name != document.file.name:
        return State.WAITING
    return "" if scan.state == State.CLEAN else scan.state


def not_held(documents: Documents) -> Documents:
    """The same, of many."""
    mine = DocumentScan.objects.filter(document=OuterRef("pk"))
    documents = documents.filter(~Exists(mine.filter(state=State.FOUND).values("pk")))
    if settings.CLAMAV is not None:
        clean = mine.filter(state=State.CLEAN, name=OuterRef("file"))
        documents = documents.filter(Exists(clean.values("pk")))
    return documents


def wait_for_scan(document: CustomDocument) -> None:
    """A document was saved: another file than the one that was looked at waits."""
    if settings.CLAMAV is None:
        return
    DocumentScan.objects.get_or_create(document_id=document.pk)
    other = DocumentScan.objects.filter(document_id=document.pk).exclude(name=document.file.name)
    other.update(state=State.WAITING, found="", scanned_at=None)


def unscanned() -> "QuerySet[CustomDocument]":
    """Those that wait, the oldest first; those that came before there was a scanner as well."""
    waits = Q(scan=None) | Q(scan__state=State.WAITING) | ~Q(scan__name=F("file"))
    return CustomDocument.objects.filter(waits).order_by("pk")


def scan_some() -> bool:
    """A round of the worker: a few of those that wait. Whether there may be more to do at once."""
    if settings.CLAMAV is None or time.monotonic() < _next["look"]:
        return False
    _next["look"] = time.monotonic() + LOOKS_EVERY
    keys = list(unscanned().values_list("pk", flat=True)[:AT_ONCE])
    if not keys:
        return False
    done = 0
    for key in keys:
        document = CustomDocument.objects.filter(pk=key).first()
        if document is None:
            continue
        try:
            scan(document)
        except OSError as error:
            log.warning("Documents wait for ClamAV and are held back meanwhile: %s", error)
            _next["look"] = time.monotonic() + AWAY_FOR
            return False
        done += 1
    _next["look"] = 0.0
    return done == AT_ONCE


def scan_all(*, again: bool = False) -> Iterator[tuple[CustomDocument, DocumentScan]]:
    """Those that wait, or all, one by one. Raises `OSError` where the daemon or storage is away."""
    documents = CustomDocument.objects.order_by("pk") if again else unscanned()
    for key in list(documents.values_list("pk", flat=True)):
        document = CustomDocument.objects.filter(pk=key).first()
        if document is not None and (found := scan(document)) is not None:
            yield document, found


def scan(document: CustomDocument) -> DocumentScan | None:
    """Ask about one document and keep the answer; None where it was changed meanwhile.

    Raises `AwayError` and other `OSError`, and then nothing is kept: it waits on.
    """
    if settings.CLAMAV is None:
        return None
    name, digest, size = document.file.name, hashlib.sha256(), 0
    found, state = "", State.CLEAN
    with TemporaryFile() as copy:
        try:
            with document.file.storage.open(name, "rb") as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    copy.write(chunk)
        except FileNotFoundError:
            state = State.REFUSED
            found = "missing"
        else:
            try:
                found = clamd.scan(copy, settings.CLAMAV)
                state = State.FOUND if found else State.CLEAN
            except clamd.RefusedError as error:
                state, found = State.REFUSED, str(error)
    return _kept(document, name, state, found, digest.hexdigest() if size else "")


@transaction.atomic
def _kept(
    document: CustomDocument, name: str, state: str, found: str, checksum: str
) -> DocumentScan | None:
    current = CustomDocument.objects.select_for_update().filter(pk=document.pk, file=name)
    if not list(current.values_list("pk")):
        return None
    row, _new = DocumentScan.objects.update_or_create(
        document_id=document.pk,
        defaults={
            "state": state,
            "found": found[:200],
            "name": name,
            "checksum": checksum,
            "scanned_at": timezone.now(),
        },
    )
    if state == State.FOUND:
        log.error("ClamAV found %s in document %s; it is held back.", found, document.pk)
    document_text_changed.send(CustomDocument, pk=document.pk)
    return row
