"""What an import found, for a person at a terminal or reading a log."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table
from rich.text import Text

from contactpoint.intake.inference.sentences import shorten
from contactpoint.intake.problems import say
from contactpoint.intake.staging import Staged

MOST_ROWS: Final = 200


class FindingsTable:
    """Rows as they come; after the first two hundred only their number is kept."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._rows: list[tuple[str, ...]] = []
        self._problems: list[tuple[int, str]] = []
        self._count = 0

    def add(self, staged: Staged) -> None:
        """Note one item."""
        self._count += 1
        if self._count > MOST_ROWS:
            return
        found: Mapping[str, Any] = staged.item.inferred
        problems = staged.item.problems
        self._rows.append(
            (
                str(staged.raw.position),
                found["type"],
                found["published_on"] or "–",
                ", ".join(found["themes"] + [f"{name}?" for name in found["unknown_themes"]])
                or "–",
                found["title"],
                "; ".join(_meaning(keyword) for keyword in found["keywords"]) or "–",
                ", ".join(dict.fromkeys(problem["code"] for problem in problems)) or "–",
            )
        )
        self._problems += [
            (staged.raw.position, say(problem)["message"])
            for problem in problems
            if problem["code"] not in {"no-date", "no-theme", "no-keyword"}
        ]

    def print(self) -> None:
        """The table, then each problem that a code alone doesn't tell."""
        if self._console.is_terminal:
            self._print_table()
        else:
            self._print_lines()
        if self._count > MOST_ROWS:
            self._console.print(
                _("… and %(number)s more; --report FILE.json gives all.")
                % {"number": self._count - MOST_ROWS}
            )
        if self._problems:
            self._console.print()
            for position, message in self._problems:
                self._console.print(Text(f"{position:>4}  {message}"))

    def _print_table(self) -> None:
        table = Table(box=None, pad_edge=False, header_style="bold", show_lines=False)
        table.add_column("#", justify="right", style="dim")
        for name, style, ratio in (
            (_("Type"), "", 0),
            (_("Date"), "", 0),
            (_("Themes"), "cyan", 3),
            (_("Title"), "bold", 7),
            (_("Keywords"), "", 4),
            (_("Problems"), "yellow", 3),
        ):
            table.add_column(name, style=style, ratio=ratio or None, no_wrap=not ratio)
        table.expand = True
        for row in self._rows:
            table.add_row(*(Text(cell) for cell in row))
        self._console.print(table)

    def _print_lines(self) -> None:
        for number, kind, date, themes, title, keywords, problems in self._rows:
            line = f"{number:>4}  {kind:<11}  {date:<10}  {themes}  {shorten(title, 90)}"
            self._console.print(Text(f"{line}  [{keywords}]  {{{problems}}}"))


def _meaning(keyword: Mapping[str, Any]) -> str:
    """“asiel → asylum (nl)”."""
    if not keyword["concept"]:
        return f"{keyword['source']} → ?"
    language = f" ({keyword['language']})" if keyword["language"] else ""
    mark = "" if keyword["resolves_to"] == "concept" else f" [{keyword['resolves_to']}]"
    return f"{keyword['source']} → {keyword['label'] or keyword['concept']}{language}{mark}"
