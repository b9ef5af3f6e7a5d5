"""Words that only hold sentences together, each in its language.

`war` is small in German and Dutch and the matter itself in English. So a word is left out of a
question where it is small in a language in which the question is written, and it finds no text of
a language in which it, or a word with its stem, is small: English `son` no French *son*, English
`war` no Dutch *waar*.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from contactpoint.search.analysis import forms
from contactpoint.vocabulary import fold
from contactpoint.vocabulary.language import function_words

_FILE: Final = Path(__file__).parent.parent / "data" / "empty_words.txt"


def _empty_words() -> Mapping[str, frozenset[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    language = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            language = line.strip("[]")
        elif language:
            found[language] += line.split()
    return {language: frozenset(words) for language, words in found.items()}


EMPTY: Final = _empty_words()
"""Words of the portal's languages that say nothing by themselves, in folded form."""


@cache
def _small(language: str) -> frozenset[str]:
    words = {fold(word) for word, spoken in function_words().items() if language in spoken}
    return EMPTY.get(language, frozenset()) | words


def is_small(word: str, languages: Iterable[str]) -> bool:
    """Whether a folded word only holds sentences together in any of the languages."""
    return any(word in _small(language) for language in languages)


@cache
def small_forms(language: str) -> frozenset[str]:
    """As what the small words of a language stand in its texts."""
    return frozenset(form for word in _small(language) for form in forms(word, language))


def telling_forms(word: str, language: str, written_in: Iterable[str]) -> tuple[str, ...]:
    """As what a word of a question stands in texts of `language`, where it says something there.

    The languages in which the question is written have been asked for their small words already.
    """
    found = forms(word, language)
    if language in written_in:
        return found
    small = small_forms(language)
    return found if small.isdisjoint(found) else tuple(one for one in found if one not in small)
