"""The maps of news and of films keep the rules of those who read them."""

import datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from factories import MadeSite, make_output
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Page

from contactpoint.home import sitemap_kinds
from contactpoint.kit.pictures import make
from contactpoint.media.models import CustomImage, Recording

NAMESPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
    "v": "http://www.google.com/schemas/sitemap-video/1.1",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}
BASE = settings.BASE_URL


def read(client: Client, name: str) -> list[ElementTree.Element]:
    answer = client.get(f"/{name}")
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    return list(ElementTree.fromstring(answer.content))


def texts(url: ElementTree.Element, prefix: str, inside: str) -> list[tuple[str, str]]:
    """What stands in an element, in its order."""
    root = url.find(inside, NAMESPACES)
    assert root is not None
    space = f"{{{NAMESPACES[prefix]}}}"
    return [(one.tag.removeprefix(space), one.text or "") for one in root]


def item(site: MadeSite, hours: float, **more: Any) -> Any:
    moment = timezone.now() - datetime.timedelta(hours=hours)
    more.setdefault("published_on", timezone.localtime(moment).date())
    return make_output(site, "news-item", first_published_at=moment, **more)


def test_news_are_those_of_two_days_with_what_a_reader_of_them_needs(
    client: Client, site: MadeSite
) -> None:
    page = item(site, 3, title="Rights & duties")
    french = item(site, 3, title="Droits", language="fr", translation_of=page)
    item(site, 49)
    item(site, 3, published_on=datetime.date(2019, 5, 1))  # brought in from an old site
    item(site, 3, private=True)
    item(site, 3, live=False)
    make_output(site, "publication", published_on=timezone.localdate())
    found = {one.findtext("s:loc", "", NAMESPACES): one for one in read(client, "sitemap-news.xml")}
    assert set(found) == {f"{BASE}{page.url}", f"{BASE}{french.url}"}
    one = found[f"{BASE}{page.url}"]
    assert texts(one, "n", "n:news/n:publication") == [
        ("name", settings.SITE_NAME),
        ("language", "en"),
    ]
    told = texts(one, "n", "n:news")
    assert [name for name, _text in told] == ["publication", "publication_date", "title"]
    moment = datetime.datetime.fromisoformat(dict(told)["publication_date"])
    assert abs(moment - page.first_published_at) < datetime.timedelta(seconds=1)
    assert dict(told)["title"] == "Rights & duties"
    links = {
        link.attrib["hreflang"]: link.attrib["href"] for link in one.findall("x:link", NAMESPACES)
    }
    assert links == {
        "en": f"{BASE}{page.url}",
        "fr": f"{BASE}{french.url}",
        "x-default": f"{BASE}{page.url}",
    }


@pytest.fixture
def film(db: None) -> Recording:
    return Recording.objects.create(
        title="Pathways", type="video", file="media/pathways.webm", duration=272.4,
        thumbnail="media_thumbnails/still.png",
    )  # fmt: skip


def test_a_film_has_still_words_file_and_length(
    client: Client, site: MadeSite, film: Recording
) -> None:
    page = make_output(
        site, "video", title="T" * 120, teaser="Who & when.", recording=film,
        published_on=datetime.date(2025, 3, 4),
    )  # fmt: skip
    (url,) = read(client, "sitemap-videos.xml")
    assert url.findtext("s:loc", "", NAMESPACES) == f"{BASE}{page.url}"
    assert texts(url, "v", "v:video") == [
        ("thumbnail_loc", f"{BASE}/media/media_thumbnails/still.png"),
        ("title", "T" * 100),
        ("description", "Who & when."),
        ("content_loc", f"{BASE}/media/media/pathways.webm"),
        ("duration", "272"),
        ("publication_date", "2025-03-04"),
        ("live", "no"),
    ]


def test_what_has_no_film_of_ours_or_no_still_is_left_out(
    client: Client, site: MadeSite, film: Recording
) -> None:
    bare = Recording.objects.create(title="Bare", type="video", file="media/b.webm", duration=1)
    make_output(site, "video", recording=bare)
    make_output(site, "video", source_url="https://films.example/1")
    make_output(site, "video", recording=film, private=True)
    assert read(client, "sitemap-videos.xml") == []
    stilled = make_output(
        site, "video", recording=bare,
        poster=CustomImage.objects.create(title="Still", file=get_test_image_file()),
    )  # fmt: skip
    assert make(stilled.poster, "still")
    (url,) = read(client, "sitemap-videos.xml")
    assert url.findtext("s:loc", "", NAMESPACES) == f"{BASE}{stilled.url}"


@pytest.mark.parametrize("name", ["sitemap.xml", "sitemap-news.xml"])
def test_a_map_is_asked_for_again_each_time_and_sent_when_it_is_another(
    client: Client, site: MadeSite, name: str
) -> None:
    today = timezone.localdate()
    page = make_output(site, title="Fresh", slug="fresh-and-soon-gone", published_on=today)
    Page.objects.filter(pk=page.pk).update(first_published_at=timezone.now())
    answer = client.get(f"/{name}")
    assert page.slug in answer.content.decode()
    assert answer["Cache-Control"] == "no-cache"
    asking = {"If-None-Match": answer["ETag"]}
    assert client.get(f"/{name}", headers=asking).status_code == 304
    page.unpublish()
    gone = client.get(f"/{name}", headers=asking)
    assert gone.status_code == 200
    assert page.slug not in gone.content.decode()


def test_many_films_cost_no_more_queries(
    client: Client, site: MadeSite, film: Recording, django_assert_max_num_queries: Any
) -> None:
    image = CustomImage.objects.create(title="Still", file=get_test_image_file())
    for _ in range(6):
        make_output(site, "video", recording=film, poster=image)
    client.get("/sitemap-videos.xml")
    with django_assert_max_num_queries(5):
        client.get("/sitemap-videos.xml")


def picture(**more: Any) -> CustomImage:
    """A picture that was made for a page, and for the admin."""
    file = get_test_image_file(size=(900, 600))
    made = CustomImage.objects.create(title="Cover", file=file, **more)
    for width in (165, 400, 800):
        made.get_rendition(f"max-{width}x{width}|format-webp")
    return made


def test_covers_and_posters_are_told_in_their_widest_form(client: Client, site: MadeSite) -> None:
    cover, poster = picture(), picture()
    cover.get_rendition("max-900x900|format-avif")
    page = make_output(site, "publication", cover=cover)
    film = make_output(site, "video", poster=poster, source_url="https://films.example/1")
    found = {
        one.findtext("s:loc", "", NAMESPACES): one for one in read(client, "sitemap-images.xml")
    }
    assert set(found) == {f"{BASE}{page.url}", f"{BASE}{film.url}"}
    for item, image in ((page, cover), (film, poster)):
        url = image.get_rendition("max-800x800|format-webp").url
        assert texts(found[f"{BASE}{item.url}"], "i", "i:image") == [("loc", f"{BASE}{url}")]


def test_a_picture_that_not_everybody_may_see_or_that_was_never_shown_is_left_out(
    client: Client, site: MadeSite
) -> None:
    closed = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    make_output(site, "publication", cover=picture(collection=closed))
    make_output(site, "publication", cover=picture(), private=True)
    make_output(site, "publication", cover=picture(), live=False)
    unseen = CustomImage.objects.create(title="Unseen", file=get_test_image_file())
    unseen.get_rendition("max-165x165")
    make_output(site, "publication", cover=unseen)
    make_output(site, "publication")
    assert read(client, "sitemap-images.xml") == []


def test_many_pictures_cost_no_more_queries(
    client: Client,
    site: MadeSite,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Any,
) -> None:
    for _ in range(4):
        make_output(site, "publication", cover=picture())
    client.get("/sitemap-images.xml")
    with django_assert_max_num_queries(6):
        assert len(read(client, "sitemap-images.xml")) == 4
    monkeypatch.setattr(sitemap_kinds, "MOST", 3)
    assert len(read(client, "sitemap-images.xml")) == 3
