"""Which frame shows what a page shows: one resolver for the page where frames are copied and for
oEmbed, so that both know the same addresses."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import override

from contactpoint.api.embeds.asked import ALL, Shown, events_shown, list_shown, search_shown
from contactpoint.glossary.brief import brief_of
from contactpoint.glossary.models import Theme
from contactpoint.glossary.naming import concept_url
from contactpoint.kit.framing import SIZES, Framing, address_in, code
from contactpoint.outputs.models import EventList
from contactpoint.outputs.models.lists import LISTS
from contactpoint.statistics.addresses import embed_url, indicator_url
from contactpoint.statistics.choice import Choice, ChoiceError
from contactpoint.statistics.offering.picturing import shape_of
from contactpoint.statistics.showing import label_of

LONGEST: Final = 2000
_FOLDERS: Final = frozenset(slug for slug, _label in LISTS.values())


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a frame is and what it shows; addresses are without the host."""

    path: str
    parameters: list[tuple[str, str]]
    title: str
    page_url: str
    problems: Sequence[str] = ()

    def address(self, framing: Framing) -> str:
        """Of the page inside."""
        return address_in(self.path, framing, self.parameters)

    def code(self, framing: Framing, width: int = 0, height: int = 0) -> str:
        """What somebody copies."""
        usual = SIZES[framing.size]
        return code(self.address(framing), self.title, width or usual[0], height or usual[1])


Resolve = Callable[[str, QueryDict, str], Frame | None]


def frame_of(address: str) -> Frame | None:
    """The frame that shows what the page at an address of this site shows; None where it is of
    another site, or where nothing of it can be framed."""
    if len(address) > LONGEST:
        return None
    try:
        parts = urlsplit(address.strip())
        own = urlsplit(settings.BASE_URL)
    except ValueError:
        return None
    if parts.netloc and (parts.scheme not in ("http", "https") or parts.netloc != own.netloc):
        return None
    query = QueryDict(parts.query, mutable=False)
    for pattern, resolve in _PAGES:
        found = pattern.fullmatch(unquote(parts.path))
        if found:
            with override(found["language"]):
                return resolve(found.groupdict().get("name") or "", query, found["language"])
    return None


def _concept(slug: str, _query: QueryDict, language: str) -> Frame | None:
    known = brief_of(slug, language)
    if known is None:
        return None
    path = f"/{language}/embed/concept/{known.slug}/"
    return Frame(path, [], known.label, concept_url(known.slug, language))


def _figures(name: str, query: QueryDict, language: str) -> Frame | None:
    try:
        choice, problems = Choice.mended(name, query)
        shape = shape_of(query)
    except ChoiceError:
        return None
    asked = QueryDict(choice.query(**({} if shape == "line" else {"as": shape})))
    tail = choice.query()
    return Frame(
        embed_url(name, language),
        [(key, value) for key, values in asked.lists() for value in map(str, values)],
        label_of(choice.shown, language),
        indicator_url(name, language) + (f"?{tail}" if tail else ""),
        problems,
    )


def _list(slug: str, query: QueryDict, language: str) -> Frame | None:
    if slug == EventList.SLUG:
        return _of(f"/{language}/embed/events/", events_shown(query, language, 0))
    if slug and slug not in _FOLDERS:
        return None
    slug = slug or ALL
    return _of(f"/{language}/embed/list/{slug}/", list_shown(query, slug, language, 0))


def _theme(slug: str, _query: QueryDict, language: str) -> Frame | None:
    if not Theme.objects.filter(slug=slug).exists():
        return None
    query = QueryDict(mutable=True)
    query["theme"] = slug
    return _of(f"/{language}/embed/list/{ALL}/", list_shown(query, ALL, language, 0))


def _search(_name: str, query: QueryDict, language: str) -> Frame | None:
    return _of(f"/{language}/embed/search/", search_shown(query, language, 0))


def _of(path: str, shown: Shown) -> Frame:
    return Frame(path, shown.parameters, shown.title, shown.page_url, shown.problems)


def _pages() -> list[tuple[re.Pattern[str], Resolve]]:
    language = f"/(?P<language>{'|'.join(re.escape(code) for code, _name in settings.LANGUAGES)})/"
    slug = r"(?P<name>[-\w]{1,100})/"
    return [
        (re.compile(language + pattern), resolve)
        for pattern, resolve in (
            (f"glossary/{slug}", _concept),
            (f"statistics/{slug}", _figures),
            (f"themes/{slug}", _theme),
            ("search/", _search),
            (slug, _list),
            ("", _list),
        )
    ]


_PAGES: Final = _pages()
