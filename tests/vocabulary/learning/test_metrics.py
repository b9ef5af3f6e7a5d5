"""Figures are those that Annif would print for the same ranking."""

from math import log2

import pytest

from contactpoint.vocabulary.learning.metrics import f1_at, mean, ndcg_at


def test_f1_counts_the_first_five_and_all_that_was_given() -> None:
    assert f1_at(["a", "x", "b", "y", "z", "c"], {"a", "b", "c"}) == pytest.approx(2 * 2 / (5 + 3))
    assert f1_at(["a"], {"a"}) == 1
    assert f1_at([], {"a"}) == 0


def test_ndcg_loses_by_rank_and_is_relative_to_the_best_order() -> None:
    gain = 1 / log2(2) + 1 / log2(4)
    best = 1 / log2(2) + 1 / log2(3) + 1 / log2(4)
    assert ndcg_at(["a", "x", "b"], {"a", "b", "c"}) == pytest.approx(gain / best)
    assert ndcg_at(["b", "a", "c", "x"], {"a", "b", "c"}) == pytest.approx(1)


def test_ndcg_looks_no_further_than_ten_on_either_side() -> None:
    right = {str(number) for number in range(12)}
    assert ndcg_at([str(number) for number in range(10)], right) == pytest.approx(1)
    assert ndcg_at([*"abcdefghij", "0"], right) == 0


def test_a_document_without_concepts_counts_as_it_does_in_annif() -> None:
    assert f1_at(["a"], set()) == 0
    assert f1_at([], set()) == 0
    assert ndcg_at(["a"], set()) == 1
    assert mean([]) == 0
    assert mean([1, 0]) == 0.5
