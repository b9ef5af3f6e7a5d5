"""Codes of countries and groups of countries. Eurostat's are ISO 3166's but for Greece and the
United Kingdom, where files of others and of other years may say the other one.
"""

from __future__ import annotations

import re
from typing import Final

EUROSTAT: Final = {"GR": "EL", "GB": "UK"}
ISO: Final = {ours: theirs for theirs, ours in EUROSTAT.items()}
COUNTRY: Final = re.compile(r"[A-Z]{2}")
_GROUP: Final = re.compile(r"(EXT_)?(EU|EA|EEA|EFTA)[0-9]*(_[0-9]{4})?|TOTAL")
_OTHER: Final = {"EU", "EA", "STLS", "UNK", "RNC", "UK_OCT"}


def place(code: str) -> str:
    """A place as Eurostat writes it today.

    >>> place("GR"), place("UK"), place("EU28")
    ('EL', 'UK', 'EU28')
    """
    return EUROSTAT.get(code, code)


def is_group(code: str) -> bool:
    """Whether a code stands for several countries, so that it is no rival of one in a rank.

    >>> [code for code in ("BE", "EU28", "EU27_2020", "EA20", "EU", "EE") if is_group(code)]
    ['EU28', 'EU27_2020', 'EA20', 'EU']
    """
    return _GROUP.fullmatch(code) is not None


def is_country(code: str) -> bool:
    """Whether a code stands for one country: two letters, and no group, stateless or unknown."""
    return COUNTRY.fullmatch(code) is not None and code not in _OTHER
