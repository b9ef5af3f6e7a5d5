"""Whether mails ever tell of what a search finds: else whoever follows it waits in vain."""

from collections.abc import Mapping

from contactpoint.search.showing.addresses import Asked
from contactpoint.search.showing.naming import UNTOLD


def untold_only(asked: Asked, facets: Mapping[str, Mapping[str, int]]) -> set[str]:
    """The kinds that a search is narrowed to or finds, if mails tell of none of them. Of what finds
    nothing there may be something later."""
    chosen = set(asked.of("kind", "any", "all"))
    # Beside a chosen kind the others are counted, too: as what might be chosen.
    found = {kind for kind, number in facets.get("kind", {}).items() if number}
    kinds = chosen or found - set(asked.of("kind", "none"))
    return kinds if kinds <= UNTOLD else set()
