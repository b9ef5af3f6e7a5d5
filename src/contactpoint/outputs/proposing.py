"""What somebody outside proposes to be published, and who makes drafts of it.

A partner's words come in through one floor (`api`), and the sieve that all words from outside pass
stands on another (`intake`), which knows nothing of it. Both know this module: the shape of what
is proposed, and the name of the maker that reads it and makes drafts. Nothing here publishes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, cast

from django.utils.module_loading import import_string

from contactpoint.outputs.models import Output

_makers: list[str] = []


class RefusedError(Exception):
    """Words that can't be read safely; `field` and `language` say which."""

    def __init__(self, field: str, language: str, said: str) -> None:
        super().__init__(said)
        self.field, self.language = field, language


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is proposed, as it came. Texts are by language, the first of `title` leads; `body` may
    be HTML. `kind` is one of `outputs.models.output.Kind`; `publisher` is an institution's slug."""

    kind: str
    title: Mapping[str, str]
    teaser: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)
    place: Mapping[str, str] = field(default_factory=dict)
    publication_type: str = ""
    dated: date | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    whole_day: bool = False
    online: bool = False
    effective: date | None = None
    closes: date | None = None
    legal_reference: str = ""
    source: str = ""
    publisher: str = ""
    themes: Sequence[str] = ()
    concepts: Sequence[str] = ()
    institutions: Sequence[str] = ()
    countries: Sequence[str] = ()
    keywords: Sequence[str] = ()


class Maker(Protocol):
    """Reads what is proposed, and makes drafts of what was read. What is read is JSON."""

    def read(self, proposed: Proposed) -> dict[str, Any]:
        """Sieved and harmonised, and what is odd about it. Raises `RefusedError`."""

    def odd(self, read: Mapping[str, Any]) -> list[str]:
        """What is odd, in words of the active language; for editors only, since it names drafts."""

    def odd_for_anybody(self, read: Mapping[str, Any]) -> list[str]:
        """What of it whoever proposed it may be told: no page is named but those that any reader
        may see at this moment."""

    def parents(self, read: Mapping[str, Any]) -> Sequence[Any]:
        """The pages under which its drafts would be made. Raises `ValueError` with a sentence where
        the portal has no such place."""

    def draft(self, read: Mapping[str, Any], user: Any) -> Output:
        """A draft in each language of it; returns the one that leads."""

    def translate(self, page: Output, read: Mapping[str, Any], language: str, user: Any) -> Output:
        """A draft of a page that is there, in a language in which it isn't."""


def register(maker: str) -> None:
    """Name the class that makes drafts; it is imported when it is needed first."""
    if maker not in _makers:
        _makers.append(maker)


def maker() -> Maker:
    """Raises `LookupError` where no app takes proposals."""
    if not _makers:
        raise LookupError("No app makes drafts of what is proposed.")
    return cast("Maker", import_string(_makers[0])())
