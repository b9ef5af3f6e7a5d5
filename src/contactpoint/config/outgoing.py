"""Reads where mails go: an SMTP server, a mail provider's interface, or a folder. A mistake is told
without a secret.

    smtp://user:password@host:587/?tls=1
    mailgun://?api_key_file=/etc/contactpoint/mailgun.key&sender_domain=mg.example.org
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

SHORTEST_SECRET: Final = 20
SMTP: Final = ("smtp", "smtps")
_NAME: Final = "CONTACTPOINT_EMAIL_URL"
_FOR_ALL: Final = ("api_url", "webhook_secret")
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Provider:
    """What Anymail wants to know of one, by its names in small letters; `events` is the view of
    Anymail that reads what the provider reports later, empty where it reports nothing."""

    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    events: str = ""
    events_need: tuple[str, ...] = ()


PROVIDERS: Final[Mapping[str, Provider]] = MappingProxyType(
    {
        "brevo": Provider(("api_key",), events="BrevoTrackingWebhookView"),
        "mailgun": Provider(
            ("api_key",), ("sender_domain", "webhook_signing_key"), "MailgunTrackingWebhookView"
        ),
        "mailjet": Provider(("api_key", "secret_key"), events="MailjetTrackingWebhookView"),
        "mailtrap": Provider(("api_token",), events="MailtrapTrackingWebhookView"),
        "mandrill": Provider(
            ("api_key",),
            ("webhook_key", "webhook_url"),
            "MandrillCombinedWebhookView",
            ("webhook_key",),
        ),
        "postmark": Provider(("server_token",), ("message_stream",), "PostmarkTrackingWebhookView"),
        "resend": Provider(("api_key",), events="ResendTrackingWebhookView"),
        "scaleway": Provider(("secret_key", "project_id"), ("region",)),
        "sendgrid": Provider(
            ("api_key",),
            ("tracking_webhook_verification_key",),
            "SendGridTrackingWebhookView",
        ),
        "sparkpost": Provider(("api_key",), ("subaccount",), "SparkPostTrackingWebhookView"),
        "unisender-go": Provider(("api_key", "api_url"), events="UnisenderGoTrackingWebhookView"),
    }
)
BY_SMTP: Final = ("amazon-ses", "mailersend", "postal")
"""Providers whose interface takes too little of us, or wants too much; each has an SMTP server."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Django's and Anymail's settings; `anymail` holds keys."""

    backend: str = "contactpoint.kit.mail_folder.EmailBackend"
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = False
    over_tls: bool = False
    provider: str = ""
    events: str = ""
    anymail: Mapping[str, Any] = field(default_factory=dict, repr=False)


def outgoing(text: str) -> Outgoing:
    """Where mails go; empty: into a folder. Raises ValueError with a sentence in which no secret
    is, so the address itself is never shown."""
    if not text:
        return Outgoing()
    scheme, colon, _rest = text.partition(":")
    name = scheme.lower() if colon else ""
    if name in SMTP:
        return _smtp(text)
    if name in PROVIDERS:
        return _provider(name, PROVIDERS[name], text)
    if name in BY_SMTP:
        raise ValueError(f"{_NAME}: send through the SMTP server of {name}: smtp://… .")
    known = ", ".join(f"{one}:" for one in (*SMTP, *PROVIDERS))
    raise ValueError(f"{_NAME} must be empty or begin with one of {known}")


def _smtp(text: str) -> Outgoing:
    try:
        parts = urlsplit(text)
        port = parts.port or 25
    except ValueError as problem:
        raise ValueError(
            f"{_NAME} has a port or host that can't be read; in a name or password write "
            "/ as %2F, # as %23, ? as %3F, @ as %40, : as %3A."
        ) from problem
    options = parse_qs(parts.query, keep_blank_values=True)
    if unknown := options.keys() - {"tls"}:
        raise ValueError(f"{_NAME} has “{min(unknown)}”, which means nothing; it may have tls=1.")
    if options.get("tls", ["0"]) not in (["0"], ["1"]):
        raise ValueError(f"{_NAME} must have tls=1 or nothing.")
    if parts.fragment or parts.path not in ("", "/"):
        raise ValueError(
            f"{_NAME} goes on after host and port; in a name or password write / as %2F, # as %23."
        )
    return Outgoing(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname or "localhost",
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=options.get("tls") == ["1"],
        over_tls=parts.scheme == "smtps",
    )


def _provider(name: str, provider: Provider, text: str) -> Outgoing:
    given = _given(name, text)
    known = {*provider.needs, *provider.may, *_FOR_ALL}
    if unknown := given.keys() - known:
        raise _wrong(
            name,
            f"has “{min(unknown)}”, which means nothing; it knows {', '.join(sorted(known))}, "
            "each also with _file at its end",
        )
    if missing := [one for one in provider.needs if one not in given]:
        raise _wrong(name, f"needs {missing[0]}, or {missing[0]}_file with the file that holds it")
    _check_api_url(name, given.get("api_url"))
    _check_secret(name, provider, given)
    secret = given.pop("webhook_secret", "")
    module = name.replace("-", "_")
    settings: dict[str, Any] = {f"{module}_{one}".upper(): value for one, value in given.items()}
    if secret:
        settings["WEBHOOK_SECRET"] = secret
    # What a provider can't do is left out; those that can't take our headers are not in the list.
    settings["IGNORE_UNSUPPORTED_FEATURES"] = True
    # Nobody is watched who opens a mail or a link in it, whatever the account says.
    settings["SEND_DEFAULTS"] = {"track_opens": False, "track_clicks": False}
    settings["REQUESTS_TIMEOUT"] = (10, 60)
    return Outgoing(
        backend=f"anymail.backends.{module}.EmailBackend",
        provider=name,
        events=f"anymail.webhooks.{module}.{provider.events}" if secret else "",
        anymail=settings,
    )


def _given(name: str, text: str) -> dict[str, str]:
    """A plus is a plus: keys have some."""
    parts = urlsplit(text)
    if parts.netloc or parts.path.strip("/") or parts.fragment:
        raise _wrong(
            name, f"is written {name}://?name=value&…; in a value write # as %23 and & as %26"
        )
    found: dict[str, str] = {}
    for pair in filter(None, parts.query.split("&")):
        key, _equals, value = pair.partition("=")
        own = key.lower().removesuffix("_file")
        if own in found:
            raise _wrong(name, f"has “{own}” twice")
        is_file = key.lower().endswith("_file")
        found[own] = _content(name, unquote(value)) if is_file else unquote(value)
        if not found[own]:
            raise _wrong(name, f"has nothing in “{own}”")
        if not found[own].isascii() or not found[own].isprintable():
            raise _wrong(name, f"has letters in “{own}” that no key has, or several lines")
    return found


def _content(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as problem:
        raise _wrong(name, f"names the file {path}, which can't be read") from problem


def _check_api_url(name: str, address: str | None) -> None:
    if address is None:
        return
    try:
        parts = urlsplit(address)
        is_safe = parts.scheme == "https" or (
            parts.scheme == "http" and parts.hostname in _LOOPBACK
        )
    except ValueError:
        is_safe = False
    if not is_safe or not parts.hostname:
        raise _wrong(name, "needs an api_url that begins with https://")


def _check_secret(name: str, provider: Provider, given: Mapping[str, str]) -> None:
    secret = given.get("webhook_secret", "")
    if not secret:
        return
    if not provider.events:
        raise _wrong(name, "has a webhook_secret, but reports nothing that is understood")
    if missing := [one for one in provider.events_need if one not in given]:
        raise _wrong(name, f"needs {missing[0]} with a webhook_secret")
    user, _colon, password = secret.partition(":")
    if not user or len(password) < SHORTEST_SECRET or " " in secret:
        raise _wrong(
            name,
            f"needs a webhook_secret such as events:PASSWORD, with {SHORTEST_SECRET} letters and "
            "digits or more after the colon",
        )


def _wrong(name: str, what: str) -> ValueError:
    return ValueError(f"{_NAME}: {name} {what}.")
