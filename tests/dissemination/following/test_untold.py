"""What can be searched and is never told of: it is not offered, and refused with a reason."""

from typing import Any

import pytest
from django.core import mail
from django.http import QueryDict
from django.test import Client
from django.utils.translation import override
from factories import MadeSite

from contactpoint.dissemination.following import untold
from contactpoint.dissemination.following.forms import KINDS as OFFERED
from contactpoint.dissemination.matching.rules import parse
from contactpoint.search.asking.results import Results
from contactpoint.search.showing.naming import KINDS, UNTOLD

from .test_following import send


def test_every_kind_is_told_of_or_known_as_untold() -> None:
    assert set(OFFERED) | UNTOLD == set(KINDS)
    assert not set(OFFERED) & UNTOLD


@pytest.mark.parametrize("kind", sorted(UNTOLD))
@pytest.mark.parametrize("way", ["kind={}", "search=/en/search/?kind={}", "kind={}%26q=visa"])
def test_it_is_refused_with_a_reason(
    site: MadeSite,
    reader: Client,
    kind: str,
    way: str,
) -> None:
    asked = way.format(kind).replace("%26", "&")
    page = reader.get(f"/en/follow/?{asked}")
    assert page.status_code == 400
    assert "Nothing is told by mail of this" in page.content.decode()
    answer = send(reader, f"/en/follow/?{asked}", theme=["asylum"])
    assert answer.status_code == 422
    assert "Nothing is told by mail of this" in answer.content.decode()
    answer = send(reader, search=f"/en/search/?kind={kind}&q=visa")
    assert answer.status_code == 422
    assert not mail.outbox


@pytest.mark.parametrize(
    ("found", "is_said"),
    [({"guidance": 3, "page": 1}, True), ({"guidance": 3, "event": 1}, False), ({}, False)],
)
def test_a_search_that_finds_nothing_else_now_says_so(
    site: MadeSite,
    monkeypatch: pytest.MonkeyPatch,
    found: dict[str, int],
    is_said: bool,
) -> None:
    def answer(*_args: Any, **_options: Any) -> Results:
        return Results("visa", "en", sum(found.values()), facets={"kind": found})

    monkeypatch.setattr(untold, "answer", answer)
    rule = parse(QueryDict("q=visa"), "en")
    assert bool(untold.finds_untold_only(rule, "en")) is is_said
    page = Client().get("/en/follow/?q=visa").content.decode()
    assert ("is never told by mail" in page) is is_said


def test_an_unknown_value_is_refused_in_words_of_following(
    site: MadeSite,
    reader: Client,
) -> None:
    answer = reader.get("/en/follow/?theme=nope")
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "among the choices for Theme to be followed" in text
    assert "nothing is listed" not in text
    with override("en"):
        assert untold.unknown([]) == ""
