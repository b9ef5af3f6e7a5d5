"""Each address of the old site leads to where the thing is now: a table, walked whole."""

from collections.abc import Callable

import pytest
from django.test import Client
from factories import MadeSite, make_concept, make_output, make_site, make_theme, read_site
from replayed import replayed

from contactpoint.intake.legacy import target
from contactpoint.outputs.models import Classification

LISTS = ("news", "publications", "events", "videos", "vacancies", "chronicle")


@pytest.fixture
def site(db: None) -> MadeSite:
    replayed("old addresses", _make)
    return read_site()


def _make() -> None:
    made = make_site()
    make_theme("asylum", en="Asylum", fr="Asile", nl="Asiel")
    make_theme("return-and-readmission", en="Return & readmission")
    make_theme("statelessness", en="Statelessness", fr="Apatridie")
    make_concept("asylum", en="asylum", nl="asiel", fr="asile")
    make_concept("housing", en="housing", nl="huisvesting")
    english = make_output(made, slug="fedasil-review", title="Fedasil review")
    make_output(made, language="nl", translation_of=english, slug="fedasil-overzicht")
    make_output(made, "publication", slug="moved-to-publications")
    make_output(made, slug="renamed", source_url="https://old.example/news/its-old-name")
    make_output(made, slug="draft", live=False)
    for number in range(45):
        make_output(made, slug=f"filler-{number}")


PERMANENT = [
    ("/news", "/en/news/"),
    ("/news/", "/en/news/"),
    ("/nl/nieuws", "/nl/news/"),
    ("/fr/nouvelles", "/fr/news/"),
    ("/news/fedasil-review", "/en/news/fedasil-review/"),
    ("/news/fedasil-review/", "/en/news/fedasil-review/"),
    ("/nl/nieuws/fedasil-overzicht", "/nl/news/fedasil-overzicht/"),
    # The old site showed an item under its English slug in other languages too.
    ("/nl/nieuws/fedasil-review", "/nl/news/fedasil-overzicht/"),
    ("/news/moved-to-publications", "/en/publications/moved-to-publications/"),
    ("/news/its-old-name", "/en/news/renamed/"),
    ("/news?page=0", "/en/news/"),
    ("/news?page=abc", "/en/news/"),
    ("/news?page=1", "/en/news/?page=2"),
    ("/news?page=2", "/en/news/?page=3"),
    ("/news-type/video", "/en/videos/"),
    ("/news-type/job-vacancy", "/en/vacancies/"),
    ("/publication-type/study", "/en/publications/?type=study"),
    ("/publication-type/thematic-studies", "/en/publications/?type=thematic-study"),
    ("/publication-type/emn-informs", "/en/publications/?type=emn-inform"),
    (
        "/publication-type/ad-hoc-query-compilations",
        "/en/publications/?type=ad-hoc-query-compilation",
    ),
    ("/publication-type/inform", "/en/publications/?type=emn-inform"),
    ("/publication-type/informs", "/en/publications/?type=emn-inform"),
    ("/publication-type/ad-hoc-queries", "/en/publications/?type=ad-hoc-query-compilation"),
    ("/publication-type/policy-note", "/en/publications/?type=policy-paper"),
    ("/nl/publication-type/study", "/nl/publications/?type=study"),
    ("/keywords/asylum", "/en/glossary/asylum/"),
    ("/keywords/asiel", "/en/glossary/asylum/"),
    ("/nl/keywords/huisvesting", "/nl/glossary/housing/"),
    ("/keywords/video", "/en/videos/"),
    ("/keywords/eastern-europe", "/en/search/?q=eastern+europe"),
    ("/statelessness/migration/return-readmission", "/en/themes/return-and-readmission/"),
    ("/statelessness/migration/asylum", "/en/themes/asylum/"),
    ("/statelessness/asylum", "/en/themes/asylum/"),
    ("/?q=/news/fedasil-review", "/en/news/fedasil-review/"),
    ("/?q=news/fedasil-review", "/en/news/fedasil-review/"),
    ("/?q=/nl/nieuws", "/nl/news/"),
    ("/?q=/news&page=1", "/en/news/?page=2"),
    ("/?q=/keywords/asiel", "/en/glossary/asylum/"),
]
FOR_NOW = [
    ("/news/never-imported", "/en/news/"),
    ("/fr/nouvelles/never-imported", "/fr/news/"),
    ("/news/draft", "/en/news/"),
    ("/news?page=77", "/en/news/"),
    ("/news-type/gossip", "/en/news/"),
    ("/publication-type/poems", "/en/publications/"),
    ("/keywords/flying-saucers", "/en/search/?q=flying+saucers"),
    ("/statelessness/asylum/unknown", "/en/themes/asylum/"),
    ("/statelessness/unknown/unknown", "/en/themes/"),
]


@pytest.mark.parametrize(("old", "new"), PERMANENT)
def test_an_old_address_leads_to_the_new_one_for_good(
    client: Client, site: MadeSite, fill: Callable[[], None], old: str, new: str
) -> None:
    fill()
    answer = client.get(old, headers={"accept-language": "de"})
    assert (answer.status_code, answer["Location"]) == (301, new)
    assert client.get(new).status_code == 200


@pytest.mark.parametrize(("old", "new"), FOR_NOW)
def test_what_is_not_there_yet_leads_to_the_next_best_for_now(
    client: Client, site: MadeSite, fill: Callable[[], None], old: str, new: str
) -> None:
    fill()
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (302, new)
    assert client.get(new).status_code == 200


def test_an_old_keyword_that_is_a_place_leads_to_the_items_under_it(
    client: Client, site: MadeSite, fill: Callable[[], None]
) -> None:
    found = make_output(site, slug="under-a-place", title="A partnership begins")
    Classification.objects.create(page=found, keyword="Eastern Europe", resolves_to="place")
    fill()
    page = client.get(client.get("/keywords/eastern-europe")["Location"]).content.decode()
    assert "/en/news/under-a-place/" in page
    assert "/en/news/fedasil-review/" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/?q=//evil.example/news/x",
        "/?q=https://evil.example/news",
        "/?q=/\\evil.example",
        "/?q=%2F%2Fevil.example%2Fnews",
        "/?q=javascript:alert(1)",
        "/?q=/news/%0d%0aLocation:%20https://evil.example",
        "/news/https:%2F%2Fevil.example",
        "/news/..%2F..%2Fadmin",
        "/keywords/%2F%2Fevil.example",
        "/keywords/%00",
        "/statelessness/%2F%2Fevil/evil",
        "/?q=" + "a/" * 500,
    ],
)
def test_no_address_leads_away_from_this_site(client: Client, site: MadeSite, path: str) -> None:
    answer = client.get(path, headers={"host": "testserver"})
    assert answer.status_code in {301, 302, 404}
    location = answer.get("Location", "/en/")
    assert location.startswith(("/en/", "/fr/", "/nl/", "/de/"))
    assert "\n" not in location
    assert "//" not in location.split("?")[0]


def test_no_redirect_leads_to_another_one(
    client: Client, site: MadeSite, fill: Callable[[], None]
) -> None:
    fill()
    for old, _new in [*PERMANENT, *FOR_NOW]:
        answer = client.get(client.get(old)["Location"])
        assert answer.status_code == 200, old


def test_the_front_door_leads_to_the_readers_language(client: Client, site: MadeSite) -> None:
    for accepted, language in (("nl-BE,nl;q=0.9", "nl"), ("ja", "en"), ("fr;q=0.2, de", "de")):
        answer = client.get("/", headers={"accept-language": accepted})
        assert (answer.status_code, answer["Location"]) == (302, f"/{language}/")
        assert "Accept-Language" in answer["Vary"]


def test_an_unknown_question_at_the_front_door_is_no_redirect_to_it(
    client: Client, site: MadeSite
) -> None:
    assert client.get("/?q=/en/news/")["Location"] == "/en/"


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
@pytest.mark.parametrize("slug", LISTS)
def test_no_old_address_hides_a_new_one(language: str, slug: str) -> None:
    assert target(f"/{language}/{slug}/") is None
    assert target(f"/{language}/{slug}/an-item/") is None
