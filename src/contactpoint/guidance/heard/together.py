"""All that can be heard in a language: for the page that lists it, and for packs."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from contactpoint.guidance.addresses import Addresses
from contactpoint.guidance.heard.playing import Heard, heard_among
from contactpoint.guidance.heard.saying import places_of
from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.models import GuideText, Recording


@dataclass(frozen=True, slots=True)
class Audible:
    """A guide that can be heard."""

    code: str
    heard: Heard


def audible(at: Addresses) -> Iterator[Audible]:
    """Guides with sound for this reader, in no order; one query where nothing was ever recorded,
    else four, whatever there is."""
    recordings: dict[int, list[Recording]] = defaultdict(list)
    for one in Recording.objects.filter(language=at.language):
        recordings[one.guide_id].append(one)
    if not recordings:
        return
    texts: dict[str, dict[str, GuideText]] = defaultdict(dict)
    rows = GuideText.objects.filter(
        live=True, guide__in=list(recordings), language__in={at.language, SOURCE}
    )
    for text in rows.select_related("guide").order_by():
        texts[text.guide.code][text.language] = text
    places = places_of(text for each in texts.values() for text in each.values())
    for code, there in texts.items():
        own = there.get(at.language)
        if own is None:
            continue
        heard = heard_among(own, there.get(SOURCE), places, recordings[own.guide_id], at)
        if heard:
            yield Audible(code, heard)
