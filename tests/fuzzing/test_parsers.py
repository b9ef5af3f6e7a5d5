"""No input ends in another error than a parser declares, nor in a hang, nor in a flood of memory.

A short run of chosen numbers each time; `make fuzz EXAMPLES=1000000` for as many as one likes.
What was found stays in `tests/fuzzing/corpus/PARSER/`, one file a case, and is tried first.
"""

import os
import resource
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import pytest
from fuzzed import CORPUS, PARSERS, Parser, cases, spoiled
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

EXAMPLES: Final = int(os.environ.get("FUZZ_EXAMPLES", "40"))
SOAKED: Final = int(os.environ.get("FUZZ_EXAMPLES", "20000"))
MOST_MEMORY: Final = 300 * 1024
"""Kilobytes that a process may grow by over one parser, libraries that it loads included."""


def tried(parser: Parser, data: bytes) -> None:
    """Nothing but the declared errors, and not for long. What may be slow once may not be twice."""
    for attempt in (1, 2):
        begun = time.thread_time()
        with suppress(*parser.declared):
            parser.read(data)
        taken = time.thread_time() - begun
        if taken < parser.seconds:
            return
        assert attempt == 1, f"{taken:.1f} s of CPU for {len(data)} bytes"


@pytest.mark.parametrize("name", PARSERS)
def test_what_was_found_before_does_not_come_back(name: str) -> None:
    for data in cases(name):
        tried(PARSERS[name], data)


@pytest.mark.parametrize("name", PARSERS)
def test_a_seed_is_taken(name: str) -> None:
    """Else the parser would say no to everything, and nothing behind its door be tried."""
    parser = PARSERS[name]
    taken = 0
    for data in parser.seeds:
        with suppress(*parser.declared):
            parser.read(data)
            taken += 1
    assert taken or name in ("address",)


def run_of(name: str, examples: int = EXAMPLES, chosen: int = 20261127) -> Callable[[], None]:
    parser = PARSERS[name]

    @seed(chosen)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    @given(st.data())
    def run(data: st.DataObject) -> None:
        tried(parser, data.draw(spoiled(parser.seeds)))

    return run


@pytest.mark.parametrize("name", PARSERS)
def test_spoiled_input_ends_in_a_sentence_in_time_and_in_bounds(name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    run_of(name)()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < MOST_MEMORY, f"{grown / 1024:.0f} MB"


@pytest.mark.soak
@pytest.mark.parametrize("name", PARSERS)
def test_input_that_nobody_has_chosen_ends_so_too(name: str) -> None:
    """Other numbers each time; what fails prints the case, which goes into the corpus."""
    run_of(name, SOAKED, secrets.randbits(64))()


def test_the_corpus_holds_cases_of_parsers_that_there_are() -> None:
    assert {path.name for path in CORPUS.iterdir() if path.is_dir()} <= set(PARSERS)
