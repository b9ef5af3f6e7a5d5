"""The versions of a concept, for its page."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from contactpoint.glossary.models import Concept
from contactpoint.glossary.naming import concept_in_version_url, label_in
from contactpoint.glossary.snapshots import Stand, stands
from contactpoint.glossary.telling import CONCEPTS, UNSEEN, told_field
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.vocabulary import Scheme
from contactpoint.vocabulary.diff import FieldChange, diff

register = template.Library()


@register.inclusion_tag("glossary/includes/concept_history.html")
def concept_history(concept: Concept) -> dict[str, Any]:
    """Each version that changed the concept, the newest first, and what changed. Two queries."""
    language = get_language() or FALLBACK_LANGUAGE
    found = stands(concept)
    changes = [
        _fields(older, newer) for newer, older in zip(found, [*found, None][1:], strict=True)
    ]
    slugs = {
        slug
        for fields in changes
        for one in fields
        if one.field in CONCEPTS
        for slug in (*one.before, *one.after)
    }
    rows = Concept.objects.filter(slug__in=slugs).annotate(label_text=label_in(language))
    labels = dict(rows.values_list("slug", "label_text")) if slugs else {}
    return {
        "concept": concept,
        "today": timezone.localdate(),
        "history": [
            {
                "number": stand.version.number,
                "day": stand.version.published_on,
                "url": concept_in_version_url(stand.version.number, stand.slug, language),
                "is_first": place == len(found) - 1,
                "former": stand.slug if stand.slug != concept.slug else "",
                "fields": [
                    told_field(one.as_json(), lambda slug: labels.get(slug, slug)) for one in fields
                ],
            }
            for place, (stand, fields) in enumerate(zip(found, changes, strict=True))
        ],
    }


def _fields(older: Stand | None, newer: Stand) -> list[FieldChange]:
    """What differs between two stands of one concept that readers see."""
    if older is None or older.concept is None or newer.concept is None:
        return []
    before = Scheme(id="", concepts={newer.slug: older.concept})
    after = Scheme(id="", concepts={newer.slug: newer.concept})
    return [
        one
        for change in diff(before, after).changes
        for one in change.fields
        if change.concept == newer.slug and one.field not in UNSEEN and one.field != "address"
    ]
