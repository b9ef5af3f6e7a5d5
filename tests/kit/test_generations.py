"""Whoever keeps something hears of each change, also of one whose author died on the way."""

import subprocess
import sys
from pathlib import Path

import pytest

from contactpoint.kit import generations
from contactpoint.kit.generations import PLACES, Generations, place_of

OTHER = """
import sys
from pathlib import Path
from contactpoint.kit.generations import Generations
numbers = Generations(Path(sys.argv[1]))
change = numbers.change([sys.argv[2]])
change.__enter__()
if sys.argv[3] == "whole":
    change.__exit__(None, None, None)
else:
    import os, signal
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def numbers(tmp_path: Path) -> Generations:
    return Generations(tmp_path / "generations")


def change_elsewhere(tmp_path: Path, group: str, how: str = "whole") -> None:
    """A change in a process of its own, which may be killed in the middle."""
    path = str(tmp_path / "generations")
    done = subprocess.run([sys.executable, "-c", OTHER, path, group, how], check=False)
    assert (done.returncode == 0) == (how == "whole")


def test_a_change_raises_its_group_and_the_total_alone(numbers: Generations) -> None:
    news, answers = place_of("news"), place_of("answers")
    total, before = numbers.total(), numbers.all()
    numbers.changed(["news"])
    assert numbers.total() != total
    after = numbers.all()
    assert [place for place in range(PLACES) if after[place] != before[place]] == [0, news]
    assert numbers.of([answers]) == (before[answers],)


def test_while_a_change_is_committed_nobody_knows_what_is_true(numbers: Generations) -> None:
    with numbers.change(["news"]):
        assert numbers.total() == -1
        assert not numbers.settled([place_of("news")])
    assert numbers.total() >= 0


def test_a_change_of_another_process_is_seen_at_once(tmp_path: Path, numbers: Generations) -> None:
    total = numbers.total()
    change_elsewhere(tmp_path, "news")
    assert numbers.total() not in (-1, total)


def test_what_was_kept_is_dropped_where_the_author_of_a_change_died(
    tmp_path: Path, numbers: Generations, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = numbers.all()
    change_elsewhere(tmp_path, "news", "killed")
    assert numbers.total() == -1
    monkeypatch.setattr(generations, "LONGEST", 0.0)
    assert numbers.total() >= 0
    assert all(new != old for new, old in zip(numbers.all(), before, strict=True))


def test_a_moment_after_a_change_it_may_not_be_known_everywhere(numbers: Generations) -> None:
    numbers.changed(["news"])
    assert not numbers.settled([place_of("news")])
    assert numbers.settled([place_of("answers")])
