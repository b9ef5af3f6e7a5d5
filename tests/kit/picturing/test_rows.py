"""Bars and dumbbells: a row for each place."""

from drawn_pictures import SAID, boxes_of, of_class, parsed, path_of, texts, words

from contactpoint.kit.picturing import Point, Series, bars, dumbbell


def places(**values: float | None) -> Series:
    return Series("2019", tuple(Point(name, value) for name, value in values.items()))


def test_bars_begin_at_zero_and_are_as_long_as_their_values():
    root = parsed(bars(places(Belgium=50, Germany=200, Malta=0), **SAID))
    (shape,) = of_class(root, "p-fill")
    belgium, germany, malta = boxes_of(shape)
    zero = path_of(of_class(root, "p-zero")[0])[0][0][0]
    assert belgium[0] == germany[0] == zero
    assert abs(germany[2] / belgium[2] - 4) < 0.01
    assert malta[2] < 1


def test_negative_bars_point_back_from_zero():
    root = parsed(bars(places(Up=10, Down=-5), **SAID))
    (shape,) = of_class(root, "p-fill")
    up, down = boxes_of(shape)
    assert abs(down[0] + down[2] - up[0]) <= 0.15
    assert abs(up[2] / down[2] - 2) < 0.02
    by_word = {one.words: one for one in texts(root)}
    assert by_word["-5"].right < down[0]
    assert by_word["10"].left > up[0] + up[2]


def test_a_row_without_a_figure_says_so_and_has_no_bar():
    root = parsed(bars(places(Belgium=50, Cyprus=None), **SAID))
    assert "no figure" in words(root)
    assert len(boxes_of(of_class(root, "p-fill")[0])) == 1


def test_main_rows_are_strong_and_the_others_step_back():
    series = Series("", (Point("Belgium", 1.0, is_main=True), Point("Malta", 2.0)))
    root = parsed(bars(series, **SAID))
    kinds = {one.get("class"): len(boxes_of(one)) for one in of_class(root, "p-fill")}
    assert kinds == {"p-fill p-1": 1, "p-fill p-0": 1}
    assert "Belgium" in [one.words for one in texts(root) if one.kind == "p-name"]


def test_notes_stand_after_their_values_where_there_is_room():
    series = Series("", (Point("Belgium", 1234.0, note="rounded"),))
    wide = {one.words: one for one in texts(parsed(bars(series, **SAID)))}
    assert wide["rounded"].left > wide["1234.0"].right
    assert "rounded" not in words(parsed(bars(series, **SAID, width=300)))


def test_long_names_take_two_lines_and_no_more():
    name = "The European Union of 28 countries as it was until January 2020 and no longer"
    root = parsed(bars(places(**{name: 5}), **SAID))
    lines = [one.words for one in texts(root) if one.kind == "p-label"]
    assert len(lines) == 2
    assert lines[1].endswith("…")


def test_a_dumbbell_has_both_values_outside_and_a_way_between():
    pair = places(Belgium=100, Malta=60), places(Belgium=150, Malta=20)
    root = parsed(dumbbell(pair, **SAID))
    by_word = {one.words: one for one in texts(root)}
    assert by_word["100"].right < by_word["150"].left
    assert by_word["20"].right < by_word["60"].left
    assert len(path_of(of_class(root, "p-span")[0])) == 2
    assert by_word["150"].kind == by_word["20"].kind == "p-main"


def test_the_signs_of_both_have_other_shapes():
    root = parsed(dumbbell((places(Belgium=1, Malta=3), places(Belgium=2, Malta=1)), **SAID))
    (diamonds,), (dots,) = of_class(root, "p-dot"), of_class(root, "p-round")
    assert [len(one) for one in path_of(diamonds)] == [5, 5, 5]  # the head's, and the rows'
    assert dots.get("d").count("h0") == 3
    assert diamonds.get("class").endswith("p-2")
    assert dots.get("class").endswith("p-1")


def test_equal_values_are_said_once():
    root = parsed(dumbbell((places(Belgium=7), places(Belgium=7)), **SAID))
    assert words(root).count("7") == 1


def test_a_place_with_one_of_two_values_has_one_sign():
    root = parsed(dumbbell((places(Belgium=None, Malta=1), places(Belgium=7, Malta=2)), **SAID))
    assert len(path_of(of_class(root, "p-dot")[0])) == 2
    assert of_class(root, "p-round")[0].get("d").count("h0") == 3
    assert len(path_of(of_class(root, "p-span")[0])) == 1


def test_a_break_since_the_first_is_marked():
    after = Series("2019", (Point("Belgium", 9.0, flags="b"),))
    root = parsed(dumbbell((places(Belgium=7), after), **SAID))
    assert of_class(root, "p-break")
    assert "break in series" in words(root)
    before = Series("2017", (Point("Belgium", 9.0, flags="b"),))
    root = parsed(dumbbell((before, places(Belgium=7)), **SAID))
    assert not of_class(root, "p-break"), "that is the first of its series"
