"""Addresses of searches: read strictly, written in one way."""

from datetime import date

import pytest
from django.http import Http404, QueryDict
from factories import make_concept, make_country, make_institution, make_theme

from contactpoint.search.engines.queries import Narrowing
from contactpoint.search.showing.addresses import Asked, Choice, day, page_number, read
from contactpoint.search.showing.naming import Names


@pytest.fixture
def known(db: None) -> None:
    for slug in ("asylum", "borders", "labour"):
        make_theme(slug)
    make_concept("visa", en="visa")
    make_country("BE", en="Belgium")
    make_institution("myria", en="Myria")


def asked(query: str) -> Asked:
    return read(QueryDict(query), Names("en"))[0]


def remarks(query: str) -> list[str]:
    found = read(QueryDict(query), Names("en"))
    return [*(one.told for one in found.beyond), *found.remarks]


def ignored(query: str) -> list[tuple[str, str]]:
    return read(QueryDict(query), Names("en"))[1]


def test_everything_that_an_address_may_say(known: None) -> None:
    found = asked(
        "q=a+b&in=fr&kind=video&theme=asylum&theme=borders&theme.not=labour&concept.all=visa"
        "&institution=myria&country=BE&language=nl&year=2024&from=2024-01-01&to=2025&sort=newest"
        "&off=visa&narrower=1&page=3"
    )
    selection = found.selection()
    assert found.text == "a b"
    assert selection.narrowings == {
        "kind": Narrowing(["video"], [], []),
        "theme": Narrowing(["asylum", "borders"], [], ["labour"]),
        "concept": Narrowing([], ["visa"], []),
        "institution": Narrowing(["myria"], [], []),
        "country": Narrowing(["BE"], [], []),
        "language": Narrowing(["nl"], [], []),
        "year": Narrowing(["2024"], [], []),
    }
    assert (selection.since, selection.until) == (date(2024, 1, 1), date(2025, 12, 31))
    assert (selection.sort, selection.off) == ("newest", {"visa"})
    assert (selection.narrower, selection.languages) == (True, ("fr",))


def test_an_address_that_is_written_reads_the_same(known: None) -> None:
    query = (
        "q=a%20%26%20b&in=fr&kind=video&theme=borders&theme=asylum&theme.not=labour"
        "&from=2024&to=2025-02&sort=oldest&off=visa&narrower=1"
    )
    assert asked(query).query() == query
    assert (
        asked("narrower=1&q=a+%26+b&sort=oldest").query() == "q=a%20%26%20b&sort=oldest&narrower=1"
    )


def test_what_is_no_term_is_switched_off_with_its_scheme(known: None) -> None:
    tokens = ("places/be", "institutions/fedasil", "kinds/vacancy", "words/country")
    read = asked(f"q=x&{'&'.join(f'off={token}' for token in tokens)}")
    assert read.off == tokens


@pytest.mark.parametrize(
    "query",
    [
        "theme=nowhere",
        "theme.all=nowhere",
        "kind=__class__",
        "type=report%00",
        "concept=1%20OR%201",
        "institution=%27",
        "country=be%0A",
        "year=202",
        "year=%D9%A2%D9%A0%D9%A2%D9%A4",
        "language=xx",
        "in=tlh",
        "from=2024-02-30",
        "to=yesterday",
        "sort=title",
        "off=nothing",
        "off=words/nothing",
        "off=glossary/visa",
        "narrower=2",
        f"theme={'a' * 5000}",
    ],
)
def test_what_nobody_knows_is_put_aside(known: None, query: str) -> None:
    assert asked(f"q=x&{query}") == Asked("x")
    ((name, value),) = ignored(f"q=x&{query}")
    assert name in query
    assert len(value) <= 100
    assert value.isprintable()


def test_names_that_are_no_parameters_are_passed_over(known: None) -> None:
    assert ignored("q=x&theme__slug=asylum&order_by=pk&theme.none=asylum&pk=1") == []


def test_values_beyond_twenty_are_passed_over_and_it_is_said(known: None) -> None:
    query = "&".join(f"year={year}" for year in range(1990, 2030))
    assert len(asked(query).choices) == 20
    assert remarks(query) == ["Year: only 20 choices count, 20 more were left out."]
    assert remarks("&".join(f"year.not={year}" for year in range(1990, 2011))) == [
        "Year: only 20 choices count, 1 more was left out."
    ]
    assert remarks("&".join(["year=1990"] * 30)) == []


def test_a_value_that_is_wanted_and_unwanted_is_said(known: None) -> None:
    sentence = "“Asylum” was both wanted and unwanted; it counts as wanted."
    assert remarks("q=x&theme=asylum&theme.not=asylum") == [sentence]
    assert remarks("q=x&theme.all=asylum&theme.not=asylum") == [sentence]
    assert remarks("q=x&theme=asylum&theme.not=borders") == []
    assert asked("q=x&theme=asylum&theme.all=asylum").choices == (Choice("theme", "all", "asylum"),)


def test_a_long_question_is_cut_between_words_and_it_is_said(known: None) -> None:
    (sentence,) = remarks("q=" + "word+" * 50)
    assert "“word”" in sentence
    assert "200" in sentence
    text = asked("q=" + "abcdefghi+" * 30).text
    assert text == " ".join(["abcdefghi"] * 20)
    assert remarks("q=" + "abcdefghi+" * 20) == []
    assert len(asked("q=" + "a" * 300).text) == 200


def test_a_notice_shows_no_control_character(known: None) -> None:
    assert ignored("q=x&type=report%00%1b") == [("type", "report��")]
    assert ignored("q=x&sort=%00") == [("sort", "�")]


def test_a_value_is_chosen_in_one_way_only(known: None) -> None:
    one = asked("q=x&theme=asylum&theme.not=asylum")
    assert one.choices == (Choice("theme", "any", "asylum"),)
    assert one.adding("theme", "none", "asylum").query() == "q=x&theme.not=asylum"


def test_further_values_join_as_the_others_do(known: None) -> None:
    assert asked("q=x&theme=asylum").mode_of("theme") == "any"
    assert asked("q=x&theme.all=asylum").mode_of("theme") == "all"
    assert asked("q=x&theme.not=asylum").mode_of("theme") == "any"


def test_joining_leaves_what_is_unwanted(known: None) -> None:
    one = asked("q=x&theme=asylum&theme=borders&theme.not=labour").joined("theme", "all")
    assert one.query() == "q=x&theme.all=asylum&theme.all=borders&theme.not=labour"


def test_clearing_keeps_the_question_and_how_it_is_understood(known: None) -> None:
    one = asked("q=x&theme=asylum&from=2024&in=fr&sort=newest&off=visa&narrower=1")
    assert one.everything().query() == "q=x&sort=newest&off=visa&narrower=1"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02-28", date(2023, 2, 28), date(2023, 2, 28)),
        ("2023-02-29", None, None),
        ("2023-00", None, None),
        ("2023-13", None, None),
        ("0000", None, None),
        ("2024-1-1", None, None),
        ("", None, None),
        ("٢٠٢٤", None, None),
    ],
)
def test_days_months_and_years(text: str, first: date | None, last: date | None) -> None:
    assert day(text) == first
    assert day(text, last=True) == last


@pytest.mark.parametrize("given", ["0", "-1", "x", "501", "9" * 9, "٢", ""])
def test_what_is_no_number_of_a_page_is_not_found(given: str) -> None:
    with pytest.raises(Http404):
        page_number(QueryDict(f"page={given}"))


def test_an_address_takes_one_query_for_places_and_institutions(
    known: None, django_assert_num_queries
) -> None:
    names = Names("en")
    with django_assert_num_queries(1):
        read(QueryDict("q=x&institution=myria&institution=z&country=BE&country.not=FR"), names)
    with django_assert_num_queries(0):
        assert names.label("country", "BE") == "Belgium"
