"""Recordings for tests that need no program: each sound is a few bytes that say whose they are."""

from contactpoint.guidance.heard.keeping import Kind, keep
from contactpoint.guidance.heard.saying import Saying, places_of, sayings
from contactpoint.guidance.heard.sounding import Sounded
from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.models import GuideText, Recording


def said(text: GuideText) -> dict[str, Saying]:
    """What is said of a live text, by block."""
    source = GuideText.objects.get(guide=text.guide, language=SOURCE)
    return {one.block: one for one in sayings(text, source, places_of([text, source]))}


def sound(block: str, kind: str = "human") -> Sounded:
    """Bytes that can be recognised."""
    return Sounded(f"[mp3 {kind} {block}]".encode(), f"[opus {kind} {block}]".encode(), 2.0)


def record(text: GuideText, *blocks: str, kind: Kind = Kind.HUMAN) -> list[Recording]:
    """Each block of a text, or those that are named, said by somebody."""
    whole = said(text)
    return [
        keep(text, whole[block], kind, sound(block, kind.value)) for block in blocks or tuple(whole)
    ]
