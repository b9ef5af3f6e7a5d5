"""What the desk knows of pages: when it read them, their links, and which look alike."""

from contactpoint.desk.models.likeness import Likeness, PageKey
from contactpoint.desk.models.links import Link, LinkUse
from contactpoint.desk.models.reading import PageReading

__all__ = ["Likeness", "Link", "LinkUse", "PageKey", "PageReading"]
