"""`contactpoint search`: the same finds as on the page, as JSON that others rely on."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from factories import MadeSite, make_concept, make_output

from contactpoint.search.management.commands.search import Command, question_last


def search(*arguments: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("search", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_answer_has_the_shape_that_others_rely_on(
    site: MadeSite, fill: Callable[[], None]
) -> None:
    make_concept("asylum", en="asylum", nl="asiel")
    page = make_output(
        site,
        "publication",
        title="Reception",
        teaser="Who comes. Where asylum is asked.",
        themes=["asylum"],
        concepts=["asylum"],
        published_on="2020-02-03",
    )
    fill()
    found = search("asiel", "--language", "nl", "--type", "publication")
    assert set(found) >= {"total", "results", "facets", "concepts"}
    (result,) = found["results"]
    assert set(result) >= {
        "title", "url", "language", "languages", "kind", "date", "highlights", "reasons",
    }  # fmt: skip
    assert result["title"] == "Reception"
    assert result["url"].endswith(page.url)
    assert (result["language"], result["kind"], result["date"]) == (
        "en",
        "publication",
        "2020-02-03",
    )
    assert result["reasons"]
    assert found["concepts"][0]["concept"] == "asylum"
    assert {option["value"] for option in found["facets"]["year"]} == {"2020"}
    assert search("asked")["results"][0]["highlights"] == ["Where asylum is asked."]


def test_options_narrow(site: MadeSite, fill: Callable[[], None]) -> None:
    make_output(site, title="Visa news", themes=["borders"], published_on="2019-01-01")
    make_output(site, "publication", title="Visa study", publication_type="study")
    make_output(site, language="fr", title="Visa aussi")
    fill()
    assert search("visa")["total"] == 3
    assert search("visa", "--in", "fr")["total"] == 1
    assert search("visa", "--type", "study")["results"][0]["title"] == "Visa study"
    assert search("visa", "--type", "news-item", "--in", "en")["total"] == 1
    assert search("visa", "--theme", "borders", "--year", "2019")["total"] == 1
    assert len(search("visa", "--limit", "1")["results"]) == 1
    assert search("visa", "--type", "concept")["total"] == 0
    with pytest.raises(CommandError, match="--limit 0 shows nothing"):
        search("visa", "--limit", "0")


def test_a_question_comes_from_standard_input(
    site: MadeSite, fill: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_output(site, title="Visa news")
    fill()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"visa\nnews\n")))
    found = search("-")
    assert (found["query"], found["total"]) == ("visa news", 1)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["-reception", "--json"], ["--json", "--", "-reception"]),
        (["-visa", "--in", "fr", "nl"], ["--in", "fr", "nl", "--", "-visa"]),
        (["visa", "-v2", "-v", "1", "-h"], ["visa", "-v2", "-v", "1", "-h"]),
        (["-"], ["-"]),
        (["--json", "--", "-visa"], ["--json", "--", "-visa"]),
    ],
)
def test_a_question_may_begin_with_what_is_unwanted(written: list[str], read: list[str]) -> None:
    assert question_last(written) == read
    if "-h" not in written:
        parser = Command().create_parser("contactpoint", "search")
        assert parser.parse_args(read).query == next(one for one in written if one[:2] != "--")


def test_an_unknown_theme_is_an_error_that_names_it(site: MadeSite) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        search("visa", "--theme", "nowhere")


def test_a_table_is_printed_for_people(site: MadeSite, fill: Callable[[], None]) -> None:
    make_output(site, title="Visa news")
    fill()
    out = io.StringIO()
    call_command("search", "visa", stdout=out)
    assert "Visa news" in out.getvalue()
    assert "1 of 1" in out.getvalue()


def test_people_are_given_whole_addresses_and_told_what_was_understood(
    site: MadeSite, fill: Callable[[], None], settings: Any
) -> None:
    settings.BASE_URL = "https://example.org"
    make_concept("asylum", en="asylum", nl="asiel")
    page = make_output(
        site, title="A [bold] name " * 12, slug="a-very-long-slug-" * 8, concepts=["asylum"]
    )
    fill()
    out = io.StringIO()
    call_command("search", "asiel -visa", stdout=out)
    lines = out.getvalue().splitlines()
    assert f"  https://example.org{page.url}" in lines
    assert page.title.strip() in out.getvalue()
    assert "Understood as: asylum (asiel)" in lines
    assert "Left out: visa" in out.getvalue()


def test_people_see_what_has_some_of_a_question_and_what_it_lacks(
    site: MadeSite, fill: Callable[[], None]
) -> None:
    make_output(site, title="Visa news", slug="visa-news")
    fill()
    out = io.StringIO()
    call_command("search", "visa lighthouse", stdout=out)
    told = out.getvalue()
    assert "0 of 0" in told
    assert "1 more have some of it:" in told
    assert "Visa news" in told.partition("some of it:")[2]
    assert "Without: lighthouse" in told
