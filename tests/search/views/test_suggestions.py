"""Suggestions while a question is typed."""

import pytest
from django.test import Client
from factories import MadeSite, make_concept, make_output

from contactpoint.glossary.models import ConceptLabel


@pytest.fixture
def things(site: MadeSite, fill) -> None:
    make_concept("asylum", en="asylum", nl="asiel")
    make_output(site, title="Asielbeleid in figures")
    make_output(site, title="Asiel behind a door", private=True)
    fill()


def test_concepts_and_titles_are_suggested(client: Client, things: None) -> None:
    answer = client.get("/en/search/suggest?q=asiel")
    found = answer.json()
    (concept,) = found["concepts"]
    assert (concept["text"], concept["matched"], concept["spoken"]) == ("asylum", "asiel", "Dutch")
    assert concept["url"] == "/en/glossary/asylum/"
    (title,) = found["titles"]
    assert (title["text"], title["kind"]) == ("Asielbeleid in figures", "News")
    assert found["questions"] == []
    (institution,) = found["institutions"]
    assert institution["matched"].startswith("Asiel")
    assert found["status"] == "3 suggestions"


def test_a_letter_or_nothing_suggests_nothing(client: Client, things: None) -> None:
    for query in ("", "?q=", "?q=a", "?q=%00%00", "?q=zzzz"):
        found = client.get(f"/en/search/suggest{query}").json()
        assert found == {
            "concepts": [], "institutions": [], "titles": [], "questions": [], "status": "",
        }  # fmt: skip


def test_nothing_of_it_is_kept(client: Client, things: None) -> None:
    answer = client.get("/en/search/suggest?q=asiel")
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies
    assert client.post("/en/search/suggest", {"q": "asiel"}).status_code == 405


def test_an_outage_is_said(client: Client, site: MadeSite, settings, tmp_path) -> None:
    settings.DATA = tmp_path
    answer = client.get("/en/search/suggest?q=asiel")
    assert answer.status_code == 503
    assert answer.json()["status"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_an_institution_is_suggested_by_its_acronym_and_found_so(
    client: Client, things: None
) -> None:
    answer = client.get("/en/search/suggest?q=dvz").json()
    assert next(iter(answer)) == "institutions"
    (one,) = answer["institutions"]
    assert (one["text"], one["matched"]) == ("Immigration Office", "DVZ")
    assert one["url"] == "/en/search/?q=Immigration%20Office"
    assert (
        client.get("/fr/search/suggest?q=Myr").json()["institutions"][0]["text"]
        == "Centre fédéral Migration Myria"
    )
    answer = client.get("/en/search/suggest?q=asiel").json()
    assert list(answer)[:4] == ["concepts", "institutions", "titles", "questions"]


def test_a_key_pressed_costs_three_queries(
    client: Client, things: None, django_assert_max_num_queries
) -> None:
    client.get("/en/search/suggest?q=asie")
    # The state of the glossary, what changed a moment ago, what was often asked; a fourth makes
    # sure that titles may be seen.
    with django_assert_max_num_queries(3):
        client.get("/en/search/suggest?q=asiel")


@pytest.fixture
def families(site: MadeSite, fill) -> None:
    for slug, english, dutch in (
        ("unity", "family unity", "gezinseenheid"),
        ("member", "family member", "gezinslid"),
        ("tracing", "family tracing", "gezinsopsporing"),
        ("formation", "family formation", "gezinsvorming"),
        ("reunification", "family reunification", "gezinshereniging"),
    ):
        make_concept(slug, en=english, nl=dutch)
    make_concept("violence", en="domestic violence", alternatives={"en": ["family violence"]})
    make_concept("family", en="family")
    for number in range(3):
        make_output(site, title=f"Item {number}", concepts=["reunification", "violence"])
    make_output(site, title="Hidden", concepts=["tracing"], private=True)
    make_output(site, title="Another", concepts=["formation"])
    fill()


@pytest.mark.parametrize(
    ("query", "language", "expected"),
    [
        ("famil", "en", ["family", "family reunification", "family formation"]),
        ("family", "en", ["family", "family reunification", "family formation"]),
        ("gezins", "nl", ["gezinshereniging", "gezinsvorming", "gezinslid"]),
    ],
)
def test_of_names_that_begin_so_those_that_most_is_about_come_first(
    client: Client, families: None, query: str, language: str, expected: list[str]
) -> None:
    found = client.get(f"/{language}/search/suggest?q={query}").json()["concepts"]
    assert [one["text"] for one in found][:3] == expected
    assert "domestic violence" not in [one["text"] for one in found]


@pytest.fixture
def refugees(site: MadeSite, fill) -> None:
    make_concept("refugee", en="refugee", de="Flüchtling", ar="لاجئ")
    make_concept("status", en="refugee status", de="Flüchtlingseigenschaft", ar="صفة اللاجئ")
    permit = make_concept("permit", en="residence permit")
    ConceptLabel.objects.create(concept=permit, language="en", kind="hidden", text="temp leave")
    make_output(site, title="Flüchtlinge in Zahlen", language="de")
    fill()


def test_letters_that_a_keyboard_lacks_are_understood(client: Client, refugees: None) -> None:
    found = client.get("/de/search/suggest?q=fluecht").json()
    assert [one["text"] for one in found["concepts"]] == ["Flüchtling", "Flüchtlingseigenschaft"]
    assert [one["text"] for one in found["titles"]] == ["Flüchtlinge in Zahlen"]


def test_an_arabic_word_is_found_with_its_article(client: Client, refugees: None) -> None:
    found = client.get("/en/search/suggest?q=اللاجئ").json()["concepts"]
    assert [one["text"] for one in found] == ["refugee", "refugee status"]
    assert [one["matched"] for one in found] == ["لاجئ", "صفة اللاجئ"]


def test_no_concept_is_suggested_for_the_beginning_of_a_name_that_is_hidden(
    client: Client, refugees: None
) -> None:
    assert client.get("/en/search/suggest?q=temp").json()["concepts"] == []
    found = client.get("/en/search/suggest?q=temp leave").json()["concepts"]
    assert [one["text"] for one in found] == ["residence permit"]
