"""The way in from the site: the languages in which there is something to read for applicants.

Kept in the shared cache, so that the front page asks nothing; read anew when a text changed.
"""

from typing import Any, Final

from contactpoint.guidance.addresses import Addresses
from contactpoint.guidance.languages import Language, languages
from contactpoint.guidance.models import GuideText
from contactpoint.kit.shared import Shared

AN_HOUR: Final = 3600
_shared: Final = Shared("contactpoint.guidance.languages", AN_HOUR)


def doors() -> list[tuple[Language, str]]:
    """Each language with its address, in the order of the settings; none without a live text."""
    codes = _shared.get("all", _read)
    return [(one, Addresses(one.code).front) for one in languages().values() if one.code in codes]


def forget(sender: Any, **kwargs: Any) -> None:
    """Read it anew: a text has changed."""
    _shared.forget()


def _read() -> list[str]:
    live = GuideText.objects.filter(live=True).order_by()
    return list(live.values_list("language", flat=True).distinct())
