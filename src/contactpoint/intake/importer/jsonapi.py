"""Drupal's JSON:API: nodes with their terms, files and pictures, as one page of it exports them.

https://www.drupal.org/docs/core-modules-and-themes/core-modules/jsonapi-module; fields of a site's
own are known by the words in their names (`field_main_theme`, `field_publication_date`).
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from contactpoint.intake.importer.records import Record

_DATE_WORDS: Final = ("date", "datum", "published")
_THEME_WORDS: Final = ("theme", "thema", "topic")
_KIND_WORDS: Final = ("type", "kind", "categor")
_TEASER_WORDS: Final = ("teaser", "intro", "summary", "chapo")
_Included = Mapping[tuple[str, str], Mapping[str, Any]]


def is_jsonapi(whole: Any) -> bool:
    """Whether it is a document of JSON:API with resources in it."""
    if not isinstance(whole, Mapping):
        return False
    found = _list(whole.get("data"))
    return bool(found) and all("attributes" in one and "type" in one for one in found)


def records(whole: Mapping[str, Any], site: str) -> Iterator[Record]:
    """A record for each node that is published."""
    included: _Included = {
        (str(one.get("type")), str(one.get("id"))): one for one in _list(whole.get("included"))
    }
    for node in _list(whole.get("data")):
        if _map(node.get("attributes")).get("status") is not False:
            yield _record(node, included, site)


def _record(node: Mapping[str, Any], included: _Included, site: str) -> Record:
    attributes = _map(node.get("attributes"))
    body = _map(attributes.get("body"))
    path = _map(attributes.get("path")).get("alias")
    record = Record(
        title=_text(attributes.get("title") or attributes.get("name")),
        body=_text(body.get("processed") or body.get("value")),
        teaser=_text(body.get("summary")),
        language=_text(attributes.get("langcode")),
        kind=_text(node.get("type")).partition("--")[2].replace("_", " "),
        address=f"{site}{path}" if site and isinstance(path, str) else "",
        anchor=f"jsonapi:{node.get('id')}:{attributes.get('langcode')}"[:500],
    )
    for name, value in attributes.items():
        if name.startswith("field_"):
            _take_attribute(record, name, value)
    record.date = record.date or _text(attributes.get("created"))
    for name, relation in _map(node.get("relationships")).items():
        for target in _list(_map(relation).get("data")):
            _take_relation(record, name, target, included)
    return record


def _take_attribute(record: Record, name: str, value: Any) -> None:
    parts = _map(value)
    text = _text(parts.get("processed") or parts.get("value") if parts else value)
    if not text:
        return
    if any(word in name for word in _DATE_WORDS):
        record.date = record.date or text
    elif any(word in name for word in _TEASER_WORDS):
        record.teaser = record.teaser or text
    elif parts.get("format") and not record.body:
        record.body = text


def _take_relation(
    record: Record, name: str, target: Mapping[str, Any], included: _Included
) -> None:
    kind = _text(target.get("type"))
    found = included.get((kind, _text(target.get("id"))))
    meta = _map(target.get("meta"))
    if found is None:
        return
    label = _text(_map(found.get("attributes")).get("name"))
    if kind.startswith("taxonomy_term--"):
        if any(word in name or word in kind for word in _THEME_WORDS):
            record.themes.append(label)
        elif any(word in name or word in kind for word in _KIND_WORDS):
            record.kind = label
        else:
            record.keywords.append(label)
    elif kind == "file--file":
        _take_file(record, found, meta, "image" in name or "alt" in meta)
    elif kind.startswith("media--"):
        for inner, relation in _map(found.get("relationships")).items():
            for one in _list(_map(relation).get("data")):
                file = included.get(("file--file", _text(one.get("id"))))
                if file is not None and inner.startswith("field_media"):
                    is_picture = "image" in inner
                    _take_file(record, file, {"title": label, **_map(one.get("meta"))}, is_picture)


def _take_file(
    record: Record, file: Mapping[str, Any], meta: Mapping[str, Any], is_picture: bool
) -> None:
    attributes = _map(file.get("attributes"))
    link = _text(_map(attributes.get("uri")).get("url"))
    if not link:
        return
    if is_picture:
        record.pictures.append((link, _text(meta.get("alt"))))
    else:
        title = meta.get("description") or meta.get("title") or attributes.get("filename")
        record.files.append((link, _text(title)))


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Mapping[str, Any]]:
    many = value if isinstance(value, list) else [value]
    return [one for one in many if isinstance(one, Mapping)]


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
