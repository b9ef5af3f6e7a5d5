"""The process that `guarding` starts: SUFFIX SECONDS BYTES, the file on standard input.

The reader is chosen by a look at a few bytes and loads what it needs; then the door is sealed, and
only then is the file taken apart. It answers with JSON: what was gathered, or the problem.
"""

from __future__ import annotations

import json
import os
import sys

from contactpoint.media.formats import format_of, properties
from contactpoint.media.formats.formats import EnoughError, Gathered, UnreadableError
from contactpoint.media.formats.warning import warning
from contactpoint.vocabulary import door


def main(arguments: list[str]) -> int:
    """Read one file and print its text, or what is wrong with it."""
    suffix, seconds, memory = arguments
    os.nice(10)  # readers of the site go first
    gathered = Gathered()
    try:
        data = sys.stdin.buffer.read()
        reader = format_of(data, suffix)
        reader.prepare()
        properties.prepare()
        door.seal(int(seconds), int(memory))
        try:
            reader.read(data, gathered)
        except EnoughError:
            gathered.is_cut = True
        answer = gathered.as_plain()
        if told := warning(data, suffix, reader):
            answer["warning"] = told
        if about := properties.properties(data, reader):
            answer["about"] = about
    except UnreadableError as error:
        answer = {"problem": error.problem, "unit": gathered.unit, "pages": gathered.pages}
        if error.problem == "scanned" and (about := properties.properties(data, reader)):
            answer["about"] = about
    except MemoryError:
        answer = {"problem": "slow"}
    except Exception:
        answer = {"problem": "broken"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
