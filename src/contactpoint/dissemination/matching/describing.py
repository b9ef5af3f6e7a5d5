"""A rule in words, for the page where it is followed, the mail that asks, and preferences."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from contactpoint.dissemination.matching.atoms import (
    NEWSLETTER,
    QUESTION,
    THING,
    Rule,
    value_of,
    what_of,
)
from contactpoint.dissemination.matching.questions import taken_apart
from contactpoint.search.showing.choices import Choices
from contactpoint.search.showing.naming import Names
from contactpoint.search.sources import documents


def described(rule: Rule, language: str, *, quotes: bool = True) -> str:
    """`Housing and (Belgium or France)`, in a language of the portal; a few queries. Of a thing
    that is not public any more the title is not told.

    Without `quotes` what a search asks for is not told either: in a mail to an address that nobody
    has confirmed stand only words of the portal, since anybody may send the form for anybody.
    """
    names = Names(language)
    names.learn((what_of(atom), value_of(atom)) for atom in rule.atoms)
    titles = _titles(rule, language)
    with override(language):
        groups = [
            _joined([_atom(atom, names, titles, quotes) for atom in group], is_or=True)
            for group in rule.groups
        ]
        several = [
            f"({text})" if len(group) > 1 and len(groups) > 1 else text
            for text, group in zip(groups, rule.groups, strict=True)
        ]
        return _joined(several, is_or=False)


def _joined(texts: Sequence[str], *, is_or: bool) -> str:
    sentence = _("%(one)s or %(other)s") if is_or else _("%(one)s and %(other)s")
    text = texts[0] if texts else ""
    for other in texts[1:]:
        text = sentence % {"one": text, "other": other}
    return text


def _atom(atom: str, names: Names, titles: dict[str, str], quotes: bool) -> str:
    what, value = what_of(atom), value_of(atom)
    if what == THING:
        return titles.get(value) or _("something that is not public any more")
    if what == NEWSLETTER:
        return _("Newsletter")
    if what == QUESTION and not quotes:
        return _("a search of this site")
    if what == QUESTION:
        _language, asked = taken_apart(value)
        names.learn((one.facet, one.value) for one in asked.choices)
        return Choices(asked, names, lambda _asked: "").heading()
    return _told_apart(what, value, names)


def _told_apart(what: str, value: str, names: Names) -> str:
    """A theme and a term may have one name; who follows both has to know which is which."""
    label = names.label(what, value)
    theme = names.theme(value) if what == "concept" else None
    if theme is None or label.casefold() != theme.label.casefold():
        return label
    return _("%(name)s (term)") % {"name": label}


def _titles(rule: Rule, language: str) -> dict[str, str]:
    keys = [value_of(atom) for atom in rule.atoms if what_of(atom) == THING]
    found: dict[str, str] = {}
    for document in documents(keys) if keys else ():
        by_language = {version.language: version.title for version in document.versions}
        found[document.key] = by_language.get(language) or next(iter(by_language.values()), "")
    return found
