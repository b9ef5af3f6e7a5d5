"""The demo as it is once loaded: every page, its files and its film, and none of them twice."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from home.test_demo_files import FILES
from home.test_demo_film import FILM, LANGUAGES, SLUG, cues_in
from home.test_demonstration import ITEMS
from PIL import Image
from wagtail.models import Page, Site

from contactpoint.glossary import actions as glossary
from contactpoint.home import demonstration
from contactpoint.home.actions import plant
from contactpoint.media.actions import read
from contactpoint.media.models import Captions, CustomDocument, CustomImage, Recording
from contactpoint.network import actions as network
from contactpoint.outputs.models import Output, OutputFile, Publication, RelatedOutput, Video

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo loaded")]
Loaded = tuple[int, int]


@pytest.fixture(scope="module")
def loaded(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Loaded]:
    """How many pages were made the first and the second time; all is rolled back at the end."""
    with (
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        Site.clear_site_root_paths_cache()
        network.load_shipped()
        glossary.load_shipped()
        plant()
        yield demonstration.load(), demonstration.load()
        transaction.set_rollback(True)
    Site.clear_site_root_paths_cache()


def test_loading_publishes_every_language_once(loaded: Loaded) -> None:
    pages = sum(len(item.words) for item in ITEMS)
    assert loaded == (pages, 0)
    assert Output.objects.live().count() == pages - sum(
        len(item.words) for item in ITEMS if item.facts["kind"] == "page"
    )
    assert Page.find_problems() == ([], [], [], [], [])
    assert RelatedOutput.objects.exists()
    newer = Publication.objects.exclude(supersedes=None)
    assert {page.supersedes.slug for page in newer} == {"demo-reading-guide-2026"}
    assert newer.count() == len(settings.LANGUAGES)
    for output in Output.objects.filter(locale__language_code="fr")[:5]:
        assert output.get_translations().exists()


def test_files_are_attached_in_every_language_and_read_once(client: Client, loaded: Loaded) -> None:
    assert CustomDocument.objects.count() == len(FILES)
    assert set(CustomDocument.objects.values_list("reading__state", flat=True)) == {"read"}
    count = OutputFile.objects.count()
    guide = Output.objects.filter(slug="ad-hoc-query-migration-code")
    assert {page.files.count() for page in guide} == {4}
    demonstration.load()
    assert (OutputFile.objects.count(), CustomDocument.objects.count()) == (count, len(FILES))
    assert read(CustomDocument.objects.first()).state == "read"
    page = client.get("/nl/publications/ad-hoc-query-migration-code/").content.decode()
    titles = re.findall(r'<a href="/documents/[^"]+" lang="(\w+)"', page)
    assert titles == ["nl", "en", "fr", "de"]
    assert len(re.findall(r"<span>3 pag\S+</span>", page)) == 4


def test_the_demo_loads_the_film_once_and_plays_it_in_four_languages(
    client: Client, loaded: Loaded
) -> None:
    film = Recording.objects.get()
    poster = CustomImage.objects.get()
    pages = Video.objects.filter(slug=SLUG)
    assert {(page.recording, page.poster) for page in pages} == {(film, poster)}
    assert pages.count() == Captions.objects.count() == len(LANGUAGES)
    with poster.file.open() as file, Image.open(file) as picture:
        assert picture.size == (film.width, film.height) == (1280, 720)
    for language in LANGUAGES:
        _holds(client, language, film)
    answer: Any = client.get(film.url, headers={"range": "bytes=1000-1999"})
    assert (answer.status_code, answer["Content-Type"]) == (206, "video/webm")
    assert answer["Content-Range"] == f"bytes 1000-1999/{len(FILM)}"
    assert b"".join(answer.streaming_content) == FILM[1000:2000]
    elsewhere = client.get("/en/videos/marrakech-compact-recording/").content.decode()
    assert "The film can't be watched on this portal." in elsewhere


def _holds(client: Client, language: str, film: Recording) -> None:
    page = client.get(f"/{language}/videos/{SLUG}/").content.decode()
    (player,) = re.findall(r"<video.*?</video>", page)
    # The worker makes a WebP of it later; until then there is one that every browser knows.
    assert re.search(r'poster="/media/images/[^"]+\.(webp|png|jpg)"', player)
    assert player.count('kind="captions"') == len(LANGUAGES)
    assert re.findall(r'srclang="(\w+)"[^>]* default', player) == [language]
    first = cues_in(language)[0].text
    assert first in client.get(f"/media/captions/{film.pk}/{language}.vtt").content.decode()
    transcript = client.get(f"/{language}/videos/{SLUG}/transcript/").content.decode()
    assert first.replace("\n", " ") in transcript
    assert 'class="transcript-lines">' in transcript
