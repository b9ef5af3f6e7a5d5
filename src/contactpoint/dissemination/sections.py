"""Under which headings an issue of the newsletter tells things: by what they are, or by theme."""

from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext_lazy as _

from contactpoint.glossary.naming import flat
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.search.showing.naming import Names

COMING: Final = "coming"
CORRECTED: Final = "corrected"
HEADINGS: Final[dict[str, Any]] = {
    "kind:publication": _("Publications"),
    "kind:news-item": _("News"),
    COMING: _("Events to come"),
    "kind:consultation": _("Consultations"),
    "kind:statistics": _("Figures"),
    "kind:development": _("Law and practice"),
    "kind:video": _("Videos"),
    "kind:event": _("Past events"),
    "kind:concept": _("Glossary"),
    "kind:vacancy": _("Vacancies"),
    "kind:guidance": _("Guidance for applicants"),
    CORRECTED: _("Corrections"),
    "more": gettext_lazy("More"),
}
"""In the order in which an issue proposes them."""
THEME: Final = "theme:"


def section_choices() -> list[tuple[str, str]]:
    """All sections that there are, in the editor's language."""
    names = Names(get_language() or FALLBACK_LANGUAGE)
    themes = [(f"{THEME}{one.theme.slug}", one.theme.label) for one in flat(names.tree)]
    return [*((key, str(heading)) for key, heading in HEADINGS.items()), *themes]


def heading(about: str, names: Names) -> str:
    """The heading of a section, in the language of `names`; empty where it has none."""
    if about.startswith(THEME):
        theme = names.theme(about.removeprefix(THEME))
        return theme.label if theme else ""
    with override(names.language):
        return str(HEADINGS.get(about, ""))
