"""Who speaks in which text: for the page of coverage, the editors' list and the command line."""

from collections import defaultdict
from collections.abc import Iterable

from contactpoint.guidance.heard.keeping import Kind, current
from contactpoint.guidance.heard.saying import Saying, places_of
from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.models import GuideText, Recording

Spoken = list[tuple[Saying, Recording | None, bool]]


def state(spoken: Spoken) -> str:
    """`outdated` where a person's words are no longer those of the text, `none` where something
    can't be heard, `computer` where a computer speaks somewhere, else `human`."""
    if any(is_old for _said, _best, is_old in spoken):
        return "outdated"
    kinds = {best.kind if best else "" for _said, best, _is_old in spoken}
    if not kinds or "" in kinds:
        return "none"
    return "computer" if Kind.COMPUTER in kinds else "human"


def states(texts: Iterable[GuideText] | None = None) -> dict[tuple[str, str], str]:
    """By guide and language, of all live texts or those that are given; two queries more."""
    if texts is None:
        texts = GuideText.objects.filter(live=True).select_related("guide").order_by()
    rows = list(texts)
    recordings: dict[tuple[int, str], list[Recording]] = defaultdict(list)
    for one in Recording.objects.order_by():
        recordings[one.guide_id, one.language].append(one)
    sources = {text.guide_id: text for text in rows if text.language == SOURCE}
    places = places_of(rows) if recordings else {}
    return {
        (text.guide.code, text.language): state(
            current(text, sources.get(text.guide_id), places, own)
        )
        if (own := recordings.get((text.guide_id, text.language)))
        else "none"
        for text in rows
    }
