"""How wide words are thought to be, and how things give way to one another."""

from itertools import pairwise

import pytest
from drawn_pictures import _font
from hypothesis import given, settings
from hypothesis import strategies as st

from contactpoint.kit.picturing.lettering import clean, fitted, isolated, measured, parted

WORDS = [
    "First-time asylum applicants in Belgium: 4,185 (2018-Q4)",
    "Bénéficiaires d’une protection, décisions définitives",
    "Asylbewerber, Flüchtlingseigenschaft, Österreich & Ungarn",
    "Niet-begeleide minderjarige vreemdelingen – 1.234",
    "Česká republika, Łódź, Ελλάδα, България, Україна",
    "100 000", "−4.5 %", "WWW mmm iii",
]  # fmt: skip


@pytest.mark.parametrize("text", WORDS)
@pytest.mark.parametrize(("bold", "face"), [(False, "sans-regular"), (True, "sans-semibold")])
def test_words_are_a_little_narrower_than_thought(text: str, bold: bool, face: str):
    real = _font(face).getlength(text) * 13 / 1000
    assert real <= measured(text, bold=bold) <= real * 1.15


def test_what_finds_no_place_gives_way_to_an_ellipsis():
    lines = fitted("Beneficiaries of subsidiary protection in the second instance", 100, lines=2)
    assert len(lines) == 2
    assert lines[0] == "Beneficiaries of"
    assert lines[1].endswith("…")
    assert all(measured(line) <= 100 for line in lines)
    assert fitted("Malta", 100, lines=2) == ["Malta"]


@given(st.text(max_size=60), st.floats(20, 300), st.integers(1, 3))
def test_a_fitted_text_fits(text: str, room: float, lines: int):
    found = fitted(clean(text), room, lines=lines)
    assert 1 <= len(found) <= lines
    assert all(measured(line) <= room for line in found)


def test_labels_are_one_line_without_what_acts_unseen():
    assert clean(" a\tb\n\x00c\u202e\ud800d ") == "a b cd"
    assert clean("\u061c-4\u200e%") == "\u061c-4\u200e%"  # as Arabic numbers are written


def test_a_bare_number_runs_from_left_to_right():
    assert isolated("-4 %") == "\u2066-4 %\u2069"
    assert isolated("4 أشخاص") == "\u20674 أشخاص\u2069"


@settings(max_examples=100)
@given(st.lists(st.tuples(st.floats(0, 200), st.floats(1, 20)), min_size=1, max_size=9))
def test_things_that_give_way_never_meet_keep_their_order_and_stay_inside(things):
    wanted, heights = [wish for wish, _ in things], [height for _, height in things]
    found = parted(wanted, heights, 0, 200)
    order = sorted(range(len(things)), key=lambda index: wanted[index])
    assert found[order[0]] - heights[order[0]] / 2 >= -1e-6
    assert found[order[-1]] + heights[order[-1]] / 2 <= 200 + 1e-6
    for one, other in pairwise(order):
        assert found[other] - found[one] >= (heights[one] + heights[other]) / 2 - 1e-6


def test_what_has_room_stays_where_it_wants_to_be():
    assert parted([10, 100, 50], [10, 10, 10], 0, 200) == [10, 100, 50]
    assert parted([50, 50], [10, 10], 0, 200) == [45, 55]
    assert parted([198, 199], [10, 10], 0, 200) == [185, 195]
