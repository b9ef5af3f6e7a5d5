"""How long it takes to try a questionnaire before it is opened, whatever its conditions.

Questions that hang on the one before them, on the eight before them, on calculations of
calculations, and conditions that can't all be tried; an XLSForm of 900 rows as it is looked at
(read, compared with what was asked before, tried). CPU seconds, the best of three.

    python benchmarks/opening.py [--quick] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from contactpoint.consultations.questions import Choice, Instrument, Kind, Question, Section
from contactpoint.consultations.questions.differences import differences
from contactpoint.consultations.questions.findings import findings
from contactpoint.consultations.questions.xlsform import reading, write

AIMS = {"chain of 200": 1.0, "XLSForm of 900 rows": 3.0}
WORDS = {"en": "A question"}


def of(*questions: Question, choices: int = 3) -> Instrument:
    section = Section("all", {"en": "All"}, questions=questions)
    offered = tuple(Choice(f"c{at}", {"en": f"Choice {at}"}) for at in range(choices))
    return Instrument("form", ("en",), {"en": "Form"}, sections=(section,),
                      choice_sets={"choices": offered})  # fmt: skip


def chain(length: int, before: int = 1) -> Instrument:
    """Each question hangs on those before it."""

    def relevant(at: int) -> str:
        return " and ".join(f"${{q{one}}} > 5" for one in range(max(0, at - before), at))

    return of(
        *(
            Question(f"q{at}", Kind.INTEGER, WORDS, relevant=relevant(at), constraint=". < 1000")
            for at in range(length)
        )
    )


def calculated(length: int) -> Instrument:
    """Each calculation looks twice at the one before it."""
    first = Question("q", Kind.ONE, WORDS, choices="choices")
    worked = [
        Question(
            f"k{at}",
            Kind.CALCULATED,
            calculation=f"${{k{at - 1}}} and ${{k{at - 1}}}" if at else "${q} = 'c0'",
        )
        for at in range(length)
    ]
    asked = [Question(f"q{at}", Kind.TEXT, WORDS, relevant=f"${{k{at}}}") for at in range(length)]
    return of(first, *worked, *asked)


def hard(length: int) -> Instrument:
    """More combinations than anybody can try."""
    many = [Question(f"m{at}", Kind.MANY, WORDS, choices="choices") for at in range(12)]
    condition = " and ".join(f"${{m{at}}} = ${{m{at + 1}}}" for at in range(11))
    asked = [
        Question(f"q{at}", Kind.TEXT, WORDS, relevant=f"{condition} and ${{m0}} != ${{m11}}")
        for at in range(length)
    ]
    return of(*many, *asked, choices=50)


def looked_at(instrument: Instrument) -> Callable[[], object]:
    """All that the page of an uploaded form works out."""
    data = write(instrument)
    before = replace(instrument, titles={"en": "Another"})

    def look() -> object:
        read = reading("form.xlsx", data).instrument
        return differences(before, read), findings(read)

    return look


def seconds(work: Callable[[], object], times: int) -> float:
    found = []
    for _time in range(times):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    made: dict[str, Callable[[], object]] = {
        "chain of 200": lambda: findings(chain(200)),
        "120, each on the 8 before": lambda: findings(chain(120, 8)),
        "chain of 990": lambda: findings(chain(990)),
        "990, each on the 8 before": lambda: findings(chain(990, 8)),
        "400 calculations of calculations": lambda: findings(calculated(400)),
        "300 that can't be tried": lambda: findings(hard(300)),
        "XLSForm of 900 rows": looked_at(chain(900)),
    }
    figures: dict[str, dict[str, Any]] = {}
    print(f"{'':34}{'CPU s':>8}{'aim':>6}")
    for name, work in made.items():
        taken = round(seconds(work, 1 if given.quick else 3), 2)
        figures[name] = {"cpu_seconds": taken, "aim": AIMS.get(name)}
        print(f"{name:34}{taken:8.2f}{AIMS.get(name) or '':>6}", flush=True)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
