"""Facts inside a translated stream: the hours of a session are the same in every language.

wagtail-localize keeps the identifiers of blocks, so a block of a translation is known by that of
its source. Words are not touched, and a session that the translation lacks waits for its words.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import models
from wagtail.blocks import StreamValue

Facts = dict[str, dict[str, Any]]


def block_facts(page: models.Model) -> dict[str, Facts]:
    """Stream → identifier of a block → its facts, as they are stored."""
    return {name: _facts(_raw(page, name), facts) for name, facts in _declared(page).items()}


def copy_block_facts(source: models.Model, target: models.Model) -> bool:
    """Give the blocks of `target` the facts of those of `source`; false where nothing differs."""
    changed = False
    for name, facts in _declared(source).items():
        raw, wanted = _raw(target, name), _facts(_raw(source, name), facts)
        if renew(raw, wanted):
            changed = True
            field: Any = target._meta.get_field(name)
            setattr(target, name, StreamValue(field.stream_block, raw, is_lazy=True))
    return changed


def renew(raw: Sequence[dict[str, Any]], wanted: Mapping[str, Mapping[str, Any]]) -> bool:
    """Write facts into stored blocks; returns whether any differed."""
    changed = False
    for block in raw:
        for name, value in wanted.get(block.get("id") or "", {}).items():
            if isinstance(block["value"], dict) and block["value"].get(name) != value:
                block["value"][name] = value
                changed = True
    return changed


def _declared(page: models.Model) -> Mapping[str, Sequence[str]]:
    return getattr(page, "block_facts", {})


def _raw(page: models.Model, name: str) -> list[dict[str, Any]]:
    stream = getattr(page, name)
    return list(stream.get_prep_value()) if stream else []


def _facts(raw: Sequence[dict[str, Any]], names: Sequence[str]) -> Facts:
    return dict(_each(raw, names))


def _each(
    raw: Sequence[dict[str, Any]], names: Sequence[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for block in raw:
        value = block["value"]
        found = [name for name in names if name in value] if isinstance(value, dict) else []
        if block.get("id") and found:
            yield block["id"], {name: value[name] for name in found}
