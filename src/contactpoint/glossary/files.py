"""Vocabularies from files, for the commands; what can't be read is a sentence that mends."""

from pathlib import Path

from django.core.management.base import CommandError

from contactpoint.vocabulary import Scheme, VocabularyError, read_turtle


def scheme_from_file(name: str) -> Scheme:
    """The scheme in a file; a `CommandError` names the file, the line or concept, and the mend."""
    try:
        return read_turtle(Path(name))
    except OSError as error:
        raise CommandError(f"{name} can't be read: {error.strerror}.") from error
    except VocabularyError as error:
        raise CommandError(str(error)) from error
