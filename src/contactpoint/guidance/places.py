"""Places of help as a reader of one language meets them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from django.utils.safestring import SafeString

from contactpoint.guidance import opening
from contactpoint.guidance.models import Place
from contactpoint.guidance.wording import Wording
from contactpoint.kit.labels import picked

MAP: Final = "https://www.openstreetmap.org"
MAP_SITE: Final = urlsplit(MAP).hostname or ""
Kind = Place.Kind


@dataclass(frozen=True, slots=True)
class Said:
    """Words, and their language where it is not the reader's."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Card:
    """A place with all that is said of it."""

    place: Place
    name: Said
    address: Said
    note: Said
    hours: list[SafeString]
    map_url: str
    map_site: str = MAP_SITE

    @property
    def icon(self) -> str:
        """Its pictogram."""
        icons = {Kind.EMERGENCY: "warning", Kind.HELPLINE: "call", Kind.CLINIC: "clinic"}
        return icons.get(Kind(self.place.kind), "house")


def cards(places: Iterable[Place], language: str, words: Wording) -> list[Card]:
    """Each place in the words of the language, as far as it has them."""
    return [_card(place, language, words) for place in places]


def by_code(codes: Iterable[str], language: str, words: Wording) -> dict[str, Card]:
    """The places that a text names; one query, none where it names none."""
    asked = set(codes)
    found = Place.objects.filter(code__in=asked) if asked else []
    return {card.place.code: card for card in cards(found, language, words)}


def _card(place: Place, language: str, words: Wording) -> Card:
    name, address, note = (
        Said(*picked(labels, language)) for labels in (place.names, place.addresses, place.notes)
    )
    return Card(
        place=place,
        name=name,
        address=address,
        note=note,
        hours=opening.told(place.hours, words),
        map_url=_map(place, address.text),
    )


def _map(place: Place, address: str) -> str:
    """Where the place stands on a map; an address that is an example stands on none."""
    if place.latitude is not None and place.longitude is not None:
        at = f"{place.latitude.normalize():f}", f"{place.longitude.normalize():f}"
        return f"{MAP}/?mlat={at[0]}&mlon={at[1]}#map=17/{at[0]}/{at[1]}"
    return f"{MAP}/search?query={quote(address)}" if address and not place.is_example else ""
