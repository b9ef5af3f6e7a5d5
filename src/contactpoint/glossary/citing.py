"""How a concept is cited: as a sentence, and as an entry for a bibliography."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contactpoint.glossary.models import SchemeVersion
from contactpoint.glossary.scheme import concept_address
from contactpoint.kit.citing import babel_name, in_tex
from contactpoint.kit.days import in_words


@dataclass(frozen=True, slots=True)
class Citation:
    """What a reader copies."""

    address: str
    sentence: str
    bibtex: str


def cite(slug: str, label: str) -> Citation:
    """The citation in the active language, of the newest version. One query."""
    newest = SchemeVersion.objects.values_list("number", "published_on").first()
    number, day = newest or ("", None)
    address = concept_address(slug)
    glossary = _("Asylum and migration glossary")
    edition = _("version %(number)s") % {"number": number} if number else ""
    year = str(day.year) if day else _("n.d.")
    parts = [glossary, *([edition] if edition else []), *([in_words(day)] if day else [])]
    return Citation(
        address,
        f"{settings.SITE_NAME}. ({year}). {label}. {', '.join(parts)}. {address}",
        _bibtex(slug, label, glossary, number, day),
    )


def _bibtex(slug: str, label: str, glossary: str, number: str, day: datetime.date | None) -> str:
    fields = {
        "author": f"{{{in_tex(settings.SITE_NAME)}}}",
        "title": f"{{{in_tex(label)}}}",
        "howpublished": in_tex(glossary),
        "version": in_tex(number),
        "year": str(day.year) if day else "",
        "date": day.isoformat() if day else "",
        "url": concept_address(slug),
        "langid": babel_name(get_language() or ""),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{slug},\n" + ",\n".join(lines) + "\n}"
