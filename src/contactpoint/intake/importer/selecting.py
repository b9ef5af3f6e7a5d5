"""Picks the fields of an item out of a parsed page, by selectors; `@` asks for an attribute."""

from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from contactpoint.intake.errors import SourceError
from contactpoint.intake.mapping import Rules

Selectors = Mapping[str, tuple[str, ...]]


def require_selectors(rules: Rules, name: str) -> None:
    """Refuse a mapping with a selector that can't be read. Raises `SourceError`."""
    page = LexborHTMLParser("<html></html>")
    for selector in [*(one for many in rules.fields.values() for one in many), rules.item]:
        try:
            if selector:
                page.css(selector.rpartition("@")[0] or selector)
        except SelectolaxError as error:
            raise SourceError(f"{name}: “{selector}” is no CSS selector.") from error


class Picked:
    """The fields of one item. `outer` is the page around it, for what stands outside of it."""

    def __init__(
        self, node: LexborNode, outer: LexborHTMLParser | None, own: Selectors, usual: Selectors
    ) -> None:
        self.node, self._outer = node, outer
        self._own, self._usual = own, usual

    def text(self, name: str) -> str:
        """The first that there is."""
        return next(iter(self.texts(name)), "")

    def texts(self, name: str) -> list[str]:
        """All that the first selector with a find gives, each once."""
        for selector in self._selectors(name):
            query, _at, attribute = selector.rpartition("@")
            found = [
                " ".join(
                    (node.attributes.get(attribute) or "").split()
                    if query
                    else node.text(separator=" ").split()
                )
                for node in self._nodes(query or selector)
            ]
            if any(found):
                return list(dict.fromkeys(text for text in found if text))
        return []

    def nodes(self, name: str) -> list[LexborNode]:
        """The elements themselves."""
        for selector in self._selectors(name):
            found = list(self._nodes(selector))
            if found:
                return found
        return []

    @property
    def classes(self) -> list[str]:
        """Those of the item, then those of the page around it."""
        nodes = [self.node, *(self._outer.css("body") if self._outer is not None else [])]
        return [name for node in nodes for name in (node.attributes.get("class") or "").split()]

    def _selectors(self, name: str) -> tuple[str, ...]:
        return self._own.get(name) or self._usual.get(name, ())

    def _nodes(self, selector: str) -> Iterator[LexborNode]:
        found = self.node.css(selector)
        if not found and self._outer is not None:
            found = self._outer.css(selector)
        yield from found
