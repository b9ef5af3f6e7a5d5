"""Suggestions rank what a document is about, each with the words that speak for it."""

from contactpoint.vocabulary import Vocabulary

TEXT = (
    "Local reception initiatives look for housing. Housing is scarce, and discrimination makes it "
    "worse. The results of the survey were published in a video."
)


def test_what_is_mentioned_most_and_first_is_suggested_first(vocabulary: Vocabulary) -> None:
    ranked = [one.concept for one in vocabulary.suggest(TEXT)]
    assert set(ranked[:2]) == {"housing", "local-reception-initiative"}
    assert set(ranked) == {"housing", "local-reception-initiative", "discrimination", "video"}


def test_every_suggestion_shows_its_evidence(vocabulary: Vocabulary) -> None:
    for one in vocabulary.suggest(TEXT):
        assert 0 < one.score < 1
        for span in one.evidence:
            assert TEXT[span.start : span.end] == span.text


def test_the_title_counts_most_and_its_evidence_points_into_it(vocabulary: Vocabulary) -> None:
    title = "New figures on discrimination"
    best = vocabulary.suggest(TEXT, title=title)[0]
    assert best.concept == "discrimination"
    span = best.evidence[0]
    assert (span.field, title[span.start : span.end]) == ("title", "discrimination")


def test_limit_and_schemes_restrict_the_suggestions(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.suggest(TEXT, 2)) == 2
    assert [one.concept for one in vocabulary.suggest(TEXT, schemes=["forms"])] == ["video"]
    assert vocabulary.suggest("") == []


def test_no_more_than_none_are_none(vocabulary: Vocabulary) -> None:
    assert vocabulary.suggest("Asylum", 1)
    assert vocabulary.suggest("Asylum", 0) == vocabulary.suggest("Asylum", -1) == []
