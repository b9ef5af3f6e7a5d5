"""The sentences of an output in which the words of a question stand."""

import re
from collections.abc import Sequence
from typing import Final

from contactpoint.outputs.models import Output
from contactpoint.outputs.models.words import plain, spaced
from contactpoint.search.question import Question

MOST: Final = 2
LONGEST: Final = 240
_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+")


def highlights(question: Question, pks: Sequence[int]) -> dict[int, list[str]]:
    """At most two sentences for each output, as plain text, in one query."""
    rows = Output.objects.filter(pk__in=pks).order_by().values_list("pk", "teaser", "body")
    needles = [f" {word.folded}" for word in question.words]
    return {pk: _telling(f"{teaser} {plain(body)}", needles) for pk, teaser, body in rows}


def _telling(text: str, needles: Sequence[str]) -> list[str]:
    found = []
    for sentence in _SENTENCE.split(text.strip()):
        words = spaced(sentence)
        if any(needle in words for needle in needles):
            found.append(_short(sentence))
        if len(found) == MOST:
            break
    return found


def _short(sentence: str) -> str:
    if len(sentence) <= LONGEST:
        return sentence
    return sentence[:LONGEST].rsplit(" ", 1)[0] + " …"
