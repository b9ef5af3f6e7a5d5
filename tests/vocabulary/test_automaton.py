"""What is learnt of a word is kept, within bounds, and never changes an answer."""

from pathlib import Path

import pytest

from contactpoint.vocabulary import Vocabulary, annotate, read_turtle
from contactpoint.vocabulary.automaton import Automaton


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []
    look = Automaton.look

    def noted(self: Automaton, raw: str) -> object:
        seen.append(raw)
        return look(self, raw)

    monkeypatch.setattr(Automaton, "look", noted)
    return seen


def test_a_word_is_looked_into_once(topics: Path, looked_at: list[str]) -> None:
    vocabulary = Vocabulary([read_turtle(topics)])
    text = "The asylum seekers wait; the other asylum seekers wait as well."
    first = vocabulary.annotate(text, "en")
    assert sorted(looked_at) == sorted(set(looked_at))
    looked_at.clear()
    assert vocabulary.annotate(text, "en") == first
    assert looked_at == []


def test_what_is_kept_is_bounded(vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotate, "_MOST_KEPT", 200)
    wanted = vocabulary.annotate("asylum procedure", "en")
    for number in range(50):
        words = " ".join(f"word{number}x{place}" for place in range(40))
        assert vocabulary.annotate(f"asylum procedure {words}", "en") == wanted
    kept = vocabulary._annotator._automata
    assert sum(automaton.size for automaton in kept.values()) <= 200 + 50


def test_languages_do_not_share_what_they_learn(vocabulary: Vocabulary) -> None:
    text = "Asyl asylum asiel asile"
    alone = {language: vocabulary.annotate(text, language) for language in ("de", "en", "nl", "fr")}
    for language, found in reversed(alone.items()):
        assert vocabulary.annotate(text, language) == found
        assert {one.language for one in found} == {language}
