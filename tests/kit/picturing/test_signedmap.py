"""A map that says by sign and pattern what each place says."""

from xml.etree import ElementTree

from contactpoint.kit.picturing import Tile, for_page, signed_tiles
from contactpoint.kit.picturing.tilemap import PLACES

SAID = (Tile("BE", "✓", 1), Tile("NL", "✕", 2), Tile("XX", "A", 6), Tile("FR"))


def drawn(**options: object) -> ElementTree.Element:
    return ElementTree.fromstring(
        signed_tiles(SAID, title="A & B", description="<who>", name="map", **options)
    )


def test_each_place_has_its_sign_and_a_pattern_of_its_own() -> None:
    svg = drawn()
    texts = [one.text for one in svg.iter("text")]
    assert texts[:7] == ["BE", "✓", "NL", "✕", "XX", "A", "FR"]
    assert {one.get("id") for one in svg.iter("pattern")} == {"map-f2", "map-f6"}


def test_other_places_are_there_and_say_nothing() -> None:
    """So that one sees where one is, and nobody can tell who was left out."""
    others = [one for one in drawn().iter("text") if one.get("class") == "p-note"]
    assert [one.text for one in others] == [
        "FR",
        *(code for code in PLACES if code not in ("BE", "NL", "FR")),
    ]


def test_a_place_without_a_place_stands_below() -> None:
    rows = {one.text: float(one.get("y", "0")) for one in drawn().iter("text")}
    assert rows["XX"] > rows["FR"] > rows["BE"]


def test_east_stays_at_the_right_in_any_direction() -> None:
    for direction in ("ltr", "rtl"):
        places = {
            (one.text or "").strip("\u2066\u2067\u2068\u2069"): float(one.get("x", "0"))
            for one in drawn(direction=direction).iter("text")
        }
        assert places["BE"] < places["NL"]


def test_nothing_said_is_told_and_a_page_gets_two_drawings() -> None:
    assert "No figures" in signed_tiles((), title="", description="", name="none")
    assert for_page(signed_tiles, SAID, title="", description="", name="m").count("<svg") == 2
