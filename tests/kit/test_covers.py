"""Covers: pure drawings from an item's own identity."""

import re
import time
from xml.etree import ElementTree

import pytest

from contactpoint.kit.covers import HUES, cover

SEEDS = ["asylum-procedure", "reception", "housing"]


def test_the_same_item_always_gets_the_same_cover():
    assert cover(3, SEEDS) == cover(3, list(SEEDS))


def test_other_concepts_make_another_cover():
    assert cover(3, SEEDS) != cover(3, ["return", "readmission"])


def test_items_that_share_their_first_concept_share_its_point():
    def start(svg: str) -> str:
        return re.search(r'<circle class="cover-start" [^>]+>', svg)[0]

    assert start(cover(1, ["asylum", "housing"])) == start(cover(5, ["asylum", "data"]))
    assert start(cover(1, ["asylum", "housing"])) != start(cover(1, ["return", "housing"]))


def test_the_cover_is_well_formed_and_hidden_from_assistive_technology():
    root = ElementTree.fromstring(cover(1, SEEDS))
    assert root.get("aria-hidden") == "true"
    assert root.get("viewBox") == "0 0 640 400"
    assert len(root.findall("circle")) == 2


@pytest.mark.parametrize("hue", [0, 1, 11, 12, 99])
def test_any_hue_is_wrapped_into_those_that_the_style_sheet_knows(hue: int):
    shown = int(ElementTree.fromstring(cover(hue, SEEDS)).get("data-hue"))
    assert 1 <= shown <= HUES


def test_an_item_without_concepts_gets_a_cover_too():
    assert cover(2, []).startswith("<svg")


def test_hostile_seeds_leave_no_trace_in_the_markup():
    svg = cover(1, ['"><script>alert(1)</script>', "' onload='x"])
    assert "script" not in svg
    assert "onload" not in svg


def test_no_cover_carries_a_style_or_an_id():
    svg = cover(1, SEEDS)
    assert "style" not in svg
    assert " id=" not in svg


def test_every_cover_stays_under_four_kilobytes():
    for number in range(300):
        assert len(cover(number, [f"concept-{number}", f"other-{number}"]).encode()) < 4096


def test_the_two_points_never_touch_each_other_or_the_edge():
    for number in range(300):
        root = ElementTree.fromstring(cover(1, [f"concept-{number}", f"other-{number}"]))
        (ax, ay), (bx, by) = (
            (float(point.get("cx")), float(point.get("cy"))) for point in root.findall("circle")
        )
        assert abs(ax - bx) > 100
        assert all(40 < x < 600 for x in (ax, bx))
        assert all(20 < y < 380 for y in (ay, by))


def test_the_path_never_leaves_the_frame():
    for number in range(300):
        svg = cover(1, [f"concept-{number}", f"other-{number}"])
        path = re.search(r'class="cover-path" d="M([^"]+)"', svg)[1]
        numbers = [float(part) for part in path.replace("C", " ").split()]
        assert all(0 < x < 640 for x in numbers[0::2])
        assert all(0 < y < 400 for y in numbers[1::2])


def test_a_cover_is_drawn_in_about_a_millisecond():
    started = time.process_time()
    for number in range(200):
        cover(number, [f"concept-{number}"])
    assert (time.process_time() - started) / 200 < 0.003
