"""What can go wrong with a source, said so that a person can mend it."""


class SourceError(ValueError):
    """A source can't be read. The message names the place (file, line) and the mend."""


class IntakeError(RuntimeError):
    """An action on an import can't be done. The message says why and what to do instead."""
