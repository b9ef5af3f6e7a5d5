"""A cover of which little can be made out is told of, and how far that is from enough."""

import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from factories import MadeSite, make_output, make_site
from PIL import Image, ImageDraw

from contactpoint.desk.checks.covers import contrast
from contactpoint.kit.checking import Finding, findings
from contactpoint.media.models import CustomImage

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> MadeSite:
    return make_site(("en", "nl"), standard=True)


def picture(ground: str, ink: str = "", *, mode: str = "RGB", size: int = 120) -> CustomImage:
    """A made picture: a bar of ink across its ground."""
    drawn = Image.new(mode, (400, 300), ground)
    if ink:
        ImageDraw.Draw(drawn).rectangle((20, 20, 380, 20 + size), fill=ink)
    stream = io.BytesIO()
    drawn.save(stream, "PNG")
    file = ContentFile(stream.getvalue(), name="made.png")
    return CustomImage.objects.create(title="Made", file=file, width=400, height=300)


def of_cover(page: Any) -> list[Finding]:
    return [one for one in findings(page) if one.name == "cover"]


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (("#fff", "#000"), 21.0),
        (("#000", "#fff"), 21.0),
        (("#fff", "#767676"), 4.54),
        (("#fff", "#eee"), 1.16),
        (("#123456",), 1.0),
    ],
)
def test_contrast_is_counted_as_wcag_does(image: tuple[str, ...], expected: float) -> None:
    assert contrast(picture(*image)) == pytest.approx(expected, rel=0.12)


def test_what_is_transparent_stands_on_white_paper() -> None:
    assert contrast(picture("#00000000", "#ffffffff", mode="RGBA")) == pytest.approx(1)
    assert contrast(picture("#00000000", "#000000ff", mode="RGBA")) == pytest.approx(21)


def test_a_speck_does_not_make_an_empty_picture_legible() -> None:
    drawn = Image.new("RGB", (400, 300), "#f4f4f4")
    ImageDraw.Draw(drawn).rectangle((200, 150, 205, 155), fill="#000")
    stream = io.BytesIO()
    drawn.save(stream, "PNG")
    file = ContentFile(stream.getvalue(), name="speck.png")
    image = CustomImage.objects.create(title="Speck", file=file, width=400, height=300)
    measured = contrast(image)
    assert measured is not None
    assert measured < 1.5


@pytest.mark.parametrize(("kind", "name"), [("publication", "cover"), ("video", "poster")])
def test_a_pale_picture_is_told_of_on_the_source_with_what_to_do(
    site: MadeSite, kind: str, name: str
) -> None:
    page: Any = make_output(site, kind)
    assert of_cover(page) == [], "there is none"
    setattr(page, name, picture("#fff", "#e2e2e2"))
    (finding,) = of_cover(page)
    assert "1.3 : 1" in finding.text
    assert finding.mend
    assert finding.url.endswith("#tab-content")
    setattr(page, name, picture("#fff", "#123456"))
    assert of_cover(page) == []


def test_a_picture_whose_file_is_gone_is_left_to_other_checks(site: MadeSite) -> None:
    page: Any = make_output(site, "publication")
    page.cover = picture("#fff", "#e2e2e2")
    page.cover.file.storage.delete(page.cover.file.name)
    assert of_cover(page) == []
