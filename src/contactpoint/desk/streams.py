"""Reads the stream fields of any page, whatever it calls them."""

from collections.abc import Iterator
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Page


def streams_of(page: Page) -> Iterator[Any]:
    """The values of the page's stream fields."""
    for one in page._meta.get_fields():
        if isinstance(one, StreamField):
            yield one.value_from_object(page)


def pictures_in(page: Page) -> Iterator[Any]:
    """Every picture in the page's text, as often as it stands there."""
    for stream in streams_of(page):
        for block in stream:
            if block.block_type == "picture" and block.value.get("picture"):
                yield block.value["picture"]
