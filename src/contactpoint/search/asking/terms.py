"""Which terms of the index a word can be."""

from functools import lru_cache
from typing import Final

from contactpoint.search.asking import weights
from contactpoint.search.asking.small_words import telling_forms
from contactpoint.search.engines.queries import Term

FIELDS: Final = (("title", weights.TITLE), ("text", weights.TEXT), ("files", weights.FILES))


@lru_cache(maxsize=4096)
def terms_of(
    word: str, names: tuple[str, ...], texts: tuple[str, ...], written_in: tuple[str, ...]
) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    """By language, every term that a word can be in the index: in titles of all `names`, in texts
    and files of `texts`."""
    return tuple(
        (
            language,
            tuple(
                Term(f"{part}_{language}", form, boost)
                for form in telling_forms(word, language, written_in)
                for part, boost in (FIELDS if language in texts else FIELDS[:1])
            ),
        )
        for language in names
    )
