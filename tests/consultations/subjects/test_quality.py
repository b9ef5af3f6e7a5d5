"""How well earlier queries are found, over the fixture that was written before the ranking."""

import json
from pathlib import Path
from typing import Any

import pytest

from contactpoint.consultations.subjects.before import ranked
from contactpoint.consultations.subjects.reading import Words, about
from contactpoint.glossary.terms import vocabulary

FIXTURE = json.loads(
    (Path(__file__).parents[2] / "data" / "consultations" / "asked_before.json").read_text()
)


def words(one: dict[str, Any]) -> Words:
    language = one["language"]
    return Words(
        {language: one["title"]},
        {language: one["background"]},
        {f"q{number}": {language: text} for number, text in enumerate(one["questions"], 1)},
    )


def found() -> list[tuple[dict[str, Any], list[str], dict[int, Any]]]:
    earlier = FIXTURE["earlier"]
    known = {number: about(words(one)).concepts for number, one in enumerate(earlier)}
    told = []
    for draft in FIXTURE["drafts"]:
        likeness = ranked(about(words(draft)).concepts, known, vocabulary())
        order = sorted(likeness, key=lambda key: -likeness[key].score)
        told.append((draft, [earlier[key]["code"] for key in order], likeness))
    return told


@pytest.mark.django_db
def test_an_earlier_query_is_among_the_first_three_whatever_its_language() -> None:
    asked = [(draft, order) for draft, order, _likeness in found() if draft["expected"]]
    first = sum(order[:1] == draft["expected"][:1] for draft, order in asked)
    within = sum(bool(set(order[:3]) & set(draft["expected"])) for draft, order in asked)
    missed = [
        draft["title"] for draft, order in asked if not set(order[:3]) & set(draft["expected"])
    ]
    assert within == len(asked), missed
    assert first / len(asked) >= 0.9


@pytest.mark.django_db
def test_what_was_never_asked_has_nothing_before_it() -> None:
    assert [order for draft, order, _likeness in found() if not draft["expected"]] == [[]]
