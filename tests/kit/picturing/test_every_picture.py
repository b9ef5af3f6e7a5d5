"""What holds for pictures of every kind, whatever they are given."""

import re

import pytest
from drawn_pictures import (
    KINDS,
    LABELS,
    NUMBERS,
    boxes_of,
    drawn,
    meeting,
    of_class,
    outside,
    parsed,
    series,
    texts,
    words,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from contactpoint.kit.picturing import NARROW, WIDE, Point, Series, Words, for_page, line

PLACES = ("Belgium", "Germany", "France", "Netherlands", "Luxembourg", "Greece")
CODES = ("BE", "DE", "FR", "NL", "LU", "EL")
HOSTILE = '"><script>alert(1)</script>&amp;\x00\u202e\ud800'
LATIN = st.text("abcdefgh WMil.", min_size=1, max_size=30)


def figures(*values: float | None, name: str = "2019", flags: str = "") -> Series:
    return Series(
        name,
        tuple(
            Point(place, value, flags=flags, code=code)
            for place, code, value in zip(PLACES, CODES, values, strict=False)
        ),
    )


TWO = [figures(3900, 34170, None, 5700, 550, 17105), figures(4200, 30000, 32490, 0, 510, 9900)]


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_a_title_and_a_description_that_name_it(kind: str):
    root = parsed(drawn(kind, TWO, title="Asylum applicants", description="Fewer than before."))
    names = root.get("aria-labelledby").split()
    found = {one.get("id"): one.text for one in root if one.tag in ("title", "desc")}
    assert root.get("role") == "img"
    assert [found[name] for name in names] == ["Asylum applicants", "Fewer than before."]


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_classes_and_no_style_script_or_address(kind: str):
    svg = drawn(kind, [figures(1, 2, None, 4, flags="bp"), *TWO])
    assert 'class="picture picture-' in svg
    assert "style" not in svg
    assert "href" not in svg
    assert "#" not in re.sub(r"url\(#[\w-]+\)", "", svg)


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_are_words(kind: str):
    point = Point(HOSTILE, 12.0, HOSTILE, "bp", HOSTILE, HOSTILE, is_main=True)
    hostile = [Series(HOSTILE, (point, Point("b", None))), Series("x", (point,))]
    svg = drawn(
        kind, hostile, title=HOSTILE, description=HOSTILE, name=f"{HOSTILE} a b",
        number=lambda _value: HOSTILE, words=Words(*[HOSTILE] * 4),
    )  # fmt: skip
    root = parsed(svg)
    assert not [one for one in root.iter() if one.tag == "script"]
    assert len(root.get("aria-labelledby").split()) == 2
    assert "\u202e" not in svg


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "sparkline"])
@pytest.mark.parametrize("nothing", [[Series("", ())], [figures(None, None, float("nan"))]])
def test_no_figures_are_said_in_words(kind: str, nothing: list[Series]):
    root = parsed(drawn(kind, nothing, words=Words(no_figures="Geen cijfers")))
    assert words(root) == ["Geen cijfers"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_provisional_is_hollow_and_said_so(kind: str):
    plain, hollow = (parsed(drawn(kind, [figures(3, 2, 1, flags=f)] * 2)) for f in ("", "p"))
    shapes = ("p-ring", "p-frame", "p-mark")
    assert not [one for shape in shapes for one in of_class(plain, shape)]
    found = [one for shape in shapes for one in of_class(hollow, shape)]
    assert len(found) >= 1 + (kind != "sparkline")  # its sign below
    assert all("p-fill" not in one.get("class") for one in found)
    if kind != "sparkline":
        assert "provisional or estimated" in words(hollow)


@pytest.mark.parametrize("kind", KINDS)
def test_from_right_to_left_it_is_mirrored(kind: str):
    left, right = (parsed(drawn(kind, TWO, direction=d, width=400)) for d in ("ltr", "rtl"))
    assert left.get("viewBox") == right.get("viewBox")
    there, back = list(texts(left)), list(texts(right))
    assert sorted(one.words for one in there) == sorted(one.words for one in back)
    if kind not in ("tiles", "sparkline"):  # east is right on every map
        for one, other in zip(there, back, strict=True):
            assert one.left == pytest.approx(400 - other.right, abs=0.2)


@pytest.mark.parametrize("kind", ["bars", "columns", "stacked"])
def test_boxes_are_mirrored_too(kind: str):
    roots = [parsed(drawn(kind, TWO, direction=d, width=400)) for d in ("ltr", "rtl")]
    left, right = (
        [box for one in of_class(root, "p-1") for box in boxes_of(one)] for root in roots
    )
    assert left
    for one, other in zip(left, right, strict=True):
        assert one[0] == pytest.approx(400 - other[0] - other[2], abs=0.3)
        assert one[1:] == other[1:]


def test_words_keep_the_direction_of_their_script():
    svg = line(
        [Series("x", (Point("2018-Q4", 1.0), Point("الربع", 2.0)))],
        title="", description="", name="x", direction="rtl",
    )  # fmt: skip
    assert "\u20662018-Q4\u2069" in svg
    assert "\u2067الربع\u2069" in svg


def test_a_page_gets_a_wide_and_a_narrow_one_whose_ids_differ():
    html = for_page(line, TWO, title="Title", description="", name="one", words=Words())
    root = parsed(html)
    assert [one.get("width") for one in root] == [str(WIDE), str(NARROW)]
    assert "picture-narrow" in root[1].get("class")
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids)) >= 4
    assert root.get("class") == "pictures"


@settings(deadline=None, max_examples=80)
@given(
    st.sampled_from(KINDS),
    st.lists(series(), min_size=1, max_size=4),
    st.sampled_from([NARROW, WIDE]),
    st.sampled_from(["ltr", "rtl"]),
)
def test_whatever_comes_there_is_a_picture(kind: str, several, width: int, direction: str):
    svg = drawn(kind, several, width=width, direction=direction, number=repr)
    root = parsed(svg)
    assert float(root.get("height")) < 4000
    places = re.findall(r' (?:d|x|y|cx|cy|r|width|height|viewBox)="([^"]*)"', svg)
    assert not re.search(r"nan|inf|e[+-]?\d", " ".join(places))
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    used = set(re.findall(r"url\(#([\w-]+)\)", svg))
    assert used <= set(ids)


@settings(deadline=None, max_examples=80)
@given(
    st.sampled_from(KINDS),
    st.lists(series(labels=LATIN, value=st.none() | st.integers(-(10**7), 10**7)), min_size=1,
             max_size=5),
    st.sampled_from([NARROW, WIDE]),
)  # fmt: skip
def test_words_never_stand_on_words_or_leave_the_picture(kind: str, several, width: int):
    root = parsed(drawn(kind, several, width=width, number=lambda value: f"{value:,.0f}"))
    assert not meeting(root)
    assert not outside(root)


@given(LABELS, NUMBERS)
def test_a_point_without_a_number_has_nothing_to_draw(label: str, value: float | None):
    shown = Point(label, value).drawn
    assert shown is None or abs(shown) <= 1e300
    if value is None:
        assert shown is None


def test_the_same_figures_give_the_same_picture():
    assert drawn("line", TWO) == drawn("line", list(TWO))
