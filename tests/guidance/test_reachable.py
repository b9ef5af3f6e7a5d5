"""Guidance is led to: from the map of the site, and from the pages of what it is about."""

import re
from typing import Any

import guided
import pytest
from django.test import Client
from factories import make_concept, make_site, make_theme

from contactpoint.glossary.models import Theme
from contactpoint.guidance.appearances import guide_appearances
from contactpoint.guidance.models import Guide
from contactpoint.kit.appearances import Subject


@pytest.fixture(autouse=True)
def here(db: None) -> None:
    make_site()
    guided.load()


def entries(client: Client) -> dict[str, str]:
    """Of the map: what is said of each address of guidance."""
    told = client.get("/sitemap.xml").content.decode()
    found = re.findall(r"<url><loc>http[^<]*?(/\w+/guidance/[^<]*)</loc>(.*?)</url>", told)
    assert len(found) == len(dict(found))
    return dict(found)


def test_the_map_names_every_page_in_each_language_that_has_it_with_the_others(
    client: Client,
) -> None:
    found = entries(client)
    interview = found["/ar/guidance/procedure/interview/"]
    assert found["/en/guidance/procedure/interview/"] == interview
    assert re.findall(r'hreflang="([^"]+)"', interview) == ["ar", "en", "x-default"]
    assert "<lastmod>" in interview
    assert re.findall(r'hreflang="([^"]+)"', found["/fr/guidance/help/"]) == [
        "ar", "en", "fr", "x-default",
    ]  # fmt: skip
    assert "/fr/guidance/health/" in found
    assert "/fr/guidance/procedure/interview/" not in found
    assert "/nl/guidance/" not in found
    for url in found:
        assert client.get(url).status_code == 200, url


def test_what_is_not_published_is_on_no_map(client: Client) -> None:
    guided.text("interview", "ar").unpublish()
    found = entries(client)
    assert "/en/guidance/procedure/interview/" in found
    assert not any(url.startswith("/ar/") for url in found)


def test_a_concept_leads_to_the_guides_about_it_in_the_readers_language_or_the_nearest(
    client: Client,
) -> None:
    concept = make_concept("personal-interview", en="personal interview")
    for code in ("interview", "health"):
        Guide.objects.get(code=code).concepts.add(concept)
    told = client.get("/fr/glossary/personal-interview/").content.decode()
    assert "Informations aux demandeurs" in told
    assert 'href="/fr/guidance/health/health/">Voir un médecin' in told
    assert re.search(
        r'href="/en/guidance/procedure/interview/" lang="en" hreflang="en">The personal', told
    )
    assert 'href="/fr/guidance/">' in told
    text = guided.text("interview")
    text.title = "Secret"
    text.save_revision()
    text.unpublish()
    guided.text("interview", "ar").unpublish()
    told = client.get("/fr/glossary/personal-interview/").content.decode()
    assert "/guidance/procedure/interview/" not in told
    assert "Voir un médecin" in told


def test_a_theme_leads_to_its_guides_too(client: Client) -> None:
    make_theme("asylum")
    Guide.objects.get(code="ask").subjects.add(Theme.objects.get(slug="asylum"))
    told = client.get("/en/themes/asylum/").content.decode()
    assert "/en/guidance/procedure/ask/" in told
    make_theme("borders")
    assert "/guidance/procedure/" not in client.get("/en/themes/borders/").content.decode()


def test_a_concept_without_guides_costs_one_query_more_and_with_guides_no_other(
    rf: Any, django_assert_num_queries: Any
) -> None:
    concept = make_concept("health", en="health")
    subject = Subject("concept", "health", [concept.pk], "en")
    for number in (0, 1):
        with django_assert_num_queries(1):
            assert len(list(guide_appearances(rf.get("/"), subject))) == number
        Guide.objects.get(code="health").concepts.add(concept)
