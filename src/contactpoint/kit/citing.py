"""How something of ours is cited: as a sentence, in BibTeX, in RIS and in CSL-JSON.

`Cited` gathers what every form needs, in the reader's language; names of people are those that the
editor wrote, institutions stand behind them.
"""

import datetime
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal
from unicodedata import bidirectional
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

_SPECIAL: Final = re.compile(r"[\\{}%&#_$~^]")
_NAMES: Final = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
"""BibTeX counts braces whether a backslash stands before them or not, so none is left alone."""
_SPACES: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_BABEL: Final = {
    "ar": "arabic", "de": "german", "en": "english", "es": "spanish", "fa": "persian",
    "fr": "french", "it": "italian", "nl": "dutch", "pt": "portuguese", "ru": "russian",
    "sq": "albanian", "tr": "turkish", "uk": "ukrainian",
}  # fmt: skip
_NO_KEY: Final = re.compile(r"[^A-Za-z0-9:_-]+")
_AND: Final = re.compile(r"\band\b", re.IGNORECASE)
_LATER: Final = "others"
_IN_DOI: Final = "/-._;():"
_IN_ADDRESS: Final = "/:?=&;,.-_~!$'()*+@%"
MOST_NAMED: Final = 6
"""As many authors as the sentence names; files name all."""


Form = Literal["report", "dataset", "webpage", "motion_picture"]
"""What sort of work it is, by its name in CSL."""
_RIS_FORMS: Final[dict[Form, str]] = {
    "report": "RPRT", "dataset": "DATA", "webpage": "ELEC", "motion_picture": "VIDEO",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cited:
    """A work as it is cited. `people` are written "Family, Given" or as one name."""

    key: str
    title: str
    kind: str
    url: str
    language: str
    people: Sequence[str] = ()
    institutions: Sequence[str] = ()
    publishers: Sequence[str] = ()
    day: datetime.date | None = None
    doi: str = ""
    series: str = ""
    form: Form = "report"
    is_month: bool = False
    """Of `day` only the month is known."""
    note: str = ""

    @property
    def authors(self) -> list[str]:
        """People, else institutions, else whoever publishes it."""
        return [*(self.people or self.institutions or self.publishers)] or [settings.SITE_NAME]

    @property
    def date(self) -> list[int]:
        """Year, month and day, as far as they are known."""
        if self.day is None:
            return []
        parts = [self.day.year, self.day.month, self.day.day]
        return parts[:2] if self.is_month else parts

    @property
    def address(self) -> str:
        """Where it is found for good."""
        return doi_address(self.doi) if self.doi else self.url


def doi_address(doi: str) -> str:
    """Where a DOI leads; what an address can't hold is encoded."""
    return f"https://doi.org/{quote(doi, safe=_IN_DOI)}"


def sentence(one: Cited) -> str:
    """As a bibliography has it: authors, year, title, kind, publisher, address."""
    year = str(one.day.year) if one.day else _("n.d.")
    names = [_line(name) for name in one.authors]
    told = "; ".join(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        told = _("%(names)s and others") % {"names": told}
    parts = [f"{told} ({year})", _isolated(_line(one.title)), _line(one.series or one.kind)]
    publishers = [name for name in one.publishers if name not in one.authors]
    if publishers:
        parts.append(_line(", ".join(publishers)))
    return " ".join([*map(_ended, parts), one.address])


def bibtex(one: Cited) -> str:
    """One `@techreport`, or for what is no report `@misc`, which all styles know; institutions are
    braced, so that nobody takes them for a family name."""
    people = [_bibtex_name(name) for name in one.people] or [
        f"{{{in_tex(name)}}}" for name in one.authors
    ]
    fields = {
        "author": " and ".join(people),
        "title": f"{{{in_tex(one.title)}}}",
        "type": in_tex(one.kind),
        "institution" if one.form == "report" else "howpublished": in_tex(
            ", ".join(one.publishers)
        ),
        "series": in_tex(one.series),
        "year": str(one.day.year) if one.day else "",
        "date": "-".join(f"{part:02}" for part in one.date),
        "doi": quote(one.doi, safe=_IN_DOI),
        "url": quote(one.url, safe=_IN_ADDRESS),
        "langid": babel_name(one.language),
        "note": in_tex(one.note),
    }
    kind = "techreport" if one.form == "report" else "misc"
    key = _NO_KEY.sub("", one.key) or "publication"
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def babel_name(language: str) -> str:
    """What biblatex calls a language in `langid`: it takes babel's names, not codes. Empty where
    we know none, as biblatex warns of each that it doesn't know."""
    return _BABEL.get(language.split("-", maxsplit=1)[0], "")


def ris(one: Cited) -> str:
    """One work, lines as RIS has them: tag, two spaces, hyphen, space."""
    lines = [
        ("TY", _RIS_FORMS[one.form]),
        *(("AU", name) for name in one.authors),
        ("TI", one.title),
        ("M3", one.kind),
        ("PB", ", ".join(one.publishers)),
        ("T3", one.series),
        ("PY", str(one.day.year) if one.day else ""),
        ("DA", "/".join(f"{part:02}" for part in one.date) + "/" * (len(one.date) == 2)),
        ("DO", one.doi),
        ("UR", one.url),
        ("LA", one.language),
        ("N1", one.note),
    ]
    told = [f"{tag}  - {_line(value)}" for tag, value in lines if value]
    return "\r\n".join([*told, "ER  - ", ""])


def csl(one: Cited) -> str:
    """A list of one item of CSL-JSON."""
    item: dict[str, Any] = {
        "id": one.key,
        "type": one.form,
        "title": _line(one.title),
        "genre": one.kind,
        "author": [_csl_name(name) for name in one.people]
        or [{"literal": name} for name in one.authors],
        "publisher": ", ".join(one.publishers),
        "collection-title": one.series,
        "issued": {"date-parts": [one.date]} if one.date else None,
        "DOI": one.doi,
        "URL": one.url,
        "language": one.language,
        "note": _line(one.note),
    }
    kept = {name: value for name, value in item.items() if value}
    return json.dumps([kept], ensure_ascii=False, indent=1) + "\n"


def _csl_name(name: str) -> dict[str, str]:
    family, comma, given = name.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma else {"literal": name}


def _line(text: str) -> str:
    """On one line, without signs that nobody sees."""
    return _SPACES.sub(" ", text).strip()


def _ended(part: str) -> str:
    """With a full stop, where no other sign ends it."""
    return part if part.rstrip("\u2069").endswith(("?", "!", "…")) else f"{part.rstrip('.')}."


def _isolated(text: str) -> str:
    """A text that runs from right to left keeps its full stop and its neighbours in place."""
    is_turned = any(bidirectional(sign) in ("R", "AL") for sign in text)
    return f"\u2068{text}\u2069" if is_turned else text


def in_tex(text: str) -> str:
    """As BibTeX and TeX read it, on one line."""
    return _SPECIAL.sub(lambda match: _NAMES.get(match[0], f"\\{match[0]}"), _line(text))


def _bibtex_name(name: str) -> str:
    """Braced where BibTeX would make two people of it, or no person at all."""
    escaped = in_tex(name)
    is_misread = _AND.search(name) or name.count(",") > 1 or name.lower() == _LATER
    return f"{{{escaped}}}" if is_misread else escaped


FORMATS: Final[dict[str, tuple[str, Callable[[Cited], str]]]] = {
    "bib": ("application/x-bibtex; charset=utf-8", bibtex),
    "ris": ("application/x-research-info-systems; charset=utf-8", ris),
    "json": ("application/vnd.citationstyles.csl+json", csl),
}
"""By the end of the address: the media type, and who writes it."""


def together(form: str, works: Iterable[Cited]) -> str:
    """Many works in one file; no two have the same key."""
    seen: set[str] = set()
    ones = []
    for one in works:
        key, number = one.key, 2
        while _NO_KEY.sub("", key) in seen:
            key, number = f"{one.key}-{number}", number + 1
        seen.add(_NO_KEY.sub("", key))
        ones.append(replace(one, key=key))
    if form == "json":
        listed = [item for one in ones for item in json.loads(csl(one))]
        return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    write = FORMATS[form][1]
    return ("\n" if form == "bib" else "").join(map(write, ones))


LABELS: Final = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}
"""By the same: what readers call it."""
