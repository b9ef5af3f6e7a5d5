"""Why a thing is among the results, in sentences of the reader's language."""

from collections.abc import Iterable, Sequence

from babel import Locale
from django.utils.translation import gettext as _

from contactpoint.kit.labels import quoted
from contactpoint.search.asking.results import Highlight
from contactpoint.vocabulary import fold


def meant(text: str, label: str, *, mentioned: bool = False) -> str:
    """A thing is about what the asker's words mean, or mentions it; the concept's own name needs no
    explanation."""
    names = {"text": text, "concept": label}
    if fold(text) == fold(label):
        if mentioned:
            return _("This mentions %(concept)s.") % names
        return _("This is about %(concept)s.") % names
    if mentioned:
        return _("“%(text)s” means %(concept)s, which this mentions.") % names
    return _("“%(text)s” means %(concept)s, which this is about.") % names


def within(text: str, label: str, *, mentioned: bool = False) -> str:
    """A thing is about what a part of the asker's word means, or mentions it."""
    names = {"text": text, "concept": label}
    if mentioned:
        return _("A part of “%(text)s” means %(concept)s, which this mentions.") % names
    return _("A part of “%(text)s” means %(concept)s, which this is about.") % names


def in_other_words(text: str, words: str, *, is_part: bool = False) -> str:
    """A thing has other words that mean what the asker's word means, or a part of it."""
    names = {"text": text, "words": words}
    if is_part:
        return _("A part of “%(text)s” is here in other words: “%(words)s”.") % names
    return _("“%(text)s” is here in other words: “%(words)s”.") % names


def translated(text: str, words: str, other: str, asked: str, *, is_part: bool = False) -> str:
    """A thing has words of another language that mean what the asker's word means."""
    language = Locale.parse(asked).languages.get(other, other)
    names = {"text": text, "words": words, "language": language}
    if is_part:
        return (
            _("A part of “%(text)s” is here in another language: “%(words)s” (%(language)s).")
            % names
        )
    return _("“%(text)s” is here in another language: “%(words)s” (%(language)s).") % names


def somehow(text: str, *, is_part: bool = False) -> str:
    """A thing has such words where nothing is quoted from."""
    names = {"text": text}
    if is_part:
        return _("A part of “%(text)s” is here in other words or in another language.") % names
    return _("“%(text)s” is here in other words or in another language.") % names


def narrower(label: str, labels: Sequence[str]) -> str:
    """A thing is about something narrower than what was asked for."""
    names = {"concept": label, "narrower": ", ".join(labels)}
    return _("This is about %(narrower)s, which belongs to %(concept)s.") % names


def in_title(words: Iterable[str]) -> str:
    """Words that stand in the title."""
    return _("In the title: %(words)s.") % {"words": _listed(words)}


def in_text(words: Iterable[str]) -> str:
    """Words that stand in the text."""
    return _("In the text: %(words)s.") % {"words": _listed(words)}


def part_in_title(words: Iterable[str], whole: str) -> str:
    """Only some words of what was asked, or of its names, stand in the title."""
    names = {"words": _listed(words), "whole": whole}
    return _("Only a part of “%(whole)s” is in the title: %(words)s.") % names


def part_in_text(words: Iterable[str], whole: str) -> str:
    """Only some words of what was asked, or of its names, stand in the text."""
    names = {"words": _listed(words), "whole": whole}
    return _("Only a part of “%(whole)s” is in the text: %(words)s.") % names


def pinned() -> str:
    """A thing that stands first because editors say so, whether it has the words or not."""
    return _("Put first by the editors.")


def excluded(words: Iterable[str]) -> str:
    """Nothing was asked for but what is not wanted."""
    return _("Without %(words)s.") % {"words": _listed(words)}


def kind(label: str) -> str:
    """A thing is of the kind that a word of the question names."""
    return _("Its kind is what was asked for: %(kind)s.") % {"kind": label}


def called(name: str, language: str, asked: str) -> str:
    """A concept has a further name in which the words stand."""
    if language == asked:
        return _("Also called %(name)s.") % {"name": quoted(name)}
    names = {
        "name": quoted(name),
        "language": Locale.parse(asked).languages.get(language, language),
    }
    return _("Called %(name)s in another language (%(language)s).") % names


def belonging(names: Iterable[str]) -> str:
    """Words that stand in the names of institutions or countries that a thing belongs to."""
    return _("It is given for %(names)s.") % {"names": _listed(names)}


def keywords(words: Iterable[str]) -> str:
    """Words that stand among the keywords of a thing."""
    return _("Among its keywords: %(words)s.") % {"words": _listed(words)}


def further_on() -> str:
    """Words that stand where nothing is quoted from."""
    return _("The words are in a part of the text, or of a file, that is not quoted here.")


def in_file(words: Iterable[str], highlight: Highlight) -> str:
    """Words that stand on a page, a slide or a sheet of a file, or in one without such parts."""
    names = {"words": _listed(words), "file": highlight.file, "page": highlight.page}
    if highlight.part == "page":
        return _("In the file “%(file)s”, page %(page)s: %(words)s.") % names
    if highlight.part == "slide":
        return _("In the file “%(file)s”, slide %(page)s: %(words)s.") % names
    if highlight.part == "sheet":
        return _("In the file “%(file)s”, sheet %(page)s: %(words)s.") % names
    return _("In the file “%(file)s”: %(words)s.") % names


def in_other_language(reason: str, other: str, asked: str) -> str:
    """A reason that holds for a version in another language than the one that is shown."""
    name = Locale.parse(asked).languages.get(other, other)
    return _("In the version in another language (%(language)s): %(reason)s") % {
        "language": name,
        "reason": reason,
    }


def _listed(words: Iterable[str]) -> str:
    return ", ".join(quoted(word) for word in words)
