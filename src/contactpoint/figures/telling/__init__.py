"""Says figures and their changes in words, in English, French, Dutch and German.

    Teller("fr").sentence(figure, "first-time-applicants", [change])

What can't be computed is said to be so, with the reason; flags and caveats stand behind the words
they are about. No template is put together from parts of speech: each language has its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from contactpoint.figures import flags as flagging
from contactpoint.figures.changes import Change, Comparison, Reason
from contactpoint.figures.figure import Figure
from contactpoint.figures.model import Origin
from contactpoint.figures.periods import Period
from contactpoint.figures.ratios import Rank, Ratio
from contactpoint.figures.revisions import Revision
from contactpoint.figures.telling.words import LANGUAGES, call, words

__all__ = ["LANGUAGES", "Teller", "call"]

_SINGULAR = 2
_NONE = Figure(None, Period(1, 1, "A"))


class Teller:
    """Tells figures in one language. Raises `FiguresError` for one that it doesn't speak."""

    def __init__(self, language: str) -> None:
        self.words = words(language)

    def sentence(self, figure: Figure, what: str, changes: Sequence[Change] = ()) -> str:
        """A whole sentence: what was counted where and when, and what has changed. `what` is the
        name of an indicator without its frequency. A change that can't be computed is left out
        here; `why_not` says why. Where there is no figure, that is the sentence; where no template
        fits, the parts stand beside each other."""
        if figure.value is None:
            return self.words.say("reason", "no-figure", current=self._name(figure))
        told = self._counted(figure, figure.value, what)
        phrases = [one for one in map(self.change, changes) if one]
        notes = self._notes(figure, changes)
        parts = [told, self.words.say("and").join(phrases)] if phrases else [told]
        return self.words.say("join").join(parts) + notes + self.words.say("end")

    def change(self, change: Change) -> str:
        """A phrase: “up 3 % on the quarter before”; empty where there is none to tell."""
        current, base = change.current, change.base
        if current is None or base is None or current.value is None or base.value is None:
            return ""
        if change.reason not in (None, Reason.ROUNDING, Reason.TOO_SMALL):
            return ""
        phrase = self.words.say(
            "change",
            _way(change, current.value, base.value),
            percent=self.words.percent(change.percent or 0),
            compare=self._compared(change, current),
        )
        caveats = [self._caveat(one, current, base) for one in change.caveats]
        return phrase + self._bracketed(caveats)

    def printed_changes(self, figure: Figure, previous: int | None, year: int | None) -> str:
        """Changes in whole per cent as somebody printed them, whose base nobody knows."""
        asked: tuple[tuple[Comparison, int | None], ...] = (("previous", previous), ("year", year))
        return self.words.say("and").join(
            self.words.say(
                "change",
                "up" if whole > 0 else "down" if whole < 0 else "equal",
                percent=self.words.percent(whole),
                compare=self._compared(Change(figure, None, comparison=one), figure),
            )
            for one, whole in asked
            if whole is not None
        )

    def why_not(self, change: Change) -> str:
        """A sentence on why there is no percentage; empty where there is one."""
        current, reason = change.current, change.reason
        if reason is None or reason in (Reason.ROUNDING, Reason.TOO_SMALL):
            return ""
        if current is None:
            return self.words.say("reason", "no-figure", current="–")
        base = change.base
        when = base.period if base else self._before(change, current)
        there = base or current
        return self.words.say(
            "reason",
            reason.value,
            current=self._name(current),
            base=self.words.period("name", when, current.kind),
            current_vintage=self.words.vintage(current.vintage) if current.vintage else "–",
            base_vintage=self.words.vintage(there.vintage) if there.vintage else "–",
            current_place=self.words.place(current.geo),
            base_place=self.words.place(there.geo),
        )

    def revision(self, then: Figure, now: Figure) -> str:
        """What a figure was and what has become of it: “then 649,855, now 654,600”."""
        return self.words.say("revision", then=self._number(then), now=self._number(now))

    def since(self, revision: Revision) -> str:
        """What has become of a figure, as a sentence; or why that can't be said."""
        then, now = revision.then, revision.now
        if revision.reason is not None:
            return self.why_not(Change(now, then, reason=revision.reason))
        notes = [self.words.say("example_note")] if (now or then or _NONE).is_example else []
        return (
            self.words.say(
                "since", revision.became,
                then=self._number(then or _NONE), then_when=self._extracted(then),
                now=self._number(now or _NONE), now_when=self._extracted(now),
            ) + self._bracketed(notes) + self.words.say("end")
        )  # fmt: skip

    def rate(self, ratio: Ratio) -> str:
        """“500 per million inhabitants”; empty where there is none."""
        if ratio.value is None or ratio.whole is None:
            return ""
        notes = [
            self.words.say("caveat", "another-period", year=ratio.whole.period.year)
            for one in ratio.caveats if one == Reason.ANOTHER_PERIOD
        ]  # fmt: skip
        said = self.words.say("rate", value=self.words.number(ratio.value))
        return said + self._bracketed(notes)

    def share(self, ratio: Ratio) -> str:
        """“25 % of the total”; empty where there is none."""
        if ratio.value is None:
            return ""
        return self.words.say("share", percent=self.words.percent(int(ratio.value * 100 + 0.5)))

    def rank(self, rank: Rank) -> str:
        """“number 3 of 27 countries”, or between which two rounding leaves it; “of the 25 countries
        with a figure” where some have none; empty if there is no rank."""
        if rank.position is None:
            return ""
        of = self.words.say("rank_known" if rank.unknown else "rank_all", of=rank.of)
        if rank.first != rank.last:
            return self.words.say("rank_between", first=rank.first, last=rank.last, of=of)
        return self.words.say("rank", position=rank.position, of=of)

    def source(self, origin: Origin) -> str:
        """Where figures come from: “Source: Eurostat (migr_asyappctzm), extracted 17 June 2019”."""
        source = f"{origin.publisher} ({origin.dataset})" if origin.dataset else origin.publisher
        if origin.extracted is None:
            return self.words.say("source_alone", source=source)
        return self.words.say("source", source=source, day=self.words.day(origin.extracted))

    def source_of(self, figure: Figure) -> str:
        """The same for one figure, whose vintage may be known to the month only; an example has no
        source."""
        if figure.is_example:
            return self.words.say("source_alone", source=self.words.say("example"))
        if figure.vintage is None:
            return self.words.say("source_alone", source=figure.source)
        if figure.vintage.is_day:
            day = self.words.day(figure.vintage.first)
            return self.words.say("source", source=figure.source, day=day)
        month = self.words.month(figure.vintage.first)
        return self.words.say("source_month", source=figure.source, month=month)

    def flags(self, letters: str) -> str:
        """What flags mean, in words."""
        ordered = flagging.letters(flagging.packed(letters))
        return self.words.say("join").join(self.words.say("flags", one) for one in ordered)

    def _counted(self, figure: Figure, value: float, what: str) -> str:
        number = self.words.number(value)
        has_sentence = what in self.words.said["sentences"] and self.words.has_place(figure.geo)
        # “1 people” is no sentence in any language.
        if value < _SINGULAR or not has_sentence:
            labels = self.words.said["labels"]
            return self.words.say(
                "label", label=labels.get(what, what), where=self.words.place(figure.geo),
                name=self.words.period("in", figure.period, figure.kind), value=number,
            )  # fmt: skip
        when = self.words.period("in", figure.period, figure.kind)
        return self.words.say(
            "sentences", what, Period=when[:1].upper() + when[1:], value=number,
            place=self.words.where(figure.geo),
        )  # fmt: skip

    def _compared(self, change: Change, current: Figure) -> str:
        frequency = current.period.frequency
        # What is there at the end of a quarter is compared with the quarter before, not the month.
        is_flow = current.kind == "flow" or (current.kind == "stock" and frequency != "M")
        way = frequency if is_flow else current.kind
        return self.words.say("compare", f"{way}-{change.comparison or 'previous'}")

    def _notes(self, figure: Figure, changes: Sequence[Change]) -> str:
        bases = flagging.merged(*(one.flags[1] for one in changes if self.change(one)))
        notes = [self.words.say("example_note")] if figure.is_example else []
        if figure.flags:
            notes.append(self.flags(figure.flags))
        if bases:
            notes.append(self.words.say("base", flags=self.flags(bases)))
        return self._bracketed(notes)

    def _caveat(self, reason: Reason, current: Figure, base: Figure) -> str:
        when = self.words.vintage(base.vintage, "caveat") if base.vintage else "–"
        return self.words.say(
            "caveat", reason.value, when=when, current=self.words.place(current.geo),
            base=self.words.place(base.geo), year=base.period.year,
        )  # fmt: skip

    def _bracketed(self, notes: Sequence[str]) -> str:
        return self.words.say("note", notes=self.words.say("notes").join(notes)) if notes else ""

    def _name(self, figure: Figure) -> str:
        return self.words.period("name", figure.period, figure.kind)

    def _number(self, figure: Figure) -> str:
        return "–" if figure.value is None else self.words.number(figure.value)

    def _extracted(self, figure: Figure | None) -> str:
        """“on 17 June 2019”."""
        known = figure.vintage if figure else None
        return self.words.vintage(known, "since") if known else "–"

    def _before(self, change: Change, current: Figure) -> Period:
        is_year = change.comparison == "year"
        return current.period.year_before if is_year else current.period.previous


def _way(change: Change, current: float, base: float) -> str:
    """Which template tells a change."""
    up = "up" if current > base else "down"
    if change.reason == Reason.ROUNDING:
        return "rounding"
    if change.reason == Reason.TOO_SMALL:
        return f"small-{up}"
    if change.direction == "same":
        return "equal" if current == base else "same"
    return f"{up}-about" if change.is_about else up
