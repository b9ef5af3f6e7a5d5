"""Whatever is edited, a kept page is the page that would be made now: tried after each of many
random steps, for every page that a reader can reach."""

import os
from typing import Final

import pytest
from django.core.wsgi import get_wsgi_application
from kept_editing import addresses, at_work
from kept_pages import asked

from contactpoint.delivery.keeping import Keep
from contactpoint.delivery.serving import KeptPages
from contactpoint.kit import held
from contactpoint.kit.generations import Generations

STEPS: Final = int(os.environ.get("CONTACTPOINT_TEST_STEPS", "12"))
MOST: Final = 90
"""Addresses that are compared after each step."""


@pytest.mark.parametrize("seed", [int(os.environ.get("CONTACTPOINT_TEST_SEED", "1"))])
def test_a_kept_page_is_what_would_be_made_now(
    watched: Generations, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    held.begin()
    editor = at_work(seed)
    plain = get_wsgi_application()
    keep = Keep(watched)
    kept = KeptPages(plain, keep)
    compared = 0
    for number in range(STEPS):
        step = editor.dice.choice(editor.steps)
        paths = addresses(plain)
        chosen = editor.dice.sample(paths, min(MOST, len(paths)))
        for path in chosen:
            asked(kept, path)
        there = {f"{key[3]}?{key[4]}".removesuffix("?") for key in keep.keys()}  # noqa: SIM118
        step()
        for path in chosen:
            if path not in there:
                continue
            given = asked(kept, path)
            with monkeypatch.context() as patched:
                patched.setattr(held, "_holding", [])
                now = asked(plain, path)
            what = (seed, number, step.__name__, path)
            assert given[0] == now[0], what
            assert given[2].decode() == now[2].decode(), what
            compared += 1
    held.end()
    assert compared > STEPS * 20
