"""JSON: a list of objects, a JSON Feed, or what Drupal's JSON:API exports; one file or a crawl."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from contactpoint.intake.crawl import Crawl, crawl_of
from contactpoint.intake.errors import SourceError
from contactpoint.intake.importer.decoding import LARGEST_FILE, digest_of
from contactpoint.intake.importer.importer import Importer
from contactpoint.intake.importer.jsonapi import is_jsonapi
from contactpoint.intake.importer.jsonapi import records as jsonapi_records
from contactpoint.intake.importer.records import Maker, Record, field_of, filled
from contactpoint.intake.raw import RawItem

_LISTS: Final = ("items", "results", "nodes", "entries", "records", "data", "rows")
_WORDS: Final = ("name", "title", "label", "value", "text", "url", "href", "src")


def parsed(data: bytes, name: str) -> Any:
    """What the bytes say. Raises `SourceError`, also for what is nested to do harm."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{name}: this is no JSON ({error}). Export it again.") from error


class JsonExport(Importer):
    """Reads objects."""

    name = "json"
    _crawl: Crawl
    _names: list[str]

    def _check(self) -> str:
        self._crawl = crawl_of(self.path)
        if self.path.is_file() and self.path.suffix.lower() != ".zip":
            size = self.path.stat().st_size
            if size > LARGEST_FILE:
                raise SourceError(
                    f"{self.path.name} is {size // 2**20} MB; an export may be "
                    f"{LARGEST_FILE // 2**20} MB at most. Export it in pages."
                )
            self._names = []
            return digest_of(self.path)
        self._names = sorted(name for name in self._crawl.names if name.lower().endswith(".json"))
        if not self._names:
            raise SourceError(f"{self.path.name} holds no file that ends in .json.")
        return self._crawl.digest(self._names)

    def _items(self) -> Iterator[RawItem]:
        found = False
        met: set[str] = set()
        for name in self._names or [self.path.name]:
            data = self._crawl.read(name) if self._names else self.path.read_bytes()
            maker = Maker(self.rules, self._crawl, name)
            whole = parsed(data, name)
            left_out = _left_out(whole)
            for record in self._records(whole):
                if record.language and record.language.lower()[:2] != self.language[:2]:
                    continue
                if not (record.title or record.body or record.teaser) or record.anchor in met:
                    continue
                found = True
                met |= {record.anchor} - {""}
                item = maker.item(record)
                if left_out:  # told once for each list, at its first item
                    item.notes.append(("left-out", {"number": left_out}))
                    left_out = 0
                yield item
        if not found:
            raise SourceError(
                f"{self.path.name}: nothing here is an item in “{self.language}”. An item has a "
                "title or a text; say with --mapping what they are called, or check --language."
            )

    def _records(self, whole: Any) -> Iterator[Record]:
        if is_jsonapi(whole):
            yield from jsonapi_records(whole, self.rules.address)
            return
        language = str(whole.get("language") or "") if isinstance(whole, Mapping) else ""
        for found in _objects(whole):
            record = self._record(found)
            record.language = record.language or language
            yield record

    def _record(self, found: Mapping[str, Any]) -> Record:
        own = [
            (field, text)
            for field, paths in self.rules.fields.items()
            for path in paths
            for text in _worded(field, _at(found, path))
        ]
        named = {field for field, _text in own}
        usual = [
            (field_of(name), text)
            for name, value in found.items()
            if field_of(name) and field_of(name) not in named
            for text in _worded(field_of(name), value)
        ]
        record = filled([*own, *usual])
        key = found.get("id") or found.get("uuid")
        record.anchor = "" if key is None or record.address else f"json:{key}"[:500]
        return record


def said(value: Any) -> Iterator[str]:
    """The texts in a value: of a list each, of an object that which is its name."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list):
        for one in value[:100]:
            if not isinstance(one, list):
                yield from said(one)
    elif isinstance(value, Mapping):
        for word in _WORDS:
            if isinstance(value.get(word), str):
                yield value[word]
                return


def _worded(field: str, value: Any) -> Iterator[str]:
    """The texts in a value; a number is a day, a key or a name, and no text to read."""
    is_number = isinstance(value, int | float)
    return iter(()) if is_number and field in ("body", "teaser") else said(value)


def _objects(whole: Any) -> list[Mapping[str, Any]]:
    return [one for one in _list(whole) if isinstance(one, Mapping)]


def _left_out(whole: Any) -> int:
    """How many entries of the list are no objects."""
    return sum(1 for one in _list(whole) if not isinstance(one, Mapping))


def _list(whole: Any) -> list[Any]:
    found = whole
    if isinstance(whole, Mapping):
        found = next((whole[name] for name in _LISTS if isinstance(whole.get(name), list)), [whole])
    return found if isinstance(found, list) else []


def _at(found: Any, path: str) -> Any:
    for name in path.split("."):
        if isinstance(found, list):
            found = [one.get(name) for one in found if isinstance(one, Mapping)]
        elif isinstance(found, Mapping):
            found = found.get(name)
        else:
            return None
    return found
