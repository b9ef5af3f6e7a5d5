"""Whether a file that a stranger sends may be kept with an answer.

Its name says little and its type nothing: what counts is how its bytes begin, and that the two
agree. It is never unpacked or drawn here; of an office file only the list of its parts is read. It
is handed out again as a download only, whoever asks (`served`).
"""

import hashlib
import logging
import re
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from zipfile import BadZipFile

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from contactpoint.consultations.questions import Question
from contactpoint.consultations.questions.checking_answers import AnswerError
from contactpoint.media import clamd
from contactpoint.media.formats import format_of
from contactpoint.media.formats.formats import UnreadableError
from contactpoint.media.formats.packed import ZIP, Archive
from contactpoint.media.formats.uploaded import RUNS

log = logging.getLogger(__name__)
LARGEST: Final = 5 * 1024**2
SCAN_SECONDS: Final = 20.0
MOST_UNPACKED: Final = 100 * 1024**2
MOST_RATIO: Final = 200
MOST_PARTS: Final = 5_000
MOST_PIXELS: Final = 80_000_000
LONGEST_NAME: Final = 120
_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument"
_ODF: Final = "application/vnd.oasis.opendocument"
DOCUMENTS: Final = {
    "pdf": "application/pdf",
    "docx": f"{_OPEN_XML}.wordprocessingml.document",
    "xlsx": f"{_OPEN_XML}.spreadsheetml.sheet",
    "pptx": f"{_OPEN_XML}.presentationml.presentation",
    "odt": f"{_ODF}.text",
    "ods": f"{_ODF}.spreadsheet",
    "odp": f"{_ODF}.presentation",
    "txt": "text/plain",
    "csv": "text/csv",
}
PICTURES: Final = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}
ACCEPTED: Final = ",".join(f".{suffix}" for suffix in (*DOCUMENTS, *PICTURES))


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept; `media_type` is ours, never what the sender says."""

    name: str
    media_type: str
    content: bytes
    checksum: str


def checked(question: Question, sent: UploadedFile) -> Checked:
    """The file as it is kept; an `AnswerError` says why it can't be."""
    name = _name(sent.name or "")
    if not sent.size:
        raise AnswerError(question.code, _("“%(name)s” is empty.") % {"name": name})
    if sent.size > LARGEST:
        raise AnswerError(
            question.code,
            _("“%(name)s” is larger than %(most)s. Send a smaller file.")
            % {"name": name, "most": filesizeformat(LARGEST)},
        )
    content = sent.read(LARGEST + 1)
    suffix = name.rpartition(".")[2].lower()
    media_type = _picture(content, suffix) if suffix in PICTURES else _document(content, suffix)
    if not media_type:
        raise AnswerError(
            question.code,
            _(
                "“%(name)s” can't be taken: it is of another kind than those named here, damaged, "
                "or has a program in it. Save it as PDF, and send that."
            )
            % {"name": name},
        )
    _ensure_clean(question, name, content)
    return Checked(name, media_type, content, hashlib.sha256(content).hexdigest())


def _ensure_clean(question: Question, name: str, content: bytes) -> None:
    """Where files are checked for viruses, one that wasn't is not kept at all: a respondent can
    send it again, and nobody meets it meanwhile."""
    if settings.CLAMAV is None:
        return
    try:
        found = clamd.scan(BytesIO(content), settings.CLAMAV, seconds=SCAN_SECONDS)
    except (clamd.AwayError, clamd.RefusedError) as error:
        log.warning("A file of a respondent could not be checked and was refused: %s", error)
        text = _("“%(name)s” can't be checked for viruses now. Send it in a few minutes.")
    else:
        if not found:
            return
        log.error("ClamAV found %s in a file of a respondent; it was refused.", found)
        text = _("“%(name)s” was not taken: a virus was found in it.")
    raise AnswerError(question.code, text % {"name": name})


def served(name: str, media_type: str, content: bytes) -> HttpResponse:
    """A kept file for whoever may have it: saved, never opened as part of this site."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _name(given: str) -> str:
    """The last part of a path, on one line, with nothing that turns its direction."""
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", given)[-1])
    kept = "".join(
        sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in '"<>'
    )
    stem, dot, suffix = " ".join(kept.split()).rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{suffix[:10]}" if dot else suffix[:LONGEST_NAME] or "file"


def _document(content: bytes, suffix: str) -> str:
    if suffix not in DOCUMENTS:
        return ""
    try:
        found = format_of(content, suffix)
        if suffix not in found.suffixes:
            return ""
        if content.startswith(ZIP) and not _is_modest(Archive(content), len(content)):
            return ""
    except (UnreadableError, BadZipFile, ValueError, NotImplementedError, OSError):
        return ""
    if suffix in ("txt", "csv") and b"\0" in content:
        return ""
    return DOCUMENTS[suffix]


def _is_modest(archive: Archive, size: int) -> bool:
    """No bomb, and no macros."""
    names = [name.lower() for name in archive.names]
    has_program = any(
        name.endswith(("vbaproject.bin", *RUNS)) or name.startswith(("basic/", "scripts/"))
        for name in names
    )
    is_small = archive.size <= min(MOST_UNPACKED, size * MOST_RATIO) or archive.size <= 1024**2
    return is_small and len(archive.names) <= MOST_PARTS and not has_program


def _picture(content: bytes, suffix: str) -> str:
    """The header only: nothing is unpacked. What Pillow names decides."""
    try:
        with Image.open(BytesIO(content), formats=[PICTURES[suffix]]) as picture:
            width, height = picture.size
            return str(Image.MIME[PICTURES[suffix]]) if width * height <= MOST_PIXELS else ""
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return ""
