"""How a publication is cited: as a sentence, in BibTeX, in RIS and in CSL-JSON.

`Cited` gathers what every form needs, in the reader's language; names of people are those that the
editor wrote, institutions stand behind them.
"""

import datetime
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from contactpoint.outputs.models import OutputInstitution, Publication
from contactpoint.outputs.relations import About

_SPECIAL: Final = re.compile(r"[\\{}%&#_$~^]")
_NAMES: Final = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_ENDS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Cited:
    """A publication as it is cited. `people` are written "Family, Given" or as one name."""

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

    @property
    def authors(self) -> list[str]:
        """People, else institutions, else the portal."""
        return [*self.people] or [*self.institutions] or [settings.SITE_NAME]

    @property
    def address(self) -> str:
        """Where it is found for good."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url


def cited(page: Publication, about: About, language: str, url: str) -> Cited:
    """From a page and what is known of it; asks nothing."""
    roles = OutputInstitution.Role
    authors, publishers = (
        [one.label for one in about.institutions.get(role, ())]
        for role in (roles.AUTHOR, roles.PUBLISHER)
    )
    return Cited(
        key=page.slug,
        title=page.title,
        kind=page.get_publication_type_display(),
        url=url,
        language=language,
        people=page.author_names,
        institutions=authors,
        publishers=publishers or [settings.SITE_NAME],
        day=page.published_on,
        doi=page.doi,
        series=page.series,
    )


def sentence(one: Cited) -> str:
    """As a bibliography has it: authors, year, title, kind, publisher, address."""
    year = str(one.day.year) if one.day else _("n.d.")
    parts = [f"{'; '.join(one.authors)} ({year})", one.title, one.series or one.kind]
    publishers = [name for name in one.publishers if name not in one.authors]
    if publishers:
        parts.append(", ".join(publishers))
    return f"{'. '.join(parts)}. {one.address}"


def bibtex(one: Cited) -> str:
    """One `@techreport`; institutions are braced, so that nobody takes them for a family name."""
    people = [_escaped(name) for name in one.people] or [
        f"{{{_escaped(name)}}}" for name in one.authors
    ]
    fields = {
        "author": " and ".join(people),
        "title": f"{{{_escaped(one.title)}}}",
        "type": _escaped(one.kind),
        "institution": _escaped(", ".join(one.publishers)),
        "series": _escaped(one.series),
        "year": str(one.day.year) if one.day else "",
        "date": one.day.isoformat() if one.day else "",
        "doi": one.doi,
        "url": one.url,
        "langid": one.language,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@techreport{{{one.key},\n" + ",\n".join(lines) + "\n}\n"


def ris(one: Cited) -> str:
    """One report, lines as RIS has them: tag, two spaces, hyphen, space."""
    lines = [
        ("TY", "RPRT"),
        *(("AU", name) for name in one.authors),
        ("TI", one.title),
        ("M3", one.kind),
        ("PB", ", ".join(one.publishers)),
        ("T3", one.series),
        ("PY", str(one.day.year) if one.day else ""),
        ("DA", one.day.strftime("%Y/%m/%d") if one.day else ""),
        ("DO", one.doi),
        ("UR", one.url),
        ("LA", one.language),
    ]
    told = [f"{tag}  - {_ENDS.sub(' ', value).strip()}" for tag, value in lines if value]
    return "\r\n".join([*told, "ER  - ", ""])


def csl(one: Cited) -> str:
    """A list of one item of CSL-JSON."""
    item: dict[str, Any] = {
        "id": one.key,
        "type": "report",
        "title": one.title,
        "genre": one.kind,
        "author": [_csl_name(name) for name in one.people]
        or [{"literal": name} for name in one.authors],
        "publisher": ", ".join(one.publishers),
        "collection-title": one.series,
        "issued": {"date-parts": [[one.day.year, one.day.month, one.day.day]]} if one.day else None,
        "DOI": one.doi,
        "URL": one.url,
        "language": one.language,
    }
    kept = {name: value for name, value in item.items() if value}
    return json.dumps([kept], ensure_ascii=False, indent=1) + "\n"


def _csl_name(name: str) -> dict[str, str]:
    family, comma, given = name.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma else {"literal": name}


def _escaped(text: str) -> str:
    clean = _ENDS.sub(" ", text)
    return _SPECIAL.sub(lambda match: _NAMES.get(match[0], f"\\{match[0]}"), clean)


FORMATS: Final[dict[str, tuple[str, Callable[[Cited], str]]]] = {
    "bib": ("application/x-bibtex; charset=utf-8", bibtex),
    "ris": ("application/x-research-info-systems; charset=utf-8", ris),
    "json": ("application/vnd.citationstyles.csl+json", csl),
}
"""By the end of the address: the media type, and who writes it."""
