"""What was filled in on the page of a section, read back; nothing of it is trusted.

Beside what `forms` names, each question has fields of ours: `m-` the mark, `r-` the remark, `s-`
its sources by number, `f-` new files, `k-` the files that are kept, `c-` a new comment. `shown`
tells which questions stood on the page: of others nothing is written.
"""

import re
import secrets
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contactpoint.consultations.actions.writing import NewFile, Written
from contactpoint.consultations.forms import fields
from contactpoint.consultations.forms.files import checked as checked_file
from contactpoint.consultations.models import Answer
from contactpoint.consultations.questions import Instrument, Kind, Question
from contactpoint.consultations.questions.checking_answers import AnswerError, checked
from contactpoint.consultations.questions.definition import Value
from contactpoint.kit.public_forms import TypedField

LONGEST_REMARK: Final = 10_000
LONGEST_COMMENT: Final = 4_000
LONGEST_SOURCE: Final = 500
MOST_SOURCES: Final = 20
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+", re.ASCII)


@dataclass(slots=True)
class Posted:
    """A section as it was filled in: what can be written, and by question what can't."""

    written: dict[str, Written] = field(default_factory=dict)
    typed: dict[str, Value] = field(default_factory=dict)
    sources: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    field_problems: dict[str, str] = field(default_factory=dict)
    more_problems: dict[str, str] = field(default_factory=dict)
    """Of sources and files."""
    chosen: dict[str, list[str]] = field(default_factory=dict)
    """By question the names of files that came with it."""
    comments: dict[str, str] = field(default_factory=dict)
    files: list[NewFile] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    @property
    def problems(self) -> dict[str, str]:
        """All that can't be written, by question."""
        both = (self.field_problems, self.more_problems)
        codes = [code for code in self.typed if any(code in one for one in both)]
        return {code: " ".join(one[code] for one in both if code in one) for code in codes}


def read(
    asked: Instrument,
    questions: Iterable[Question],
    data: QueryDict,
    uploads: "MultiValueDict[str, Any]",
    *,
    known: Mapping[str, Value],
    kept: Mapping[str, Collection[str]],
) -> Posted:
    """Read the questions that stood on the page. `known` are the answers so far, `kept` by question
    the references of its files."""
    found = Posted()
    shown = {*data.getlist("shown")}
    for question in questions:
        if question.code in shown and question.is_asked:
            found.typed[question.code] = fields.typed(question, data)
            there = [*kept.get(question.code, ())]
            _read_one(found, asked, question, _Sent(data, uploads, {**known}, there))
    return found


@dataclass(frozen=True, slots=True)
class _Sent:
    """What came, what is known, and the references of the files that a question has."""

    data: QueryDict
    uploads: "MultiValueDict[str, Any]"
    known: dict[str, Value]
    there: list[str]


def comments(questions: Iterable[Question], data: QueryDict) -> dict[str, str]:
    """By question what was said to it."""
    said = {
        one.code: typed_text(data.get(f"c-{one.code}", ""), LONGEST_COMMENT) for one in questions
    }
    return {code: text for code, text in said.items() if text}


def typed_text(text: str, longest: int) -> str:
    """Words with paragraphs, without control characters."""
    return TypedField(lines=3, required=False).to_python(text)[:longest]


def _read_one(found: Posted, asked: Instrument, question: Question, sent: _Sent) -> None:
    code, data, there = question.code, sent.data, sent.there
    sources, more_problems = _sources(code, data)
    found.sources[code] = sources
    value: Value = None
    stays: list[str] = []
    problems: list[str] = []
    try:
        value = fields.posted(asked, question, data)
        if question.kind is Kind.FILE:
            chosen = value if isinstance(value, list) else []
            stays = [one for one in there if one in chosen]
        else:
            value = checked(
                asked,
                question,
                value,
                sent.known,
                today=timezone.localdate(),
                language=get_language() or "en",
            )
    except AnswerError as error:
        problems.append(error.message)
    if question.kind is not Kind.FILE:
        stays = [one for one in there if one in data.getlist(f"k-{code}")]
    new, wrong = _files(found, question, sent)
    if question.kind is Kind.FILE:
        problems += wrong
        value = [*stays, *(one.reference for one in new)]
    else:
        more_problems += wrong
    mark = data.get(f"m-{code}", "")
    if mark not in Answer.Dissemination.values:
        mark = ""
    remark = typed_text(data.get(f"r-{code}", ""), LONGEST_REMARK)
    if problems:
        found.field_problems[code] = " ".join(problems)
    if more_problems:
        found.more_problems[code] = " ".join(more_problems)
    found.files += new
    found.dropped += [one for one in there if one not in stays]
    markdown = found.typed[code] if question.kind is Kind.RICH_TEXT and value else ""
    found.written[code] = Written(
        value,
        mark,
        remark,
        sources,
        bool(stays or new),
        unicodedata.normalize("NFC", str(markdown)),
    )


def _files(found: Posted, question: Question, sent: _Sent) -> tuple[list[NewFile], list[str]]:
    """The new files of a question, and what is wrong with each of the others."""
    code = question.code
    name = f"{fields.name_of(question)}:new" if question.kind is Kind.FILE else f"f-{code}"
    new, wrong = [], []
    for one in sent.uploads.getlist(name):
        found.chosen.setdefault(code, []).append(" ".join((one.name or "").split()))
        try:
            new.append(NewFile(code, secrets.token_urlsafe(18), checked_file(question, one)))
        except AnswerError as error:
            wrong.append(error.message)
    return new, wrong


def _sources(code: str, data: QueryDict) -> tuple[list[dict[str, str]], list[str]]:
    """Title and address of each, and what is wrong with them."""
    found, problems = [], []
    for number in range(MOST_SOURCES):
        title = typed_text(data.get(f"s-{code}-{number}-title", ""), LONGEST_SOURCE)
        url = data.get(f"s-{code}-{number}-url", "").strip()[:LONGEST_SOURCE]
        if not title and not url:
            continue
        found.append({"title": " ".join(title.split()), "url": url})
        if url and not is_address(url):
            problems.append(
                _("“%(url)s” is no address. Write one that begins with https://.") % {"url": url}
            )
    return found, problems


def is_address(url: str) -> bool:
    """Whether a link may lead there: the web, and nothing that a browser would run."""
    try:
        return bool(_ADDRESS.fullmatch(url) and urlsplit(url).hostname)
    except ValueError:
        return False
