"""The film of a guide: its size is said, and nothing of it is fetched before it is opened."""

import re
from pathlib import Path
from typing import Any

import guided
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from people import person
from wagtail.models import Collection, CollectionViewRestriction

from contactpoint import home
from contactpoint.guidance.films import LARGEST_POSTER, film_of
from contactpoint.guidance.models import Guide
from contactpoint.media.models import Captions, Recording

FILMS = Path(home.__file__).parent / "demo/films"
URL = "/en/guidance/procedure/interview/"


@pytest.fixture
def film(guides: None, settings: Any, tmp_path: Path) -> Recording:
    settings.MEDIA_ROOT = tmp_path
    made = Recording(title="How it goes", type="video", duration=67, language="en")
    made.file.save("film.webm", ContentFile((FILMS / "french-word.webm").read_bytes()), save=False)
    made.thumbnail.save("still.png", ContentFile(b"x" * LARGEST_POSTER), save=False)
    made.save()
    for code in ("ar", "en"):
        text = f"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nWords in {code}.\n"
        Captions.objects.create(recording=made, language=code, text=text)
    Guide.objects.filter(code="interview").update(film=made)
    return made


def page(client: Client, url: str = URL) -> str:
    return client.get(url).content.decode()


def test_it_is_shown_with_its_size_and_fetched_only_when_it_is_opened(
    film: Recording, client: Client
) -> None:
    told = page(client)
    assert "Play the film (<bdi>1.5 MB</bdi>)" in told
    assert "1:07" in told
    (video,) = re.findall(r"<video[^>]*>", told)
    assert 'preload="none"' in video
    assert "autoplay" not in video
    assert "poster" not in video
    assert re.search(r"<details class=\"film\">\s*<summary><img [^>]*loading=\"lazy\">", told)
    assert f'<source src="{film.url}"' in told
    assert "guidance/film.js" in told


def test_captions_are_in_the_languages_there_are_and_the_readers_are_shown(
    film: Recording, client: Client
) -> None:
    told = page(client, URL.replace("/en/", "/ar/"))
    tracks = re.findall(r'srclang="(\w+)" label="([^"]+)"( default)?>', told)
    assert tracks == [("ar", "العربية", " default"), ("en", "English", "")]
    assert "Words in ar." in told
    assert "Words in en." not in told
    assert client.get(f"/media/captions/{film.pk}/ar.vtt").status_code == 200


def test_a_heavy_still_is_not_shown(film: Recording, client: Client) -> None:
    film.thumbnail.save("heavy.png", ContentFile(b"x" * (LARGEST_POSTER + 1)))
    assert "<img" not in page(client).partition("<video")[0].partition('class="film"')[2]


def test_a_film_that_is_closed_or_gone_is_not_there(film: Recording, client: Client) -> None:
    vault = Collection.get_first_root_node().add_child(name="Vault")
    CollectionViewRestriction.objects.create(collection=vault, restriction_type="login")
    Recording.objects.update(collection=vault)
    assert "<video" not in page(client)
    assert "Words in" not in page(client)
    Recording.objects.update(collection=Collection.get_first_root_node())
    film.file.storage.delete(film.file.name)
    assert "<video" not in page(client)
    Recording.objects.all().delete()
    assert "<video" not in page(client)
    assert Guide.objects.get(code="interview").film is None


def test_a_guide_without_a_film_costs_no_query_and_one_with_it_two(
    film: Recording, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert film_of(Guide(code="x"), "en") is None
    guide = guided.text("interview").guide
    with django_assert_num_queries(2):
        film_of(guide, "en")


def test_an_editor_chooses_it_and_what_the_guide_is_about(film: Recording) -> None:
    client = person("Editors")[1]
    guide = Guide.objects.get(code="interview")
    told = client.get(f"/admin/snippets/guidance/guide/edit/{guide.pk}/").content.decode()
    for name in ("film", "concepts", "subjects"):
        assert f'id_{name}"' in told or f'name="{name}"' in told, name
    assert "no concept is called" in client.post(
        f"/admin/snippets/guidance/guide/edit/{guide.pk}/",
        {"code": "interview", "theme": guide.theme_id, "icon": "speech", "step": 2,
         "sort_order": 1, "film": film.pk, "concepts": "nothing like it"},
    ).content.decode()  # fmt: skip


def test_captions_may_be_given_in_the_languages_of_applicants(film: Recording) -> None:
    client = person("Editors")[1]
    told = client.get(f"/admin/media/edit/{film.pk}/").content.decode()
    assert 'name="captions_ti"' in told
    assert 'name="captions_nl"' in told
