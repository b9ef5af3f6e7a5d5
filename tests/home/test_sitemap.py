"""The sitemap names every page in every language, and each of its lines leads somewhere."""

import datetime
from xml.etree import ElementTree

import pytest
from database_work import steps
from django.test import Client
from factories import LANGUAGES, MadeSite, make_concept, make_family, make_output, make_theme
from wagtail.models import Page

from contactpoint.glossary.models import SchemeVersion
from contactpoint.home import sitemap
from contactpoint.home.sitemap_kinds import NAMES

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def read(client: Client, path: str = "/sitemap.xml") -> dict[str, dict[str, str]]:
    """Alternates by address, addresses without the host."""
    root = ElementTree.fromstring(client.get(path).content)
    base = "http://localhost:8000"
    return {
        url.findtext(f"{SITEMAP}loc", "").removeprefix(base): {
            link.attrib["hreflang"]: link.attrib["href"].removeprefix(base)
            for link in url.iter(f"{XHTML}link")
        }
        for url in root
    }


def test_every_address_answers_and_names_its_languages(client: Client, site: MadeSite) -> None:
    make_theme("asylum")
    make_concept("reception")
    SchemeVersion.objects.create(number="1.0", published_on=datetime.date(2026, 1, 10))
    make_output(site, "publication", families=["quarterly", make_family("pathways", "study")])
    make_family("empty")
    page = make_output(site)
    french = make_output(site, language="fr", translation_of=page)
    found = read(client)
    assert found[page.url] == {"en": page.url, "fr": french.url, "x-default": page.url}
    assert set(found["/nl/news/"]) == {*LANGUAGES, "x-default"}
    assert {"/de/themes/asylum/", "/de/glossary/reception/", "/en/network/", "/fr/"} <= set(found)
    assert {"/nl/glossary/hierarchy/", "/fr/glossary/versions/"} <= set(found)
    assert "/de/glossary/versions/1.0/" in found
    assert {"/nl/series/quarterly/", "/de/studies/pathways/"} <= set(found)
    assert "/en/series/empty/" not in found
    for address, alternates in found.items():
        assert client.get(address).status_code == 200, address
        assert address in alternates.values()


def test_an_item_without_english_defaults_to_what_there_is(client: Client, site: MadeSite) -> None:
    page = make_output(site, language="nl")
    assert read(client)[page.url] == {"nl": page.url, "x-default": page.url}


def test_a_large_sitemap_comes_in_parts(
    client: Client, site: MadeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read(client)
    monkeypatch.setattr(sitemap, "MOST", 10)
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    parts = [one.findtext(f"{SITEMAP}loc", "") for one in index]
    of_kinds = slice(-len(NAMES), None)
    assert [one.rpartition("/")[2] for one in parts[of_kinds]] == list(NAMES)
    for part in parts[of_kinds]:
        assert client.get(part.removeprefix("http://localhost:8000")).status_code == 200
    del parts[of_kinds]
    together: dict[str, dict[str, str]] = {}
    for part in parts:
        found = read(client, part.removeprefix("http://localhost:8000"))
        assert 0 < len(found) <= 10
        assert not set(found) & set(together)
        together |= found
    assert together == whole
    last = int(parts[-1].rpartition("=")[2])
    assert client.get(f"/sitemap.xml?part={last + 1}").status_code == 404
    assert client.get("/sitemap.xml?part=0").status_code == 404
    assert client.get("/sitemap.xml?part=x").status_code == 404


def test_no_part_is_named_of_which_all_pages_are_gone(
    client: Client, site: MadeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MOST", 10)
    first = make_output(site)
    others = [make_output(site, language="nl") for _number in range(25)]
    last = make_output(site, language="fr", translation_of=first)
    gone = others[0].pk // 10 + 2
    Page.objects.filter(pk__gt=10 * (gone - 1), pk__lte=10 * gone).delete()
    index = client.get("/sitemap.xml").content.decode()
    assert f"part={gone}<" not in index
    assert f"part={-(-last.pk // 10)}<" in index
    assert client.get(f"/sitemap.xml?part={gone}").status_code == 404
    found = read(client, f"/sitemap.xml?part={-(-last.pk // 10)}")
    assert found[last.url] == {"en": first.url, "fr": last.url, "x-default": first.url}


def test_a_part_asks_for_its_own_pages_alone(
    client: Client, site: MadeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MOST", 40)
    part = Page.objects.order_by("pk").last().pk // 40 + 2
    for _number in range(80):
        make_output(site)
    few = steps(lambda: client.get(f"/sitemap.xml?part={part}"))
    for _number in range(160):
        make_output(site)
    assert steps(lambda: client.get(f"/sitemap.xml?part={part}")) < few * 1.2


def test_robots_are_told_where_it_is(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://localhost:8000/sitemap.xml" in text
    assert "Disallow: /admin/" in text
    for name in NAMES:
        assert f"Sitemap: http://localhost:8000/{name}" in text
