"""Files of the data folder that hold an address: mails that were never sent, above all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from contactpoint.kit.persons.addresses import bytes_pattern

PIECE: Final = 1024 * 1024
AROUND: Final = 512
"""Longer than any address with what stands around it."""
_DATABASE: Final = ("-journal", "-wal", "-shm", ".sqlite3")


def files_with(address: str) -> Iterator[Path]:
    """All but the database, and the library: its texts are in the database, and searched there."""
    library = Path(settings.MEDIA_ROOT)
    for path in sorted(Path(settings.DATA).rglob("*")):
        is_elsewhere = path.name.endswith(_DATABASE) or library in path.parents
        if path.is_file() and not path.is_symlink() and not is_elsewhere and _holds(path, address):
            yield path


def is_mail(path: Path) -> bool:
    """Of the folder that stands for a mail server."""
    return Path(settings.EMAIL_FILE_PATH) in path.parents


def _holds(path: Path, address: str) -> bool:
    wanted = bytes_pattern(address)
    before = b""
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                if wanted.search(before + piece):
                    return True
                before = piece[-AROUND:]
    except OSError:  # gone meanwhile, or nobody's
        return False
    return False
