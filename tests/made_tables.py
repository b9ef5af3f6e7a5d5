"""Tables of figures to take away, made up: plain ones, and whatever hypothesis thinks of."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from contactpoint.figures import Figure, Period, Vintage, period
from contactpoint.figures.flags import MEANINGS
from contactpoint.statistics.offering.tables import Part, Table

DAY = date(2019, 6, 17)
JUNE = Vintage(DAY, DAY)
Said = Mapping[str, Mapping[str, float | str | None]]
"""By place and period: a number, flags where there is none, or None."""


def part(said: Said, **more: Any) -> Part:
    """One indicator; a text is a figure without value and with these flags."""
    options: dict[str, Any] = {
        "name": "first-time-applicants",
        "label": "First-time applicants",
        "unit": "PER",
        "dataset": "migr_asyappctzm",
        "vintage": JUNE,
        "changed": datetime(2019, 6, 17, 9, 30, tzinfo=UTC),
        "give": 2.5,
    } | more
    lines = {
        geo: {
            period(code): Figure(
                None if isinstance(value, str) else value,
                period(code),
                geo,
                unit=options["unit"],
                flags=value if isinstance(value, str) else "",
                vintage=options["vintage"],
            )
            for code, value in cells.items()
        }
        for geo, cells in said.items()
    }
    return Part(lines=lines, **options)


def table(*parts: Part, language: str = "en", **more: Any) -> Table:
    """At an address like those of the portal."""
    options: dict[str, Any] = {
        "title": "First-time applicants",
        "page": f"https://portal.example/{language}/statistics/first-time-applicants/",
        "address": f"https://portal.example/{language}/statistics/first-time-applicants",
        "name": "first-time-applicants",
    }
    return Table(language=language, parts=parts, **(options | more))


TEXTS = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12
) | st.sampled_from(["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'", 'a"b', "a,b\nc"])
VALUES = (
    st.none()
    | st.sampled_from([0.0, 5.0, -3.0, 0.1])
    | st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)
)
FLAGS = st.sets(st.sampled_from(sorted(MEANINGS)), max_size=3).map(lambda one: "".join(sorted(one)))
PERIODS = st.builds(
    lambda year, number, frequency: Period(year, 1, frequency).shifted(number),
    st.integers(1990, 2030),
    st.integers(0, 12),
    st.sampled_from("AQM"),
)


@st.composite
def parts(draw: Any, name: str) -> Part:
    """One indicator with holes, flags and texts that spreadsheets stumble over."""
    first = draw(PERIODS)
    unit = draw(st.sampled_from(["PER", "NR", "P_MHAB"]))
    lines = {}
    for geo in draw(st.lists(st.sampled_from(["BE", "EL", "EU28", "EU27_2020"]), unique=True)):
        cells = draw(
            st.dictionaries(st.integers(0, 8), st.tuples(VALUES, FLAGS), min_size=1, max_size=6)
        )
        lines[geo] = {
            when: Figure(value, when, geo, unit=unit, flags=flags, vintage=JUNE)
            for when, value, flags in (
                (first.shifted(at), value, flags) for at, (value, flags) in cells.items()
            )
        }
    return Part(
        name, draw(TEXTS), lines, unit=unit, dataset="migr_asyappctzm", vintage=JUNE,
        definition=draw(TEXTS), is_computed=draw(st.booleans()), is_example=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def tables(draw: Any) -> Table:
    """Up to three indicators, in any language."""
    names = draw(st.lists(st.sampled_from(["one", "two", "three"]), unique=True, max_size=3))
    return table(
        *(draw(parts(name)) for name in names),
        title=draw(TEXTS),
        language=draw(st.sampled_from(["en", "fr", "nl", "de"])),
    )
