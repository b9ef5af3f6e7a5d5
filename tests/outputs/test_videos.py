"""A video: a film of ours with captions and a transcript, or the way to one elsewhere."""

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import MadeSite, make_output
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Page

from contactpoint.media.models import Captions, CustomImage, Recording
from contactpoint.outputs.durations import iso_length, length_of
from contactpoint.outputs.models import Output
from contactpoint.outputs.synchronising import synchronise_facts
from contactpoint.search import sources

ATOM = "{http://www.w3.org/2005/Atom}"
FILM = "/media/media/pathways.webm"


def vtt(*said: str) -> str:
    cues = (f"00:0{n}:05.000 --> 00:0{n}:09.000\n{text}\n" for n, text in enumerate(said))
    return "\n".join(["WEBVTT\n", *cues])


@pytest.fixture
def film(db: None) -> Recording:
    """Spoken in English, with captions in English and French."""
    film = Recording.objects.create(
        title="Pathways", type="video", file="media/pathways.webm", duration=272, language="en",
        thumbnail="media_thumbnails/still.png",
    )  # fmt: skip
    Captions.objects.create(recording=film, language="en", text=vtt("The okapi &amp; we.", "Bye."))
    Captions.objects.create(recording=film, language="fr", text=vtt("L\u2019okapi et nous."))
    return film


@pytest.fixture
def page(site: MadeSite, film: Recording) -> Output:
    return make_output(site, "video", title="Pathways", slug="pathways", recording=film)


@pytest.fixture
def french(site: MadeSite, page: Output, film: Recording) -> Output:
    return make_output(
        site, "video", title="Les voies", slug="les-voies", language="fr",
        translation_of=page, recording=film,
    )  # fmt: skip


def shown(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def close(film: Recording) -> None:
    closed = Collection.objects.get(depth=1).add_child(name="Internal")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    film.collection = closed
    film.save()


def test_a_film_waits_for_the_reader_with_captions_in_their_language(
    client: Client, page: Output, french: Output, film: Recording
) -> None:
    (player,) = re.findall(r"<video.*?</video>", shown(client, french.url))
    assert f'<source src="{FILM}" type="video/webm">' in player
    assert 'controls preload="none"' in player
    assert 'poster="/media/media_thumbnails/still.png"' in player
    tracks = re.findall(r"<track[^>]*>", player)
    assert tracks == [
        f'<track kind="captions" src="/media/captions/{film.pk}/en.vtt" srclang="en" '
        'label="English">',
        f'<track kind="subtitles" src="/media/captions/{film.pk}/fr.vtt" srclang="fr" '
        'label="Français" default>',
    ]


def test_a_page_with_a_film_may_fill_the_screen_and_asks_nobody_else(
    client: Client, page: Output, site: MadeSite
) -> None:
    answer = client.get(page.url)
    assert "fullscreen=(self)" in answer["Permissions-Policy"]
    assert "camera=()" in answer["Permissions-Policy"]
    assert "media-src 'self'" in answer["Content-Security-Policy"]
    assert "fullscreen=()" in client.get(make_output(site).url)["Permissions-Policy"]


def test_a_chosen_poster_goes_before_the_thumbnail_of_the_film(client: Client, page: Any) -> None:
    page.poster = CustomImage.objects.create(title="Still", file=get_test_image_file())
    page.save()
    assert re.search(r'poster="/media/images/[^"]+\.(webp|png)"', shown(client, page.url))


def test_a_film_elsewhere_is_a_link_that_says_who_is_asked(client: Client, site: MadeSite) -> None:
    page = make_output(site, "video", source_url="https://www.films.example.org/watch?v=1&a=2")
    page.poster = CustomImage.objects.create(title="Still", file=get_test_image_file())  # type: ignore[attr-defined]
    page.save()
    text = shown(client, page.url)
    assert "kept at <strong>films.example.org</strong>" in text
    assert "learns your IP address" in text
    for tag in re.findall(r"<(?:iframe|video|embed|object|img|script|link)\b[^>]*>", text):
        assert "films.example.org" not in tag
    assert 'rel="external noreferrer">Watch at films.example.org</a>' in text


def test_the_transcript_is_a_page_below_that_of_the_film(
    client: Client, page: Output, french: Output
) -> None:
    assert 'href="/fr/videos/les-voies/transcript/"' in shown(client, french.url)
    text = shown(client, "/en/videos/pathways/transcript/")
    assert "<p>The okapi &amp; we.</p>" in text
    assert '<span class="transcript-at">1:05</span>' in text
    assert 'href="/en/videos/pathways/"' in text
    assert 'href="/fr/videos/les-voies/transcript/"' in text
    assert "L\u2019okapi" in shown(client, "/fr/videos/les-voies/transcript/")


def test_what_an_editor_wrote_goes_before_the_captions(
    client: Client, page: Any, film: Recording
) -> None:
    film.transcript = "As the film says."
    film.save()
    assert "As the film says." in shown(client, "/en/videos/pathways/transcript/")
    page.transcript = "As <b>we</b> wrote."
    page.save()
    text = shown(client, "/en/videos/pathways/transcript/")
    assert "As &lt;b&gt;we&lt;/b&gt; wrote." in text
    assert "As the film says." not in text


def test_a_transcript_in_another_language_says_so(
    client: Client, site: MadeSite, film: Recording
) -> None:
    make_output(site, "video", title="Wege", slug="wege", language="de", recording=film)
    assert 'class="transcript-lines" lang="en"' in shown(client, "/de/videos/wege/transcript/")


def test_there_is_no_transcript_of_what_is_not_public_or_not_written_down(
    client: Client, site: MadeSite, film: Recording
) -> None:
    for slug, fields in (
        ("draft", {"live": False, "recording": film}),
        ("closed", {"private": True, "recording": film}),
        ("silent", {}),
    ):
        page = make_output(site, "video", slug=slug, **fields)
        assert client.get(f"/en/videos/{slug}/transcript/").status_code == 404
        if slug == "silent":
            assert "/transcript/" not in shown(client, page.url)


def test_a_film_in_a_closed_collection_is_told_of_nowhere(
    client: Client, page: Output, film: Recording
) -> None:
    close(film)
    for path in (page.url, "/en/videos/", "/en/videos/feed.atom", "/en/feed.atom"):
        text = shown(client, path)
        for secret in ("pathways.webm", "still.png", ".vtt", "okapi", "4 min 32 s"):
            assert secret not in text, (path, secret)
    assert client.get("/en/videos/pathways/transcript/").status_code == 404
    (document,) = sources.documents([f"output:{page.translation_key}"])
    assert "okapi" not in document.versions[0].text


def test_the_list_tells_how_long_it_takes_and_the_feed_has_the_file(
    client: Client, page: Output
) -> None:
    assert "<span>4 min 32 s</span>" in shown(client, "/en/videos/")
    root = ElementTree.fromstring(client.get("/en/videos/feed.atom").content)
    (entry,) = root.findall(f"{ATOM}entry")
    (link,) = [one for one in entry.findall(f"{ATOM}link") if one.get("rel") == "enclosure"]
    assert link.attrib == {
        "rel": "enclosure", "type": "video/webm", "href": settings.BASE_URL + FILM
    }  # fmt: skip
    assert "4 min 32 s" in entry.findtext(f"{ATOM}summary", "")


def test_search_engines_are_told_of_file_still_and_captions(client: Client, page: Output) -> None:
    block = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', shown(client, page.url)
    )
    found = json.loads(block[0])
    assert found["contentUrl"] == settings.BASE_URL + FILM
    assert found["thumbnailUrl"] == f"{settings.BASE_URL}/media/media_thumbnails/still.png"
    assert found["duration"] == "PT4M32S"
    assert [one["inLanguage"] for one in found["caption"]] == ["en", "fr"]


def test_the_search_has_what_is_said_under_the_page_in_its_language(
    page: Output, french: Output, film: Recording
) -> None:
    Captions.objects.create(recording=film, language="uk", text=vtt("Окапі."))
    (document,) = sources.documents([f"output:{page.translation_key}"])
    texts = {version.language: version.text for version in document.versions}
    assert "okapi & we" in texts["en"]
    assert "Окапі" in texts["en"]
    assert "okapi et nous" in texts["fr"]
    assert "okapi & we" not in texts["fr"]


def test_the_poster_is_a_fact_and_the_transcript_words(
    site: MadeSite, page: Any, french: Any, film: Recording
) -> None:
    page.poster = CustomImage.objects.create(title="Still", file=get_test_image_file())
    page.transcript = "English words."
    page.save()
    french.transcript = "Des mots."
    french.save()
    synchronise_facts(page)
    fresh: Any = Page.objects.get(pk=french.pk).specific
    assert (fresh.poster, fresh.recording, fresh.transcript) == (page.poster, film, "Des mots.")


def test_a_film_costs_three_queries_however_many_captions(
    client: Client, site: MadeSite, page: Output, film: Recording
) -> None:
    bare = make_output(site, "video", source_url="https://films.example.org/1")
    for code in ("nl", "de", "uk", "ar"):
        Captions.objects.create(recording=film, language=code, text=vtt("."))
    counted = []
    for url in (bare.url, page.url):
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        counted.append(len(captured))
    assert counted[1] - counted[0] <= 3


@pytest.mark.parametrize(
    ("seconds", "said", "machine"),
    [
        (0, "", ""),
        (45, "45 s", "PT45S"),
        (240, "4 min", "PT4M"),
        (272, "4 min 32 s", "PT4M32S"),
        (3600, "1 h", "PT1H"),
        (4325, "1 h 12 min", "PT1H12M5S"),
    ],
)
def test_a_duration_is_said_as_people_say_it(seconds: int, said: str, machine: str) -> None:
    assert (length_of(seconds), iso_length(seconds)) == (said, machine)
