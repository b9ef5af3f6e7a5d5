"""The headers of a page as far as they hang on its address alone: what nginx can add by itself.

Told once, read twice: nginx's configuration is written from this, and a page becomes a file only
if its own headers are exactly these. So nginx says nothing that Django wouldn't.
"""

import re
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from contactpoint.guidance import sheet
from contactpoint.guidance.pages.visiting import KEPT_SECONDS
from contactpoint.kit.headers import PERMISSIONS, PUBLIC_POLICY

GUIDANCE: Final = "^/[a-z]{2,3}/guidance/"
HTML: Final = "text/html; charset=utf-8"
OF_THE_FILE: Final = frozenset(("content-type", "content-length", "etag", "content-encoding"))
"""What nginx says by itself, from the file and its name."""


@dataclass(frozen=True)
class Told:
    """A header; `cases` are regular expressions of addresses with the value for each."""

    name: str
    usual: str
    cases: tuple[tuple[str, str], ...] = ()

    def value(self, path: str) -> str:
        """For a page at `path`; empty where the header is left out."""
        for pattern, value in self.cases:
            found = re.match(pattern, path)
            if found is not None:
                return found[1] if value == "$1" else value
        return self.usual


def told() -> tuple[Told, ...]:
    """All but those of the file, for a page over plain HTTP."""
    codes = "|".join(code for code, _name in settings.LANGUAGES)
    return (
        Told("Permissions-Policy", PERMISSIONS),
        Told("Cross-Origin-Resource-Policy", "same-origin"),
        Told("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
        Told("X-Content-Type-Options", "nosniff"),
        Told("X-Frame-Options", settings.X_FRAME_OPTIONS),
        Told("Content-Security-Policy", PUBLIC_POLICY, ((GUIDANCE, sheet.policy()),)),
        Told("Referrer-Policy", settings.SECURE_REFERRER_POLICY, ((GUIDANCE, "no-referrer"),)),
        Told("Cache-Control", "no-cache", ((GUIDANCE, f"public, max-age={KEPT_SECONDS}"),)),
        # A page in another language than what is around it names that one.
        Told(
            "Content-Language",
            "",
            ((f"^/(?:(?:{codes})/(?=(?:{codes})/))?([a-z]{{2,3}})/", "$1"),),
        ),
        Told("Vary", "Accept-Encoding"),
        Told("Accept-Ranges", "bytes"),
    )


def over_tls() -> str:
    """`Strict-Transport-Security`; empty where nothing is said."""
    if not (settings.SECURE_HSTS_SECONDS and settings.SECURE_PROXY_SSL_HEADER):
        return ""
    wider = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
    return f"max-age={settings.SECURE_HSTS_SECONDS}{wider}"


def expected(path: str, scheme: str) -> dict[str, str]:
    """Names in small letters with their values, as nginx will say them."""
    found = {header.name.lower(): header.value(path) for header in told()}
    if scheme == "https":
        found["strict-transport-security"] = over_tls()
    return {name: value for name, value in found.items() if value}
