"""Sparklines."""

from drawn_pictures import SAID, of_class, parsed, path_of, words

from contactpoint.kit.picturing import Point, Series, sparkline


def run(*values: float | None) -> Series:
    return Series("", tuple(Point(str(number), value) for number, value in enumerate(values)))


def test_it_reaches_from_edge_to_edge_without_words():
    root = parsed(sparkline(run(5, 9, 7), **SAID, width=100, height=30))
    (points,) = path_of(of_class(root, "p-line")[0])
    assert [y for _x, y in points] == [26, 4, 15]
    assert (points[0][0], points[-1][0]) == (4, 96)
    assert words(root) == []


def test_gaps_are_gaps_and_the_last_value_is_marked():
    root = parsed(sparkline(run(5, 6, None, 7, 8, None), **SAID))
    stretches = path_of(of_class(root, "p-line")[0])
    assert [len(one) for one in stretches] == [2, 2]
    dot = of_class(root, "p-dot")[-1]
    assert (float(dot.get("cx")), float(dot.get("cy"))) == stretches[-1][-1]


def test_a_flat_run_lies_in_the_middle():
    root = parsed(sparkline(run(5, 5), **SAID, height=30))
    assert [y for _x, y in path_of(of_class(root, "p-line")[0])[0]] == [15, 15]
