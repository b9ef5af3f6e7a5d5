"""The machine's own end of `a_machine.py`: reads a JSON object a line and answers with one."""

import contextlib
import hashlib
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import django

answers, sys.stdout = sys.stdout, sys.stderr
django.setup()

import kept_editing as editing  # noqa: E402 — these need Django
from django.core.management import call_command  # noqa: E402
from django.db import Error, connection, connections, transaction  # noqa: E402
from factories import read_site  # noqa: E402
from kept_pages import asked  # noqa: E402

from contactpoint.config import site, wsgi  # noqa: E402
from contactpoint.kit import changes  # noqa: E402


class Made:
    """What a test can ask of a machine."""

    def __init__(self) -> None:
        self.keep: Any = getattr(wsgi.application, "_keep", None)
        self.editor: Any = None
        self.calls = 0
        if self.keep is not None:
            wsgi.application._application = self.counted  # type: ignore[attr-defined]

    def counted(self, environ: Any, start: Any) -> Any:
        # Pages are also made ahead of need, in a thread beside.
        self.calls += threading.current_thread() is threading.main_thread()
        return wsgi.every_time(environ, start)

    def migrate(self) -> None:
        call_command("migrate", verbosity=0, interactive=False)

    def fill(self) -> None:
        """A small site."""
        editing.at_work(0)

    def edits(self, seed: int) -> None:
        """Let the editor of this machine begin; what two write has different names."""
        self.editor = editing.Editor(read_site(), seed)
        self.editor.number = seed * 1000

    def step(self) -> str:
        step = self.editor.dice.choice(self.editor.steps)
        step()
        return str(step.__name__)

    def roll_back(self) -> None:
        """Write, and take it back."""
        self.editor.roll_back()

    def sql(self, text: str, atomic: bool = True) -> None:
        """Something that is written by hand, in a transaction or as a statement by itself."""
        if not connection.is_usable():  # as the next request would find out
            connection.close()
        with transaction.atomic() if atomic else contextlib.nullcontext():
            connection.cursor().execute(text)

    def addresses(self) -> list[str]:
        return editing.addresses(wsgi.every_time)

    def ask(self, paths: list[str]) -> list[list[Any]]:
        """Status, digest of the text, whether it was made just now, and its age where told."""
        found = []
        for path in paths:
            before = self.calls
            status, headers, body = asked(wsgi.application, path)
            digest = hashlib.sha256(body).hexdigest()
            found.append([status[:3], digest, self.calls > before, headers.get("age")])
        return found

    def plain(self, paths: list[str]) -> list[list[Any]]:
        """Status and digest as Django would answer now, from the primary: it is asked by somebody
        with a cookie of ours."""
        found = []
        for path in paths:
            cookie = "sessionid=x"
            status, _headers, body = asked(wsgi.every_time, path, HTTP_COOKIE=cookie)
            found.append([status[:3], hashlib.sha256(body).hexdigest()])
        return found

    def asked_where(self, path: str, **more: str) -> list[Any]:
        """Status, digest, and how many statements which server was asked for it."""
        numbers = dict.fromkeys(connections, 0)

        def counting(name: str) -> Callable[..., Any]:
            def count(execute: Any, sql: str, *given: Any) -> Any:
                numbers[name] += "pg_" not in str(sql)
                return execute(sql, *given)

            return count

        with contextlib.ExitStack() as stack:
            for name in connections:
                # Django takes away the last one, which is another's where it is opened meanwhile.
                with contextlib.suppress(Error):
                    connections[name].ensure_connection()
                stack.enter_context(connections[name].execute_wrapper(counting(name)))
            status, _headers, body = asked(wsgi.every_time, path, **more)
        return [status[:3], hashlib.sha256(body).hexdigest(), numbers]

    def total(self) -> int:
        return changes.generations().total()

    def hears(self) -> bool:
        return wsgi.hearing is not None and wsgi.hearing.is_current()

    def deaf(self) -> None:
        """Stop listening, and take no notice of that."""
        for thread in threading.enumerate():
            if thread.name == "changes-listener":
                thread.stop()  # type: ignore[attr-defined]
                thread.join()
        self.keep._is_told = None

    def prepares(self) -> float:
        """The moment at which it is this machine's turn to bring the database up to date."""
        with site._alone_among_machines():
            return time.time()

    def fork(self) -> int:
        """A child as a server may make one: it lives on for a while."""
        pid = os.fork()
        if pid == 0:
            os.close(0)
            os.close(answers.fileno())
            time.sleep(30)
            os._exit(0)
        return pid


if __name__ == "__main__":
    made = Made()
    for line in sys.stdin:
        given = json.loads(line)
        answer = getattr(made, given.pop("do"))(**given)
        answers.write(json.dumps({"answer": answer}) + "\n")
        answers.flush()
