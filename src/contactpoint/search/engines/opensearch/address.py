"""Where the cluster is, how it is spoken to, and who we are: read from one address."""

import ipaddress
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from contactpoint.search.engines.base import EngineError, checked_name

FORM: Final = "https://user:password@host1,host2,host3:9200/prefix?ca=/path.pem"
PORT: Final = 9200
PREFIX: Final = "contactpoint"
_PREFIX: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_HOST: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class Address:
    """`hosts` are (name, port); `timeout` is how many seconds a node has to answer a search.

    `ca` is a file of certificates that are trusted in place of the machine's own.
    """

    hosts: tuple[tuple[str, int], ...]
    tls: bool
    prefix: str = PREFIX
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    ca: str = ""
    replicas: int = 1
    timeout: float = 5.0


def read(url: str) -> Address:
    """Read an address of the form `FORM`; `EngineError` says what is wrong, never the address.

    A host without a port has that of the last one, or 9200. Besides `ca` there are `replicas`
    (copies of each index beside the first, default 1) and `timeout` (default 5).
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        raise EngineError(f"The address of the cluster must look like {FORM}.") from None
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise EngineError(f"The address of the cluster must look like {FORM}.")
    login, at, places = parts.netloc.rpartition("@")
    user, _colon, password = login.partition(":")
    address = Address(
        hosts=_hosts(places),
        tls=parts.scheme == "https",
        prefix=_prefix(parts.path),
        user=unquote(user),
        password=unquote(password),
        **_options(parts.query),
    )
    if at and not address.tls and not all(_is_here(host) for host, _port in address.hosts):
        raise EngineError(
            "Name and password for the cluster would be sent unencrypted: use an https address."
        )
    if address.ca and not address.tls:
        raise EngineError("The address of the cluster names a `ca` but is not https.")
    return address


def _hosts(places: str) -> tuple[tuple[str, int], ...]:
    found = [_HOST.fullmatch(place.strip()) for place in places.split(",")]
    named = [(match[1], match[2]) for match in found if match]
    if len(named) < len(found):
        raise EngineError(f"A host in the address of the cluster can't be read: {FORM}.")
    usual = int(named[-1][1] or PORT)
    return tuple((host.strip("[]"), int(port or usual)) for host, port in named)


def _prefix(path: str) -> str:
    prefix = path.strip("/") or PREFIX
    if not _PREFIX.fullmatch(prefix):
        raise EngineError(
            "The prefix in the address of the cluster may have small letters, digits, - and _."
        )
    return prefix


def _options(query: str) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        try:
            options[name] = _OPTIONS[name](value)
        except (KeyError, ValueError):
            known = ", ".join(_OPTIONS)
            raise EngineError(
                f"The address of the cluster has `{name}`, which is unknown or has no proper "
                f"value; known are {known}."
            ) from None
    return options


def _replicas(value: str) -> int:
    number = int(value)
    if not 0 <= number <= 20:
        raise ValueError(value)
    return number


def _seconds(value: str) -> float:
    number = float(value)
    if not (math.isfinite(number) and 0 < number <= 60):
        raise ValueError(value)
    return number


_OPTIONS: Final[Mapping[str, Callable[[str], Any]]] = {
    "ca": str,
    "replicas": _replicas,
    "timeout": _seconds,
}


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def index_name(prefix: str, name: str) -> str:
    """What an index is called in the cluster; `ValueError` for what is no name."""
    return f"{prefix}-{checked_name(name)}"
