"""Reference data in the admin: found in any language, nothing lost, closed to who may only look."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from editing import sign_in
from factories import make_concept, make_country, make_institution, make_theme

from contactpoint.accounts.models import User
from contactpoint.glossary.models import Concept, ConceptLabel
from contactpoint.glossary.publishing import publish
from contactpoint.glossary.viewsets import ConceptNames
from contactpoint.kit.finding import ranked

KINDS = ("themes", "concepts", "institutions", "countries")
CHOOSERS = ("concept_chooser", "institution_chooser", "country_chooser")

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows() -> dict[str, Any]:
    housing = make_concept(
        "housing",
        en="housing",
        fr="logement",
        nl="huisvesting",
        es="vivienda",
        ar="سكن",
        broader=["reception"],
        alternatives={"en": ["accommodation"], "fr": ["hébergement"]},
    )
    return {
        "concepts": housing,
        "themes": make_theme("asylum", en="Asylum", nl="Asiel"),
        "institutions": make_institution("cgrs", acronym="CGRS", en="Commissioner", fr="CGRA"),
        "countries": make_country("BE", en="Belgium", nl="België"),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_looks_at_reference_data_and_changes_none(
    client: Client, rows: dict[str, Any], kind: str
) -> None:
    sign_in(client)
    pk = rows[kind].pk
    assert client.get(reverse(f"{kind}:index")).status_code == 200
    assert client.get(reverse(f"{kind}:index_results")).status_code == 200
    assert client.get(reverse(f"{kind}:inspect", args=[pk])).status_code == 200
    for view, arguments in (
        ("add", []), ("edit", [pk]), ("delete", [pk]), ("history", [pk]),
        ("history_results", [pk]), ("usage", [pk]),
    ):  # fmt: skip
        address = reverse(f"{kind}:{view}", args=arguments)
        for answer in (client.get(address), client.post(address, {"labels_en": "changed"})):
            assert answer.status_code in (302, 403, 405), (view, answer.status_code)
            assert answer.status_code != 302 or answer.headers["Location"] == "/admin/"
    rows[kind].refresh_from_db()
    assert rows[kind].labels["en"] != "changed"


@pytest.mark.parametrize("kind", KINDS)
def test_an_administrator_opens_every_view_of_reference_data(
    client: Client, rows: dict[str, Any], kind: str
) -> None:
    sign_in(client, administrator=True)
    pk = rows[kind].pk
    for view, arguments in (
        ("index", []), ("index_results", []), ("inspect", [pk]), ("add", []), ("edit", [pk]),
        ("delete", [pk]), ("history", [pk]), ("history_results", [pk]), ("usage", [pk]),
    ):  # fmt: skip
        answer = client.get(reverse(f"{kind}:{view}", args=arguments))
        is_never_done = (kind, view) == ("concepts", "delete")
        assert answer.status_code == (302 if is_never_done else 200), view


@pytest.mark.parametrize("chooser", CHOOSERS)
def test_a_chooser_is_closed_to_whoever_may_not_look_at_its_rows(
    client: Client, rows: dict[str, Any], chooser: str
) -> None:
    user = sign_in(client)
    kind = {"concept": "concepts", "institution": "institutions", "country": "countries"}[
        chooser.removesuffix("_chooser")
    ]
    pk = rows[kind].pk
    views = (("choose", []), ("choose_results", []), ("chosen", [pk]), ("chosen_multiple", []))
    addresses = [reverse(f"{chooser}:{view}", args=arguments) for view, arguments in views]
    assert [client.get(address).status_code for address in addresses] == [200] * 4
    group = user.groups.get()
    group.permissions.remove(*group.permissions.filter(content_type__app_label__in=["glossary"]))
    group.permissions.remove(*group.permissions.filter(content_type__app_label__in=["network"]))
    for address in addresses:
        answer = client.get(address, headers={"X-Requested-With": "XMLHttpRequest"})
        assert answer.status_code in (302, 403), address
    create = client.post(reverse(f"{chooser}:create"), {"slug": "x"})
    assert create.status_code in (302, 403)


@pytest.mark.parametrize(
    "query", ["huisvesting", "LOGEMENT", "hebergement", "vivienda", "سكن", "accom", "housing"]
)
def test_the_concept_chooser_finds_a_concept_by_any_label_and_shows_what_is_broader(
    client: Client, rows: dict[str, Any], query: str
) -> None:
    sign_in(client)
    answer = client.get(reverse("concept_chooser:choose_results"), {"q": query})
    page = answer.content.decode()
    assert reverse("concept_chooser:chosen", args=[rows["concepts"].pk]) in page
    assert "reception" in page
    other = client.get(reverse("concept_chooser:choose_results"), {"q": "xylophone"})
    assert reverse("concept_chooser:chosen", args=[rows["concepts"].pk]) not in str(other.content)


def test_the_chooser_offers_no_concept_that_was_given_up(client: Client) -> None:
    sign_in(client)
    make_concept("illegal-migrant", en="illegal migrant")
    Concept.objects.filter(slug="illegal-migrant").update(status="deprecated")
    for parameters in ({}, {"q": "illegal"}):
        answer = client.get(reverse("concept_chooser:choose_results"), parameters)
        assert "illegal migrant" not in answer.content.decode()


def test_a_list_is_searched_in_any_language(client: Client, rows: dict[str, Any]) -> None:
    make_country("FR", en="France")
    sign_in(client)
    page = client.get(reverse("countries:index_results"), {"q": "belgie"}).content.decode()
    assert "Belgium" in page
    assert "France" not in page


def test_a_whole_name_goes_before_a_part_of_one() -> None:
    names = [
        (1, ["social housing"]),
        (2, ["housing"]),
        (3, ["housing policy"]),
        (4, ["prehousing"]),
    ]
    assert list(ranked("housing", names)) == [2, 3, 1, 4]
    assert ranked("  ", names) == {}


def _form(concept: Concept) -> dict[str, str]:
    return {
        "labels_en": concept.labels["en"],
        "labels_fr": concept.labels.get("fr", ""),
        "labels_nl": concept.labels.get("nl", ""),
        "labels_de": "",
        "labels_others": "ar: سكن\nes: vivienda",
        "alternative_labels": "en: accommodation\nfr: hébergement",
        "hidden_labels": "",
        "definitions_en_text": "",
        "definitions_others": json.dumps({"es": {"text": "Lugar", "source": "RAE"}}),
        "broader": "reception",
        "related": "",
        "slug": concept.slug,
        "status": "approved",
        "exact_matches": "",
    }


def test_saving_a_concept_loses_no_language(client: Client, rows: dict[str, Any]) -> None:
    housing: Concept = rows["concepts"]
    housing.definitions = {"es": {"text": "Lugar", "source": "RAE"}}
    housing.save()
    ConceptLabel.objects.create(
        concept=housing, language="nl", kind="hidden", text="huisvestng", learnt=True
    )
    sign_in(client, administrator=True)
    address = reverse("concepts:edit", args=[housing.pk])
    page = client.get(address).content.decode()
    assert "vivienda" in page
    assert "nl: huisvestng" in page
    data = _form(housing) | {
        "labels_de": "Wohnraum",
        "hidden_labels": "nl: huisvestng",
        "alternative_labels": "en: accommodation\nde: Unterkunft",
        "definitions_en_text": "A place to live.",
        "definitions_en_source": "Directive 2013/33/EU",
        "broader": "Reception",
        "exact_matches": "http://eurovoc.europa.eu/1",
    }
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert Concept.objects.get(pk=housing.pk).labels == housing.labels
    publish("1.0", "Housing in German.")
    housing = Concept.objects.get(pk=housing.pk)
    assert housing.labels == {
        "en": "housing", "fr": "logement", "nl": "huisvesting", "de": "Wohnraum",
        "es": "vivienda", "ar": "سكن",
    }  # fmt: skip
    assert housing.definitions == {
        "en": {"text": "A place to live.", "source": "Directive 2013/33/EU"},
        "es": {"text": "Lugar", "source": "RAE"},
    }
    assert set(housing.other_labels.values_list("language", "kind", "text", "learnt")) == {
        ("en", "alternative", "accommodation", False),
        ("de", "alternative", "Unterkunft", False),
        ("nl", "hidden", "huisvestng", True),
    }
    assert [broader.slug for broader in housing.broader.all()] == ["reception"]
    assert housing.exact_matches == ["http://eurovoc.europa.eu/1"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"labels_en": ""}, "Write the English label."),
        ({"labels_others": "es: vivienda\nmorada"}, "Line 2"),
        ({"labels_others": "en: home"}, "Line 1"),
        ({"labels_others": "es: a\nes: b"}, "Line 2"),
        ({"hidden_labels": "en: accommodation"}, "is a label of this concept already"),
        ({"broader": "reception\nno such thing"}, "Line 2"),
        ({"definitions_en_source": "A law"}, "has a source without a definition"),
        ({"definitions_others": "{"}, "Load the page again"),
        ({"exact_matches": "javascript:alert(1)"}, "Line 1 is not a web address"),
    ],
)
def test_a_mistake_in_a_concept_is_named_and_what_was_typed_stays(
    client: Client, rows: dict[str, Any], change: dict[str, str], message: str
) -> None:
    sign_in(client, administrator=True)
    housing = rows["concepts"]
    address = reverse("concepts:edit", args=[housing.pk])
    answer = client.post(address, _form(housing) | {"labels_nl": "woonst"} | change)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert message in page
    assert "woonst" in page
    assert Concept.objects.get(pk=housing.pk).labels == housing.labels


def test_a_new_concept_is_found_once_it_is_published(client: Client, rows: dict[str, Any]) -> None:
    sign_in(client, administrator=True)
    data = _form(rows["concepts"]) | {
        "slug": "shelter", "labels_en": "shelter", "labels_others": "", "labels_fr": "refuge",
        "labels_nl": "", "definitions_others": "",
    }  # fmt: skip
    assert client.post(reverse("concepts:add"), data).status_code == 302
    assert not Concept.objects.filter(slug="shelter").exists()
    publish("1.0", "Shelter.")
    shelter = Concept.objects.get(slug="shelter")
    assert list(ConceptNames().filter(Concept.objects.all(), "Refuge")) == [shelter]


def test_reference_data_stands_in_one_menu(client: Client) -> None:
    user: User = sign_in(client)
    page = client.get("/admin/").content.decode()
    assert user.is_active
    assert "Reference" in page
    for kind in KINDS:
        assert reverse(f"{kind}:index") in page
