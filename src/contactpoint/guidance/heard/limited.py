"""Becomes another program with bounds that the kernel holds: `limited.py SECONDS BYTES FILE-BYTES
PROGRAM …`.

A file of its own that imports nothing of ours, so that it can be run alone. Limits are set here and
not between fork and exec of the caller, which may have threads.
"""

import os
import resource
import sys


def main(arguments: list[str]) -> None:
    """Set the limits, then be the program; it never comes back."""
    seconds, memory, written = map(int, arguments[:3])
    os.nice(10)  # readers of the site go first
    for limit, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    os.execv(arguments[3], arguments[3:])  # noqa: S606 — no shell; the program is one of two, see `programs`


if __name__ == "__main__":
    main(sys.argv[1:])
