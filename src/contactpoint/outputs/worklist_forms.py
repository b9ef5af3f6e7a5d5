"""What an editor may decide on an unknown keyword, one small form for each decision."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from contactpoint.glossary.choosing import concept_chooser
from contactpoint.glossary.deciding import LabelTakenError, taken
from contactpoint.glossary.models import Concept, ConceptDraft
from contactpoint.glossary.terms import vocabulary
from contactpoint.outputs.worklist import Keyword
from contactpoint.vocabulary import normalise

ENGLISH = "en"


def languages_for(own: str) -> list[tuple[str, str]]:
    """The portal's languages first, then the others that the glossary speaks."""
    first = [code for code, _name in settings.LANGUAGES]
    others = sorted(vocabulary().languages - set(first))
    codes = dict.fromkeys([*first, *others, *([own] if own else [])])
    return [(code, code) for code in codes]


class MapForm(forms.Form):
    """The concept that the keyword means, the language in which it is a word for it, and where."""

    concept = forms.ModelChoiceField(
        Concept.objects.exclude(status=Concept.Status.DEPRECATED),
        label=_("Concept"),
        widget=concept_chooser.widget_class,
    )
    language = forms.ChoiceField(label=_("It is a word in"))
    only = forms.MultipleChoiceField(
        label=_("Where the keyword is written in"),
        error_messages={"required": _("Tick at least one language.")},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any = None, *, keyword: Keyword, concept: Concept | None = None
    ) -> None:
        super().__init__(data, prefix="map", initial={"concept": concept})
        languages: Any = self.fields["language"]
        languages.choices = languages_for(keyword.language)
        languages.initial = keyword.language or ENGLISH
        only: Any = self.fields["only"]
        counted = keyword.by_language
        only.choices = [(tag, f"{tag or _('not told')} ({count})") for tag, count in counted]
        only.initial = [tag for tag, _count in counted]
        if len(counted) < 2:
            del self.fields["only"]

    @property
    def languages(self) -> list[str] | None:
        """The languages that were left ticked; None for all."""
        return self.cleaned_data.get("only") if "only" in self.fields else None


class MergeForm(forms.Form):
    """Another string of which this is a spelling."""

    other = forms.CharField(
        label=_("The other string"),
        max_length=200,
        widget=forms.TextInput({"list": "waiting", "autocomplete": "off"}),
        help_text=_("One that waits here, or any word that the glossary knows."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="merge")


class ProposeForm(forms.Form):
    """A concept that the glossary lacks; administrators approve it."""

    english = forms.CharField(label=_("English label"), max_length=200)
    label = forms.CharField(label=_("Label in its own language"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("That language"))
    broader = forms.ModelChoiceField(
        Concept.objects.exclude(status=Concept.Status.DEPRECATED),
        label=_("Broader concept"),
        required=False,
        widget=concept_chooser.widget_class,
    )

    def __init__(self, data: Any = None, *, keyword: Keyword) -> None:
        super().__init__(data, prefix="propose")
        own = keyword.language or ENGLISH
        languages: Any = self.fields["language"]
        languages.choices, languages.initial = languages_for(own), own
        self.fields["english" if own == ENGLISH else "label"].initial = keyword.text

    def clean(self) -> dict[str, Any]:
        """A concept that is there already is mapped to, not proposed."""
        cleaned = super().clean() or {}
        english = normalise(cleaned.get("english", "").strip())
        for labels in Concept.objects.values_list("labels", flat=True):
            if english and normalise(labels.get(ENGLISH, "")) == english:
                self.add_error("english", _("There is a concept of this name. Map to it."))
        asked = {"english": ENGLISH, "label": cleaned.get("language", "")}
        drafted = {
            (label["language"], normalise(label["text"]))
            for payload in ConceptDraft.objects.values_list("payload", flat=True)
            for label in payload.get("labels", ())
        }
        for name, language in asked.items():
            text = (cleaned.get(name) or "").strip()
            if text and (language, normalise(text)) in drafted:
                message = _("“%(label)s” (%(language)s) stands in the draft already.")
                self.add_error(name, message % {"label": text, "language": language})
            elif text and name not in self.errors and (others := taken(text, language)):
                self._refuse(name, text, language, others)
        return cleaned

    def refuse(self, problem: LabelTakenError) -> None:
        """Say that the keyword is a label of another concept."""
        name = "english" if problem.language == ENGLISH else "label"
        self._refuse(name, problem.words, problem.language, problem.others)

    def _refuse(self, name: str, words: str, language: str, others: Iterable[Concept]) -> None:
        message = _("“%(words)s” (%(language)s) is a label of %(concepts)s already. Map to it.")
        concepts = ", ".join(other.label for other in others)
        told = {"words": words, "language": language, "concepts": concepts}
        self.add_error(name, message % told)

    @property
    def labels(self) -> dict[str, str]:
        """Preferred labels by language."""
        given = {ENGLISH: self.cleaned_data["english"]}
        if self.cleaned_data["label"] and self.cleaned_data["language"] != ENGLISH:
            given[self.cleaned_data["language"]] = self.cleaned_data["label"]
        return given
