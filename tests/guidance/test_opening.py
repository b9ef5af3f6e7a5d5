"""Opening hours."""

import pytest

from contactpoint.guidance import opening
from contactpoint.guidance.wording import words


def test_lines_become_rows_and_lines_again() -> None:
    rows = opening.from_lines("mo-fr 09:00-17:00\n\nSA 10:00 – 12:00\n")
    assert rows[1] == {"days": "sa", "opens": "10:00", "closes": "12:00"}
    assert opening.to_lines(rows) == "mo-fr 09:00-17:00\nsa 10:00-12:00"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("always", "Line 1: write days and times, such as mo-fr 09:00-17:00."),
        ("su-mo 09:00-10:00", "Line 1: “su-mo” goes backwards"),
        ("mo 17:00-09:00", "Line 1: 09:00 is not after 17:00."),
        ("mo 09:00-29:00", "Line 1: 09:00–29:00: write times such as 09:00 and 17:00."),
    ],
)
def test_a_line_that_cant_be_read_is_named(line: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        opening.from_lines(line)


def test_times_keep_their_direction() -> None:
    told = opening.told([{"days": "mo-fr", "opens": "09:00", "closes": "17:00"}], words("en"))
    assert told == [
        '<bdi>Monday</bdi> to <bdi>Friday</bdi> <bdi dir="ltr" class="nowrap">09:00–17:00</bdi>'
    ]


def test_on_paper_signs_keep_their_direction() -> None:
    rows = [{"days": "mo-fr", "opens": "09:00", "closes": "17:00"}]
    assert opening.printed(rows, words("en")) == [
        "\u2068Monday\u2069 to \u2068Friday\u2069 \u206609:00–17:00\u2069"
    ]
