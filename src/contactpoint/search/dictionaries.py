"""Words that dictionaries have, whether or not a text of ours has them.

They are read when they are first needed: some tenths of a second and 4 MB a language.
"""

from functools import lru_cache
from typing import Final

from simplemma.strategies import DictionaryLookupStrategy
from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

LANGUAGES: Final = ("en", "fr", "nl", "de")

_dictionaries: Final = DictionaryLookupStrategy(LOW_MEMORY_DICTIONARY_FACTORY)


@lru_cache(maxsize=4096)
def is_word(word: str, language: str) -> bool:
    """Whether the dictionary of a language has the word just as it is written here."""
    return _dictionaries.is_dictionary_member(word, language)
