"""National reports and the synthesis as blocks of a page, in few elements that editors can change.

Each answer stands in a block of its own, whose id is made of what was said: so it is known later
which answers a page holds, whatever an editor did with it (`remembering`, `holding_back`).
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

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
from contactpoint.kit.composing.document import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Run,
    Table,
    words,
)
from contactpoint.kit.composing.reading import blocks_of
from contactpoint.kit.markup import stream_from_markdown

SPACE: Final = uuid.UUID("f3a7a1d2-8d53-5a50-9b1f-0d1f5c6b7a10")
Raw = dict[str, Any]
"""A block as Wagtail stores it."""


def national_report(
    compilation: Compilation,
    state: State,
    chapters: Mapping[str, str],
    blocks: Mapping[str, uuid.UUID],
) -> Iterator[Raw]:
    """What a state answered, section by section. `chapters` are answers that are HTML, by question;
    they are read anew, and nothing of their markup is taken over. `blocks` are the ids by which
    answers are remembered; one that isn't remembered isn't told."""
    found = [one for one in compilation.of_state(state) if one[0].code in blocks]
    said = {days(given) for _question, given in found}
    yield _paragraphs([compilation.disclaimer.text, *(said if len(said) == 1 else ())])
    section = ""
    for question, given in found:
        if question.section.text and question.section.text != section:
            section = question.section.text
            yield {"type": "heading", "value": _still(section)}
        html = _answer(question, given, chapters.get(question.code, ""), len(said) > 1)
        yield {
            "type": "paragraph",
            "value": html,
            "id": str(blocks[question.code]),
        }
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
    yield from _marked(summary)
    for title, text in chapters:
        yield {"type": "heading", "value": title}
        yield from _marked(text)
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


def _marked(text: str) -> Iterator[Raw]:
    for kind, value in stream_from_markdown(text):
        yield {"type": kind, "value": getattr(value, "source", value)}


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


def _answer(question: Question, given: Given, chapter: str, has_days: bool) -> SafeString:
    """Days are told once where they are the same for all answers of a state."""
    parts: list[str] = [format_html("<p><b>{}. {}</b></p>", question.number, question.text.text)]
    if chapter:
        parts.append(rewritten(chapter))
    else:
        parts.append(_lines(given.text.split("\n")))
    parts.append(_lines(given.remark.split("\n")))
    parts += [_source(one.title, one.url) for one in given.sources]
    parts += [_source(one.name, settings.BASE_URL + one.url) for one in given.files]
    if has_days:
        parts.append(format_html("<p><i>{}</i></p>", days(given)))
    return format_html_join("", "{}", ((part,) for part in parts))


def _source(title: str, url: str) -> SafeString:
    if not url:
        return format_html("<p>{}</p>", _still(title))
    return format_html('<p><a href="{}">{}</a></p>', url, _still(title))


def _paragraphs(lines: Iterable[str]) -> Raw:
    return {"type": "paragraph", "value": _lines(lines)}


def _lines(lines: Iterable[str]) -> SafeString:
    said = ((_still(line.strip()),) for line in lines if line.strip())
    return format_html_join("", "<p>{}</p>", said)


def _still(text: str) -> str:
    """What a state writes is no live figure, even where it looks like one."""
    return text.replace("[[", "[ [")


def rewritten(html: str) -> SafeString:
    """HTML in the few elements that the editor of texts knows, so that saving a page in it loses
    nothing: a heading within an answer is a bold line, a table a list of its rows."""
    return _html(blocks_of(html))


def _html(blocks: Iterable[Block]) -> SafeString:
    return format_html_join("", "{}", ((_block(one),) for one in blocks))


def _block(one: Block) -> SafeString:
    match one:
        case Heading():
            return format_html("<p><b>{}</b></p>", _still(words(one.runs)))
        case Quote():
            source = f" ({one.source})" if one.source else ""
            return format_html("<p><i>{}</i>{}</p>", _runs(one.runs), _still(source))
        case Listing():
            items = format_html_join("", "<li>{}</li>", ((_item(item),) for item in one.items))
            return format_html("<ol>{}</ol>" if one.ordered else "<ul>{}</ul>", items)
        case Table():
            return _table(one)
        case Paragraph():
            return format_html("<p>{}</p>", _runs(one.runs))


def _item(item: Sequence[Block]) -> SafeString:
    """Text on lines of their own; lists within follow."""
    made = [
        _runs(one.runs) if isinstance(one, Paragraph | Heading | Quote) else _block(one)
        for one in item
    ]
    return format_html_join("", "{}", ((part,) for part in made))


def _table(one: Table) -> SafeString:
    """A row is an item: what each of its cells is, and what it says."""
    caption = format_html("<p><b>{}</b></p>", _still(one.caption)) if one.caption else ""
    rows = format_html_join(
        "",
        "<li>{}</li>",
        (
            (
                _still(
                    "; ".join(
                        f"{head}: {cell}" if head else cell
                        for head, cell in zip(one.head, row, strict=True)
                        if cell
                    )
                ),
            )
            for row in one.texts
        ),
    )
    return format_html("{}<ul>{}</ul>", caption, rows)


def _runs(runs: Sequence[Run]) -> SafeString:
    return format_html_join("", "{}", ((_run(one),) for one in runs))


def _run(one: Run) -> SafeString:
    lines = ((_still(line),) for line in one.text.split("\n"))
    made = format_html_join(SafeString("<br/>"), "{}", lines)
    if one.raised:
        made = format_html("<sup>{}</sup>" if one.raised == "super" else "<sub>{}</sub>", made)
    if one.italic:
        made = format_html("<i>{}</i>", made)
    if one.bold:
        made = format_html("<b>{}</b>", made)
    if one.url:
        made = format_html('<a href="{}">{}</a>', one.url, made)
    return made
