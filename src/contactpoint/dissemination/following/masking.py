"""Keeps the secrets of links out of the logs: one of them holds an address, the others let whoever
has them change what somebody follows."""

import re

from contactpoint.kit.masking import MaskingFilter


class FollowFilter(MaskingFilter):
    """What the link was for is told, not whose it was."""

    mark = "/follow/"
    secret = re.compile(r"(/follow/(?:confirm|mine|stop)/)[^/\s\"'?]+")
