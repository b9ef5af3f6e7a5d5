"""What differs between two versions."""

from dataclasses import replace

import pytest
from consulting import housing

from contactpoint.consultations.questions import Choice, Instrument, Kind, Question
from contactpoint.consultations.questions.differences import (
    Change,
    Nature,
    What,
    as_data,
    differences,
    from_data,
    is_same_wording,
)


def with_question(instrument: Instrument, code: str, **fields: object) -> Instrument:
    """The instrument with one question changed."""
    return replace(
        instrument,
        sections=tuple(
            replace(
                section,
                questions=tuple(
                    replace(one, **fields) if one.code == code else one  # type: ignore[arg-type]
                    for one in section.questions
                ),
            )
            for section in instrument.sections
        ),
    )


def changes(**fields: object) -> list[tuple[str, str, str]]:
    found = differences(housing(), with_question(housing(), "feasible", **fields))
    return [(one.code, one.what.value, one.nature.value) for one in found]


def test_the_same_instrument_does_not_differ() -> None:
    assert differences(housing(), housing()) == []


@pytest.mark.parametrize(
    ("fields", "what", "nature"),
    [
        ({"labels": {"en": "Are two months enough", "nl": "Volstaan twee maanden?"}},
         "wording", "cosmetic"),
        ({"labels": {"en": "Are three months enough?", "nl": "Volstaan twee maanden?"}},
         "wording", "meaning"),
        ({"labels": {**housing().sections[0].questions[0].labels, "fr": "Suffisent-ils ?"}},
         "wording", "cosmetic"),
        ({"hints": {"en": "From the day of the decision."}}, "hint", "cosmetic"),
        ({"required": ""}, "required", "cosmetic"),
        ({"relevant": "${months} > 2"}, "relevant", "meaning"),
        ({"constraint": ". = 'yes'"}, "constraint", "meaning"),
        ({"kind": Kind.MANY}, "kind", "meaning"),
        ({"longest": 5}, "longest", "cosmetic"),
    ],
)  # fmt: skip
def test_a_change_is_of_meaning_or_cosmetic(
    fields: dict[str, object], what: str, nature: str
) -> None:
    assert changes(**fields) == [("feasible", what, nature)]


def test_choices_are_told_by_each_question_that_offers_them() -> None:
    old = housing()
    choices = (*old.choice_sets["yes_no"], Choice("perhaps", {"en": "Perhaps"}))
    found = differences(old, replace(old, choice_sets={**old.choice_sets, "yes_no": choices}))
    assert found == [Change("feasible", Nature.MEANING, What.CHOICE_ADDED, item="perhaps")]


def test_a_set_that_only_has_another_name_is_the_same() -> None:
    old = housing()
    sets = {**old.choice_sets, "ja_nee": old.choice_sets["yes_no"]}
    new = with_question(replace(old, choice_sets=sets), "feasible", choices="ja_nee")
    assert differences(old, new) == []


def test_questions_that_are_new_gone_or_moved() -> None:
    old = housing()
    first, second = old.sections
    new = replace(
        old,
        sections=(
            replace(first, questions=(first.questions[1], Question("new", Kind.TEXT))),
            replace(second, questions=(*second.questions, first.questions[0])),
        ),
    )
    found = {(one.code, one.what.value) for one in differences(old, new)}
    assert found == {("new", "added"), ("feasible", "moved")}
    gone = replace(old, sections=(replace(first, questions=first.questions[:1]), second))
    assert differences(old, gone) == [Change("months", Nature.MEANING, What.REMOVED)]


def test_of_many_questions_only_the_one_that_was_moved_is_told() -> None:
    questions = tuple(Question(f"q{n}", Kind.TEXT) for n in range(20))
    section = replace(housing().sections[0], questions=questions)
    old = replace(housing(), sections=(section,))
    moved = replace(section, questions=(*questions[1:], questions[0]))
    found = differences(old, replace(old, sections=(moved,)))
    assert [one.code for one in found] == ["q0"]


def test_a_change_is_stored_and_restored() -> None:
    change = Change("a", Nature.MEANING, What.WORDING, "nl", "", "Oud", "Nieuw")
    assert from_data(as_data(change)) == change
    assert as_data(change)["nature"] == "meaning"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("À bientôt !", "A bientot", True), ("Is it?", "It is.", False), ("a  b", "a b", True)],
)
def test_wording_is_the_same_but_for_its_dress(one: str, other: str, same: bool) -> None:
    assert is_same_wording(one, other) is same
