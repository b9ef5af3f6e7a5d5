"""A line of the log: for people, or an object for programs; neither says anything of a person.

An exception says where it was raised and of what kind it is. What it says itself may quote what
somebody typed, so an object holds it only where it is ours, the system's, about the code, or the
database's first line.
"""

import json
import logging
import os
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from traceback import extract_tb
from typing import Any, Final

from contactpoint.kit import bare_words
from contactpoint.kit.bare_words import bare
from contactpoint.kit.masking import MaskingFilter
from contactpoint.kit.request_ids import job_id, request_id

FRAMES: Final = 20
LONGEST: Final = 4_000
"""Letters of a message; a log is no place for documents."""
_OF_CODE: Final = (AttributeError, NameError, ImportError)
"""What these say is about names in the code."""


class Line(logging.Formatter):
    """For people. `masks` name filters of apps that know secrets of their own."""

    def __init__(self, fmt: str | None = None, masks: Iterable[str] = ()) -> None:
        super().__init__(fmt)
        self._masks: list[type[MaskingFilter]] = [_found(name) for name in masks]

    def format(self, record: logging.LogRecord) -> str:
        """The whole of it is looked at, tracebacks too. The logger's name is ours: a name such as
        `api.tokens` before a colon is no name of a secret that follows."""
        head, name, tail = super().format(record).partition(f"{record.name}: ")
        return self.masked(head + name) + self.masked(tail)

    def masked(self, text: str) -> str:
        """Without what is nobody's business."""
        text = text[: bare_words.LONGEST]
        for mask in self._masks:
            text = mask.masked(text)
        return bare(text)


class JsonLine(Line):
    """An object: time (UTC), level, logger, message, process; request or job where there is one;
    error, said and trace where something was raised."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the message holds."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self.masked(record.getMessage())[:LONGEST],
            "process": os.getpid(),
        }
        told |= {
            name: known
            for name, known in (("request", request_id.get()), ("job", job_id.get()))
            if known
        }
        if record.exc_info and record.exc_info[1] is not None:
            told |= self._raised(record.exc_info)
        return json.dumps(told, ensure_ascii=False)

    def _raised(self, raised: Any) -> dict[str, Any]:
        kind, problem, trace = raised
        told = {"error": _name(kind)}
        if said := _said(problem):
            told["said"] = self.masked(said)[:LONGEST]
        cause = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
        if cause is not None:
            told["because"] = _name(type(cause))
        frames = extract_tb(trace)[-FRAMES:]
        return told | {
            "trace": [f"{_short(one.filename)}:{one.lineno} {one.name}" for one in frames]
        }


def _found(name: str) -> Any:
    module, _dot, attribute = name.rpartition(".")
    return getattr(import_module(module), attribute)


def _said(problem: BaseException) -> str:
    """What an exception says, if it can't quote anybody."""
    kinds = {_name(kind) for kind in type(problem).__mro__}
    if isinstance(problem, OSError):
        return problem.strerror or ""
    ours = type(problem).__module__.startswith("contactpoint.")
    if ours or isinstance(problem, _OF_CODE) or "django.db.utils.Error" in kinds:
        return str(problem).partition("\n")[0]
    return ""


def _name(kind: type[BaseException]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")


def _short(filename: str) -> str:
    """From the package on: where it lies is the same for all."""
    parts = Path(filename).parts
    for mark in ("site-packages", "src"):
        if mark in parts:
            return "/".join(parts[parts.index(mark) + 1 :])
    return "/".join(parts[-2:])


def log_everything() -> None:
    """Warnings and what nobody caught are lines like all others."""
    logging.captureWarnings(True)
    log = logging.getLogger("contactpoint.uncaught")

    def uncaught(kind: Any, problem: Any, trace: Any) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            sys.__excepthook__(kind, problem, trace)
        else:
            log.critical("Nobody caught an exception.", exc_info=(kind, problem, trace))

    def uncaught_in_thread(found: threading.ExceptHookArgs) -> None:
        raised = (found.exc_type, found.exc_value, found.exc_traceback)
        name = found.thread.name if found.thread else ""
        log.critical("Nobody caught an exception in thread %s.", name, exc_info=raised)  # type: ignore[arg-type]

    sys.excepthook, threading.excepthook = uncaught, uncaught_in_thread
