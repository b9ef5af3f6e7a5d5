"""A table in a text, as it is pasted from a spreadsheet or from Word."""

from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.table_block.blocks import DEFAULT_TABLE_OPTIONS
from wagtail.contrib.table_block.blocks import TableBlock as CellsBlock
from wagtail_localize.segments import StringSegmentValue

from contactpoint.kit.blocks.gridding import gridded, has_letters, sound, texts_of
from contactpoint.kit.blocks.laying import laid_in

OPTIONS: Final = {
    **DEFAULT_TABLE_OPTIONS,
    "contextMenu": [*DEFAULT_TABLE_OPTIONS["contextMenu"], "---------", "alignment"],
}


class TableBlock(CellsBlock):
    """Rows and columns with a caption. In a cell a few marks of Markdown are read: bold, italic,
    links; and references to notes. How a cell stands is chosen by the menu of the right button.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("table_options", OPTIONS)
        super().__init__(**kwargs)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "kit/blocks/table.html"
        help_text = _(
            "Cells can be pasted from a spreadsheet or from Word. **Bold**, *italic*, "
            "[links](https://…) and notes [^name] may stand in them."
        )
        preview_value: Final = {
            "data": [["Year", "People"], ["2018", "1 200"]],
            "table_header_choice": "row",
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_caption": "People who arrived",
        }

    def clean(self, value: Any) -> Any:
        """Of what a browser sent only what a table is made of."""
        return super().clean(sound(value))

    def render(self, value: Any, context: Any = None) -> SafeString:
        """The cells as they are read: Wagtail's own would show them as they are written."""
        grid = gridded(value or {}, laid_in(context))
        return mark_safe(render_to_string(self.meta.template, {"grid": grid}))  # noqa: S308 — a template's

    def get_searchable_content(self, value: Any) -> list[str]:
        """The caption as well."""
        return texts_of(value or {})

    def get_translatable_segments(self, value: Any) -> list[StringSegmentValue]:
        """Asked by wagtail-localize: the texts in their order, as those of running text, so that a
        new row doesn't take the translations away from those below it. Numbers are no text."""
        return [StringSegmentValue("", one) for one in texts_of(value or {}) if has_letters(one)]

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> dict[str, Any]:
        """Asked by wagtail-localize: the same table with the texts of a translation."""
        told = sorted(segments, key=lambda one: one.order)
        words = iter([one.render_text() for one in told])

        def put(text: Any) -> Any:
            said = str(text or "")
            return next(words, said) if has_letters(said) else text

        caption = put((value or {}).get("table_caption"))
        data = [[put(cell) for cell in row] for row in (value or {}).get("data") or ()]
        return {**(value or {}), "table_caption": caption, "data": data}
