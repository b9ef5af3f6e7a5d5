"""The map by tiles."""

from drawn_pictures import SAID, boxes_of, of_class, parsed, texts, words

from contactpoint.kit.picturing import Point, Series, tiles
from contactpoint.kit.picturing.tilemap import PLACES


def europe(**values: float | None) -> Series:
    return Series("", tuple(Point(code, value, code=code) for code, value in values.items()))


def test_every_country_of_the_union_and_its_neighbours_has_a_place_of_its_own():
    union = "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
    assert set(union.split()) | {"UK", "NO", "CH", "IS", "LI"} <= set(PLACES)
    assert len(set(PLACES.values())) == len(PLACES)


def test_countries_stand_as_on_the_ground_in_any_direction():
    for direction in ("ltr", "rtl"):
        svg = tiles(europe(PT=1, SE=2, EL=3, FI=4), **SAID, direction=direction)
        at = {one.words: one for one in texts(parsed(svg))}
        assert at["PT"].left < at["EL"].left < at["FI"].left
        assert at["SE"].middle < at["EL"].middle


def test_more_is_darker():
    root = parsed(tiles(europe(DE=34000, FR=20000, BE=6000, MT=40, LI=0), **SAID))
    grounds = [one.get("class") for one in of_class(root, "p-fill")]
    levels = [int(kind[-1]) for kind in grounds if kind.startswith("p-fill p-t")]
    assert levels == [5, 4, 3, 1, 1]


def test_values_are_said_and_where_one_has_no_room_bars_say_how_much():
    short = parsed(tiles(europe(DE=34, BE=17), **SAID, width=300))
    assert {"34", "17"} <= set(words(short))
    long = parsed(tiles(europe(DE=34_000_000, BE=17_000_000), **SAID, width=300))
    assert set(words(long)) == {"DE", "BE"}
    bars = [boxes_of(one)[0] for one in of_class(long, "p-fill") if "p-t" not in one.get("class")]
    assert abs(bars[0][2] / bars[1][2] - 2) < 0.05


def test_a_country_without_a_figure_is_hatched_and_named():
    root = parsed(tiles(europe(BE=5, CY=None), **SAID))
    assert of_class(root, "p-none")[0].get("fill").startswith("url(#")
    assert {"CY", "no figure"} <= set(words(root))


def test_what_has_no_place_stands_below():
    root = parsed(tiles(europe(MT=5, XK=6, RS=7), **SAID))
    at = {one.words: one for one in texts(root)}
    assert at["XK"].middle == at["RS"].middle > at["MT"].middle


def test_low_tiles_have_code_and_value_in_one_line():
    root = parsed(tiles(europe(BE=5, MT=7), **SAID, height=200))
    at = {one.words: one for one in texts(root)}
    assert at["BE"].middle == at["5"].middle
    assert at["BE"].right < at["5"].left
