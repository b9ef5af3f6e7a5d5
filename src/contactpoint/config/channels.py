"""Reads the accounts in social networks of an operator; a mistake is told without a secret."""

import json
import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

NETWORKS: Final = ("bluesky", "mastodon")
_FIELDS: Final = {
    "network", "server", "account", "token", "token_file", "label", "languages",
}  # fmt: skip
_NAME: Final = re.compile(r"[a-z0-9-]{1,40}")
_SHAPE: Final = 'CONTACTPOINT_SOCIAL must be empty or {"name": {"network": …, "server": …}} in JSON'


def channels(text: str) -> dict[str, dict[str, Any]]:
    """By their names, which stand beside each post; a token is that of the file where one is named.

    Raises ValueError with a sentence in which no secret is.
    """
    if not text:
        return {}
    try:
        given = json.loads(text)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise ValueError(f"{_SHAPE}.")
    return {str(name): _channel(str(name), one) for name, one in given.items()}


def _channel(name: str, given: Any) -> dict[str, Any]:
    if not _NAME.fullmatch(name) or not isinstance(given, dict):
        raise ValueError(f"{_SHAPE}; names have small letters, digits and hyphens.")
    if unknown := given.keys() - _FIELDS:
        raise _wrong(name, f"has “{min(unknown)}”, which means nothing")
    if given.get("network") not in NETWORKS:
        raise _wrong(name, f"needs a network: {' or '.join(NETWORKS)}")
    languages = given.get("languages", [])
    texts = [value for key, value in given.items() if key != "languages"]
    if not isinstance(languages, list) or not all(
        isinstance(one, str) for one in texts + languages
    ):
        raise _wrong(name, "has a value that is neither text nor, for languages, a list of codes")
    if given["network"] == "bluesky" and not given.get("account"):
        raise _wrong(name, "needs an account, such as portal.bsky.social")
    return {
        "network": given["network"],
        "server": _server(name, given.get("server", "")),
        "account": given.get("account", ""),
        "token": _token(name, given),
        "label": given.get("label", ""),
        "languages": tuple(languages),
    }


def _server(name: str, text: str) -> str:
    try:
        parts = urlsplit(text)
        is_plain = parts.port is None and parts.username is None and parts.path in ("", "/")
    except ValueError:
        is_plain = False
    if not is_plain or parts.scheme != "https" or not parts.hostname or parts.query:
        raise _wrong(name, "needs a server such as https://mastodon.example, without a path")
    return f"https://{parts.netloc.lower()}"


def _token(name: str, given: dict[str, Any]) -> str:
    path = given.get("token_file", "")
    if bool(path) == bool(given.get("token")):
        raise _wrong(name, "needs either a token or a token_file")
    if not path:
        return str(given["token"])
    try:
        token = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as problem:
        raise _wrong(name, f"names the file {path}, which can't be read") from problem
    if not token:
        raise _wrong(name, f"names the file {path}, in which there is nothing")
    return token


def _wrong(name: str, what: str) -> ValueError:
    return ValueError(f"CONTACTPOINT_SOCIAL: “{name}” {what}.")
