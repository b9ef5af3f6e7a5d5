"""What is packed into a line comes out of it as it went in, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_cubes import FLAGS, NUMBERS, cube_of

from contactpoint.figures import Figure, Period, UnreadableError, period
from contactpoint.figures import flags as flagging
from contactpoint.figures.building import Builder
from contactpoint.figures.model import Origin
from contactpoint.statistics.packing import (
    Packed,
    at_ordinal,
    checksum,
    key_of,
    ordinal,
    packed,
    packed_figures,
)
from contactpoint.statistics.unpacking import Unpacked

TIMES = st.one_of(
    st.builds("{0}".format, st.integers(1990, 2030)),
    st.builds("{0}-Q{1}".format, st.integers(1990, 2030), st.integers(1, 4)),
    st.builds("{0}-{1:02}".format, st.integers(1990, 2030), st.integers(1, 12)),
)
CELLS = st.dictionaries(
    st.tuples(st.sampled_from("AB"), st.sampled_from(["BE", "EL", "EU28"]), TIMES),
    st.tuples(st.none() | NUMBERS, FLAGS),
    min_size=1,
    max_size=30,
)


def opened(line: Packed) -> Unpacked:
    template = Figure(None, Period(1, 1, "A"), line.geo, line.measure, give=2.5)
    cells = (line.begins, line.values, line.flags, line.gives)
    return Unpacked(template, line.frequency, cells)


@given(CELLS)
def test_every_cell_comes_back_and_no_other(
    cells: dict[tuple[str, str, str], tuple[float | None, str]],
) -> None:
    builder = Builder("the test", ("kind", "geo", "time"))
    for key, (value, flags) in cells.items():
        number = float("nan") if value is None else value
        builder.add(
            builder.series(key[:-1], "x"), builder.last(key[-1], "x"), number,
            flagging.packed(flags),
        )  # fmt: skip
    found = {
        (line.measure.removeprefix("kind="), line.geo, one.period.code): (one.value, one.flags)
        for line in packed(builder.cube(Origin()))
        for one in opened(line).figures()
    }
    assert found == cells


def test_none_and_not_there_are_kept_apart() -> None:
    cube = cube_of({("BE", "2018-10"): "5 p", ("BE", "2018-11"): ": c", ("BE", "2019-01"): "0"})
    (line,) = map(opened, packed(cube))
    assert len(line) == 4
    assert line.values == [5.0, None, None, 0.0]
    said = line.at(period("2018-11"))
    assert said is not None
    assert (said.value, said.flags) == (None, "c")
    assert line.at(period("2018-12")) is None
    assert (
        line.at(period("2017-12")) is line.at(period("2019-02")) is line.at(period("2018")) is None
    )
    assert line.latest is not None
    assert (line.latest.value, line.latest.period.code) == (0.0, "2019-01")


def test_a_part_of_a_line_is_enough() -> None:
    cube = cube_of({("BE", f"20{year}"): str(year) for year in range(10, 20)})
    (line,) = map(opened, packed(cube))
    part = line.figures(period("2012"), period("2014"))
    assert [one.period.code for one in part] == ["2012", "2013", "2014"]
    assert len(line.figures(period("1950"), period("2050"))) == 10


@given(st.integers(1, 9999), st.sampled_from(["A", "S", "Q", "M"]), st.integers(0, 11))
def test_a_period_has_one_number(year: int, frequency: str, place: int) -> None:
    length = {"A": 12, "S": 6, "Q": 3, "M": 1}[frequency]
    when = Period(year, place // length * length + 1, frequency)  # type: ignore[arg-type]
    assert at_ordinal(ordinal(when), when.frequency) == when
    assert ordinal(when.shifted(1)) == ordinal(when) + 1


def test_a_period_that_is_mistyped_takes_no_room() -> None:
    cube = cube_of({("BE", "1018-12"): "5", ("BE", "2018-12"): "6"})
    with pytest.raises(UnreadableError, match=r"geo BE: from 1018-12 to 2018-12 are 12,001"):
        list(packed(cube))


def test_a_figure_keeps_a_rounding_of_its_own() -> None:
    rough = Figure(151_000.0, period("2018-Q4"), "EU28", give=500.0)
    exact = Figure(580_845.0, period("2018-Q2"), "EU28", flags="p", give=2.5)
    (line,) = packed_figures("measure=x", [rough, exact])
    found = opened(line)
    first, last = found.at(period("2018-Q2")), found.at(period("2018-Q4"))
    assert first is not None
    assert last is not None
    assert (first.value, first.flags, first.give) == (580_845.0, "p", 2.5)
    assert (last.value, last.give) == (151_000.0, 500.0)
    assert found.at(period("2018-Q3")) is None


def test_a_checksum_is_of_figures_and_not_of_their_order() -> None:
    one, other = (
        list(packed(cube_of({("BE", "2018"): "5", ("DE", "2018"): value})))
        for value in ("6", "6 p")
    )
    assert checksum(one) == checksum(one[::-1])
    assert checksum(one) != checksum(other)
    assert checksum(one, "PER") != checksum(one, "NR")


def test_a_long_measure_has_a_short_key() -> None:
    assert len(key_of("x" * 5000)) == 32
    assert key_of("a=1\tb=2") != key_of("a=1\tb=3")


def test_minus_zero_is_zero() -> None:
    one, other = (list(packed(cube_of({("BE", "2018"): value}))) for value in ("0", "-0"))
    assert checksum(one) == checksum(other)
