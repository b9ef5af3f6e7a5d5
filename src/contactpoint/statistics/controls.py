"""The form above figures: which periods, which country, as known when. A GET form, so that whatever
is chosen stands in the address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from contactpoint.figures import Period
from contactpoint.figures.periods import Frequency
from contactpoint.kit.prepared import rows
from contactpoint.statistics.choice import WORD_OF, Choice, frequencies
from contactpoint.statistics.choosing import Chosen
from contactpoint.statistics.configured import PUBLISHED, shown
from contactpoint.statistics.models import Extraction
from contactpoint.statistics.naming import names
from contactpoint.statistics.packing import at_ordinal
from contactpoint.statistics.showing import label_of
from contactpoint.statistics.wording import spoken, teller

_MOST_VINTAGES = 40


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a list to choose from."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """A list to choose from; one that has a single line needs no choosing."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.options) > 1


def vintages(found: Chosen) -> list[date]:
    """The days on which figures of an indicator were extracted, the newest first. One query."""
    counted = found.choice.shown.counted(Period(2000, 1, found.choice.frequency))
    code = PUBLISHED if found.is_printed or counted is None else counted[0].dataset.code
    return list(dict.fromkeys(day for (day,) in rows(("vintages",), _vintages, [code])))


def _vintages(values: list[Any]) -> "QuerySet[Any, Any]":
    found = Extraction.objects.filter(dataset__code=values[0], state=Extraction.State.COMPLETE)
    return found.order_by("-last").values_list("last")[:_MOST_VINTAGES]


def by_period(choice: Choice) -> Control:
    """The kinds of period that an indicator is told for."""
    labels: dict[Frequency, str] = {"M": _("Months"), "Q": _("Quarters"), "A": _("Years")}
    return Control(
        "by", _("Periods"),
        tuple(
            Option(WORD_OF[one], labels[one], one == choice.frequency)
            for one in frequencies(choice.shown)
        ),
    )  # fmt: skip


def since(found: Chosen) -> Control:
    """From which year on."""
    asked = found.choice.since
    years = sorted(
        {at_ordinal(one, found.choice.frequency).year for one in found.span}, reverse=True
    )
    return Control(
        "since", pgettext("which year on", "From"),
        (
            Option("", _("The beginning"), asked is None),
            *(Option(str(one), str(one), asked is not None and asked.year == one)
              for one in years),
        ),
    )  # fmt: skip


def known(choice: Choice, days: Sequence[date], language: str) -> Control:
    """As known on which day: one for each vintage."""
    says = teller(language).words
    asked = choice.known
    chosen = next((day for day in days if asked and day <= asked), None) if asked else None
    return Control(
        "known", _("As known"),
        (
            Option("", _("now"), asked is None),
            *(
                Option(day.isoformat(), _("on %(day)s") % {"day": says.day(day)}, day == chosen)
                for day in days
            ),
        ),
    )  # fmt: skip


def place(choice: Choice, codes: Iterable[str], language: str) -> Control:
    """One country, beside the EU."""
    said = names(spoken(language))
    asked = choice.places[0] if len(choice.places) == 1 else ""
    return Control(
        "place", _("Country"),
        (
            Option("", _("All"), not choice.places),
            *(Option(code.lower(), said.place(code), code == asked)
              for code in said.in_order(codes)),
        ),
    )  # fmt: skip


def indicators(choice: Choice, language: str) -> Control:
    """All indicators."""
    return Control(
        "indicator", _("Indicator"),
        tuple(
            Option(one.name, label_of(one, language), one.name == choice.shown.name)
            for one in shown().values()
        ),
    )  # fmt: skip
