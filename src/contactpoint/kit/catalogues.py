"""Interface translations without GNU gettext: extract, update, compile and check in pure Python.

Messages are read from templates by Django's own `templatize` and from Python by Babel, so that
what is extracted is what is looked up at run time.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polib
from babel.messages.extract import extract
from django.utils.translation import templatize

KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
TYPESETTING: Final = {
    "fr": (
        (re.compile(r"(?<=«) | (?=»)"), "\N{NO-BREAK SPACE}"),
        (re.compile(r"(?<=\S) (?=:(?![\w/]))"), "\N{NO-BREAK SPACE}"),
        (re.compile(r"(?<=\S) (?=[;?!](?!\w))"), "\N{NARROW NO-BREAK SPACE}"),
    ),
    "nl": ((re.compile(r"‘([^‘’]*)’"), r"“\1”"),),
}
"""How marks of a language are set: French ones keep to their words, so that no line begins with a
colon, Dutch quotation marks are all of one kind."""
Key = tuple[str, str]  # context, message


@dataclass
class Message:
    """A message as the sources have it: where, and its plural."""

    text: str
    plural: str = ""
    context: str = ""
    places: list[tuple[str, str]] = field(default_factory=list)


def messages(package: Path) -> dict[Key, Message]:
    """Every message of the package's Python files and templates, by context and text."""
    found: dict[Key, Message] = {}
    for path, source in _sources(package):
        for line, text, _comments, context in _extracted(source):
            first, plural = (text[0], text[1]) if isinstance(text, tuple) else (text, "")
            if not first:
                continue
            message = found.setdefault(
                (context or "", first), Message(first, context=context or "")
            )
            message.plural = message.plural or plural
            message.places.append((path.relative_to(package.parent).as_posix(), str(line)))
    return dict(sorted(found.items(), key=lambda pair: (pair[0][1].lower(), pair[0])))


def _sources(package: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(package.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield path, path.read_text(encoding="utf-8")
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # Indentation is the template's and means nothing to Python's tokenizer.
            yield path, "\n".join(line.lstrip() for line in code.splitlines())


def _extracted(source: str) -> Iterable[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    return extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)


def update(catalogue: Path, found: dict[Key, Message], language: str) -> polib.POFile:
    """Bring a catalogue up to the sources: new messages come in empty, unused ones go.

    Marks are set as the language sets them (`typeset`).
    """
    old = polib.pofile(str(catalogue)) if catalogue.exists() else polib.POFile()
    by_key = {(entry.msgctxt or "", entry.msgid): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=100)
    new.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": f"nplurals=2; plural={'n > 1' if language == 'fr' else 'n != 1'};",
    }
    for key, message in found.items():
        entry = polib.POEntry(
            msgid=message.text,
            msgctxt=message.context or None,
            occurrences=sorted({(place, "") for place, _line in message.places}),
        )
        before = by_key.get(key)
        if message.plural:
            entry.msgid_plural = message.plural
            texts = (before and before.msgstr_plural) or {0: "", 1: ""}
            entry.msgstr_plural = {form: typeset(text, language) for form, text in texts.items()}
        else:
            entry.msgstr = typeset(before.msgstr, language) if before else ""
        new.append(entry)
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(catalogue))
    return new


def typeset(text: str, language: str) -> str:
    """A translation with the marks of its language and the spaces that belong to them."""
    for wrong, right in TYPESETTING.get(language, ()):
        text = wrong.sub(right, text)
    return text


def problems(catalogue: Path, found: dict[Key, Message]) -> list[str]:
    """What keeps a catalogue from being complete and right; empty where it is."""
    if not catalogue.exists():
        return [f"{catalogue}: missing; run `contactpoint translations update`."]
    entries = {
        (entry.msgctxt or "", entry.msgid): entry
        for entry in polib.pofile(str(catalogue))
        if not entry.obsolete
    }
    wrong = [f"{catalogue}: lacks {text!r}" for context, text in found.keys() - entries.keys()]
    wrong += [f"{catalogue}: unused {text!r}" for context, text in entries.keys() - found.keys()]
    language = catalogue.parent.parent.name
    for key in found.keys() & entries.keys():
        some = _entry_problems(entries[key], language)
        wrong += [f"{catalogue}: {problem}" for problem in some]
    return sorted(wrong)


def _entry_problems(entry: polib.POEntry, language: str) -> Iterator[str]:
    if entry.fuzzy or not entry.translated():
        yield f"not translated: {entry.msgid!r}"
        return
    wanted = _placeholders(entry.msgid)
    texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    for text in texts:
        extra = _placeholders(text) - wanted - _placeholders(entry.msgid_plural or "")
        lost = wanted - _placeholders(text) if not entry.msgid_plural else set()
        if extra or lost:
            yield f"placeholders differ in {entry.msgid!r}: {sorted(extra | lost)}"
        if typeset(text, language) != text:
            yield (
                f"marks or the spaces beside them are wrong in {entry.msgid!r};"
                " run `contactpoint translations update`"
            )


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s|%[sd]|\{\w*\}", text))


def compile_all(locale: Path) -> int:
    """Write the binary catalogue beside each text one where it is older; returns how many."""
    written = 0
    for source in sorted(locale.glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            partial = target.with_suffix(".partial")
            polib.pofile(str(source)).save_as_mofile(str(partial))
            partial.replace(target)
            written += 1
    return written
