"""The forms of the desk, apart from the questions themselves."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.blocks import BlockField

from contactpoint.consultations.actions.drafting import DraftError, ensure_free_number
from contactpoint.consultations.actions.opening import RESERVED, newest
from contactpoint.consultations.desk.blocks import sections_block, sets_block
from contactpoint.consultations.desk.converting import (
    as_instrument,
    sections_value,
    sets_value,
)
from contactpoint.consultations.desk.staying import refused
from contactpoint.consultations.models import Instrument, Round, StateAsked
from contactpoint.consultations.numbers import sent_number
from contactpoint.consultations.questions import Instrument as Asked
from contactpoint.consultations.questions.carrying import LONGEST_TEXT
from contactpoint.consultations.questions.xlsform.columns import LANGUAGES
from contactpoint.consultations.timing import sent
from contactpoint.consultations.waves import waves_before
from contactpoint.glossary.forms import ConceptsField
from contactpoint.glossary.models import Concept
from contactpoint.kit.forms import LANGUAGE_TAG, LabelsFormField
from contactpoint.kit.labels import pick
from contactpoint.network.models import Country

LONGEST_WORDS: Final = 20_000
LONGEST_WAVE: Final = 40
FIXED_ONCE_OPEN: Final = ("instrument", "code", "access", "is_anonymous")
"""What was promised to who answers, and where they find it."""
MOVED_ELSEWHERE: Final = ("opens_at", "closes_at")
"""States are told of a new deadline, and it is never an earlier one: `actions.telling.extend`."""


class InstrumentForm(WagtailAdminModelForm):
    """What an instrument is, apart from what it asks."""

    labels = LabelsFormField(label=_("Name"))


class QuestionsForm(forms.Form):
    """Everything that is asked, in all languages of the instrument."""

    languages = forms.CharField(
        label=_("Languages"),
        help_text=_(
            "Codes with spaces between, the one that it is written in first, such as “nl fr en”. "
            "Each text gets a field for a language once this is saved."
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, languages: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = languages
        for name, label, widget in (
            ("titles", _("Title"), forms.TextInput()),
            ("introductions", _("Introduction"), forms.Textarea(attrs={"rows": 2})),
        ):
            for code in languages:
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=f"{label} · {LANGUAGES.get(code, code)}",
                    required=False,
                    max_length=LONGEST_TEXT,
                    widget=widget,
                )
        sections, sets = sections_block(languages), sets_block(languages)
        self.fields["sections"] = BlockField(block=sections, label=_("Sections"), required=False)
        self.fields["choice_sets"] = BlockField(
            block=sets, label=_("Sets of choices"), required=False
        )

    @staticmethod
    def initial_of(before: Asked) -> dict[str, Any]:
        """An instrument as it is shown."""
        blocks = {
            "sections": (sections_block(before.languages), sections_value(before)),
            "choice_sets": (sets_block(before.languages), sets_value(before)),
        }
        texts = {"titles": before.titles, "introductions": before.introductions}
        return {
            "languages": " ".join(before.languages),
            **{
                f"{name}_{code}": by_language.get(code, "")
                for name, by_language in texts.items()
                for code in before.languages
            },
            **{name: block.to_python(value) for name, (block, value) in blocks.items()},
        }

    def written(self, before: Asked) -> Asked:
        """What was written, over what was there before; of a form that is valid."""
        texts = {
            name: {code: self.cleaned_data[f"{name}_{code}"] for code in self.shown}
            for name in ("titles", "introductions")
        }
        return as_instrument({**self.cleaned_data, **texts}, before)

    def clean_languages(self) -> tuple[str, ...]:
        """At least one, each once."""
        codes = self.cleaned_data["languages"].replace(",", " ").lower().split()
        wrong = [code for code in codes if not LANGUAGE_TAG.fullmatch(code)]
        if wrong:
            raise forms.ValidationError(
                _("“%(code)s” is no code of a language. Write one such as “nl”."),
                params={"code": wrong[0]},
            )
        return tuple(dict.fromkeys(codes))


class UploadForm(forms.Form):
    """An XLSForm."""

    file = forms.FileField(
        label=_("XLSForm"),
        help_text=_("A workbook (.xlsx) or CSV. What it changes is shown before it is kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class ConceptsOfRoundField(ConceptsField):
    """The same, for what is stored as rows."""

    def prepare_value(self, value: Any) -> Any:
        """By their English labels: identifiers say less."""
        if isinstance(value, (list, tuple)):
            value = [pick(one.labels, "en") or one.slug for one in value]
        return super().prepare_value(value)

    def clean(self, value: Any) -> Any:
        """Rows, in the order of the glossary."""
        return Concept.objects.filter(slug__in=super().clean(value))


class RoundForm(WagtailAdminModelForm):
    """Who is asked, until when, in which languages, how open."""

    labels = LabelsFormField(label=_("Title"))
    wave_names = LabelsFormField(
        label=_("Wave"),
        required=False,
        longest=LONGEST_WAVE,
        help_text=_("Only of a survey that is held again, such as “spring 2019”."),
    )
    introductions = LabelsFormField(
        label=_("Background"),
        required=False,
        longest=LONGEST_WORDS,
        help_text=_("Why it is asked; it stands before the questions."),
    )
    summaries = LabelsFormField(
        label=_("Summary"),
        required=False,
        longest=LONGEST_WORDS,
        help_text=_("What came of it, in the editors' words; shown with the results."),
    )
    disclaimers = LabelsFormField(label=_("Disclaimer"), required=False, longest=LONGEST_WORDS)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    concepts = ConceptsOfRoundField(
        label=_("Concepts"),
        required=False,
        help_text=_("One a line: the English label of a concept, or its identifier."),
    )
    states_asked = forms.ModelMultipleChoiceField(
        queryset=Country.objects.none(),
        required=False,
        label=_("States that are asked"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only where states answer. Who has answered stays asked."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = [
            (code, LANGUAGES.get(code, code)) for code in dict.fromkeys(self._languages())
        ]
        if not self.instance.pk:
            self.initial.setdefault(
                "languages", self._written_in() or [code for code, _name in settings.LANGUAGES]
            )
        asked = self.instance.states.values("country") if self.instance.pk else []
        self.fields["states_asked"].queryset = Country.objects.filter(
            ~Q(emn_status=Country.Status.NONE) | Q(pk__in=asked)
        )
        if self.instance.pk:
            self.initial["states_asked"] = list(Country.objects.filter(pk__in=asked))
        if self.instance.pk and self.instance.status != Round.Status.DRAFT:
            for name in FIXED_ONCE_OPEN:
                if name in self.fields:
                    self.fields[name].disabled = True
                    self.fields[name].help_text = _("Stays as it is: people may have answered.")
            for name in MOVED_ELSEWHERE if self.instance.is_of_states else ():
                if name in self.fields:
                    self.fields[name].disabled = True
                    self.fields[name].help_text = _(
                        "Moved under “States and deadline”: later only, and the states are told."
                    )

    def _languages(self) -> Iterator[str]:
        yield from (code for code, _name in settings.LANGUAGES)
        yield from self.instance.languages or ()
        yield from self._written_in()

    def _written_in(self) -> list[str]:
        """The languages of what is asked; none before it is known."""
        instrument = self.instance.instrument if self.instance.instrument_id else None
        if instrument is None:
            chosen = self.data.get(self.add_prefix("instrument")) or self.initial.get("instrument")
            pk = sent_number(str(chosen or ""))
            instrument = Instrument.objects.filter(pk=pk).first()
        version = newest(instrument) if instrument is not None else None
        return list(version.definition.get("languages", ())) if version is not None else []

    def clean_code(self) -> str:
        """No address that is another page's."""
        code: str = self.cleaned_data["code"]
        if code in RESERVED:
            raise forms.ValidationError(_("This address belongs to the portal. Choose another."))
        return code

    def clean_reference(self) -> str:
        """Of queries no number twice."""
        number: str = self.cleaned_data["reference"]
        instrument = self.cleaned_data.get("instrument") or getattr(
            self.instance, "instrument", None
        )
        if instrument is not None and instrument.kind == Instrument.Kind.QUERY:
            try:
                ensure_free_number(number, self.instance.pk)
            except DraftError as taken:
                raise forms.ValidationError(str(taken)) from None
        return number

    def clean(self) -> dict[str, Any]:
        """It opens before it closes, and follows a round of its own instrument."""
        cleaned: dict[str, Any] = super().clean()
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It closes before it opens. Choose a later day."))
        stored = Round.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        if stored is not None and "closes_at" in cleaned and "opens_at" in cleaned:
            for name, problem in refused(stored, opens, closes):
                self.add_error(name, problem)
        invited = cleaned.get("invited")
        if stored is not None and not stored.is_of_states and invited is not None:
            answered = sent(stored)
            if "invited" in self.changed_data and invited < answered:
                told = _("%(number)s have answered already: no fewer can have been asked.")
                self.add_error("invited", told % {"number": answered})
        instrument = cleaned.get("instrument") or getattr(self.instance, "instrument", None)
        before = cleaned.get("previous")
        if before is not None and instrument and before.instrument_id != instrument.pk:
            self.add_error("previous", _("A wave before is one of the same questionnaire."))
        if before is not None and self.instance.pk in {one.pk for one in waves_before(before)}:
            self.add_error("previous", _("It can't follow itself, nor a wave that follows it."))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """With the states that are asked."""
        round = super().save(commit=commit)
        if commit:
            keep_states(round, self.cleaned_data["states_asked"])
        return round


def keep_states(round: Round, countries: Any) -> None:
    """Ask these states and no others, but for those that have answered already."""
    wanted = {one.pk: one for one in countries}
    answering = round.responses.filter(is_test=False).values("country")
    gone = StateAsked.objects.filter(round=round).exclude(country__in=wanted)
    gone.exclude(country__in=answering.exclude(country=None)).delete()
    known = set(StateAsked.objects.filter(round=round).values_list("country", flat=True))
    StateAsked.objects.bulk_create(
        StateAsked(round=round, country=one, status=one.emn_status)
        for pk, one in wanted.items()
        if pk not in known
    )
