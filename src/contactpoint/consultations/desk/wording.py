"""Findings, differences and obstacles in words, in the editor's language."""

from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contactpoint.consultations.actions.opening import Checks, Obstacle
from contactpoint.consultations.questions.differences import Change, Nature, What
from contactpoint.consultations.questions.findings import Finding, Problem
from contactpoint.consultations.questions.xlsform.columns import LANGUAGES
from contactpoint.kit.labels import quoted

NATURES: Final = {
    Nature.COSMETIC: gettext_lazy("Looks only"),
    Nature.MEANING: gettext_lazy("Meaning"),
}

_PROBLEMS: Final[dict[Problem, Any]] = {
    Problem.NO_QUESTIONS: gettext_lazy("Nothing is asked yet. Write a question."),
    Problem.EMPTY_SECTION: gettext_lazy("The section has no questions. Write one, or delete it."),
    Problem.UNREADABLE: gettext_lazy("An expression can't be read: %(message)s"),
    Problem.UNKNOWN_REFERENCE: gettext_lazy(
        "“%(expression)s” looks at %(what)s, which is not asked. Mend the code."
    ),
    Problem.LATER_REFERENCE: gettext_lazy(
        "“%(expression)s” looks at %(what)s, which is asked only later. Move one of the two."
    ),
    Problem.UNKNOWN_CHOICE: gettext_lazy(
        "“%(expression)s” looks for the choice “%(what)s”, which is not offered. Mend the code."
    ),
    Problem.UNKNOWN_COLUMN: gettext_lazy(
        "“%(expression)s” looks at “%(what)s”, which no choice has. Add it to the XLSForm."
    ),
    Problem.CIRCLE: "%(message)s",
    Problem.UNREACHABLE: gettext_lazy(
        "No answers lead to it: its conditions contradict each other. Mend them."
    ),
    Problem.NEVER_FITS: gettext_lazy("“%(expression)s” refuses every answer. Mend it."),
    Problem.TOO_MANY: gettext_lazy(
        "Whether %(number)s questions can be reached and answered is more than can be tried. Look "
        "at their conditions yourself: %(codes)s."
    ),
    Problem.NO_CALCULATION: gettext_lazy("It is worked out, and nothing says how."),
    Problem.NO_TEXT: gettext_lazy("It has no words in any language. Write them."),
    Problem.NO_LABEL: gettext_lazy(
        "“%(what)s”, a choice or row, has no words in any language: its code would be read. Write "
        "them."
    ),
    Problem.NOT_TRANSLATED: gettext_lazy("%(text)s is missing in %(language)s."),
}

_PARTS: Final = {
    "title": gettext_lazy("The title"),
    "label": gettext_lazy("The question"),
    "hint": gettext_lazy("The hint"),
    "message": gettext_lazy("A message"),
}

_OBSTACLES: Final[dict[Obstacle, Any]] = {
    Obstacle.NO_DRAFT: gettext_lazy("It was opened already."),
    Obstacle.NO_VERSION: gettext_lazy("The questionnaire has no questions yet. Write them first."),
    Obstacle.RESERVED: gettext_lazy("This address belongs to the portal. Choose another."),
    Obstacle.NO_LANGUAGE: gettext_lazy("Choose at least one language."),
    Obstacle.CLOSES_BEFORE: gettext_lazy("It would close before it opens. Choose a later day."),
    Obstacle.SURVEY_OF_STATES: gettext_lazy(
        "A survey is answered by people. Choose another way to answer, or another questionnaire."
    ),
    Obstacle.QUERY_OF_OTHERS: gettext_lazy(
        "Queries and studies are answered by states. Choose that as the way to answer."
    ),
    Obstacle.NOBODY_ASKED: gettext_lazy("No state is asked. Choose some."),
    Obstacle.ANONYMOUS_STATES: gettext_lazy("States can't answer without a name."),
    Obstacle.NO_END: gettext_lazy("It has no closing day: it stays open until somebody closes it."),
    Obstacle.NO_DEADLINE: gettext_lazy("A query has a deadline. Write one: two to four weeks."),
    Obstacle.UNUSUAL_DEADLINE: gettext_lazy(
        "States count on two to four weeks from the day on which it opens. Choose another "
        "deadline, or write the reason for this one."
    ),
    Obstacle.NO_RESPONDENTS: gettext_lazy("Nobody is invited yet; that can be done later."),
    Obstacle.NO_MAIL: gettext_lazy(
        "It is anonymous and this portal has no mail server, so no link can be mailed: each mail "
        "would stay on this machine with its address. Make links to print, or have your operator "
        "name a mail server."
    ),
    Obstacle.OTHER_LANGUAGES: gettext_lazy(
        "It is offered in %(languages)s, and the questions are not meant to be complete in these. "
        "Readers will see another language, marked as such."
    ),
    Obstacle.ANONYMOUS_FILES: gettext_lazy(
        "It is anonymous and asks for a file. Names of files and what a camera writes into "
        "pictures are taken off, but a document may say who wrote it."
    ),
    Obstacle.STAYS_ANONYMOUS: gettext_lazy(
        "It is anonymous. Once it is open that can't be undone."
    ),
    Obstacle.TIED: gettext_lazy(
        "Of these questions nothing will be public, since a rule checks their answers against "
        "those of other questions, from which hidden numbers could be worked out: %(tied)s."
    ),
}

_WHATS: Final[dict[What, Any]] = {
    What.ADDED: gettext_lazy("New question"),
    What.REMOVED: gettext_lazy("No longer asked"),
    What.MOVED: gettext_lazy("Stands elsewhere"),
    What.KIND: gettext_lazy("Another kind of answer"),
    What.WORDING: gettext_lazy("Wording"),
    What.HINT: gettext_lazy("Hint"),
    What.REQUIRED: gettext_lazy("Whether it has to be answered"),
    What.REQUIRED_MESSAGE: gettext_lazy("Message where it is missing"),
    What.RELEVANT: gettext_lazy("When it is asked"),
    What.CONSTRAINT: gettext_lazy("Which answers are taken"),
    What.CONSTRAINT_MESSAGE: gettext_lazy("Message to other answers"),
    What.CALCULATION: gettext_lazy("How it is worked out"),
    What.CHOICE_FILTER: gettext_lazy("Which choices are offered"),
    What.LONGEST: gettext_lazy("Length of an answer"),
    What.CHOICE_ADDED: gettext_lazy("New choice"),
    What.CHOICE_REMOVED: gettext_lazy("Choice no longer offered"),
    What.CHOICE_WORDING: gettext_lazy("Wording of a choice"),
    What.CHOICES_MOVED: gettext_lazy("Order of choices"),
    What.ROW_ADDED: gettext_lazy("New row"),
    What.ROW_REMOVED: gettext_lazy("Row no longer asked"),
    What.ROW_WORDING: gettext_lazy("Wording of a row"),
    What.ROWS_MOVED: gettext_lazy("Order of rows"),
    What.SECTION_ADDED: gettext_lazy("New section"),
    What.SECTION_REMOVED: gettext_lazy("Section is gone"),
    What.SECTION_MOVED: gettext_lazy("Section stands elsewhere"),
    What.SECTION_WORDING: gettext_lazy("Title of the section"),
    What.SECTION_INTRODUCTION: gettext_lazy("Introduction of the section"),
    What.SECTION_RELEVANT: gettext_lazy("When the section is asked"),
    What.TITLE: gettext_lazy("Title"),
    What.INTRODUCTION: gettext_lazy("Introduction"),
}


class Line(NamedTuple):
    """What is said, and of which question or section."""

    code: str
    text: str


class Row(NamedTuple):
    """A change in words; `key` and `nature` for the form that may overrule it."""

    key: str
    code: str
    what: str
    before: str
    after: str
    language: str
    nature: Nature
    nature_name: Any


def found(finding: Finding) -> Line:
    """A finding in words."""
    details = dict(finding.details)
    if language := details.get("language"):
        details["language"] = LANGUAGES.get(language, language)
    if text := details.get("text"):
        details["text"] = str(_PARTS.get(text) or quoted(text))
    return Line(finding.code, str(_PROBLEMS[finding.problem]) % details)


def lines(checks: Checks, *, refusing: bool) -> list[Line]:
    """What keeps a round from opening, or what should be known before."""
    names = ", ".join(LANGUAGES.get(one, one) for one in checks.languages)
    tied = ", ".join(checks.tied)
    return [
        found(one)
        if isinstance(one, Finding)
        else Line("", str(_OBSTACLES[one]) % {"languages": names, "tied": tied})
        for one in (checks.refusing if refusing else checks.warning)
    ]


def told(change: Change) -> Row:
    """A difference in words."""
    what = str(_WHATS[change.what])
    if change.item:
        what = _("%(what)s: %(item)s") % {"what": what, "item": change.item}
    return Row(
        change.key,
        change.code,
        what,
        change.before,
        change.after,
        LANGUAGES.get(change.language, change.language),
        change.nature,
        NATURES[change.nature],
    )
