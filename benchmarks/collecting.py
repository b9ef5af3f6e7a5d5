"""How fast crawls, feeds, tables and exports become published pages: items a CPU second.

Generates 1,000 items (seeded) in each format and imports each with `--publish` into a data folder
of its own, in a process of its own. Every item of the crawl has a picture, every second one a PDF,
of which a tenth are copies. Making the empty site and the source is not timed.

    python benchmarks/collecting.py [--quick] [--json FILE]
"""

import argparse
import csv
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from import_listing import (
    BODIES,
    KEYWORDS,
    MONTHS,
    OPENINGS,
    PLACES,
    SEQUELS,
    SUBJECTS,
    THEMES,
    environment,
    own_memory_mb,
    prepare,
)
from PIL import Image

FORMATS = ("html", "feed", "csv", "json")
AIM_PER_CPU_SECOND = 25


def items(count: int, seed: int = 2018) -> list[dict[str, str]]:
    """Items with a title, a text of several paragraphs, a day, a theme and keywords."""
    dice = random.Random(seed)
    made = []
    for number in range(count):
        words = {
            "body": dice.choice(BODIES),
            "subject": dice.choice(SUBJECTS),
            "place": dice.choice(PLACES),
            "day": dice.randint(1, 28),
            "month": dice.choice(MONTHS),
            "year": 2024 - number * 14 // count,
            "count": dice.randint(12, 900),
            "few": dice.randint(2, 27),
        }
        texts = [dice.choice(OPENINGS), *dice.sample(SEQUELS, 4)]
        made.append(
            {
                "title": f"{words['subject'].capitalize()} seen from {words['place']} ({number})",
                "date": f"{words['year']}-{dice.randint(1, 12):02}-{words['day']:02}",
                "body": "".join(f"<p>{escape(text.format(**words))}</p>" for text in texts),
                "theme": dice.choice(THEMES).partition(",")[0],
                "keywords": ", ".join(dice.sample(KEYWORDS, 2)),
                "url": f"https://old.example.org/news/item-{number}",
            }
        )
    return made


def write(format: str, count: int, folder: Path) -> Path:
    """The source of that format."""
    made = items(count)
    if format == "html":
        return _crawl(made, folder / "crawl")
    path = folder / f"source.{ {'feed': 'xml'}.get(format, format) }"
    if format == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, list(made[0]))
            table.writeheader()
            table.writerows(made)
    elif format == "json":
        path.write_text(json.dumps({"items": made}), encoding="utf-8")
    else:
        entries = "".join(
            f"<item><title>{escape(one['title'])}</title><link>{one['url']}</link>"
            f"<guid>{one['url']}</guid><description>{escape(one['body'])}</description></item>"
            for one in made
        )
        path.write_text(f"<rss version='2.0'><channel>{entries}</channel></rss>", encoding="utf-8")
    return path


def _crawl(made: list[dict[str, str]], site: Path) -> Path:
    (site / "news").mkdir(parents=True)
    (site / "files").mkdir()
    for number, one in enumerate(made):
        stream = BytesIO()
        shade = (number % 251, number // 251, 90)
        Image.new("RGB", (320, 200), shade).save(stream, "PNG")
        (site / "files" / f"{number}.png").write_bytes(stream.getvalue())
        pdf = f"%PDF-1.4\n% {number - number % 10 // 9}\n".encode() + b"x" * 20_000
        (site / "files" / f"{number}.pdf").write_bytes(pdf)
        link = f"<a href='/files/{number}.pdf'>The text</a>" if number % 2 else ""
        (site / "news" / f"item-{number}.html").write_text(
            f"<html lang=en><head><title>x</title></head><body><h1>{escape(one['title'])}</h1>"
            "<article class='node node--type-news node--view-mode-full'>"
            f"<div class='field--name-field-date'><time datetime='{one['date']}'></time></div>"
            f"<div class='field--name-body'><img src='/files/{number}.png' alt='A picture'>"
            f"{one['body']}<p>{link}</p></div>"
            f"<div class='field--name-field-theme'><a>{escape(one['theme'])}</a></div>"
            + "".join(f"<div class='field--name-field-tags'><a>{escape(word)}</a></div>"
                      for word in one["keywords"].split(", "))
            + "</article></body></html>",
            encoding="utf-8",
        )  # fmt: skip
    return site


def measure(path: Path, format: str) -> dict[str, Any]:
    """In the child: import and say what it cost."""
    import django  # noqa: PLC0415 — the environment names the site first

    django.setup()
    from contactpoint.intake.actions import read_source  # noqa: PLC0415

    cpu, wall = time.process_time(), time.perf_counter()
    result = read_source(path, format=format, publish=True)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    memory = own_memory_mb()
    again = time.process_time()
    unchanged = read_source(path, format=format, publish=True).counts["unchanged"]
    again = time.process_time() - again
    count = result.counts["items"]
    return {
        "format": format,
        "items": count,
        "published": result.published,
        "items_per_cpu_second": round(count / cpu, 1),
        "wall_seconds": round(wall, 1),
        "unchanged_again": unchanged,
        "again_per_cpu_second": round(count / again, 1),
        "own_mb": round(memory, 1),
    }


def run(format: str, count: int, site: Path) -> dict[str, Any]:
    """Make a site and a source, then measure in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(format, count, Path(folder))
        data = Path(folder) / "data"
        shutil.copytree(site, data)
        answer = subprocess.run(
            [sys.executable, __file__, "--measure", str(path), format],
            env=environment(data),
            check=True,
            capture_output=True,
            text=True,
        )
        found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
        return found


def main() -> int:
    """Exit code 1 where the aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="200 items")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(Path(options.measure[0]), options.measure[1])))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        prepare(site)
        runs = [run(format, 200 if options.quick else 1_000, site) for format in FORMATS]
    print(f"{'format':<8}{'items':>7}{'online':>8}{'items/CPU s':>13}{'again/CPU s':>13}{'MB':>8}")
    for one in runs:
        print(
            f"{one['format']:<8}{one['items']:>7,}{one['published']:>8,}"
            f"{one['items_per_cpu_second']:>13}{one['again_per_cpu_second']:>13}{one['own_mb']:>8}"
        )
    if options.json:
        figures = {"runs": runs, "aim_items_per_cpu_second": AIM_PER_CPU_SECOND}
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    good = all(one["items_per_cpu_second"] >= AIM_PER_CPU_SECOND for one in runs)
    print("aim reached" if good else "aim not reached")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
