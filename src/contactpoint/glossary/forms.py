"""The admin's forms of concepts and themes: labels in any number of languages, as lines."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from contactpoint.glossary.models import Concept, ConceptLabel
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


class ConceptsField(forms.ModelMultipleChoiceField):
    """Concepts by identifier or English label, one a line: hundreds don't fit a select."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return "\n".join(sorted(str(getattr(one, "slug", one)) for one in value))

    def clean(self, value: Any) -> Any:
        names = [line.strip() for line in (value or "").splitlines() if line.strip()]
        by_name: dict[str, int] = {}
        for pk, slug, labels in Concept.objects.values_list("pk", "slug", "labels"):
            by_name |= {labels.get("en", slug).casefold(): pk, slug: pk}
        for number, name in enumerate(names, start=1):
            if name.casefold() not in by_name:
                raise forms.ValidationError(
                    _("Line %(number)s: no concept is called “%(name)s”.")
                    % {"number": number, "name": name}
                )
        return Concept.objects.filter(pk__in={by_name[name.casefold()] for name in names})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((self.prepare_value(initial) or "") != (data or "").strip())


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
        Concept.objects.none(),
        label=gettext_lazy("Broader"),
        required=False,
        help_text=gettext_lazy("Identifiers or English labels, one a line."),
    )
    related = ConceptsField(
        Concept.objects.none(),
        label=gettext_lazy("Related"),
        required=False,
        help_text=gettext_lazy("Identifiers or English labels, one a line."),
    )
    exact_matches = AddressesField(
        label=gettext_lazy("Exact matches"),
        required=False,
        help_text=gettext_lazy("Addresses of the same concept in other vocabularies, one a line."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name, kind in OTHER_LABELS.items():
                self.initial[name] = self._labels_of(kind)

    def _labels_of(self, kind: str) -> dict[str, list[str]]:
        labels: dict[str, list[str]] = {}
        for language, text in self.instance.other_labels.filter(kind=kind).values_list(
            "language", "text"
        ):
            labels.setdefault(language, []).append(text)
        return labels

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
            if self.instance.pk and self.instance in (cleaned.get(relation) or ()):
                self.add_error(relation, _("A concept is not its own neighbour."))
        return cleaned

    def save(self, commit: bool = True) -> Concept:
        """Labels that stay keep their row, and with it that they were learnt."""
        concept: Concept = super().save(commit=commit)
        if commit:
            self._save_labels(concept)
        return concept

    @transaction.atomic
    def _save_labels(self, concept: Concept) -> None:
        for name, kind in OTHER_LABELS.items():
            wanted = {
                (language, text)
                for language, texts in self.cleaned_data[name].items()
                for text in texts
            }
            for row in ConceptLabel.objects.filter(concept=concept, kind=kind):
                if (row.language, row.text) in wanted:
                    wanted.remove((row.language, row.text))
                else:
                    row.delete()
            self.cleaned_data[name] = wanted
        for name, kind in OTHER_LABELS.items():
            ConceptLabel.objects.bulk_create(
                ConceptLabel(concept=concept, kind=kind, language=language, text=text)
                for language, text in sorted(self.cleaned_data[name])
            )
