"""The form of a query, and of each of its questions."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.conf import settings
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contactpoint.consultations.actions.drafting import (
    LONGEST,
    SHORTEST,
    Draft,
    DraftError,
    DraftQuestion,
    ensure_free_number,
    is_usual,
)
from contactpoint.consultations.subjects.reading import Words
from contactpoint.glossary.models import Concept, Theme
from contactpoint.kit.forms import LabelsFormField
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.templatetags.kit import day as in_words
from contactpoint.network.models import Country

LONGEST_BACKGROUND: Final = 20_000
LONGEST_QUESTION: Final = 2_000
LONGEST_CHOICES: Final = 4_000
MORE_QUESTIONS: Final = 3
MOST_QUESTIONS: Final = 60
PREFIX: Final = "questions"
_IN_NETWORK: Final = (Country.Status.MEMBER, Country.Status.OBSERVER)


def _states() -> Any:
    return Country.objects.filter(emn_status__in=_IN_NETWORK).order_by("code")


class QueryForm(forms.Form):
    """What is asked by whom, of whom and until when; the questions are forms of their own."""

    titles = LabelsFormField(label=gettext_lazy("Title"))
    reference = forms.CharField(
        label=gettext_lazy("Number"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("As the network counts, such as 2019.12."),
    )
    requested_by = forms.ModelChoiceField(
        queryset=Country.objects.none(), label=gettext_lazy("Requested by"), required=False
    )
    backgrounds = LabelsFormField(
        label=gettext_lazy("Background"), required=False, longest=LONGEST_BACKGROUND
    )
    themes = forms.ModelMultipleChoiceField(
        queryset=Theme.objects.none(),
        label=gettext_lazy("Themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    concepts = forms.ModelMultipleChoiceField(
        queryset=Concept.objects.exclude(status=Concept.Status.DEPRECATED),
        label=gettext_lazy("Concepts"),
        required=False,
    )
    asked = forms.ChoiceField(
        label=gettext_lazy("States asked"),
        choices=[
            ("all", gettext_lazy("All members and observers")),
            ("members", gettext_lazy("All members")),
            ("observers", gettext_lazy("All observers")),
            ("chosen", gettext_lazy("Those chosen below")),
        ],
        widget=forms.RadioSelect,
        initial="all",
    )
    states = forms.ModelMultipleChoiceField(
        queryset=Country.objects.none(),
        label=gettext_lazy("Chosen states"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=settings.LANGUAGES,
        initial=[FALLBACK_LANGUAGE],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("In which it is meant to be complete."),
    )
    deadline = forms.DateField(
        label=gettext_lazy("Deadline"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Two to four weeks after it opens; for another one say why."),
    )
    deadline_reason = forms.CharField(
        label=gettext_lazy("Reason for another deadline"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("The states read it."),
    )

    def __init__(self, *args: Any, held: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        self.label_suffix = ""
        for name in ("requested_by", "states"):
            self.fields[name].queryset = _states()  # type: ignore[attr-defined]
        self.fields["themes"].queryset = Theme.objects.filter(parent=None)  # type: ignore[attr-defined]

    def clean_reference(self) -> str:
        """No number twice."""
        number: str = self.cleaned_data["reference"]
        try:
            ensure_free_number(number, self.held)
        except DraftError as taken:
            raise forms.ValidationError(str(taken)) from None
        return number

    def clean(self) -> dict[str, Any]:
        """A deadline that states don't count on has a reason; somebody is asked."""
        cleaned: dict[str, Any] = super().clean() or {}
        day, today = cleaned.get("deadline"), timezone.localdate()
        if day is not None and day <= today:
            self.add_error("deadline", _("Choose a day to come."))
        elif day is not None and not is_usual(day, today) and not cleaned.get("deadline_reason"):
            self.add_error(
                "deadline_reason",
                _("States count on two to four weeks (%(first)s to %(last)s). Say why not.")
                % {"first": in_words(today + SHORTEST), "last": in_words(today + LONGEST)},
            )
        if cleaned.get("asked") == "chosen" and not cleaned.get("states"):
            self.add_error("states", _("Choose at least one state."))
        return cleaned

    def countries(self) -> list[Country]:
        """Those that are asked."""
        asked = self.cleaned_data["asked"]
        if asked == "chosen":
            return list(self.cleaned_data["states"])
        wanted = {"members": _IN_NETWORK[:1], "observers": _IN_NETWORK[1:]}.get(asked, _IN_NETWORK)
        return [one for one in _states() if one.emn_status in wanted]


class QuestionForm(forms.Form):
    """One question; without words it counts for nothing."""

    labels = LabelsFormField(
        label=gettext_lazy("Question"), required=False, longest=LONGEST_QUESTION
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[
            ("open", gettext_lazy("In words")),
            ("yes-no", gettext_lazy("Yes or no")),
            ("one", gettext_lazy("One of the choices below")),
            ("many", gettext_lazy("Several of the choices below")),
        ],
    )
    choices = LabelsFormField(
        label=gettext_lazy("Choices"),
        required=False,
        longest=LONGEST_CHOICES,
        help_text=gettext_lazy("One a line, in the same order in each language."),
    )
    is_required = forms.BooleanField(
        label=gettext_lazy("Has to be answered"), required=False, initial=True
    )
    code = forms.RegexField(r"^q\d{1,4}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def has_changed(self) -> bool:
        """An untouched row is checked as well: it may hold what was there."""
        return True

    def clean(self) -> dict[str, Any]:
        """Choices where there have to be some, each in the same number of lines."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("labels") or cleaned.get("kind") not in ("one", "many"):
            return cleaned
        lines = {code: _lines(text) for code, text in (cleaned.get("choices") or {}).items()}
        longest = max((len(each) for each in lines.values()), default=0)
        if longest < 2:
            self.add_error("choices", _("Write at least two choices, one a line."))
        for code, each in lines.items():
            if len(each) != longest:
                self.add_error(
                    "choices",
                    _("%(language)s has %(number)s lines, another language %(most)s. Add them.")
                    % {
                        "language": dict(settings.LANGUAGES).get(code, code),
                        "number": len(each),
                        "most": longest,
                    },
                )
        return cleaned

    def question(self) -> DraftQuestion | None:
        """As the draft has it."""
        data = self.cleaned_data
        if not data.get("labels"):
            return None
        lines = {code: _lines(text) for code, text in data["choices"].items()}
        number = max((len(each) for each in lines.values()), default=0)
        choices = [
            {code: each[place] for code, each in lines.items()} for place in range(number)
        ]  # fmt: skip
        return DraftQuestion(
            data["labels"],
            data["kind"],
            choices if data["kind"] in ("one", "many") else (),
            is_required=data["is_required"],
            code=data["code"],
        )


QuestionForms = formset_factory(
    QuestionForm,
    extra=MORE_QUESTIONS,
    max_num=MOST_QUESTIONS,
    absolute_max=MOST_QUESTIONS,
    validate_max=True,
)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def draft_of(form: QueryForm, questions: "BaseFormSet[Any]") -> Draft:
    """What a valid form says."""
    data = form.cleaned_data
    found = [one for each in questions.forms if (one := each.question()) is not None]
    return Draft(
        titles=data["titles"],
        reference=data["reference"],
        backgrounds=data["backgrounds"],
        questions=found,
        requested_by=data["requested_by"],
        themes=list(data["themes"]),
        concepts=list(data["concepts"]),
        states=form.countries(),
        languages=data["languages"],
        deadline=data["deadline"],
        deadline_reason=data["deadline_reason"],
    )


def initial_of(draft: Draft) -> dict[str, Any]:
    """A draft as its form begins with it."""
    asked = {one.pk for one in draft.states}
    by_status: dict[str, set[int]] = {status: set() for status in _IN_NETWORK}
    for one in _states():
        by_status[one.emn_status].add(one.pk)
    members, observers = (by_status[status] for status in _IN_NETWORK)
    kinds = {"all": members | observers, "members": members, "observers": observers}
    return {
        "titles": draft.titles,
        "reference": draft.reference,
        "requested_by": draft.requested_by,
        "backgrounds": draft.backgrounds,
        "themes": draft.themes,
        "concepts": draft.concepts,
        "asked": next((name for name, keys in kinds.items() if keys == asked and keys), "chosen"),
        "states": list(draft.states),
        "languages": draft.languages,
        "deadline": draft.deadline,
        "deadline_reason": draft.deadline_reason,
    }


def initial_questions(draft: Draft) -> list[dict[str, Any]]:
    """Its questions as their forms begin with them."""
    return [
        {
            "labels": one.labels,
            "kind": one.kind,
            "choices": _joined(one.choices),
            "is_required": one.is_required,
            "code": one.code,
        }
        for one in draft.questions
    ]


def _joined(choices: Any) -> dict[str, str]:
    languages = {code for texts in choices for code in texts}
    return {code: "\n".join(texts.get(code, "") for texts in choices) for code in languages}


def words_typed(data: QueryDict) -> Words:
    """The words of a form as they were typed, whatever is wrong with it or missing."""

    def texts(name: str, longest: int) -> Mapping[str, str]:
        return {
            code: data.get(f"{name}_{code}", "")[:longest] for code, _name in settings.LANGUAGES
        }

    keys = [int(one) for one in data.getlist("concepts") if one.isdecimal() and len(one) < 10]
    return Words(
        texts("titles", LONGEST_QUESTION),
        texts("backgrounds", LONGEST_BACKGROUND),
        {
            f"q{number}": texts(f"{PREFIX}-{number}-labels", LONGEST_QUESTION)
            for number in range(MOST_QUESTIONS)
            if f"{PREFIX}-{number}-kind" in data
        },
        list(Concept.objects.filter(pk__in=keys[:50]).values_list("slug", flat=True)),
    )
