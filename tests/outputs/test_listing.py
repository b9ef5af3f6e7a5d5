"""Filters, counts, pages and addresses of lists, against a computation in plain Python."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from factories import MadeSite, make_concept, make_output, make_theme

from contactpoint.outputs.models import Publication

THEMES = {"asylum": "", "reception": "asylum", "resettlement": "asylum", "integration": ""}
CONCEPTS = {
    "migration": "",
    "asylum": "migration",
    "dublin": "asylum",
    "return": "migration",
    "housing": "",
}
INSTITUTIONS = ("myria", "fedasil")
COUNTRIES = ("BE", "FR", "DE")


@dataclass(frozen=True)
class Item:
    """What a made item is about, in plain Python."""

    number: int
    theme: frozenset[str]
    concept: frozenset[str]
    type: frozenset[str]
    year: frozenset[str]
    institution: frozenset[str]
    country: frozenset[str]

    def values(self, name: str) -> frozenset[str]:
        return getattr(self, name)


@pytest.fixture
def items(site: MadeSite) -> list[Item]:
    """Forty publications with random subjects; the seed is fixed, the mix is not."""
    dice = random.Random(2008)
    for slug, parent in THEMES.items():
        make_theme(slug, parent=parent or None)
    for slug, broader in CONCEPTS.items():
        make_concept(slug, broader=[broader] if broader else [])
    return [_make(site, dice, number) for number in range(40)]


def _some(dice: random.Random, values: Iterable[str], most: int) -> list[str]:
    return dice.sample(sorted(values), dice.randint(0, most))


def _make(site: MadeSite, dice: random.Random, number: int) -> Item:
    themes, concepts = _some(dice, THEMES, 2), _some(dice, CONCEPTS, 3)
    institutions, countries = _some(dice, INSTITUTIONS, 2), _some(dice, COUNTRIES, 2)
    kind = dice.choice(Publication.Type.values[:3])
    year = dice.choice(["2018", "2019", "2020", ""])
    make_output(
        site,
        "publication",
        title=f"Item {number}",
        themes=themes,
        concepts=concepts,
        institutions=institutions,
        countries=countries,
        publication_type=kind,
        published_on=f"{year}-05-17" if year else None,
    )
    return Item(
        number,
        frozenset({*themes, *(THEMES[theme] for theme in themes)} - {""}),
        frozenset(up for concept in concepts for up in _upwards(concept)),
        frozenset([kind]),
        frozenset([year] if year else []),
        frozenset(institutions),
        frozenset(countries),
    )


def _upwards(concept: str) -> list[str]:
    chain = [concept]
    while CONCEPTS[chain[-1]]:
        chain.append(CONCEPTS[chain[-1]])
    return chain


def _answering(items: list[Item], query: dict[str, list[str]], without: str = "") -> list[Item]:
    return [
        item
        for item in items
        if all(item.values(name) & set(wanted) for name, wanted in query.items() if name != without)
    ]


def _numbers(context: Any) -> dict[str, dict[str, int]]:
    return {
        one.name: {option.value: option.count for option in one.options}
        for one in context["filters"]
    }


QUERIES: list[dict[str, list[str]]] = [
    {},
    {"theme": ["asylum"]},
    {"theme": ["reception", "integration"]},
    {"concept": ["migration"]},
    {"concept": ["asylum"], "year": ["2019", "2020"]},
    {"type": ["annual-policy-report"], "country": ["BE", "FR"]},
    {"institution": ["myria"], "theme": ["asylum"], "concept": ["housing", "return"]},
    {"year": ["1999"]},
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: "&".join(query) or "all")
def test_filters_and_counts_agree_with_plain_counting(
    client: Client, items: list[Item], query: dict[str, list[str]]
) -> None:
    context = client.get("/en/publications/", query).context
    found = _answering(items, query)
    assert context["total"] == len(found)
    shown = {entry.title for entry in context["entries"]}
    assert shown <= {f"Item {item.number}" for item in found}
    assert len(shown) == min(len(found), 20)
    numbers = _numbers(context)
    for name in ("theme", "concept", "type", "year", "institution", "country"):
        others = _answering(items, query, without=name)
        everything = {value for item in others for value in item.values(name)}
        expected = {
            value: sum(value in item.values(name) for item in others)
            for value in everything | set(query.get(name, []))
        }
        assert numbers.get(name, {}) == expected, name


def test_choosing_an_option_gives_as_many_items_as_it_promised(
    client: Client, items: list[Item]
) -> None:
    context = client.get("/en/publications/?theme=asylum").context
    for one in context["filters"]:
        for option in one.options:
            if not option.selected and one.name != "theme":
                assert client.get(option.url).context["total"] == option.count


def test_an_option_adds_itself_and_keeps_the_rest(client: Client, items: list[Item]) -> None:
    context = client.get("/en/publications/?year=2019&theme=asylum&page=1").context
    years = next(one for one in context["filters"] if one.name == "year")
    other = next(option for option in years.options if option.value == "2018")
    chosen = next(option for option in years.options if option.value == "2019")
    assert parse_qs(urlsplit(other.url).query) == {"theme": ["asylum"], "year": ["2019", "2018"]}
    assert parse_qs(urlsplit(chosen.url).query) == {"theme": ["asylum"]}
    assert chosen.selected
    assert not other.selected
    assert [one["label"] for one in context["active_filters"]] == ["Asylum", "2019"]
    assert context["active_filters"][0]["remove_url"] == "/en/publications/?year=2019"
    assert context["clear_url"] == "/en/publications/"
    assert context["feed_url"] == "/en/publications/feed.atom?theme=asylum&year=2019"


def test_themes_stand_in_the_order_of_the_tree(client: Client, items: list[Item]) -> None:
    context = client.get("/en/publications/").context
    themes = next(one for one in context["filters"] if one.name == "theme")
    assert [option.value for option in themes.options] == [
        "asylum",
        "reception",
        "resettlement",
        "integration",
    ]


@pytest.mark.parametrize(
    "query",
    [
        "theme=nothing",
        "concept=%00",
        "year=19a9",
        "year=%D9%A1%D9%A9%D9%A9%D9%A9",
        "type=__class__",
        "institution=myria'--",
        "country=" + "B" * 5000,
        "&".join(f"theme=t{number}" for number in range(200)),
        "theme__slug=asylum&live=0&order_by=pk&filter=x",
        "theme=&concept=",
    ],
)
def test_what_nobody_knows_is_left_out_and_said(client: Client, site: MadeSite, query: str) -> None:
    make_output(site, "publication", title="Here I am")
    answer = client.get(f"/en/publications/?{query}")
    assert answer.status_code == 200
    assert answer.context["total"] == 1
    names = {"theme", "concept", "year", "type", "institution", "country"}
    given = {name for name, values in parse_qs(query).items() if any(values)}
    assert bool(answer.context["notices"]) is bool(given & names)
    assert query not in answer.context["feed_url"]


def test_a_known_and_an_unknown_value_filter_by_the_known(client: Client, site: MadeSite) -> None:
    make_output(site, title="About asylum", themes=["asylum"])
    make_output(site, title="About nothing")
    answer = client.get("/en/news/?theme=asylum&theme=no-such-theme")
    assert [entry.title for entry in answer.context["entries"]] == ["About asylum"]
    assert b"no-such-theme" in answer.content


@pytest.mark.parametrize("page", ["0", "-1", "4", "abc", "1.5", "99999999999999999999", "²", ""])
def test_a_page_that_there_is_not_is_not_found(client: Client, site: MadeSite, page: str) -> None:
    for _number in range(45):
        make_output(site)
    assert client.get("/en/news/", {"page": page}).status_code == 404


def test_pages_are_numbered_from_one_and_lead_to_each_other(client: Client, site: MadeSite) -> None:
    for _number in range(45):
        make_output(site, themes=["asylum"])
    first = client.get("/en/news/?theme=asylum")
    second = client.get("/en/news/?theme=asylum&page=2")
    third = client.get("/en/news/?theme=asylum&page=3")
    titles = [
        entry.title for answer in (first, second, third) for entry in answer.context["entries"]
    ]
    assert len(titles) == len(set(titles)) == 45
    assert titles == sorted(titles, key=lambda title: -int(title.split()[-1]))
    assert first.context["previous_url"] == ""
    assert first.context["next_url"] == "/en/news/?theme=asylum&page=2"
    assert second.context["previous_url"] == "/en/news/?theme=asylum"
    assert third.context["next_url"] == ""
    head = second.content.decode().split("</head>")[0]
    assert 'rel="prev" href="/en/news/?theme=asylum"' in head
    assert 'rel="next" href="/en/news/?theme=asylum&amp;page=3"' in head
    assert 'rel="canonical"' in head
    assert second.context["canonical_url"].endswith("/en/news/?theme=asylum&page=2")


def test_the_first_page_has_one_address(client: Client, site: MadeSite) -> None:
    make_output(site)
    context = client.get("/en/news/?page=1").context
    assert context["canonical_url"].endswith("/en/news/")


def test_an_empty_list_says_so(client: Client, site: MadeSite) -> None:
    answer = client.get("/en/news/")
    assert answer.status_code == 200
    assert answer.context["total"] == 0
    assert b"empty-state" in answer.content


def test_events_stand_by_their_day_and_are_found_by_its_year(
    client: Client, site: MadeSite
) -> None:
    # 31 December in UTC is 1 January in Brussels.
    make_output(site, "event", title="Late", starts_at="2019-12-31T23:30Z", published_on=None)
    make_output(site, "event", title="Early", starts_at="2018-03-01T10:00Z")
    make_output(site, "event", title="Undated", starts_at=None, published_on=None)
    context = client.get("/en/events/").context
    assert [entry.title for entry in context["entries"]] == ["Late", "Early", "Undated"]
    assert _numbers(context)["year"] == {"2020": 1, "2018": 1}
    assert client.get("/en/events/?year=2020").context["entries"][0].title == "Late"


def test_the_chronicle_groups_by_the_year_in_which_a_law_takes_effect(
    client: Client, site: MadeSite
) -> None:
    make_output(
        site, "development", title="Law", published_on="2018-12-01", effective_on="2019-01-01"
    )
    make_output(site, "development", title="Note", published_on="2018-06-01")
    make_output(site, "development", title="Plan", published_on=None)
    years = client.get("/en/chronicle/").context["years"]
    assert [(one["year"], [entry.title for entry in one["entries"]]) for one in years] == [
        (2019, ["Law"]),
        (2018, ["Note"]),
        ("–", ["Plan"]),
    ]
    assert client.get("/en/chronicle/?year=2019").context["total"] == 1


def test_another_language_of_a_list_keeps_the_filters(client: Client, site: MadeSite) -> None:
    make_output(site, themes=["asylum"])
    context = client.get("/en/news/?theme=asylum").context
    urls = {one["code"]: one["url"] for one in context["translations"]}
    assert urls["fr"] == "/fr/news/?theme=asylum"
