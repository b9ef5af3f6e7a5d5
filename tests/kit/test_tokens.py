"""The colours: contrast is counted from the style sheet itself, in light and in dark."""

import re
from functools import cache
from itertools import pairwise
from math import cos, dist, radians, sin

import pytest

from contactpoint.kit.stylesheets import FOLDER, files

Colour = tuple[float, float, float]
TOKENS = (FOLDER / "tokens.css").read_text(encoding="utf-8")
MODES = {"light": 0, "dark": 1}
# How protanopes and deuteranopes see, as matrices over linear sRGB (Machado and others, 2009).
PROTANOPIA = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)


@cache
def token(name: str, mode: int) -> Colour:
    found = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", TOKENS)
    assert found, f"--{name} is not in tokens.css"
    return from_hex(found[mode + 1])


def from_hex(text: str) -> Colour:
    value = text.lstrip("#")
    value = "".join(2 * digit for digit in value) if len(value) == 3 else value
    channels = (int(value[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


def from_oklch(lightness: float, chroma: float, hue: float) -> Colour:
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def to_oklab(colour: Colour) -> Colour:
    r, g, b = colour
    long, medium, short = (
        abs(v) ** (1 / 3) * (1 if v >= 0 else -1)
        for v in (
            0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
            0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
            0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b,
        )
    )
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def luminance(colour: Colour) -> float:
    r, g, b = (min(max(channel, 0), 1) for channel in colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: Colour, other: Colour) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def hues() -> dict[int, float]:
    return {int(n): float(h) for n, h in re.findall(r'data-hue="(\d+)"\] { --hue: (\d+)', TOKENS)}


def theme(hue: float, mode: int) -> Colour:
    suffix = "-dark" if mode else ""
    values = [
        float(re.search(rf"--theme-{part}{suffix}: ([\d.]+);", TOKENS)[1])
        for part in ("lightness", "chroma")
    ]
    return from_oklch(*values, hue)


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
@pytest.mark.parametrize("ground", ["paper", "paper-shade", "field"])
@pytest.mark.parametrize("text", ["ink", "ink-quiet", "accent", "accent-strong", "wrong", "right"])
def test_text_can_be_read_on_every_ground(text: str, ground: str, mode: int):
    assert contrast(token(text, mode), token(ground, mode)) >= 4.5


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("on-accent", "accent"),
        ("on-accent", "accent-strong"),
        ("accent-strong", "accent-shade"),
        ("accent", "accent-shade"),
        ("ink", "accent-shade"),
        ("ink", "marker"),
        ("paper", "ink"),
    ],
)
def test_text_can_be_read_on_its_coloured_ground(text: str, ground: str, mode: int):
    assert contrast(token(text, mode), token(ground, mode)) >= 4.5


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
@pytest.mark.parametrize("ground", ["paper", "field"])
def test_the_edges_of_fields_can_be_seen(ground: str, mode: int):
    assert contrast(token("line-strong", mode), token(ground, mode)) >= 3


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_each_of_the_eleven_themes_can_be_read_on_paper(mode: int):
    assert sorted(hues()) == list(range(1, 12))
    for hue in hues().values():
        assert contrast(theme(hue, mode), token("paper", mode)) >= 4.5


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_the_path_on_a_drawn_cover_can_be_seen_on_the_ground_of_every_theme(mode: int):
    cover = (FOLDER / "components/cover.css").read_text(encoding="utf-8")
    path = re.search(r"\.cover-path,[^}]*stroke: (#\w+)", cover)
    ground = re.search(r"--theme-ground: light-dark\((.+)\);", TOKENS)
    assert path
    assert ground
    lightness, chroma = re.findall(r"oklch\(([\d.]+) ([\d.]+) ", ground[1])[mode]
    for hue in hues().values():
        drawn_on = from_oklch(float(lightness), float(chroma), hue)
        assert contrast(from_hex(path[1]), drawn_on) >= 3


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_every_theme_has_a_colour_that_a_plain_screen_can_show(mode: int):
    for hue in hues().values():
        assert all(-0.002 <= channel <= 1.002 for channel in theme(hue, mode))


@pytest.mark.parametrize("sight", [PROTANOPIA, DEUTERANOPIA], ids=["protanopia", "deuteranopia"])
def test_neighbouring_themes_differ_for_colour_blind_readers(sight):
    def seen(hue: float) -> Colour:
        colour = theme(hue, 0)
        return to_oklab(
            tuple(sum(m * c for m, c in zip(row, colour, strict=True)) for row in sight)
        )

    order = [hues()[number] for number in range(1, 12)]
    for one, other in pairwise(order):
        assert dist(seen(one), seen(other)) > 0.09


SERIES = [f"series-{number}" for number in range(1, 7)]


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
@pytest.mark.parametrize("name", SERIES)
def test_names_in_the_colours_of_series_can_be_read_on_paper(name: str, mode: int):
    assert contrast(token(name, mode), token("paper", mode)) >= 4.5


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_series_that_step_back_can_still_be_seen(mode: int):
    assert contrast(token("series-0", mode), token("paper", mode)) >= 3


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
@pytest.mark.parametrize(
    ("text", "tones"),
    [("ink", ("tone-1", "tone-2", "tone-3")), ("on-accent", ("tone-4", "tone-5"))],
)
def test_values_can_be_read_on_the_tiles_of_a_map(text: str, tones: tuple[str, ...], mode: int):
    for tone in tones:
        assert contrast(token(text, mode), token(tone, mode)) >= 4.5


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_tones_of_a_map_grow_evenly_away_from_the_paper(mode: int):
    away = [contrast(token(f"tone-{n}", mode), token("paper", mode)) for n in range(1, 6)]
    assert all(other > one * 1.05 for one, other in pairwise([1.0, *away]))


def test_colours_are_named_in_the_tokens_only():
    """Covers and print are the two places where a colour must not follow the scheme."""
    free = {"tokens.css", "cover.css", "print.css", "page-qr.css"}
    for file in files():
        if file.name not in free:
            text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
            assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;,) ])|rgba?\(|hsl", text), file.name
