"""What an editor may do with a question, one small form for each."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from contactpoint.glossary.choosing import concept_chooser
from contactpoint.glossary.languages import name_within
from contactpoint.glossary.models import Concept
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.visibility import visible
from contactpoint.outputs.worklist_forms import languages_for


class AnswerForm(forms.Form):
    """The page that answers the question."""

    page = forms.ModelChoiceField(
        Page.objects.filter(depth__gt=1), label=_("Page"), widget=AdminPageChooser()
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="answer")

    def clean_page(self) -> Page:
        """One that readers can open."""
        page: Page = self.cleaned_data["page"]
        if not visible(Page.objects.filter(pk=page.pk)).exists():
            raise forms.ValidationError(_("Readers can't see this page. Publish it first."))
        return page


class SynonymForm(forms.Form):
    """The concept that the words mean, and the language in which they do."""

    concept = forms.ModelChoiceField(
        Concept.objects.exclude(status=Concept.Status.DEPRECATED),
        label=_("Concept"),
        widget=concept_chooser.widget_class,
    )
    language = forms.ChoiceField(label=_("It is a word in"))

    def __init__(self, data: Any = None, *, language: str) -> None:
        super().__init__(data, prefix="synonym")
        languages: Any = self.fields["language"]
        reader = get_language() or FALLBACK_LANGUAGE
        languages.choices = [
            (code, name_within(code, reader)) for code, _code in languages_for(language)
        ]
        languages.initial = language
