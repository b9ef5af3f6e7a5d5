"""The style of guidance: the house's colours, written for old phones, and light to carry."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from contactpoint.guidance import pictograms, sheet

MOST = 60_000
FONTS = sheet.FOLDER / "fonts"


def test_an_old_browser_knows_all_of_it() -> None:
    rules = sheet.text()
    for young in ("light-dark(", "oklch", "clamp(", "color-mix", "@layer", ":is(", ":where(",
                  ":has(", "@container", "dvh", "inset-block", "inset: "):  # fmt: skip
        assert young not in rules, young
    assert not re.search(r"(?:margin|padding)-(?:inline|block):", rules)
    assert not re.search(r"(?<![\w-])gap:", rules)


def test_no_side_is_left_or_right() -> None:
    rules = re.sub(r"border-right: 2px solid currentColor;", "", sheet.text())  # a chevron
    assert not re.search(r"(?:margin|padding|border)-(?:left|right)|[\s;{](?:left|right):", rules)
    assert not re.search(r"text-align: (?:left|right)", rules)


def test_every_colour_is_one_of_the_house_in_light_and_in_dark() -> None:
    used = set(re.findall(r"var\(--([a-z-]+)\)", sheet.text()))
    light, dark = sheet.text().split("@media (prefers-color-scheme:dark)")[:2]
    for name in used - {"s-half"}:
        if not re.fullmatch(r"s\d+", name):
            assert f"--{name}:#" in light, name
            assert f"--{name}:#" in dark.split("}")[0], name
    for name in sheet.ORDER:
        own = (sheet.FOLDER / name).read_text(encoding="utf-8")
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;,) ])|rgba?\(|hsl", own), name


def test_it_asks_for_no_font_but_our_own_and_only_for_ethiopic_and_pashto() -> None:
    faces = re.findall(r"@font-face \{(.+?)\}", sheet.text(), re.DOTALL)
    assert len(faces) == 4
    for face in faces:
        assert re.search(r"unicode-range: U\+(?:1200-137F|0600-06FF)", face)
        assert 'src: local("Noto ' in face
        (url,) = re.findall(r'url\("([^"]+)"\)', face)
        assert url.startswith("/static/guidance/fonts/")
        assert (FONTS / Path(url).name).exists()
    licences = {path.name.split(".")[0] for path in FONTS.glob("*.OFL.txt")}
    assert {path.name.split("-")[0] for path in FONTS.glob("*.woff2")} == licences


@pytest.mark.parametrize("language", ["en", "ar", "ps", "ti"])
@pytest.mark.parametrize("path", ["", "procedure/interview/", "help/", "coverage/"])
def test_a_page_is_light_to_carry(client: Client, guides: None, language: str, path: str) -> None:
    answer = client.get(f"/{language}/guidance/{path}", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    page = gzip.decompress(answer.content).decode()
    files = re.findall(r'(?:src|href)="/static/([^"]+)"', page)
    assert files
    carried = len(answer.content)
    for file in files:
        (found,) = Path(settings.PACKAGE).glob(f"*/static/{file}")
        carried += found.stat().st_size
    carried += sum(font.stat().st_size for font in FONTS.glob("ethiopic-*.woff2"))
    if language == "ps":
        carried += sum(font.stat().st_size for font in FONTS.glob("pashto-*.woff2"))
    assert carried < MOST


def test_every_pictogram_is_drawn_in_the_colour_of_its_words() -> None:
    text = pictograms.FILE.read_text(encoding="utf-8")
    assert len(pictograms.drawings()) == text.count("<symbol ")
    assert not re.search(r"(?:fill|stroke|style|on\w+|href)=", text)
    assert pictograms.drawings().keys() >= pictograms.MIRRORED
    drawn = pictograms.picture("next")
    assert 'class="pictogram mirrored"' in drawn
    assert 'aria-hidden="true"' in drawn
    assert "mirrored" not in pictograms.picture("clock")


def test_text_on_what_is_dangerous_can_be_read() -> None:
    pairs = dict(re.findall(r"--(wrong|paper):(#\w{6})", sheet.text().split("@media")[0]))
    assert contrast(pairs["wrong"], pairs["paper"]) >= 4.5


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
        return sum(weight * v for weight, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)
