"""Pictures that leave the page."""

import re

import pytest
from drawn_pictures import SAID, drawn, parsed, series
from hypothesis import given, settings

from contactpoint.kit.picturing import (
    POST,
    Frame,
    Point,
    Series,
    bare,
    bars,
    line,
    post,
    sheet,
    tiles,
)
from contactpoint.kit.picturing.png import _texts
from contactpoint.kit.picturing.styles import policy, style

SVG = "{http://www.w3.org/2000/svg}"
YEARS = Series("", tuple(Point(str(year), float(year % 7)) for year in range(2010, 2020)))
FRAME = Frame("Fewer applicants", "Source: Eurostat", "Example series", "EMN Belgium")


def written(svg: str) -> list[str]:
    return [one.text for one in parsed(svg).iter(f"{SVG}text")]


def test_a_sheet_has_heading_source_note_and_publisher():
    found = written(sheet(line([YEARS], **SAID), FRAME))
    assert found[0] == "Fewer applicants"
    assert found[-3:] == ["Example series", "Source: Eurostat", "EMN Belgium"]


def test_its_title_and_description_are_those_of_the_picture():
    root = parsed(sheet(line([YEARS], **SAID), FRAME))
    names = root.get("aria-labelledby").split()
    found = {one.get("id"): one.text for one in root}
    assert [found[name] for name in names] == [SAID["title"], SAID["description"]]


def test_it_brings_its_style_and_the_policy_knows_that():
    svg = sheet(line([YEARS], **SAID), FRAME)
    assert svg.count("<style>") == 1
    assert parsed(svg).find(f"{SVG}style").text == style()
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[\w+/]{43}='; sandbox", policy())
    assert bare(line([YEARS], **SAID)).count(style()) == 1


def test_the_style_has_plain_colours_in_light_and_in_dark():
    light, dark = style().split("@media (prefers-color-scheme:dark)")
    assert ".p-1{color:#0b4f8a}" in light
    assert ".p-1{color:#8fc3f3}" in dark
    assert "var(" not in style()
    assert "url(" not in style()
    assert ".pictures" not in style()


@pytest.mark.parametrize("kind", ["line", "bars", "columns", "stacked", "dumbbell", "tiles"])
def test_every_class_of_a_picture_has_a_rule(kind: str):
    several = [Series("a", tuple(Point(c, v, flags=f, code=c, tick=c, note="n", is_main=c == "BE")
               for c, v, f in [("BE", 5.0, ""), ("DE", None, ""), ("FR", 7.0, "bp"),
                               ("IT", 3.0, ""), ("ES", 3.0, "")])) for _ in range(2)]  # fmt: skip
    svg = drawn(kind, several)
    used = {name for names in re.findall(r'class="([^"]+)"', svg) for name in names.split()}
    plain = {"p-label", f"picture-{kind}", "picture"}
    assert {name for name in used - plain if not re.search(rf"\.{name}\b", style())} == set()


@pytest.mark.parametrize("count", [1, 6, 30])
def test_a_post_is_filled_and_nothing_runs_over(count: int):
    points = tuple(Point(f"Country {n}", float(n)) for n in range(count))
    frame = Frame("Fewer applicants", "Source: Eurostat", publisher="EMN Belgium")
    for draw, given_series in ((line, [YEARS]), (bars, Series("", points)), (tiles, YEARS)):
        root = parsed(post(draw, given_series, frame, **SAID))
        assert (root.get("width"), root.get("height")) == tuple(map(str, POST))
        places = [place for one in root for place in _texts(one, (0, 0, 1))]
        *inside, source, publisher = places
        assert all(0 <= place["x"] <= POST[0] for place in places)
        assert all(place["y"] < source["y"] - 30 for place in inside)
        assert source["y"] == publisher["y"] < POST[1]


def test_what_is_no_picture_is_no_sheet():
    for wrong in ("", "<svg></svg>", "<script/>", sheet(line([YEARS], **SAID), FRAME)):
        with pytest.raises(ValueError, match="picture of ours"):
            sheet(wrong, FRAME)


def test_hostile_words_around_it_are_words():
    hostile = '</text></svg><script>&"'
    root = parsed(sheet(line([YEARS], **SAID), Frame(*[hostile] * 4)))
    assert not list(root.iter(f"{SVG}script"))


@settings(deadline=None, max_examples=20)
@given(series())
def test_a_post_of_anything_is_well_formed(one: Series):
    for draw, given_series in ((line, [one]), (bars, one), (tiles, one)):
        assert parsed(post(draw, given_series, FRAME, **SAID)).get("width") == "1200"
