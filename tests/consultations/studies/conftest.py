"""Studies are printed again and again; the same words are set once in a process."""

import json
from typing import Any, Final

import pytest

from contactpoint.kit.composing import press
from contactpoint.kit.composing.press import Printed

_printed: Final[dict[str, Printed]] = {}
_set = press._set


@pytest.fixture(autouse=True)
def set_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that sets takes half a second. How it does is tested in tests/kit/composing; the
    moment, which stands in the file and on no page, is that of the first time."""

    def once(template: str, moment: int, data: dict[str, Any]) -> Printed:
        key = f"{template} {json.dumps(data, sort_keys=True)}"
        if key not in _printed:
            _printed[key] = _set(template, moment, data)
        return _printed[key]

    monkeypatch.setattr(press, "_set", once)
