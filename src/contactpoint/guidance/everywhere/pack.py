"""All pages of a language as a pack: small, and fetched again only where something changed.

A page in all its variants is one *leaf*: the lines of which they are made, each once, and for each
variant the order of its lines. The style sheet, which is the same in each page, stands apart. A
leaf's address is the hash of its content, so what a phone has already is never fetched twice.
"""

import gzip
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache as kept
from django.http import HttpRequest, QueryDict
from django.urls import resolve
from django.utils import translation

from contactpoint.guidance import sheet
from contactpoint.guidance.addresses import Addresses, short
from contactpoint.guidance.everywhere.files import GROUPS, File, files
from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.models import Guide, GuideText, GuideTheme, Place
from contactpoint.guidance.outline import Outline, outline
from contactpoint.guidance.variants import PARAMETER, VARIANTS
from contactpoint.guidance.wording import words

KEPT_SECONDS: Final = 30 * 86_400
NONE: Final = "offline/none/"
"""The page that stands for one that is not saved."""
STYLE: Final = -1
"""Among the numbers of lines: the style sheet."""
_HERE: Final = Path(__file__).parent.parent
log = logging.getLogger(__name__)
_latest: dict[str, "Pack"] = {}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page in all its variants, compressed as it is sent."""

    digest: str
    sent: bytes


@dataclass(frozen=True, slots=True)
class Pack:
    """All pages of a language by their addresses, and addresses that lead to others."""

    language: str
    state: str
    """Tells what the pack was made of."""
    style: Leaf
    leaves: dict[str, Leaf]
    short: dict[str, str]
    files: dict[str, list[File]] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """Changes with any page or file of pages, and with nothing else."""
        said = [self.style.digest, *(f"{path} {leaf.digest}" for path, leaf in self.leaves.items())]
        said += [f"{file.url} {file.digest}" for file in self.files.get("pages", [])]
        return blake2b("\n".join(said).encode(), digest_size=8).hexdigest()

    @property
    def size(self) -> int:
        """Bytes over the wire of all pages and what they need, without sound."""
        leaves = sum(len(leaf.sent) for leaf in (self.style, *self.leaves.values()))
        return leaves + self.size_of("pages")

    def size_of(self, group: str) -> int:
        """Bytes of the files of a group."""
        return sum(file.size for file in self.files.get(group, []))

    def leaf(self, digest: str) -> Leaf | None:
        """A leaf by its digest."""
        every = (self.style, *self.leaves.values())
        return next((leaf for leaf in every if leaf.digest == digest), None)

    def manifest(self) -> dict[str, Any]:
        """What a phone compares with what it has: addresses, hashes, bytes."""
        return {
            "version": self.version,
            "size": self.size,
            "policy": sheet.policy(),
            "style": [self.style.digest, len(self.style.sent)],
            "none": Addresses(self.language).of(NONE),
            "pages": {path: [leaf.digest, len(leaf.sent)] for path, leaf in self.leaves.items()},
            "short": self.short,
            "files": {
                group: {file.url: [file.digest, file.size] for file in self.files.get(group, [])}
                for group in GROUPS
            },
        }


def pack(language: str) -> Pack:
    """The pack of a language as it is now; made once for each state of what it is made of."""
    state = _state(language)
    found = _latest.get(language)
    if found is None or found.state != state:
        key = f"guidance-pack-{language}-{state}"
        found = kept.get(key)
        if not isinstance(found, Pack):
            found = _made(language, state)
            kept.set(key, found, KEPT_SECONDS)
        _latest[language] = found
    return found


def _made(language: str, state: str) -> Pack:
    at = Addresses(language)
    there = outline(at)
    leaves = {path: _leaf(path) for path in _paths(at, there)}
    log.info("Pack of %s made: %s pages.", language, len(leaves))
    return Pack(
        language=language,
        state=state,
        style=_sent(str(sheet.element())),
        leaves=leaves,
        short=_short(at, there),
        files={group: files(group, language) for group in GROUPS},
    )


def _paths(at: Addresses, there: Outline) -> Iterator[str]:
    yield from (at.front, at.help, at.leaving, at.offline, at.of(NONE))
    for theme in there.themes:
        yield theme.url
        yield from (entry.url for entry in theme.readable)


def _short(at: Addresses, there: Outline) -> dict[str, str]:
    every = [entry for entry in there.guides if entry.is_there and not there.theme(entry.code)]
    return {short(entry.code, at.language): entry.url for entry in every}


def _leaf(path: str) -> Leaf:
    pieces: dict[str, int] = {}
    variants = {
        variant: [
            STYLE if line == _STYLED else pieces.setdefault(line, len(pieces))
            for line in _html(path, variant).replace(str(sheet.element()), _STYLED).split("\n")
        ]
        for variant in ("", *VARIANTS)
    }
    content = {"pieces": list(pieces), "as": variants}
    return _sent(json.dumps(content, ensure_ascii=False, separators=(",", ":")))


_STYLED: Final = "\0"


def _sent(content: str) -> Leaf:
    data = content.encode()
    return Leaf(blake2b(data, digest_size=8).hexdigest(), gzip.compress(data, 9, mtime=0))


def _html(path: str, variant: str) -> str:
    """The page as a reader gets it, without a reader."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    request.GET = QueryDict(f"{PARAMETER}={variant}&packed=1" if variant else "packed=1")
    found = resolve(path)
    language = found.kwargs["language"]
    known = language in dict(settings.LANGUAGES)
    with translation.override(language if known else settings.LANGUAGE_CODE):
        response = found.func(request, **found.kwargs)
    html: str = response.content.decode()
    return html


def _state(language: str) -> str:
    """Tells everything that pages of a language are made of; four queries."""
    live = GuideText.objects.filter(live=True).order_by("pk")
    own = live.filter(language__in={language, SOURCE})
    said = (
        _shipped(),
        sheet.text(),
        settings.GUIDANCE_NEUTRAL_TITLES,
        settings.QUICK_EXIT_URL,
        settings.BASE_URL,
        words(language),
        list(live.values_list("pk", "guide_id", "language", "title")),
        list(own.values_list("summary", "body", "is_example", "last_published_at")),
        list(own.values_list("checked_by", "checked_on", "checked_digest")),
        list(Guide.objects.values_list()),
        list(GuideTheme.objects.values_list()),
        list(Place.objects.values_list()),
        [files(group, language) for group in GROUPS],
    )
    return blake2b(repr(said).encode(), digest_size=12).hexdigest()


@cache
def _shipped() -> str:
    """Changes with the templates and the code of guidance."""
    every = sorted(file for ending in ("py", "html", "svg") for file in _HERE.rglob(f"*.{ending}"))
    digest = blake2b(digest_size=8)
    for file in every:
        digest.update(file.read_bytes())
    return digest.hexdigest()
