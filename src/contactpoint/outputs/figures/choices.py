"""What editors choose figures from, named in the language of the admin."""

from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from contactpoint.figures.periods import Frequency
from contactpoint.figures.telling.words import LANGUAGES, Words, words
from contactpoint.statistics.configured import shown

BY: Final[dict[str, Frequency]] = {"month": "M", "quarter": "Q", "year": "A"}
BY_CHOICES: Final = [
    ("month", pgettext_lazy("figures by the", "Month")),
    ("quarter", pgettext_lazy("figures by the", "Quarter")),
    ("year", pgettext_lazy("figures by the", "Year")),
]
_GROUPS: Final = ("EU", "EU27_2020", "EU28", "EU27_2007")


def said() -> Words:
    """The words of figures in the active language, or in English."""
    language = get_language() or "en"
    return words(language if language in LANGUAGES else "en")


def indicator_name(name: str, spoken: Words) -> str:
    """What an indicator is called."""
    sentence = shown()[name].sentence
    return str(spoken.said["labels"].get(sentence, name))


def indicator_choices() -> list[tuple[str, str]]:
    """All indicators, in the portal's order."""
    spoken = said()
    return [(name, indicator_name(name, spoken)) for name in shown()]


def place_choices() -> list[tuple[str, str]]:
    """The EU and other groups, then countries by name."""
    spoken = said()
    codes = [code for code in spoken.places if code != "names" and code not in _GROUPS]
    countries = sorted(((code, spoken.place(code)) for code in codes), key=lambda one: one[1])
    return [*((code, spoken.place(code)) for code in _GROUPS), *countries]


class FactsBlock(blocks.StructBlock):
    """Facts, which are the same in every language: nothing in it is translated."""

    def get_translatable_segments(self, _value: Any) -> list[Any]:
        """Asked by wagtail-localize."""
        return []


def _not_ahead(day: date) -> None:
    """What will be known can't be told yet."""
    if day > timezone.localdate():
        raise ValidationError(_("What will be known on %(day)s can't be told yet.") % {"day": day})


def known_block() -> blocks.DateBlock:
    """The day that pins a vintage."""
    return blocks.DateBlock(
        label=_("As known on"),
        required=False,
        validators=[_not_ahead],
        help_text=_(
            "Leave it empty for the newest figures. A day keeps what was known then; readers are "
            "told what has become of it since."
        ),
    )


def day_of(value: Any) -> date | None:
    """The day of a block, which may come as text."""
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None
