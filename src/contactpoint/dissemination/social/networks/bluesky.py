"""Bluesky, by atproto: https://atproto.com/specs/record-key and the lexicon app.bsky.feed.post.

A post is a record under a key. We choose the key before anything is sent, so a record that is made
again is found instead, however much later.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import httpx
from atproto import Client, Request, models
from atproto.exceptions import AtProtocolError, BadRequestError, RequestErrorBase, UnauthorizedError
from atproto_client.utils.facet_detection import detect_facets
from django.conf import settings

from contactpoint.dissemination.social.channels import Channel
from contactpoint.dissemination.social.networks.networks import (
    Message,
    Network,
    NetworkError,
    Posted,
    Problem,
)
from contactpoint.dissemination.social.networks.wire import Wire, problem_of

COLLECTION: Final = "app.bsky.feed.post"
_WHERE: Final = "https://bsky.app/profile/{did}/post/{key}"
_MOST_WORDS: Final = 300
_EXPIRED: Final = ("ExpiredToken", "InvalidToken")
_sessions: dict[str, str] = {}
"""Signing in is limited to a few hundred a day, so a session is kept in the process, and refreshed
by the library."""


class BlueskyNetwork(Network):
    """One account of one server."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(channel)
        self._wire = Wire(channel.server)
        self._client = self._made()
        secret = f"{channel.server} {channel.account} {channel.token}"
        self._key = hashlib.sha256(secret.encode()).hexdigest()

    def check(self) -> str:
        """Signs in anew."""
        with self._speaking():
            _sessions.pop(self._key, None)
            self._sign_in()
            return f"@{self._client.com.atproto.server.get_session().handle}"

    def find(self, message: Message) -> Posted | None:
        """By its key."""
        with self._speaking():
            return self._find(self._did(), message.key)

    def post(self, message: Message) -> Posted:
        """Picture first, then the record."""
        with self._speaking():
            did = self._did()
            created = message.began_at.isoformat(timespec="milliseconds")
            record = models.AppBskyFeedPost.Record(
                text=message.text,
                created_at=created.replace("+00:00", "Z"),
                langs=[message.language],
                facets=detect_facets(message.text) or None,
                embed=self._embedded(message),
            )
            self._client.com.atproto.repo.create_record(
                models.ComAtprotoRepoCreateRecord.Data(
                    repo=did, collection=COLLECTION, rkey=message.key, record=record
                )
            )
            return _posted(did, message.key)

    def remove(self, remote: str) -> None:
        """By the protocol it is no error that it isn't there."""
        with self._speaking():
            self._client.com.atproto.repo.delete_record(
                models.ComAtprotoRepoDeleteRecord.Data(
                    repo=self._did(), collection=COLLECTION, rkey=remote
                )
            )

    def _find(self, did: str, key: str) -> Posted | None:
        try:
            self._client.com.atproto.repo.get_record(
                models.ComAtprotoRepoGetRecord.Params(repo=did, collection=COLLECTION, rkey=key)
            )
        except BadRequestError as error:
            if _named(error) == "RecordNotFound":
                return None
            raise
        return _posted(did, key)

    def _embedded(self, message: Message) -> Any:
        """A picture, else a card of the item, which the network doesn't make by itself."""
        image = message.image
        if image is None:
            if not message.url:
                return None
            return models.AppBskyEmbedExternal.Main(
                external=models.AppBskyEmbedExternal.External(
                    uri=message.url, title=message.title, description=message.teaser[:_MOST_WORDS]
                )
            )
        uploaded = self._client.com.atproto.repo.upload_blob(
            image.content, headers={"Content-Type": image.media_type}
        )
        ratio = models.AppBskyEmbedDefs.AspectRatio(width=image.width, height=image.height)
        return models.AppBskyEmbedImages.Main(
            images=[
                models.AppBskyEmbedImages.Image(
                    alt=image.alt, image=uploaded.blob, aspect_ratio=ratio
                )
            ]
        )

    def _did(self) -> str:
        """The account's lasting name; signs in where nobody is."""
        known = self._client._session
        if known is None and self._key in _sessions:
            self._client.login(session_string=_sessions[self._key], fetch_bsky_profile=False)
            self._client.update_base_url(self.channel.server)
        elif known is None:
            self._sign_in()
        session = self._client._session
        if session is None:
            raise NetworkError(Problem.UNAUTHORISED, is_final=True)
        return str(session.did)

    def _sign_in(self) -> None:
        """The library would go on to the server that the account's document names. Ours is the one
        that was configured, which passes requests on."""
        self._client.login(self.channel.account, self.channel.token, fetch_bsky_profile=False)
        self._client.update_base_url(self.channel.server)
        self._keep()

    def _keep(self) -> None:
        _sessions[self._key] = self._client.export_session_string()

    def _made(self) -> Client:
        request = Request(transport=_Transport(self._wire))
        request.add_additional_header("User-Agent", f"Contactpoint (+{settings.BASE_URL})")
        return Client(base_url=self.channel.server, request=request)

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        self._wire.begin()
        try:
            yield
            if self._client._session is not None:
                self._keep()  # it may have been refreshed
        except NetworkError:
            raise
        except RequestErrorBase as error:
            raise self._refused(error) from None
        except (AtProtocolError, ValueError, TypeError, AttributeError, KeyError):
            raise NetworkError(Problem.MISUNDERSTOOD) from None

    def _refused(self, error: RequestErrorBase) -> NetworkError:
        if error.response is None:
            return NetworkError(Problem.UNREACHABLE)
        content = error.response.content
        words = getattr(content, "message", "") or getattr(content, "error", "") or ""
        said = self.channel.hides(str(words))
        if isinstance(error, UnauthorizedError) or _named(error) in _EXPIRED:
            was_kept = _sessions.pop(self._key, None) is not None
            self._client = self._made()
            if was_kept:  # it may be the session alone that is not good any more
                return NetworkError(Problem.UNAUTHORISED, said, wait=1.0)
        problem, is_final = problem_of(error.response.status_code)
        return NetworkError(problem, said, is_final=is_final, wait=self._wire.wait)


class _Transport(httpx.BaseTransport):
    """Takes the library's requests to our wire."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Called by httpx for each request."""
        body = request.read()
        found = self._wire.ask(request.method, str(request.url), request.headers, body)
        headers = {name: value for name, value in found.headers.items() if name not in _PACKING}
        return httpx.Response(found.status, headers=headers, content=found.content, request=request)


_PACKING: Final = ("content-encoding", "content-length", "transfer-encoding")


def _named(error: RequestErrorBase) -> str:
    """The name of an error in the lexicon."""
    return str(getattr(error.response and error.response.content, "error", ""))


def _posted(did: str, key: str) -> Posted:
    return Posted(key, _WHERE.format(did=did, key=key))
