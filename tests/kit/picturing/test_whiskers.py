from drawn_pictures import SAID, meeting, of_class, outside, parsed, path_of, texts, words

from contactpoint.kit.picturing import Point, Series, whiskers

THEN = Series("2017", (Point("Yes", 30, low=20, high=40), Point("No", 50, low=40, high=60)))
NOW = Series("2019", (Point("Yes", 35, low=28, high=42), Point("No", None)))


def test_each_value_has_a_line_of_how_sure_it_is_and_two_waves_stand_beneath_each_other() -> None:
    root = parsed(whiskers([THEN, NOW], **SAID, number=lambda value: f"{value:.0f} %"))
    spans = [path_of(one) for one in of_class(root, "p-span")]
    assert len(spans) == 3
    (left, _y), (right, _z) = spans[0][0]
    assert right > left
    assert words(root)[:2] == ["2017", "2019"]
    assert {"30 %", "35 %", "no figure"} <= set(words(root))
    assert not meeting(root)
    assert not outside(root)
    height = {one.words: one.middle for one in texts(root)}
    assert height["30 %"] < height["35 %"] < height["50 %"]


def test_one_series_needs_no_name() -> None:
    assert "2017" not in words(parsed(whiskers([THEN], **SAID)))
