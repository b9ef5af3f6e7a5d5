"""Watches a run for a person or a log: how far it is, and what it waits for. It does nothing."""

import time
from collections.abc import Callable
from typing import Final

from rich.progress import Progress as Bar

from contactpoint.kit import spreading, workers_seen
from contactpoint.kit.models import Run
from contactpoint.kit.spreading import Progress

LOOK: Final = 1.0
PATIENCE: Final = 60.0
"""Seconds for which nothing may happen before it is said why that may be."""
STEPS: Final = 10
"""So many lines at most tell a log how far it is."""


def watch(run: Run, bar: Bar, say: Callable[[str], object]) -> None:
    """Return when the run is open no more. Where the bar is not shown, a line a tenth is said."""
    task = bar.add_task("Ranges", total=run.ranges)
    told: set[str] = set()
    seen, since = (-1, -1), time.monotonic()
    step = -1
    while True:
        so_far = spreading.progress(run)
        bar.update(task, completed=so_far.done)
        if run.state != Run.State.OPEN:
            return
        if bar.disable and so_far.done * STEPS // max(1, so_far.ranges) > step:
            step = so_far.done * STEPS // max(1, so_far.ranges)
            say(f"{so_far.done} of {so_far.ranges} ranges, {so_far.made} documents")
        if (so_far.done, so_far.failed) != seen:
            seen, since = (so_far.done, so_far.failed), time.monotonic()
        for line in _waits_for(so_far, time.monotonic() - since):
            if line not in told:
                told.add(line)
                say(line)
        time.sleep(LOOK)


def _waits_for(so_far: Progress, still: float) -> list[str]:
    lines = []
    if so_far.failed:
        lines.append(
            f"{so_far.failed} range{'' if so_far.failed == 1 else 's'} failed: "
            "`contactpoint jobs list` says of what, `contactpoint jobs again` starts them anew."
        )
    if still > PATIENCE and not workers_seen.workers():
        lines.append("No worker is at work: `contactpoint worker` starts one, on any machine.")
    elif still > PATIENCE and so_far.later:
        lines.append("What failed is tried again later: the workers' logs say why it failed.")
    elif still > PATIENCE and so_far.done == so_far.ranges:
        lines.append(
            "All ranges are done. The last step is a worker's of the machine that has the index: "
            "is one running there, and does `contactpoint index status` say more?"
        )
    return lines
