"""All live figures of a text: found, asked at once, and told in the text's language."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.utils.html import format_html, format_html_join
from wagtail.rich_text import RichText

from contactpoint.kit.blocks.gridding import texts_of
from contactpoint.outputs.figures.blocks import FigureValue, SpanValue
from contactpoint.outputs.figures.spans import spanned
from contactpoint.outputs.figures.telling import Telling, answers_of
from contactpoint.outputs.figures.tokens import references
from contactpoint.statistics.answering import Asked

KINDS: Final = frozenset({"figure", "figure_large", "figure_picture", "figure_table"})


def prepare(body: Any, language: str) -> Telling | None:
    """Answers all references of a text, and gives them to its blocks; None where it has none.
    Four queries, whatever their number."""
    asked = list(asked_in(body))
    return _given(body, Telling.of(asked, language)) if asked else None


def tellings(bodies: Iterable[tuple[Any, str]]) -> list[Telling | None]:
    """The same for several texts with their languages, at the cost of one."""
    found = [(body, language, list(asked_in(body))) for body, language in bodies]
    answers = answers_of(one for _body, _language, asked in found for one in asked)
    return [
        _given(body, Telling.from_answers(language, answers)) if asked else None
        for body, language, asked in found
    ]


def asked_in(body: Any) -> Iterator[Asked]:
    """The figures that a text refers to."""
    for value in _values(body):
        if isinstance(value, RichText):
            yield from (one.asked for one in references(value.source))
        else:
            yield from value.asked
    for child in body or ():
        if child.block_type == "table":
            cells = " ".join(texts_of(child.value or {}))
            yield from (one.asked for one in references(cells))


def as_html(value: Any, telling: Telling | None) -> str:
    """A block of figures for paper and mail: words and tables."""
    if telling is None:
        return ""
    if isinstance(value, FigureValue):
        said = [telling.sentence(one) for one in value.asked]
        return "".join(format_html("<p>{}</p>{}", one.text, _below(one.sources)) for one in said)
    span = value.span
    if span is None:
        return ""
    found = spanned(span, telling, draw=False)
    rows = format_html_join("", "<tr>{}</tr>", ((_cells(row),) for row in found.plain_rows))
    return format_html(
        "<table><caption>{}</caption><tr>{}</tr>{}</table>{}",
        found.title,
        _cells(found.head),
        rows,
        _below(found.sources),
    )


def as_text(value: Any, telling: Telling) -> str:
    """A block of figures for the search: the sentence, or what a table is about."""
    if isinstance(value, FigureValue):
        return " ".join(telling.sentence(one).text for one in value.asked)
    span = value.span
    if span is None:
        return ""
    found = spanned(span, telling, draw=False)
    return f"{found.title}: {', '.join(filter(None, found.head))}"


def _given(body: Any, telling: Telling) -> Telling:
    for place, value in enumerate(_values(body), start=1):
        value.telling = telling
        value.place_in_text = place
    return telling


def _values(body: Any) -> Iterator[Any]:
    """The values of a stream that refer to figures; kept by it, so that what is given to them is
    there when they are rendered."""
    for child in body or ():
        value = child.value
        if isinstance(value, RichText):
            if "[[" in value.source:
                yield value
        elif isinstance(value, FigureValue | SpanValue):
            yield value


def _cells(cells: Iterable[str]) -> str:
    return format_html_join("", "<td>{}</td>", ((one,) for one in cells))


def _below(sources: Iterable[str]) -> str:
    return format_html_join("", "<p><i>{}</i></p>", ((one,) for one in sources))
