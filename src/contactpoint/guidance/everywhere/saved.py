"""All pages of a language as one file: no script, no picture, no letter beside it.

It can be kept on a card, sent from phone to phone, or opened where there is no internet.
"""

import re
from base64 import b64encode
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.core.cache import cache as kept
from django.template.loader import render_to_string
from django.utils import timezone

from contactpoint.guidance import sheet
from contactpoint.guidance.addresses import Addresses
from contactpoint.guidance.days import told
from contactpoint.guidance.everywhere.files import LETTERS, content
from contactpoint.guidance.everywhere.pack import KEPT_SECONDS, Pack
from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.models import GuideText, Place
from contactpoint.guidance.outline import Entry, outline
from contactpoint.guidance.pages.guide import Part, blocks_of, parts
from contactpoint.guidance.pages.help import GROUPS
from contactpoint.guidance.pages.visiting import Visit, visit_of
from contactpoint.guidance.places import Kind, cards
from contactpoint.guidance.texts.blocks import Block
from contactpoint.guidance.variants import VARIANTS

_FACE: Final = re.compile(r"@font-face\s*\{[^}]*\}", re.S)
_LETTERS: Final = re.compile(r'url\("[^"]*?(guidance/fonts/[^"]+)"\)')


@dataclass(frozen=True, slots=True)
class Chapter:
    """A guide as part of the file."""

    entry: Entry
    text: GuideText
    parts: list[Part]
    changed: str


def saved(pack: Pack, variant: str) -> str:
    """The file that goes with a pack; made now only where the cache has lost it."""
    found = kept.get(_key(pack, variant))
    return found if isinstance(found, str) else _kept(pack, variant)


def make(pack: Pack) -> None:
    """The files that go with a new pack, for everybody and in each variant."""
    for variant in ("", *VARIANTS):
        _kept(pack, variant)


def _kept(pack: Pack, variant: str) -> str:
    made = _made(pack.language, variant)
    kept.set(_key(pack, variant), made, KEPT_SECONDS)
    return made


def _key(pack: Pack, variant: str) -> str:
    return f"guidance-saved-{pack.language}-{variant}-{pack.version}-{pack.identity}"


def _made(language: str, variant: str) -> str:
    here = visit_of(language, variant)
    there = outline(Addresses(language, variant))
    live = GuideText.objects.filter(live=True, language__in={language, SOURCE}).order_by()
    texts = {(text.guide.code, text.language): text for text in live.select_related("guide")}
    sections = [
        (
            theme,
            [
                _chapter(entry, texts[entry.code, language], texts.get((entry.code, SOURCE)), here)
                for entry in theme.readable
            ],
        )
        for theme in there.themes
    ]
    found = cards(Place.objects.all(), language, here.words)
    style = _style(language)
    return render_to_string(
        "guidance/everywhere/saved.html",
        {
            "language": here.language,
            "words": here.words,
            "variant": variant,
            "sections": [section for section in sections if section[1]],
            "steps": [entry for entry in there.steps if entry.is_there],
            "groups": [
                (key, group)
                for key, kinds in GROUPS
                if (group := [card for card in found if card.place.kind in kinds])
            ],
            "emergency": [card for card in found if card.place.kind == Kind.EMERGENCY],
            "day": told(timezone.now(), language, "long"),
            "address": f"{settings.BASE_URL}{here.at.front}",
            "title": here.words["neutral_title" if settings.GUIDANCE_NEUTRAL_TITLES else "name"],
            "style": style,
            "style_digest": b64encode(sha256(style.encode()).digest()).decode(),
        },
    )


def _chapter(entry: Entry, text: GuideText, source: GuideText | None, here: Visit) -> Chapter:
    return Chapter(
        entry=entry,
        text=text,
        parts=list(parts(_apart(blocks_of(text, source), entry.code), here)),
        changed=told(text.last_published_at, text.language, "long"),
    )


def _apart(blocks: list[Block], code: str) -> list[Block]:
    """Ids that are unique in the whole file."""
    return [replace(block, id=f"{code}-{block.id}") for block in blocks]


def _style(language: str) -> str:
    """The sheet with letters in it, where the language may need them; without, elsewhere."""
    wanted = LETTERS.get(language, ())

    def face(found: re.Match[str]) -> str:
        letters = _LETTERS.search(found[0])
        if letters is None or letters[1] not in wanted:
            return ""
        return _LETTERS.sub(f'url("{_as_data(letters[1])}")', found[0])

    own = content("guidance/everywhere/saved.css").decode()
    return _FACE.sub(face, sheet.text()) + own


def _as_data(name: str) -> str:
    return f"data:font/woff2;base64,{b64encode(content(name)).decode()}"
