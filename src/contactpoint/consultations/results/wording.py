"""Results in the reader's words: names of categories, numbers, shares, and why something is not
shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from contactpoint.consultations.forms.concepts import named
from contactpoint.consultations.questions import Choice, Instrument, Kind, Question, Said, said
from contactpoint.consultations.tables.comparing import Comparison, Unlike
from contactpoint.consultations.tables.intervals import Interval
from contactpoint.consultations.tables.sheets import ANSWERED, CHOSEN, MISSING, NOT_CHOSEN
from contactpoint.consultations.tables.tallies import Reason, Tally

HIDDEN: Final = "•"
"""Where a number is hidden; never a zero, nor a dash, which says that there is none."""


@dataclass(frozen=True)
class Wording:
    """The words of one instrument in one language."""

    instrument: Instrument
    language: str

    @cached_property
    def locale(self) -> Locale:
        """For numbers and names of countries."""
        return Locale.parse(self.language.replace("-", "_"))

    def texts(self, texts: Mapping[str, str]) -> Said:
        """In the reader's language, else in that of the instrument."""
        return said(texts, self.language, self.instrument.language)

    def question_of(self, tally: Tally) -> Question:
        """The question that was counted."""
        found = self.instrument.question(tally.question)
        return found or Question(tally.question, tally.kind)

    def question(self, question: Question) -> Said:
        """What was asked."""
        found = self.texts(question.labels)
        return found if found.text else Said(question.code, self.instrument.language)

    def part(self, tally: Tally) -> Said:
        """The row of a matrix, the choice of several, or the concept that a column is about."""
        question = self.question_of(tally)
        if tally.is_concept:
            return Said(named(tally.part, self.language), self.language)
        known = question.rows if tally.kind is Kind.MATRIX else self.instrument.choices_of(question)
        return self._labelled(known, tally.part)

    def category(self, question: Question, category: str) -> Said:
        """What was answered."""
        choices = self.instrument.choices_of(question)
        if category in {one.code for one in choices} and question.kind is not Kind.MANY:
            return self._labelled(choices, category)
        own = {
            MISSING: _("No answer"),
            CHOSEN: _("Chosen"),
            NOT_CHOSEN: _("Not chosen"),
            ANSWERED: _("Answered"),
        }
        if category in own:
            text = own[category]
        elif question.kind is Kind.COUNTRY:
            text = str(self.locale.territories.get(category, category))
        elif question.kind is Kind.CONCEPT:
            text = named(category, self.language)
        else:
            text = self.class_words(question, category)
        return Said(text, self.language)

    def choice(self, question: Question, code: str) -> Said:
        """A choice of a question of any kind."""
        return self._labelled(self.instrument.choices_of(question), code)

    def class_words(self, question: Question, code: str) -> str:
        """A class of numbers or days: “10 to 19”, “under 10”, “20 or more”."""
        low, _dots, high = code.partition("..")
        if not low and not high:
            return _("Any answer")
        if not low:
            return self._below(question, Decimal(high))
        first = self.amount(question, Decimal(low))
        if not high:
            words = _("From %(first)s on") if question.kind is Kind.DATE else _("%(first)s or more")
            return words % {"first": first}
        is_whole = question.kind is Kind.INTEGER
        last = self.amount(question, Decimal(high) - (1 if is_whole else 0))
        if is_whole:
            return first if first == last else _("%(first)s to %(last)s") % {
                "first": first, "last": last,
            }  # fmt: skip
        return _("%(first)s to under %(last)s") % {"first": first, "last": last}

    def _below(self, question: Question, end: Decimal) -> str:
        if question.kind is Kind.INTEGER:
            return _("%(last)s or less") % {"last": self.amount(question, end - 1)}
        words = _("Before %(last)s") if question.kind is Kind.DATE else _("Under %(last)s")
        return words % {"last": self.amount(question, end)}

    def amount(self, question: Question, value: Decimal) -> str:
        """A number, or the day that a number stands for."""
        if question.kind is Kind.DATE:
            day = date.fromordinal(int(value))
            return str(format_date(day, "d MMM y", locale=self.locale))
        return _minus(str(format_decimal(value, locale=self.locale)))

    def percent(self, share: float | None) -> str:
        """A share with no decimals: so few respondents allow no more."""
        if share is None:
            return HIDDEN
        return _("%(number)s %%") % {"number": self.number(round(share * 100))}

    def percent_of_hundred(self, value: float) -> str:
        """The same of a number that is a percentage already."""
        return self.percent(value / 100)

    def number(self, value: float | Decimal) -> str:
        """A number by the signs of the language."""
        return _minus(str(format_decimal(value, locale=self.locale, format="#,##0.#")))

    def span(self, interval: Interval | None) -> str:
        """From how much to how much, in per cent: “41–59”."""
        if interval is None:
            return ""
        return f"{round(interval.low * 100)}–{round(interval.high * 100)}"

    def points(self, difference: float | None) -> str:
        """A difference of shares in percentage points, with its sign."""
        if difference is None:
            return HIDDEN
        whole = round(difference * 100)
        sign = "+" if whole > 0 else "−" if whole < 0 else "±"
        return f"{sign}{abs(whole)}"

    def points_span(self, interval: Interval | None) -> str:
        """The same of its interval: “−12 to +8”."""
        if interval is None:
            return ""
        ends = {"low": self.points(interval.low), "high": self.points(interval.high)}
        return _("%(low)s to %(high)s") % ends

    def _labelled(self, known: Sequence[Choice], code: str) -> Said:
        for one in known:
            if one.code == code:
                found = self.texts(one.labels)
                return found if found.text else Said(code, self.instrument.language)
        return Said(code, self.instrument.language)


def _minus(number: str) -> str:
    """With the sign of a number below nought, as everywhere on these pages."""
    return number.replace("-", "−")


def why_hidden(reason: Reason) -> str:
    """Why nothing of a question is shown in public."""
    return {
        Reason.FEW: _("Too few answers: to show any would tell of somebody."),
        Reason.DEPENDS: _(
            "Not shown: who was asked hangs on answers of which some are hidden themselves."
        ),
        Reason.CHOICES: _("Not shown: which choices there were hangs on other answers."),
        Reason.TIED: _(
            "Not shown: a rule for answers would let hidden numbers be worked out from shown ones."
        ),
        Reason.LARGE: _("Not shown by groups: some of the numbers would be too small."),
    }[reason]


def why_unlike(found: Comparison, wording: Wording, before: Instrument) -> str:
    """Why two waves are not compared on a question."""
    if found.unlike is Unlike.NEW:
        return _("Not compared: it was not asked in the wave before.")
    if found.unlike is Unlike.KIND:
        return _("Not compared: another kind of answer was asked for in the wave before.")
    if found.unlike is Unlike.RULE:
        return _("Not compared: the rule for what may be chosen has changed since the wave before.")
    question = wording.instrument.question(found.question)
    old = before.question(found.question)
    told = [_("Not compared: the choices are not the same.")]
    if found.added and question is not None:
        names = [wording.choice(question, one).text for one in found.added]
        told.append(_("New: %(choices)s.") % {"choices": "; ".join(names)})
    if found.removed and old is not None:
        earlier = Wording(before, wording.language)
        names = [earlier.choice(old, one).text for one in found.removed]
        told.append(_("No longer there: %(choices)s.") % {"choices": "; ".join(names)})
    return " ".join(told)
