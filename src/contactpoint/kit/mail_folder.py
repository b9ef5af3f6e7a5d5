"""Mails as files, where no mail server is named: whoever runs the portal reads them, nobody else on
the machine. What must not be kept is never handed over here (`kit.mail.is_sent`)."""

import os
from pathlib import Path
from typing import Any

from django.core.mail.backends import filebased


class EmailBackend(filebased.EmailBackend):
    """Django's, with a folder and files of their owner's alone."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        Path(self.file_path).chmod(0o700)

    def open(self) -> bool:
        """A new file that nobody else can read, from its first byte on."""
        if self.stream is not None:
            return False
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        self.stream = os.fdopen(os.open(self._get_filename(), flags, 0o600), "ab")
        return True
