"""A chapter that a state wrote, as blocks of a page: headings, tables, quotations and notes stay
what they are, so that the published report is the one that was shown.

    rewritten("<p>A claim<sup>1</sup>.</p>…", name="3", level=3)
        {"type": "paragraph", "value": "<p>A claim[^3.1].</p>"} … {"type": "notes", "value": […]}

Nothing of the markup is taken over: it is read into a tree of words and written anew.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from contactpoint.kit.blocks.gridding import Alignment, stored
from contactpoint.kit.blocks.laying import LEVELS
from contactpoint.kit.composing.document import (
    Block,
    Cell,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Run,
    Table,
    as_runs,
    words,
)
from contactpoint.kit.composing.places import runs_of
from contactpoint.kit.composing.reading import blocks_of
from contactpoint.kit.markup import as_markdown
from contactpoint.outputs.figures.tokens import TOKEN

Raw = dict[str, Any]
"""A block as Wagtail stores it."""
_BY_LEVEL: Final = {level: name for name, level in LEVELS.items()}
_DEEPEST: Final = max(_BY_LEVEL)


def rewritten(html: str, *, name: str, level: int, is_live: bool = False) -> Iterator[Raw]:
    """The blocks of a chapter. `name` tells its notes from those of others, `level` is that of its
    first headings; `is_live` where what looks like a live figure is one."""
    blocks, notes = _apart(blocks_of(html))
    top = min((one.level for one in blocks if isinstance(one, Heading)), default=1)
    writer = _Writer(name, len(notes), level=level, top=top, is_live=is_live)
    running: list[SafeString] = []
    for one in blocks:
        made = writer.block(one)
        if isinstance(made, SafeString):
            running.append(made)
            continue
        yield from _running(running)
        running = []
        yield made
    yield from _running(running)
    if notes:
        yield {"type": "notes", "value": [writer.note(at, one) for at, one in enumerate(notes, 1)]}


def heading(text: str, level: int) -> Raw:
    """A heading of a level, from 2."""
    return {"type": _BY_LEVEL[min(max(level, 2), _DEEPEST)], "value": " ".join(text.split())}


def still(text: str) -> str:
    """What a state writes is neither a live figure nor a note of the page, even where it looks like
    one."""
    return text.replace("[[", "[ [").replace("[^", "[ ^")


def _apart(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Sequence[Block]]]:
    """A chapter and its notes: the numbered list below the last heading, if the text above has the
    numbers of all its items, raised, and none besides."""
    if len(blocks) < 2:
        return blocks, ()
    *text, title, last = blocks
    is_list = isinstance(title, Heading) and isinstance(last, Listing) and last.ordered
    if not is_list or not isinstance(last, Listing):
        return blocks, ()
    referred = {run.text for run in runs_of(text) if run.raised == "super" and run.text.isdigit()}
    if referred != {str(number) for number in range(1, len(last.items) + 1)}:
        return blocks, ()
    return text, last.items


def _running(parts: Iterable[SafeString]) -> Iterator[Raw]:
    html = format_html_join("", "{}", ((one,) for one in parts))
    if html:
        yield {"type": "paragraph", "value": str(html)}


@dataclass(slots=True)
class _Writer:
    """Writes the blocks of one chapter."""

    name: str
    notes: int
    level: int
    top: int
    is_live: bool

    def block(self, one: Block) -> SafeString | Raw:
        """Running text as HTML, all else as a block."""
        match one:
            case Heading():
                title = "".join(self.reference(run) or self.said(run.text) for run in one.runs)
                return heading(title, self.level + one.level - self.top)
            case Table():
                return {"type": "table", "value": self.table(one)}
            case Quote() if not any(run.url or run.raised for run in one.runs):
                text, source = self.said(words(one.runs)), self.said(one.source)
                return {"type": "quote", "value": {"text": text, "source": source}}
            case Quote():
                source = f" ({one.source})" if one.source else ""
                return format_html("<p><i>{}</i>{}</p>", self.runs(one.runs), self.said(source))
            case Listing():
                return self.listing(one)
            case Paragraph():
                return format_html("<p>{}</p>", self.runs(one.runs))

    def note(self, number: int, blocks: Sequence[Block]) -> Raw:
        """A note as the block of notes keeps it; the same each time."""
        parts = [Paragraph(part.runs) for part in blocks if not isinstance(part, Listing | Table)]
        html = format_html_join("", "{}", ((self.block(part),) for part in parts))
        value = {"name": f"{self.name}.{number}", "text": str(html)}
        key = str(uuid5(NAMESPACE_URL, f"{value}"))
        return {"type": "item", "value": value, "id": key}

    def listing(self, one: Listing) -> SafeString:
        """Text on lines of their own; lists within follow."""
        items = format_html_join("", "<li>{}</li>", ((self.item(item),) for item in one.items))
        return format_html("<ol>{}</ol>" if one.ordered else "<ul>{}</ul>", items)

    def item(self, item: Sequence[Block]) -> SafeString:
        """A table within a list is told row by row: a list holds no blocks."""
        made: list[SafeString] = []
        for one in item:
            match one:
                case Listing():
                    made.append(self.listing(one))
                case Table():
                    rows = [[Run(" · ".join(row))] for row in (one.heads, *one.texts)]
                    made.append(format_html_join("", "<br/>{}", ((self.runs(r),) for r in rows)))
                case _:
                    made.append(self.runs(one.runs))
        return format_html_join("", "{}", ((part,) for part in made))

    def table(self, one: Table) -> Raw:
        """As the editor of cells keeps it."""
        alignments: dict[int, Alignment] = dict.fromkeys(one.numbers, "at-end")
        alignments |= dict.fromkeys(one.centred, "centred")
        rows = [[self.cell(cell) for cell in row] for row in one.rows]
        head = [self.cell(cell) for cell in one.head]
        return stored(head, rows, self.said(one.caption), alignments)

    def cell(self, cell: Cell) -> str:
        """In the light Markdown of cells."""
        return "".join(self.marked(run) for run in as_runs(cell)).strip()

    def marked(self, run: Run) -> str:
        """Words with their marks; a space stands outside of them."""
        if reference := self.reference(run):
            return reference
        text = as_markdown(self.said(run.text), but=TOKEN if self.is_live else None)
        core = text.strip()
        if not core:
            return text
        if run.italic:
            core = f"*{core}*"
        if run.bold:
            core = f"**{core}**"
        if run.url:
            core = f"[{core}](<{_quoted(run.url)}>)"
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return before + core + after

    def runs(self, runs: Sequence[Run]) -> SafeString:
        """Words in the few elements that the editor of texts knows."""
        return format_html_join("", "{}", ((self.run(one),) for one in runs))

    def run(self, one: Run) -> SafeString:
        """Words that look alike."""
        if reference := self.reference(one):
            return format_html("{}", reference)
        lines = ((self.said(line),) for line in one.text.split("\n"))
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

    def reference(self, run: Run) -> str:
        """What leads to a note, where it does."""
        is_one = self.notes and run.raised == "super" and run.text.isdigit() and not run.url
        return f"[^{self.name}.{int(run.text)}]" if is_one else ""

    def said(self, text: str) -> str:
        """As it is, or so that nothing in it acts."""
        return text if self.is_live else still(text)


def _quoted(url: str) -> str:
    """An address that can stand between angle brackets."""
    return url.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
