"""The form in which an editor mends what was inferred from an item."""

import datetime
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from contactpoint.glossary.models import Concept, Theme
from contactpoint.intake.models import ImportedItem
from contactpoint.network.models import Country, Institution
from contactpoint.outputs.models import Publication
from contactpoint.outputs.models.output import Kind

_THEMES: Final = 3
_SURE: Final = 1.0


def _by_label(model: Any, key: str) -> list[tuple[str, str]]:
    found = [(getattr(row, key), row.label) for row in model.objects.all()]
    return sorted(found, key=lambda pair: pair[1].casefold())


class MendForm(forms.Form):
    """Fields for everything that becomes of an item; `changes` gives what `actions.mend` takes.

    Themes keep their order, so there is a field for each. A keyword that names a kind of output or
    a place is shown and left as it is, unless a concept is chosen for it.
    """

    type = forms.ChoiceField(label=_("Type"), choices=Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=255)
    teaser = forms.CharField(
        label=_("Teaser"), max_length=600, required=False, widget=forms.Textarea({"rows": 4})
    )
    body = forms.CharField(
        label=_("Text"), max_length=100_000, required=False, widget=forms.Textarea({"rows": 8})
    )
    published_on = forms.DateField(label=_("Dated"), required=False, widget=AdminDateInput)
    starts_on = forms.DateField(
        label=_("Starts on"),
        required=False,
        widget=AdminDateInput,
        help_text=_("For an event: the day on which it takes place."),
    )
    effective_on = forms.DateField(
        label=_("Takes effect on"),
        required=False,
        widget=AdminDateInput,
        help_text=_("For a development: the day from which it holds."),
    )
    publication_type = forms.ChoiceField(
        label=_("Type of publication"),
        required=False,
        choices=[("", "—"), *Publication.Type.choices],
        help_text=_("For a publication."),
    )

    def __init__(self, data: Any = None, *, item: ImportedItem) -> None:
        self.item = item
        self.found: Mapping[str, Any] = item.inferred
        plain = {name: self.found.get(name) for name in self.base_fields}
        super().__init__(data, initial=plain)
        self._add_themes()
        self._add_keywords()
        self._add_named("institutions", _("Institutions"), dict(_by_label(Institution, "slug")))
        self._add_named("countries", _("Countries"), dict(_by_label(Country, "code")))
        self._add_suggested()

    def _add_themes(self) -> None:
        choices = [("", "—"), *_by_label(Theme, "slug")]
        for number in range(_THEMES):
            given = self.found["themes"][number : number + 1]
            label = _("Main theme") if number == 0 else _("Further theme")
            self.fields[f"theme_{number}"] = forms.ChoiceField(
                label=label, required=False, choices=choices, initial=given[0] if given else ""
            )

    def _add_keywords(self) -> None:
        concepts = _by_label(Concept, "slug")
        for number, keyword in enumerate(self.found["keywords"]):
            is_concept = keyword["resolves_to"] == "concept"
            meant = keyword["label"] if keyword["concept"] and not is_concept else ""
            self.fields[f"keyword_{number}"] = forms.ChoiceField(
                label=_("Keyword “%(keyword)s”") % {"keyword": keyword["source"]},
                required=False,
                choices=[("", meant or _("no concept")), *concepts],
                initial=keyword["concept"] if is_concept else "",
            )

    def _add_suggested(self) -> None:
        concepts = self.found["suggested"]
        if concepts:
            self.fields["suggested"] = forms.MultipleChoiceField(
                label=_("Concepts suggested from the text"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(one["concept"], _evidence(one)) for one in concepts],
                initial=[one["concept"] for one in concepts if one.get("taken")],
                help_text=_("Tick those that the item is about; the others are not published."),
            )

    def _add_named(self, name: str, label: Any, labels: Mapping[str, str]) -> None:
        found = self.found[name]
        if not found:
            return
        self.fields[name] = forms.MultipleChoiceField(
            label=label,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(key, labels.get(key, key)) for key in found],
            initial=found,
        )

    def clean(self) -> dict[str, Any]:
        """A theme is given once."""
        cleaned = super().clean() or {}
        themes = [cleaned.get(f"theme_{number}") for number in range(_THEMES)]
        chosen = [theme for theme in themes if theme]
        if len(chosen) != len(set(chosen)):
            raise forms.ValidationError(_("A theme is chosen twice. Choose each once."))
        cleaned["themes"] = chosen
        return cleaned

    def changes(self) -> dict[str, Any]:
        """What the editor's values make of the item, in the shape of `inferred`."""
        cleaned = self.cleaned_data
        chosen = cleaned.get("suggested", [])
        if cleaned["type"] == "publication" and not cleaned["publication_type"]:
            cleaned["publication_type"] = str(Publication.Type.REPORT)
        return {
            **{name: cleaned[name] for name in ("type", "title", "teaser", "body")},
            **{name: _iso(cleaned[name]) for name in ("published_on", "starts_on", "effective_on")},
            "publication_type": cleaned["publication_type"],
            "themes": cleaned["themes"],
            "unknown_themes": [] if cleaned["themes"] else self.found["unknown_themes"],
            "keywords": [
                self._keyword(keyword, cleaned[f"keyword_{number}"])
                for number, keyword in enumerate(self.found["keywords"])
            ],
            "suggested": [
                {**one, "taken": one["concept"] in chosen} for one in self.found["suggested"]
            ],
            "blocks": self._blocks(cleaned["body"]),
            "institutions": cleaned.get("institutions", []),
            "countries": cleaned.get("countries", []),
        }

    def _blocks(self, body: str) -> list[dict[str, Any]]:
        """A text that was not touched keeps its headings, links and pictures."""
        same = body.split() == str(self.found["body"]).split()
        return list(self.found.get("blocks", [])) if same else []

    @staticmethod
    def _keyword(keyword: Mapping[str, Any], chosen: str) -> dict[str, Any]:
        kept = dict(keyword)
        if chosen and chosen != keyword["concept"]:
            label = Concept.objects.get(slug=chosen).labels.get("en", chosen)
            kept |= {"resolves_to": "concept", "concept": chosen, "label": label}
            kept |= {"confidence": _SURE, "reason": "editor"}
        elif not chosen and keyword["resolves_to"] == "concept":
            kept |= {"resolves_to": "unknown", "concept": None, "label": ""}
            kept |= {"confidence": 0.0, "reason": "editor"}
        return kept


def _evidence(one: Mapping[str, Any]) -> str:
    """“reception, because the text says “place””."""
    words = {"concept": one["label"], "words": one["text"]}
    return _("%(concept)s, because the text says “%(words)s”") % words


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
