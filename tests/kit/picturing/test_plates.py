"""A cover that leaves the site: the title whole, in our colours."""

from io import BytesIO

import pytest
from PIL import Image

from contactpoint.kit.picturing.plates import Plate, _oklch, _set, plate


def test_a_plate_is_as_large_as_a_post_and_the_same_for_the_same() -> None:
    given = Plate(4, ("reception",), "Évaluer l’accueil", "News · 1 May 2026", "Contactpoint")
    first = plate(given)
    assert first == plate(given)
    with Image.open(BytesIO(first)) as opened:
        assert opened.size == (1200, 630)
        pixels = opened.convert("RGB")
        assert pixels.getpixel((8, 8)) == (251, 250, 247)
        assert pixels.getpixel((1195, 3)) != (251, 250, 247)


@pytest.mark.parametrize(
    ("given", "colour"),
    [((1.0, 0.0, 0), "#ffffff"), ((0.0, 0.0, 0), "#000000"), ((0.628, 0.2577, 29.23), "#ff0000")],
)
def test_colours_are_those_of_the_style_sheet(
    given: tuple[float, float, float], colour: str
) -> None:
    assert _oklch(*given) == colour


def test_a_long_title_is_set_smaller_before_it_is_cut() -> None:
    sizes = [_set("Reception of applicants " * times, 602)[0] for times in (1, 4, 6)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]
    assert "…" not in "".join(_set("Reception of applicants " * 5, 602)[1])
