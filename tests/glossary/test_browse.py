"""The glossary from A to Z in any of its languages, its hierarchy, and search as one types."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from factories import LANGUAGES, MadeSite, make_concept, make_site
from replayed import replayed

from contactpoint.glossary import languages
from contactpoint.glossary.actions import load_scheme
from contactpoint.glossary.models import Concept, ConceptLabel
from contactpoint.glossary.terms import GLOSSARY_FILE
from contactpoint.vocabulary import (
    Definition,
    Label,
    Note,
    Scheme,
    VocabularyConcept,
    read_turtle,
)


@pytest.fixture
def site(db: None) -> MadeSite:
    made = make_site()
    make_concept("asylum", en="asylum", fr="asile", nl="asiel", de="Asyl", cs="azyl", ar="لجوء")
    make_concept(
        "seeker",
        broader=["asylum"],
        alternatives={"en": ["asylum seeker"], "nl": ["asielzoeker"]},
        en="applicant for international protection",
        nl="verzoeker om internationale bescherming",
        cs="chráněná osoba",
    )
    make_concept("border", en="border", cs="hranice", de="Grenze")
    make_concept("hotspot", en="hotspot", cs="hotspot")
    return made


def letters(client: Client, path: str) -> dict[str, list[tuple[str, str]]]:
    return {
        group.letter: [(term.label, term.gloss) for term in group.concepts]
        for group in client.get(path).context["letters"]
        if group.concepts
    }


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


# --- from A to Z ---


def test_the_glossary_is_listed_in_a_language_with_its_letters_and_the_readers_words(
    client: Client, site: MadeSite
) -> None:
    assert letters(client, "/en/glossary/?in=cs") == {
        "A": [("azyl", "asylum")],
        "H": [("hotspot", ""), ("hranice", "border")],
        "Ch": [("chráněná osoba", "applicant for international protection")],
    }
    headings = [group.letter for group in client.get("/en/glossary/?in=cs").context["letters"]]
    assert headings[:5] == ["A", "B", "C", "Č", "D"]
    assert headings[headings.index("H") + 1] == "Ch"


def test_what_has_no_name_in_the_language_is_listed_apart(client: Client, site: MadeSite) -> None:
    context = client.get("/nl/glossary/?in=de").context
    assert [term.label for term in context["unnamed"]] == [
        "hotspot",
        "verzoeker om internationale bescherming",
    ]
    assert [term.language for term in context["unnamed"]] == ["en", "nl"]
    assert (context["listed"]["name"], context["listed"]["own_name"]) == ("Duits", "Deutsch")


def test_a_language_is_named_as_a_sentence_of_the_readers_language_has_it(
    client: Client, site: MadeSite
) -> None:
    page = client.get("/fr/glossary/?in=de").content.decode()
    assert "<strong>allemand</strong>" in page
    assert re.search(r'<a href="/fr/glossary/\?in=de"[^>]*>Allemand ', page)


def test_a_list_in_another_language_says_which_and_reads_in_its_direction(
    client: Client, site: MadeSite
) -> None:
    page = client.get("/en/glossary/?in=ar").content.decode()
    assert '<div class="letters" lang="ar" dir="rtl" data-glossed>' in page
    assert '<bdi class="gloss" lang="en">asylum</bdi>' in page
    assert '<html lang="en" dir="ltr">' in page


def test_the_language_of_the_list_stays_when_the_reader_changes_theirs(
    client: Client, site: MadeSite
) -> None:
    context = client.get("/en/glossary/?in=cs").context
    assert [one["url"] for one in context["translations"]] == [
        f"/{code}/glossary/?in=cs" for code in LANGUAGES
    ]
    assert context["canonical_url"].endswith("/en/glossary/?in=cs")


def test_every_language_of_the_glossary_can_be_chosen_with_its_number_of_terms(
    client: Client, site: MadeSite
) -> None:
    choices = {one["code"]: one for one in client.get("/fr/glossary/").context["languages"]}
    assert set(choices) == set(languages.LANGUAGES)
    assert (choices["cs"]["count"], choices["mt"]["count"]) == (4, 0)
    assert (choices["cs"]["name"], choices["cs"]["own_name"]) == ("Tchèque", "Čeština")
    assert choices["fr"]["url"] == "/fr/glossary/"
    assert choices["fr"]["is_current"]


@pytest.mark.parametrize("odd", ["xx", "", "../..", "<script>", "cs&x=1", "CS", "c\x00s"])
def test_a_language_that_there_is_not_gives_the_readers_own(
    client: Client, site: MadeSite, odd: str
) -> None:
    context = client.get("/en/glossary/", {"in": odd}).context
    assert context["listed"]["code"] == "en"
    assert context["canonical_url"].endswith("/en/glossary/")


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_the_shipped_glossary_can_be_leafed_through_in_each_language(
    client: Client, db: None, language: str
) -> None:
    make_site()
    replayed("glossary", lambda: load_scheme(read_turtle(GLOSSARY_FILE, scheme_id="glossary")))
    answer = client.get(f"/en/glossary/?in={language}")
    groups = answer.context["letters"]
    named = sum(len(group.concepts) for group in groups)
    assert named > 0
    assert named + len(answer.context["unnamed"]) == Concept.objects.count()
    odd = [term.label for group in groups if group.letter == "…" for term in group.concepts]
    assert all(label.isascii() for label in odd), odd  # a proper name in Latin letters


def test_a_change_of_the_glossary_is_seen_at_the_next_request(
    client: Client, site: MadeSite
) -> None:
    assert "Z" not in letters(client, "/en/glossary/")
    make_concept("zone", en="zone")
    assert letters(client, "/en/glossary/")["Z"] == [("zone", "")]


def test_what_is_withdrawn_is_neither_listed_nor_found(client: Client, site: MadeSite) -> None:
    row = Concept.objects.get(slug="hotspot")
    row.status = "deprecated"
    row.save()
    assert [term[0] for term in letters(client, "/en/glossary/")["A"]]
    assert "H" not in letters(client, "/en/glossary/")
    assert client.get("/en/glossary/find.json?q=hotspot").json()["total"] == 0
    assert "hotspot" not in client.get("/en/glossary/hierarchy/").content.decode()


# --- the hierarchy ---


def test_the_hierarchy_is_nested_lists_that_open_without_script(
    client: Client, site: MadeSite
) -> None:
    page = client.get("/en/glossary/hierarchy/?at=seeker").content.decode()
    assert re.search(r'href="/en/glossary/asylum/">.*?<details open>', page)
    assert re.search(r'<a href="/en/glossary/seeker/" aria-current="true">', page)
    assert page.count("<details") == page.count("</details>")
    assert page.count("<ul") == page.count("</ul>")


def test_a_concept_leads_to_its_own_line_in_the_hierarchy(client: Client, site: MadeSite) -> None:
    page = client.get("/nl/glossary/seeker/").content.decode()
    assert 'href="/nl/glossary/hierarchy/?at=seeker#here"' in page
    assert 'id="here"' in client.get("/nl/glossary/hierarchy/?at=seeker").content.decode()


def test_the_hierarchy_marks_names_in_another_language(client: Client, site: MadeSite) -> None:
    page = client.get("/fr/glossary/hierarchy/").content.decode()
    assert '<a href="/fr/glossary/hotspot/" lang="en" dir="ltr">hotspot' in page


# --- search as one types ---


def test_a_term_is_found_in_any_language_and_says_by_which_name(
    client: Client, site: MadeSite
) -> None:
    answer = client.get("/en/glossary/find.json?q=asielz")
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "public, max-age=60"
    found = answer.json()
    assert (found["total"], found["status"]) == (1, "1 term matches “asielz”.")
    assert found["hits"] == [
        {
            "slug": "seeker",
            "url": "/en/glossary/seeker/",
            "label": {
                "before": "applicant for international protection",
                "hit": "",
                "after": "",
            },
            "language": "en",
            "dir": "ltr",
            "matched": {
                "text": {"before": "", "hit": "asielz", "after": "oeker"},
                "language": "nl",
                "dir": "ltr",
                "languages": [{"code": "nl", "name": "Nederlands"}],
            },
            "why": "",
        }
    ]


def test_the_form_gives_the_same_terms_without_script(client: Client, site: MadeSite) -> None:
    page = client.get("/en/glossary/?q=asielz")
    assert "applicant for international protection asielz oeker Nederlands" in text_of(
        page.content.decode()
    )
    assert page.context["status"] == "1 term matches “asielz”."
    assert 'name="robots" content="noindex"' in page.content.decode()


def test_a_hidden_name_finds_its_concept_and_is_not_shown(client: Client, site: MadeSite) -> None:
    concept = Concept.objects.get(slug="seeker")
    ConceptLabel.objects.create(
        concept=concept, language="en", kind="hidden", text="bogus applicant"
    )
    concept.save()
    answer = client.get("/en/glossary/find.json?q=bogus")
    assert [hit["slug"] for hit in answer.json()["hits"]] == ["seeker"]
    assert answer.json()["hits"][0]["matched"] is None
    page = client.get("/en/glossary/?q=bogus").content.decode()
    assert "bogus applicant" not in page + answer.content.decode()


def test_nothing_found_says_so_and_where_else_to_look(client: Client, site: MadeSite) -> None:
    page = client.get("/en/glossary/?q=zzz").content.decode()
    assert "No term matches “zzz”." in page
    assert 'href="/en/search/?q=zzz"' in page


@pytest.mark.parametrize(
    "odd",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "a" * 100_000,
        "\x00\x1b[31m\r\nSet-Cookie: a=b",
        "\u202easylum",
        "%",
        "'; DROP TABLE glossary_concept; --",
        "\ud83d",
        "🏠" * 500,
        "{{ 7*7 }}",
    ],
)
def test_a_hostile_query_is_only_text(client: Client, site: MadeSite, odd: str) -> None:
    for path in ("/en/glossary/find.json", "/fr/glossary/"):
        answer = client.get(path, {"q": odd.encode("utf-8", "replace")})
        assert answer.status_code == 200
        body = answer.content.decode()
        assert "<script>alert" not in body or path.endswith("json")
        assert "<img src=x" not in body or path.endswith("json")
        assert "\x00" not in body
        assert len(body) < 60_000
    answer = client.get("/en/glossary/find.json", {"q": odd.encode("utf-8", "replace")})
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert len(json.loads(answer.content)["query"]) <= 100


def test_only_reading_is_answered(client: Client, site: MadeSite) -> None:
    for path in ("/en/glossary/", "/en/glossary/find.json", "/en/glossary/hierarchy/"):
        assert client.post(path, {"q": "a"}).status_code == 405


# --- the concept's page ---


def test_a_concept_page_shows_what_the_model_has(
    client: Client, site: MadeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = VocabularyConcept(
        id="asylum",
        labels=(
            Label("Austrian asylum", "en", variant="AT"),
            Label("asylum", "en"),
            Label("right of asylum", "en", "alternative", "EU acquis"),
            Label("alien shelter", "en", "hidden"),
            Label("لجوء", "ar"),
        ),
        definitions=(
            Definition("Anywhere in the world.", "en", "A convention", "global"),
            Definition("In the Union.", "en", "A directive", "EU"),
            Definition("Dans le monde.", "fr"),
        ),
        notes=(
            Note("Never say shelter.", "en", "scope"),
            Note("Ne dites pas abri.", "fr", "scope"),
            Note("Ask the lawyers.", "en", "editorial"),
        ),
        close_matches=("https://example.org/near",),
        exact_matches=("https://example.org/same",),
        status="proposed",
        narrower=("seeker",),
    )
    seeker = VocabularyConcept(id="seeker", labels=(Label("applicant", "en"),), broader=("asylum",))
    scheme = Scheme("glossary", concepts={"asylum": known, "seeker": seeker})

    class Compiled:
        schemes = {"glossary": scheme}

    monkeypatch.setattr("contactpoint.glossary.lexicon.vocabulary", Compiled)
    answer = client.get("/en/glossary/asylum/")
    page = answer.content.decode()
    words = text_of(page)
    assert answer.context["definition"]["text"] == "In the Union."
    assert [one["text"] for one in answer.context["other_definitions"]] == [
        "Anywhere in the world.",
        "Dans le monde.",
    ]
    assert "2 more definitions" in words
    assert "How it is used Never say shelter." in words
    assert "Austrian asylum AT , right of asylum EU acquis" in words
    assert answer.context["label"] == "asylum"
    assert "the same: example.org/same" in words
    assert "nearly the same: example.org/near" in words
    assert "proposed, not yet approved" in words
    for kept_back in ("alien shelter", "Ask the lawyers", "Ne dites pas abri"):
        assert kept_back not in page
    assert '<dd lang="ar" dir="rtl">' in page
    assert 'href="/en/glossary/hierarchy/?at=asylum#here"' in page


def test_a_concept_says_in_which_languages_it_has_no_name(client: Client, site: MadeSite) -> None:
    missing = client.get("/nl/glossary/seeker/").context["missing"]
    codes = {one["code"] for one in missing}
    assert codes == set(languages.LANGUAGES) - {"en", "nl", "cs"}
    assert next(one["name"] for one in missing if one["code"] == "de") == "Duits"


def test_a_name_that_the_readers_language_lacks_is_marked(client: Client, site: MadeSite) -> None:
    page = client.get("/fr/glossary/hotspot/").content.decode()
    assert '<h1 itemprop="name" lang="en" dir="ltr">hotspot</h1>' in page


def test_a_successor_names_what_it_takes_the_place_of(client: Client, site: MadeSite) -> None:
    Concept.objects.create(
        slug="old",
        labels={"en": "political refuge"},
        status="deprecated",
        successor=Concept.objects.get(slug="asylum"),
    )
    words = text_of(client.get("/en/glossary/asylum/").content.decode())
    assert "It takes the place of political refuge" in words


def test_machines_learn_what_the_page_defines_and_where_its_data_are(
    client: Client, site: MadeSite
) -> None:
    page = client.get("/en/glossary/asylum/").content.decode()
    assert 'itemscope itemtype="https://schema.org/DefinedTerm"' in page
    assert re.search(r'itemid="https?://[^"]+/id/concept/asylum"', page)
    assert re.search(r'itemprop="inDefinedTermSet" href="https?://[^"]+/id/scheme/glossary"', page)
    assert '<link rel="alternate" type="text/turtle" href="/id/concept/asylum.ttl">' in page
    assert "<script>" not in page


def test_no_concept_hides_behind_an_address_of_the_glossary_itself() -> None:
    shipped = read_turtle(Path(GLOSSARY_FILE), scheme_id="glossary")
    assert "hierarchy" not in shipped.concepts
