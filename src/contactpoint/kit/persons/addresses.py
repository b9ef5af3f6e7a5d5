"""An address in a text: that very one, not one that ends or begins with it."""

import re


def pattern(address: str) -> re.Pattern[str]:
    """`an@a.example` is not found in `jan@a.example`, nor in `an@a.example.org`."""
    return re.compile(
        rf"(?<![\w.+%-]){re.escape(address)}(?![\w-]|\.\w)", re.IGNORECASE | re.UNICODE
    )


def bytes_pattern(address: str) -> re.Pattern[bytes]:
    """The same, in a file."""
    wanted = re.escape(address.encode())
    return re.compile(rb"(?<![\w.+%-])" + wanted + rb"(?![\w-]|\.\w)", re.IGNORECASE)
