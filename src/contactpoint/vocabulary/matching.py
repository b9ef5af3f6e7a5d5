"""What annotating and harmonising share: is this label meant by these words, and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from contactpoint.vocabulary.entries import Entry
from contactpoint.vocabulary.language import function_words
from contactpoint.vocabulary.normalise import APOSTROPHES, HYPHENS, Token, fold, tokenise

_KIND_REASON: Final = {"preferred": "exact", "alternative": "alternative", "hidden": "hidden"}
_KIND_ORDER: Final = {"preferred": 0, "alternative": 1, "hidden": 2}
# Where nothing else decides between languages: the portal's own, in the order of its readers.
_LANGUAGE_ORDER: Final = {"en": 0, "nl": 1, "fr": 2, "de": 3}
_ONE_APOSTROPHE: Final = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_NO_HYPHEN: Final = str.maketrans(dict.fromkeys(HYPHENS, " "))
_SHORTEST_WITHOUT_ACCENTS: Final = 5
_SHORTEST_FOREIGN: Final = 8
_SHORTEST_LABEL: Final = 3
_ARABIC: Final = ("\u0620", "\u06ff")

Schemes = Collection[str] | None


def in_capitals(entry: Entry, raw: str) -> bool:
    """Whether an abbreviation is written as one; true of every other label."""
    if not entry.capitals:
        return True
    written = raw[: entry.capitals]
    return written.isupper() or written == entry.label.text[: entry.capitals]


def accents_fit(entry: Entry, tokens: Sequence[Token]) -> bool:
    """Accents may be missing from a longer word, but a different accent makes another word.

    In Arabic letters a hamza is left out, and the last letter of a word written otherwise, as often
    as not: `اعادة` and `اعاده` are `إعادة`.
    """
    return all(
        token.plain == plain
        or _is_arabic(plain)
        or (token.plain == token.folded and len(plain) >= _SHORTEST_WITHOUT_ACCENTS)
        for token, plain in zip(tokens, entry.plain, strict=True)
    )


def _is_arabic(word: str) -> bool:
    return _ARABIC[0] <= word[:1] <= _ARABIC[1]


def rank(entry: Entry, languages: frozenset[str] | None, language: str | None) -> tuple[int, ...]:
    """Order of entries for the same words: language, as it stands, kind, own spelling."""
    return (
        entry.language != language,
        languages is not None,
        _KIND_ORDER[entry.kind],
        bool(entry.made_by),
        _LANGUAGE_ORDER.get(entry.language, 9),
    )


def reason_of(
    entry: Entry, raw: str, tokens: Sequence[Token], languages: frozenset[str] | None
) -> str:
    """Reason code for taking `raw`, whose words are `tokens`, for the entry's label."""
    label = entry.label.text
    if raw == label and not entry.capitals:
        return _KIND_REASON[entry.kind]
    unified, wanted = (text.casefold().translate(_ONE_APOSTROPHE) for text in (raw, label))
    same_tails = [token.tail for token in tokens] == [token.tail for token in tokenise(label)]
    same_words = tuple(token.plain for token in tokens) == entry.plain
    if raw == label or (raw[:1].lower() + raw[1:] == label and not entry.capitals):
        reason = "abbreviation" if entry.capitals else _KIND_REASON[entry.kind]
    elif languages is not None:
        reason = "inflected"
    elif entry.made_by:
        reason = entry.made_by
    elif raw.casefold() == label.casefold():
        reason = "case"
    elif not same_tails:
        reason = "inflected"
    elif unified == wanted:
        reason = "apostrophe"
    elif _without_hyphens(unified) == _without_hyphens(wanted):
        reason = "hyphen"
    else:
        reason = "spelling" if same_words else "accent"
    return reason


def _without_hyphens(text: str) -> str:
    return " ".join(text.translate(_NO_HYPHEN).split())


def is_meant(
    entry: Entry,
    raw: str,
    words: Sequence[Token],
    languages: frozenset[str] | None,
    language: str | None,
) -> bool:
    """Whether an entry whose words are all here may be meant in a text of this language."""
    if not in_capitals(entry, raw):
        return False
    if entry.capitals:
        return languages is None or entry.language == language
    is_single = len(words) == 1
    if is_single and not _is_sound_word(entry, raw, words[0], languages):
        return False
    if languages is None and not accents_fit(entry, words):
        return False
    is_whole_expression = languages is None and not is_single and len(raw) >= _SHORTEST_FOREIGN
    return language in {None, entry.language} or is_whole_expression


def _is_sound_word(entry: Entry, raw: str, word: Token, languages: frozenset[str] | None) -> bool:
    """Whether one word of a text is the label and not another word that looks like it.

    German nouns have a capital (`illegale` is not `Illegale`), a label in the plural does not give
    its bare stem to the text (`new`, `news`), and a French ending lives by its accent (`traite` is
    not `traité`, `annoncés` not `annonce`).
    """
    is_small = entry.language == "de" and raw[0].islower() and entry.label.text[0].isupper()
    if is_small or len(entry.plain[0]) < _SHORTEST_LABEL or word.plain in function_words():
        return False
    if languages is None:
        ends_alike = word.plain[-2:] == entry.plain[0][-2:]
        return ends_alike or _is_arabic(entry.plain[0])
    if entry.folded[0].startswith(word.folded):
        return bool(word.tail)
    return entry.language != "fr" or all(
        one == other or fold(one) != fold(other)
        for one, other in zip(word.plain, entry.plain[0], strict=False)
    )
