"""The form of an output: facts on the source only, suggestions that become keywords, keywords that
become concepts.
"""

import re
from collections.abc import Callable
from itertools import chain, count
from typing import Any, Final

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.staticfiles import versioned_static
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from contactpoint.glossary.deciding import refused
from contactpoint.glossary.models import Concept
from contactpoint.outputs.approving import OWN
from contactpoint.outputs.form_rows import take_up
from contactpoint.outputs.rights import institutions_of, is_contributor
from contactpoint.outputs.sources import source_of
from contactpoint.outputs.suggesting import REFUSED, SHOWN, harmonise_rows, keys_of, subject_of

TICKED = "suggested"
_RESOLVER: Final = re.compile(r"\s*(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_OF_PUBLISHING = (
    *("live", "first_published_at", "last_published_at", "live_revision", "go_live_at"),
    *("expire_at", "expired"),
)
KEYWORDS = "classifications"
SUGGESTED, EDITOR = "suggested", "editor"


class ClassificationForm(WagtailAdminModelForm):
    """A keyword or a concept, or both; `origin` says that a suggestion was taken."""

    origin = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A draft, which saves itself while one writes, may hold a row that is still empty."""
        cleaned: dict[str, Any] = super().clean()
        is_empty = not cleaned.get("concept") and not cleaned.get("keyword")
        if is_empty and not self.errors and not self.is_deferred_validation:
            raise forms.ValidationError(_("Choose a concept, or type a keyword."))
        return cleaned


def _bare(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Reads a DOI as it is copied from anywhere: as an address, too."""

    def to_python(value: Any) -> Any:
        return _RESOLVER.sub("", read(value), count=1)

    return to_python


class OutputForm(WagtailAdminPageForm):
    """What an editor sees of an output."""

    source: Page

    def __init__(self, data: Any = None, files: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(with_ticked(data), files, *args, **kwargs)
        self.source = source_of(self.instance) if self.instance.pk else self.instance
        if not self.instance.pk:
            self._begin()
        if "doi" in self.fields:
            self.fields["doi"].to_python = _bare(self.fields["doi"].to_python)
        if not self.edits_facts:
            for name in facts_of(self.instance):
                self.fields.pop(name, None)
                self.formsets.pop(name, None)

    def _begin(self) -> None:
        """A new item is written from its title on, and is dated today unless somebody says else:
        without a day it would stand at the end of its list.
        """
        self.fields["title"].widget.attrs["autofocus"] = True
        if self.initial.get("published_on") is None:
            self.initial["published_on"] = timezone.localdate()

    @property
    def edits_facts(self) -> bool:
        """False on a translation, whose facts are those of its source."""
        return bool(self.source.pk == self.instance.pk)

    @property
    def language(self) -> str:
        """The language of the page, of a new page that of the list it will stand in."""
        if self.instance.locale_id:
            return str(self.instance.locale.language_code)
        parent = self.parent_page
        return str(parent.locale.language_code if parent else get_language() or "en")

    @property
    def chosen(self) -> set[int]:
        """Keys of the concepts that stand in the form's keywords now."""
        formset = self.formsets.get(KEYWORDS)
        return keys_of(form["concept"].value() for form in formset.forms) if formset else set()

    @property
    def refused(self) -> set[int]:
        """Keys of the concepts that were refused for this item, in the form or before."""
        if self.is_bound and SHOWN in self.data:
            return keys_of(self.data.getlist(REFUSED)) - self.chosen
        return refused(subject_of(self.instance)) - self.chosen if self.instance.pk else set()

    @property
    def media(self) -> forms.Media:
        scripts = ("outputs/admin/beginning.js", "outputs/admin/suggesting.js")
        return super().media + forms.Media(js=[versioned_static(name) for name in scripts])

    def clean(self) -> dict[str, Any]:
        """An event doesn't end before it starts; what is public can't be held back; a title that
        was there before gets an address of its own, which nobody has to think of.
        """
        slug = self.cleaned_data.get("slug")
        was_public = self.instance.first_published_at or (self.instance.pk and self.instance.live)
        if slug and not was_public:
            self.cleaned_data["slug"] = self._free(slug)
        cleaned: dict[str, Any] = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends < starts:
            self.add_error("ends_at", _("The end is before the start."))
        embargo = cleaned.get("embargo_until")
        if embargo and embargo > timezone.now() and self._is_public():
            self.add_error("embargo_until", _("This is public already, here or in a translation."))
        return cleaned

    def _free(self, slug: str) -> str:
        """The slug, or the first after it that no page beside has."""
        tried = chain([slug], (f"{slug[:240]}-{number}" for number in count(2)))
        return next(
            one for one in tried if Page._slug_is_available(one, self.parent_page, self.instance)
        )

    def save(self, commit: bool = True) -> Any:
        """Keywords without a concept are harmonised; a choice by hand is the editor's."""
        formset = self.formsets.get(KEYWORDS)
        if formset is not None:
            self._decide([form for form in formset.forms if form not in formset.deleted_forms])
        if self.instance.pk is None:
            # Wagtail writes a page that is made and published at once as live before it publishes
            # it: an embargo, or a second pair of eyes, would come too late.
            self.instance.live = False
        take_up(self.instance, self.formsets)
        with transaction.atomic():
            commit = commit and not self._has_gone_live()
            page = super().save(commit=commit)
        if self._name_own_institution(page) and commit:
            page.institution_links.commit()
        return page

    def _has_gone_live(self) -> bool:
        """Whether somebody published it since this form's page was read, as happens where a draft
        saves itself meanwhile. Its row would be written as a draft's again; a revision is enough.
        """
        page = self.instance
        if page.pk is None or page.live:
            return False
        stored = Page.objects.select_for_update().filter(pk=page.pk, live=True)
        row = stored.values(*_OF_PUBLISHING).first()
        for name, value in (row or {}).items():
            setattr(page, Page._meta.get_field(name).attname, value)
        return row is not None

    def _name_own_institution(self, page: Any) -> bool:
        """What a contributor writes is by the own institution, also where nobody chose it."""
        above = page if page.pk else self.parent_page
        if not self.edits_facts or above is None or self.for_user is None:
            return False
        own = list(institutions_of(self.for_user)) if is_contributor(self.for_user, above) else []
        links = page.institution_links
        keys = {row.institution_id for row in links.all() if row.role in OWN}
        is_unnamed = bool(own) and not keys & {institution.pk for institution in own}
        if is_unnamed:
            links.add(links.model(institution=own[0], role=OWN[1], sort_order=len(links.all())))
        return is_unnamed

    def _is_public(self) -> bool:
        key = self.instance.translation_key
        return Page.objects.filter(translation_key=key, live=True).exists()

    def _decide(self, rows: list[ClassificationForm]) -> None:
        unknown = []
        for form in rows:
            if not form.has_changed():
                continue
            row, data = form.instance, form.cleaned_data
            if data.get("concept"):
                if "concept" in form.changed_data or row.concept is None:
                    row.source = SUGGESTED if data.get("origin") == SUGGESTED else EDITOR
                    row.reason, row.confidence = row.source, 1.0
                    row.resolves_to = "concept"
            elif data.get("keyword") and {"keyword", "concept"} & set(form.changed_data):
                row.source = EDITOR
                unknown.append(row)
        harmonise_rows(unknown, self.language)


def facts_of(page: Page) -> list[str]:
    """Fields and child rows that are the same in every language: no translation changes them."""
    return [
        field.field_name
        for field in getattr(page, "translatable_fields", ())
        if isinstance(field, SynchronizedField) and not field.is_overridable(page)
    ]


def with_ticked(data: Any) -> Any:
    """The form's data, with a keyword row for each suggestion that was ticked.

    This is how suggestions are taken without JavaScript; with it they are rows already.
    """
    if not isinstance(data, QueryDict) or not data.getlist(TICKED):
        return data
    total = data.get(f"{KEYWORDS}-TOTAL_FORMS", "")
    if not total.isdigit() or len(total) > 4:
        return data
    data, count = data.copy(), int(total)
    there = keys_of(
        data.get(f"{KEYWORDS}-{row}-concept", "")
        for row in range(count)
        if not data.get(f"{KEYWORDS}-{row}-DELETE")
    )
    ticked = Concept.objects.filter(slug__in=data.getlist(TICKED)).exclude(pk__in=there)
    for concept in ticked.exclude(status=Concept.Status.DEPRECATED):
        row = {
            "id": "", "ORDER": str(count + 1), "DELETE": "", "keyword": "",
            "concept": str(concept.pk), "origin": SUGGESTED,
        }  # fmt: skip
        for name, value in row.items():
            data[f"{KEYWORDS}-{count}-{name}"] = value
        count += 1
    data[f"{KEYWORDS}-TOTAL_FORMS"] = str(count)
    data.setlist(TICKED, [])
    return data
