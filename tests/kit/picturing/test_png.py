"""PNG: our own sheets, in our own fonts, and nothing that anybody names."""

import io
from pathlib import Path

import pytest
from drawn_pictures import SAID
from PIL import Image

from contactpoint.kit.picturing import Frame, Point, Series, line, post
from contactpoint.kit.picturing import png as engraving
from contactpoint.kit.picturing.png import NoPictureError, NotEngravedError, png

PAPER, INK = (251, 250, 247), (22, 32, 43)
YEARS = Series("", tuple(Point(str(year), 5.0) for year in range(2010, 2020)))


@pytest.fixture(scope="module")
def sheet() -> str:
    return post(line, [YEARS], Frame("Heading", "Source", direction="rtl"), **SAID)


def test_a_post_has_its_size_its_paper_and_its_words(sheet: str):
    picture = Image.open(io.BytesIO(png(sheet, 1200))).convert("RGB")
    assert picture.size == (1200, 630)
    assert picture.getpixel((3, 3)) == PAPER
    heading = picture.crop((950, 40, 1160, 110))  # from right to left, at the right
    colours = {colour for _count, colour in heading.getcolors(100_000)}
    assert INK in colours


def test_it_is_as_wide_as_wanted_and_the_same_for_the_same(sheet: str):
    once = png(sheet, 600)
    assert Image.open(io.BytesIO(once)).size == (600, 315)
    assert png(sheet, 600) == once


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="/etc/passwd" width="9" height="9"/>',
        '<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://a.test/b.png"/>',
        '<path class="p-fill" href="#a" d="M0 0h1"/>',
        '<path fill="url(https://a.test/b.svg#c)" d="M0 0h1"/>',
        '<path style="fill:url(file:///etc/passwd)" d="M0 0h1"/>',
        '<use href="file:///etc/passwd"/>',
        "<foreignObject/>",
        "<script>1</script>",
        "<style>@import 'https://a.test/'</style>",
        '<g transform="rotate(4)"><text>a</text></g>',
    ],
)
def test_what_our_pictures_do_not_have_is_refused(sheet: str, inside: str):
    with pytest.raises(NoPictureError):
        png(sheet.replace("</svg>", f"{inside}</svg>"), 1200)


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE svg SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<?xml-stylesheet href="https://a.test/b.css"?><!DOCTYPE svg>',
    ],
)
def test_document_types_and_entities_are_refused(sheet: str, head: str):
    with pytest.raises(NoPictureError):
        png(head + sheet, 1200)


@pytest.mark.parametrize("wrong", ["", "no XML", "<svg/>", "<svg" + " " * 500_000])
def test_what_is_no_sheet_is_refused(wrong: str):
    with pytest.raises(NoPictureError):
        png(wrong, 1200)


@pytest.mark.parametrize("width", [0, -5, 5000])
def test_sizes_that_nobody_needs_are_refused(sheet: str, width: int):
    with pytest.raises(NoPictureError):
        png(sheet, width)


def test_words_are_never_markup():
    hostile = '#read("/etc/passwd") #import "@preview/x:1.0.0" $x$ *b*'
    picture = post(line, [YEARS], Frame(hostile, hostile), **SAID)
    assert png(picture, 300).startswith(b"\x89PNG")


def test_the_process_can_open_nothing(sheet: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Were a file named all the same, past the list above, the picture would fail."""
    (tmp_path / "a.png").write_bytes(png(sheet, 60))
    named = sheet.replace("</svg>", f'<image href="{tmp_path}/a.png" width="9" height="9"/></svg>')
    monkeypatch.setattr(engraving, "_ELEMENTS", {*engraving._ELEMENTS, engraving._SVG + "image"})
    monkeypatch.setattr(engraving, "_ATTRIBUTES", {*engraving._ATTRIBUTES, "href"})
    with pytest.raises(NotEngravedError):
        png(named, 600)


def test_one_that_takes_too_long_is_given_up(sheet: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engraving, "_MEMORY", 1024**2)
    with pytest.raises(NotEngravedError):
        png(sheet, 600)


def test_of_many_that_are_wanted_at_once_one_is_drawn_at_a_time(
    sheet: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(engraving, "_SECONDS", 0.05)
    engraving._AT_ONCE.acquire()
    try:
        with pytest.raises(NotEngravedError, match="at once"):
            png(sheet, 600)
    finally:
        engraving._AT_ONCE.release()
    monkeypatch.undo()
    assert png(sheet, 600).startswith(b"\x89PNG")
