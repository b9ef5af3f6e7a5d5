"""A suggester ranks by the words of labels, says which words spoke, and never fails on a text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contactpoint.vocabulary import Vocabulary, VocabularyError
from contactpoint.vocabulary.learning.lexical import in_batches
from contactpoint.vocabulary.learning.suggester import Suggester

TEXT = "Local reception initiatives look for housing."


def test_a_whole_label_goes_before_a_part_of_one(topics_suggester: Suggester) -> None:
    ranked = [one.concept for one in topics_suggester.suggest(TEXT, language="en")]
    assert set(ranked[:2]) == {"housing", "local-reception-initiative"}


def test_part_of_a_label_is_enough_to_be_suggested(untaught: Suggester) -> None:
    found = untaught.suggest("Konst från norr", language="sv")
    assert "prehistoric art" in [one.label for one in found]


def test_every_suggestion_shows_the_words_that_speak_for_it(topics_suggester: Suggester) -> None:
    found = topics_suggester.suggest(TEXT, language="en")
    assert found
    for one in found:
        assert 0 < one.score < 1
        assert one.evidence
        for span in one.evidence:
            assert TEXT[span.start : span.end] == span.text


def test_spans_of_the_title_point_into_the_title(topics_suggester: Suggester) -> None:
    title = "Discrimination on the rise"
    found = topics_suggester.suggest(TEXT, language="en", title=title)
    fields = {one.concept: one.evidence[0] for one in found}
    assert fields["discrimination"].field == "title"
    assert title[fields["discrimination"].start : fields["discrimination"].end] == "Discrimination"
    span = fields["housing"]
    assert (span.field, TEXT[span.start : span.end]) == ("text", "housing")


def test_limit_and_schemes_restrict_the_suggestions(topics_suggester: Suggester) -> None:
    assert len(topics_suggester.suggest(TEXT, 1, language="en")) == 1
    found = topics_suggester.suggest(TEXT + " A video.", language="en", schemes=["forms"])
    assert [one.concept for one in found] == ["video"]


def test_a_language_that_it_was_not_made_for_is_one_sentence(topics_suggester: Suggester) -> None:
    with pytest.raises(VocabularyError, match="not made for texts in 'fr', but for de, en, nl, sv"):
        topics_suggester.suggest("maison", language="fr")


def test_a_vocabulary_ranks_by_it_when_asked(
    vocabulary: Vocabulary, topics_suggester: Suggester
) -> None:
    text = "An initiative for those who look for a house."
    strict = vocabulary.suggest(text, language="en")
    generous = vocabulary.suggest(text, language="en", ranker=topics_suggester)
    assert not strict
    assert "local-reception-initiative" in [one.concept for one in generous]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=120), max_size=40))
def test_texts_together_get_what_each_gets_alone(taught: Suggester, texts: list[str]) -> None:
    together = taught.suggest_all(texts, language="fi")
    assert together == [taught.suggest(text, language="fi") for text in texts]
    for text, found in zip(texts, together, strict=True):
        assert all(text[s.start : s.end] == s.text for one in found for s in one.evidence)
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_long_texts_go_through_few_at_a_time() -> None:
    texts = ["short"] * 40 + ["long " * 2000] * 3 + ["short"]
    slices = list(in_batches(texts, 100))
    assert [text for one in slices for text in texts[one]] == texts
    assert [one.stop - one.start for one in slices] == [32, 8, 1, 1, 1, 1]
    assert list(in_batches([], 100)) == []
    assert [one.stop for one in in_batches(["short"] * 9, 300_000)] == [3, 6, 9]
