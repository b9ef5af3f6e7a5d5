"""Text for the commands that read one: from a file or from standard input."""

import sys
from pathlib import Path
from typing import Final

from django.core.management.base import CommandError

from contactpoint.glossary.terms import vocabulary

LARGEST: Final = 20 * 1024 * 1024


def text_of(name: str) -> str:
    """The text of the file `name`, or of standard input for `-`; else a sentence that mends."""
    path, name = name, "Standard input" if name == "-" else name
    try:
        data = sys.stdin.buffer.read(LARGEST + 1) if path == "-" else _limited(Path(path))
    except OSError as error:
        raise CommandError(f"{name} can't be read: {error.strerror}.") from error
    if len(data) > LARGEST:
        raise CommandError(f"{name} is larger than {LARGEST // 2**20} MB. Give it in parts.")
    if b"\x00" in data:
        raise CommandError(f"{name} is not text. Save the document as plain text (UTF-8).")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CommandError(f"{name}, line {line}: not UTF-8. Save the file as UTF-8.") from error


def _limited(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def language_of(tag: str | None) -> str | None:
    """The language that was asked for; one that the vocabulary has no words in is refused."""
    if tag is None:
        return None
    known = vocabulary().languages
    if tag.lower().replace("_", "-").partition("-")[0] not in known | {"no", "nn"}:
        raise CommandError(
            f"The glossary has no words in {tag!r}. It speaks {', '.join(sorted(known))}."
        )
    return tag
