"""Photographs on pages: forms and widths, who makes them, and that no reader waits for them."""

import io
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import MadeSite, make_output, make_site
from PIL import Image
from wagtail.images.models import Filter, SourceImageIOError

from contactpoint.kit import pictures
from contactpoint.kit.jobs import TryLaterError
from contactpoint.kit.pictures import look_of, make, make_pictures, pictures_of, shapes_shown
from contactpoint.media.models import CustomImage, CustomRendition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def site(db: None) -> MadeSite:
    return make_site()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """What the worker was asked for and has not done."""
    found: list[tuple[int, str]] = []
    enqueue = type(make_pictures).enqueue

    def taken(self: Any, *given: Any, **named: Any) -> Any:
        if self.func is not make_pictures.func:
            return enqueue(self, *given, **named)
        found.append((named["pk"], named["shape"]))
        return None

    monkeypatch.setattr(type(make_pictures), "enqueue", taken)
    return found


def photograph(name: str = "photo.jpg", size: tuple[int, int] = (1600, 1200), **more: Any) -> Any:
    file = io.BytesIO()
    kind = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[name.rpartition(".")[2]]
    Image.linear_gradient("L").resize(size).convert("RGB").save(file, kind)
    return CustomImage.objects.create(title="A house", file=ImageFile(file, name=name), **more)


def in_text(site: MadeSite, image: Any, alternative: str = "A red house") -> Any:
    page = make_output(site, "news-item")
    picture = {"image": image.pk, "alt_text": alternative, "decorative": False}
    page.body = [("picture", {"picture": image, "caption": "Brussels"})]
    page.body[0].value["picture"].contextual_alt_text = alternative
    page.body[0].value["picture"].decorative = picture["decorative"]
    page.save_revision().publish()
    return page


def shown(page: Any) -> str:
    answer = Client().get(page.url)
    assert answer.status_code == 200
    found = re.search(r"<picture>.*?</picture>", answer.content.decode(), re.DOTALL)
    return found[0] if found else ""


def test_publishing_has_all_made_and_readers_make_nothing(
    site: MadeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = photograph()
    page = in_text(site, image)
    assert {row.filter_spec for row in image.renditions.all()} == {
        f"width-{width}|format-{form}" for width in (480, 720, 1216) for form in ("avif", "webp")
    } | {"width-720|format-jpeg"}

    def none(*_given: Any, **_more: Any) -> None:
        raise AssertionError("a reader waits")

    monkeypatch.setattr(CustomImage, "generate_rendition_instance", none)
    monkeypatch.setattr(CustomImage, "create_rendition", none)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        html = shown(page)
    assert not [one for one in queries if re.match("INSERT|UPDATE", one["sql"])]
    assert len([one for one in queries if "media_customrendition" in one["sql"]]) == 1
    widths = r"\.webp 480w, .*\.webp 720w, .*\.webp 1216w"
    sources = re.findall(r'<source type="image/(\w+)" srcset="([^"]+)" sizes="([^"]+)">', html)
    assert [one[0] for one in sources] == ["avif", "webp"]
    assert re.search(widths, sources[1][1])
    assert sources[0][2] == "(width &lt; 40rem) calc(100vw - 2rem), 38rem"
    (tag,) = re.findall("<img[^>]+>", html)
    assert re.search(r'src="/media/images/[^"]+\.jpg" width="720" height="540"', tag)
    assert 'alt="A red house"' in tag
    assert 'loading="lazy"' in tag
    for url in re.findall(r"/media/images/\S+\.\w+", html):
        assert Client().get(url).status_code == 200


def test_a_page_that_is_asked_for_before_makes_one_and_asks_the_worker_once(
    site: MadeSite, asked: list[tuple[int, str]]
) -> None:
    image = photograph()
    page = in_text(site, image)
    asked.clear()
    cache.clear()  # as if nobody had published it, but an import had
    for _time in range(3):
        html = shown(page)
        assert "<source" not in html
        assert re.search(r'src="/media/images/[^"]+\.jpg" width="720" height="540"', html)
    assert [row.filter_spec for row in image.renditions.all()] == ["width-720|format-jpeg"]
    assert asked == [(image.pk, "text")]
    make_pictures.func(pk=image.pk, shape="text")
    assert shown(page).count("<source") == 2


def test_of_many_pictures_a_reader_waits_for_few(
    site: MadeSite, asked: list[tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_PATIENCE", 0.0)  # the first is begun, and takes longer
    images = [photograph(f"{number}.jpg") for number in range(3)]
    page = in_text(site, images[0])
    page.body = [("picture", {"picture": image, "caption": "Brussels"}) for image in images]
    page.save_revision().publish()
    asked.clear()
    cache.clear()
    assert Client().get(page.url).content.count(b'width="720" height="540"') == 1
    assert sorted(asked) == sorted((image.pk, "text") for image in images)
    for image in images:
        make_pictures.func(pk=image.pk, shape="text")
    assert Client().get(page.url).content.count(b"<source") == 6


def test_what_is_there_is_shown_and_the_rest_follows(
    site: MadeSite, asked: list[tuple[int, str]]
) -> None:
    image = photograph()
    image.get_rendition("width-480|format-webp")
    look = look_of(image, "text")
    assert look is not None
    assert look.url.endswith(".webp")
    assert image.renditions.count() == 1
    assert asked == [(image.pk, "text")]
    assert look_of(photograph(), "still", make=False) is None


def test_a_small_picture_is_not_blown_up(asked: list[Any]) -> None:
    image = photograph("icon.png", (300, 200))
    assert make(image, "text") == 3
    assert {(row.width, row.height) for row in image.renditions.all()} == {(300, 200)}
    look = look_of(image, "text")
    assert look is not None
    assert look.sources[0].srcset.endswith(" 300w")
    assert look.url.endswith(".png")


def test_what_is_there_is_not_made_twice(asked: list[Any]) -> None:
    image = photograph()
    assert make(image, "cover") == 5
    before = set(image.renditions.values_list("pk", "file"))
    assert make(image, "cover") == 0
    make_pictures.func(pk=image.pk, shape="cover")
    assert set(image.renditions.values_list("pk", "file")) == before


def test_what_another_worker_made_meanwhile_stays_and_nothing_lies_about(
    asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    image = photograph()
    one = CustomImage.generate_rendition_instance
    begun: list[bool] = []

    def meanwhile(self: Any, *given: Any) -> Any:
        if not begun:
            begun.append(True)
            make(CustomImage.objects.get(pk=image.pk), "cover")
        return one(self, *given)

    monkeypatch.setattr(CustomImage, "generate_rendition_instance", meanwhile)
    make(image, "cover")
    names = sorted(row.file.name.rpartition("/")[2] for row in image.renditions.all())
    assert len(names) == 5
    assert sorted(image.file.storage.listdir("images")[1]) == names


def test_a_cover_is_fetched_at_once_and_on_wide_screens_alone(site: MadeSite) -> None:
    image = photograph("cover.png", (900, 1200))
    html = shown(make_output(site, "publication", cover=image))
    assert html.startswith('<picture><source media="screen and (width < 60rem)" srcset="data:')
    assert 'loading="lazy"' not in html
    assert 'width="480" height="640"' in html


def test_programs_are_given_a_form_that_all_know(site: MadeSite) -> None:
    image = photograph("cover.jpg", (900, 1200))
    page = make_output(site, "publication", cover=image)
    shown(page)
    html = Client().get(page.url).content.decode()
    assert re.search(r'"image": ?"http[^"]+\.jpg"', html)


def test_the_pictures_of_a_page_are_found(site: MadeSite) -> None:
    cover, photo = photograph(), photograph()
    page = make_output(site, "publication", cover=cover)
    page.body = [("picture", {"picture": photo, "caption": ""})]
    assert [(image.pk, shape) for image, shape in pictures_of(page)] == [
        (cover.pk, "cover"), (photo.pk, "text"),
    ]  # fmt: skip


def test_another_file_is_made_into_all_sizes_again(
    site: MadeSite, django_capture_on_commit_callbacks: Any
) -> None:
    image = photograph()
    page = in_text(site, image)
    assert shapes_shown(image) == {"text"}
    image.renditions.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        image.focal_point_x, image.focal_point_y = 10, 10
        image.focal_point_width = image.focal_point_height = 20
        image.save()
    assert image.renditions.count() == 7
    assert shown(page).count("<source") == 2


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"not a picture"])
def test_a_broken_picture_takes_no_page_with_it(
    site: MadeSite, content: bytes, asked: list[Any]
) -> None:
    image = photograph()
    page = in_text(site, image)
    with open(image.file.path, "wb") as file:
        file.write(content)
    assert shown(page) == ""
    make_pictures.func(pk=image.pk, shape="text")
    image.file.storage.delete(image.file.name)
    assert shown(page) == ""
    make_pictures.func(pk=image.pk, shape="text")
    assert not CustomRendition.objects.exists()


def test_a_storage_that_is_away_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    image = photograph()

    def away(*_given: Any) -> None:
        raise SourceImageIOError("away") from OSError("no answer")

    monkeypatch.setattr(pictures, "make", away)
    with pytest.raises(TryLaterError, match="can't be read now"):
        make_pictures.func(pk=image.pk, shape="text")


def test_every_spec_is_one_that_wagtail_reads() -> None:
    for shape in pictures.SHAPES.values():
        for width in shape.widths:
            for form in (*pictures.MODERN, "jpeg", "png"):
                assert Filter(spec=shape.spec(width, form)).operations
