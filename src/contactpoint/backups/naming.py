"""Names of files in a backup, and which of them may be taken as names on a disk."""

import re
from typing import Final

_OURS: Final = re.compile(
    r"begin\.json|settings\.json|manifest\.json(?:\.sha256)?"
    r"|database/[a-z][a-z0-9_]{0,62}/\d{6}\.ndjson\.gz|media-index/\d{6}\.ndjson\.gz"
)
_ROWS: Final = re.compile(r"database/([a-z][a-z0-9_]{0,62})/(\d{6})\.ndjson\.gz")
_INDEX: Final = re.compile(r"media-index/(\d{6})\.ndjson\.gz")
MEDIA: Final = "media/"
MOST_PARTS: Final = 999_999
_LONGEST: Final = 512
_LONGEST_PART: Final = 255


def is_member(name: str) -> bool:
    """Whether a backup holds files of that name."""
    return bool(_OURS.fullmatch(name)) or (
        name.startswith(MEDIA) and is_file(name.removeprefix(MEDIA))
    )


def is_file(name: str) -> bool:
    """Whether it names a file below a folder, and can't lead out of it or hide there."""
    if not 0 < len(name) <= _LONGEST or not name.isprintable() or "\\" in name:
        return False
    return all(
        part not in ("", ".", "..") and len(part.encode()) <= _LONGEST_PART
        for part in name.split("/")
    )


def rows_name(table: str, number: int) -> str:
    """Of a part of a table."""
    return f"database/{table}/{number:06}.ndjson.gz"


def rows_of(name: str) -> tuple[str, int] | None:
    """Table and number of a part; None for what is none."""
    found = _ROWS.fullmatch(name)
    return (found[1], int(found[2])) if found else None


def index_name(number: int) -> str:
    """Of a part of the list of stored files."""
    return f"media-index/{number:06}.ndjson.gz"


def index_of(name: str) -> int | None:
    """The number of such a part."""
    found = _INDEX.fullmatch(name)
    return int(found[1]) if found else None
