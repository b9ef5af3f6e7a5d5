"""The number of queries of a page is fixed, whatever the number of items."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import LANGUAGES, MadeSite, make_output

from contactpoint.media.models import CustomDocument
from contactpoint.outputs.models import Output, OutputFile

BUDGET = 6


def fill(site: MadeSite, number: int, kind: str = "news-item") -> str:
    """Items with two themes, three concepts, an institution and a country; some translated."""
    url = ""
    for index in range(number):
        page = make_output(
            site,
            kind,
            themes=["asylum", f"theme-{index % 5}"],
            concepts=["reception", f"concept-{index % 7}", f"concept-{index % 3}x"],
            institutions=["myria", f"institution-{index % 4}"],
            countries=["BE"],
            text="Words of the text.",
        )
        if index % 10 == 0:
            make_output(site, kind, language="fr", translation_of=page)
        url = page.url
    return url


def queries(client: Client, path: str) -> int:
    client.get(path)  # what a process learns once
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(captured)


@pytest.mark.parametrize("number", [5, 20, 200])
def test_a_list_takes_six_queries(site: MadeSite, client: Client, number: int) -> None:
    fill(site, number)
    assert queries(client, "/en/news/") <= BUDGET


@pytest.mark.parametrize("kind", ["publication", "event", "video", "vacancy", "development"])
def test_every_kind_of_list_keeps_the_budget(site: MadeSite, client: Client, kind: str) -> None:
    fill(site, 25, kind)
    slug = next(
        slug for slug, page in site.lists["en"].items() if getattr(page, "KIND", "") == kind
    )
    assert queries(client, f"/en/{slug}/") <= BUDGET


def test_every_filter_at_once_stays_below_ten(site: MadeSite, client: Client) -> None:
    fill(site, 21)
    path = "/en/news/?theme=asylum&concept=reception&year=2020&institution=myria"
    assert queries(client, path) <= 10


@pytest.mark.parametrize("number", [5, 60])
def test_an_item_takes_ten_queries(site: MadeSite, client: Client, number: int) -> None:
    assert queries(client, fill(site, number)) <= BUDGET + 4


def test_an_item_that_explains_no_terms_takes_one_less(site: MadeSite, client: Client) -> None:
    url = fill(site, 5)
    Output.objects.update(explains_terms=False)
    assert queries(client, url) <= BUDGET + 3


@pytest.mark.parametrize("kind", ["publication", "event"])
def test_files_take_no_more_however_many(site: MadeSite, client: Client, kind: str) -> None:
    url = fill(site, 5, kind)
    for number in range(7):
        file = ContentFile(b"words", name="annex.txt")
        document = CustomDocument.objects.create(title=f"Annex {number}", file=file)
        OutputFile.objects.create(
            page_id=Output.objects.get(slug=url.split("/")[-2]).pk, document=document
        )
    assert queries(client, url) <= BUDGET + 4
    assert len(client.get(url).context["files"]) == 7


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/en/", 6),
        ("/en/network/", 3),
        ("/en/themes/", 1),
        ("/en/themes/asylum/", 6),
        ("/en/glossary/", 1),
        ("/en/glossary/?in=pl", 1),
        ("/en/glossary/?q=recep", 1),
        ("/en/glossary/hierarchy/?at=reception", 1),
        ("/en/glossary/find.json?q=recep", 1),
        ("/en/glossary/reception/", 11),
        ("/en/feed.atom", 4),
        ("/en/news/feed.atom?theme=asylum", 5),
        ("/sitemap.xml", 10),
    ],
)
@pytest.mark.parametrize("number", [5, 40])
def test_other_pages_keep_theirs(
    site: MadeSite, client: Client, number: int, path: str, most: int
) -> None:
    fill(site, number)
    assert queries(client, path) <= most


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_costs_no_more(site: MadeSite, client: Client, language: str) -> None:
    fill(site, 11)
    assert queries(client, f"/{language}/news/") <= BUDGET
