"""What a run of the fault suite counted, and the table that the soak run writes of it."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
TABLE: Final = ROOT / "docs/security/faults.md"
COUNTED: Final = ROOT / "tests/faults/counted.json"
KEPT: Final = ROOT / ".pytest-faults.jsonl"
BEGIN, END = "<!-- counted -->\n", "<!-- /counted -->\n"


@dataclass(frozen=True, slots=True)
class Told:
    """Of one fault; `heal` is the longest in seconds, `left` is rubbish, or who comes again."""

    fault: str
    times: int
    killed: int
    lost: int
    doubled: int
    half: int
    unserved: int
    left: int
    heal: float
    seconds: float


def tell(told: Told) -> None:
    """Kept until the run is over; only a soak run is."""
    if os.environ.get("CONTACTPOINT_SOAK"):
        with KEPT.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(told)) + "\n")


def heals(seconds: float) -> str:
    """Empty where nothing had to heal, or it can't be timed."""
    return f"{seconds:.1f} s" if seconds else "–"


def written(rows: dict[str, dict[str, Any]]) -> str:
    """The lines of the table."""
    lines = [
        "| fault | times | hit | lost | doubled | half | unserved | left | heals in | on |\n",
        "|---|---|---|---|---|---|---|---|---|---|\n",
    ]
    lines += (
        f"| {row['fault']} | {row['times']} | {row['killed']} | {row['lost']} | {row['doubled']} "
        f"| {row['half']} | {row['unserved']} | {row['left']} "
        f"| {heals(row['heal'])} | {row['day']} |\n"
        for row in rows.values()
    )
    return "".join(lines)


def write(day: str) -> None:
    """Puts what was kept among what was counted before, the newest of each fault, and all of it
    into the page."""
    rows = json.loads(COUNTED.read_text(encoding="utf-8")) if COUNTED.exists() else {}
    for line in KEPT.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        rows[told["fault"]] = {**told, "day": day}
    COUNTED.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    text = TABLE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    TABLE.write_text(before + BEGIN + written(rows) + END + after, encoding="utf-8")
    KEPT.unlink()
