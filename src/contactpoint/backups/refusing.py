"""What can be wrong with a backup, in words for whoever holds it."""


class BackupError(Exception):
    """It can't be made, read or put back; the sentence says why and what to do."""


class DamagedError(BackupError):
    """The file is not, or no longer, what was written: cut off, changed, or no backup at all."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"This is no whole backup: {problem} Nothing was touched.")
