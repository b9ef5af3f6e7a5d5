"""What an editor should look at before a page is published: upper apps say it, one panel shows it.

    @checks(Output)
    def theme(page: Output) -> Iterator[Finding]: ...

A check reads the page as it stands in memory (a draft, its child rows included) and asks the
database little. It advises; what must hold publishing up is said by the form's own validation.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from wagtail.models import Page

Check = Callable[[Any], Iterable["Finding"]]
CheckFunction = TypeVar("CheckFunction", bound=Check)
_checks: list[tuple[type[Page], Check]] = []


@dataclass(frozen=True, slots=True)
class Finding:
    """`name` stays the same in every language; `text` says what is found, in the editor's language.

    `url` leads to where it is mended, `mend` says how in a word or two. `quote` is a place in the
    page, in its own language. A `note` says how something is, and asks for nothing.
    """

    name: str
    text: str
    mend: str = ""
    url: str = ""
    quote: str = ""
    note: bool = False


def checks(model: type[Page]) -> Callable[[CheckFunction], CheckFunction]:
    """Register a check of the pages of `model` and of models under it; checks run in that order."""

    def register(function: CheckFunction) -> CheckFunction:
        if (model, function) not in _checks:
            _checks.append((model, function))
        return function

    return register


def findings(page: Page) -> list[Finding]:
    """All that the checks of a page find, notes included."""
    return [
        finding
        for model, function in _checks
        if isinstance(page, model)
        for finding in function(page)
    ]
