"""Files that `contactpoint glossary load` takes only from somebody who insists."""

from typing import Final

from django.core.management.base import CommandError

from contactpoint.glossary.publishing import Foreseen, foresee
from contactpoint.glossary.snapshots import newest
from contactpoint.vocabulary import Scheme
from contactpoint.vocabulary.check import check

MOST_ERRORS: Final = 5
MOST_TOUCHED: Final = 0.25
"""Of the glossary as it would be; a file that changes more may well be the wrong one."""


def is_doubtful(found: Foreseen) -> bool:
    """Whether so much would change that the file may be the wrong one."""
    return newest() is not None and found.touched > MOST_TOUCHED * len(found.after.concepts)


def told(found: Foreseen) -> str:
    """The counts, for a sentence."""
    return f"{len(found.added)} added, {len(found.changed)} changed"


def refuse_doubtful(given: Scheme, file: str, *, force: bool) -> None:
    """A file goes to readers at once and can't be called back, so the wrong one is to be noticed.

    Into a portal without a version anything may be loaded: there is nothing to be lost.
    """
    if newest() is None:
        return
    found = foresee(given)
    if found.touched and not given.version:
        raise CommandError(
            f"{file} was not loaded: it says no version (owl:versionInfo). Give one with --number, "
            "or load it into the draft with --draft."
        )
    if is_doubtful(found) and not force:
        raise CommandError(
            f"{file} was not loaded: of {len(found.after.concepts)} concepts that there would be, "
            f"{told(found)}; that is more than a quarter, and readers would see it at once. Look "
            "with --dry-run, prepare it with --draft, or insist with --force."
        )


def refuse_errors(scheme: Scheme, name: str) -> None:
    """Say the first errors that the checks find, if there are any."""
    errors = [one for one in check(scheme) if one.severity == "error"]
    if errors:
        told_errors = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        told = [
            f"  {one.concept}{f' ({one.language})' if one.language else ''}: {one.message}"
            for one in errors[:MOST_ERRORS]
        ]
        more = len(errors) - MOST_ERRORS
        if more > 0:
            told.append(f"  and {more} more; `contactpoint glossary check {name}` tells all")
        raise CommandError(
            "\n".join(
                [
                    f"{name} was not loaded: it has {told_errors}.",
                    *told,
                    "Mend them, or load it with --with-errors.",
                ]
            )
        )
