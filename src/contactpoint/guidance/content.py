"""A folder of guidance: themes, guides, places, and a folder of texts for each language.

    guides.toml            [[themes]] and [[guides]] in their order
    places.toml            [[places]]
    en/<guide>.txt         the words of a guide (texts.reading says how)
    en/places.toml         names, addresses and notes of places

Everything is read and checked before anything is written; mistakes are told together.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from contactpoint.guidance import opening
from contactpoint.guidance.languages import SOURCE, languages
from contactpoint.guidance.texts.reading import Draft, Problem, ReadingError, read

GUIDE: Final = {"code", "theme", "step", "icon", "core"}
PLACE: Final = {
    "code", "kind", "phone", "free", "example", "always_open", "hours", "languages", "interpreter",
    "email", "website", "latitude", "longitude",
}  # fmt: skip
WORDS_OF_PLACE: Final = {"name", "address", "note"}


@dataclass(slots=True)
class Content:
    """What a folder says. `texts` by guide and language, `place_words` by language and place."""

    themes: list[dict[str, Any]] = field(default_factory=list)
    guides: list[dict[str, Any]] = field(default_factory=list)
    places: list[dict[str, Any]] = field(default_factory=list)
    texts: dict[tuple[str, str], Draft] = field(default_factory=dict)
    place_words: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)


def content(folder: Path) -> Content:
    """All of a folder; a `ReadingError` names each file and line that has to be mended."""
    return _Folder(folder).read()


class _Folder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def read(self) -> Content:
        guides = self.toml("guides.toml")
        found = Content(
            themes=self.rows(guides, "guides.toml", "themes", {"code", "icon"}),
            guides=self.rows(guides, "guides.toml", "guides", GUIDE),
            places=self.rows(self.toml("places.toml"), "places.toml", "places", PLACE),
        )
        self.check_hours(found.places)
        for language in languages():
            if (self.folder / language).is_dir():
                self.language(language, found)
        self.check_ids(found)
        if self.problems:
            raise ReadingError(self.problems)
        return found

    def wrong(self, file: str, said: str, line: int = 1) -> None:
        self.problems.append(Problem(file, line, said))

    def toml(self, name: str) -> dict[str, Any]:
        """A file of the folder; nothing where it is not there."""
        path = self.folder / name
        if not path.exists():
            return {}
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            self.wrong(name, f"can't be read: {problem}.")
            return {}

    def rows(
        self, content: dict[str, Any], file: str, name: str, known: Iterable[str]
    ) -> list[dict[str, Any]]:
        """The rows of a list, each with a code of its own and no key that nobody reads."""
        codes: set[str] = set()
        for row in content.get(name, []):
            code = str(row.get("code", ""))
            if not code or code in codes:
                self.wrong(file, f"each of [[{name}]] needs a code of its own; “{code}” is none.")
            if unknown := row.keys() - set(known):
                self.wrong(file, f"“{code}” has {', '.join(sorted(unknown))}, which nobody reads.")
            codes.add(code)
        return list(content.get(name, []))

    def check_hours(self, places: list[dict[str, Any]]) -> None:
        for place in places:
            for row in place.get("hours", []):
                if said := opening.problem(row):
                    self.wrong("places.toml", f"hours of “{place.get('code')}”: {said}")

    def language(self, language: str, found: Content) -> None:
        codes = {guide["code"] for guide in found.guides if "code" in guide}
        for path in sorted((self.folder / language).glob("*.txt")):
            name = f"{language}/{path.name}"
            if path.stem not in codes:
                self.wrong(name, f"guides.toml has no guide “{path.stem}”; add it or rename this.")
                continue
            try:
                found.texts[path.stem, language] = read(path.read_text(encoding="utf-8-sig"), name)
            except ReadingError as wrong:
                self.problems += wrong.problems
            except UnicodeDecodeError:
                self.wrong(name, "is not UTF-8; save it as such.")
        words = self.toml(f"{language}/places.toml")
        places = {place.get("code") for place in found.places}
        for code, row in words.items():
            if code not in places or row.keys() - WORDS_OF_PLACE:
                self.wrong(
                    f"{language}/places.toml",
                    f"[{code}] is no place, or has more than name, address and note.",
                )
        found.place_words[language] = words

    def check_ids(self, found: Content) -> None:
        """A translation has the blocks of its source, in their order: a slip is caught here."""
        for (guide, language), draft in found.texts.items():
            source = found.texts.get((guide, SOURCE))
            if language == SOURCE or source is None:
                continue
            expected = [block.id for block in source.blocks if block.text]
            ids = [block.id for block in draft.blocks if block.text]
            file = f"{language}/{guide}.txt"
            if missing := [id_ for id_ in expected if id_ not in ids]:
                self.wrong(file, f"lacks {', '.join(missing)}, which {SOURCE}/{guide}.txt has.")
            if more := [id_ for id_ in ids if id_ not in expected]:
                self.wrong(file, f"has {', '.join(more)}, which {SOURCE}/{guide}.txt hasn't.")
