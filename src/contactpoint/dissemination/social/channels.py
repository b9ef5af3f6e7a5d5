"""The accounts that the operator gave (`CONTACTPOINT_SOCIAL`); none is in the database."""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache

from contactpoint.dissemination.social.limits import LIMITS, Limits

_KEPT_SECONDS: Final = 7 * 86_400


@dataclass(frozen=True, slots=True)
class Channel:
    """One account. Its token is in no log: it isn't part of what the object says of itself."""

    name: str
    network: str
    server: str
    account: str
    token: str = field(repr=False)
    label: str = ""
    languages: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.label:
            return self.label
        where = self.account or urlsplit(self.server).netloc
        return f"{self.limits.label}: {where}"

    @property
    def limits(self) -> Limits:
        """Those of its network."""
        return LIMITS[self.network]

    @property
    def most(self) -> int:
        """How long a text may be: as its server said last, else as servers usually do."""
        return int(cache.get(self._key) or self.limits.most)

    def learn_most(self, most: int) -> None:
        """Keep what the server says; a nonsense of it is passed over."""
        if 100 <= most <= 1_000_000:
            cache.set(self._key, most, _KEPT_SECONDS)

    def speaks(self, language: str) -> bool:
        """Whether posts in a language go there."""
        return not self.languages or language in self.languages

    def hides(self, text: str) -> str:
        """A text of others without the token, should they have said it back."""
        return text.replace(self.token, "…") if self.token else text

    @property
    def _key(self) -> str:
        return f"social.most.{self.name}.{urlsplit(self.server).netloc.replace(':', '.')}"


def channels() -> dict[str, Channel]:
    """By name."""
    return {name: Channel(name, **given) for name, given in settings.SOCIAL_CHANNELS.items()}
