"""The form in which a reader proposes something: the same for all kinds but for its fields."""

import re
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from contactpoint.glossary.languages import LANGUAGES, by_name, name_in
from contactpoint.glossary.models import Proposal
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.public_forms import PublicForm, TypedField

LONGEST_LABEL: Final = 200
LONGEST_TEXT: Final = 4_000
LONGEST_SOURCE: Final = 1_000
_ADDRESS: Final = re.compile(r"https?:|www\.", re.IGNORECASE)


class LabelField(TypedField):
    """A name of a concept: short, with letters, and no web address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_LABEL, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not any(sign.isalpha() for sign in value):
            raise forms.ValidationError(_("A term has letters."))
        if _ADDRESS.search(value):
            raise forms.ValidationError(_("This looks like a web address. Put it under Source."))


class ProposalForm(PublicForm):
    """What all kinds ask: a language, a source, and, if wanted, where to write the outcome."""

    language = forms.ChoiceField(label=gettext_lazy("Language"))
    source = TypedField(
        label=gettext_lazy("Source"),
        lines=2,
        min_length=3,
        max_length=LONGEST_SOURCE,
        help_text=gettext_lazy(
            "A law with its article, a publication with its page, or a web address: "
            "where the editors can see that the word is used so."
        ),
    )
    remark = TypedField(
        label=gettext_lazy("Anything else (optional)"),
        lines=2,
        required=False,
        max_length=LONGEST_SOURCE,
        help_text=gettext_lazy("Only the editors read this."),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address (optional)"),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=gettext_lazy("If you want to hear the outcome."),
    )
    consent = forms.BooleanField(
        label=gettext_lazy(
            "Write to me at this address what the editors decided, once, and then delete it."
        ),
        required=False,
    )
    ticket = forms.CharField(widget=forms.HiddenInput, required=False)

    kind: Proposal.Kind
    field_order = ("language", "part", "text", "definition", "source", "remark", "email", "consent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or FALLBACK_LANGUAGE
        codes = by_name(set(LANGUAGES), reader)
        field: Any = self.fields["language"]
        field.choices = [("", "–"), *((code, name_in(code, reader)) for code in codes)]

    def clean(self) -> dict[str, Any]:
        """An address without consent is not kept, and consent needs an address."""
        cleaned = super().clean() or {}
        if cleaned.get("email") and not cleaned.get("consent"):
            self.add_error("consent", _("Tick this, or leave the address out."))
        if cleaned.get("consent") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Give an address, or leave the box empty."))
        return cleaned

    def proposed(self) -> dict[str, str]:
        """The columns of the proposal; nothing of whoever sent it."""
        names = ("language", "part", "text", "definition", "source", "remark")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class TermForm(ProposalForm):
    """A term that the glossary lacks."""

    kind = Proposal.Kind.TERM
    text = LabelField(label=gettext_lazy("Term"))
    definition = TypedField(
        label=gettext_lazy("What it means (optional)"),
        lines=4,
        required=False,
        max_length=LONGEST_TEXT,
    )


class TranslationForm(ProposalForm):
    """A name of a concept in a language that lacks it, or a better one."""

    kind = Proposal.Kind.TRANSLATION
    text = LabelField(label=gettext_lazy("The term in that language"))
    definition = TypedField(
        label=gettext_lazy("Its definition in that language (optional)"),
        lines=4,
        required=False,
        max_length=LONGEST_TEXT,
    )


class ChangeForm(ProposalForm):
    """Something about a concept that is wrong or missing."""

    kind = Proposal.Kind.CHANGE
    part = forms.ChoiceField(
        label=gettext_lazy("What should change"), choices=Proposal.Part.choices
    )
    text = TypedField(
        label=gettext_lazy("How it should read"), lines=4, max_length=LONGEST_TEXT, min_length=2
    )

    def clean(self) -> dict[str, Any]:
        """A name is as short as any other."""
        cleaned = super().clean()
        if cleaned.get("part") == Proposal.Part.LABEL and len(cleaned.get("text", "")) > (
            LONGEST_LABEL
        ):
            self.add_error(
                "text",
                _("A name has at most %(most)s characters.") % {"most": LONGEST_LABEL},
            )
        return cleaned


FORMS: Final[dict[str, type[ProposalForm]]] = {
    str(form.kind): form for form in (TermForm, TranslationForm, ChangeForm)
}
