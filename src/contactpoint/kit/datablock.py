"""Data for machines inside a page: JSON in a script element that no browser runs."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe

_ESCAPED: Final = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def data_block(properties: Mapping[str, Any]) -> SafeString:
    """The properties as JSON that can't end the element in which it stands."""
    text = json.dumps(properties, ensure_ascii=False)
    for sign, code in _ESCAPED.items():
        text = text.replace(sign, code)
    return mark_safe(text)  # noqa: S308 — no sign is left that HTML knows
