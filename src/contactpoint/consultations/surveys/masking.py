"""Keeps the secrets of links out of the logs: whoever reads there could answer for somebody, and of
an anonymous round join an address and a time with an answer."""

import re

from contactpoint.kit.masking import MaskingFilter


class LinkFilter(MaskingFilter):
    """The round is told, not whose link it was."""

    mark = "/answer/"
    secret = re.compile(r"(/answer/)[a-z0-9]{20,}")
