"""Mastodon, by Mastodon.py: https://docs.joinmastodon.org/methods/statuses/

A server remembers an `Idempotency-Key` for an hour: within it a status that is posted again is the
first one. After that, and wherever an attempt may have come through, the account's newest statuses
are looked through for one with this text.
"""

import html
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from django.conf import settings
from mastodon import Mastodon
from mastodon.errors import (
    MastodonAPIError,
    MastodonError,
    MastodonNetworkError,
    MastodonNotFoundError,
    MastodonRatelimitError,
)
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from contactpoint.dissemination.social.channels import Channel
from contactpoint.dissemination.social.networks.networks import (
    Message,
    Network,
    NetworkError,
    Posted,
    Problem,
)
from contactpoint.dissemination.social.networks.wire import SECONDS, Wire, problem_of

_LOOKED_THROUGH: Final = 40
_CLOCKS: Final = timedelta(minutes=10)
"""So far may the server's clock be from ours."""
_SCOPES: Final = ("read:statuses", "write:media", "write:statuses")
_LOOKS, _PAUSE = 10, 1.0
_BREAK: Final = re.compile(r"<br\s*/?>|</p>\s*<p[^>]*>", re.IGNORECASE)
_MENTION: Final = re.compile(r"(@[\w.-]+)@[\w.-]+")
_MARK: Final = re.compile(r"<[^>]*>")
_VERSION: Final = "4.0.0"
"""What the library takes the server for, without asking: by it, it chooses addresses."""


class MastodonNetwork(Network):
    """One account of one server."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(channel)
        self._wire = Wire(channel.server)
        session = requests.Session()
        session.trust_env = False
        session.adapters.clear()
        session.mount(channel.server, _Adapter(self._wire))
        self._client = Mastodon(
            access_token=channel.token,
            api_base_url=channel.server,
            session=session,
            ratelimit_method="throw",
            request_timeout=SECONDS,
            user_agent=f"Contactpoint (+{settings.BASE_URL})",
            mastodon_version=_VERSION,
            version_check_mode="created",  # with none the library forgets the version, too
        )

    def check(self) -> str:
        """By the account's own page, which needs the token; and by what the token may do, where
        the server says that."""
        with self._speaking():
            scopes = set(self._client.app_verify_credentials().scopes or _SCOPES)
            missing = [one for one in _SCOPES if not {one, one.partition(":")[0]} & scopes]
            if missing:
                raise NetworkError(Problem.UNAUTHORISED, " ".join(missing), is_final=True)
            return f"@{self._client.account_verify_credentials().acct}"

    def learn(self) -> None:
        """How long a post may be is the server's to say."""
        with self._speaking():
            found = self._client.instance_v2()
            self.channel.learn_most(int(found.configuration.statuses.max_characters))

    def find(self, message: Message) -> Posted | None:
        """Among the newest of the account, those since the first attempt."""
        wanted = _words(message.text)
        with self._speaking():
            me = self._client.account_verify_credentials()
            found = self._client.account_statuses(
                me, limit=_LOOKED_THROUGH, exclude_reblogs=True, exclude_replies=True
            )
            for status in found:
                if str(status.id) in message.others:
                    continue
                is_since = status.created_at >= message.began_at - _CLOCKS
                if is_since and _words(_plain(status.content)) == wanted:
                    return self._posted(status)
        return None

    def post(self, message: Message) -> Posted:
        """Picture first, then the status."""
        with self._speaking():
            media = [self._uploaded(message)] if message.image else None
            status = self._client.status_post(
                message.text,
                media_ids=media,
                visibility="public",
                language=message.language,
                idempotency_key=f"contactpoint-{message.key}",
            )
            return self._posted(status)

    def remove(self, remote: str) -> None:
        """What isn't there is deleted."""
        with self._speaking():
            try:
                self._client.status_delete(remote)
            except MastodonNotFoundError:
                return

    def _uploaded(self, message: Message) -> Any:
        image = message.image
        if image is None:
            raise TypeError("there is no picture to upload")
        name = "picture.png" if image.media_type == "image/png" else "picture.jpg"
        media = self._client.media_post(
            image.content, mime_type=image.media_type, description=image.alt, file_name=name
        )
        for _look in range(_LOOKS):  # a status with a picture that isn't ready is refused
            if media.url:
                return media.id
            time.sleep(_PAUSE)
            media = self._client.media(media.id)
        raise NetworkError(Problem.SLOW)

    def _posted(self, status: Any) -> Posted:
        """What is no address of the web is none; what is no number of a status is no answer."""
        remote, url = str(status.id or ""), str(status.url or "")
        if not 0 < len(remote) <= 200:
            raise NetworkError(Problem.MISUNDERSTOOD)
        is_of_the_web = urlsplit(url).scheme == urlsplit(self.channel.server).scheme
        return Posted(remote, url if is_of_the_web and len(url) <= 500 else "")

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        self._wire.begin()
        try:
            yield
        except NetworkError:
            raise
        except MastodonRatelimitError:
            raise NetworkError(Problem.LIMITED, wait=self._wire.wait) from None
        except MastodonNetworkError as error:
            raise (_ours(error) or NetworkError(Problem.UNREACHABLE)) from None
        except MastodonAPIError as error:
            raise self._refused(error) from None
        except (MastodonError, AttributeError, TypeError, ValueError, KeyError):
            raise NetworkError(Problem.MISUNDERSTOOD) from None

    def _refused(self, error: MastodonAPIError) -> NetworkError:
        """The library gives status and words as `(…, 422, "Unprocessable", "words")`."""
        if len(error.args) < 4 or not isinstance(error.args[1], int):
            return NetworkError(Problem.MISUNDERSTOOD)
        problem, is_final = problem_of(error.args[1])
        said = self.channel.hides(str(error.args[3] or error.args[2] or ""))
        return NetworkError(problem, said, is_final=is_final, wait=self._wire.wait)


class _Adapter(BaseAdapter):
    """Takes the library's requests to our wire."""

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire

    def send(
        self, request: requests.PreparedRequest, *_args: Any, **_more: Any
    ) -> requests.Response:
        """Called by requests for each request."""
        body: Any = request.body or b""
        found = self._wire.ask(
            request.method or "GET",
            request.url or "",
            request.headers,
            body.encode() if isinstance(body, str) else body,
        )
        answer = requests.Response()
        answer.status_code = found.status
        answer.headers = CaseInsensitiveDict(found.headers)
        answer._content = found.content
        answer.url = found.url
        answer.request = request
        answer.encoding = "utf-8"
        return answer

    def close(self) -> None:
        """Nothing is kept open."""


def _ours(error: MastodonNetworkError) -> NetworkError | None:
    """What our wire raised, which the library wraps."""
    found = error.__context__
    return found if isinstance(found, NetworkError) else None


def _plain(content: str) -> str:
    """A status as it was written: servers give it as HTML."""
    return html.unescape(_MARK.sub("", _BREAK.sub(" ", content)))


def _words(text: str) -> list[str]:
    """Servers show `@name@host` as `@name`."""
    return _MENTION.sub(r"\1", text).split()
