"""Identifiers of concepts: which are free, and which mean something else in an address."""

from typing import Final

from django.urls import Resolver404, resolve
from django.utils.text import slugify

from contactpoint.glossary.models import Concept, ConceptDraft, FormerSlug

_LONGEST: Final = 90


def is_reserved(slug: str) -> bool:
    """Whether another page than a concept's stands at this address of the glossary."""
    try:
        return resolve(f"/en/glossary/{slug}/").url_name != "concept"
    except Resolver404:
        return True


def free_slug(name: str) -> str:
    """An identifier made from a name that no concept has, had or shall have. Three queries."""
    base = slugify(name)[:_LONGEST].strip("-") or "concept"
    taken = {
        slug
        for model in (Concept, ConceptDraft, FormerSlug)
        for slug in model.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    }
    number, free = 2, base
    while free in taken or is_reserved(free):
        free, number = f"{base}-{number}", number + 1
    return free
