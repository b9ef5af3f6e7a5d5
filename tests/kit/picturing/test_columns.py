"""Columns and stacks: from zero, side by side, with what is missing left open."""

from drawn_pictures import SAID, boxes_of, of_class, parsed, texts, words

from contactpoint.kit.picturing import Point, Series, columns, stacked


def years(*values: float | None, name: str = "", flags: str = "") -> Series:
    return Series(name, tuple(Point(str(2010 + n), v, flags=flags) for n, v in enumerate(values)))


def test_columns_stand_on_zero_and_are_as_high_as_their_values():
    root = parsed(columns(years(100, 50, 0), **SAID))
    whole, half, none = boxes_of(of_class(root, "p-fill")[0])
    assert whole[1] + whole[3] == half[1] + half[3]
    assert abs(whole[3] / half[3] - 2) < 0.02
    assert none[3] < 1


def test_few_columns_say_all_values_and_many_only_the_last():
    few, many = (parsed(columns(years(*range(1, n)), **SAID)) for n in (8, 80))
    assert [one.words for one in texts(few) if one.kind == "p-value"] == list("123456")
    assert [one.words for one in texts(few) if one.kind == "p-main"] == ["7"]
    assert not [one for one in texts(many) if one.kind == "p-value"]
    assert [one.words for one in texts(many) if one.kind == "p-main"] == ["79"]


def test_the_last_value_stands_above_the_columns_that_it_reaches():
    root = parsed(columns(years(*[90] * 79, 10), **SAID, number=lambda v: f"{v:,.0f} people"))
    (said,) = [one for one in texts(root) if one.kind == "p-main"]
    tops = [box[1] for box in boxes_of(of_class(root, "p-fill")[0])]
    assert said.middle < min(tops)


def test_a_missing_year_keeps_its_place():
    root = parsed(columns(years(5, None, 5), **SAID))
    first, last = boxes_of(of_class(root, "p-fill")[0])
    (hole,) = boxes_of(of_class(root, "p-none")[0])
    assert first[0] < hole[0] < last[0]
    assert words(root)[-1] == "no figure"


def test_a_break_is_marked_before_its_column():
    series = Series("", (Point("2018", 5.0), Point("2019", 6.0, flags="b")))
    root = parsed(columns(series, **SAID))
    first, second = boxes_of(of_class(root, "p-fill")[0])
    mark = float(of_class(root, "p-break")[0].get("d")[1:].split(" ")[0])
    assert first[0] + first[2] < mark < second[0]


def test_parts_stand_on_one_another():
    low, high = years(10, 20, name="Refugee status"), years(30, 40, name="Rejected")
    root = parsed(stacked([low, high], **SAID))
    first, second = (boxes_of(one) for one in of_class(root, "p-part"))
    for below, above in zip(first, second, strict=True):
        assert abs(above[1] + above[3] - below[1]) <= 0.15
    assert abs(second[0][3] / first[0][3] - 3) < 0.02


def test_parts_have_a_pattern_beside_their_colour():
    parts = [years(10, 20, name=str(number)) for number in range(7)]
    root = parsed(stacked(parts, **SAID))
    fills = [one.get("fill") for one in of_class(root, "p-part")]
    assert fills[0] is None
    assert len(set(fills[:6])) == 6


def test_a_missing_part_is_left_out_and_a_missing_column_marked():
    root = parsed(stacked([years(10, None, None), years(5, 6, None)], **SAID))
    assert [len(boxes_of(one)) for one in of_class(root, "p-part")] == [1, 2]
    assert len(of_class(root, "p-none")) == 1 + 1  # its sign


def test_parts_are_named_beside_the_last_column_in_order():
    parts = [years(10, 20, name="Below"), years(30, 1, name="Between"), years(30, 40, name="Above")]
    by_word = {one.words: one for one in texts(parsed(stacked(parts, **SAID)))}
    assert by_word["Above"].middle < by_word["Between"].middle < by_word["Below"].middle


def test_negative_parts_hang_below_zero():
    root = parsed(stacked([years(10, 10), years(-5, -5)], **SAID))
    up, down = (boxes_of(one)[0] for one in of_class(root, "p-part"))
    assert abs(up[1] + up[3] - down[1]) <= 0.15
