"""Places of help from a folder: new ones are made, examples give way, one's own stay."""

from typing import Any, Final

from contactpoint.guidance.content import PLACES, Content
from contactpoint.guidance.models import Place
from contactpoint.guidance.report import Report

WORDS: Final = {"names": "name", "addresses": "address", "notes": "note"}
_KEPT: Final = ("kind", "phone", "email", "website", "latitude", "longitude", "always_open",
                "hours", "languages", "interpreter")  # fmt: skip


def load_places(found: Content, report: Report, *, replace: bool) -> None:
    """Of places that are there the words in languages that they lack; more where one was an
    example and is none in the folder, or where the folder is to win."""
    there = {place.code: place for place in Place.objects.all()}
    for order, row in enumerate(found.places):
        code, line = row["code"], f"{PLACES}: {row['code']}"
        said = _words(found, code)
        columns = _columns(row)
        place = there.pop(code, None)
        if place is None:
            Place.objects.create(code=code, sort_order=order, **columns, **said)
            report.made.append(line)
        elif not _differs(place, columns | said):
            report.same += 1
        elif replace or (place.is_example and not columns["is_example"]):
            _write(place, columns | said)
            report.changed.append(line)
        elif place.is_example == columns["is_example"]:
            _complete(place, columns, said, line, report)
        else:
            report.kept.append(line)
    for code, place in there.items():
        if said := {name: words for name, words in _words(found, code).items() if words}:
            _complete(place, {}, said, f"{PLACES}: {code}", report)


def _words(found: Content, code: str) -> dict[str, dict[str, str]]:
    return {
        column: {
            language: words[code][part]
            for language, words in found.place_words.items()
            if words.get(code, {}).get(part)
        }
        for column, part in WORDS.items()
    }


def _columns(row: dict[str, Any]) -> dict[str, Any]:
    """The columns of a place, from its row in the file; what it doesn't say is as in a new one."""
    blank = Place()
    told = {name: row.get(name, getattr(blank, name)) for name in _KEPT}
    for name in ("latitude", "longitude"):
        column: Any = Place._meta.get_field(name)
        told[name] = column.clean(told[name], None) if told[name] is not None else None
    return told | {"is_free": row.get("free", False), "is_example": row.get("example", False)}


def _differs(place: Place, wanted: dict[str, Any]) -> bool:
    return any(getattr(place, name) != value for name, value in wanted.items())


def _write(place: Place, wanted: dict[str, Any]) -> None:
    for name, value in wanted.items():
        setattr(place, name, value)
    place.save()


def _complete(
    place: Place, columns: dict[str, Any], said: dict[str, Any], line: str, report: Report
) -> None:
    """What it has stays; it gets its words in further languages."""
    more = {name: words | getattr(place, name) for name, words in said.items()}
    is_other = _differs(place, columns) or any(
        more[name][language] != text
        for name, words in said.items()
        for language, text in words.items()
    )
    if _differs(place, more):
        _write(place, more)
        report.changed.append(f"{line} (more languages)")
    elif not is_other:
        report.same += 1
    if is_other:
        report.kept.append(line)
