"""What an indicator counts, as the glossary defines it, and what is said of its table."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contactpoint.figures import Indicator, Period
from contactpoint.figures.periods import Frequency
from contactpoint.glossary.describing import definitions
from contactpoint.glossary.lexicon import Lexicon, Term
from contactpoint.statistics.choosing import Chosen
from contactpoint.statistics.configured import Shown, sources
from contactpoint.statistics.naming import names
from contactpoint.statistics.wording import number, spoken


@dataclass(frozen=True, slots=True)
class Meaning:
    """The concept that names an indicator, with its definition where it has one."""

    term: Term
    definition: dict[str, Any] | None


def meaning(one: Shown, words: Lexicon, language: str) -> Meaning | None:
    """What the glossary knows of an indicator; nothing where it doesn't have the concept."""
    known = words.concepts.get(one.concept)
    if known is None:
        return None
    found = definitions(known.definitions, language)
    return Meaning(words.term(one.concept, language), found[0] if found else None)


def indicator_of(found: Chosen) -> Indicator | None:
    """The indicator of the library that answers for what is chosen."""
    counted = found.choice.shown.counted(Period(2000, 1, found.choice.frequency))
    return counted[0] if counted else None


def notes(found: Chosen) -> list[str]:
    """What has to be known before figures are quoted, a sentence each."""
    one = indicator_of(found)
    if found.is_printed:
        return [
            _(
                "These are figures as they were printed at the time, in news releases and "
                "quarterly reports, each with its own day and rounding. Eurostat’s table itself "
                "has not been loaded here, so most countries and periods are missing."
            ),
            _(
                "Figures of different days are compared only where they lie close together: what "
                "was revised in between would look like a change."
            ),
        ]
    if one is None:
        return []
    told = []
    if one.made_of:
        told.append(_("Quarters are the sums of three months. Quarters are never added up to a "
                      "year: the figure of a year counts each person once."))  # fmt: skip
    if one.dataset.kind == "stock":
        told.append(_counted_at_the_end(one.dataset.frequency))
    if one.dataset.rounding > 1:
        to = {"number": number(one.dataset.rounding, "en")}
        if found.is_example:
            told.append(
                _("Each figure is rounded to %(number)s, so small differences say nothing.") % to
            )
        else:
            publisher = found.extraction.publisher if found.extraction else ""
            told.append(
                _("%(source)s rounds each figure to %(number)s, so small differences say nothing.")
                % (to | {"source": publisher or "Eurostat"})
            )
    return told


def _counted_at_the_end(frequency: Frequency) -> str:
    """Of what, where something is counted on one day."""
    return {
        "M": _("It is counted at the end of each month, not during it."),
        "Q": _("It is counted at the end of each quarter, not during it."),
        "S": _("It is counted at the end of each half-year, not during it."),
        "A": _("It is counted at the end of each year, not during it."),
    }[frequency]


def absent(found: Chosen, language: str) -> list[str]:
    """Countries that are asked for at the source and have no figure at all."""
    one = indicator_of(found)
    known = sources().get(one.dataset.code) if one else None
    if known is None or found.is_printed or not found.lines:
        return []
    said = names(spoken(language))
    return [said.place(code) for code in said.in_order(set(known.places) - set(found.lines))]


def why_nothing(found: Chosen) -> str:
    """Why there is no figure at all of what is chosen."""
    one = indicator_of(found)
    if found.choice.known is not None and not found.lines:
        return _("Nothing of it was known here on that day.")
    if found.lines:
        return _("There is no figure for the periods and countries chosen.")
    return _("Eurostat’s table %(dataset)s has not been loaded on this site yet.") % {
        "dataset": one.dataset.code if one else ""
    }


def missing_sentence(places: list[str]) -> str:
    """Who has no figure, in a sentence."""
    return ngettext(
        "%(number)s country has no figure: %(places)s.",
        "%(number)s countries have no figure: %(places)s.",
        len(places),
    ) % {"number": len(places), "places": ", ".join(places)}
