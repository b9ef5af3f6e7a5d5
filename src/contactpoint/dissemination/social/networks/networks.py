"""What the sender asks of a network, and how a network says that something went wrong."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime

from contactpoint.dissemination.models import Post
from contactpoint.dissemination.social.channels import Channel

Problem = Post.Problem


@dataclass(frozen=True, slots=True)
class Image:
    """A picture with its alternative text."""

    content: bytes
    media_type: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Message:
    """A post on its way: `key` names it, `began_at` is the moment of the first attempt.

    `url`, `title` and `teaser` are those of the item: some networks show a card of them where there
    is no picture.
    """

    key: str
    text: str
    language: str
    began_at: datetime
    url: str = ""
    title: str = ""
    teaser: str = ""
    image: Image | None = None
    others: frozenset[str] = frozenset()
    """What the network calls other posts of ours: none of them is this one, whatever its text."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What the network calls a post, and where readers find it."""

    remote: str
    url: str


class NetworkError(Exception):
    """It was not done, or nobody knows whether it was; `is_final` says that trying again is no use.

    `said` are the server's own words; `wait` are the seconds that it wants us to wait.
    """

    def __init__(
        self,
        problem: Problem,
        said: str = "",
        *,
        is_final: bool = False,
        wait: float | None = None,
    ) -> None:
        super().__init__(f"{problem.value}: {said}" if said else problem.value)
        self.problem, self.said, self.is_final, self.wait = problem, said, is_final, wait


class Network(ABC):
    """One account, spoken to by its protocol. Every method may raise `NetworkError`, nothing else.

    What is posted under a key is posted once, whoever calls how often: `find` is asked before
    `post` wherever an earlier attempt may have come through.
    """

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    @abstractmethod
    def check(self) -> str:
        """Sign in; the name of the account as the server has it."""

    @abstractmethod
    def find(self, message: Message) -> Posted | None:
        """The post of an earlier attempt, if it is there."""

    @abstractmethod
    def post(self, message: Message) -> Posted:
        """Put it there."""

    @abstractmethod
    def remove(self, remote: str) -> None:
        """Delete it; one that is gone is deleted."""

    def learn(self) -> None:  # noqa: B027 — few networks have anything to say
        """Ask for the limits of the server, and keep them with the channel."""
