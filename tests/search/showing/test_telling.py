"""Which searches are offered to be followed by e-mail."""

import pytest

from contactpoint.search.showing.addresses import Asked, Choice
from contactpoint.search.showing.telling import untold_only

COUNTED = {"kind": {"guidance": 3, "event": 2, "page": 0}}


@pytest.mark.parametrize(
    ("choices", "kinds"),
    [
        ([], set()),
        ([Choice("kind", "any", "guidance")], {"guidance"}),
        ([Choice("kind", "any", "guidance"), Choice("kind", "any", "event")], set()),
        ([Choice("kind", "none", "event")], {"guidance"}),
        ([Choice("theme", "any", "asylum")], set()),
    ],
)
def test_what_no_mail_tells_of_is_known(choices: list[Choice], kinds: set[str]) -> None:
    assert untold_only(Asked("visa", tuple(choices)), COUNTED) == kinds


def test_of_what_finds_nothing_there_may_be_something_later() -> None:
    assert untold_only(Asked("visa"), {}) == set()
