"""Shuts the door of a process that reads a file from outside: what it may use, and what it can't.

Called once all is loaded and before the first byte of the file is looked at. Two ways to shut it:
`shut` still lets Python load modules of its own later; `seal` takes away the right to open
anything at all, from the kernel, so that it holds for libraries that are no Python too.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from typing import Any, Final

_REFUSED: Final = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn",
                   "urllib.", "http.", "ftplib.", "shutil.", "os.remove", "os.rename")  # fmt: skip


def shut(seconds: int, memory: int) -> None:
    """At most so many seconds of CPU and bytes of memory; no file, connection or process."""
    _limit(seconds, memory)
    sys.addaudithook(_refuse_native)


def seal(seconds: int, memory: int) -> None:
    """As `shut`, with no descriptor and no child left to have; native libraries may be called."""
    _limit(seconds, memory)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    sys.addaudithook(_refuse)


def _limit(seconds: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _refuse_native(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith("ctypes."):
        raise PermissionError(f"{event} while reading a file")
    _refuse(event, arguments)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(f"{event} while reading a file")
    if event == "open" and not _is_of_python(arguments[0]):
        raise PermissionError(f"opening {arguments[0]} while reading a file")


def _is_of_python(path: object) -> bool:
    """Modules that a library loads only when it needs them; their folders hold no secrets."""
    if not isinstance(path, (str, Path)):
        return False
    return str(path).endswith((".py", ".pyc", ".so")) and any(
        folder and str(path).startswith(folder) for folder in sys.path
    )
