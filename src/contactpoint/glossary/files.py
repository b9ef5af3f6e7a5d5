"""Vocabularies from files and into them, for the commands."""

from pathlib import Path

from django.core.management.base import CommandError

from contactpoint.vocabulary import Scheme, VocabularyError
from contactpoint.vocabulary.formats import FORMATS, format_named, format_of, read


def scheme_from_file(name: str, scheme_id: str | None = None) -> Scheme:
    """The scheme in a file; a `CommandError` names the file, the line or concept, and the mend.

    `scheme_id` chooses one of several, or, where none is called so, reads them all as one."""
    try:
        return read(Path(name), scheme_id=scheme_id, guarded=True)
    except OSError as error:
        raise CommandError(f"{name} can't be read: {error.strerror}.") from error
    except VocabularyError as error:
        raise CommandError(str(error)) from error


def write_file(scheme: Scheme, name: str, format: str | None) -> int:
    """Write the scheme into a file, whole or not at all; returns its size in bytes.

    `format` is one of `FORMATS`; without it the suffix says which."""
    path = Path(name)
    chosen = format_named(format) if format else format_of(path.name)
    if not format and path.suffix.lower() not in chosen.suffixes:
        raise CommandError(
            f"{name} has no suffix of a format. Name it e.g. glossary.ttl, or give --format with "
            f"one of {', '.join(FORMATS)}."
        )
    data = chosen.write(scheme)
    partial = path.with_name(f"{path.name}.partial")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        raise CommandError(f"{name} can't be written: {error.strerror}.") from error
    return len(data)
