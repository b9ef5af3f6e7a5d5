"""What can be searched and yet is never told of by mail, because nothing happens to it that is
written down: guidance for applicants, studies and series as such, themes, other pages.

Guidance is left out on purpose, too: a mail about what to do without papers, in a box that others
may open, says something of whoever gets it.
"""

from django.utils.translation import gettext as _
from django.utils.translation import override

from contactpoint.dissemination.matching.atoms import QUESTION, THING, Rule, value_of, what_of
from contactpoint.dissemination.matching.questions import taken_apart
from contactpoint.outputs.filters import mentions
from contactpoint.search.engines.base import UnavailableError
from contactpoint.search.showing.naming import KINDS, PARAMETERS, UNTOLD
from contactpoint.search.showing.telling import untold_only
from contactpoint.search.sources import documents
from contactpoint.search.views.answers import answer


def never_told(rule: Rule, language: str) -> str:
    """Why a rule would be followed in vain, in a sentence; empty where it would not."""
    kinds: set[str] = set()
    for atom in rule.atoms:
        what, value = what_of(atom), value_of(atom)
        if what == "kind":
            kinds |= {value}
        elif what == THING:
            kinds |= {one.kind for one in documents([value])}
        elif what == QUESTION:
            _language, asked = taken_apart(value)
            chosen = set(asked.of("kind", "any", "all"))
            if chosen <= UNTOLD or set(asked.of("kind", "all")) & UNTOLD:
                kinds |= chosen
    untold = kinds & UNTOLD
    if not untold:
        return ""
    with override(language):
        return _(
            "Nothing is told by mail of this: %(kinds)s. Leave it out, or look on the site."
        ) % {"kinds": _named(untold)}


def finds_untold_only(rule: Rule, language: str) -> str:
    """A word to whoever follows a search that lists nothing now of which mails tell; a question to
    the index for each search. Empty where the index is away."""
    for atom in rule.atoms:
        if what_of(atom) != QUESTION:
            continue
        spoken, asked = taken_apart(value_of(atom))
        try:
            kinds = untold_only(asked, answer(asked, spoken, limit=0, counted=("kind",)).facets)
        except UnavailableError:
            continue
        if kinds:
            with override(language):
                return _(
                    "What this search finds now is never told by mail: %(kinds)s. You would hear of"
                    " other kinds only, once there is something."
                ) % {"kinds": _named(kinds)}
    return ""


def unknown(ignored: list[tuple[str, str]]) -> str:
    """Sentences on values that nobody knows, for whoever wants to follow them."""
    return " ".join(
        mentions(
            PARAMETERS,
            ignored,
            PARAMETERS,
            sentence=_("There is no “%(value)s” among the choices for %(filter)s to be followed."),
        )
    )


def _named(kinds: set[str]) -> str:
    return ", ".join(str(KINDS[kind]) for kind in sorted(kinds))
