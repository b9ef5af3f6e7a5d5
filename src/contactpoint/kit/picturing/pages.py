"""A picture as it stands in a page: drawn for wide and for narrow, of which the style sheet shows
one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contactpoint.kit.picturing.points import NARROW, WIDE


def for_page(draw: Callable[..., str], series: Any, *, name: str, **options: Any) -> str:
    """Both drawings of one picture, such as `for_page(line, [series], name="arrivals", title=…)`.

    `name` is unique in the page; a reader at a screen reader meets one of the two.
    """
    wide = draw(series, name=name, width=WIDE, **options)
    narrow = draw(series, name=f"{name}-narrow", width=NARROW, **options)
    return f'<div class="pictures">{wide}{narrow}</div>'
