"""The way in from the site: the languages in which there is something to read for applicants.

Kept in the shared cache, so that the front page asks nothing; dropped when a text changes.
"""

from typing import Any, Final

from django.core.cache import cache
from django.db import transaction

from contactpoint.guidance.addresses import Addresses
from contactpoint.guidance.languages import Language, languages
from contactpoint.guidance.models import GuideText

KEY: Final = "contactpoint.guidance.languages"
AN_HOUR: Final = 3600


def doors() -> list[tuple[Language, str]]:
    """Each language with its address, in the order of the settings; none without a live text."""
    codes: list[str] | None = cache.get(KEY)
    if codes is None:
        live = GuideText.objects.filter(live=True).order_by()
        codes = list(live.values_list("language", flat=True).distinct())
        cache.set(KEY, codes, AN_HOUR)
    return [(one, Addresses(one.code).front) for one in languages().values() if one.code in codes]


def forget(sender: Any, **kwargs: Any) -> None:
    """Drop what is kept; again when the change is there for all processes."""
    cache.delete(KEY)
    transaction.on_commit(lambda: cache.delete(KEY))
