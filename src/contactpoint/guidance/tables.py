"""What the tables of a folder may say: `guides.toml`, `places.toml`, words of places."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError

from contactpoint.guidance import opening
from contactpoint.guidance.models import Place, code_of_address
from contactpoint.guidance.pictograms import names
from contactpoint.guidance.there import There
from contactpoint.guidance.toml_lines import Row, TomlFile

Check = Callable[[Any], bool]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1000


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


_TEXT: Final = (_is_text, "a text between quotation marks")
_YES: Final = (lambda value: isinstance(value, bool), "true or false")
_TEXTS: Final = (_are_texts, 'a list of texts, such as ["en", "ar"]')
_DEGREES: Final = (_is_text, 'degrees between quotation marks, such as "50.84660"')
_HOURS: Final = (
    lambda value: isinstance(value, list) and all(isinstance(row, dict) for row in value),
    'a list, such as [{ days = "mo-fr", opens = "09:00", closes = "17:00" }]',
)
Kinds = Mapping[str, tuple[Check, str]]
THEME: Final[Kinds] = {"code": _TEXT, "icon": _TEXT}
GUIDE: Final[Kinds] = {
    "code": _TEXT, "theme": _TEXT, "icon": _TEXT, "step": (_is_number, "a number from 1"),
    "core": _YES, "concepts": _TEXTS, "subjects": _TEXTS,
}  # fmt: skip
PLACE: Final[Kinds] = {
    "code": _TEXT, "kind": _TEXT, "phone": _TEXT, "free": _YES, "example": _YES,
    "always_open": _YES, "hours": _HOURS, "languages": _TEXTS, "interpreter": _YES,
    "email": _TEXT, "website": _TEXT, "latitude": _DEGREES, "longitude": _DEGREES,
}  # fmt: skip
WORDS_OF_PLACE: Final[Kinds] = {"name": _TEXT, "address": _TEXT, "note": _TEXT}
NEEDED: Final = {"themes": ("icon",), "guides": ("theme", "icon"), "places": ("kind",)}
COLUMNS: Final = ("phone", "email", "website", "latitude", "longitude")
"""Keys of a place that are columns, held against the rules of the form."""


def codes(file: TomlFile, name: str) -> set[str]:
    """What the rows of a list are called, well made or not."""
    return {str(row.values.get("code")) for row in file.rows(name)}


def themes(file: TomlFile) -> list[Row]:
    """The themes of `guides.toml`."""
    file.only("themes", "guides")
    return [row for row in _rows(file, "themes", THEME) if _has_pictogram(file, row)]


def guides(file: TomlFile) -> list[Row]:
    """Its guides; no two are the same step."""
    found = [row for row in _rows(file, "guides", GUIDE) if _has_pictogram(file, row)]
    steps: dict[int, str] = {}
    for row in found:
        step = row.values.get("step")
        if step in steps:
            file.wrong(
                row.line_of("step"), f"step {step} is “{steps[step]}” too; give one another number."
            )
        elif step is not None:
            steps[step] = row.values["code"]
    return found


def places(file: TomlFile) -> list[Row]:
    """The places of `places.toml`."""
    file.only("places")
    found = list(_rows(file, "places", PLACE))
    for row in found:
        code = row.values["code"]
        if row.values["kind"] not in Place.Kind.values:
            file.wrong(
                row.line_of("kind"),
                f"“{code}” is of no known kind; use one of {', '.join(Place.Kind.values)}.",
            )
        for key in COLUMNS:
            if key in row.values:
                _check_column(file, row, key)
        for one in row.values.get("hours", []):
            if said := opening.problem(one):
                file.wrong(row.line_of("hours"), f"hours of “{code}”: {said}")
    return found


def words_of_places(file: TomlFile, known: Collection[str]) -> dict[str, dict[str, str]]:
    """Names, addresses and notes in a language, by place."""
    found = {}
    for code, row in file.tables().items():
        if code not in known:
            file.wrong(row.line, f"[{code}] is no place of places.toml; add it there, or rename.")
        else:
            _check_keys(file, code, row, WORDS_OF_PLACE)
            found[code] = row.values
    return found


def check_links(file: TomlFile, there: There) -> None:
    """What guides lead to is in the file or on the site."""
    known = {str(row.values.get("code")) for row in file.rows("themes")} | there.themes
    for row in file.rows("guides"):
        given = row.values
        code, theme, step = given.get("code"), given.get("theme"), given.get("step")
        if isinstance(theme, str) and theme not in known:
            file.wrong(
                row.line_of("theme"),
                f"“{code}” is in the theme “{theme}”, which isn't here; add it.",
            )
        taken = there.steps.get(step, code) if isinstance(step, int) else code
        if taken != code:
            file.wrong(
                row.line_of("step"),
                f"step {step} is “{taken}” on this site; give “{code}” another number, or change "
                "that guide first.",
            )
        for key, all_of_site, called in (
            ("concepts", there.concepts, "the glossary has no concept"),
            ("subjects", there.subjects, "the site has no theme"),
        ):
            for one in given.get(key, []) if all_of_site is not None else []:
                if one not in (all_of_site or ()):
                    file.wrong(row.line_of(key), f"{called} “{one}”; leave it out of “{code}”.")


def _rows(file: TomlFile, name: str, kinds: Kinds) -> Iterator[Row]:
    """Rows that are well made, each with a code of its own."""
    codes: set[str] = set()
    for row in file.rows(name):
        code = row.values.get("code")
        if not isinstance(code, str) or not code or code in codes:
            file.wrong(
                row.line_of("code"),
                f"each of [[{name}]] needs a code of its own; “{code or ''}” is none.",
            )
            continue
        codes.add(code)
        _check_keys(file, code, row, kinds)
        missing = [key for key in NEEDED[name] if key not in row.values]
        if missing:
            file.wrong(row.line, f"“{code}” lacks {', '.join(missing)}; add it under this line.")
        elif _is_code(file, row, name):
            yield row


def _check_keys(file: TomlFile, code: str, row: Row, kinds: Kinds) -> None:
    """Every key is read by somebody, and is what it has to be; others are taken out, so that what
    follows may rely on it."""
    good = {}
    for key, value in row.values.items():
        if key not in kinds:
            file.wrong(row.line_of(key), f"“{code}” has {key}, which nobody reads.")
        elif not kinds[key][0](value):
            file.wrong(row.line_of(key), f"{key} of “{code}” has to be {kinds[key][1]}.")
        else:
            good[key] = value
    row.values = good


def _is_code(file: TomlFile, row: Row, name: str) -> bool:
    column = Place._meta.get_field("code")
    check = column.run_validators if name == "places" else code_of_address
    try:
        check(row.values["code"])
    except ValidationError as wrong:
        file.wrong(row.line_of("code"), f"“{row.values['code']}”: {' '.join(wrong.messages)}")
        return False
    return True


def _has_pictogram(file: TomlFile, row: Row) -> bool:
    icon = row.values["icon"]
    if icon in names():
        return True
    file.wrong(row.line_of("icon"), f"“{icon}” is no pictogram; use one of {', '.join(names())}.")
    return False


def _check_column(file: TomlFile, row: Row, key: str) -> None:
    try:
        column: Any = Place._meta.get_field(key)
        column.clean(row.values[key], None)
    except ValidationError as wrong:
        said = " ".join(wrong.messages)
        file.wrong(row.line_of(key), f"{key} of “{row.values['code']}”: {said}")
