"""The glossary's search takes inflected words for what they are, and asks back about slips."""

from typing import Any

import pytest
from django.test import Client
from factories import MadeSite, make_concept, make_site

from contactpoint.glossary.models import Concept, ConceptLabel
from contactpoint.vocabulary import Vocabulary


@pytest.fixture
def site(db: None) -> MadeSite:
    made = make_site()
    make_concept(
        "applicant",
        alternatives={"nl": ["asielzoeker"], "de": ["Asylbewerber"]},
        en="applicant",
        fi="turvapaikanhakija",
        de="Antragsteller",
    )
    make_concept("refugee", en="refugee", pl="uchodźca", nl="vluchteling", ar="لاجئ")
    make_concept("dispersal", en="dispersal", de="Verteilung von Asylbewerbern")
    make_concept("asylum", en="asylum", de="Asyl")
    return made


def hits(client: Client, query: str, language: str = "en") -> list[tuple[str, str]]:
    answer = client.get(f"/{language}/glossary/find.json", {"q": query}).json()
    return [(hit["slug"], hit["why"]) for hit in answer["hits"]]


@pytest.mark.parametrize(
    ("query", "slug", "why"),
    [
        ("turvapaikanhakijoiden", "applicant", "inflected form of turvapaikanhakija"),
        ("uchodźców", "refugee", "inflected form of uchodźca"),
        ("اللاجئين", "refugee", "inflected form of لاجئ"),
        ("asiel zoeker", "applicant", "asielzoeker, but for a hyphen or a space"),
    ],
)
def test_another_form_of_a_name_finds_it_and_says_why(
    client: Client, site: MadeSite, query: str, slug: str, why: str
) -> None:
    assert hits(client, query) == [(slug, why)]
    page = client.get("/en/glossary/", {"q": query})
    assert page.context["status"].startswith("1 term matches")
    assert f'<span class="found-why">{why}</span>' in page.content.decode()


def test_a_sure_match_goes_before_names_that_only_contain_the_word(
    client: Client, site: MadeSite
) -> None:
    assert hits(client, "Asylbewerbern", "de") == [
        ("applicant", "gebeugte Form von Asylbewerber"),
        ("dispersal", ""),
    ]
    answer = client.get("/de/glossary/find.json", {"q": "Asylbewerbern"}).json()
    assert answer["total"] == 2


def test_a_whole_name_needs_no_reason(client: Client, site: MadeSite) -> None:
    assert hits(client, "refugee") == [("refugee", "")]


def test_a_slip_of_the_keyboard_is_a_question_and_no_hit(client: Client, site: MadeSite) -> None:
    assert hits(client, "vluchtelng") == [("refugee", "Did you mean this?")]
    answer = client.get("/en/glossary/find.json", {"q": "vluchtelng"}).json()
    assert (answer["total"], answer["status"]) == (0, "No term matches “vluchtelng”.")
    page = client.get("/en/glossary/", {"q": "vluchtelng"}).content.decode()
    assert "No term matches" in page
    assert "Did you mean" in page.split('class="found-terms"')[0]
    assert "Did you mean" not in client.get("/en/glossary/?q=refugee").content.decode()


def test_a_hidden_name_stays_hidden_in_every_form(client: Client, site: MadeSite) -> None:
    concept = Concept.objects.get(slug="applicant")
    ConceptLabel.objects.create(concept=concept, language="en", kind="hidden", text="bogus alien")
    concept.save()
    assert hits(client, "bogus aliens") == [
        ("applicant", "It is an inflected form of a label, such as a plural.")
    ]
    page = client.get("/en/glossary/?q=bogus+aliens").content.decode()
    assert "bogus alien<" not in page.replace("bogus aliens", "")
    assert "bogus alien" not in page.replace("bogus aliens", "")


def test_the_matcher_is_asked_only_where_names_do_not_do(
    client: Client,
    site: MadeSite,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Any,
) -> None:
    asked: list[str] = []
    harmonise = Vocabulary.harmonise

    def noted(self: Vocabulary, keyword: str, *rest: Any, **more: Any) -> Any:
        asked.append(keyword)
        return harmonise(self, keyword, *rest, **more)

    monkeypatch.setattr(Vocabulary, "harmonise", noted)
    for number in range(3):
        make_concept(f"camp-{number}", en=f"camping {number}")
    for query in ("camping", "uch", "12345"):
        hits(client, query)
    assert asked == []
    with django_assert_max_num_queries(1):
        hits(client, "uchodźców")
    assert asked == ["uchodźców"]
