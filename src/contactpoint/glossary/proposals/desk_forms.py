"""The editor's forms: what of a proposal is taken over, and why one is declined."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from contactpoint.glossary.models import Proposal
from contactpoint.glossary.proposals.actions import Taking
from contactpoint.glossary.proposals.forms import LONGEST_LABEL, LONGEST_TEXT, LabelField
from contactpoint.kit.public_forms import TypedField

Part, Kind = Proposal.Part, Proposal.Kind


class TakeOverForm(forms.Form):
    """Filled in with what was proposed, to be corrected; fields that don't apply are gone."""

    english = LabelField(label=gettext_lazy("English label of the new concept"))
    label = LabelField(label=gettext_lazy("Label"), required=False)
    label_kind = forms.ChoiceField(
        label=pgettext_lazy("add a label as", "As"),
        choices=[
            ("preferred", gettext_lazy("preferred label; the present one becomes an alternative")),
            ("alternative", gettext_lazy("alternative label")),
        ],
        widget=forms.RadioSelect,
    )
    definition = TypedField(
        label=gettext_lazy("Definition"), lines=5, required=False, max_length=LONGEST_TEXT
    )
    definition_source = TypedField(
        label=gettext_lazy("Source of the definition"), required=False, max_length=LONGEST_TEXT
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("Show it in the public list"), required=False, initial=True
    )

    def __init__(self, data: Any = None, *, proposal: Proposal) -> None:
        super().__init__(data, initial=_initial(proposal), prefix="take")
        is_change = proposal.kind == Kind.CHANGE
        names = not is_change or proposal.part == Part.LABEL
        defines = not is_change or proposal.part == Part.DEFINITION
        unwanted = {
            "english": proposal.kind != Kind.TERM,
            "label": not names,
            "label_kind": not names or proposal.kind == Kind.TERM,
            "definition": not defines,
            "definition_source": not defines,
        }
        for name, is_unwanted in unwanted.items():
            if is_unwanted:
                del self.fields[name]
        if proposal.kind == Kind.TERM and proposal.language == "en":
            del self.fields["label"]

    def clean(self) -> dict[str, Any]:
        """A translation without a name, or a source without a definition, is nothing."""
        cleaned = super().clean() or {}
        if "label_kind" in self.fields and not cleaned.get("label") and not self.errors:
            self.add_error("label", _("Give the label that is to be added."))
        if cleaned.get("definition_source") and not cleaned.get("definition"):
            self.add_error("definition_source", _("This is a source without a definition."))
        return cleaned

    def taking(self) -> Taking:
        """What goes into the glossary."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "is_public"}
        return Taking(**given)


class DeclineForm(forms.Form):
    """The reason goes to the reader and, if the proposal is public, to everybody."""

    reason = TypedField(
        label=gettext_lazy("Reason"),
        lines=4,
        max_length=LONGEST_TEXT,
        help_text=gettext_lazy("The reader sees it on the status page, and gets it by mail."),
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("Show proposal and reason in the public list"), required=False
    )

    def __init__(self, data: Any = None, *, proposal: Proposal) -> None:
        super().__init__(data, initial={"is_public": proposal.is_public}, prefix="decline")


def _initial(proposal: Proposal) -> dict[str, Any]:
    is_change = proposal.kind == Kind.CHANGE
    definition = proposal.text if is_change else proposal.definition
    has_label = bool(proposal.concept and proposal.concept.labels.get(proposal.language))
    in_english = proposal.kind == Kind.TERM and proposal.language == "en"
    return {
        "english": proposal.text if in_english else "",
        "label": "" if in_english else proposal.text[:LONGEST_LABEL],
        "label_kind": "alternative" if has_label else "preferred",
        "definition": definition,
        "definition_source": proposal.source if definition else "",
        "is_public": True,
    }
