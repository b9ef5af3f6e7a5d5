"""The admin's forms of concepts and themes: labels in any number of languages, as lines."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from contactpoint.glossary.models import Concept, ConceptDraft, ConceptLabel
from contactpoint.kit.forms import DefinitionsFormField, LabelsFormField, NamesFormField

OTHER_LABELS = {
    "alternative_labels": ConceptLabel.Kind.ALTERNATIVE,
    "hidden_labels": ConceptLabel.Kind.HIDDEN,
}


class AddressesField(forms.CharField):
    """A list of web addresses, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        addresses = [line.strip() for line in (super().to_python(value) or "").splitlines()]
        for number, address in enumerate(addresses, start=1):
            if address and not address.startswith(("http://", "https://")):
                raise forms.ValidationError(
                    _("Line %(number)s is not a web address.") % {"number": number}
                )
        return [address for address in addresses if address]

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != list(initial or []))
        except forms.ValidationError:
            return True


def identifiers() -> dict[str, str]:
    """The identifier of each concept, published or drafted, by itself and by its English label."""
    found: dict[str, str] = {}
    for slug, labels in Concept.objects.values_list("slug", "labels"):
        found |= {labels.get("en", slug).casefold(): slug, slug: slug}
    drafted = ConceptDraft.objects.select_related("concept").only(
        "slug", "payload", "concept__slug"
    )
    for draft in drafted:
        if draft.concept is not None:
            found = {name: slug for name, slug in found.items() if slug != draft.concept.slug}
        for label in draft.payload.get("labels", ()):
            if label["kind"] == "preferred" and label["language"] == "en":
                found[label["text"].casefold()] = draft.slug
        found[draft.slug] = draft.slug
    return found


class ConceptsField(forms.CharField):
    """Concepts by identifier or English label, one a line: hundreds don't fit a select.

    Gives their identifiers."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else "\n".join(sorted(value))

    def clean(self, value: Any) -> Any:
        names = [line.strip() for line in (value or "").splitlines() if line.strip()]
        known = identifiers() if names else {}
        for number, name in enumerate(names, start=1):
            if name.casefold() not in known and name not in known:
                raise forms.ValidationError(
                    _("Line %(number)s: no concept is called “%(name)s”.")
                    % {"number": number, "name": name}
                )
        return sorted({known.get(name) or known[name.casefold()] for name in names})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((self.prepare_value(initial) or "") != (data or "").strip())


class SuccessorField(ConceptsField):
    """One concept, or none."""

    widget = forms.TextInput(attrs={"spellcheck": "false"})  # type: ignore[assignment]

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return found[0] if found else ""


class ThemeForm(WagtailAdminModelForm):
    """A theme in the portal's languages, with the other names under which listings know it."""

    labels = LabelsFormField(label=gettext_lazy("Name"))
    alternatives = NamesFormField(
        label=gettext_lazy("Other names"),
        required=False,
        help_text=gettext_lazy(
            "Names that imported listings use. They are matched, never shown. "
            "One a line: language, colon, name."
        ),
    )


class ConceptForm(WagtailAdminModelForm):
    """A concept with its labels and definitions in every language."""

    labels = LabelsFormField(label=gettext_lazy("Preferred label"), other_languages=True)
    alternative_labels = NamesFormField(
        label=gettext_lazy("Alternative labels"),
        required=False,
        help_text=gettext_lazy(
            "Synonyms that readers may see. One a line: language, colon, label."
        ),
    )
    hidden_labels = NamesFormField(
        label=gettext_lazy("Hidden labels"),
        required=False,
        help_text=gettext_lazy(
            "Misspellings and former words that are matched, never shown. "
            "One a line: language, colon, label."
        ),
    )
    definitions = DefinitionsFormField(label=gettext_lazy("Definition"), required=False)
    broader = ConceptsField(
        label=gettext_lazy("Broader"),
        required=False,
        help_text=gettext_lazy("Identifiers or English labels, one a line."),
    )
    related = ConceptsField(
        label=gettext_lazy("Related"),
        required=False,
        help_text=gettext_lazy("Identifiers or English labels, one a line."),
    )
    successor = SuccessorField(
        label=gettext_lazy("Successor"),
        required=False,
        help_text=gettext_lazy(
            "For a deprecated concept: where its readers are led. Identifier or English label."
        ),
    )
    exact_matches = AddressesField(
        label=gettext_lazy("Exact matches"),
        required=False,
        help_text=gettext_lazy("Addresses of the same concept in other vocabularies, one a line."),
    )
    close_matches = AddressesField(
        label=gettext_lazy("Close matches"),
        required=False,
        help_text=gettext_lazy("Addresses of concepts elsewhere that are nearly the same."),
    )

    def clean(self) -> dict[str, Any]:
        """A label stands once in a language, whatever its kind; a concept isn't above itself."""
        cleaned: dict[str, Any] = super().clean()
        seen = set(cleaned.get("labels", {}).items())
        for name in OTHER_LABELS:
            for language, texts in (cleaned.get(name) or {}).items():
                for text in texts:
                    if (language, text) in seen:
                        self.add_error(
                            name,
                            _("“%(label)s” (%(language)s) is a label of this concept already.")
                            % {"label": text, "language": language},
                        )
                    seen.add((language, text))
        for relation in ("broader", "related"):
            if cleaned.get("slug") in (cleaned.get(relation) or ()):
                self.add_error(relation, _("A concept is not its own neighbour."))
        return cleaned
