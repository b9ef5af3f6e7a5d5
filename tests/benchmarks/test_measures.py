"""The measures of the search benchmark, against values worked out by hand."""

from math import log2

import pytest
from judging.demo import is_unspoken
from judging.measures import gain, ndcg, recall
from judging.needs import Grade, Need
from judging.scoring import PUBLISHED, Row, Score, graded, mean, paired, score

GRADED = {"a": 3, "b": 2, "c": 1}


def test_a_grade_gains_two_to_its_power_less_one_and_less_with_its_place() -> None:
    assert gain([3]) == 7
    assert gain([0, 3]) == pytest.approx(7 / log2(3))
    assert gain([3, 2, 1]) == pytest.approx(7 + 3 / 1.584962500721156 + 1 / 2)


def test_the_best_order_scores_one() -> None:
    assert ndcg(["a", "b", "c"], GRADED) == 1


def test_a_worse_order_scores_what_it_gains_of_the_best() -> None:
    # 1/1 + 7/log2(3) + 3/2 = 6.916508 of 7 + 3/log2(3) + 1/2 = 9.392789
    assert ndcg(["c", "a", "b"], GRADED) == pytest.approx(0.736364, abs=1e-6)


def test_what_was_not_graded_gains_nothing_and_takes_a_place() -> None:
    assert ndcg(["x", "a"], {"a": 3}) == pytest.approx(1 / log2(3))


def test_nothing_found_scores_nothing() -> None:
    assert ndcg([], GRADED) == 0
    assert recall([], GRADED) == 0


def test_only_the_first_ten_count_and_the_best_is_cut_as_well() -> None:
    many = {f"k{number}": 1 for number in range(12)}

    assert ndcg([*["x"] * 10, "a"], {"a": 3}) == 0
    assert ndcg(list(many), many) == 1


def test_recall_is_the_share_of_useful_things_among_the_first_twenty() -> None:
    assert recall(["a", "x", "c"], GRADED) == 0.5
    assert recall([*["x"] * 19, "a", "b"], GRADED) == 0.5
    assert recall(["b", "a"], GRADED) == 1


def test_a_need_without_anything_useful_has_no_measure() -> None:
    with pytest.raises(ValueError, match="without a graded thing"):
        ndcg(["a"], {})
    with pytest.raises(ValueError, match="without a useful thing"):
        recall(["a"], {"a": 1})


def need(topic: str = "visa", language: str = "en", **grades: int) -> Need:
    judged = {key.replace("_", ":"): Grade(value, "So.") for key, value in grades.items()}
    return Need(topic, "parallel", language, "visa", "A visa.", judged)


def test_only_what_is_there_is_graded_and_concepts_only_if_they_count() -> None:
    one = need(output_a=3, output_b=2, concept_visa=2)

    assert graded(one, ["output:a"], PUBLISHED) == {"output:a": 3}
    assert graded(one, [], ("output", "concept")) == {"concept:visa": 2}
    assert graded(one, [], PUBLISHED) == {}


def test_a_need_is_left_out_where_nothing_useful_is_there() -> None:
    assert graded(need(output_a=1), ["output:a"], PUBLISHED) == {}


def test_what_nobody_judged_is_passed_over() -> None:
    found = score(["theme:x", "output:a"], {"output:a": 3}, lambda key: key.startswith("output"))

    assert (found.ndcg, found.recall, list(found.first)) == (1, 1, ["output:a"])


def row(topic: str, *, is_cross: bool, ndcg: float, language: str = "en") -> Row:
    scores = {"ours": Score(ndcg, 0, [])}
    return Row(need(topic, language), {}, is_cross, is_unspoken=False, scores=scores)


def test_languages_are_compared_over_topics_that_are_asked_both_ways() -> None:
    rows = [
        row("visa", is_cross=True, ndcg=0.2),
        row("visa", is_cross=True, ndcg=0.4),
        row("visa", is_cross=False, ndcg=1.0),
        row("pact", is_cross=True, ndcg=0.9),
        row("pact", is_cross=False, ndcg=0.5),
        row("only-across", is_cross=True, ndcg=0.0),
    ]

    assert paired(rows, "ours") == (pytest.approx(0.6), pytest.approx(0.75), 2)


def test_languages_of_asking_can_be_compared_apart() -> None:
    rows = [
        row("visa", is_cross=True, ndcg=0.2, language="ar"),
        row("visa", is_cross=True, ndcg=0.8, language="fr"),
        row("visa", is_cross=False, ndcg=1.0),
    ]

    assert paired(rows, "ours", ["ar"]) == (pytest.approx(0.2), 1, 1)
    assert paired(rows, "ours", ["fr", "nl"]) == (pytest.approx(0.8), 1, 1)


def test_without_a_topic_asked_both_ways_there_is_nothing_to_compare() -> None:
    assert paired([row("visa", is_cross=True, ndcg=1)], "ours") is None
    assert mean([], "ours") is None


def test_a_question_is_unspoken_where_no_text_has_a_telling_word_of_it() -> None:
    spoken = {"nl": frozenset({"opvang", "van", "kinderen"})}

    assert is_unspoken("opvangcrisis van Brussel", spoken, "nl")
    assert not is_unspoken("Opvang", spoken, "nl")
    assert is_unspoken("opvang", spoken, "ar")
