"""Which words a text has of a concept that as a whole is not there, and what they are a part of."""

from collections.abc import Iterable

from contactpoint.search.asking import explaining
from contactpoint.search.asking.loose import are_alike, says_something
from contactpoint.search.asking.needles import Found, Needles
from contactpoint.search.asking.seeing import Parts, Seen
from contactpoint.search.asking.understanding import Question
from contactpoint.vocabulary import fold


def parts_in(text: str, found: Iterable[Found], wanted: Needles, question: Question) -> Parts:
    """By unit, the words of a text that are a part of what is sought: of the asker's words, or of
    a name of what they mean."""
    parts: Parts = {}
    for one in found:
        word = text[one.start : one.end]
        if whole := _whole(one, word, wanted, question):
            parts.setdefault(one.unit, {}).setdefault(whole, []).append(word)
    return parts


def _whole(found: Found, word: str, wanted: Needles, question: Question) -> str:
    """What a word of a text is a part of; empty where it is none that says something."""
    if found.part in wanted.loose:
        return wanted.loose[found.part].name
    unit = question.units[found.unit]
    if found.part < 0 or not unit.has_parts:
        return ""
    item = unit.items[found.part]
    own, other = fold(item.text), fold(word)
    # `exploited` says something of exploitation; `national` is in `nationality`, and is no part.
    is_within = own.startswith(other) or other.startswith(own)
    is_part = question.says_apart(item) and says_something(other, [wanted.language])
    return question.said(unit) if is_part and (not is_within or are_alike(own, other)) else ""


def said_parts(seen: Seen, question: Question) -> list[str]:
    """Which words of a concept a version has, where that is worth to be told: of the name of an
    institution more than one, as one may be `office`."""
    reasons: list[str] = []
    for number, unit in enumerate(question.units):
        least = 1 if any(one.is_notion for one in unit.concepts) else 2
        titled = seen.parts_in_title.get(number, {})
        written = seen.parts_in_text.get(number, {})
        for whole in dict.fromkeys([*titled, *written]):
            there = _once(titled.get(whole, ()))
            both = _once([*there, *written.get(whole, ())])
            if len(there) >= least:
                reasons.append(explaining.part_in_title(there, whole))
            elif len(both) >= least:
                reasons.append(explaining.part_in_text(both, whole))
    return reasons


def _once(words: Iterable[str]) -> list[str]:
    return list({fold(word): word for word in words}.values())
