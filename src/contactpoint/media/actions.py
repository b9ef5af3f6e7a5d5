"""Reads documents: what waits, what was read, and what upper floors are told of it."""

import hashlib
from collections import Counter
from tempfile import TemporaryFile
from typing import IO, Any, Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from contactpoint.kit.jobs import TryLaterError, task
from contactpoint.media.formats.formats import LARGEST_FILE
from contactpoint.media.formats.guarding import read_guarded
from contactpoint.media.formats.pdf import is_pdf
from contactpoint.media.formats.picturing import Picture, first_page
from contactpoint.media.models import CustomDocument, DocumentReading, DocumentText, FirstPage
from contactpoint.media.reading import spaced
from contactpoint.media.signals import document_text_changed

_CHUNK: Final = 1024 * 1024
_BEHIND_OTHERS: Final = -10
_AT_ONCE: Final = 200
State, Problem = DocumentReading.State, DocumentReading.Problem
READ_ALL_THE_SAME: Final = ("", Problem.CUT, Problem.MACROS, Problem.DISGUISED)


class _File(NamedTuple):
    """What was read: where it is kept, its bytes, its SHA-256."""

    name: str
    size: int = 0
    checksum: str = ""


@transaction.atomic
def read_later(document: CustomDocument) -> None:
    """Put a job into the queue; a file that is another than the one that was read waits for it."""
    reading, _new = DocumentReading.objects.get_or_create(document_id=document.pk)
    if reading.name != document.file.name:
        DocumentReading.objects.filter(pk=reading.pk).update(state=State.WAITING)
    read_document.enqueue(pk=document.pk)


@transaction.atomic
def read_again_later(document: CustomDocument) -> None:
    """Put a job into the queue that reads the file even if it is the one that was read."""
    DocumentReading.objects.update_or_create(
        document_id=document.pk, defaults={"state": State.WAITING}
    )
    read_document.enqueue(pk=document.pk, again=True)


@task(priority=_BEHIND_OTHERS)
def read_document(pk: int, again: bool = False) -> None:
    """The job: mails and jobs of others go first, as this may take a minute."""
    document = CustomDocument.objects.filter(pk=pk).first()
    if document is None:
        return
    try:
        read(document, again=again)
    except OSError as error:  # the storage or this machine can't for now
        raise TryLaterError(f"document {pk} can't be read now: {error}") from error


def read(document: CustomDocument, *, again: bool = False) -> DocumentReading | None:
    """Read the file and keep its text in place of what was there, all of it or nothing.

    A file with the checksum of the one that was read is not read again, unless `again`. Whatever is
    wrong with the file becomes the reading's problem. None where the document was deleted or given
    another file meanwhile. Raises `OSError` where the storage or this machine fails, so that a
    later attempt may do.
    """
    with TemporaryFile() as copy:
        try:
            file = _copy(document, copy)
        except FileNotFoundError:
            return _keep(document, _File(document.file.name), {"problem": Problem.MISSING})
        reading = DocumentReading.objects.filter(document_id=document.pk).first()
        if reading is not None and reading.checksum == file.checksum and not again:
            return _known(reading, file)
        copy.seek(0)
        too_large = file.size > LARGEST_FILE
        suffix = document.file_extension.lower()
        found = {"problem": Problem.LARGE} if too_large else read_guarded(copy, suffix)
        copy.seek(0)
        picture = first_page(copy) if not too_large and is_pdf(copy) else None
    return _keep(document, file, found, picture)


def _copy(document: CustomDocument, copy: IO[bytes]) -> _File:
    """Copies the file as far as it may be read."""
    name, digest, size = document.file.name, hashlib.sha256(), 0
    with document.file.storage.open(name, "rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            if size <= LARGEST_FILE:
                copy.write(chunk)
    return _File(name, size, digest.hexdigest())


def _known(reading: DocumentReading, file: _File) -> DocumentReading:
    """The same bytes under another name, or in the queue once more."""
    reading.name, reading.state = file.name, _state(reading.problem)
    reading.save(update_fields=["name", "state"])
    return reading


def _keep(
    document: CustomDocument, file: _File, found: dict[str, Any], picture: Picture | None = None
) -> DocumentReading | None:
    # Words take longest, and nobody must wait for the database meanwhile.
    seen: Counter[int] = Counter()
    rows = []
    for number, text in found.get("texts", []):
        rows.append(
            DocumentText(
                document=document, number=number, part=seen[number], text=text, words=spaced(text)
            )
        )
        seen[number] += 1
    with transaction.atomic():
        reading = _replace(document, file, found, rows)
        if reading is not None:
            _picture(document, file, picture)
        return reading


def _replace(
    document: CustomDocument, file: _File, found: dict[str, Any], rows: list[DocumentText]
) -> DocumentReading | None:
    current = CustomDocument.objects.select_for_update().filter(pk=document.pk, file=file.name)
    if not list(current.values_list("pk")):
        return None  # deleted meanwhile, or replaced and in the queue
    reading, _new = DocumentReading.objects.get_or_create(document_id=document.pk)
    cut = Problem.CUT if found.get("cut") else ""
    problem = found.get("problem") or found.get("warning") or cut
    if not rows and problem in READ_ALL_THE_SAME:
        problem = Problem.BLANK
    reading.problem = problem
    reading.state = _state(problem)
    reading.unit = found.get("unit", DocumentReading.Unit.WHOLE)
    reading.pages = found.get("pages", 0)
    reading.about = found.get("about", {})
    reading.name, reading.size, reading.checksum = file
    reading.read_at = timezone.now()
    reading.save()
    DocumentText.objects.filter(document=document).delete()
    DocumentText.objects.bulk_create(rows, batch_size=_AT_ONCE)
    document_text_changed.send(CustomDocument, pk=document.pk)
    return reading


def _picture(document: CustomDocument, file: _File, picture: Picture | None) -> None:
    FirstPage.objects.filter(document=document).delete()
    if picture is not None:
        FirstPage.objects.create(
            document=document,
            checksum=file.checksum,
            width=picture.width,
            height=picture.height,
            picture=picture.data,
        )


def _state(problem: str) -> str:
    if problem in READ_ALL_THE_SAME:
        return State.READ
    if problem in (Problem.SCANNED, Problem.BLANK, Problem.KIND):
        return State.EMPTY
    return State.FAILED
