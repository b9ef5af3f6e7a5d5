"""Alphabetical order for readers: by Unicode's collation, so that É stands with E."""

import unicodedata
from functools import cache

from pyuca import Collator


@cache
def _collator() -> Collator:
    return Collator()


def sort_key(text: str) -> tuple[int, ...]:
    """The key by which a name is sorted (Unicode Collation Algorithm, default table)."""
    return tuple(_collator().sort_key(text))


def initial(text: str) -> str:
    """The letter under which a name stands: without accents, in upper case; `#` for others."""
    base = unicodedata.normalize("NFKD", text.strip())[:1].upper()
    return base if base.isalpha() else "#"
