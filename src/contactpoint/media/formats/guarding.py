"""Reads a file that somebody uploaded in a process of its own, so that it can hurt nobody."""

from __future__ import annotations

import json
from typing import IO, Any, Final

from contactpoint.vocabulary.apart import CrashedError, GivenUpError, run_apart

MOST_SECONDS: Final = 30
"""Of CPU. Three thousand dense pages of PDF take about ten."""
MOST_MEMORY: Final = 1024**3
_MOST_WAITING: Final = 3 * MOST_SECONDS
_LONGEST_ANSWER: Final = 64 * 1024**2
_CHILD: Final = "contactpoint.media.formats.child"


def read_guarded(file: IO[bytes], suffix: str) -> dict[str, Any]:
    """`unit`, `pages`, `cut`, `warning` and `texts` of a real file that stands at its beginning.

    Or a `problem`. Raises `OSError` where no process can be started.
    """
    arguments = [suffix, str(MOST_SECONDS), str(MOST_MEMORY)]
    try:
        said = run_apart(_CHILD, arguments, file, waiting=_MOST_WAITING, most=_LONGEST_ANSWER)
        answer: dict[str, Any] = json.loads(said)
    except GivenUpError:
        return {"problem": "slow"}
    except (CrashedError, ValueError):
        return {"problem": "broken"}
    return answer
