"""First mentions become links to their concepts, and nothing else of a text changes."""

import re
from html import escape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import MadeSite, make_concept, make_output, make_site
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisCase

from contactpoint.glossary import marking
from contactpoint.glossary.marking import mark_terms
from contactpoint.glossary.models import Concept
from contactpoint.glossary.terms import vocabulary

MEANING = {"en": {"text": "Protection by a state.", "source": "A law"}}
TERM = re.compile(r'<a class="term" href="(/[a-z]+/glossary/[-\w]+/)">(.*?)</a>', re.DOTALL)


def make_glossary() -> None:
    make_concept("asylum", en="asylum", fr="asile", de="Asyl", definitions=MEANING)
    make_concept("refugee", en="refugee", fr="réfugié", nl="vluchteling", definitions=MEANING)
    make_concept("right-of-asylum", en="right of asylum", definitions=MEANING)
    make_concept("bare", en="statelessness")
    make_concept("law", en="Law & order", definitions=MEANING)


@pytest.fixture
def glossary(db: None) -> None:
    make_glossary()


def marks(html: str, language: str = "en") -> list[tuple[str, str]]:
    return TERM.findall(mark_terms(html, language))


def without_marks(html: str) -> str:
    return TERM.sub(r"\2", html)


def test_the_first_mention_leads_to_the_concept_and_the_second_does_not(glossary: None) -> None:
    html = "<p>Asylum for refugees.</p><p>More asylum for a refugee.</p>"
    assert mark_terms(html, "en") == (
        '<p><a class="term" href="/en/glossary/asylum/">Asylum</a> for '
        '<a class="term" href="/en/glossary/refugee/">refugees</a>.</p>'
        "<p>More asylum for a refugee.</p>"
    )


def test_the_page_s_language_decides(glossary: None) -> None:
    html = "<p>Le r&eacute;fugié demande l&#x27;asile.</p>"
    assert marks(html, "fr") == [
        ("/fr/glossary/refugee/", "r&eacute;fugié"),
        ("/fr/glossary/asylum/", "asile"),
    ]
    assert marks("<p>De vluchteling</p>", "de") == []


def test_the_longest_term_wins(glossary: None) -> None:
    assert marks("<p>The right of asylum.</p>") == [
        ("/en/glossary/right-of-asylum/", "right of asylum")
    ]


def test_a_part_of_a_compound_is_left_alone(glossary: None) -> None:
    html = "<p>Die Asylfragen, der Asylbereich.</p>"
    assert vocabulary().annotate(html, "de")[0].reason == "compound"
    assert mark_terms(html, "de") == html
    assert marks("<p>Asylfragen und Asyl</p>", "de") == [("/de/glossary/asylum/", "Asyl")]


def test_a_mention_that_cannot_be_marked_leaves_the_mark_to_the_next(glossary: None) -> None:
    html = '<h2>Asylum</h2><p><b>asy</b>lum, <a href="/x/">asylum</a>, asylum, asylum</p>'
    assert mark_terms(html, "en").count('class="term"') == 1
    assert ", <a class=" in mark_terms(html, "en")


def test_a_term_that_was_linked_by_hand_is_not_linked_again(glossary: None) -> None:
    html = '<p><a href="/en/glossary/asylum/">What it is</a>: asylum.</p>'
    assert mark_terms(html, "en") == html


def test_escaped_words_stay_escaped(glossary: None) -> None:
    assert mark_terms("<p>Law &amp; order &lt;b&gt;</p>", "en") == (
        '<p><a class="term" href="/en/glossary/law/">Law &amp; order</a> &lt;b&gt;</p>'
    )


def test_attributes_are_no_text(glossary: None) -> None:
    html = '<p><img alt="asylum" src="/a.png" title="refugee > asylum"></p>'
    assert mark_terms(html, "en") == html


def test_what_has_no_definition_or_is_only_proposed_is_not_marked(glossary: None) -> None:
    assert marks("<p>statelessness</p>") == []
    make_concept("new", en="green card", definitions=MEANING)
    assert marks("<p>green card</p>") != []
    Concept.objects.filter(slug="new").update(status=Concept.Status.PROPOSED)
    Concept.objects.get(slug="new").save()
    assert marks("<p>green card</p>") == []


def test_a_definition_that_the_reader_cannot_read_marks_nothing(glossary: None) -> None:
    make_concept("foreign", en="hotspot", definitions={"fr": {"text": "Un lieu."}})
    assert marks("<p>hotspot</p>", "en") == []
    assert marks("<p>Le hotspot</p>", "fr") == []  # no French label
    Concept.objects.get(slug="foreign").labels |= {"fr": "hotspot"}


def test_a_change_of_the_glossary_shows_in_the_next_reading(glossary: None) -> None:
    html = "<p>A sanctuary city.</p>"
    assert marks(html) == []
    make_concept("sanctuary", en="sanctuary city", definitions=MEANING)
    assert marks(html) == [("/en/glossary/sanctuary/", "sanctuary city")]


def test_a_text_that_was_read_before_costs_one_query_and_no_matching(
    glossary: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = "<p>Asylum, read twice.</p>"
    first = mark_terms(html, "en")
    monkeypatch.setattr(marking, "TextNodes", None)
    with CaptureQueriesContext(connection) as captured:
        assert mark_terms(html, "en") == first
    assert len(captured) == 1


def test_what_is_kept_has_an_end(glossary: None, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = marking._Kept()
    monkeypatch.setattr(marking, "_kept", kept)
    monkeypatch.setattr(marking, "MOST_CHARACTERS", 1_000)
    for number in range(50):
        mark_terms(f"<p>Asylum number {number}.</p>", "en")
    assert 0 < kept._characters <= 1_000
    assert kept._characters == sum(len(key[1]) + len(text) for key, text in kept._texts.items())


def test_an_empty_text_asks_nothing(glossary: None) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert mark_terms(" \n", "en") == " \n"
    assert len(captured) == 0


WORDS = ["asylum", "refugees", "right of asylum", "Law & order", "a<b", '"quoted"', "'", "&amp;"]
HOSTILE = ["<script>alert(1)</script>", '" onmouseover="x', "<a class=term>", "</p>", "]]>", "\x00"]
TAGS = ["p", "b", "i", "a", "h2", "li", "blockquote", "code", "sup", "span"]
text = st.one_of(st.sampled_from([*WORDS, *HOSTILE]), st.text(max_size=6)).map(escape)
trees = st.recursive(
    text,
    lambda inside: st.builds(
        lambda tag, parts: f"<{tag}>{' '.join(parts)}</{tag}>",
        st.sampled_from(TAGS),
        st.lists(inside, max_size=4),
    ),
    max_leaves=14,
)


class AnyText(HypothesisCase):
    """Whatever an editor wrote and a template escaped."""

    def setUp(self) -> None:
        make_glossary()

    @settings(max_examples=150, deadline=None)
    @given(trees)
    def test_only_marks_are_added_once_a_concept_and_never_inside_a_link(self, html: str) -> None:
        marked = mark_terms(html, "en")
        assert without_marks(marked) == html, "text and tags are what they were"
        urls = [url for url, _words in TERM.findall(marked)]
        assert len(urls) == len(set(urls))
        assert all("<" not in words for _url, words in TERM.findall(marked)), "balanced"
        assert mark_terms(marked, "en") == marked, "marked once is marked for good"
        for inside in re.findall(r"<(?:a|h2|code)>.*?</(?:a|h2|code)>", marked, re.DOTALL):
            assert 'class="term"' not in inside.split("</")[0]


@pytest.fixture
def site(glossary: None) -> MadeSite:
    return make_site()


def test_an_item_explains_its_terms_unless_an_editor_says_no(
    client: Client, site: MadeSite
) -> None:
    page = make_output(site, text="On asylum.", teaser="About asylum.")
    html = client.get(page.url).content.decode()
    assert html.count('<a class="term" href="/en/glossary/asylum/">asylum</a>') == 1
    assert "term-popover.js" in html
    page.explains_terms = False
    page.save()
    html = client.get(page.url).content.decode()
    assert 'class="term"' not in html
    assert "term-popover.js" not in html


def test_a_standard_page_explains_its_terms_unless_an_editor_says_no(
    client: Client, site: MadeSite
) -> None:
    page = site.standard["fr"]["network"]
    page.body = [("paragraph", "<p>Le droit d'asile des réfugiés.</p>")]
    page.save()
    html = client.get(page.url).content.decode()
    assert '<a class="term" href="/fr/glossary/refugee/">réfugiés</a>' in html
    page.explains_terms = False
    page.save()
    assert 'class="term"' not in client.get(page.url).content.decode()


def test_a_concept_in_brief(client: Client, site: MadeSite) -> None:
    answer = client.get("/fr/glossary/refugee/brief/")
    assert answer.json() == {
        "label": "réfugié",
        "url": "/fr/glossary/refugee/",
        "definition": "Protection by a state.",
        "source": "A law",
        "source_language": "en",
        "language": "en",
        "direction": "ltr",
        "more": answer.json()["more"],
    }
    assert answer["Cache-Control"] == "public, max-age=300"
    assert answer["Content-Type"] == "application/json"
    assert not answer.cookies
    assert client.get("/en/glossary/bare/brief/").json()["definition"]
    assert client.get("/en/glossary/nothing/brief/").status_code == 404
    assert client.post("/en/glossary/refugee/brief/").status_code == 405


def test_a_concept_that_was_replaced_is_explained_by_its_successor(
    client: Client, site: MadeSite
) -> None:
    old = make_concept("old", en="right to asylum")
    old.status = Concept.Status.DEPRECATED
    old.save()
    assert client.get("/en/glossary/old/brief/").status_code == 404
    old.successor = Concept.objects.get(slug="asylum")
    old.save()
    assert client.get("/en/glossary/old/brief/").json()["url"] == "/en/glossary/asylum/"
