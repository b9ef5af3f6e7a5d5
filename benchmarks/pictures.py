"""What a picture costs: CPU, bytes, and a PNG of it.

Each picture is drawn of other values every time, in the sizes that a page has: 156 months, 32
countries, four parts. CPU is that of this process on one thread, as the median of batches, its
points and the words of its numbers included; a page has two drawings of a picture, wide and narrow.
A PNG is drawn by a process of its own, whose CPU the system counts.

With `--peers PYTHON`, the interpreter of an environment that has pygal, matplotlib,
vl-convert-python or resvg-py, those of them that are there draw the same values in the same run.

    python benchmarks/pictures.py [--quick] [--json FILE] [--peers PYTHON]
"""

import argparse
import gzip
import importlib.util
import io
import json
import platform
import random
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

MONTHS = [f"{year}-{month:02}" for year in range(2007, 2020) for month in range(1, 13)]
QUARTERS = [f"{year}-Q{number}" for year in range(2010, 2020) for number in range(1, 5)]
COUNTRIES = (
    "BE", "BG", "CZ", "DK", "DE", "EE", "IE", "EL", "ES", "FR", "HR", "IT", "CY", "LV", "LT", "LU",
    "HU", "MT", "NL", "AT", "PL", "PT", "RO", "SI", "SK", "FI", "SE", "IS", "LI", "NO", "CH", "UK",
)  # fmt: skip
PARTS = ["Refugee status", "Subsidiary protection", "Humanitarian reasons", "Rejected"]
SAID = {
    "title": "First-time asylum applicants",
    "description": "In the third quarter of 2019 there were 14 % more than in the quarter before.",
}


class Values:
    """Other figures each time, the same in every run."""

    def __init__(self) -> None:
        self.random = random.Random(7)

    def many(self, count: int) -> list[float]:
        value = self.random.uniform(500, 30_000)
        found = []
        for _ in range(count):
            value *= self.random.uniform(0.9, 1.1)
            found.append(5.0 * round(value / 5))
        return found


def number(value: float) -> str:
    return f"{value:,.0f}"


def ours() -> dict[str, Callable[[Values], str]]:
    """Each kind, for a page; the sparkline is one drawing."""
    from contactpoint.kit import picturing as kit  # noqa: PLC0415 — peers have no portal

    def series(name: str, labels: Sequence[str], values: Values) -> kit.Series:
        found = zip(labels, values.many(len(labels)), strict=True)
        points = (
            kit.Point(label, value, tick=label[:4] if label.endswith("-01") else "", code=label)
            for label, value in found
        )
        return kit.Series(name, tuple(points))

    def page(draw: Callable[..., str], make: Callable[[Values], Any]) -> Callable[[Values], str]:
        return lambda values: kit.for_page(draw, make(values), name="one", number=number, **SAID)

    return {
        "line, 156 months": page(kit.line, lambda v: [series("Belgium", MONTHS, v)]),
        "line, 4 countries, 40 quarters": page(
            kit.line, lambda v: [series(name, QUARTERS, v) for name in COUNTRIES[:4]]
        ),
        "bars, 32 countries": page(kit.bars, lambda v: series("", COUNTRIES, v)),
        "columns, 40 quarters": page(kit.columns, lambda v: series("", QUARTERS, v)),
        "stacked, 4 parts, 40 quarters": page(
            kit.stacked, lambda v: [series(name, QUARTERS, v) for name in PARTS]
        ),
        "dumbbell, 32 countries": page(
            kit.dumbbell, lambda v: (series("2018", COUNTRIES, v), series("2019", COUNTRIES, v))
        ),
        "tiles, 32 countries": page(kit.tiles, lambda v: series("", COUNTRIES, v)),
        "sparkline, 24 months": lambda v: kit.sparkline(
            series("", MONTHS[:24], v), name="one", **SAID
        ),
    }


def pygal_line() -> Callable[[Values], str]:
    import pygal  # noqa: PLC0415

    def draw(values: Values) -> str:
        chart = pygal.Line(show_dots=False, width=640, height=280, title=SAID["title"])
        chart.x_labels = MONTHS
        chart.add("Belgium", values.many(len(MONTHS)))
        return chart.render(is_unicode=True)

    return draw


def matplotlib_line() -> Callable[[Values], str]:
    import matplotlib as mpl  # noqa: PLC0415

    mpl.use("svg")
    from matplotlib import pyplot  # noqa: PLC0415

    def draw(values: Values) -> str:
        figure, axes = pyplot.subplots(figsize=(6.4, 2.8))
        axes.plot(range(len(MONTHS)), values.many(len(MONTHS)))
        axes.set_title(SAID["title"])
        out = io.StringIO()
        figure.savefig(out, format="svg")
        pyplot.close(figure)
        return out.getvalue()

    return draw


def vega_line() -> Callable[[Values], str]:
    import vl_convert  # noqa: PLC0415

    def draw(values: Values) -> str:
        rows = [
            {"month": month, "value": value}
            for month, value in zip(MONTHS, values.many(len(MONTHS)), strict=True)
        ]
        return vl_convert.vegalite_to_svg({
            "data": {"values": rows}, "mark": "line", "width": 600, "height": 240,
            "encoding": {"x": {"field": "month", "type": "ordinal"},
                         "y": {"field": "value", "type": "quantitative"}},
        })  # fmt: skip

    return draw


PEERS = {"pygal": pygal_line, "matplotlib": matplotlib_line, "vl_convert": vega_line}


def measure(draw: Callable[[Values], str], batches: int, batch: int) -> dict[str, float]:
    """The median of batches; a first one isn't counted, in which the process learns labels."""
    values, times, sizes, packed = Values(), [], [], []
    for number_of_batch in range(batches + 1):
        before = time.process_time()
        drawn = [draw(values) for _ in range(batch)]
        spent = (time.process_time() - before) / batch
        if number_of_batch:
            times.append(spent)
        sizes.append(len(drawn[0].encode()))
        packed.append(len(gzip.compress(drawn[0].encode(), 6)))
    return {
        "cpu_ms": round(1000 * statistics.median(times), 3),
        "bytes": statistics.median(sizes),
        "gzipped": statistics.median(packed),
    }


def measure_png(repeats: int) -> dict[str, Any]:
    """One post, in its own process each time."""
    from contactpoint.kit.picturing import Frame, Point, Series, line, post  # noqa: PLC0415
    from contactpoint.kit.picturing.png import png  # noqa: PLC0415

    values = Values()
    points = tuple(map(Point, MONTHS, values.many(len(MONTHS))))
    frame = Frame(SAID["title"], "Source: Eurostat (migr_asyappctzm)")
    sheet = post(line, [Series("Belgium", points)], frame, name="one", number=number, **SAID)
    cpu, clock, size = [], [], 0
    for _ in range(repeats):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        size = len(png(sheet, 1200))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        clock.append(time.perf_counter() - began)
        cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "cpu_ms": round(1000 * statistics.median(cpu)),
        "clock_ms": round(1000 * statistics.median(clock)),
        "bytes": size,
        "peak_mb": round(peak),
        "sheet": sheet,
    }


def measure_resvg(sheet: str, repeats: int) -> dict[str, float]:
    """The same sheet, in a process that has resvg loaded already; it reads the fonts each time."""
    import resvg_py  # noqa: PLC0415

    fonts = str(Path(__file__).parents[1] / "src/contactpoint/kit/composing/fonts")
    times, drawn = [], b""
    for _ in range(repeats):
        before = time.process_time()
        drawn = resvg_py.svg_to_bytes(
            svg_string=sheet, width=1200, skip_system_fonts=True, font_dirs=[fonts]
        )
        times.append(time.process_time() - before)
    return {"cpu_ms": round(1000 * statistics.median(times)), "bytes": len(drawn)}


def in_peers(batches: int, batch: int, sheet: Path) -> dict[str, Any]:
    """Inside the other environment: whatever of them it has."""
    found: dict[str, Any] = {
        name: measure(make(), batches, batch)
        for name, make in PEERS.items()
        if importlib.util.find_spec(name)
    }
    if importlib.util.find_spec("resvg_py"):
        found["resvg_py"] = measure_resvg(sheet.read_text(encoding="utf-8"), batches)
    return found


def peers(python: str, batches: int, batch: int, sheet: str) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile("w", suffix=".svg", encoding="utf-8") as file:
        file.write(sheet)
        file.flush()
        done = subprocess.run(
            [python, __file__, "--in-peers", file.name, str(batches), str(batch)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few repetitions")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    parser.add_argument("--peers", help="the interpreter of an environment with other libraries")
    parser.add_argument("--in-peers", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.in_peers:
        sheet, batches, batch = chosen.in_peers
        print(json.dumps(in_peers(int(batches), int(batch), Path(sheet))))
        return
    batches, batch = (5, 5) if chosen.quick else (15, 40)
    result: dict[str, Any] = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "pictures": {name: measure(draw, batches, batch) for name, draw in ours().items()},
    }
    engraved = measure_png(2 if chosen.quick else 9)
    sheet = engraved.pop("sheet")
    result["png"] = engraved
    if chosen.peers:
        result["peers"] = peers(chosen.peers, batches, max(1, batch // 20), sheet)
    for name, row in result["pictures"].items():
        print(f"{name:32} {row['cpu_ms']:7.3f} ms {row['bytes']:8.0f} B {row['gzipped']:7.0f} B gz")
    print(f"png                              {engraved}")
    for name, row in result.get("peers", {}).items():
        print(f"{name:32} {row}")
    if not chosen.peers:
        print("no peer compared: name an environment with --peers")
    if chosen.json:
        chosen.json.write_text(json.dumps(result, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
