"""How much an address may ask for, and what is said where it asks for more.

A reader is shown what is left, and told. A program sees no sentence beside its list, so it is
refused (`search.views.taking`).
"""

from typing import Final, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contactpoint.kit.feeds.unfiltered import LONGEST_VALUE, MOST_VALUES
from contactpoint.search.documents import FACETS
from contactpoint.search.showing.naming import PARAMETERS

LONGEST: Final = 200
"""Letters of a question; what comes after is cut off."""


class Beyond(NamedTuple):
    """Something that was left out: as it is told to a reader, and to a program that is refused."""

    told: str
    refused: str


def cut(text: str) -> str:
    """The beginning of a question, up to the longest; between words where there is a space."""
    if len(text) <= LONGEST:
        return text
    whole = text[: LONGEST + 1].rpartition(" ")[0]
    return whole or text[:LONGEST]


def too_long(text: str) -> Beyond:
    """Of a question that was cut."""
    told = _(
        "A question has %(most)s letters at most: what came after “%(word)s” was not looked for."
    )
    refused = _("A question has %(most)s letters at most, this one %(number)s: nothing is listed.")
    word = cut(text).rsplit(" ", 1)[-1][:LONGEST_VALUE]
    return Beyond(
        told % {"most": LONGEST, "word": word}, refused % {"most": LONGEST, "number": len(text)}
    )


def too_many(query: QueryDict, suffixes: tuple[str, ...]) -> list[Beyond]:
    """Of each parameter with more values than are read; facets have it with these suffixes."""
    modes = [(facet + suffix, facet) for facet in FACETS for suffix in suffixes]
    found = []
    for name, facet in [*modes, ("in", "in"), ("off", "off")]:
        number = len(dict.fromkeys(filter(None, query.getlist(name))))
        beyond = number - MOST_VALUES
        if beyond > 0:
            told = ngettext(
                "%(filter)s: only %(most)s choices count, %(number)s more was left out.",
                "%(filter)s: only %(most)s choices count, %(number)s more were left out.",
                beyond,
            )
            refused = _(
                "%(filter)s: %(most)s choices at most, here are %(number)s: nothing is listed."
            )
            said = {"filter": PARAMETERS[facet], "most": MOST_VALUES}
            found.append(
                Beyond(told % {**said, "number": beyond}, refused % {**said, "number": number})
            )
    return found
