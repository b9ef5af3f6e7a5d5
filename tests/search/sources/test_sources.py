"""What the sources tell of things, and that they tell of nothing that a reader may not see."""

import datetime
from datetime import UTC
from typing import Any

import pytest
from django.utils import timezone
from factories import (
    MadeSite,
    make_concept,
    make_country,
    make_institution,
    make_output,
    make_theme,
)
from wagtail.models import Page, PageViewRestriction

from contactpoint.outputs.models import Classification, Output
from contactpoint.search import sources
from contactpoint.search.documents import Document


def key_of(page: Output) -> str:
    return f"output:{page.translation_key}"


def told(page: Output) -> Document | None:
    found = sources.documents([key_of(page)])
    return found[0] if found else None


def test_an_output_is_told_with_all_its_languages_and_all_that_it_is_about(site: MadeSite) -> None:
    page = make_output(
        site,
        "publication",
        title="Family reunification",
        teaser="A study.",
        text="Long.</p><p>Longer.",
        themes=[make_theme("reunification", parent="family")],
        concepts=["reunification", "family"],
        institutions=[make_institution("myria", acronym="MYR", en="Myria Centre", nl="Myria")],
        countries=[make_country("BE", en="Belgium", nl="België")],
        published_on=datetime.date(2019, 3, 1),
        publication_type="study",
        series="Blue",
    )
    make_output(site, "publication", language="nl", translation_of=page, title="Gezinshereniging")
    Classification.objects.create(page=page, keyword="Stray", resolves_to="unknown")
    found = told(page)
    assert found is not None
    assert (found.kind, found.type, found.day) == (
        "publication",
        "study",
        datetime.date(2019, 3, 1),
    )
    assert [(one.language, one.title, one.url) for one in found.versions] == [
        ("en", "Family reunification", f"/en/publications/{page.slug}/"),
        ("nl", "Gezinshereniging", found.versions[1].url),
    ]
    assert found.versions[0].teaser == "A study."
    assert found.versions[0].text == "Long.\n\nLonger.\n\nBlue"
    assert found.versions[0].pk == page.pk
    assert (found.themes, found.parents) == (["reunification"], ["family"])
    assert found.concepts == ["reunification", "family"]
    assert found.keywords == ["Stray"]
    assert (found.institutions, found.countries) == (["myria"], ["BE"])
    assert found.named == {
        "en": ["Myria Centre", "MYR", "Belgium"],
        "nl": ["Myria", "MYR", "België"],
    }


@pytest.mark.parametrize(
    ("kind", "fields", "day"),
    [
        ("event", {"starts_at": datetime.datetime(2020, 5, 1, 22, tzinfo=UTC)}, "2020-05-02"),
        ("development", {"effective_on": datetime.date(2021, 1, 1)}, "2021-01-01"),
        ("vacancy", {}, "2018-08-08"),
    ],
)  # fmt: skip
def test_the_day_is_that_by_which_an_item_stands_in_its_list(
    site: MadeSite, kind: str, fields: dict[str, Any], day: str
) -> None:
    found = told(make_output(site, kind, published_on=datetime.date(2018, 8, 8), **fields))
    assert found is not None
    assert str(found.day) == day


def test_what_no_reader_may_see_is_not_told(site: MadeSite) -> None:
    past = timezone.now() - datetime.timedelta(seconds=1)
    hidden = [
        make_output(site, live=False),
        make_output(site, private=True),
        make_output(site, expire_at=past),
    ]
    below = make_output(site, "event")
    PageViewRestriction.objects.create(page=site.lists["en"]["events"], restriction_type="login")
    assert not any(told(page) for page in [*hidden, below])


def test_a_version_that_has_expired_leaves_the_others(site: MadeSite) -> None:
    page = make_output(site)
    past = timezone.now() - datetime.timedelta(seconds=1)
    make_output(site, language="fr", translation_of=page, expire_at=past)
    found = told(page)
    assert found is not None
    assert [version.language for version in found.versions] == ["en"]


def test_a_concept_that_was_given_up_leads_on_and_one_without_successor_goes(
    site: MadeSite,
) -> None:
    page = make_output(site, concepts=["alien", "guest", "migrant"])
    third = make_concept("third-country-national")
    for slug, successor in (("alien", third), ("guest", None)):
        concept = make_concept(slug)
        concept.status, concept.successor = "deprecated", successor
        concept.save()
    found = told(page)
    assert found is not None
    assert found.concepts == ["third-country-national", "migrant"]


def test_a_concept_has_a_page_in_our_languages_and_names_in_all(db: None) -> None:
    make_theme("family", parent="society").concepts.add(
        make_concept(
            "reunification",
            en="family reunification",
            nl="gezinshereniging",
            fi="perheenyhdistäminen",
            alternatives={"en": ["reunion of families"]},
            definitions={"en": {"text": "The entry of family members."}},
        )
    )
    former = make_concept("reunion", en="reuniting", fi="yhteys")
    former.status, former.successor = "deprecated", make_concept("reunification")
    former.save()
    (found,) = sources.documents(["concept:reunification", "concept:reunion"])
    assert (found.key, found.kind) == ("concept:reunification", "concept")
    assert [(one.language, one.title, one.url, one.teaser) for one in found.versions] == [
        (
            "en",
            "family reunification",
            "/en/glossary/reunification/",
            "The entry of family members.",
        ),
        ("nl", "gezinshereniging", "/nl/glossary/reunification/", ""),
    ]
    assert found.names == {
        "fi": ["perheenyhdistäminen", "yhteys"],
        "en": ["reunion of families", "reuniting"],
    }
    assert (found.themes, found.parents) == (["family"], ["society"])
    assert found.concepts == ["reunification"]


def test_a_theme_is_found_by_its_other_names(db: None) -> None:
    theme = make_theme("asylum", parent="protection", en="Asylum", fr="Asile")
    theme.alternatives = {"en": ["Refuge"]}
    theme.save()
    (found,) = sources.documents(["theme:asylum"])
    assert [(one.language, one.url) for one in found.versions] == [
        ("en", "/en/themes/asylum/"),
        ("fr", "/fr/themes/asylum/"),
    ]
    assert (found.names, found.themes, found.parents) == (
        {"en": ["Refuge"]},
        ["asylum"],
        ["protection"],
    )


def test_front_page_and_standard_pages_are_told_once_for_all_languages(site: MadeSite) -> None:
    pages = [key for key in list(sources.keys()) if key.startswith("page:")]
    found = sources.documents(pages)
    assert len(found) == 3
    network = next(one for one in found if one.versions[0].title == "The network")
    assert {one.language: one.url for one in network.versions}["nl"] == "/nl/network/"
    home = next(one for one in found if one.versions[0].title == "Contactpoint en")
    assert home.versions[0].url == "/en/"
    assert home.versions[0].teaser == "What the network knows about asylum and migration."


def test_the_walk_over_all_keys_can_be_taken_up_anywhere(site: MadeSite) -> None:
    for _ in range(3):
        make_output(site, concepts=["asylum", "return"], themes=["asylum"])
    everything = list(sources.keys())
    assert len(everything) == 3 + 2 + 1 + 3
    for place, key in enumerate(everything):
        assert list(sources.keys(key)) == everything[place + 1 :]


def test_a_long_walk_reads_in_chunks(
    site: MadeSite, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr("contactpoint.search.sources.sources.CHUNK", 2)
    for number in range(5):
        make_concept(f"concept-{number}")
    with django_assert_num_queries(3):
        found = list(next(one for one in sources.registered() if one.name == "concept").keys())
    assert found == [f"concept:concept-{number}" for number in range(5)]


def test_what_is_no_key_is_passed_over(site: MadeSite) -> None:
    assert sources.documents(["output:nonsense", "nobody:1", "page:", "concept:", ""]) == []


def test_telling_many_takes_as_many_queries_as_telling_one(
    site: MadeSite, django_assert_num_queries: Any
) -> None:
    common = {"themes": ["asylum"], "concepts": ["return"], "institutions": ["myria"]}
    pages = [make_output(site, countries=["BE"], **common) for _ in range(4)]
    for page in pages:
        make_output(site, language="fr", translation_of=page, **common)
    sources.documents([key_of(pages[0])])
    for some in (pages[:1], pages):
        # The pages, five tables beneath them, and whether the vocabulary is still the same.
        with django_assert_num_queries(7):
            assert len(sources.documents([key_of(page) for page in some])) == len(some)


def test_a_page_that_moved_out_of_the_site_is_not_told(site: MadeSite) -> None:
    page = make_output(site)
    Page.objects.filter(pk=page.pk).update(url_path=f"/elsewhere/{page.slug}/")
    assert told(page) is None
