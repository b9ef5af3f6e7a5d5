"""The process that `guarding` starts: FORMAT NAME SCHEME SECONDS BYTES, the file on standard input.

Everything that reading needs is loaded first. Then the door is shut: limits on time, memory and
files, and an audit hook that refuses to open, connect or start anything.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any, Final

from contactpoint.vocabulary.formats import (
    FORMATS,
    workbook,  # noqa: F401 — loaded before the door is shut, as all that reading needs
)
from contactpoint.vocabulary.formats.guarding import to_plain
from contactpoint.vocabulary.model import VocabularyError

_REFUSED: Final = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn",
                   "urllib.", "http.", "ftplib.", "shutil.", "os.remove", "os.rename",
                   "ctypes.")  # fmt: skip


def main(arguments: list[str]) -> int:
    """Read one scheme and print it as JSON, or what is wrong with it."""
    format_name, name, scheme_id, seconds, memory = arguments
    _shut_the_door(int(seconds), int(memory))
    try:
        data = sys.stdin.buffer.read()
        answer = to_plain(FORMATS[format_name].read(data, name, scheme_id or None))
    except VocabularyError as error:
        answer = {"error": str(error)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    return 0


def _shut_the_door(seconds: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(f"{event} while reading a vocabulary")
    if event == "open" and not _is_of_python(arguments[0]):
        raise PermissionError(f"opening {arguments[0]} while reading a vocabulary")


def _is_of_python(path: object) -> bool:
    """Modules that a library loads only when it needs them; their folders hold no secrets."""
    if not isinstance(path, (str, Path)):
        return False
    return str(path).endswith((".py", ".pyc", ".so")) and any(
        folder and str(path).startswith(folder) for folder in sys.path
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
