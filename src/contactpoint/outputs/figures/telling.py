"""What references to figures say in a language: as HTML with links to cells, and as plain text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Self

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from contactpoint.figures import Change, Figure
from contactpoint.figures.telling import LANGUAGES, Teller
from contactpoint.outputs.figures.tokens import TOKEN, Reference, reference
from contactpoint.statistics.answering import Answers, Asked, answered
from contactpoint.statistics.cells import cell_url
from contactpoint.statistics.configured import shown

_INSIDE_LINK: Final = re.compile(r"(<a\b[^>]*>.*?</a>)", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: as HTML and as text, and where it comes from."""

    html: SafeString
    text: str
    sources: tuple[str, ...] = ()
    number: str = ""
    """Of a sentence: its figure alone."""


@dataclass(slots=True)
class Telling:
    """All references of a text, answered, in one language."""

    language: str
    answers: Answers
    teller: Teller
    used: dict[str, None] = field(default_factory=dict)
    """Sources of what was told inside running text, in the order in which they came."""

    @classmethod
    def of(cls, asked: Iterable[Asked], language: str) -> Self:
        """Four queries, however many are asked. What isn't told in a language is told in
        English."""
        return cls.from_answers(language, answers_of(asked))

    @classmethod
    def from_answers(cls, language: str, answers: Answers) -> Self:
        """Of what was asked before, for several texts at once. No query."""
        spoken = language if language in LANGUAGES else "en"
        return cls(spoken, answers, Teller(spoken))

    def inline(self, one: Reference) -> Said:
        """A number, or how it has changed, for the middle of a sentence. One that is no official
        figure says so on the spot, not by a mark whose meaning stands elsewhere."""
        answer = self.answers.told(one.asked)
        figure = answer.figure
        if figure is None or figure.value is None:
            return self._plain(self._no_figure(one.asked, in_sentence=True))
        self.used.setdefault(self.teller.source_of(figure))
        if one.form != "number":
            change = answer.previous if one.form == "change" else answer.year
            return self._marked(self._linked(self._changed(change), one.asked, figure), figure)
        said = self.teller.words.number(figure.value)
        now = self._now(one.asked, figure)
        if now is not None:
            said = self.teller.revision(figure, now)
        html = self._linked(said, one.asked, figure)
        if figure.flags:
            told = self.teller.flags(figure.flags)
            mark = format_html('<abbr class="live-flag" title="{}">{}</abbr>', told, figure.flags)
            html = Said(format_html("{}{}", html.html, mark), f"{said} ({told})", html.sources)
        return self._marked(html, figure)

    def sentence(self, asked: Asked) -> Said:
        """A whole sentence with its changes; what is pinned says what has become of it."""
        answer = self.answers.told(asked)
        figure = answer.figure
        if figure is None or figure.value is None:
            return self._plain(self._no_figure(asked))
        what = shown()[asked.name].sentence
        text = self.teller.sentence(figure, what, answer.changes)
        number = self.teller.words.number(figure.value)
        html = _with_link(text, number, self._url(asked, figure))
        now = self._now(asked, figure)
        if now is not None:
            revised = self.teller.revision(figure, now)
            revised = f"{revised[:1].upper()}{revised[1:]}."
            text, html = f"{text} {revised}", format_html("{} {}", html, revised)
        return Said(html, text, (self.teller.source_of(figure),), number)

    def replaced(self, html: str) -> SafeString:
        """Rich text with its references told; inside a link they are no links."""
        pieces = _INSIDE_LINK.split(html)
        for at, piece in enumerate(pieces):
            if TOKEN.search(piece):
                is_link = at % 2 == 1
                pieces[at] = TOKEN.sub(
                    lambda match, is_link=is_link: self._token(match, is_link), piece
                )
        return mark_safe("".join(pieces))  # noqa: S308 — rich text of Wagtail's and words escaped

    def as_text(self, html: str) -> str:
        """Rich text in which the references are words, for where nothing can be clicked."""
        return TOKEN.sub(self._words, html)

    def in_words(self, text: str) -> str:
        """Plain text in which the references are words."""

        def said(match: "re.Match[str]") -> str:
            found = reference(match[1])
            return match[0] if found is None else self.inline(found).text

        return TOKEN.sub(said, text)

    def _token(self, match: "re.Match[str]", is_link: bool) -> str:
        found = reference(match[1])
        if found is None:
            return match[0]
        said = self.inline(found)
        return escape(said.text) if is_link else said.html

    def _words(self, match: "re.Match[str]") -> str:
        found = reference(match[1])
        return match[0] if found is None else escape(self.inline(found).text)

    def _linked(self, said: str, asked: Asked, figure: Figure) -> Said:
        html = format_html(
            '<a class="live-figure" href="{}">{}</a>', self._url(asked, figure), said
        )
        return Said(html, said, (self.teller.source_of(figure),))

    def _marked(self, said: Said, figure: Figure) -> Said:
        if not figure.is_example:
            return said
        note = f"({self.teller.words.say('example_note')})"
        html = format_html('{} <small class="live-example">{}</small>', said.html, note)
        return Said(html, f"{said.text} {note}", said.sources)

    def _plain(self, text: str) -> Said:
        return Said(escape(text), text)

    def _url(self, asked: Asked, figure: Figure) -> str:
        return cell_url(asked.name, figure.geo, figure.period, self.language, asked.known)

    def _changed(self, change: Change | None) -> str:
        if change is None:
            return "–"
        return self.teller.change(change) or _bracketed(self.teller.why_not(change))

    def _no_figure(self, asked: Asked, *, in_sentence: bool = False) -> str:
        counted = shown()[asked.name].counted(asked.period)
        when = counted[1] if counted else asked.period
        kind = counted[0].dataset.kind if counted else "flow"
        said = self.teller.sentence(Figure(None, when, kind=kind), shown()[asked.name].sentence)
        return _bracketed(said) if in_sentence else said

    def _now(self, asked: Asked, then: Figure) -> Figure | None:
        """What has become of a pinned figure, where that is another number."""
        if asked.known is None:
            return None
        now = self.answers.told(Asked(asked.name, then.geo, asked.period)).figure
        if now is None or now.value is None or now.value == then.value:
            return None
        return now


def answers_of(asked: Iterable[Asked]) -> Answers:
    """What is stored of it, and what has become of what is pinned. Four queries."""
    questions = list(dict.fromkeys(asked))
    now = [Asked(one.name, one.geo, one.period) for one in questions if one.known is not None]
    return answered(dict.fromkeys([*questions, *now]))


def _bracketed(sentence: str) -> str:
    return f"({sentence.rstrip('.')})" if sentence else "–"


def _with_link(text: str, number: str, url: str) -> SafeString:
    """The sentence with its number as a link."""
    escaped, wanted = escape(text), escape(number)
    found = [
        match
        for match in re.finditer(re.escape(wanted), escaped)
        if not _touches_digits(escaped, match.start(), match.end())
    ]
    if not found:
        return escaped
    at = found[0]
    link = format_html('<a class="live-figure" href="{}">{}</a>', url, number)
    return mark_safe(f"{escaped[: at.start()]}{link}{escaped[at.end() :]}")  # noqa: S308 — escaped above


def _touches_digits(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return before.isdigit() or after.isdigit()
