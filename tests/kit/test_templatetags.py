"""The template tags of the kit."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation


def render(source: str, **context: object) -> str:
    return Template("{% load kit %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "17 March 2021"),
        ("fr", "17 mars 2021"),
        ("nl", "17 maart 2021"),
        ("de", "17. März 2021"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(language: str, words: str):
    with translation.override(language):
        assert render("{{ day|day }}", day=date(2021, 3, 17)) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "17 Mar 2021|Mar 2021"),
        ("fr", "17 mars 2021|mars 2021"),
        ("nl", "17 mrt 2021|mrt 2021"),
        ("de", "17. März 2021|März 2021"),
    ],
)
def test_a_short_day_keeps_the_small_letters_of_its_language(language: str, words: str):
    with translation.override(language):
        assert render("{{ day|short_day }}|{{ day|short_month }}", day=date(2021, 3, 17)) == words


def test_a_moment_is_dated_by_the_clock_of_the_site():
    assert render("{{ day|day }}", day=datetime(2021, 3, 17, 23, 30, tzinfo=UTC)) == "18 March 2021"


def test_a_missing_day_is_no_word():
    assert render("{{ day|day }}{{ day|short_day }}", day=None) == ""


@pytest.mark.parametrize(
    ("language", "way"), [("ar", "rtl"), ("fa", "rtl"), ("ps", "rtl"), ("en", "ltr"), ("ti", "ltr")]
)
def test_each_language_is_written_in_its_direction(language: str, way: str):
    assert render("{{ language|direction }}", language=language) == way


def test_the_qr_code_has_no_style_and_is_hidden_from_assistive_technology():
    svg = render("{% page_qr address %}", address="https://contactpoint.example/en/news/")
    assert svg.startswith('<svg aria-hidden="true"')
    assert "style" not in svg


def test_what_can_be_chosen_is_escaped_and_says_what_is_chosen() -> None:
    """Whether it stands under another, too."""
    plain = SimpleNamespace(
        label="<Asylum> & 'return'", count=12345, url='?a=1&b="2"', selected=False, inner=False
    )
    chosen = SimpleNamespace(label="Housing", count=0, url="?", selected=True, inner=True)
    with translation.override("fr"):
        one, two = render("{% filter_choices found %}", found=[plain, chosen]).strip().split("\n")
    assert one == (
        '<li><a href="?a=1&amp;b=&quot;2&quot;" rel="nofollow"><span class="label">'
        "&lt;Asylum&gt; &amp; &#x27;return&#x27;</span>"
        '<span class="count">12345</span></a></li>'
    )
    assert two.strip().startswith(
        '<li class="inner"><a href="?" rel="nofollow" aria-current="true">'
    )
    assert f'<span class="visually-hidden">{gettext_in("fr", "Remove:")} </span>Housing' in two


def gettext_in(language: str, words: str) -> str:
    with translation.override(language):
        return translation.gettext(words)
