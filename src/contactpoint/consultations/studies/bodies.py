"""National reports and the synthesis as blocks of a page, which editors can change.

The blocks of an answer have ids that are made of what was said: so it is known later which answers
a page holds, whatever an editor did with it (`remembering`, `holding_back`).
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from contactpoint.consultations.compilations.addresses import round_url
from contactpoint.consultations.compilations.compilation import (
    Compilation,
    Given,
    Question,
    State,
)
from contactpoint.consultations.compilations.wording import days
from contactpoint.consultations.forms.marking import MarkingError, marked
from contactpoint.consultations.studies.rewriting import Raw, heading, rewritten, still
from contactpoint.kit.markup import stream_from_markdown

SPACE: Final = uuid.UUID("f3a7a1d2-8d53-5a50-9b1f-0d1f5c6b7a10")


def part_of(answer: uuid.UUID, part: int) -> uuid.UUID:
    """The id of one of the blocks of an answer; the first has that of the answer itself."""
    return uuid.uuid5(answer, str(part)) if part else answer


def national_report(
    compilation: Compilation,
    state: State,
    chapters: Mapping[str, str],
    blocks: Mapping[str, uuid.UUID],
) -> Iterator[Raw]:
    """What a state answered, section by section. `chapters` are answers that are HTML, by question;
    they are read anew, and nothing of their markup is taken over. `blocks` are the ids by which
    answers are remembered; one that isn't remembered isn't told. Each of an answer's blocks has one
    that is made of it (`part_of`)."""
    found = [one for one in compilation.of_state(state) if one[0].code in blocks]
    said = {days(given) for _question, given in found}
    yield _paragraphs([compilation.disclaimer.text, *(said if len(said) == 1 else ())])
    section = ""
    for question, given in found:
        if question.section.text and question.section.text != section:
            section = question.section.text
            yield heading(still(section), 2)
        answer = _answer(question, given, chapters.get(question.code, ""), has_days=len(said) > 1)
        for part, block in enumerate(answer):
            yield block | {"id": str(part_of(blocks[question.code], part))}
    yield _side_by_side(compilation)


def synthesis(
    compilation: Compilation,
    summary: str,
    chapters: Sequence[tuple[str, str]],
    elsewhere: Sequence[str],
) -> Iterator[Raw]:
    """The editors' own words, with figures that stay alive, and where the answers stand. It names
    no state by itself: which of them answered is told only where the answers are, by the marks as
    they are then. `elsewhere` are the names of what is written in another language only: no text
    stands here as if it were of this one."""
    if compilation.is_example:
        yield _paragraphs([compilation.disclaimer.text])
    yield from _marked(summary, "summary", 2)
    for at, (title, text) in enumerate(chapters, 1):
        yield heading(title, 2)
        yield from _marked(text, str(at), 3)
    if elsewhere:
        text = _("Not there in this language yet: %(parts)s.") % {"parts": "; ".join(elsewhere)}
        yield _paragraphs([text])
    if compilation.background.text and compilation.background.language == compilation.language:
        yield {"type": "heading", "value": _("Background")}
        yield _paragraphs(compilation.background.text.split("\n"))
    yield _side_by_side(compilation)


def _side_by_side(compilation: Compilation) -> Raw:
    """To the page of the round, from each part of the study."""
    link = format_html(
        '<p><a href="{}{}">{}</a></p>',
        settings.BASE_URL,
        round_url(compilation.code, compilation.language),
        _("The answers of states, side by side"),
    )
    return {"type": "paragraph", "value": link}


def _marked(text: str, name: str, level: int) -> Iterator[Raw]:
    """What editors wrote, with its tables and notes. A text of before there were notes, which
    isn't sound as one with notes, is read without."""
    try:
        html = marked(text)
    except MarkingError:
        for kind, value in stream_from_markdown(text):
            yield {"type": kind, "value": getattr(value, "source", value)}
    else:
        yield from rewritten(html, name=name, level=level, is_live=True)


def template(compilation: Compilation) -> Iterator[Raw]:
    """What was asked, and why."""
    yield _paragraphs(compilation.background.text.split("\n"))
    section = ""
    asked: list[Question] = []
    for question in compilation.questions:
        if question.section.text != section and asked:
            yield from _asked(section, asked)
            asked = []
        section = question.section.text
        asked.append(question)
    yield from _asked(section, asked)
    yield _side_by_side(compilation)


def _asked(section: str, questions: Sequence[Question]) -> Iterator[Raw]:
    if section:
        yield {"type": "heading", "value": section}
    lines = ((f"{one.number}. {one.text.text}",) for one in questions)
    html = format_html_join("", "<p>{}</p>", lines)
    yield {"type": "paragraph", "value": html}


def _answer(question: Question, given: Given, chapter: str, *, has_days: bool) -> Iterator[Raw]:
    """Days are told once where they are the same for all answers of a state. A chapter's notes
    stand below it, as they do where it is shown."""
    level = 3 if question.section.text else 2
    yield heading(still(f"{question.number}. {question.text.text}"), level)
    if chapter:
        yield from rewritten(chapter, name=question.number, level=level + 1)
    parts = [] if chapter else [_lines(given.text.split("\n"))]
    parts.append(_lines(given.remark.split("\n")))
    parts += [_source(one.title, one.url) for one in given.sources]
    parts += [_source(one.name, settings.BASE_URL + one.url) for one in given.files]
    if has_days:
        parts.append(format_html("<p><i>{}</i></p>", days(given)))
    html = format_html_join("", "{}", ((part,) for part in parts))
    if html:
        yield {"type": "paragraph", "value": html}


def _source(title: str, url: str) -> SafeString:
    if not url:
        return format_html("<p>{}</p>", still(title))
    return format_html('<p><a href="{}">{}</a></p>', url, still(title))


def _paragraphs(lines: Iterable[str]) -> Raw:
    return {"type": "paragraph", "value": _lines(lines)}


def _lines(lines: Iterable[str]) -> SafeString:
    said = ((still(line.strip()),) for line in lines if line.strip())
    return format_html_join("", "<p>{}</p>", said)
