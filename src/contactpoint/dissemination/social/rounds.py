"""The worker's part, in a thread for each account: servers of others may take minutes to answer,
and no account waits for the server of another."""

import logging
import threading

from django.db import OperationalError, close_old_connections, connection

from contactpoint.dissemination.social.sending import due, work

log = logging.getLogger(__name__)

_threads: dict[str, threading.Thread] = {}
"""By account."""


def send_posts() -> bool:
    """Whether there may be more to do at once; a thread that sends says so by itself."""
    if threading.current_thread() is threading.main_thread():  # `worker --once` waits for it
        return work()
    for channel in due().order_by().values_list("channel", flat=True).distinct():
        running = _threads.get(channel)
        if running is None or not running.is_alive():
            thread = threading.Thread(
                target=_work, args=[channel], name=f"posts {channel}", daemon=True
            )
            _threads[channel] = thread
            thread.start()
    return False


def _work(channel: str) -> None:
    try:
        while work(channel):
            close_old_connections()
    except OperationalError as problem:
        log.warning("The database is not available, posts wait: %s", problem)
    except Exception:
        log.exception("Posting failed.")
    finally:
        connection.close()
