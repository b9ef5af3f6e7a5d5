"""The process that `guarding` starts: FORMAT NAME SCHEME SECONDS BYTES, the file on standard input.

Everything that reading needs is loaded first. Then the door is shut (`vocabulary.door`).
"""

from __future__ import annotations

import json
import sys

from contactpoint.vocabulary import door
from contactpoint.vocabulary.formats import (
    FORMATS,
    workbook,  # noqa: F401 — loaded before the door is shut, as all that reading needs
)
from contactpoint.vocabulary.formats.guarding import to_plain
from contactpoint.vocabulary.model import VocabularyError


def main(arguments: list[str]) -> int:
    """Read one scheme and print it as JSON, or what is wrong with it."""
    format_name, name, scheme_id, seconds, memory = arguments
    door.shut(int(seconds), int(memory))
    try:
        data = sys.stdin.buffer.read()
        answer = to_plain(FORMATS[format_name].read(data, name, scheme_id or None))
    except VocabularyError as error:
        answer = {"error": str(error)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
