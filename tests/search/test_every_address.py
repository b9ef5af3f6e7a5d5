"""Every address of the site is a door that is tried, or stands in a list of those that tell nothing
of things, with the reason. The list of addresses is that which Django goes by, so that a new one
can't be forgotten.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import search.consultation_doors
import search.doors
import search.guidance_doors
from django.http import HttpResponse
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from factories import MadeSite
from search.addresses_that_tell_nothing import NOTHING
from search.doors import DOORS, Asked, Reader

from contactpoint.api.dumps import kept


def routes(
    patterns: list[URLPattern | URLResolver] | None = None, above: str = ""
) -> Iterator[str]:
    """Every route, as `resolve` names it; what stands under the language begins with `en/`."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        own = str(one.pattern)
        route = above + own.removeprefix("^") if above else own
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, route)
        else:
            yield route


@dataclass
class Recorder:
    """In the place of a browser: notes to which routes the doors go, and fetches nothing."""

    knocked: set[str] = field(default_factory=set)

    def get(self, path: str, *_args: Any, **_more: Any) -> HttpResponse:
        with contextlib.suppress(Resolver404):
            self.knocked.add(resolve(path.partition("?")[0]).route)
        answer = HttpResponse(status=404)
        answer.context = None  # type: ignore[attr-defined]
        return answer

    def post(self, path: str, *_args: Any, **_more: Any) -> HttpResponse:
        """Something was made, and can be asked for."""
        answer = self.get(path)
        answer.status_code = 201
        answer.json = lambda: {"self": f"{path}/1"}  # type: ignore[attr-defined]
        return answer


@pytest.fixture
def knocked(site: MadeSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> set[str]:
    monkeypatch.setattr(kept, "folder", lambda: tmp_path / "dumps")
    nothing: dict[str, Any] = {"results": [], "total": 0, "facets": {}}
    monkeypatch.setattr(search.doors, "_command", lambda *_args: nothing)
    recorder = Recorder()
    reader = Reader(client=recorder)  # type: ignore[arg-type]
    asked = Asked("word", url="/en/news/word/", file_url="/documents/1/file.pdf")
    for door in DOORS.values():
        door.function(reader, asked)
    return recorder.knocked


def is_nothing(route: str) -> bool:
    return any(
        route == one or (one.endswith("*") and route.startswith(one[:-1])) for one in NOTHING
    )


def test_every_address_is_a_door_or_tells_nothing(knocked: set[str]) -> None:
    forgotten = [one for one in routes() if one not in knocked and not is_nothing(one)]
    assert not forgotten, (
        "Write a door for these addresses in tests/search/doors.py, or say in "
        "addresses_that_tell_nothing.py why they tell nothing of things:\n" + "\n".join(forgotten)
    )


def test_the_list_of_those_that_tell_nothing_names_none_that_is_a_door_or_gone(
    knocked: set[str],
) -> None:
    known = set(routes())
    assert not [one for one in NOTHING if not one.endswith("*") and one not in known]
    for one in NOTHING:
        if one.endswith("*"):
            assert any(route.startswith(one[:-1]) for route in known), one
    assert not [one for one in NOTHING if one in knocked]
    assert all(NOTHING.values())
