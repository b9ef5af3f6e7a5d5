"""Stand-ins for people: the same for the same, by a key that is forgotten with the copy."""

import hashlib
import hmac
import re
import secrets
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.db import models

from contactpoint.kit.persons.declaring import Data, Declared, with_data
from contactpoint.kit.persons.kinds import Erased, Whose

GONE: Final = "–"
_MAIL: Final = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_WORD: Final = re.compile(r"\w[\w'’-]*")
_CODE: Final = re.compile(r"[\w.:-]{0,40}")
_PLACE: Final = re.compile(r"[A-Za-z_/+-]{2,40}")
_NAMES: Final = {"name", "first_name", "last_name", "checked_by"}
_LANGUAGES: Final = {"language", "agreed_in", "preferred_language", "current_time_zone"}
_NUMBERS: Final = {"mark", "digest", "reference", "receipt", "key"}


class Masks:
    """Made once a copy."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._password = make_password(None)
        self._known: dict[str, list[str]] = defaultdict(list)
        for name in sorted(set(_names()), key=len, reverse=True):
            if first := _WORD.search(name):
                self._known[first[0]].append(name)

    def masked(self, field: Any, value: Any, said: Declared | None) -> Any:
        """What the copy has in place of a value."""
        if value is None or field.is_relation:
            return value
        data = _data_of(field.name, said)
        if data is None or data.whose == Whose.NAMED or data.erased == Erased.WORDS:
            return self.searched(value)
        return self._replaced(field, value)

    def searched(self, value: Any) -> Any:
        """Without addresses and known names, wherever they stand in a text or in JSON."""
        if isinstance(value, str):
            text = _MAIL.sub(lambda one: self.address(one[0]), value) if "@" in value else value
            return self._without_names(text)
        if isinstance(value, list | tuple):
            return type(value)(self.searched(one) for one in value)
        if isinstance(value, dict):
            return {self.searched(key): self.searched(one) for key, one in value.items()}
        return value

    def address(self, address: str) -> str:
        """The same for an address in any case."""
        return f"person-{self._digest(address.lower()).hex()[:12]}@example.org"

    def name(self, name: str) -> str:
        """Nobody's."""
        return f"Person {self._digest(name).hex()[:6]}"

    def _replaced(self, field: Any, value: Any) -> Any:
        kept = models.DateField | models.BooleanField | models.IntegerField
        if isinstance(field, kept) or field.choices or not value:
            return value
        if field.name in _LANGUAGES and _PLACE.fullmatch(value):
            return value
        if isinstance(field, models.EmailField):
            return self.address(value)
        if isinstance(field, models.UUIDField):
            return type(value)(bytes=self._digest(str(value))[:16])
        if isinstance(field, models.JSONField):
            return self._vague(value)
        binary = isinstance(field, models.BinaryField)
        return b"" if binary else self._other_text(field, str(value))

    def _other_text(self, field: Any, text: str) -> str:
        if isinstance(field, models.GenericIPAddressField):
            return "192.0.2.1"
        if field.name == "password":
            return self._password
        if field.unique or field.name in _NUMBERS:
            return self._digest(text).hex()[: field.max_length]
        if field.name in _NAMES:
            return self.name(text)[: field.max_length]
        return "example.org" if field.name == "domain" else GONE

    def _vague(self, value: Any) -> Any:
        """The shape of an answer, with its codes and numbers, and none of its sentences."""
        if isinstance(value, str):
            return value if _CODE.fullmatch(value) and "." not in value else GONE
        if isinstance(value, list):
            return [self._vague(one) for one in value]
        if isinstance(value, dict):
            return {self.searched(key): self._vague(one) for key, one in value.items()}
        return value

    def _without_names(self, text: str) -> str:
        if not self._known:
            return text
        parts, at = [], 0
        for word in _WORD.finditer(text):
            names = self._known.get(word[0], ()) if word.start() >= at else ()
            found = next((one for one in names if text.startswith(one, word.start())), None)
            if found is not None:
                parts += [text[at : word.start()], self.name(found)]
                at = word.start() + len(found)
        return "".join([*parts, text[at:]])

    def _digest(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode(), hashlib.sha256)


def _data_of(name: str, said: Declared | None) -> Data | None:
    return next((data for data in said.data if name in data.names), None) if said else None


def _names() -> Iterator[str]:
    """Whole names: half of one is a word like others."""
    for one in with_data():
        own = {name for data in one.data if data.whose != Whose.NAMED for name in data.names}
        rows = one.model._base_manager.all()
        for name in own & _NAMES - {"first_name", "last_name"}:
            yield from filter(_is_whole, rows.values_list(name, flat=True).distinct().iterator())
        if {"first_name", "last_name"} <= own:
            pairs = rows.values_list("first_name", "last_name").iterator()
            yield from filter(_is_whole, (f"{first} {last}".strip() for first, last in pairs))


def _is_whole(name: str) -> bool:
    return " " in name and "@" not in name
