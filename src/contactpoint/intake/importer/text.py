"""The listing of an old site as plain text: what a person gets by selecting the page and copying.

Items follow each other without an empty line. An item is its text, then any of these lines:

    When17 March 2021
    Main theme: Data & Statistics, Asylum
    Keywords: huisvesting, LOI's

A text line after such lines begins the next item; so does a text line after a text line, unless
the earlier one stops in mid-sentence. Empty lines separate too.
"""

import re
from collections.abc import Iterator
from typing import Final

from contactpoint.intake.errors import SourceError
from contactpoint.intake.importer.decoding import Decoding, look
from contactpoint.intake.importer.importer import Importer
from contactpoint.intake.phrases import phrases
from contactpoint.intake.raw import RawItem

_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’»)\]]*$")
_LONGEST_ITEM: Final = 100_000


class TextListing(Importer):
    """Reads the text of a listing page."""

    name = "text"
    newest_first = True
    _decoding: Decoding

    def _check(self) -> str:
        self._decoding = look(self.path)
        return self._decoding.digest

    def _items(self) -> Iterator[RawItem]:
        labels = _Labels(self.language)
        item: RawItem | None = None
        after_facts = has_facts = False
        for number, line in self._decoding.lines():
            text = line.strip()
            if not text:
                if item:
                    yield self._finished(item)
                item, after_facts = None, False
                continue
            fact = labels.read(text)
            if fact:
                if item is None:
                    raise SourceError(
                        f"{self.path.name}, line {number}: “{text[:60]}” stands before any text. "
                        "Put the text of its item on the line above it."
                    )
                after_facts = has_facts = True
                item.last_line = number
                self._note(item, *fact, number)
            elif item and not after_facts and self._continues(item.text, text):
                item.text = f"{item.text} {text}"
                item.last_line = number
                if len(item.text) > _LONGEST_ITEM:
                    raise SourceError(
                        f"{self.path.name}, line {number}: the item that begins on line "
                        f"{item.first_line} has no end. Separate items by an empty line."
                    )
                item.notes = [note for note in item.notes if note[0] != "joined-lines"]
                item.notes.append(("joined-lines", {"first": item.first_line, "last": number}))
            else:
                if item:
                    yield self._finished(item)
                item, after_facts = RawItem(text, first_line=number, last_line=number), False
        if item:
            yield self._finished(item)
        if not has_facts:
            raise SourceError(
                f"{self.path.name}, line 1: nothing here looks like a listing. Each item should be "
                "its text followed by lines such as “When17 March 2021”, “Main theme: …” or "
                "“Keywords: …”; check that this is the right file."
            )

    def _finished(self, item: RawItem) -> RawItem:
        if self._decoding.guessed and not item.original.isascii():
            item.notes.append(("encoding", {"encoding": self._decoding.encoding}))
        return item

    @staticmethod
    def _continues(before: str, text: str) -> bool:
        return text[0].islower() or not _SENTENCE_END.search(before)

    @staticmethod
    def _note(item: RawItem, name: str, value: str, number: int) -> None:
        parts = dict.fromkeys(part for part in (part.strip() for part in value.split(",")) if part)
        if name == "date":
            if item.date:
                item.notes.append(("second-date", {"line": number, "text": value}))
            else:
                item.date = value
        elif name == "theme":
            item.themes += [part for part in parts if part not in item.themes]
        else:
            item.keywords += [part for part in parts if part not in item.keywords]


class _Labels:
    """The words before a fact, in the listing's language and in English."""

    def __init__(self, language: str) -> None:
        words: dict[str, list[str]] = {"date": [], "theme": [], "keyword": []}
        for code in dict.fromkeys([language, "en"]):
            for name, alternatives in phrases(code).labels.items():
                words[name] += alternatives
        date, theme, keyword = ("|".join(words[name]) for name in ("date", "theme", "keyword"))
        # “When” also begins sentences, so it counts only straight before a number.
        self._pattern = re.compile(
            rf"(?:(?P<date>(?:{date})\s*:?\s*(?P<day>\d.*\d{{4}}))"
            rf"|(?P<theme>(?:{theme})\s*:\s*(?P<names>.*))"
            rf"|(?P<keyword>(?:{keyword})\s*:\s*(?P<words>.*)))\s*$"
        )

    def read(self, line: str) -> tuple[str, str] | None:
        match = self._pattern.match(line)
        if not match:
            return None
        if match["date"] and len(line) < 60:
            return "date", match["day"]
        if match["theme"]:
            return "theme", match["names"]
        return ("keyword", match["words"]) if match["keyword"] else None
