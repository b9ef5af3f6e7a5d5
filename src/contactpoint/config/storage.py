"""Reads where files are stored; a mistake is told without a key.

s3://bucket/folder?endpoint=https://s3.example.org&region=eu-west-1
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured

_Read = TypeVar("_Read")

_SHAPE: Final = (
    "CONTACTPOINT_STORAGE_URL must be empty or "
    "s3://BUCKET/FOLDER?endpoint=https://HOST&region=REGION"
)
_KEYS: Final = "CONTACTPOINT_STORAGE_KEYS must be ID:SECRET, or the path of a file with such a line"
_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_FOLDER: Final = re.compile(r"(?:[\w-][\w.-]*(?:/[\w-][\w.-]*)*)?", re.ASCII)
_REGION: Final = re.compile(r"[a-z0-9-]{1,40}")
_ENDPOINT: Final = re.compile(r"https?://(?:[A-Za-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?")
_STYLES: Final = ("path", "host")


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where S3's interface is, and a folder of a bucket of it; `endpoint` is empty for Amazon's.

    `style` says where the bucket's name stands in addresses: in their `path`, or before the `host`.
    """

    name: str
    folder: str
    endpoint: str
    region: str
    style: str


def bucket(text: str) -> Bucket | None:
    """None for the data folder. Raises ValueError with a sentence."""
    if not text:
        return None
    try:
        parts = urlsplit(text)
        given = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        raise ValueError(f"{_SHAPE}.") from None
    if parts.scheme != "s3" or parts.fragment:
        raise ValueError(f"{_SHAPE}.")
    if "@" in parts.netloc:
        # What stands before it may be a key, so it is not shown.
        raise ValueError(f"{_SHAPE}; keys stand in CONTACTPOINT_STORAGE_KEYS.")
    if unknown := given.keys() - {"endpoint", "region", "style"}:
        raise ValueError(f"{_SHAPE}; “{min(unknown)}” means nothing.")
    if twice := [name for name, values in given.items() if len(values) > 1]:
        raise ValueError(f"{_SHAPE}; “{twice[0]}” stands there twice.")
    endpoint = given.get("endpoint", [""])[0].rstrip("/")
    found = Bucket(
        name=parts.netloc,
        folder=parts.path.strip("/"),
        endpoint=endpoint,
        region=given.get("region", ["us-east-1" if endpoint else ""])[0],
        style=given.get("style", ["path" if endpoint else "host"])[0],
    )
    if problem := _problem(found):
        raise ValueError(f"{_SHAPE}; {problem}.")
    return found


def _problem(found: Bucket) -> str:
    if not _BUCKET.fullmatch(found.name):
        return f"“{found.name}” is no name of a bucket"
    if not _FOLDER.fullmatch(found.folder):
        return "a folder has letters, digits and hyphens, with slashes between"
    if found.endpoint and not _ENDPOINT.fullmatch(found.endpoint):
        return "an endpoint is https://HOST or https://HOST:PORT, without a path"
    if not _REGION.fullmatch(found.region):
        return "the region of Amazon's bucket is missing, such as region=eu-west-1"
    if found.style not in _STYLES:
        return f"style is {' or '.join(_STYLES)}"
    return ""


def keys(text: str) -> tuple[str, str]:
    """Id and secret; both empty where there are none. Raises ValueError without either."""
    if not text:
        return "", ""
    if text.startswith("/"):
        try:
            text = Path(text).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise ValueError(f"{_KEYS}; {text} can't be read.") from None
    name, colon, secret = text.partition(":")
    if not (colon and name and secret) or not f"{name}{secret}".isprintable() or " " in text:
        raise ValueError(f"{_KEYS}.")
    return name, secret


def of_backups(read: Callable[[str], _Read]) -> Callable[[str], _Read]:
    """The same for the bucket of backups; what is wrong is told of its settings."""

    def reading(text: str) -> _Read:
        try:
            return read(text)
        except ValueError as problem:
            said = str(problem).replace("CONTACTPOINT_STORAGE_", "CONTACTPOINT_BACKUP_")
            raise ValueError(said) from None

    return reading


def backed_up_in(bucket: Bucket | None, keys: tuple[str, str]) -> dict[str, Any] | None:
    """Options of the storage of backups; None without one. Raises ImproperlyConfigured."""
    if (bucket is None) != (not all(keys)):
        raise ImproperlyConfigured(
            "CONTACTPOINT_BACKUP_URL and CONTACTPOINT_BACKUP_KEYS belong together: give both, or "
            "none."
        )
    return None if bucket is None else _options(bucket, keys)


def stored_in(bucket: Bucket | None, keys: tuple[str, str]) -> dict[str, Any]:
    """Django's setting of where files are stored. Raises ImproperlyConfigured."""
    if bucket is None and any(keys):
        raise ImproperlyConfigured(
            "CONTACTPOINT_STORAGE_KEYS is given without CONTACTPOINT_STORAGE_URL, to which they "
            "are the keys. Give both, or leave it out."
        )
    if bucket is None:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if not all(keys):
        raise ImproperlyConfigured(
            "CONTACTPOINT_STORAGE_URL is given without CONTACTPOINT_STORAGE_KEYS. Give "
            "ID:SECRET, or the path of a file with such a line."
        )
    return {"BACKEND": "contactpoint.media.bucket.BucketStorage", "OPTIONS": _options(bucket, keys)}


def _options(bucket: Bucket, keys: tuple[str, str]) -> dict[str, Any]:
    return {
        "bucket": bucket.name,
        "folder": bucket.folder,
        "endpoint": bucket.endpoint,
        "region": bucket.region,
        "style": bucket.style,
        "keys": keys,
    }
