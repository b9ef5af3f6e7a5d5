"""What is counted of each kind of question, and what of it the public gets."""

from dataclasses import replace
from decimal import Decimal

from consulting import PLACES, YES_NO, housing

from contactpoint.consultations.questions import Choice, Instrument, Kind, Question, Section
from contactpoint.consultations.tables.comparing import Reworded, Unlike, compared, rows
from contactpoint.consultations.tables.hiding import hidden_of_row, hidden_of_table
from contactpoint.consultations.tables.numbers import classes, merged, summary
from contactpoint.consultations.tables.publishing import published
from contactpoint.consultations.tables.sheets import CHOSEN, Respondent, Sheet, sheet
from contactpoint.consultations.tables.tallies import Reason, counted


def _said(**values: object) -> Respondent:
    asked = {"feasible", "months"} | (
        {"places", "why"} if values.get("feasible") == "no" else set()
    )
    return Respondent(values, frozenset(asked))  # type: ignore[arg-type]


def _housing(yes: int = 20, no: int = 12) -> Sheet:
    said = [_said(feasible="yes", months=at % 4 + 1) for at in range(yes)]
    said += [_said(feasible="no", places=["flat"] if at % 2 else ["room"]) for at in range(no)]
    return sheet(housing(), said)


def test_shares_are_of_those_who_were_asked() -> None:
    tables = counted(_housing())
    flat = tables.tallies["places/flat"]
    assert (flat.counts[CHOSEN], flat.asked) == (6, 12)
    assert tables.tallies["feasible"].share("yes").share == 20 / 32
    assert tables.tallies["months"].missing == 12
    assert tables.tallies["why"].asked == 12


def test_a_matrix_is_counted_by_row_and_a_ranking_by_first_places_and_mean_ranks() -> None:
    asked = Instrument(
        "test",
        ("en",),
        sections=(
            Section(
                "all",
                questions=(
                    Question(
                        "rows", Kind.MATRIX, choices="answers", rows=(Choice("a"), Choice("b"))
                    ),
                    Question("order", Kind.RANKING, choices="places"),
                ),
            ),
        ),
        choice_sets={"answers": YES_NO, "places": PLACES},
    )
    both = frozenset({"rows", "order"})
    people = [
        Respondent({"rows": {"a": "yes"}, "order": ["flat", "room", "none"]}, both),
        Respondent({"rows": {"a": "no", "b": "no"}, "order": ["flat", "none", "room"]}, both),
        Respondent({"order": ["room"]}, both),
    ]
    tables = counted(sheet(asked, people))
    assert tables.tallies["rows/a"].counts == {"yes": 1, "no": 1}
    assert tables.tallies["rows/b"].missing == 2
    assert tables.tallies["order"].counts == {"flat": 2, "room": 1, "none": 0}
    assert tables.ranks["order"] == {"flat": 1, "room": Decimal("2.5"), "none": Decimal("2.5")}


def test_numbers_have_quartiles_and_classes_of_one_width() -> None:
    numbers = [Decimal(one) for one in (1, 2, 3, 4, 40)]
    said = summary(numbers)
    assert said is not None
    assert (said.lower, said.median, said.upper) == (2, 3, 4)
    found = classes(numbers)
    assert [one.code for one in found][:2] == ["..5", "5..10"]
    assert sum(one.holds(Decimal(4)) for one in found) == 1
    counts = [sum(one.holds(each) for each in numbers) for one in found]
    assert [one.code for one in merged(found, counts, 2)] == [".."]
    assert [one.code for one in merged(found, [4, 1, 1, *[0] * 5, 2], 2)] == [
        "..5",
        "5..15",
        "15..",
    ]
    assert [one.code for one in classes([Decimal(1), Decimal(3)])] == ["..2", "2..3", "3.."]


def test_a_small_number_takes_another_with_it_and_a_complement_too() -> None:
    assert hidden_of_row({"a": 40, "b": 9, "c": 3}, 5) == {"b", "c"}
    assert hidden_of_row({"a": 40, "b": 0}, 5) == {"a", "b"}
    assert hidden_of_row({"a": 40, "b": 1, "c": 1, "d": 7}, 5) == {"b", "c", "d"}
    assert hidden_of_row({"a": 40, "b": 5}, 5) == frozenset()
    assert hidden_of_row({"a": 4}, 5) == {"a"}


def test_a_cross_table_hides_a_rectangle_around_a_small_cell_and_no_more() -> None:
    hidden = hidden_of_table([[3, 20, 30], [20, 9, 40], [30, 40, 50]], 5)
    assert hidden == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert hidden_of_table([[9, 9], [9, 9]], 5) == frozenset()


def test_a_row_that_is_known_from_elsewhere_and_small_forbids_the_table() -> None:
    assert hidden_of_table([[9, 9], [2, 9]], 5, fixed=[1]) is None


def test_of_a_handful_nothing_is_published() -> None:
    tables = published(_housing(3, 1), 5)
    assert not tables.tallies
    assert set(tables.omitted.values()) == {Reason.FEW}


def test_a_question_that_tells_of_a_hidden_answer_is_left_out() -> None:
    """Twenty say yes, three no: how many were asked the next question would tell."""
    tables = published(_housing(20, 3), 5)
    assert "feasible" in tables.omitted
    assert tables.omitted["places"] in (Reason.FEW, Reason.DEPENDS)
    assert tables.respondents == 23


def test_numbers_in_public_stand_in_classes_of_which_none_is_small_and_without_extremes() -> None:
    people = [_said(feasible="yes", months=at) for at in [*([2] * 9), *([3] * 8), *([6] * 7), 30]]
    tables = published(sheet(housing(), people), 5)
    assert min(count or 0 for count in tables.tallies["months"].counts.values()) >= 5
    said = tables.summaries["months"]
    assert (said.median, said.least, said.greatest) == (3, None, None)


def test_a_question_with_other_choices_is_not_compared_and_says_which() -> None:
    before = housing()
    sets = {**before.choice_sets, "places": (*PLACES[:2], Choice("house", {"en": "A house"}))}
    found = compared(before, replace(before, choice_sets=sets), "places")
    assert (found.unlike, found.added, found.removed) == (Unlike.CHOICES, ("house",), ("none",))
    assert compared(before, before, "never-asked").unlike is Unlike.NEW


def test_other_words_for_the_same_choices_are_compared_and_told_by_language() -> None:
    before = housing()
    section = before.sections[0]
    question = replace(
        section.questions[0], labels={"en": "Is it feasible?", "nl": "Volstaan twee maanden?"}
    )
    changed = replace(section, questions=(question, *section.questions[1:]))
    after = replace(before, sections=(changed, *before.sections[1:]))
    found = compared(before, after, "feasible")
    assert found.unlike is None
    assert found.reworded == (Reworded("en", "", "Are two months enough?", "Is it feasible?"),)
    assert compared(before, after, "feasible", new_meanings=["feasible"]).has_new_meaning


def test_two_waves_stand_beside_each_other_with_the_interval_of_their_difference() -> None:
    found = rows(counted(_housing(20, 12)), counted(_housing(10, 22)), "feasible")
    assert [one.category for one in found] == ["yes", "no"]
    assert found[0].difference == 10 / 32 - 20 / 32
    assert found[0].interval is not None
    assert not found[0].interval.spans_zero
    hidden = rows(published(_housing(20, 12), 5), published(_housing(30, 2), 5), "feasible")
    assert hidden == []
