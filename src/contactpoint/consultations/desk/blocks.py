"""The form in which questions are written: blocks of Wagtail outside a page.

Every text has a field for each language of the instrument, so the blocks are made anew for each
set of languages. What most questions don't need is folded away.
"""

import functools
from typing import Any, Final

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from contactpoint.consultations.questions import Kind
from contactpoint.consultations.questions.carrying import (
    CHOICE_CODE,
    CODE,
    LONGEST_EXPRESSION,
    LONGEST_TEXT,
)
from contactpoint.consultations.questions.definition import CHOOSING
from contactpoint.consultations.questions.expressions import ExpressionError, parsed
from contactpoint.consultations.questions.xlsform.columns import LANGUAGES

_KINDS: Final[dict[Kind, tuple[Any, str]]] = {
    Kind.ONE: (_("One choice"), "radio-full"),
    Kind.MANY: (_("Several choices"), "check"),
    Kind.TEXT: (_("A line of text"), "pilcrow"),
    Kind.LONG_TEXT: (_("Paragraphs of text"), "doc-full"),
    Kind.RICH_TEXT: (_("A chapter, with notes and tables"), "edit"),
    Kind.INTEGER: (_("Whole number"), "order"),
    Kind.DECIMAL: (_("Number with decimals"), "decimal"),
    Kind.DATE: (_("Date"), "date"),
    Kind.MATRIX: (_("Matrix"), "table"),
    Kind.RANKING: (_("Ranking"), "list-ol"),
    Kind.COUNTRY: (_("Country"), "globe"),
    Kind.CONCEPT: (_("Concept of the glossary"), "tag"),
    Kind.FILE: (_("File"), "upload"),
    Kind.NOTE: (_("Words between questions"), "comment"),
    Kind.CALCULATED: (_("Worked out"), "cogs"),
}
_CODE_HELP: Final = _("Answers are filed under it: it stays when the words change.")
_EXPRESSION_HELP: Final = _("As in XLSForm, such as ${%(code)s} = 'yes'.") % {"code": "code"}


class ExpressionBlock(blocks.CharBlock):
    """A condition or a calculation, read when the form is saved."""

    def __init__(self, *, names: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", LONGEST_EXPRESSION)
        super().__init__(**kwargs)
        self.names = names

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if text:
            try:
                parsed(text.strip(), names=self.names)
            except ExpressionError as error:
                raise forms.ValidationError(
                    _("Character %(position)s: %(message)s")
                    % {"position": error.position, "message": error.message}
                ) from None
        return text


def code_block(pattern: Any = CODE, **kwargs: Any) -> blocks.CharBlock:
    """A code, by the rule that the instrument has for it."""
    rule = RegexValidator(
        rf"^{pattern.pattern}\Z",
        _("Begin with a letter, then use letters, digits, “.”, “-” and “_”; no accents or spaces."),
    )
    return blocks.CharBlock(**{"label": _("Code"), "validators": [rule], **kwargs})


class TextsBlock(blocks.StructBlock):
    """A text in each language of the instrument."""

    def __init__(self, languages: tuple[str, ...], *, lines: bool = False, **kwargs: Any) -> None:
        field = functools.partial(
            blocks.TextBlock if lines else blocks.CharBlock,
            required=False,
            max_length=LONGEST_TEXT,
        )
        names = [(code, LANGUAGES.get(code, code)) for code in languages]
        options = {"rows": 2} if lines else {}
        children = [(code, field(label=name, **options)) for code, name in names]
        super().__init__(children, **kwargs)

    class Meta:
        form_classname = "struct-block texts"


@functools.lru_cache(maxsize=16)
def sections_block(languages: tuple[str, ...]) -> blocks.StreamBlock:
    """Sections with their questions. (The script of Wagtail wants a stream at the top.)"""
    return blocks.StreamBlock([("section", _section(languages))], required=False, collapsed=True)


@functools.lru_cache(maxsize=16)
def sets_block(languages: tuple[str, ...]) -> blocks.StreamBlock:
    """Sets of choices."""
    return blocks.StreamBlock([("set", _choice_set(languages))], required=False, collapsed=True)


def _section(languages: tuple[str, ...]) -> blocks.StructBlock:
    introductions = TextsBlock(languages, lines=True, collapsed=True, label=_("Introduction"))
    questions = blocks.StreamBlock(
        _questions(languages), required=False, collapsed=True, label=_("Questions")
    )
    return blocks.StructBlock(
        [
            ("titles", TextsBlock(languages, label=_("Title"))),
            ("code", code_block(help_text=_("Short, and not changed later."))),
            ("introductions", introductions),
            ("relevant", ExpressionBlock(label=_("Asked only if"), help_text=_EXPRESSION_HELP)),
            ("questions", questions),
        ],
        label=_("Section"),
        icon="folder-open-inverse",
        label_format="{code}",
    )


def _questions(languages: tuple[str, ...]) -> list[tuple[str, blocks.Block]]:
    return [(kind.value, _question(kind, languages)) for kind in _KINDS]


def _question(kind: Kind, languages: tuple[str, ...]) -> blocks.StructBlock:
    label, icon = _KINDS[kind]
    fields: list[tuple[str, blocks.Block]] = []
    if kind is not Kind.CALCULATED:
        words = _("Words") if kind is Kind.NOTE else _("Question")
        fields.append(("labels", TextsBlock(languages, lines=True, label=words)))
    fields.append(("code", code_block(help_text=_CODE_HELP)))
    if kind in CHOOSING:
        help_text = _("The name of a set below.")
        fields.append(("choices", code_block(label=_("Set of choices"), help_text=help_text)))
    if kind is Kind.MATRIX:
        fields.append(("rows", blocks.ListBlock(_choice(languages), label=_("Rows"))))
    if kind is Kind.CALCULATED:
        help_text = _("As in XLSForm, such as ${a} + ${b}.")
        fields.append(("calculation", ExpressionBlock(label=_("Calculation"), help_text=help_text)))
    if kind not in {Kind.NOTE, Kind.CALCULATED}:
        fields.append(
            ("is_required", blocks.BooleanBlock(required=False, label=_("Has to be answered")))
        )
    fields.append(("more", _more(kind, languages)))
    return blocks.StructBlock(fields, label=label, icon=icon, label_format="{code}")


def _more(kind: Kind, languages: tuple[str, ...]) -> blocks.StructBlock:
    texts = functools.partial(TextsBlock, languages, lines=True, collapsed=True)
    relevant = ExpressionBlock(label=_("Asked only if"), help_text=_EXPRESSION_HELP)
    fields: list[tuple[str, blocks.Block]] = [("relevant", relevant)]
    if kind not in {Kind.NOTE, Kind.CALCULATED}:
        fields = [
            ("hints", TextsBlock(languages, lines=True, label=_("Hint"))),
            *fields,
            ("required", ExpressionBlock(label=_("Has to be answered only if"))),
            ("required_messages", texts(label=_("What is said where it is missing"))),
            (
                "constraint",
                ExpressionBlock(
                    label=_("Only answers for which"),
                    help_text=_("“.” is the answer itself, such as . >= 0."),
                ),
            ),
            ("constraint_messages", texts(label=_("What is said to other answers"))),
        ]
    if kind in CHOOSING:
        fields.append(
            (
                "choice_filter",
                ExpressionBlock(
                    names=True,
                    label=_("Only choices for which"),
                    help_text=_("Columns of choices by their name, such as country = ${country}."),
                ),
            )
        )
    if kind in {Kind.TEXT, Kind.LONG_TEXT, Kind.RICH_TEXT}:
        most = blocks.IntegerBlock(
            required=False, min_value=0, label=_("Characters at most"), default=None
        )
        fields.append(("longest", most))
    return blocks.StructBlock(fields, label=_("Hint and conditions"), collapsed=True)


def _choice(languages: tuple[str, ...]) -> blocks.StructBlock:
    return blocks.StructBlock(
        [
            ("code", code_block(CHOICE_CODE)),
            ("labels", TextsBlock(languages, label=_("Words"))),
        ],
        label_format="{code}",
        form_classname="struct-block choice-row",
    )


def _choice_set(languages: tuple[str, ...]) -> blocks.StructBlock:
    return blocks.StructBlock(
        [
            ("name", code_block(label=_("Name"))),
            ("choices", blocks.ListBlock(_choice(languages), label=_("Choices"))),
        ],
        label=_("Set of choices"),
        icon="list-ul",
        label_format="{name}",
    )
