"""Which of a page's language versions is the source: the one on which facts are edited."""

from django.db.models import Case, Exists, OuterRef, Q, Value, When
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

FIRST_LANGUAGE = "en"


def source_of(page: Page) -> Page:
    """The page that facts come from: what was submitted for translation, else English, else oldest.

    Two queries for a page with translations, one for a page without.
    """
    versions = list(
        Page.objects.filter(translation_key=page.translation_key)
        .annotate(
            place=Case(When(locale__language_code=FIRST_LANGUAGE, then=Value(0)), default=Value(1))
        )
        .select_related("locale")
        .order_by("place", "pk")
    )
    if len(versions) < 2:
        return page
    submitted = set(
        TranslationSource.objects.filter(
            object_id=page.translation_key, translations__isnull=False
        ).values_list("locale_id", flat=True)
    )
    return next((version for version in versions if version.locale_id in submitted), versions[0])


def originals() -> Q:
    """True, in a query of pages, for those that `source_of` would answer."""
    versions = Page.objects.filter(translation_key=OuterRef("translation_key"))
    older = versions.filter(pk__lt=OuterRef("pk"))
    english = versions.filter(locale__language_code=FIRST_LANGUAGE)
    submitted = TranslationSource.objects.filter(
        object_id=OuterRef("translation_key"), translations__isnull=False
    )
    is_first = Q(locale__language_code=FIRST_LANGUAGE) | (~Exists(english) & ~Exists(older))
    return Q(Exists(submitted.filter(locale=OuterRef("locale")))) | (~Exists(submitted) & is_first)
