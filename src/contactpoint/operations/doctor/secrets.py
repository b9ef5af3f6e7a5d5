"""The secret, and what strangers could guess of the settings."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from contactpoint.operations.doctor.findings import Finding, check, error, ok, warning

SHORTEST: Final = 50
_MAKE: Final = "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"


def is_weak(secret: str) -> bool:
    """Whether it is too short, one of few characters, or one that programs put as an example."""
    return len(secret) < SHORTEST or len(set(secret)) < 10 or secret.startswith("django-insecure")


@check("secrets")
def secret() -> Iterator[Finding]:
    """The portal's own secret; it is shown nowhere."""
    place = "CONTACTPOINT_SECRET_KEY"
    try:
        own = settings.SECRET_KEY
    except ImproperlyConfigured:  # Django says so of an empty one
        own = ""
    if not is_weak(own):
        yield ok(place, "It is long enough." if settings.PRODUCTION else "The data folder has one.")
    elif settings.PRODUCTION:
        yield error(place, "It is missing, too short or an example.", f"Make one with {_MAKE}")
    else:
        yield warning(place, "It is short, or an example.", f"Make one with {_MAKE}")


@check("addresses")
def addresses() -> Iterator[Finding]:
    """Names that the portal answers to, and the address that its mails and feeds lead to."""
    base = urlsplit(settings.BASE_URL)
    host = base.hostname or ""
    local = host in ("localhost", "127.0.0.1", "::1")
    if settings.PRODUCTION and local:
        yield error(
            "CONTACTPOINT_BASE_URL", f"It is {settings.BASE_URL}: mails and feeds lead nowhere.",
            "Give the https address that readers use.",
        )  # fmt: skip
    elif settings.PRODUCTION and base.scheme != "https":
        yield error(
            "CONTACTPOINT_BASE_URL", "It is not https, and nobody can sign in without.",
            "Give the https address that readers use.",
        )  # fmt: skip
    elif not any(_answers(host, one) for one in settings.ALLOWED_HOSTS):
        yield error(
            "CONTACTPOINT_HOSTS", f"{host} of CONTACTPOINT_BASE_URL is not among them.",
            f"Add {host}, separated by a comma.",
        )  # fmt: skip
    else:
        yield ok("CONTACTPOINT_BASE_URL", f"{settings.BASE_URL} is answered to.")
    if "*" in settings.ALLOWED_HOSTS:
        yield error(
            "CONTACTPOINT_HOSTS", "A star answers to any name, so links in mails can be forged.",
            "Name the host names that readers use.",
        )  # fmt: skip


@check("proxies")
def proxies() -> Iterator[Finding]:
    """`serve` speaks plain HTTP, so in production there is one at least."""
    place, number = "CONTACTPOINT_TRUSTED_PROXIES", settings.TRUSTED_PROXIES
    if settings.PRODUCTION and not number:
        yield warning(
            place, "It is 0: all visitors seem to be the proxy, and one wrong password counts "
            "against all.",
            "Give how many proxies stand in front, such as 1; the first must set X-Forwarded-For.",
        )  # fmt: skip
    else:
        yield ok(place, f"{number} in front; whether that is so can't be seen from here.")


def _answers(host: str, allowed: str) -> bool:
    allowed = allowed.strip("[]")
    return allowed in ("*", host) or (allowed.startswith(".") and f".{host}".endswith(allowed))
