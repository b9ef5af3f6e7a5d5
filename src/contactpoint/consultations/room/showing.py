"""What the pages of the room show: sections with how far they are, questions with their answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from contactpoint.consultations.actions.standing import Unfinished
from contactpoint.consultations.forms import fields
from contactpoint.consultations.forms.fields import KeptFile
from contactpoint.consultations.forms.marking import cleaned
from contactpoint.consultations.models import Answer, Comment, Response, SectionLock
from contactpoint.consultations.questions import Instrument, Kind, Question, Said, said
from contactpoint.consultations.questions.answering import is_empty
from contactpoint.consultations.questions.definition import Value
from contactpoint.consultations.questions.walking import Shown, course
from contactpoint.consultations.room.places import Place
from contactpoint.consultations.room.posted import Posted, is_address
from contactpoint.consultations.subjects.replies import in_full

MORE_SOURCES: Final = 2
"""Empty lines for sources under those that are there."""


@dataclass(frozen=True, slots=True)
class Line:
    """A question on a page: `html` where it is filled in, `value` where it is read."""

    question: Question
    number: int
    text: Said
    is_asked: bool
    html: str = ""
    value: str = ""
    answer: Answer | None = None
    mark: str = ""
    remark: str = ""
    sources: list[dict[str, str]] = field(default_factory=list)
    files: list[KeptFile] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    comment: str = ""
    problem: str = ""
    more_problem: str = ""
    """What is wrong with its sources and files."""
    chosen: list[str] = field(default_factory=list)
    """Names of files that were sent and not kept: a browser doesn't choose them again."""
    preview: str = ""

    @property
    def lang(self) -> str:
        """The language of the question, where it is not the reader's."""
        return self.text.language if self.text.language != language() else ""

    @property
    def is_words(self) -> bool:
        """Whether the answer is in the words of the state."""
        return self.question.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.RICH_TEXT)

    @property
    def has_more(self) -> bool:
        """Whether there is anything under sources and files."""
        has_sources = any(one["title"] or one["url"] for one in self.sources)
        return bool(has_sources or self.files or self.chosen or self.more_problem)

    @property
    def open_comments(self) -> int:
        """How many are not settled."""
        return sum(not one.is_settled for one in self.comments)


@dataclass(frozen=True, slots=True)
class Part:
    """A section as the overview lists it."""

    code: str
    title: Said
    lines: list[Line]
    lock: SectionLock | None
    left: list[Unfinished]
    introduction: Said

    @property
    def answered(self) -> int:
        """How many of its questions have an answer."""
        return sum(line.answer is not None for line in self.lines)

    @property
    def asked(self) -> int:
        """How many questions it has now."""
        return sum(line.is_asked for line in self.lines)

    @property
    def open_comments(self) -> int:
        """How many comments are not settled."""
        return sum(line.open_comments for line in self.lines)

    @property
    def writer(self) -> Any:
        """Who writes in it now."""
        return self.lock.user if self.lock and self.lock.until > timezone.now() else None


@dataclass
class Known:
    """All of an answer that its pages show, in four queries."""

    asked: Instrument
    answers: dict[str, Answer]
    files: dict[str, list[KeptFile]]
    comments: dict[str, list[Comment]]
    locks: dict[str, SectionLock]

    @property
    def values(self) -> dict[str, Value]:
        """The answers so far."""
        return {code: row.value for code, row in self.answers.items() if not is_empty(row.value)}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """By question its number, the same as in the compilation."""
        return self.asked.numbers()

    def course(self) -> tuple[Shown, ...]:
        """The sections that are asked now."""
        return course(self.asked, self.values, today=timezone.localdate()).sections


def language() -> str:
    """The reader's."""
    return get_language() or "en"


def known(place: Place) -> Known:
    """What there is of an answer."""
    response = place.begun
    files: dict[str, list[KeptFile]] = {}
    rows = response.attachments.order_by("pk").values_list("question", "reference", "name", "size")
    for question, reference, name, size in rows:
        url = reverse("room-file", args=[place.round.code, place.country.code, reference])
        files.setdefault(question, []).append(KeptFile(reference, name, size, url))
    comments: dict[str, list[Comment]] = {}
    for one in response.comments.select_related("user"):
        comments.setdefault(one.question, []).append(one)
    return Known(
        response.version.asked(),
        {one.question: one for one in response.answers.all()},
        files,
        comments,
        {one.section: one for one in response.locks.select_related("user")},
    )


def parts(all_known: Known, left: Iterable[Unfinished] = ()) -> list[Part]:
    """The sections with all that is in them, to be read."""
    lacking = list(left)
    found = []
    for shown in all_known.course():
        lines = [read_line(all_known, question) for question in shown.questions]
        code = shown.section.code
        found.append(
            Part(
                code,
                said(shown.section.titles, language(), all_known.asked.language),
                lines,
                all_known.locks.get(code),
                [one for one in lacking if one.section == code],
                said(shown.section.introductions, language(), all_known.asked.language),
            )
        )
    return found


def read_line(all_known: Known, question: Question) -> Line:
    """A question with its answer, to be read."""
    answer = all_known.answers.get(question.code)
    value = in_full(all_known.asked, question, answer.value, language()) if answer else ""
    if question.kind is Kind.RICH_TEXT:
        value = rich(value)
    return Line(
        question,
        all_known.numbers.get(question.code, 0),
        said(question.labels, language(), all_known.asked.language),
        question.is_asked,
        value=value,
        answer=answer,
        mark=answer.dissemination if answer else "",
        remark=answer.remark if answer else "",
        sources=[one for one in answer.sources if not one["url"] or is_address(one["url"])]
        if answer
        else [],
        files=all_known.files.get(question.code, []),
        comments=all_known.comments.get(question.code, []),
    )


def rich(text: str) -> SafeString:
    """Sanitised when it was written, and again: what is shown as markup is never taken on trust."""
    return mark_safe(cleaned(text))  # noqa: S308 — it has just been cleaned


def form_lines(all_known: Known, shown: Shown, posted: Posted | None) -> list[Line]:
    """The questions of a section, to be filled in; as they were typed where that was not taken."""
    lines = []
    typed: Mapping[str, Value] = posted.typed if posted else {}
    for question in shown.questions:
        code = question.code
        read = read_line(all_known, question)
        value = _as_written(question, read.answer)
        written = posted.written.get(code) if posted else None
        problem = posted.field_problems.get(code, "") if posted else ""
        more = posted.more_problems.get(code, "") if posted else ""
        chosen = posted.chosen.get(code, []) if posted else []
        html = fields.shown(
            all_known.asked,
            question,
            typed.get(code, value),
            language=language(),
            problem=problem,
            files=read.files if question.kind is Kind.FILE else (),
        )
        sources = posted.sources.get(code, []) if posted else read.sources
        lines.append(
            Line(
                question,
                read.number,
                read.text,
                question.is_asked,
                html=html,
                answer=read.answer,
                mark=written.mark if written else read.mark,
                remark=written.remark if written else read.remark,
                sources=[*sources, *({"title": "", "url": ""} for _one in range(MORE_SOURCES))],
                files=[] if question.kind is Kind.FILE else read.files,
                comments=read.comments,
                comment=posted.comments.get(code, "") if posted else "",
                problem=problem,
                more_problem=more,
                chosen=chosen,
                preview=_preview(question, posted),
            )
        )
    return lines


def _as_written(question: Question, answer: Answer | None) -> Value:
    """What is filled in already: a chapter as its Markdown, where that was kept."""
    if answer is None:
        return None
    is_marked = question.kind is Kind.RICH_TEXT and answer.markdown
    return answer.markdown if is_marked else answer.value


def _preview(question: Question, posted: Posted | None) -> str:
    """How a chapter that was just typed will look."""
    written = posted.written.get(question.code) if posted else None
    is_chapter = question.kind is Kind.RICH_TEXT and written and isinstance(written.value, str)
    return rich(str(written.value)) if is_chapter and written else ""


def is_correction(response: Response) -> bool:
    """Whether it was sent before."""
    return response.sent_on is not None and response.status != Response.Status.SENT
