"""Cubes to test with: any that a file could hold, and a small one that a person can follow."""

from datetime import date

import numpy as np
from hypothesis import strategies as st

from contactpoint.figures import flags
from contactpoint.figures.building import Builder
from contactpoint.figures.formats.numbers import said_together
from contactpoint.figures.formats.tsv import roles_of
from contactpoint.figures.model import Cube, Dimension, Origin

PRINTABLE = st.characters(codec="utf-8", exclude_categories=("C", "Z"))
CODES = st.text(PRINTABLE, min_size=1, max_size=5) | st.sampled_from(
    ["=1+1", "+2", "-3", "@x", "'", "a,b", 'a"b', "a;b", ":", "0", "TOTAL", "1e5", "été"]
)
LABELS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=8)
NUMBERS = (
    st.integers(-(2**53), 2**53).map(float)
    | st.floats(-1e300, 1e300, allow_nan=False)
    | st.sampled_from([0.0, 5.0, 0.1, 1e-9, 1e22])
)
FLAGS = st.sets(st.sampled_from(sorted(flags.MEANINGS))).map(lambda found: "".join(sorted(found)))
CELLS = st.tuples(st.none() | NUMBERS, FLAGS)
ORIGINS = st.builds(
    Origin,
    publisher=LABELS.filter(lambda text: text != "ESTAT"),
    dataset=LABELS,
    title=LABELS,
    extracted=st.none() | st.dates(),
    updated=LABELS,
    unit=LABELS,
    aggregate=LABELS,
    address=LABELS,
)


@st.composite
def cubes(draw: st.DrawFn) -> Cube:
    """Any cube of up to four dimensions."""
    names = st.lists(CODES, min_size=1, max_size=4, unique=True)
    ids = draw(names.filter(lambda found: not {"value", "flags"} & set(found)))
    dimensions = []
    for one in ids:
        codes = draw(st.lists(CODES, min_size=1, max_size=4, unique=True))
        labels = draw(st.dictionaries(st.sampled_from(codes), LABELS))
        role = draw(st.sampled_from(["", "time", "geo", "metric"]))
        dimensions.append(Dimension(one, tuple(codes), draw(LABELS), labels, role))
    size = int(np.prod([len(one.codes) for one in dimensions]))
    cells = draw(st.dictionaries(st.integers(0, size - 1), CELLS, min_size=1, max_size=20))
    places = sorted(cells)
    return Cube(
        tuple(dimensions),
        np.array(places, dtype=np.int64),
        np.array([np.nan if cells[at][0] is None else cells[at][0] for at in places]),
        np.array([flags.packed(cells[at][1]) for at in places], dtype=np.uint16),
        draw(ORIGINS),
    )


def cube_of(
    cells: dict[tuple[str, ...], str], ids: tuple[str, ...] = ("geo", "time"), **origin: object
) -> Cube:
    """A cube of cells written as Eurostat's TSV has them: `"5 p"`, `": c"`."""
    builder = Builder("the test", ids)
    for codes, text in cells.items():
        value, bits = said_together(text)
        builder.add(builder.series(codes[:-1], "x"), builder.last(codes[-1], "x"), value, bits)
    made = Origin(publisher="Eurostat", dataset="test", extracted=date(2019, 6, 17))
    cube = builder.cube(made, roles=roles_of(list(ids)))
    return cube.with_origin(**origin)
