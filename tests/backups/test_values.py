"""Values go into the form of no database and come back as they were; what is none is refused."""

from datetime import UTC, datetime
from decimal import Decimal
from ipaddress import ip_address
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contactpoint.backups import lines, values

HOW = {
    "integer": st.integers(-(2**63), 2**63 - 1),
    "boolean": st.sampled_from([0, 1]),
    "text": st.text(st.characters(exclude_categories=["Cs"])),
    "float": st.floats(),
    "date": st.dates().map(str),
    "time": st.times().map(str),
    "moment": st.datetimes().map(str),
    "duration": st.integers(-(10**12), 10**12),
    "uuid": st.uuids().map(lambda one: one.hex),
    "binary": st.binary(),
    "json": st.sampled_from(["{}", '{"a": [1, 2.50, null]}', "null", '"x"', "1E400"]),
    "address": st.ip_addresses().map(str),
}


@pytest.mark.parametrize("kind", HOW)
def test_what_sqlite_has_comes_back_to_the_bit(kind: str) -> None:
    @settings(max_examples=40)
    @given(HOW[kind])
    def there_and_back(value: Any) -> None:
        told = lines.parsed(lines.line([values.reader(kind)(value)]))[0]
        again = values.for_sqlite(kind)(values.checker(kind)(told))
        assert repr(again) == repr(value)

    there_and_back()


@pytest.mark.parametrize(
    ("kind", "of_sqlite", "of_postgresql"),
    [
        ("boolean", 1, True),
        ("moment", "2026-01-01 12:00:00", datetime(2026, 1, 1, 12, tzinfo=UTC)),
        ("uuid", "6fa459eaee8a3ca4894edb77e160355e", UUID("6fa459ea-ee8a-3ca4-894e-db77e160355e")),
        ("decimal", 50.1, Decimal("50.10000")),
        ("decimal", -1e-05, Decimal("-0.00001")),
        ("decimal", 7, Decimal("7.00000")),
        ("binary", b"\0x", memoryview(b"\0x")),
        ("address", "2001:db8::1", str(ip_address("2001:db8::1"))),
    ],
)
def test_both_databases_tell_the_same(kind: str, of_sqlite: Any, of_postgresql: Any) -> None:
    read = values.reader(kind, 5)
    assert read(of_sqlite) == read(of_postgresql)


WRONG = {
    "integer": ["1", 1.0, True, [], {}],
    "boolean": [0, "true"],
    "text": [1, ["x"]],
    "float": ["1.5", "Infinity", [], True],
    "decimal": [1.5, "x", "NaN", "1e", "1" * 80],
    "date": ["2026-13-01", "today", 3],
    "moment": ["2026-01-01T00:00:00", "2026-01-01T00:00:00+99:00Z", 0],
    "uuid": ["6fa459ea-ee8a-3ca4-894e-db77e160355e", "x" * 32],
    "json": ["{", {}, "[" * 100_000],
    "binary": ["*", 1, "YQ"],
    "duration": ["1"],
    "time": ["25:00"],
}


@pytest.mark.parametrize(("kind", "value"), [(k, one) for k, some in WRONG.items() for one in some])
def test_what_is_of_another_kind_is_refused(kind: str, value: Any) -> None:
    with pytest.raises((ValueError, RecursionError)):
        values.checker(kind)(value)
