"""The words around the texts: headings, buttons, notes; one file a language, read once.

They are data and no gettext catalogue, because the languages of applicants are not those of the
site, and because an offline pack or a printed sheet needs them all at once.
"""

import tomllib
from functools import cache
from string import Formatter
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from contactpoint.guidance.languages import WORDS


class Wording(dict[str, str]):
    """Words by key; a key that isn't there is an error, never an empty place on a page."""

    def html(self, key: str, **values: Any) -> SafeString:
        """The words with each value set apart, so that digits and names keep their direction."""
        isolated = {name: format_html("<bdi>{}</bdi>", value) for name, value in values.items()}
        return mark_safe(str(conditional_escape(self[key])).format(**isolated))  # noqa: S308 — both are escaped

    def text(self, key: str, **values: Any) -> str:
        """The same for a place that takes no markup; values stand between isolating signs."""
        return self[key].format(
            **{name: f"\u2068{value}\u2069" for name, value in values.items()},
        )


@cache
def words(language: str) -> Wording:
    """The words of a language; its file has to be there."""
    with (WORDS / f"{language}.toml").open("rb") as file:
        return Wording(tomllib.load(file))


def placeholders(text: str) -> set[str]:
    """The names in braces; a `ValueError` where a brace stands alone."""
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}
