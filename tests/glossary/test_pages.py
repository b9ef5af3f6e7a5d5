"""Pages of themes and concepts, and the concept's own address."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from factories import LANGUAGES, MadeSite, make_concept, make_output, make_site, make_theme

from contactpoint.glossary.models import Concept, ConceptLabel, Theme
from contactpoint.glossary.naming import concept_url, theme_url


@pytest.fixture
def site(db: None) -> MadeSite:
    made = make_site()
    make_theme("asylum", en="Asylum", fr="Asile", nl="Asiel", de="Asyl", hue=3)
    make_theme(
        "reception", parent="asylum", en="Reception", fr="Accueil", nl="Opvang", de="Aufnahme"
    )
    make_concept("migration", en="migration", fr="migration")
    concept = make_concept(
        "asylum",
        broader=["migration"],
        en="asylum",
        fr="asile",
        nl="asiel",
        ar="لجوء",
        alternatives={"en": ["right of asylum"], "fr": ["droit d'asile"]},
        definitions={"en": {"text": "Protection by a state.", "source": "A law"}},
    )
    make_concept(
        "dublin-procedure", broader=["asylum"], en="Dublin procedure", fr="procédure Dublin"
    )
    related = make_concept("refugee", en="refugee", fr="réfugié")
    concept.related.add(related)
    concept.exact_matches = ["http://eurovoc.europa.eu/5265"]
    concept.save()
    return made


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    [
        *("themes/", "themes/asylum/", "themes/reception/"),
        *("glossary/", "glossary/asylum/", "glossary/hierarchy/"),
    ],
)
def test_each_page_is_shown_in_each_language(
    client: Client, site: MadeSite, language: str, path: str
) -> None:
    answer = client.get(f"/{language}/{path}")
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()
    urls = {one["code"]: one["url"] for one in answer.context["translations"]}
    assert urls == {code: f"/{code}/{path}" for code in LANGUAGES}
    assert answer.context["canonical_url"].endswith(f"/{language}/{path}")


def test_addresses_that_are_written_by_hand_are_those_of_the_resolver() -> None:
    for language in LANGUAGES:
        with translation.override(language):
            assert theme_url("asylum", language) == reverse("theme", args=["asylum"])
            assert concept_url("asylum", language) == reverse("concept", args=["asylum"])


def test_a_concept_says_its_names_its_meaning_and_its_neighbours(
    client: Client, site: MadeSite
) -> None:
    context = client.get("/fr/glossary/asylum/").context
    assert context["label"] == "asile"
    assert [one.label for one in context["broader"]] == ["migration"]
    assert [one.label for one in context["narrower"]] == ["procédure Dublin"]
    assert [one.label for one in context["related"]] == ["réfugié"]
    assert context["exact_matches"] == ["http://eurovoc.europa.eu/5265"]
    rows = {row["language"]: row for row in context["labels"]}
    assert list(rows)[:3] == ["en", "fr", "nl"]
    assert rows["fr"]["alternatives"] == [{"text": "droit d'asile", "variant": ""}]
    assert (rows["nl"]["name"], rows["nl"]["own_name"]) == ("Néerlandais", "Nederlands")


def test_a_definition_in_another_language_says_so(client: Client, site: MadeSite) -> None:
    english = client.get("/en/glossary/asylum/").context["definition"]
    french = client.get("/fr/glossary/asylum/").context["definition"]
    assert (english["text"], english["is_fallback"]) == ("Protection by a state.", False)
    assert (french["language"], french["is_fallback"]) == ("en", True)
    assert client.get("/en/glossary/refugee/").context["definition"] is None


def test_what_is_about_a_concept_is_gathered_by_kind_with_what_is_narrower(
    client: Client, site: MadeSite
) -> None:
    for _number in range(7):
        make_output(site, concepts=["dublin-procedure"])
    make_output(site, "video", concepts=["asylum"], title="A film")
    make_output(site, language="fr", concepts=["asylum"])
    found = client.get("/en/glossary/asylum/").context["appearances"]
    assert [(one.heading, one.total, len(one.entries)) for one in found] == [
        ("News", 7, 5),
        ("Videos", 1, 1),
    ]
    assert found[0].more_url == "/en/news/?concept=asylum"
    assert client.get(found[0].more_url).context["total"] == 7


def test_a_theme_gathers_what_stands_under_its_children(client: Client, site: MadeSite) -> None:
    make_output(site, themes=["reception", "asylum"])
    make_output(site, themes=["reception"])
    context = client.get("/en/themes/asylum/").context
    assert [one.slug for one in context["children"]] == ["reception"]
    assert context["appearances"][0].total == 2
    assert context["feed_url"] == "/en/themes/asylum/feed.atom"
    child = client.get("/en/themes/reception/").context
    assert [crumb.label for crumb in child["crumbs"]] == ["Themes", "Asylum"]
    assert [crumb.url for crumb in child["crumbs"]] == ["/en/themes/", "/en/themes/asylum/"]


def test_a_theme_names_its_concepts(client: Client, site: MadeSite) -> None:
    Theme.objects.get(slug="asylum").concepts.add(Concept.objects.get(slug="refugee"))
    concepts = client.get("/fr/themes/asylum/").context["concepts"]
    assert [(one.label, one.url) for one in concepts] == [("réfugié", "/fr/glossary/refugee/")]


def test_the_glossary_is_sorted_as_readers_expect(client: Client, site: MadeSite) -> None:
    make_concept("elan", fr="Élan")
    make_concept("etude", fr="étude")
    make_concept("zone", fr="zone")
    letters = client.get("/fr/glossary/").context["letters"]
    used = {group.letter: group.concepts for group in letters if group.concepts}
    assert list(used) == ["A", "E", "M", "P", "R", "Z"]
    assert [one.label for one in used["E"]] == ["Élan", "étude"]
    assert "".join(group.letter for group in letters) == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.mark.parametrize(("accepted", "language"), [("nl", "nl"), ("fr-BE", "fr"), ("ja", "en")])
def test_the_address_of_a_concept_leads_to_the_readers_language(
    client: Client, site: MadeSite, accepted: str, language: str
) -> None:
    answer = client.get("/id/concept/asylum", headers={"accept-language": accepted})
    assert (answer.status_code, answer["Location"]) == (303, f"/{language}/glossary/asylum/")
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize(
    "path", ["/en/themes/nothing/", "/en/glossary/nothing/", "/id/concept/nothing"]
)
def test_what_there_is_not_is_not_found(client: Client, site: MadeSite, path: str) -> None:
    assert client.get(path, follow=True).status_code == 404


def test_further_names_are_parted_as_their_language_does(client: Client, site: MadeSite) -> None:
    labels = ConceptLabel.objects
    concept = Concept.objects.get(slug="refugee")
    for code, names in {
        "ar": ("لاجئ", "لاجئة"),
        "ti": ("ስደተኛ", "ስደተኛታት"),
        "fr": ("un", "deux"),
    }.items():
        for name in names:
            labels.create(concept=concept, language=code, kind="alternative", text=name)
    concept.save()
    page = client.get("/en/glossary/refugee/").content.decode()
    assert "لاجئ، لاجئة" in page
    assert "ስደተኛ፣ ስደተኛታት" in page
    assert "deux, un" in page


def test_a_replaced_concept_leads_to_its_successor(client: Client, site: MadeSite) -> None:
    successor = Concept.objects.get(slug="asylum")
    Concept.objects.create(
        slug="old", labels={"en": "old"}, status="deprecated", successor=successor
    )
    answer = client.get("/nl/glossary/old/")
    assert (answer.status_code, answer["Location"]) == (302, "/nl/glossary/asylum/")
    assert answer["Cache-Control"] == "public, max-age=300"
