"""All pages of a language as a pack: small, and fetched again only where something changed.

They are made in the worker (`making`); who reads gets the newest that there is, which is always
whole. A page in all its variants is one *leaf*: the lines of which they are made, each once, and
for each variant the order of its lines. The style sheet, which is the same in each page, stands
apart. A leaf's address is the hash of its content: what a phone has is never fetched twice.
"""

import gzip
import json
import logging
from collections.abc import Iterable, Iterator
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
from contactpoint.guidance.everywhere.files import GROUPS, PAGES, VOICE, File, files
from contactpoint.guidance.heard.covering import states
from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.models import Guide, GuideText, GuideTheme, Place
from contactpoint.guidance.outline import Outline, outline
from contactpoint.guidance.variants import PARAMETER, VARIANTS
from contactpoint.guidance.wording import words

KEPT_SECONDS: Final = 30 * 86_400
NONE: Final = "offline/none/"
"""The page that stands for one that is not saved."""
UNSENT: Final = "offline/unsent/"
"""The page that stands for the thanks, where a click could not be sent."""
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
    identity: str
    """Tells what the pack was made of."""
    policy: str
    style: Leaf
    leaves: dict[str, Leaf]
    short: dict[str, str]
    files: list[File] = field(default_factory=list)

    @property
    def version(self) -> str:
        """Changes with any page or file of pages, and with nothing else."""
        said = [self.style.digest, *(f"{path} {leaf.digest}" for path, leaf in self.leaves.items())]
        said += [f"{file.url} {file.digest}" for file in self.files]
        return blake2b("\n".join(said).encode(), digest_size=8).hexdigest()

    @property
    def size(self) -> int:
        """Bytes over the wire of all pages and what they need, without sound."""
        leaves = sum(len(leaf.sent) for leaf in (self.style, *self.leaves.values()))
        return leaves + sum(file.size for file in self.files)

    def leaf(self, digest: str) -> Leaf | None:
        """A leaf by its digest."""
        every = (self.style, *self.leaves.values())
        return next((leaf for leaf in every if leaf.digest == digest), None)

    def manifest(self, voice: Iterable[File] = ()) -> dict[str, Any]:
        """What a phone compares with what it has: addresses, hashes, bytes. `voice` is the sound
        as it is now, since what was out of date when asked for must never be fetched."""
        groups = {PAGES: self.files, VOICE: voice}
        return {
            "version": self.version,
            "size": self.size,
            "policy": self.policy,
            "style": [self.style.digest, len(self.style.sent)],
            "none": Addresses(self.language).of(NONE),
            "unsent": Addresses(self.language).of(UNSENT),
            "pages": {path: [leaf.digest, len(leaf.sent)] for path, leaf in self.leaves.items()},
            "short": self.short,
            "files": {
                group: {file.url: [file.digest, file.size] for file in listed}
                for group, listed in groups.items()
            },
        }


def pack(language: str) -> Pack | None:
    """The newest pack of a language that there is; None where none was made yet. Whoever reads
    never waits for one: `making` makes them in the worker."""
    identity = kept.get(_key(language))
    if not identity:
        return None
    found = _latest.get(language)
    if found is None or found.identity != identity:
        found = kept.get(_key(language, identity))
        if not isinstance(found, Pack):
            return None
        _latest[language] = found
    return found


def is_behind(language: str) -> bool:
    """Whether there is no pack of a language, or what it was made of has changed since."""
    return bool(kept.get(_key(language)) != _identity(language))


def made(language: str) -> Pack:
    """A new pack of a language as it is now, kept for all processes once it is whole."""
    identity, last = _identity(language), pack(language)
    at = Addresses(language)
    there = outline(at)
    if last is not None and _own(last.identity) == _own(identity):
        leaves = last.leaves | {at.coverage: _leaf(at.coverage, ("",))}
    else:
        leaves = {path: _leaf(path) for path in _paths(at, there)}
        leaves[at.coverage] = _leaf(at.coverage, ("",))
    new = Pack(
        language=language,
        identity=identity,
        policy=sheet.policy(),
        style=_sent(str(sheet.element())),
        leaves=leaves,
        short=_short(at, there),
        files=files(PAGES, language),
    )
    kept.set(_key(language, identity), new, KEPT_SECONDS)
    kept.set(_key(language), identity, KEPT_SECONDS)
    log.info("Pack of %s made: %s pages.", language, len(leaves))
    return new


def forget(language: str) -> None:
    """Nobody gets the pack of a language any more until a new one is made."""
    kept.delete(_key(language))


def _key(language: str, identity: str = "") -> str:
    """Where the name of the newest pack is kept, or the pack. Other code makes other packs: what an
    earlier version has made names files and styles that are gone."""
    return f"guidance-pack-{language}-{_maker()}-{identity}"


def _paths(at: Addresses, there: Outline) -> Iterator[str]:
    yield from (at.front, at.help, at.leaving, at.offline, at.of(NONE), at.of(UNSENT))
    for theme in there.themes:
        yield theme.url
        yield from (entry.url for entry in theme.readable)


def _short(at: Addresses, there: Outline) -> dict[str, str]:
    every = [entry for entry in there.guides if entry.is_there and not there.theme(entry.code)]
    return {short(entry.code, at.language): entry.url for entry in every}


def _leaf(path: str, variants: tuple[str, ...] = ("", *VARIANTS)) -> Leaf:
    """A page in the given variants; in others the worker shows that of everybody."""
    pieces: dict[str, int] = {}
    lines = {
        variant: [
            STYLE if line == _STYLED else pieces.setdefault(line, len(pieces))
            for line in _html(path, variant).replace(str(sheet.element()), _STYLED).split("\n")
        ]
        for variant in variants
    }
    content = {"pieces": list(pieces), "as": lines}
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


def _identity(language: str) -> str:
    """Tells all that the pages of a language are made of, and behind a dash what the page of
    coverage is made of, which changes with every language."""
    live = GuideText.objects.filter(live=True).order_by("pk")
    own = live.filter(language__in={language, SOURCE})
    said = (
        words(language),
        list(live.values_list("pk", "guide_id", "language", "title")),
        list(own.values_list("summary", "body", "is_example", "last_published_at")),
        list(own.values_list("checked_by", "checked_on", "checked_digest")),
        list(Guide.objects.values_list()),
        list(GuideTheme.objects.values_list()),
        list(Place.objects.values_list()),
        [files(group, language) for group in GROUPS],
    )
    covered = (
        list(live.values_list("body", "seen", "is_example", "last_published_at", "checked_digest")),
        sorted(states().items()),
    )
    return f"{_digest(said)}-{_digest(covered)}"


def _own(identity: str) -> str:
    """The part of an identity that tells all pages but that of coverage."""
    return identity.partition("-")[0]


def _digest(said: object) -> str:
    return blake2b(repr(said).encode(), digest_size=8).hexdigest()


def _maker() -> str:
    """Changes with the templates, scripts, styles and words of guidance, and with settings."""
    of_site = (settings.GUIDANCE_NEUTRAL_TITLES, settings.QUICK_EXIT_URL, settings.BASE_URL)
    return _digest((_shipped(), sheet.text(), of_site))


@cache
def _shipped() -> str:
    endings = ("py", "html", "svg", "js", "css", "toml")
    every = sorted(file for ending in endings for file in _HERE.rglob(f"*.{ending}"))
    digest = blake2b(digest_size=8)
    for file in every:
        digest.update(file.read_bytes())
    return digest.hexdigest()
