"""A title for an item that has none: the clause of its text that says most, shortened with care.

In order: the name of a work in quotation marks; else the first sentence that stands on its own,
without what a reader of a list can do without (a leading date, an aside, a date at the end), and
cut at a joint of the sentence where it is still long. A title never ends inside a word.
"""

import re
from collections.abc import Mapping
from typing import Final

from contactpoint.intake.inference.dates import mentions
from contactpoint.intake.inference.sentences import Sentence, sentences, shorten
from contactpoint.intake.phrases import Phrases, phrases

LONGEST: Final = 130
_SHORTEST: Final = 20
_WORK: Final = re.compile(r"[\"“«]\s*([^\"“”«»]{12,160}?)\s*[\"”»]")
_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_NAMED: Final = re.compile(r"\s*\(([A-Z][\w-]{1,11})\)")
_ASIDE: Final = re.compile(
    r"^([^,]{2,60}), (?:the|an?|le|la|l’|het|de|een|der|die|das) [^,]{3,80}, ?"
)
_MOST_WORDS_BEFORE_NOUN: Final = 4


def title(
    text: str, language: str, names: Mapping[str, str] | None = None, told_in: str = ""
) -> str:
    """A title for a cleaned text. `names` maps long names in it to the short ones readers know;
    `told_in` is the sentence that says what the item is, where the first doesn't."""
    found = phrases(language)
    parts = sentences(text, language)
    if not parts:
        return shorten(text, LONGEST)
    work = _work(parts[0].text)
    if work:
        return _capital(work)
    if told_in:
        return _capital(_fit(_without_backward(told_in, found), found, names or {}))
    candidates = [_clause(part, found) for part in _without_torn(parts, found)]
    chosen = next((clause for clause in candidates if clause), "") or parts[0].text
    return _capital(_fit(chosen, found, names or {}))


def _work(sentence: str) -> str:
    match = _WORK.search(sentence)
    return match[1].rstrip(" .,;") if match and match[1].count(" ") >= 2 else ""


def _without_torn(parts: list[Sentence], found: Phrases) -> list[Sentence]:
    """A torn sentence serves if it ends in a noun: “launched the new platform”, not “launched”."""
    whole: list[Sentence] = []
    for part in parts:
        last = part.text.split()[1:][-_MOST_WORDS_BEFORE_NOUN:]
        articles = {word.lower() for word in (*found.openers, *found.dangling)}
        if not part.torn or any(word in articles for word in last[:-1]):
            whole.append(part)
        else:
            # What follows a hole speaks of what was lost: “This new website” is a new website.
            position = parts.index(part) + 1
            if position < len(parts):
                following = parts[position].text.split(" ", 1)
                if following[0] in found.openers and len(following) == 2:
                    parts[position] = Sentence(_capital(following[1]), parts[position].torn)
    return whole


def _clause(part: Sentence, found: Phrases) -> str:
    """The sentence without its leading clause; empty where nothing stands on its own."""
    text = part.text
    for word in found.today:
        text = re.sub(rf"^{re.escape(word)},? ", "", text)
    text = _without_leading_date(text, found)
    text = _without_leading_clause(text, found)
    return "" if _is_backward(text, found) else text


def _is_backward(text: str, found: Phrases) -> bool:
    """Whether it begins with a word that stands for something said before."""
    first, _, rest = text.partition(" ")
    return bool(rest) and first.lower().strip(",") in found.pronouns


def _without_backward(text: str, found: Phrases) -> str:
    """“To answer them, a film was made”: who doesn't know them needs only the film."""
    head = text.partition(", ")[0].lower().split()
    return _without_leading_clause(text, found) if found.pronouns & set(head) else text


def _without_leading_date(text: str, found: Phrases) -> str:
    if not found.strip_without_comma:
        return text
    for mention in mentions(text, found.language):
        before = text[: mention.start].lower().split()
        if (
            mention.day is None
            or len(before) > 3
            or (before and before[0] not in found.subordinate)
        ):
            break
        rest = text[mention.end :].lstrip(" ,")
        return rest or text
    return text


def _without_leading_clause(text: str, found: Phrases) -> str:
    """“By harmonising terms, the Glossary offers …” becomes “the Glossary offers …”."""
    first = text.split(" ", 1)[0].lower()
    head, comma, rest = text.partition(", ")
    if first not in found.subordinate or not comma or len(head) > 160:
        return text
    # “On the occasion of the day, which is held every year, Eurostat published …”
    if rest.split(" ", 1)[0] in found.relative:
        _, comma, rest = rest.partition(", ")
        if not comma:
            return text
    return rest if len(rest) >= _SHORTEST or _is_backward(rest, found) else text


def _fit(text: str, found: Phrases, names: Mapping[str, str]) -> str:
    text = _named(text.rstrip(), names)
    text = _BRACKETS.sub("", text)
    text = _ASIDE.sub(r"\1 ", text)
    text = _without_last_date(text, found)
    if len(text) > LONGEST:
        text = _at_relative(text, found)
    if not text.endswith("?"):
        text = text.rstrip(' .!…,;:"”»')
    if len(text) > LONGEST:
        for name, short in sorted(names.items(), key=lambda pair: -len(pair[0])):
            text = text.replace(name, short)
            if len(text) <= LONGEST:
                break
    return text if len(text) <= LONGEST else _cut(text, found)


def _named(text: str, names: Mapping[str, str]) -> str:
    """“Association of Cities (ABC)” is known as ABC."""
    for name, short in names.items():
        for match in _NAMED.finditer(text):
            before = text[: match.start()]
            if match[1] == short and before.endswith(name):
                head = before[: -len(name)]
                article = re.search(r"\b[Tt]he (?:Office of the )?$", head)
                head = head[: article.start()] if article else head
                return head + short + text[match.end() :]
    return text


def _without_last_date(text: str, found: Phrases) -> str:
    bare = text.rstrip(" .")
    for mention in reversed(mentions(bare, found.language)):
        if mention.end != len(bare) or mention.day is None:
            break
        head = bare[: mention.start].rstrip()
        head = re.sub(r"\s(?:on|le|op|am|the)(?: the)?$", "", head)
        return head if len(head) >= _SHORTEST else text
    return text


def _at_relative(text: str, found: Phrases) -> str:
    for word in found.relative:
        match = re.search(rf",? {word} ", text)
        if match and match.start() >= _SHORTEST + 15:
            text = _whole(text[: match.start()], found)
    return text


def _cut(text: str, found: Phrases) -> str:
    """At the last joint before the limit: a colon, a comma, or before a preposition."""
    joints = "|".join(found.prepositions)
    best = 0
    for match in re.finditer(rf"[:;,](?= )| (?=(?:{joints}) )", text[:LONGEST]):
        if match.start() >= LONGEST // 2:
            best = match.start()
    return _whole(text[:best], found) if best else shorten(text, LONGEST)


def _whole(text: str, found: Phrases) -> str:
    """Without a word at its end that promises more."""
    words = text.rstrip(" ,;:").split(" ")
    open_ended = {*found.prepositions, *found.dangling, *found.pronouns}
    while len(words) > 3 and words[-1].lower() in open_ended:
        words.pop()
        words[-1] = words[-1].rstrip(",;:")
    return " ".join(words)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
