"""Keeps out of the logs which page of guidance somebody read: beside it stands the hour."""

import re

from contactpoint.kit.masking import MaskingFilter


class GuidanceFilter(MaskingFilter):
    """That something failed is told, not on which page."""

    mark = "/guidance/"
    secret = re.compile(r"(/guidance/)[^\s\"']+")
