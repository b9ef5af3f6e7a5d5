"""A concept can be cited and its data taken, with and without script."""

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation
from published_glossary import publish_glossary

from contactpoint.glossary.citing import cite
from contactpoint.glossary.models import Concept, SchemeVersion


@pytest.fixture(autouse=True)
def glossary(db: None) -> None:
    publish_glossary()


def test_a_citation_names_house_term_version_day_and_address() -> None:
    cited = cite("asylum", "asylum")
    address = f"{settings.BASE_URL}/id/concept/asylum"
    assert cited.sentence == (
        f"{settings.SITE_NAME}. (2026). asylum. Asylum and migration glossary, version 1.2, "
        f"1 March 2026. {address}"
    )
    assert cited.address == address
    assert cited.bibtex.startswith("@misc{asylum,\n")
    assert "  version = {1.2}," in cited.bibtex
    assert "  date = {2026-03-01}," in cited.bibtex


def test_a_citation_speaks_the_readers_language_and_survives_tex() -> None:
    with translation.override("fr"):
        cited = cite("asylum", "asile & 50% {x} \\y")
    assert "1er mars 2026" in cited.sentence
    assert (
        r"title = {{asile \& 50\% \textbraceleft{}x\textbraceright{} \textbackslash{}y}}"
        in cited.bibtex
    )


def test_a_glossary_without_version_is_cited_without_one() -> None:
    SchemeVersion.objects.all().delete()
    assert (
        ". (n.d.). asylum. Asylum and migration glossary. http" in cite("asylum", "asylum").sentence
    )


def test_the_page_shows_citation_and_data_as_plain_text_and_links() -> None:
    concept = Concept.objects.get(slug="asylum")
    page = Template("{% include 'glossary/includes/cite.html' %}").render(
        Context({"concept": concept, "label": "<asylum>"})
    )
    assert "&lt;asylum&gt;" in page
    assert "<asylum>" not in page
    for suffix in ("ttl", "rdf", "jsonld", "nt"):
        assert f'href="/id/concept/asylum.{suffix}"' in page
    for suffix in ("csv", "xlsx"):
        assert f'href="/id/scheme/glossary.{suffix}"' in page
    assert "@misc{asylum," in page
