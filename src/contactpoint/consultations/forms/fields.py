"""One question in a form: as accessible HTML, and read back.

    shown(instrument, question, "yes", language="nl", problem="")    HTML
    posted(instrument, question, request.POST)                       "yes", or an AnswerError

Names and ids begin with `q-`, so they meet no other field of the page. What belongs to one choice
or row of a question stands behind a colon, which no code holds. The first control of a question has
its name as id: a list of errors links there.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from contactpoint.consultations.forms.presenting import Asked, KeptFile, own, template
from contactpoint.consultations.forms.reading import READERS
from contactpoint.consultations.questions import Choice, Instrument, Kind, Question
from contactpoint.consultations.questions.definition import Value

__all__ = ["KeptFile", "name_of", "posted", "shown", "typed"]

_SEVERAL: Final = frozenset({Kind.MANY, Kind.FILE})
_BEHIND_COLON: Final = frozenset({Kind.RANKING, Kind.MATRIX})
_LONGEST_SHOWN: Final = 500_000


def name_of(question: Question, name_prefix: str = "") -> str:
    """The name of its field, and the id of its first control."""
    return f"{name_prefix}q-{question.code}"


def shown(
    instrument: Instrument,
    question: Question,
    value: Value,
    *,
    language: str,
    problem: str = "",
    name_prefix: str = "",
    is_required: bool | None = None,
    choices: Sequence[Choice] | None = None,
    files: Iterable[KeptFile] = (),
    described: str = "",
) -> SafeString:
    """The question as HTML; "" for one that is worked out.

    `value` may also be what was `typed` and could not be read. `is_required` where that was worked
    out already, `choices` where not all of the set are offered now; `files` are those that `value`
    refers to; `described` is the id of what else is said of it on the page.
    """
    if question.kind is Kind.CALCULATED:
        return SafeString("")
    name = name_of(question, name_prefix)
    offered = instrument.choices_of(question) if choices is None else choices
    asked = Asked(
        instrument, question, value, name, language, offered, files, is_typed=bool(problem)
    )
    hint = asked.words(question.hints)
    told = [f"{name}:hint"] if hint.text else []
    told += [f"{name}:error"] if problem else []
    told += [described] if described else []
    if is_required is None:
        is_required = question.required not in ("", "false()", "no")
    context = {
        "kind": question.kind.value,
        "name": name,
        "label": asked.words(question.labels, question.code),
        "hint": hint,
        "problem": asked.told(problem) if problem else "",
        "described": " ".join(told),
        "is_required": is_required,
        **own(asked),
    }
    return render_to_string(template(asked), context)


def posted(
    instrument: Instrument, question: Question, data: QueryDict, *, name_prefix: str = ""
) -> Value:
    """What was filled in, as its kind has it; None for nothing. An `AnswerError` says in the
    active language what can't be taken. Of files, what is kept of those that were there.

    Whether the instrument's own constraint holds is for `checking_answers.checked` to say.
    """
    return READERS[question.kind](instrument, question, data, name_of(question, name_prefix))


def typed(question: Question, data: QueryDict, *, name_prefix: str = "") -> Value:
    """What was filled in as it came, to be shown again beside what is wrong with it."""
    name = name_of(question, name_prefix)
    if question.kind in _SEVERAL:
        return list(data.getlist(name))
    if question.kind in _BEHIND_COLON:
        start = f"{name}:"
        return {key.removeprefix(start): str(data[key]) for key in data if key.startswith(start)}
    return data.get(name, "")[:_LONGEST_SHOWN]
