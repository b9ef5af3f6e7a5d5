"""Words of a question that may not be what was meant, for nobody has written them so."""

from collections.abc import Sequence

from contactpoint.search.asking.composing import Composer
from contactpoint.search.asking.syntax import Item


def unwritten(items: Sequence[Item], composer: Composer) -> set[Item]:
    """Those of the words that stand nowhere, or only another word with their stem does."""
    words = [item for item in items if item.kind == "word"]
    nowhere = {item for item in words if composer.is_nowhere(item)}
    others = [item for item in words if item not in nowhere and not item.joined]
    terms = [("surface", item.words[0]) for item in others]
    counts = composer.engine.frequencies(terms) if terms else []
    return nowhere | {item for item, count in zip(others, counts, strict=True) if not count}


def is_foreign(item: Item, composer: Composer) -> bool:
    """Whether a word has the stem of a word only in languages in which the question is not."""
    return set(composer.languages_of(item)).isdisjoint(composer.question.written_in)
