"""How fast a listing becomes published pages, and whether memory grows with the file.

Generates listings of 2,500 and 10,000 items (seeded, with the oddities of a real one), imports each
with `--publish` into a data folder of its own, in a process of its own, and prints a table. Only
the import is timed; making the empty site is not. Beside it, in the same process, the same kind of
page is made one by one with Wagtail's `add_child` and published, as the obvious importer would.

Memory is the process's own (Linux' RssAnon, looked at every hundred items). The resident peak is
printed too; it holds pages of the database file that SQLite maps, which the system takes back.

    python benchmarks/import_listing.py [--quick] [--json FILE]
"""

import argparse
import json
import os
import platform
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

AIM_PER_CPU_SECOND = 150
LARGEST_GROWTH_MB = 20
BODIES = ("EMN Belgium", "The EMN", "Fedasil", "Myria", "Eurostat", "The European Commission",
          "The Immigration Office", "UNHCR", "The FPS Interior", "The OECD",
          "Caritas International", "The Council of Europe", "IOM",
          "The European Parliament")  # fmt: skip
SUBJECTS = ("family reunification", "the reception of unaccompanied minors", "return counselling",
            "statelessness", "labour migration", "access to housing",
            "detention and its alternatives", "the Dublin procedure",
            "victims of trafficking in human beings", "visa policy",
            "the integration of beneficiaries of international protection", "seasonal workers",
            "resettlement", "residence permits for students", "border management",
            "loss of citizenship", "digital tools in the asylum procedure")  # fmt: skip
PLACES = ("Belgium", "Georgia", "Moldova", "Norway", "the Western Balkans", "Luxembourg", "Ukraine",
          "the Netherlands", "Italy", "Syria", "Afghanistan")  # fmt: skip
OPENINGS = (
    "On {day} {month} {year}, {body} hosted a webinar on {subject} in {place}.",
    "{body} published a report on {subject}, with figures for {place} up to {year}.",
    "{body} has made a short video about {subject} in {place}.",
    "{body} is recruiting a policy officer who knows {subject} and has worked in {place}.",
    "{body} launched This new website explains {subject} to those who arrive in {place}.",
    "The policy note on {subject} was published on {day} {month} {year}.",
    "In {year} {body} will go on working on {subject}, together with partners from {place}.",
    "{body} and authorities from {place} have agreed to compare notes on {subject}.",
    'A study on "{subject} between law and practice in {place}” is now available from {body}.',
    "As of {day} {month}, new rules on {subject} apply to everyone who arrives from {place}.",
)
SEQUELS = (
    "It draws on interviews with {count} caseworkers and on files of the last {few} years.",
    "The text compares {few} Member States and names what worked in {place}.",
    "Numbers rose by {few} per cent against the year before, and fell for {subject}.",
    "More is to be found in the annex on {subject} .",
    "Practitioners, researchers and policy makers took part, {count} in all.",
    "The next steps concern {subject} and the role of {body}.",
)
THEMES = ("Cross-sectional", "Return & Readmission", "Migration", "Asylum", "Reception",
          "Data & Statistics, Asylum", "Integration", "Vulnerable groups", "Irregular Migration",
          "International Protection", "Regularization", "Citizenship",
          "Borders & Visa")  # fmt: skip
KEYWORDS = ("asiel", "huisvesting", "discriminatie", "médias sociaux", "Conférence EMN", "LOI's",
            "video", "job vacancy", "Eastern Europe", "policy note", "policy paper", "research",
            "human trafficking", "unaccompanied minors", "regroupement familial", "terugkeer",
            "voluntary return", "visa", "statelessness", "apatridie", "opvang", "flurbsel",
            "Rückkehr", "Integration", "travail saisonnier", "blue card")  # fmt: skip
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip


def listing(count: int, seed: int = 2018) -> Iterator[str]:
    """Lines of a listing, newest first, with half of its items dated and some out of order."""
    dice = random.Random(seed)
    for number in range(count):
        year = 2024 - number * 14 // count
        words = {
            "body": dice.choice(BODIES),
            "subject": dice.choice(SUBJECTS),
            "place": dice.choice(PLACES),
            "day": dice.randint(1, 28),
            "month": dice.choice(MONTHS),
            "year": year,
            "count": dice.randint(12, 900),
            "few": dice.randint(2, 27),
        }
        sentences = [dice.choice(OPENINGS), *dice.sample(SEQUELS, dice.randint(1, 4))]
        yield " ".join(sentences).format(**words) + ("\u00a0 " if dice.random() < 0.2 else "")
        if dice.random() < 0.5:
            yield f"When{dice.randint(1, 28):02} {dice.choice(MONTHS)} {year}"
        if dice.random() < 0.76:
            yield f"Main theme: {dice.choice(THEMES)}"
        if dice.random() < 0.52:
            chosen = dice.sample(KEYWORDS, dice.choice((1, 1, 1, 2, 3)))
            yield f"Keywords: {', '.join(chosen)}"


def measure(path: Path) -> dict[str, Any]:
    """In the child: import and say what it cost."""
    import django  # noqa: PLC0415 — the environment names the site first

    django.setup()
    from contactpoint.intake.actions import read_source  # noqa: PLC0415

    own, count = 0.0, 0

    def on_item(staged: object) -> None:
        nonlocal own, count
        count += 1
        if count % 100 == 0:
            own = max(own, own_memory_mb())

    cpu, wall = time.process_time(), time.perf_counter()
    result = read_source(path, publish=True, on_item=on_item)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    from wagtail.models import Page  # noqa: PLC0415

    return {
        "items": result.counts["items"],
        "published": result.published,
        "cpu_seconds": round(cpu, 2),
        "wall_seconds": round(wall, 2),
        "items_per_cpu_second": round(result.counts["items"] / cpu, 1),
        "peak_mb": round(own, 1),
        "resident_mb": resident_mb(),
        "one_by_one_per_cpu_second": one_by_one(),
        "tree_problems": sum(map(len, Page.find_problems())),
    }


def own_memory_mb() -> float:
    """What the process holds itself; where the system doesn't tell, its resident peak."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) / 1024
    return resident_mb()


def resident_mb() -> float:
    """The most that was ever resident, mapped files included."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def one_by_one(count: int = 60) -> float:
    """Pages a CPU second, each made by `add_child`, revised and published."""
    from contactpoint.intake.models import ImportedItem  # noqa: PLC0415
    from contactpoint.intake.pages import Shelves, draft  # noqa: PLC0415

    shelves = Shelves.load("en")
    items = list(ImportedItem.objects.all()[:count])
    cpu = time.process_time()
    for item in items:
        page = draft(item.inferred, shelves)
        page.slug = ""
        shelves.lists[item.inferred["type"]].add_child(instance=page)
        page.save_revision().publish()
    return round(len(items) / (time.process_time() - cpu), 1)


def prepare(folder: Path) -> None:
    """An empty site, once for all runs."""
    code = "import django; django.setup(); from contactpoint.config.site import prepare; prepare()"
    subprocess.run([sys.executable, "-c", code], env=environment(folder), check=True)


def environment(folder: Path) -> dict[str, str]:
    """A site of its own."""
    return {
        **os.environ,
        "CONTACTPOINT_DATA": str(folder),
        "CONTACTPOINT_ENVIRONMENT": "demo",
        "CONTACTPOINT_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
    }


def run(count: int, site: Path) -> dict[str, Any]:
    """Make a site and a listing, then measure in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "listing.txt"
        path.write_text("\n".join(listing(count)) + "\n", encoding="utf-8")
        data = Path(folder) / "data"
        shutil.copytree(site, data)
        answer = subprocess.run(
            [sys.executable, __file__, "--measure", str(path)],
            env=environment(data),
            check=True,
            capture_output=True,
            text=True,
        )
        return json.loads(answer.stdout.splitlines()[-1])


def main() -> int:
    """Exit code 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="400 and 1,600 items")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--measure", metavar="FILE", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(Path(options.measure))))
        return 0
    counts = (400, 1_600) if options.quick else (2_500, 10_000)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        prepare(site)
        runs = [run(count, site) for count in counts]
    growth = runs[1]["peak_mb"] - runs[0]["peak_mb"]
    figures = {
        "machine": f"{platform.machine()}, {os.cpu_count()} CPUs, Python "
        f"{platform.python_version()}, {platform.system()}",
        "runs": runs,
        "items_per_cpu_second": runs[1]["items_per_cpu_second"],
        "one_by_one_per_cpu_second": runs[1]["one_by_one_per_cpu_second"],
        "peak_mb": runs[1]["peak_mb"],
        "growth_mb": round(growth, 1),
        "aim_items_per_cpu_second": AIM_PER_CPU_SECOND,
        "aim_growth_mb": LARGEST_GROWTH_MB,
    }
    print(figures["machine"])
    print(
        f"{'items':>8}{'CPU s':>8}{'wall s':>8}{'items/CPU s':>13}{'one by one':>12}"
        f"{'own MB':>9}{'resident MB':>13}{'tree problems':>15}"
    )
    for one in runs:
        print(
            f"{one['items']:>8,}{one['cpu_seconds']:>8}{one['wall_seconds']:>8}"
            f"{one['items_per_cpu_second']:>13}{one['one_by_one_per_cpu_second']:>12}"
            f"{one['peak_mb']:>9}{one['resident_mb']:>13}{one['tree_problems']:>15}"
        )
    print(f"own memory grows by {growth:.1f} MB for four times the items")
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    good = runs[1]["items_per_cpu_second"] >= AIM_PER_CPU_SECOND and growth <= LARGEST_GROWTH_MB
    print("aims reached" if good else "aims not reached")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
