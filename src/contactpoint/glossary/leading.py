"""Where the address of a concept leads that was renamed or replaced."""

from contactpoint.glossary.models import Concept, FormerSlug


def concept_in_use(slug: str) -> Concept | None:
    """The concept that goes by `slug` or did once, or the one that took its place.

    Follows successors as far as one that is in use; None where they end or turn in a ring, and
    where there never was such a concept. One query where the concept itself is in use.
    """
    row = Concept.objects.filter(slug=slug).first()
    if row is None:
        former = FormerSlug.objects.select_related("concept").filter(slug=slug).first()
        row = former.concept if former else None
    return in_use(row) if row else None


def in_use(row: Concept) -> Concept | None:
    """`row`, or the first of its successors that is in use."""
    seen = set()
    found: Concept | None = row
    while found is not None and found.status == Concept.Status.DEPRECATED:
        if found.pk in seen:
            return None
        seen.add(found.pk)
        found = found.successor
    return found


def is_former_name(slug: str, row: Concept) -> bool:
    """Whether this very concept was once called `slug`: that stays so; a merger may be undone."""
    return FormerSlug.objects.filter(slug=slug, concept=row).exists()
