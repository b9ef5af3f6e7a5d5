"""Keeps out of the logs what stands in addresses and is nobody's business.

An app says what that is by a filter of its own; `LOGGING` names them all.
"""

import logging
import re
from typing import Any, ClassVar


class MaskingFilter(logging.Filter):
    """Never drops a record; takes what `secret` finds behind its first group out of its words."""

    mark: ClassVar[str]
    """What stands in each text that has something to hide: a quick look before the slow one."""
    secret: ClassVar[re.Pattern[str]]

    def filter(self, record: logging.LogRecord) -> bool:
        """Addresses are handed over as arguments; some stand in the message itself."""
        if isinstance(record.msg, str):
            record.msg = self.masked(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(self._bare, record.args))
        return True

    @classmethod
    def masked(cls, text: str) -> str:
        """The text, with a dash in place of each secret."""
        return cls.secret.sub(r"\1–", text) if cls.mark in text else text

    def _bare(self, value: Any) -> Any:
        if not isinstance(value, str | BaseException):
            return value
        text = str(value)
        return self.masked(text) if self.mark in text else value
