"""The data folder: who may read it, how much room there is, and which files are gone."""

import os
import pwd
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import connection
from django.db.models import FileField
from django.template.defaultfilters import filesizeformat

from contactpoint.media.copying import names
from contactpoint.operations import readings
from contactpoint.operations.doctor.asking import reading
from contactpoint.operations.doctor.findings import Finding, check, error, ok, warning
from contactpoint.operations.judging import LITTLE_ROOM

LEAST: Final = 200 * 1024**2
"""Bytes, below which a database or an index may fail in the middle of its work."""
NAMED: Final = 5
SECRET_FILES: Final = ("secret.key", "contactpoint.sqlite3", "contactpoint.sqlite3-wal", "mail")
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
MAY_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
_FILE: Final = re.compile(r'"[a-z_]+_file"\s*:\s*"(/[^"]+)"')


@check("permissions")
def permissions() -> Iterator[Finding]:
    """Who else on this machine may read or change what is the portal's."""
    folder: Path = settings.DATA
    if not folder.exists():
        yield warning(
            str(folder), "The data folder is not there yet.",
            "`contactpoint serve` makes it; if there was one, see CONTACTPOINT_DATA.",
        )  # fmt: skip
        return
    found = [*_owned(folder), *_open_folder(folder)]
    inside = [folder / name for name in SECRET_FILES]
    for path in [*inside, *secret_files()]:
        found += _readable_by_others(path)
    yield from found or [ok(str(folder), "It and the files with secrets are for its owner.")]


def _open_folder(folder: Path) -> Iterator[Finding]:
    mode = folder.stat().st_mode
    if mode & MAY_WRITE and not mode & stat.S_ISVTX:
        yield error(
            str(folder), "Others may change what is in the data folder.", f"chmod go-w {folder}"
        )
    if not os.access(folder, os.W_OK):
        yield error(
            str(folder), "This user may not write to the data folder.",
            f"Run the portal as its owner, or mount its disk writable: ls -ld {folder}",
        )  # fmt: skip


def _owned(folder: Path) -> Iterator[Finding]:
    """A command that was run as root leaves files that the portal can't write."""
    us = os.getuid()
    strange = [one for one in sorted(folder.iterdir()) if one.lstat().st_uid != us]
    if folder.stat().st_uid != us and us != 0:
        strange.insert(0, folder)
    if strange and us != 0:
        owners = ", ".join(sorted({_name(one.lstat().st_uid) for one in strange}))
        yield error(
            str(strange[0]), f"It belongs to {owners}, and the portal runs as {_name(us)}.",
            f"chown -R {_name(us)} {folder}",
        )  # fmt: skip
    elif us == 0 and folder.stat().st_uid != 0:
        owner = _name(folder.stat().st_uid)
        yield warning(
            str(folder), f"You are root, and the folder belongs to {owner}.",
            f"Run commands as that user: runuser -u {owner} -- contactpoint …",
        )  # fmt: skip


def _readable_by_others(path: Path) -> Iterator[Finding]:
    try:
        mode = path.stat().st_mode
    except OSError:
        return
    # A folder that others may enter is as open as what is in it; mails are in one.
    if mode & OTHERS and not (path.is_dir() and path.parent.stat().st_mode & OTHERS == 0):
        yield error(str(path), "Others on this machine may read it.", f"chmod go= {path}")


def secret_files() -> Iterator[Path]:
    """Files that settings name as holding a key."""
    keys = os.environ.get("CONTACTPOINT_STORAGE_KEYS", "")
    social = os.environ.get("CONTACTPOINT_SOCIAL", "")
    given = [keys, *_FILE.findall(social)]
    url = os.environ.get("CONTACTPOINT_EMAIL_URL", "")
    query = parse_qs(urlsplit(url).query) if "_file=" in url else {}
    given += [value for name, values in query.items() if name.endswith("_file") for value in values]
    yield from (Path(one) for one in given if one.startswith("/"))


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


@check("disk")
def disk() -> Iterator[Finding]:
    """Room and inodes for the data, and for uploads that are on their way."""
    data = settings.DATA if settings.DATA.exists() else settings.DATA.parent
    for folder in dict.fromkeys((data, Path(tempfile.gettempdir()))):
        if not folder.exists():
            continue
        usage, system = shutil.disk_usage(folder), os.statvfs(folder)
        room = filesizeformat(usage.free).replace("\xa0", " ")
        share = usage.free / usage.total if usage.total else 0.0
        if system.f_flag & os.ST_RDONLY:
            yield error(
                str(folder), "The disk is mounted to be read only.",
                "See the system's log for its reason, then mount it writable.",
            )  # fmt: skip
        elif usage.free < LEAST or (system.f_files and system.f_favail < 1000):
            yield error(str(folder), f"The disk is full: {room} free.", "Make room, or enlarge it.")
        elif share < LITTLE_ROOM:
            yield warning(
                str(folder), f"The disk is nearly full: {room} free ({share:.0%}).",
                "Make room, or enlarge it.",
            )  # fmt: skip
        else:
            yield ok(str(folder), f"{room} free ({share:.0%}).")


@check("media", needs=("database", "migrations"))
def media() -> Iterator[Finding]:
    """Whether stored files can be had at all, and the file of each row is there."""
    if problem := readings.files():
        yield error(
            "CONTACTPOINT_STORAGE_URL", f"Stored files can't be reached: {problem}",
            "`contactpoint storage check` says why.",
        )  # fmt: skip
        return
    number, is_whole = 0, True
    there: dict[int, set[str] | None] = {}
    for label, field, rows in _rows():
        storage: Storage = field.storage
        if id(storage) not in there:
            there[id(storage)] = None if _is_folder(storage) else set(names(storage))
        known, missing = there[id(storage)], []
        for name in rows:
            number += 1
            if not (storage.exists(name) if known is None else name in known):
                missing.append(name)
        if missing:
            is_whole = False
            yield _missing(f"{label}.{field.name}", missing, is_made="Rendition" in label)
    if is_whole:
        yield ok("media", f"All {number} files that rows name are there.")


def _missing(place: str, names: list[str], *, is_made: bool) -> Finding:
    told = f"{', '.join(names[:NAMED])}{', …' if len(names) > NAMED else ''}"
    if is_made:
        return warning(
            place, f"{len(names)} sizes of pictures are gone: {told}",
            "`contactpoint wagtail_update_image_renditions --purge` has them made anew.",
        )  # fmt: skip
    return error(
        place, f"{len(names)} files are gone: {told}",
        "Put them back from a backup, or upload them again in the admin.",
    )  # fmt: skip


def _is_folder(storage: Storage) -> bool:
    return isinstance(storage, FileSystemStorage) or hasattr(storage, "path")


def _rows() -> Iterator[tuple[str, Any, Iterator[str]]]:
    """Each column that names files, and its names."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField):
                rows = model._base_manager.exclude(**{field.name: ""}).order_by()
                with reading(connection):
                    found = rows.values_list(field.name, flat=True)
                    yield model._meta.label, field, found.iterator(chunk_size=2000)
