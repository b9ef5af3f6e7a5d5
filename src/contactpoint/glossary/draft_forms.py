"""The form of a concept as the next version shall have it. It never touches what readers see."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from contactpoint.accounts.models import User
from contactpoint.glossary.drafting import digest, published_payload, save_draft
from contactpoint.glossary.forms import ConceptForm
from contactpoint.glossary.models import Concept, ConceptDraft, ConceptLabel, Proposal
from contactpoint.glossary.payload import from_payload
from contactpoint.glossary.scheme import concept_address
from contactpoint.glossary.slugs import is_reserved
from contactpoint.vocabulary import Definition, Label, VocabularyConcept
from contactpoint.vocabulary.model import LabelKind

_KINDS: Final[dict[str, LabelKind]] = {
    "alternative_labels": "alternative",
    "hidden_labels": "hidden",
}


class ConceptDraftForm(ConceptForm):
    """Shows the draft where there is one, else what readers see; saving makes a draft.

    What the form has no field for (notes, variants of labels, contexts of definitions, other
    statements) is carried along from where it began."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    # The learnt labels that the form showed: what was learnt since is nobody's to forget.
    learnt = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, draft: ConceptDraft | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row: Concept | None = self.instance if self.instance.pk else None
        self.draft = draft
        payload = draft.payload if draft else published_payload(self.row) if self.row else {}
        slug = draft.slug if draft else self.row.slug if self.row else ""
        self.begun = from_payload(slug, payload, concept_address(slug))
        self.digest = digest([slug, payload])
        if slug:
            self.initial.update(self._initial())
        self.initial["seen"] = self.digest
        self.initial["learnt"] = sorted(self._learnt() - self._forgotten())

    def _initial(self) -> dict[str, Any]:
        begun = self.begun
        definitions = {
            language: {"text": one.text, "source": one.source}
            for language, one in _first_definitions(begun).items()
        }
        return {
            "labels": {language: one.text for language, one in _main_labels(begun).items()},
            **{name: self._others(kind) for name, kind in _KINDS.items()},
            "definitions": definitions,
            "broader": list(begun.broader),
            "related": list(begun.related),
            "slug": begun.id,
            "status": begun.status,
            "successor": begun.replaced_by,
            "exact_matches": list(begun.exact_matches),
            "close_matches": list(begun.close_matches),
            "notation": begun.notation,
        }

    def _others(self, kind: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        texts = [(one.language, one.text) for one in self.begun.labels if one.kind == kind]
        if kind == "hidden":
            texts += sorted(self._learnt() - self._forgotten())
        for language, text in texts:
            if text not in found.setdefault(language, []):
                found[language].append(text)
        return found

    def _learnt(self) -> set[tuple[str, str]]:
        if self.row is None:
            return set()
        rows = ConceptLabel.objects.filter(concept=self.row, learnt=True)
        return set(rows.values_list("language", "text"))

    def _shown(self) -> set[tuple[str, str]]:
        given = self.cleaned_data.get("learnt")
        pairs = given if isinstance(given, list) else []
        return {
            (pair[0], pair[1])
            for pair in pairs
            if isinstance(pair, list) and len(pair) == 2 and all(isinstance(x, str) for x in pair)
        }

    def _forgotten(self) -> set[tuple[str, str]]:
        return (
            {(language, text) for language, text in self.draft.forgotten} if self.draft else set()
        )

    def clean_slug(self) -> str:
        """An identifier is of one concept, and its address leads to no other page."""
        slug = str(self.cleaned_data["slug"])
        rows = Concept.objects.filter(slug=slug)
        others = ConceptDraft.objects.filter(slug=slug)
        if self.row is not None:
            rows = rows.exclude(pk=self.row.pk)
        if self.draft is not None:
            others = others.exclude(pk=self.draft.pk)
        if rows.exists() or others.exists():
            raise forms.ValidationError(_("Another concept has this identifier."))
        if is_reserved(slug):
            raise forms.ValidationError(_("This address is taken by another page."))
        return slug

    def clean(self) -> dict[str, Any]:
        """Two editors don't overwrite each other unseen."""
        cleaned = super().clean()
        if cleaned.get("seen") not in {"", self.digest}:
            raise forms.ValidationError(
                _(
                    "Somebody else has changed this concept since you opened it. Open it in a "
                    "second window, and repeat your change there."
                )
            )
        return cleaned

    def _post_clean(self) -> None:
        """The row stays as it is; a draft is checked when a version is published."""

    def concept(self) -> VocabularyConcept:
        """The concept as it was typed, with what was carried along."""
        given = self.cleaned_data
        return replace(
            self.begun,
            id=given["slug"],
            labels=tuple(self._labels()),
            definitions=tuple(self._definitions()),
            broader=tuple(given["broader"]),
            narrower=(),
            related=tuple(given["related"]),
            exact_matches=tuple(given["exact_matches"]),
            close_matches=tuple(given["close_matches"]),
            status=given["status"],
            replaced_by=given["successor"],
            notation=given["notation"],
        )

    def _labels(self) -> Iterable[Label]:
        main = _main_labels(self.begun)
        for language, text in self.cleaned_data["labels"].items():
            before = main.get(language)
            kept = before.variant if before and before.text == text else ""
            yield Label(text, language, "preferred", kept)
        for label in self.begun.labels:
            if label.kind == "preferred" and label != main[label.language]:
                yield label
        learnt = self._learnt()
        for name, kind in _KINDS.items():
            for language, texts in self.cleaned_data[name].items():
                for text in texts:
                    same = [
                        label
                        for label in self.begun.labels
                        if (label.kind, label.language, label.text) == (kind, language, text)
                    ]
                    if not same and kind == "hidden" and (language, text) in learnt:
                        continue
                    yield from same or [Label(text, language, kind)]

    def _definitions(self) -> Iterable[Definition]:
        first = _first_definitions(self.begun)
        for language, entry in self.cleaned_data["definitions"].items():
            context = first[language].context if language in first else ""
            yield Definition(entry["text"], language, entry.get("source", ""), context)
        for definition in self.begun.definitions:
            if definition != first[definition.language]:
                yield definition

    def save_draft(self, by: User) -> ConceptDraft | None:
        """Keep it for the next version; None where readers see just this already."""
        hidden = self.cleaned_data["hidden_labels"]
        forgotten = {
            (language, text)
            for language, text in self._learnt() & (self._shown() | self._forgotten())
            if text not in hidden.get(language, ())
        }
        concept = self.concept()
        if self.row is None and self.draft is not None and self.draft.slug != concept.id:
            # What a reader proposed is followed until a version has it.
            Proposal.objects.filter(
                slug=self.draft.slug, status=Proposal.Status.ACCEPTED, concept=None, version=None
            ).update(slug=concept.id)
            self.draft.slug = concept.id
            self.draft.save(update_fields=["slug"])
        return save_draft(concept, row=self.row, by=by, forgotten=forgotten)


def _main_labels(concept: VocabularyConcept) -> dict[str, Label]:
    """The preferred label by which the concept goes in each language: that of no variant first."""
    found: dict[str, Label] = {}
    for label in sorted(concept.labels, key=lambda label: bool(label.variant)):
        if label.kind == "preferred":
            found.setdefault(label.language, label)
    return found


def _first_definitions(concept: VocabularyConcept) -> dict[str, Definition]:
    found: dict[str, Definition] = {}
    for definition in sorted(concept.definitions, key=lambda one: one.context):
        found.setdefault(definition.language, definition)
    return found
