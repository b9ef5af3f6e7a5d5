"""What has become of a figure is told of the same cell only, and rounding is no revision."""

from dataclasses import replace

import pytest

from contactpoint.figures import Figure, Reason, history, period, then_and_now, vintage
from contactpoint.figures.published import published
from contactpoint.figures.telling import LANGUAGES, Teller

THEN, NOW = (one.figure for one in published() if one.figure.period.code == "2017")
NONE = replace(THEN, value=None)


def told(language: str, then: Figure | None, now: Figure | None) -> str:
    return (
        Teller(language)
        .since(then_and_now(then, now))
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Then 649,855 (extracted in March 2018), now 654,600 (extracted on 14 March 2019)."),
        ("fr", "Alors 649 855 (extrait en mars 2018), aujourd’hui 654 600 (extrait le 14 mars"
         " 2019)."),
        ("nl", "Toen 649.855 (opgehaald in maart 2018), nu 654.600 (opgehaald op 14 maart 2019)."),
        ("de", "Damals 649.855 (abgerufen im März 2018), heute 654.600 (abgerufen am 14. März"
         " 2019)."),
    ],
)  # fmt: skip
def test_a_figure_that_was_revised(language: str, said: str) -> None:
    assert told(language, THEN, NOW) == said
    revision = then_and_now(THEN, NOW)
    assert (revision.became, revision.difference, revision.is_revised) == ("revised", 4745.0, True)


@pytest.mark.parametrize(
    ("then", "now", "became"),
    [
        (THEN, replace(THEN, vintage=NOW.vintage), "unchanged"),
        (replace(THEN, value=580_800, give=50), replace(NOW, value=580_845, give=0.5), "rounding"),
        (replace(THEN, value=580_800, give=50), replace(NOW, value=580_855, give=0.5), "revised"),
        (replace(THEN, value=100, give=2.5), replace(NOW, value=105, give=2.5), "revised"),
        (None, NOW, "new"),
        (NONE, NOW, "new"),
        (THEN, NONE, "gone"),
        (THEN, None, "gone"),
        (NONE, None, "unknown"),
        (replace(THEN, value=0.0), replace(NOW, value=0.0), "unchanged"),
        (NONE, replace(NOW, value=0.0), "new"),
    ],
)
def test_what_has_become_of_it(then: Figure | None, now: Figure | None, became: str) -> None:
    revision = then_and_now(then, now)
    assert revision.became == became
    assert (revision.difference is not None) == (became == "revised")
    for language in LANGUAGES:
        said = told(language, then, now)
        assert said.endswith(".")
        assert "{" not in said
        assert "–" not in said, "no hole in a sentence"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"geo": "EU27_2020"}, Reason.ANOTHER_AGGREGATE),
        ({"geo": "BE"}, Reason.ANOTHER_PLACE),
        ({"unit": "NR"}, Reason.ANOTHER_UNIT),
        ({"measure": "all applicants"}, Reason.ANOTHER_MEASURE),
        ({"period": period("2018")}, Reason.ANOTHER_PERIOD),
        ({"is_example": True}, Reason.ANOTHER_MEASURE),
    ],
)
def test_figures_of_other_cells_are_no_revision(change: dict[str, object], reason: Reason) -> None:
    revision = then_and_now(THEN, replace(NOW, **change))  # type: ignore[arg-type]
    assert (revision.became, revision.reason) == ("", reason)
    assert told("en", THEN, replace(NOW, **change)).startswith("The figures")  # type: ignore[arg-type]


def test_an_example_is_told_to_be_one() -> None:
    pair = [replace(one, is_example=True) for one in (THEN, NOW)]
    assert told("en", *pair).endswith("(example series, not official figures).")


def test_history_goes_from_vintage_to_vintage() -> None:
    days = [replace(THEN, vintage=vintage(f"2018-0{month}-01")) for month in (1, 2)]
    steps = history([*days, NOW])
    assert [one.became for one in steps] == ["unchanged", "revised"]
    assert history([NOW]) == ()
