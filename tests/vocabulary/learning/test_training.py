"""Classified documents make suggestions better, the same way each time; none vouches for itself."""

import numpy as np
import pytest

from contactpoint.vocabulary import VocabularyError
from contactpoint.vocabulary.learning.documents import Document
from contactpoint.vocabulary.learning.evaluate import evaluate
from contactpoint.vocabulary.learning.lessons import Own, Question, Witness
from contactpoint.vocabulary.learning.postings import tally
from contactpoint.vocabulary.learning.regression import chance_of, fit
from contactpoint.vocabulary.learning.suggester import Suggester


def test_what_was_learned_makes_unseen_documents_better(
    untaught: Suggester, taught: Suggester, unseen: list[Document]
) -> None:
    before, after = (evaluate(one, unseen, "fi") for one in (untaught, taught))
    assert after.f1 > before.f1 + 0.03
    assert after.ndcg > before.ndcg + 0.1
    assert after.documents == len(unseen)


def test_what_was_learned_serves_a_language_whose_words_were_not(taught: Suggester) -> None:
    found = taught.suggest("Arkeologiska utgrävningar på en bronsåldersplats", language="sv")
    assert found[0].label == "excavations"
    assert all(one.evidence for one in found if one.score > 0.3)


def test_the_same_documents_teach_the_same(
    untaught: Suggester, lessons: list[Document], unseen: list[Document]
) -> None:
    one, other = (untaught.taught({"fi": lessons[:400]}, seed=3) for _ in range(2))
    texts = [document.text for document in unseen[:100]]
    assert one.suggest_all(texts, language="fi") == other.suggest_all(texts, language="fi")
    assert one.learned is not None
    assert other.learned is not None
    assert (one.learned[1].known == other.learned[1].known).all()


def test_a_word_that_labels_do_not_have_is_learned(
    untaught: Suggester, lessons: list[Document]
) -> None:
    address = "http://www.yso.fi/onto/yso/p14173"
    digging = [Document(f"Kuokkatouhu numero {n}", frozenset([address])) for n in range(20)]
    taught = untaught.taught({"fi": [*lessons, *digging]})
    best = taught.suggest("Kuokkatouhu jatkuu", language="fi")[0]
    assert best.label == "excavations"
    assert [span.text for span in best.evidence] == ["Kuokkatouhu"]


def test_too_few_documents_are_refused(untaught: Suggester, lessons: list[Document]) -> None:
    strangers = [Document("text", frozenset(["http://elsewhere"]))] * 50
    with pytest.raises(VocabularyError, match="Only 0 documents have a concept"):
        untaught.taught({"fi": strangers})
    with pytest.raises(VocabularyError, match="not made for texts in 'de'"):
        untaught.taught({"de": lessons})


def test_a_lesson_does_not_vouch_for_itself() -> None:
    # Two documents hold thing 0, both were given concept 1; document 0 alone holds thing 1.
    together = tally(np.array([0 * 3 + 1, 0 * 3 + 1, 1 * 3 + 1]), 2, 3)
    witness = Witness(np.array([2, 1], np.float32), together)
    texts, things = np.array([0, 0]), np.array([0, 1])
    open_ended = witness.ask(Question(1, texts, things), 3)
    own = Own(np.array([0]), np.array([1]))
    without_itself = witness.ask(Question(1, texts, things, own), 3)
    assert open_ended[0, 1] == pytest.approx(-np.log(1 - 2 / 6) - np.log(1 - 1 / 5))
    assert without_itself[0, 1] == pytest.approx(-np.log(1 - 1 / 5))


def test_regression_finds_the_weights_that_made_the_answers() -> None:
    dice = np.random.default_rng(7)
    signs = dice.normal(size=(20_000, 3)).astype(np.float32)
    signs[:, 2] = 5
    right = dice.random(len(signs)) < 1 / (1 + np.exp(-(2 * signs[:, 0] - signs[:, 1] - 1)))
    weights, base = fit(signs, right)
    assert weights == pytest.approx([2, -1, 0], abs=0.1)
    assert base == pytest.approx(-1, abs=0.1)
    assert chance_of(signs, weights, base).mean() == pytest.approx(right.mean(), abs=0.001)
