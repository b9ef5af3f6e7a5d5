"""Keeps out of the logs which page of guidance somebody read: beside it stands the hour."""

import logging
import re
from typing import Any, Final

_ADDRESS: Final = re.compile(r"(/guidance/)[^\s\"']+")


class GuidanceFilter(logging.Filter):
    """Never drops a record: that something failed is told, not on which page."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Addresses are handed over as arguments; some stand in the message itself."""
        if isinstance(record.msg, str):
            record.msg = masked(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_bare(one) for one in record.args)
        return True


def masked(text: str) -> str:
    """The text, with a dash in place of what stands behind `/guidance/`."""
    return _ADDRESS.sub(r"\1–", text)


def _bare(value: Any) -> Any:
    text = (
        value if isinstance(value, str) else str(value) if isinstance(value, BaseException) else ""
    )
    return masked(text) if "/guidance/" in text else value
