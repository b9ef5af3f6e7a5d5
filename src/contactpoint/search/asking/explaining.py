"""Why a thing is among the results, in sentences of the reader's language."""

from collections.abc import Iterable, Sequence

from babel import Locale
from django.utils.translation import gettext as _

from contactpoint.kit.labels import quoted
from contactpoint.search.asking.results import Highlight
from contactpoint.vocabulary import fold


def meant(text: str, label: str) -> str:
    """A thing is about what the asker's words mean; the concept's own name needs no explanation."""
    names = {"text": text, "concept": label}
    if fold(text) == fold(label):
        return _("This is about %(concept)s.") % names
    return _("“%(text)s” means %(concept)s, which this is about.") % names


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


def in_file(words: Iterable[str], highlight: Highlight) -> str:
    """Words that stand on a page of a file."""
    names = {"words": _listed(words), "file": highlight.file, "page": highlight.page}
    return _("In the file “%(file)s”, page %(page)s: %(words)s.") % names


def in_other_language(reason: str, other: str, asked: str) -> str:
    """A reason that holds for a version in another language than the one that is shown."""
    name = Locale.parse(asked).languages.get(other, other)
    return _("In the version in another language (%(language)s): %(reason)s") % {
        "language": name,
        "reason": reason,
    }


def _listed(words: Iterable[str]) -> str:
    return ", ".join(quoted(word) for word in words)
