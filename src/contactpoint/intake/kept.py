"""Pictures and files that came along with a source, from its reading to the media library.

While an item waits for a decision its files lie in a closed folder of the storage, named by their
SHA-256, each once however many items have it. When the item is published they become pictures and
documents of the library, unless the library holds them already.
"""

import hashlib
import logging
from collections.abc import Iterable, Mapping
from datetime import timedelta
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, Final

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection, ReferenceIndex

from contactpoint.intake.errors import SourceError
from contactpoint.intake.problems import Problem, problem
from contactpoint.intake.raw import RawFile
from contactpoint.media.models import CustomDocument, CustomImage
from contactpoint.media.visibility import public

log = logging.getLogger(__name__)

FOLDER: Final = "intake"
COLLECTION: Final = "Imported"
_LATELY: Final = timedelta(days=1)
_LARGEST_PICTURE: Final = 10 * 1024**2
_MOST_PIXELS: Final = 64_000_000
_LONGEST_NAME: Final = 100
_PICTURES: Final = {"GIF": "gif", "JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
_BEGINNINGS: Final = {
    "pdf": (b"%PDF",),
    "zip": (b"PK",),
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp"), (b"PK\x03\x04",)),
}
_MARKUP: Final = (b"<!doctype html", b"<html", b"<?xml", b"<svg", b"<script")


def take(
    files: Iterable[RawFile], language: str, *, keep: bool
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """What an item needs to know of its files, and which could not be had.

    Gives each its checksum. With `keep` their bytes are laid into the closed folder.
    """
    taken, problems = [], []
    for file in files:
        try:
            data = file.read()
        except SourceError:
            problems.append(problem("refused-file", name=file.name))
            continue
        suffix = _picture_suffix(data) if file.is_picture else _file_suffix(data, file.name)
        if not suffix:
            problems.append(problem("refused-file", name=file.name))
            continue
        file.checksum = hashlib.sha256(data).hexdigest()
        if file.is_picture and not file.alternative:
            problems.append(problem("no-alternative", name=file.name))
        taken.append(
            {
                "name": file.name,
                "checksum": file.checksum,
                "sha1": hashlib.sha1(data, usedforsecurity=False).hexdigest(),
                "suffix": suffix,
                "is_picture": file.is_picture,
                "title": file.title[:255],
                "alternative": file.alternative[:255],
                "language": language,
            }
        )
        if keep and not default_storage.exists(_place(file.checksum)):
            default_storage.save(_place(file.checksum), ContentFile(data))
    return taken, problems


def _place(checksum: str) -> str:
    return f"{FOLDER}/{checksum}"


def _picture_suffix(data: bytes) -> str:
    """By what the bytes are; empty for what is no picture, or one made to fill the memory."""
    if len(data) > _LARGEST_PICTURE:
        return ""
    try:
        with Image.open(BytesIO(data), formats=list(_PICTURES)) as picture:
            width, height = picture.size
            suffix = _PICTURES.get(picture.format or "", "")
            picture.verify()
    except Exception:  # a damaged picture makes its reader raise anything
        return ""
    return suffix if 0 < width * height <= _MOST_PIXELS else ""


def _file_suffix(data: bytes, name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower().lstrip(".")
    if suffix not in settings.WAGTAILDOCS_EXTENSIONS or not data:
        return ""
    if suffix in _BEGINNINGS:
        return suffix if data.startswith(_BEGINNINGS[suffix]) else ""
    is_text = b"\0" not in data and not data.lstrip().lower().startswith(_MARKUP)
    return suffix if is_text else ""


def adopt(files: Iterable[Mapping[str, Any]], user: Any = None) -> dict[str, Any]:
    """Pictures and documents of the library, by the names that the item calls its files.

    One with the same bytes that is there already, and open to all, is taken instead of a copy.
    """
    found: dict[str, Any] = {}
    for file in files:
        try:
            found[file["name"]] = _known(file) or _made(file, user)
        except FileNotFoundError:
            log.warning("An imported file is no longer there: %s.", file["checksum"])
    return found


def _known(file: Mapping[str, Any]) -> CustomImage | CustomDocument | None:
    if file["is_picture"]:
        return CustomImage.objects.filter(file_hash=file["sha1"]).order_by("pk").first()
    documents = public(CustomDocument.objects.filter(file_hash=file["sha1"]))
    return documents.order_by("pk").first()


def _made(file: Mapping[str, Any], user: Any) -> CustomImage | CustomDocument:
    stem = PurePosixPath(file["name"]).stem[:_LONGEST_NAME] or file["checksum"][:12]
    name = f"{stem}.{file['suffix']}"
    with default_storage.open(_place(file["checksum"])) as content:
        own: dict[str, Any] = {
            "file": File(content, name=name),
            "collection": _collection(),
            "uploaded_by_user": user,
            "file_hash": file["sha1"],
            "file_size": content.size,
        }
        if file["is_picture"]:
            title = file["title"] or file["alternative"] or stem
            picture = CustomImage(title=title, description=file["alternative"], **own)
            picture.save()
            return picture
        document = CustomDocument(
            title=file["title"] or stem, language=file["language"].split("-")[0], **own
        )
        document.save()
        return document


def _collection() -> Collection:
    found = Collection.objects.filter(name=COLLECTION, depth=2).first()
    if found is None:
        found = Collection.get_first_root_node().add_child(name=COLLECTION)
    return found


def release(files: Iterable[Mapping[str, Any]]) -> None:
    """Take out of the library what an import put there and nothing uses any more."""
    hashes = {file["sha1"] for file in files}
    models: tuple[Any, ...] = (CustomImage, CustomDocument)
    for model in models if hashes else ():
        for one in model.objects.filter(file_hash__in=hashes, collection__name=COLLECTION):
            if not ReferenceIndex.get_references_to(one).exists():
                one.delete()


def forget(needed: Iterable[str]) -> int:
    """Delete from the closed folder all but the checksums that are needed; returns how many.

    What was laid there lately may belong to an item that is not written yet.
    """
    kept, removed = set(needed), 0
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:  # nothing was laid there yet
        return 0
    for name in names:
        age = timezone.now() - default_storage.get_modified_time(_place(name))
        if name not in kept and age > _LATELY:
            default_storage.delete(_place(name))
            removed += 1
    return removed
