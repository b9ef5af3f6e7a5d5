"""Every page of guidance with its address in each language that has it, for a map of the site."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from contactpoint.guidance.addresses import Addresses
from contactpoint.guidance.languages import languages
from contactpoint.guidance.models import GuideText


@dataclass(slots=True)
class Reachable:
    """A page: addresses, and when it changed where that is known, by language."""

    addresses: dict[str, str] = field(default_factory=dict)
    changed: dict[str, datetime | None] = field(default_factory=dict)


def reachable() -> Iterator[Reachable]:
    """The start, help, themes, guides; what is made for one reader alone is left out. One query.

    A guide is there in the languages in which its text is published; all else in those that have
    any.
    """
    rows = GuideText.objects.filter(live=True, language__in=languages()).order_by(
        "guide__theme__sort_order", "guide__sort_order", "guide__code", "pk"
    )
    guides: dict[tuple[str, str], Reachable] = defaultdict(Reachable)
    spoken: dict[str, None] = {}
    for theme, code, language, changed in rows.values_list(
        "guide__theme__code", "guide__code", "language", "last_published_at"
    ):
        spoken[language] = None
        guides[theme, code].addresses[language] = Addresses(language).guide(theme, code)
        guides[theme, code].changed[language] = changed
    if spoken:
        for rest in (
            "",
            "help/",
            *(f"{theme}/" for theme in dict.fromkeys(one for one, _ in guides)),
        ):
            yield Reachable(
                {code: Addresses(code).of(rest) for code in languages() if code in spoken}
            )
    yield from guides.values()
