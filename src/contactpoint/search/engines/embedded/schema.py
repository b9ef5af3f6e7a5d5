"""How a document is kept in tantivy: which fields, and what stands in them.

Texts are split at spaces only. A key also stands in six numbers of eight bytes each, and its
languages in one, because a column of numbers is read for a hundred hits at once, and a stored
document one by one. `newest` and `oldest` hold day and key as a string that sorts as the contract
says. An index with other fields, or another `LAYOUT`, is none of ours.
"""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

import tantivy

from contactpoint.search.analysis import LANGUAGES
from contactpoint.search.documents import FACETS, Prepared
from contactpoint.search.engines.base import EngineError
from contactpoint.search.engines.queries import LONGEST, PHRASED, TEXTS

LAYOUT: Final = "layout_1"
"""A field in which every document has the token `1`: the version of all that this module does."""

_SPACES: Final = "spaces"
_KEY_PARTS: Final = tuple(f"key_{number}" for number in range(6))
_PACKED: Final = 8 * len(_KEY_PARTS)
_ELSEWHERE: Final = 2**64 - 1  # no text in UTF-8 begins with such a byte
_TOO_LONG: Final = re.compile(rf"([^ \n]{{{LONGEST}}})[^ \n]+")
_BITS: Final = {language: 1 << bit for bit, language in enumerate(LANGUAGES)}
_KNOWN: Final = frozenset(TEXTS)
_UNDATED: Final = 9_999_999
_ORDER_DAY: Final = len(str(_UNDATED))


def _built() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in TEXTS:
        kept = "position" if name in PHRASED else "freq"
        builder.add_text_field(name, tokenizer_name=_SPACES, index_option=kept)
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("newest", "oldest"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic", stored=True)
    for name in (*_KEY_PARTS, "languages"):
        builder.add_unsigned_field(name, fast=True)
    for name in ("day", "until"):
        builder.add_integer_field(name, fast=True, indexed=True)
    builder.add_bytes_field("stored", stored=True)
    builder.add_text_field(LAYOUT, tokenizer_name="raw", index_option="basic")
    return builder.build()


SCHEMA: Final = _built()


def opened(path: str) -> tantivy.Index:
    """The index in a folder, made where there is none; `ValueError` where it is none of ours."""
    index = tantivy.Index(SCHEMA, path)
    index.register_tokenizer(
        _SPACES, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    )
    # No thread that watches: it would not live through a fork, and a look at a file's time is free.
    index.config_reader(reload_policy="manual")
    return index


def written(document: Prepared) -> tantivy.Document:
    """What tantivy is given; `EngineError` for a field or language that no index has."""
    made = tantivy.Document()
    for name, text in document.texts.items():
        if name not in _KNOWN:
            raise EngineError(f"{document.key}: there is no text field {name!r}.")
        if _may_be_too_long(text):
            text = _TOO_LONG.sub(r"\1", text)  # noqa: PLW2901 — the same text, cut
        if name in PHRASED:
            for line in text.split("\n"):
                made.add_text(name, line)
        else:
            made.add_text(name, text)
    for name, values in document.facets.items():
        if name not in FACETS:
            raise EngineError(f"{document.key}: there is no facet {name!r}.")
        for value in dict.fromkeys(values):
            made.add_text(name, value)
    made.add_text("key", document.key)
    for part, number in zip(_KEY_PARTS, _packed(document.key), strict=True):
        made.add_unsigned(part, number)
    made.add_unsigned("languages", _mask(document))
    day = document.day
    newest, oldest = (_UNDATED, _UNDATED) if day is None else (date.max.toordinal() - day, day)
    made.add_text("newest", f"{newest:0{_ORDER_DAY}}{document.key}")
    made.add_text("oldest", f"{oldest:0{_ORDER_DAY}}{document.key}")
    if day is not None:
        made.add_integer("day", day)
    if document.until is not None:
        made.add_integer("until", document.until)
    stored = json.dumps(document.stored, ensure_ascii=False, separators=(",", ":"))
    made.add_bytes("stored", stored.encode())
    made.add_text(LAYOUT, "1")
    return made


def _may_be_too_long(text: str) -> bool:
    """Whether any stretch of half the length of a token that is too long has no space in it.

    Looking at each word takes longer than all else that is done to a document.
    """
    half = LONGEST // 2
    return any(" " not in text[at : at + half] for at in range(0, len(text) - half + 1, half))


def _packed(key: str) -> Iterable[int]:
    raw = key.encode()
    if len(raw) > _PACKED or raw.endswith(b"\0"):
        return (_ELSEWHERE, *[0] * (len(_KEY_PARTS) - 1))
    raw = raw.ljust(_PACKED, b"\0")
    return (int.from_bytes(raw[start : start + 8], "big") for start in range(0, _PACKED, 8))


def _mask(document: Prepared) -> int:
    try:
        return sum(_BITS[language] for language in set(document.languages))
    except KeyError as problem:
        raise EngineError(f"{document.key}: no language {problem} is searched.") from None


def key_in_order(order: str) -> str:
    """The key in a value of `newest` or `oldest`."""
    return order[_ORDER_DAY:]


def keys_at(searcher: tantivy.Searcher, places: Sequence[tantivy.DocAddress]) -> list[str]:
    """The keys of documents."""
    columns = [_numbers(searcher, part, places) for part in _KEY_PARTS]
    keys = []
    for place, first, *others in zip(places, *columns, strict=True):
        if first == _ELSEWHERE:
            keys.append(searcher.doc(place).get_first("key") or "")
        else:
            raw = b"".join(number.to_bytes(8, "big") for number in (first, *others))
            keys.append(raw.rstrip(b"\0").decode())
    return keys


def days_at(searcher: tantivy.Searcher, places: Sequence[tantivy.DocAddress]) -> list[int | None]:
    """The days of documents."""
    return _numbers(searcher, "day", places)


def languages_at(
    searcher: tantivy.Searcher, places: Sequence[tantivy.DocAddress]
) -> list[frozenset[str]]:
    """The languages of documents."""
    return [_unmasked(mask) for mask in _numbers(searcher, "languages", places)]


def stored_at(searcher: tantivy.Searcher, place: tantivy.DocAddress) -> dict[str, Any]:
    """What was stored with a document."""
    return json.loads(searcher.doc(place).get_first("stored") or b"{}")


def _numbers(
    searcher: tantivy.Searcher, name: str, places: Sequence[tantivy.DocAddress]
) -> list[Any]:
    return searcher.fast_field_values(name, list(places))


@lru_cache(maxsize=10_000)
def _unmasked(mask: int) -> frozenset[str]:
    return frozenset(language for language, bit in _BITS.items() if mask & bit)
