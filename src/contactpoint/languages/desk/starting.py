"""Has a translation made, or brings one up to its original: one click of the board."""

from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from contactpoint.outputs.sources import source_of


@transaction.atomic
def start(page: Page, locale: Locale, user: Any) -> Page:
    """The page in that language, to be worked on; what is there already is left as readers see it.

    A translation by segments takes the new segments of its original, to be translated. A page of
    its own stays one.
    """
    source = source_of(page).specific
    there = source.get_translation_or_none(locale)
    if there is None or there.alias_of_id:
        translate_object(source, [locale], user=user)
        return source.get_translation(locale)
    translation = translation_of(there)
    if translation is not None:
        translation.source.update_from_db()
    return there


def translation_of(page: Page) -> Translation | None:
    """What wagtail-localize knows of a page that is a translation by segments."""
    found: Translation | None = (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
        )
        .select_related("source", "source__locale", "target_locale")
        .first()
    )
    return found
