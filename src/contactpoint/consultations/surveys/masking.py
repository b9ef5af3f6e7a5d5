"""Keeps the secrets of links out of the logs: whoever reads there could answer for somebody, and of
an anonymous round join an address and a time with an answer."""

import logging
import re
from typing import Any, Final

_LINK: Final = re.compile(r"(/answer/)[a-z0-9]{20,40}")


class LinkFilter(logging.Filter):
    """Never drops a record; takes the secret out of its words."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Addresses are handed over as arguments; some stand in the message itself."""
        if isinstance(record.msg, str):
            record.msg = masked(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_bare(one) for one in record.args)
        return True


def masked(text: str) -> str:
    """The text, with a dash in place of each secret."""
    return _LINK.sub(r"\1–", text)


def _bare(value: Any) -> Any:
    text = (
        value if isinstance(value, str) else str(value) if isinstance(value, BaseException) else ""
    )
    return masked(text) if "/answer/" in text else value
