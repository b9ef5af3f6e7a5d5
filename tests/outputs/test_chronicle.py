"""The chronicle: when each development takes effect and by which law, by year and by theme."""

import datetime
import re

import pytest
from django.test import Client
from factories import MadeSite, make_output, make_theme

REFERENCE = "Act of 22 July 2018"


@pytest.fixture
def chronicle(site: MadeSite) -> MadeSite:
    make_theme("asylum", hue=2)
    make_theme("reception", parent="asylum")
    make_theme("return", hue=3)
    for year, themes in (
        (2018, ["asylum"]),
        (2019, ["reception"]),
        (2019, ["asylum", "reception"]),
    ):
        make_output(
            site,
            "development",
            title=f"Law of {year}",
            effective_on=datetime.date(year, 1, 3),
            legal_reference=REFERENCE,
            themes=themes,
        )
    return site


def test_each_development_says_when_it_took_effect_and_by_which_law(
    chronicle: MadeSite, client: Client
) -> None:
    text = client.get("/en/chronicle/").content.decode()
    assert text.count("Took effect on 3 January 2019") == 2
    assert text.count(REFERENCE) == 3


def test_what_is_still_to_come_is_said_to_be(site: MadeSite, client: Client) -> None:
    make_output(site, "development", effective_on=datetime.date(2999, 1, 1))
    assert "Takes effect on 1 January 2999" in client.get("/en/chronicle/").content.decode()


def test_themes_stand_against_years_and_lead_to_that_part(
    chronicle: MadeSite, client: Client
) -> None:
    text = client.get("/en/chronicle/").content.decode()
    matrix = text[text.index('<table class="matrix">') : text.index("</table>")]
    cells = dict(re.findall(r'<a href="([^"]+)"[^>]*>(\d+)<', matrix.replace("&amp;", "&")))
    assert cells == {
        "/en/chronicle/?theme=asylum&year=2018": "1",
        # Both of 2019, each once, though one stands under the theme and under its child.
        "/en/chronicle/?theme=asylum&year=2019": "2",
    }
    assert client.get("/en/chronicle/?theme=asylum&year=2019").context["total"] == 2


def test_the_matrix_answers_to_the_filters(chronicle: MadeSite, client: Client) -> None:
    make_output(chronicle, "development", effective_on=datetime.date(2020, 1, 1), themes=["return"])
    text = client.get("/en/chronicle/?theme=asylum").content.decode()
    assert "theme=asylum&amp;year=2018" in text
    matrix = text[text.index('<table class="matrix">') : text.index("</table>")]
    assert "theme=return" not in matrix


def test_the_feed_tells_the_day_and_the_law(chronicle: MadeSite, client: Client) -> None:
    text = client.get("/en/chronicle/feed.atom").content.decode()
    assert f"Took effect on 3 January 2018 · {REFERENCE} · What Law of 2018 says." in text


def test_at_most_eight_years_stand_side_by_side(site: MadeSite, client: Client) -> None:
    for year in range(2010, 2022):
        make_output(site, "development", effective_on=datetime.date(year, 5, 1), themes=["asylum"])
    text = client.get("/en/chronicle/").content.decode()
    matrix = text[text.index('<table class="matrix">') : text.index("</table>")]
    assert re.findall(r'<th scope="col">(\d+)', matrix) == [str(y) for y in range(2014, 2022)]
    assert "Themes in the last 8 years" in matrix
