"""Pictures are drawn from what readers see, in the size and the bytes that a network takes."""

import os
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.core.files.images import ImageFile
from factories import MadeSite, make_output
from made_answers import applicants
from PIL import Image as Pillow
from storing import kept
from wagtail.models import Collection, CollectionViewRestriction

from contactpoint.dissemination.social import pictures
from contactpoint.dissemination.social.items import Shared, shared
from contactpoint.dissemination.social.limits import LIMITS
from contactpoint.dissemination.social.pictures import NoPictureError, image, offered_pictures
from contactpoint.media.models import CustomImage
from contactpoint.outputs.models import Output

SPAN = {
    "indicator": "first-time-applicants", "places": ["BE", "EU"], "by": "quarter", "since": "",
    "until": "", "known": None,
}  # fmt: skip


@pytest.fixture
def cover(settings: Any, tmp_path: Any, db: None) -> CustomImage:
    """Of noise, which packs badly."""
    settings.MEDIA_ROOT = tmp_path
    file = BytesIO()
    Pillow.frombytes("RGB", (1500, 2000), os.urandom(9_000_000)).save(file, "PNG")
    return CustomImage.objects.create(
        title="Cover", description="A door", file=ImageFile(file, name="cover.png")
    )


def of(page: Output) -> Shared:
    found = shared(page.translation_key, page.locale.language_code)
    assert found is not None
    return found


def size(content: bytes) -> tuple[str, tuple[int, int]]:
    with Pillow.open(BytesIO(content)) as opened:
        return str(opened.format), opened.size


def test_the_cover_has_the_size_of_a_post_and_is_the_same_for_the_same(item: Shared) -> None:
    first, second = (image(item, "cover", "mastodon", "Words") for _time in range(2))
    assert size(first.content) == ("PNG", (1200, 630))
    assert (first.width, first.height, first.alt) == (1200, 630, "Words")
    assert first.content == second.content


def test_a_chart_of_the_text_is_offered_with_words_and_source(site: MadeSite) -> None:
    kept(applicants(BE=[1500, 1520, 1525, 1700, 1720, 1765], EU27_2020=[9000] * 6))
    page = make_output(site, "publication", title="A report")
    page.body = [("figure_picture", SPAN)]
    page.save_revision().publish()
    cover, chart = offered_pictures(of(page))
    assert (cover.name, chart.name) == ("cover", "chart-1")
    assert chart.label.startswith("Chart: ")
    assert "Belgium: " in chart.alt
    assert "Eurostat" in chart.alt
    made = image(of(page), "chart-1", "bluesky", chart.alt)
    assert size(made.content) == ("PNG", (1200, 630))
    page.body = []
    page.save_revision()  # a draft, which no reader sees
    assert len(offered_pictures(of(page))) == 2


def test_a_chosen_cover_is_made_small_enough_for_the_network(
    site: MadeSite, cover: CustomImage
) -> None:
    page = make_output(site, "publication", cover=cover)
    assert ("image", "A door") in [(one.name, one.alt) for one in offered_pictures(of(page))]
    made = image(of(page), "image", "bluesky", "A door")
    assert len(made.content) <= LIMITS["bluesky"].picture_bytes
    assert (made.media_type, size(made.content)) == ("image/jpeg", ("JPEG", (1200, 1600)))


def test_what_fits_no_network_is_no_picture(
    site: MadeSite, cover: CustomImage, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = replace(LIMITS["bluesky"], picture_bytes=20_000)
    monkeypatch.setattr(pictures, "LIMITS", {"bluesky": small})
    page = make_output(site, "publication", cover=cover)
    with pytest.raises(NoPictureError):
        image(of(page), "image", "bluesky", "")


def test_an_image_that_is_not_everybodys_is_never_offered(
    site: MadeSite, cover: CustomImage
) -> None:
    closed = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    CustomImage.objects.update(collection=closed)
    page = make_output(site, "publication", cover=cover)
    assert [one.name for one in offered_pictures(of(page))] == ["cover"]
    with pytest.raises(NoPictureError):
        image(of(page), "image", "bluesky", "")


@pytest.mark.parametrize("name", ["chart-1", "image", "../cover", "chart-"])
def test_there_is_no_other_picture(item: Shared, name: str) -> None:
    with pytest.raises(NoPictureError):
        image(item, name, "mastodon", "")
