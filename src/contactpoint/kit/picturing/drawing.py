"""The sheet on which a picture is drawn: escaped, mirrored, with a title and without a style."""

from __future__ import annotations

from html import escape

from contactpoint.kit.picturing.points import Direction


class Drawing:
    """Collects what is drawn and becomes an `<svg>`."""

    def __init__(
        self, kind: str, *, title: str, description: str, name: str, direction: Direction
    ) -> None:
        self.kind = kind
        self.title = title
        self.description = description
        self.name = name
        self.direction = direction
        self.parts: list[str] = []

    def svg(self, width: int, height: int) -> str:
        name = escape(self.name)
        return (
            f'<svg class="picture picture-{self.kind}" viewBox="0 0 {width} {height}" role="img"'
            f' aria-labelledby="{name}-title {name}-description">'
            f'<title id="{name}-title">{escape(self.title)}</title>'
            f'<desc id="{name}-description">{escape(self.description)}</desc>'
            f"{''.join(self.parts)}</svg>"
        )
