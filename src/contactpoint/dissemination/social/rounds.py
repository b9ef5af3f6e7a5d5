"""The worker's part, in a thread of its own: servers of others may take minutes to answer."""

import logging
import threading

from django.db import OperationalError, close_old_connections, connection

from contactpoint.dissemination.social.sending import due, work

log = logging.getLogger(__name__)

_thread: threading.Thread | None = None


def send_posts() -> bool:
    """Whether there may be more to do at once; a thread that sends says so by itself."""
    global _thread  # noqa: PLW0603 — one at a time
    if _thread is not None and _thread.is_alive():
        return False
    if not due().exists():
        return False
    if threading.current_thread() is threading.main_thread():  # `worker --once` waits for it
        return work()
    _thread = threading.Thread(target=_work, name="posts", daemon=True)
    _thread.start()
    return False


def _work() -> None:
    try:
        while work():
            close_old_connections()
    except OperationalError as problem:
        log.warning("The database is not available, posts wait: %s", problem)
    except Exception:
        log.exception("Posting failed.")
    finally:
        connection.close()
