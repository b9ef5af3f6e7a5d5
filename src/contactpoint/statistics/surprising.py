"""What a person should look at before a file is stored: the library's surprises and our own."""

from collections.abc import Iterator, Sequence

from contactpoint.figures import Cube, Description, Finding, surprises
from contactpoint.figures.datasets import datasets
from contactpoint.statistics.holding import Before, held
from contactpoint.statistics.models import Extraction
from contactpoint.statistics.packing import Packed
from contactpoint.statistics.plausibility import rounding_of, strange, strangers


def surprising(
    cube: Cube,
    lines: Sequence[Packed],
    known: Description | None,
    last: Extraction | None,
    rounding: float | None = None,
) -> Iterator[Finding]:
    """All that surprises: in where it comes from, in the codes and values, or, where these are as
    they were, in the lines. `known` describes what was there before, `last` is the extraction
    before; `rounding` is to how much the source rounds. One query."""
    yield from _another_publisher(cube, last)
    if not len(cube):
        yield Finding(
            "lost-figure", "the file",
            "Not a single cell has a number. Fetch the file again; if the source has taken all "
            "back, accept it.",
        )  # fmt: skip
        return
    before = Before.of(last) if last else None
    rounded = rounding_of(cube.origin.dataset) if rounding is None else rounding
    found = [*(surprises(cube, known) if known else ()), *strange(cube, before, rounded)]
    if before is None and cube.origin.dataset in datasets():
        found += strangers(cube)
    yield from found
    if last is not None and before is not None and not found and cube.origin.extracted is not None:
        yield from held(lines, before, is_newer=cube.origin.extracted >= last.last)


def _another_publisher(cube: Cube, last: Extraction | None) -> Iterator[Finding]:
    """Whether somebody else than before says the figures; of Eurostat's tables, than Eurostat."""
    now = cube.origin.publisher[:500]
    is_eurostat = cube.origin.dataset in datasets()
    before = "Eurostat" if is_eurostat else last.publisher if last else now
    if now == before or (is_eurostat and (not now or (last and now == last.publisher))):
        return
    yield Finding(
        "another-publisher", "the file",
        f"It comes from {now[:100] or 'nobody it names'}, not from {before[:100] or 'nobody'}. "
        "Pages would name the new one as the source. Fetch the file from the right one, or look "
        "whether it is one, and accept it.",
    )  # fmt: skip
