"""What readers call the values of facets, in their language, with few queries."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from babel import Locale
from django.conf import settings
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from contactpoint.consultations.models import Instrument
from contactpoint.glossary.lexicon import Lexicon, lexicon
from contactpoint.glossary.naming import Named, ThemeNode, flat, label_in, theme_tree
from contactpoint.network.models import Country, Institution
from contactpoint.outputs.entries import KIND_LABELS, TYPE_LABELS
from contactpoint.outputs.filters import LABELS
from contactpoint.outputs.models import Family
from contactpoint.search.meanings import BESIDE, meanings

KINDS: Final[Mapping[str, Any]] = {
    **KIND_LABELS,
    "concept": _("Glossary term"),
    "theme": _("Theme"),
    **dict(Family.Form.choices),
    "statistics": _("Statistics"),
    "consultation": _("Consultation"),
    "guidance": _("Guidance for applicants"),
    "page": _("Page"),
}
UNTOLD: Final = frozenset({"theme", *Family.Form.values, "guidance", "page"})
"""Kinds of which nobody is told by mail: whoever asks for these alone is not offered it."""
TYPES: Final[Mapping[str, Any]] = {**dict(Instrument.Kind.choices), **TYPE_LABELS}
"""Of consultations and of publications; a publication keeps its own name for what both have."""
PARAMETERS: Final[Mapping[str, Any]] = {
    **LABELS,
    "language": _("Language"),
    "from": _("From"),
    "to": _("Until"),
    "sort": _("Order"),
    "off": _("Concept"),
    "narrower": _("Narrower terms"),
    "in": _("Languages searched"),
}
_ROWS: Final = ("institution", "country")


class Names:
    """Names for one reader. Themes and concepts cost one query each, made when they are needed;
    institutions and countries are learnt beforehand, all of them in one."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._tree: list[ThemeNode] | None = None
        self._themes: dict[str, Named] = {}
        self._lexicon: Lexicon | None = None
        self._learnt: dict[tuple[str, str], str] = {}

    @property
    def tree(self) -> list[ThemeNode]:
        """All themes in their order."""
        if self._tree is None:
            self._tree = theme_tree(self.language)
            self._themes = {node.theme.slug: node.theme for node in flat(self._tree)}
        return self._tree

    @property
    def words(self) -> Lexicon:
        """The glossary as it is now."""
        if self._lexicon is None:
            self._lexicon = lexicon()
        return self._lexicon

    def theme(self, slug: str) -> Named | None:
        """A theme as templates show it."""
        return self._themes.get(slug) if self.tree else None

    def learn(self, values: Iterable[tuple[str, str]]) -> None:
        """Look up institutions and countries among facets with values; the rest is passed over."""
        new = {one for one in values if one[0] in _ROWS} - self._learnt.keys()
        slugs, codes = ([value for name, value in new if name == wanted] for wanted in _ROWS)
        rows: list[QuerySet[Any, Any]] = []
        if slugs:
            rows.append(_named(Institution, "institution", "slug", slugs, self.language))
        if codes:
            rows.append(_named(Country, "country", "code", codes, self.language))
        if rows:
            for name, value, label in rows[0].union(*rows[1:]):
                self._learnt[name, value] = label

    def knows(self, facet: str, value: str) -> bool:
        """Whether there is such a value; it need not be in use."""
        if facet in _ROWS:
            return (facet, value) in self._learnt
        if facet == "year":
            return len(value) == 4 and value.isascii() and value.isdecimal()
        if facet == "theme":
            return self.theme(value) is not None
        if facet == "concept":
            return value in self.words.concepts
        if facet == "language":
            return value in known_languages()
        return value in (KINDS if facet == "kind" else TYPES)

    def recognises(self, token: str) -> bool:
        """Whether a question may be understood to mean it: a concept by its slug, what is none of
        the glossary with its scheme before it. One query for those."""
        scheme, is_other, slug = token.rpartition("/")
        if not is_other:
            return self.knows("concept", token)
        return scheme in BESIDE and slug in meanings().schemes[scheme].concepts

    def label(self, facet: str, value: str) -> str:
        """What readers call it; the value itself where nobody knows."""
        if facet in _ROWS:
            return self._learnt.get((facet, value), value)
        if facet == "theme":
            theme = self.theme(value)
            return theme.label if theme else value
        if facet == "concept":
            is_known = value in self.words.concepts
            return self.words.term(value, self.language).label if is_known else value
        if facet == "language":
            return self.spoken(value)
        if facet in ("kind", "type"):
            return str((KINDS if facet == "kind" else TYPES).get(value, value))
        return value

    def spoken(self, code: str) -> str:
        """The name of a language, as a line of its own begins."""
        name = str(Locale.parse(self.language).languages.get(code, code))
        return name[:1].upper() + name[1:]


def known_languages() -> dict[str, str]:
    """Of texts: the site's, and those that only guidance has."""
    return {**dict(settings.GUIDANCE_LANGUAGES), **dict(settings.LANGUAGES)}


def _named(
    model: Any, name: str, key: str, values: list[str], language: str
) -> "QuerySet[Any, Any]":
    rows = model.objects.order_by().filter(**{f"{key}__in": values})
    found: QuerySet[Any, Any] = rows.values_list(
        Value(name, output_field=TextField()),
        Cast(key, TextField()),
        label_in(language, fallback=key),
    )
    return found
