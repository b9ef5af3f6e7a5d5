"""When a further language of an output is something that its readers have waited for.

Whether anybody may see it is asked when it is matched (`percolating`): a version that is hidden, or
in which nothing is translated yet, is set aside until it stands open. One that came together with
the first is told with that, and not by itself.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from contactpoint.dissemination.matching.happenings import Untold, What, happened
from contactpoint.dissemination.models import Happening
from contactpoint.outputs.models import Output

TOGETHER: Final = timedelta(days=1)
"""Languages that come so soon after the first are no translation that anybody waited for."""
_OUTPUT: Final = "output:"


def tell_translation(page: Any) -> None:
    """Its language has come, or has words of its own by now. Two queries."""
    language = page.locale.language_code
    happened(f"{_OUTPUT}{page.translation_key}", What.TRANSLATED, mark=language, language=language)


def parted(
    happenings: Sequence[Happening], languages: Collection[str] | None
) -> tuple[list[Happening], list[Happening]]:
    """What happened to a thing as any reader may see it now, in these languages (None: nobody may),
    and what of it is hidden. A translation that came together with the rest is forgotten."""
    seen, hidden, beside = [], [], []
    for one in happenings:
        is_translation = one.what == What.TRANSLATED
        if languages is not None and is_translation and one.language not in languages:
            hidden.append(one)
        elif is_translation and came_together(one):
            beside.append(one.pk)
        elif languages is None:
            hidden.append(one)
        else:
            seen.append(one)
    if beside:
        Happening.objects.filter(pk__in=beside).delete()
    return seen, hidden


def came_together(happening: Happening) -> bool:
    """Whether the thing was published, or told as new, about when this came. Two queries."""
    since = happening.at - TOGETHER
    new = Happening.objects.filter(thing=happening.thing, what=What.NEW, at__gt=since)
    if new.exclude(untold=Untold.ASIDE).exists():
        return True
    others = _published(happening.thing).exclude(locale__language_code=happening.language)
    first = others.order_by("first_published_at").values_list("first_published_at", flat=True)
    earliest = first.first()
    return earliest is not None and earliest > since


def leave_for_later(happening: Happening, languages: Collection[str]) -> None:
    """A thing is told as new: its languages that nobody may see yet are told when they are opened.
    One query, two more where there are such."""
    if happening.what != What.NEW or not happening.thing.startswith(_OUTPUT):
        return
    codes = _published(happening.thing).order_by().values_list("locale__language_code", flat=True)
    hidden = set(codes) - set(languages)
    for code in sorted(hidden):
        happened(happening.thing, What.TRANSLATED, mark=code, language=code)
    if hidden:
        rows = Happening.objects.filter(
            thing=happening.thing, what=What.TRANSLATED, mark__in=hidden, matched_at=None
        )
        rows.update(matched_at=timezone.now(), untold=Untold.ASIDE)


def _published(thing: str) -> Any:
    """Its pages that were published once, open or not."""
    key = thing.removeprefix(_OUTPUT)
    return Output.objects.filter(translation_key=key).exclude(first_published_at=None)
