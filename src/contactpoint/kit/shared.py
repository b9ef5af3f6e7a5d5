"""What is read from the database once for all processes, by a mark that each change renews.

It lies in the shared cache beside the mark that held when it was begun. Whoever read the old state
and was held up until after a change puts it there under the old mark, so nobody takes it. Where
every change is told (`kit/changes.py`) it also goes by the numbers of the machine, so that what was
changed past the models, or by who was killed between their commit and the new mark, counts too.

A cache that can't be had (its server is away, its disk is full) costs readers time and no page: the
value is made. Whoever changes something is told, since others could not be.
"""

import logging
import secrets
from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

from django.core.cache import cache
from django.db import connection, transaction

from contactpoint.kit import changes
from contactpoint.kit.generations import LONGEST
from contactpoint.kit.patient_caches import CACHE_ERRORS

log = logging.getLogger(__name__)
Value = TypeVar("Value")
_NOTHING: Final = (None, None, None)
Numbers = tuple[object, ...]


class Shared:
    """Values of one kind; `seconds` is how long one is taken at most while nothing changes.

    `by_numbers` is false for what is made of tables that no reader's page shows: nobody tells of
    those, and the mark alone has to do.
    """

    def __init__(self, name: str, seconds: int, *, by_numbers: bool = True) -> None:
        self._name, self._seconds, self._by_numbers = name, seconds, by_numbers
        self._mark = f"{name}.mark"

    def get(self, what: str, make: Callable[[], Value]) -> Value:
        """What `make` gives; `what` tells it from others of its kind."""
        numbers: Numbers | None = changes.numbers() if self._by_numbers else ()
        if numbers is None or (numbers and connection.in_atomic_block):
            return make()  # something is being committed, or what is seen here may come to nothing
        key = ".".join(map(str, (self._name, what, *numbers[:1])))
        try:
            found = cache.get_many([self._mark, key])
            mark = found.get(self._mark) or self._begun()
        except CACHE_ERRORS as problem:
            log.warning("The shared cache can't be read: %s", problem)
            return make()
        of_mark, of_numbers, value = cast(tuple[Any, Any, Any], found.get(key, _NOTHING))
        if of_mark == mark and of_numbers == numbers:
            return cast(Value, value)
        made = make()
        try:
            cache.set(key, (mark, numbers, made), self._seconds)
        except CACHE_ERRORS as problem:
            log.warning("The shared cache can't be written: %s", problem)
        return made

    def forget(self) -> None:
        """Call this when something changes that the values are made of, in its transaction: nobody
        takes what there is from here on, nor what others read until it is committed.

        The mark until then ends by itself, should whoever commits be killed before the next one.
        """
        cache.set(self._mark, secrets.token_hex(8), LONGEST)
        transaction.on_commit(self._renew)

    def _renew(self) -> None:
        try:
            cache.set(self._mark, secrets.token_hex(8), None)
        except CACHE_ERRORS as problem:  # it is committed, and the mark of before ends by itself
            log.warning("The shared cache can't be written: %s", problem)

    def _begun(self) -> str:
        """The mark, of which there is none yet, or none any more."""
        mark = secrets.token_hex(8)
        return mark if cache.add(self._mark, mark, None) else cache.get(self._mark, mark)
