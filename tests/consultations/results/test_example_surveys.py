"""The surveys of the demo: marked as examples, and true to what was published of the real one."""

import pytest

from contactpoint.consultations.actions.example_surveys import load_example_surveys
from contactpoint.consultations.models import Round
from contactpoint.consultations.results.gathering import gathered, public_tables
from contactpoint.consultations.tables.comparing import Unlike, compared


@pytest.fixture
def _loaded(db: None) -> None:
    assert load_example_surveys() == 3


@pytest.mark.usefixtures("_loaded")
def test_half_say_in_both_waves_that_two_months_are_not_feasible() -> None:
    for code in ("housing-of-beneficiaries-2017", "housing-of-beneficiaries-2019"):
        tables = public_tables(Round.objects.get(code=code))
        assert tables is not None
        feasible = tables.tallies["feasible"]
        assert round(feasible.share("no").share or 0, 2) == 0.5
        assert 0.17 < (feasible.share("exceptionally").share or 0) < 0.2


@pytest.mark.usefixtures("_loaded")
def test_the_second_wave_shows_what_may_be_compared_and_what_may_not() -> None:
    first, second = Round.objects.filter(instrument__code="housing-of-beneficiaries").order_by("pk")
    before, after = first.version.asked(), second.version.asked()
    assert len(compared(before, after, "feasible").reworded) == 4
    assert compared(before, after, "obstacles").unlike is Unlike.CHOICES
    assert compared(before, after, "help").unlike is None
    assert second.previous == first


@pytest.mark.usefixtures("_loaded")
def test_examples_are_marked_in_four_languages_and_made_once() -> None:
    for one in Round.objects.all():
        assert one.is_example
        assert set(one.labels) == {"en", "fr", "nl", "de"}
        found = gathered(one)
        assert found is not None
        for question in found.instrument.questions():
            assert set(question.labels) == {"en", "fr", "nl", "de"}
    assert load_example_surveys() == 0


@pytest.mark.usefixtures("_loaded")
def test_the_survey_of_users_is_open_and_anonymous() -> None:
    users = Round.objects.get(code="users-of-the-glossary")
    assert (users.status, users.is_anonymous) == ("open", True)
