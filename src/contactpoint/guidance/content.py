"""A folder of guidance: read whole, with every mistake named by file and line and its mend.

    guides.toml               themes and guides, in order
    places.toml               places of help
    <language>/<guide>.txt    a text, see `texts.reading`
    <language>/places.toml    names, addresses and notes of places

What may be said in the tables is in `tables`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from contactpoint.guidance import tables
from contactpoint.guidance.languages import SOURCE, languages
from contactpoint.guidance.texts.reading import Draft, Problem, ReadingError, read
from contactpoint.guidance.there import There
from contactpoint.guidance.toml_lines import TomlFile

GUIDES: Final = "guides.toml"
PLACES: Final = "places.toml"
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


@dataclass(slots=True)
class Content:
    """What a folder says. `texts` by guide and language, `place_words` by language and place."""

    themes: list[dict[str, Any]] = field(default_factory=list)
    guides: list[dict[str, Any]] = field(default_factory=list)
    places: list[dict[str, Any]] = field(default_factory=list)
    texts: dict[tuple[str, str], Draft] = field(default_factory=dict)
    place_words: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)


def content(folder: Path, there: There | None = None) -> Content:
    """All of a folder; a `ReadingError` names each file and line that has to be mended."""
    return _Folder(folder, there or There()).read()


class _Folder:
    def __init__(self, folder: Path, there: There) -> None:
        self.folder = folder
        self.there = there
        self.problems: list[Problem] = []
        self.lines: dict[str, list[str]] = {}
        self.codes: dict[str, set[str]] = {}

    def read(self) -> Content:
        guides, places = (TomlFile(self.folder, name) for name in (GUIDES, PLACES))
        found = Content(
            themes=[row.values for row in tables.themes(guides)],
            guides=[row.values for row in tables.guides(guides)],
            places=[row.values for row in tables.places(places)],
        )
        tables.check_links(guides, self.there)
        # Also of rows with a mistake, so that it is told once.
        self.codes = {
            GUIDES: tables.codes(guides, "guides") | self.there.guides,
            PLACES: tables.codes(places, "places") | self.there.places,
        }
        self.problems += [*guides.problems, *places.problems]
        for folder in sorted(one for one in self.folder.glob("*") if one.is_dir()):
            if folder.name in languages():
                self.language(folder.name, found)
            elif _LANGUAGE.fullmatch(folder.name):
                self.wrong(
                    f"{folder.name}/",
                    "guidance has no such language; name the folder after one of "
                    f"{', '.join(languages())}.",
                )
        self.check_ids(found)
        self.check_places(found)
        if not self.problems and not (found.themes or found.places or found.texts):
            self.wrong(GUIDES, f"nothing is here to load; write it, or {SOURCE}/ask.txt.")
        if self.problems:
            raise ReadingError(dict.fromkeys(self.problems))
        return found

    def wrong(self, file: str, said: str, line: int = 1) -> None:
        self.problems.append(Problem(file, line, said))

    def language(self, language: str, found: Content) -> None:
        for path in sorted((self.folder / language).glob("*.txt")):
            name = f"{language}/{path.name}"
            if path.stem not in self.codes[GUIDES]:
                self.wrong(name, f"guides.toml has no guide “{path.stem}”; add it or rename this.")
                continue
            raw = path.read_bytes()
            try:
                text = raw.decode("utf-8-sig")
                self.lines[name] = text.splitlines()
                found.texts[path.stem, language] = read(text, name)
            except ReadingError as wrong:
                self.problems += wrong.problems
            except UnicodeDecodeError as wrong:
                line = raw[: wrong.start].count(b"\n") + 1
                self.wrong(name, "is not UTF-8; save it as such.", line)
        self.words_of_places(language, found)

    def words_of_places(self, language: str, found: Content) -> None:
        file = TomlFile(self.folder, f"{language}/{PLACES}")
        found.place_words[language] = tables.words_of_places(file, self.codes[PLACES])
        self.problems += file.problems

    def check_ids(self, found: Content) -> None:
        """A translation has the blocks of its source, in their order: a slip is caught here."""
        for (guide, language), draft in found.texts.items():
            own = found.texts.get((guide, SOURCE))
            source = own.blocks if own else self.there.sources.get(guide)
            if language == SOURCE or source is None:
                continue
            expected = [block.id for block in source if block.text]
            ids = [block.id for block in draft.blocks if block.text]
            file = f"{language}/{guide}.txt"
            if missing := [id_ for id_ in expected if id_ not in ids]:
                self.wrong(
                    file,
                    f"lacks {', '.join(missing)}, which {SOURCE}/{guide}.txt has.",
                    len(self.lines[file]),
                )
            for id_ in ids:
                if id_ not in expected:
                    line = self.line_of(file, id_, rf"---\s+{re.escape(id_)}(\s|$)")
                    self.wrong(file, f"has {id_}, which {SOURCE}/{guide}.txt hasn't.", line)

    def check_places(self, found: Content) -> None:
        """A text that names a place which isn't there would show nothing."""
        for (guide, language), draft in found.texts.items():
            for code in dict.fromkeys(block.place for block in draft.blocks if block.place):
                if code not in self.codes[PLACES]:
                    file = f"{language}/{guide}.txt"
                    line = self.line_of(file, code, rf"---\s.*place={re.escape(code)}(\s|$)")
                    self.wrong(
                        file, f"names the place “{code}”, which {PLACES} hasn't; add it.", line
                    )

    def line_of(self, file: str, what: str, pattern: str) -> int:
        """The first line that is such; 1 where none is."""
        lines: Iterable[tuple[int, str]] = enumerate(self.lines[file], start=1)
        return next((number for number, line in lines if re.match(pattern, line)), 1)
