"""The judged set for search: every grade points at something, and says why."""

from collections import Counter

import pytest
from judging.needs import GROUPS, LANGUAGES, Need, best, load, speaks

from contactpoint.glossary.terms import GLOSSARY_FILE
from contactpoint.home import demo_items
from contactpoint.vocabulary import read_turtle

FEWEST = 20


@pytest.fixture(scope="module")
def needs() -> list[Need]:
    return load()


@pytest.fixture(scope="module")
def languages() -> dict[str, frozenset[str]]:
    return {
        f"{'page' if item.facts['kind'] == 'page' else 'output'}:{item.slug}": frozenset(item.words)
        for item in demo_items.items()
    }


def test_no_two_files_of_the_demo_share_a_name() -> None:
    names = Counter(item.slug for item in demo_items.items())

    assert not [name for name, number in names.items() if number > 1]


def test_every_graded_thing_is_in_the_demo_or_the_glossary(
    needs: list[Need], languages: dict[str, frozenset[str]]
) -> None:
    concepts = {f"concept:{slug}" for slug in read_turtle(GLOSSARY_FILE).concepts}

    assert {key for need in needs for key in need.grades} <= concepts | set(languages)


def test_grades_are_one_to_three_and_have_a_reason(needs: list[Need]) -> None:
    for need in needs:
        for key, grade in need.grades.items():
            assert grade.value in {1, 2, 3}, (need.id, key)
            assert grade.reason.strip().endswith("."), (need.id, key)


def test_every_need_says_what_is_wanted_and_has_something_useful(needs: list[Need]) -> None:
    for need in needs:
        assert need.wanted.strip().endswith("."), need.id
        assert max(need.values().values()) >= 2, need.id


def test_readers_type_a_few_words(needs: list[Need]) -> None:
    for need in needs:
        assert 1 <= len(need.query.split()) <= 8, need.id
        assert need.query == " ".join(need.query.split()), need.id


def test_no_need_comes_twice_and_none_asks_what_another_asks(needs: list[Need]) -> None:
    assert len({need.id for need in needs}) == len(needs)
    asked = Counter((need.language, need.query.casefold()) for need in needs)
    assert not [query for query, number in asked.items() if number > 1]


def test_there_are_enough_needs_in_each_language(needs: list[Need]) -> None:
    numbers = Counter(need.language for need in needs if need.group != "typos")

    assert set(numbers) == set(LANGUAGES)
    assert min(numbers.values()) >= FEWEST
    assert sum(numbers.values()) >= 100


def test_topics_are_asked_in_every_language_with_the_same_gold(needs: list[Need]) -> None:
    parallel = [need for need in needs if need.group in {"parallel", "held"}]
    topics = {need.topic for need in parallel}

    assert len({need.topic for need in needs if need.group == "parallel"}) >= 25
    for topic in topics:
        own = [need for need in parallel if need.topic == topic]
        assert {need.language for need in own} == set(LANGUAGES), topic
        assert len({id(need.grades) for need in own}) == 1, topic


def test_slips_share_the_gold_of_a_topic_without_slips(needs: list[Need]) -> None:
    golds = [need.grades for need in needs if need.group != "typos"]
    slips = [need for need in needs if need.group == "typos"]

    assert slips
    assert all(need.grades in golds for need in slips)


def test_every_group_is_a_file_with_needs(needs: list[Need]) -> None:
    assert {need.group for need in needs} == set(GROUPS)


def test_a_need_is_across_languages_where_none_of_the_best_speaks_its_language(
    languages: dict[str, frozenset[str]],
) -> None:
    values = {"output:seasonal-workers": 3, "output:single-permit-2019": 1}

    assert best(values) == {"output:seasonal-workers"}
    assert "fr" not in languages["output:seasonal-workers"]
    assert speaks("nl", values, languages)
    assert not speaks("fr", values, languages)


def test_what_is_published_speaks_no_arabic_so_arabic_always_crosses(
    needs: list[Need], languages: dict[str, frozenset[str]]
) -> None:
    for need in needs:
        if need.language == "ar":
            assert not speaks("ar", need.values(("output", "page")), languages), need.id


def test_some_needs_cross_languages_between_those_of_the_portal(
    needs: list[Need], languages: dict[str, frozenset[str]]
) -> None:
    published = ("output", "page")
    crossing = {
        need.language
        for need in needs
        if need.values(published) and not speaks(need.language, need.values(published), languages)
    }

    assert {"fr", "de", "ar"} <= crossing
