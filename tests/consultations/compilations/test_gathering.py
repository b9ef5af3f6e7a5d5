"""What a compilation holds, for whom, and in how many queries."""

import datetime
from typing import Any

import pytest
from consulting import housing, made_query, state_answers

from contactpoint.consultations.compilations.compilation import Compilation
from contactpoint.consultations.compilations.counting import tallies
from contactpoint.consultations.compilations.gathering import compiled, compiled_all, found_round
from contactpoint.consultations.models import Answer, Attachment, Round
from contactpoint.consultations.reaching import Circle

TODAY = datetime.date(2019, 6, 1)


def public(query: Round, language: str = "en") -> Compilation:
    found = found_round(Circle.PUBLIC, query.code)
    assert found is not None
    return compiled(found, Circle.PUBLIC, language, today=TODAY)


def network(query: Round) -> Compilation:
    return compiled(query, Circle.NETWORK, "en", today=TODAY)


def test_the_network_sees_all_that_was_sent_and_the_public_what_is_wide(query: Round) -> None:
    assert set(network(query).given) == {
        *(("BE", code) for code in ("feasible", "months", "places", "why")),
        *(("FR", code) for code in ("feasible", "why")),
        *(("NL", code) for code in ("feasible", "why")),
    }
    found = public(query)
    assert [state.code for state in found.states] == ["BE", "NL"]
    assert ("BE", "months") not in found.given


def test_the_public_version_is_the_same_as_if_restricted_answers_had_never_been_given(
    query: Round,
) -> None:
    before = public(query)
    Answer.objects.exclude(dissemination="wide").delete()
    assert public(query) == before
    assert public(query).fingerprint() == before.fingerprint()


def test_what_changes_for_the_public_changes_its_fingerprint(query: Round) -> None:
    before = public(query).fingerprint()
    Answer.objects.filter(question="months").update(remark="another", value=9)
    assert public(query).fingerprint() == before
    Answer.objects.filter(question="why", response__country__code="NL").update(value="new")
    assert public(query).fingerprint() != before


def test_counts_are_of_the_states_whose_answer_the_circle_knows(query: Round) -> None:
    for found, yes, of in ((network(query), 2, 3), (public(query), 1, 2)):
        question = found.questions[0]
        counted = tallies(found, question, question.columns[0])
        assert [(one.option.code, one.number, one.of) for one in counted] == [
            ("yes", yes, of),
            ("no", 1, of),
        ]


def test_closed_answers_are_told_in_the_readers_language_and_words_in_their_own(
    query: Round,
) -> None:
    found = public(query, "fr")
    assert found.title.text == "Logement"
    closed, opened = found.given["NL", "feasible"], found.given["NL", "why"]
    assert (closed.text, closed.language) == ("Oui", "fr")
    assert (opened.text, opened.language) == ("other words", "en")


def test_a_source_leads_nowhere_that_a_reader_should_not_be_sent(query: Round) -> None:
    sources = public(query).given["BE", "feasible"].sources
    assert [(one.title, one.url) for one in sources] == [
        ("A law", "https://example.org/law"),
        ("Bad", ""),
    ]


def test_an_answer_holds_until_its_day_or_for_a_year(query: Round) -> None:
    given = public(query).given["BE", "why"]
    assert (given.valid_until, given.is_past) == (datetime.date(2020, 5, 20), False)
    rows = Answer.objects.filter(question="why", response__country__code="BE")
    rows.update(valid_until=datetime.date(2019, 5, 31))
    assert public(query).given["BE", "why"].is_past
    rows.update(valid_until=None, confirmed_on=datetime.date(2019, 5, 30))
    assert public(query).given["BE", "why"].valid_until == datetime.date(2020, 5, 30)


def test_a_file_is_as_public_as_its_answer(query: Round) -> None:
    response = query.responses.get(country__code="BE")
    for code in ("why", "months"):
        Attachment.objects.create(
            response=response, question=code, reference=f"ref-{code}", name=f"{code}.pdf",
            media_type="application/pdf", size=3, checksum="0", content=b"pdf",
        )  # fmt: skip
    assert [one.name for one in public(query).given["BE", "why"].files] == ["why.pdf"]
    assert [one.name for one in network(query).given["BE", "months"].files] == ["months.pdf"]


def test_nothing_is_there_before_the_round_is_public(query: Round) -> None:
    Round.objects.update(published_at=None)
    assert found_round(Circle.PUBLIC, query.code) is None


@pytest.mark.django_db
def test_many_rounds_cost_as_many_queries_as_one(django_assert_num_queries: Any) -> None:
    rounds = []
    for number in range(4):
        made = made_query(asked=housing(f"q{number}"))
        for code in ("BE", "NL", "FR", "DE"):
            state_answers(made, code, {"feasible": "yes", "why": "words"})
        rounds.append(found_round(Circle.PUBLIC, made.code))
    with django_assert_num_queries(2):
        compiled_all(rounds[:1], Circle.PUBLIC, "en")
    with django_assert_num_queries(2):
        assert len(compiled_all(rounds, Circle.PUBLIC, "en")) == 4
