"""Codes of countries and groups of countries. Eurostat's are ISO 3166's but for Greece and the
United Kingdom, where files of others and of other years may say the other one.
"""

from __future__ import annotations

import re
from typing import Final

from contactpoint.figures.periods import Period

EUROSTAT: Final = {"GR": "EL", "GB": "UK"}
ISO: Final = {ours: theirs for theirs, ours in EUROSTAT.items()}
COUNTRY: Final = re.compile(r"[A-Z]{2}")
_GROUP: Final = re.compile(r"(EXT_)?(EU|EA|EEA|EFTA)[0-9]*(_[0-9]{4})?|TOTAL")
MEMBERS: Final = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "UK",
})  # fmt: skip
"""The countries that are or were in the EU since 2013."""
REPORTING: Final = MEMBERS | {
    "AD", "AL", "AM", "AZ", "BA", "BY", "CH", "GE", "IS", "LI", "MC", "MD", "ME", "MK",
    "NO", "RS", "RU", "SM", "TR", "UA", "XK", "DE_TOT", "FX",
}  # fmt: skip
"""The countries that Eurostat has figures of; two in another composition beside."""
_HR_CAME: Final = (2013, 7)
_UK_LEFT: Final = (2020, 2)
_WITHOUT: Final[dict[str, frozenset[str]]] = {
    "EU28": frozenset(), "EU27_2020": frozenset({"UK"}), "EU27_2007": frozenset({"HR"}),
}  # fmt: skip
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


def is_reporting(code: str) -> bool:
    """Whether figures are known to be told of a place: one of those countries, or a group.

    >>> [is_reporting(code) for code in ("GR", "EU27_2020", "XX", "<script>")]
    [True, True, False, False]
    """
    return is_group(code) or place(code) in REPORTING


def is_part(code: str, group: str, when: Period) -> bool:
    """Whether a country's figure is counted in that of a group that has been the EU.

    >>> when = Period(2018, 1, "A")
    >>> [is_part("UK", group, when) for group in ("EU28", "EU27_2020", "EU", "EA20", "DE")]
    [True, False, True, False, False]
    """
    if group == "EU":
        return place(code) in members(when)
    return group in _WITHOUT and place(code) in MEMBERS - _WITHOUT[group]


def members(when: Period) -> frozenset[str]:
    """The countries that were the EU at the end of a period.

    >>> [len(members(Period(year, 1, "A"))) for year in (2012, 2019, 2020)]
    [27, 28, 27]
    """
    last = when.last_month
    end = (last.year, last.month)
    others = {"UK"} if end >= _UK_LEFT else {"HR"} if end < _HR_CAME else set()
    return MEMBERS - others
