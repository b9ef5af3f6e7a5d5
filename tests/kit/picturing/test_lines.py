"""Lines: gaps stay gaps, breaks are seen, names stand at the ends."""

import pytest
from drawn_pictures import SAID, meeting, of_class, outside, parsed, path_of, texts, words

from contactpoint.kit.picturing import Point, Series, line

QUARTERS = [f"{year}-Q{number}" for year in (2017, 2018, 2019) for number in (1, 2, 3, 4)]


def over_time(*values: float | None, name: str = "Belgium", is_main: bool = False) -> Series:
    named = zip(QUARTERS, values, strict=False)
    return Series(name, tuple(Point(label, value) for label, value in named), is_main=is_main)


def flagged(series: Series, index: int, flags: str) -> Series:
    points = list(series.points)
    points[index] = Point(points[index].label, points[index].value, flags=flags)
    return Series(series.name, tuple(points))


def test_a_missing_value_parts_the_line_and_is_not_zero():
    root = parsed(line([over_time(100, 110, None, 120, 130)], **SAID))
    (drawn,) = of_class(root, "p-line")
    first, second = path_of(drawn)
    assert [len(first), len(second)] == [2, 2]
    zero = of_class(root, "p-zero")[0]
    assert max(y for _x, y in first + second) < path_of(zero)[0][0][1]


def test_a_value_between_two_gaps_is_a_dot():
    root = parsed(line([over_time(100, None, 120, None, 130, 140)], **SAID))
    (drawn,) = of_class(root, "p-line")
    assert [len(one) for one in path_of(drawn)] == [2]
    assert len(of_class(root, "p-dot")) == 3  # two by themselves, and the end


def test_a_break_in_series_parts_the_line_with_a_mark_and_is_explained():
    root = parsed(line([flagged(over_time(100, 110, 120, 130), 2, "b")], **SAID))
    (drawn,) = of_class(root, "p-line")
    assert [len(one) for one in path_of(drawn)] == [2, 2]
    before, after = path_of(drawn)
    mark = path_of(of_class(root, "p-break")[0])[0][0][0]
    assert before[-1][0] < mark < after[0][0]
    assert words(root)[-1] == "break in series"


def test_a_break_of_one_line_of_several_is_marked_at_that_line_and_says_whose():
    series = [
        over_time(100, 100, 100, 100),
        flagged(over_time(900, 900, 900, 900, name="Malta"), 2, "b"),
    ]
    root = parsed(line(series, **SAID))
    (mark,) = path_of(of_class(root, "p-break")[0])
    top, bottom = sorted(y for _x, y in mark)
    of_malta, *_ = path_of(of_class(root, "p-2")[0])
    assert top < of_malta[0][1] < bottom
    assert bottom - top < 30
    assert words(root)[-1] == "break in series (Malta)"


def test_the_last_value_stands_at_the_end_with_its_period():
    root = parsed(line([over_time(100, 110, 1234)], **SAID, number=lambda value: f"{value:,.0f}"))
    assert {"1,234", "2017-Q3"} <= set(words(root))


def test_names_of_several_lines_stand_at_their_ends_in_order():
    several = [over_time(1, 900, name="Low"), over_time(1, 2000, name="High")]
    by_name = {one.words: one for one in texts(parsed(line(several, **SAID)))}
    assert by_name["High"].middle < by_name["Low"].middle
    assert by_name["High"].left == by_name["Low"].left > 500


@pytest.mark.parametrize("width", [300, 640])
def test_names_of_lines_that_end_at_one_place_give_way(width: int):
    several = [over_time(10, 1000 + number, name=f"Country {number}") for number in range(30)]
    root = parsed(line(several, **SAID, width=width))
    assert not meeting(root)
    assert not outside(root)
    assert {f"Country {number}" for number in range(30)} <= set(words(root))
    assert len(of_class(root, "p-lead")) == 30


def test_each_line_has_a_pattern_of_its_own_and_what_is_main_stands_out():
    plain = parsed(line([over_time(1, 2), over_time(2, 3), over_time(3, 4)], **SAID))
    kinds = [one.get("class").split()[1] for one in of_class(plain, "p-line")]
    assert kinds == ["p-1", "p-2", "p-3"]
    main = parsed(line([over_time(1, 2), over_time(2, 3, is_main=True)], **SAID))
    assert [one.get("class") for one in of_class(main, "p-line")] == ["p-line p-0", "p-line p-1"]


def test_the_axis_begins_at_zero_and_says_few_round_values():
    root = parsed(line([over_time(9_120, 9_940, 9_500)], **SAID, number=lambda v: f"{v:.0f}"))
    ticks = [text.words for text in texts(root) if text.kind == "p-tick" and "Q" not in text.words]
    assert ticks == ["0", "5000", "10000"]


def test_it_may_begin_elsewhere():
    root = parsed(line([over_time(9_120, 9_940)], **SAID, from_zero=False))
    assert not of_class(root, "p-zero")


@pytest.mark.parametrize(("width", "fewest"), [(300, 2), (640, 4)])
def test_time_is_said_as_often_as_there_is_room(width: int, fewest: int):
    root = parsed(line([over_time(*range(1, 13))], **SAID, width=width))
    said = [one.words for one in texts(root) if one.kind == "p-tick" and "Q" in one.words]
    assert fewest <= len(said) < 12
    assert said[-1] == "2019-Q4"


def test_years_are_said_where_points_say_them():
    months = [Point(f"{m} {y}", m, tick=str(y) if m == 1 else "") for y in (2017, 2018, 2019)
              for m in range(1, 13)]  # fmt: skip
    root = parsed(line([Series("x", tuple(months))], **SAID))
    assert [one for one in words(root) if one.startswith("20")] == ["2017", "2018", "2019"]


def test_series_meet_by_label():
    short = Series("Short", (Point("2017-Q3", 5.0),))
    root = parsed(line([over_time(1, 2, 3), short], **SAID))
    end, alone = of_class(root, "p-dot")
    assert end.get("cx") == alone.get("cx")


def test_many_provisional_months_have_one_ring():
    months = tuple(Point(str(number), 5.0, flags="p") for number in range(150))
    assert len(of_class(parsed(line([Series("x", months)], **SAID)), "p-ring")) == 1 + 1  # its sign
