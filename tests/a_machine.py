"""One machine of several: a web process with a data folder of its own, which a test talks to."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


class Machine:
    """A process of a machine; several may share a folder. It runs `made_machine.py`."""

    def __init__(self, folder: Path, **more: str) -> None:
        own = {key: value for key, value in os.environ.items() if "CONTACTPOINT" not in key}
        self.folder = folder
        self.environment = own | {
            "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
            "CONTACTPOINT_ENVIRONMENT": "demo",
            "CONTACTPOINT_DATA": str(folder),
            "CONTACTPOINT_HOSTS": "testserver",
            "CONTACTPOINT_KEEP_PAGES": "yes",
            "PYTHONPATH": os.pathsep.join([str(HERE.parent / "src"), str(HERE)]),
            **more,
        }
        folder.mkdir(parents=True, exist_ok=True)
        self.log = (folder / "log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, HERE / "made_machine.py"], env=self.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log,
        )  # fmt: skip

    def do(self, what: str, **given: Any) -> Any:
        """What the machine answers."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": what, **given}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"{what}: {Path(self.log.name).read_text()[-3000:]}"
        return json.loads(line)["answer"]

    def hears(self, seconds: float = 60) -> bool:
        """Whether it is told of changes, now or soon after it has started."""
        self.do("total")
        return within(seconds, lambda: self.do("hears"))

    def end(self) -> None:
        """Stop it, whatever it does."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.log):
            assert pipe is not None
            pipe.close()


def within(seconds: float, condition: Callable[[], object]) -> bool:
    """Whether something comes true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return bool(condition())
