"""Tells which questions may be offered to others: words, and nothing that steers the search.

Who is offered a question does not read it closely: `-minors` or `OR` in it would answer something
else than its words say.
"""

import re
from typing import Final

from contactpoint.search.asking.syntax import read

_PLAIN: Final = re.compile(r"\w(?:[\w '’.,/&()–-]*[\w)])?")


def is_plain(question: str, language: str) -> bool:
    """Whether it is words only, with the signs that stand within words and numbers of laws."""
    if not _PLAIN.fullmatch(question):
        return False
    written = read(question, language)
    if written.excluded or any(len(group) > 1 for group in written.groups):
        return False
    return all(item.kind == "word" for group in written.groups for item in group)
