"""The worker's part: one sender of the process, in a thread of its own.

A mail server may take minutes to answer, and what else the worker keeps up must not wait for it.
"""

import logging
import threading

from django.db import OperationalError, close_old_connections, connection

from contactpoint.dissemination.delivering.sending import Sender

log = logging.getLogger(__name__)

_sender: Sender | None = None
_thread: threading.Thread | None = None


def send_waiting() -> bool:
    """Whether there may be more to do at once; a thread that sends says so by itself."""
    global _sender, _thread  # noqa: PLW0603 — the connection and the slot are kept between rounds
    if _thread is not None and _thread.is_alive():
        return False
    if _sender is None:
        _sender = Sender()
    if threading.current_thread() is threading.main_thread():  # `worker --once` waits for it
        return _sender.work()
    if not _sender.is_due:
        _sender.rest()
        return False
    _thread = threading.Thread(target=_work, args=[_sender], name="sender", daemon=True)
    _thread.start()
    return False


def _work(sender: Sender) -> None:
    try:
        while sender.work():
            close_old_connections()
    except OperationalError as problem:
        log.warning("The database is not available, mails wait: %s", problem)
    except Exception:
        log.exception("Sending failed.")
    finally:
        connection.close()
