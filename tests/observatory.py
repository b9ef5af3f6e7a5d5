"""The rules by which Mozilla's HTTP Observatory scores a site, applied to an answer of ours.

Source: github.com/mdn/mdn-http-observatory, `src/grader/charts.js` (what each finding costs or
earns) and `src/analyzer/tests/*.js` (how it is found), as of 2025. A site begins with 100; what is
bad is taken off, and what is good is added only if 90 or more are left. Preloading of HSTS (5) is
asked of a list that browsers ship, so 140 is the most that an answer can earn here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.http.response import HttpResponseBase

ENOUGH_FOR_BONUS: Final = 90
SIX_MONTHS: Final = 15_552_000
BROAD: Final = frozenset(
    ["ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"]
)
INLINE: Final = frozenset(["'unsafe-inline'", "data:"])
PRIVATE: Final = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
UNSAFE: Final = ("origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade")
Policy = Mapping[str, list[str]]


@dataclass
class Score:
    """What was found, by the Observatory's own words, and the sum."""

    findings: dict[str, int] = field(default_factory=dict)

    @property
    def points(self) -> int:
        """Never under 0."""
        lost = sum(points for points in self.findings.values() if points < 0)
        earned = sum(points for points in self.findings.values() if points > 0)
        base = 100 + lost
        return max(0, base + earned if base >= ENOUGH_FOR_BONUS else base)


def score(response: HttpResponseBase, *, host: str = "testserver") -> Score:
    """Of an answer that came by https, to a question that named another origin."""
    found = Score()
    csp = policy(response)
    for name, points in (
        _content(csp),
        _cookies(response),
        _sharing(response),
        _hsts(response),
        _referrer(response),
        _integrity(response, host),
        _sniffing(response),
        _framing(response, csp),
        _resources(response),
    ):
        found.findings[name] = points
    return found


def redirection(question: str, location: str | None) -> tuple[str, int]:
    """What the answer to a question by http is worth: where it leads first."""
    if location is None:
        return "redirection-missing", -20
    asked, led = urlsplit(question), urlsplit(location)
    if led.scheme != "https":
        return "redirection-not-to-https-on-initial-redirection", -10
    if led.hostname != asked.hostname:
        return "redirection-off-host-from-http", -5
    return "redirection-to-https", 0


def policy(response: HttpResponseBase) -> Policy:
    """The directives of a Content-Security-Policy, each with its sources."""
    parts = (
        part.split() for part in response.headers.get("Content-Security-Policy", "").split(";")
    )
    return {part[0].lower(): part[1:] for part in parts if part}


def _content(csp: Policy) -> tuple[str, int]:
    if not csp:
        return "csp-not-implemented", -25
    default = csp.get("default-src", ["*"])
    script, style = csp.get("script-src", default), csp.get("style-src", default)
    plugin = csp.get("object-src", default)
    passive = [one for name in ("img-src", "media-src") for one in csp.get(name, default)]
    active = [
        one for name, own in csp.items() if name not in ("img-src", "media-src") for one in own
    ]
    if (BROAD | INLINE) & set(script) or BROAD & set(plugin):
        return "csp-implemented-with-unsafe-inline", -20
    if any(one.startswith(("http:", "ftp:")) for one in active):
        return "csp-implemented-with-insecure-scheme", -20
    if "'unsafe-eval'" in (*script, *style):
        return "csp-implemented-with-unsafe-eval", -10
    if any(one.startswith(("http:", "ftp:")) for one in passive):
        return "csp-implemented-with-insecure-scheme-in-passive-content-only", -10
    if (BROAD | INLINE) & set(style):
        return "csp-implemented-with-unsafe-inline-in-style-src-only", 0
    if default == ["'none'"]:
        return "csp-implemented-with-no-unsafe-default-src-none", 10
    return "csp-implemented-with-no-unsafe", 5


def _cookies(response: HttpResponseBase) -> tuple[str, int]:
    worst = ("cookies-secure-with-httponly-sessions-and-samesite", 5)
    if not response.cookies:
        return "cookies-not-found", 0
    for name, cookie in response.cookies.items():
        is_session = "sess" in name.lower() or "login" in name.lower()
        faults = [
            ("cookies-secure-with-httponly-sessions", 0, not cookie["samesite"]),
            ("cookies-without-secure-flag-but-protected-by-hsts", -5, not cookie["secure"]),
            (
                "cookies-session-without-secure-flag-but-protected-by-hsts",
                -10,
                is_session and not cookie["secure"],
            ),
            (
                "cookies-samesite-flag-invalid",
                -20,
                bool(cookie["samesite"]) and cookie["samesite"].lower() not in ("lax", "strict"),
            ),
            (
                "cookies-anticsrf-without-samesite-flag",
                -20,
                "csrf" in name.lower() and not cookie["samesite"],
            ),
            (
                "cookies-session-without-httponly-flag",
                -30,
                is_session and not cookie["httponly"],
            ),
        ]
        for fault, points, is_there in faults:
            if is_there and points < worst[1]:
                worst = (fault, points)
    return worst


def _sharing(response: HttpResponseBase) -> tuple[str, int]:
    allowed = response.headers.get("Access-Control-Allow-Origin", "")
    word = "cross-origin-resource-sharing"
    if not allowed:
        return f"{word}-not-implemented", 0
    if allowed == "*":
        return f"{word}-implemented-with-public-access", 0
    if response.headers.get("Access-Control-Allow-Credentials", "").lower() == "true":
        return f"{word}-implemented-with-universal-access", -50
    return f"{word}-implemented-with-restricted-access", 0


def _hsts(response: HttpResponseBase) -> tuple[str, int]:
    header = response.headers.get("Strict-Transport-Security", "")
    seconds = re.search(r"max-age=(\d+)", header)
    if seconds is None:
        return "hsts-not-implemented", -20
    if int(seconds[1]) < SIX_MONTHS:
        return "hsts-implemented-max-age-less-than-six-months", -10
    return "hsts-implemented-max-age-at-least-six-months", 0


def _referrer(response: HttpResponseBase) -> tuple[str, int]:
    header = response.headers.get("Referrer-Policy", "")
    if not header:
        return "referrer-policy-not-implemented", 0
    words = [word.strip().lower() for word in header.split(",")]
    known = [word for word in words if word in (*PRIVATE, *UNSAFE)]
    if not known:
        return "referrer-policy-header-invalid", -5
    if known[-1] in PRIVATE:
        return "referrer-policy-private", 5
    return "referrer-policy-unsafe", -5


def _integrity(response: HttpResponseBase, host: str) -> tuple[str, int]:
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if kind != "text/html" or not isinstance(response, HttpResponse):
        return "sri-not-implemented-response-not-html", 0
    scripts = _Scripts()
    scripts.feed(response.content.decode())
    if not scripts.found:
        return "sri-not-implemented-but-no-scripts-loaded", 0
    results = [("sri-not-implemented-but-all-scripts-loaded-from-secure-origin", 0)]
    for address, has_integrity in scripts.found:
        parts = urlsplit(address)
        is_relative = not parts.netloc
        is_own = is_relative or (parts.hostname == host and bool(parts.scheme))
        is_safe = is_relative or parts.scheme == "https"
        if is_own and has_integrity:
            results.append(("sri-implemented-and-all-scripts-loaded-securely", 5))
        elif not is_own and has_integrity and not is_safe:
            results.append(("sri-implemented-but-external-scripts-not-loaded-securely", -20))
        elif not is_own and not has_integrity and is_safe:
            results.append(("sri-not-implemented-but-external-scripts-loaded-securely", -5))
        elif not is_own and not has_integrity:
            results.append(("sri-not-implemented-and-external-scripts-not-loaded-securely", -50))
    bad = [one for one in results if one[1] < 0]
    return min(bad, key=lambda one: one[1]) if bad else max(results, key=lambda one: one[1])


class _Scripts(HTMLParser):
    """Those that name an address, and whether they say what it must hold."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and given.get("src"):
            self.found.append((str(given["src"]), bool(given.get("integrity"))))


def _sniffing(response: HttpResponseBase) -> tuple[str, int]:
    header = response.headers.get("X-Content-Type-Options")
    if header is None:
        return "x-content-type-options-not-implemented", -5
    if header.strip().lower() == "nosniff":
        return "x-content-type-options-nosniff", 0
    return "x-content-type-options-header-invalid", -5


def _framing(response: HttpResponseBase, csp: Policy) -> tuple[str, int]:
    if csp.get("frame-ancestors"):
        return "x-frame-options-implemented-via-csp", 5
    header = response.headers.get("X-Frame-Options", "").strip().lower()
    if not header:
        return "x-frame-options-not-implemented", -20
    if header in ("deny", "sameorigin"):
        return "x-frame-options-sameorigin-or-deny", 0
    return "x-frame-options-header-invalid", -20


def _resources(response: HttpResponseBase) -> tuple[str, int]:
    header = response.headers.get("Cross-Origin-Resource-Policy", "").strip().lower()
    word = "cross-origin-resource-policy"
    if not header:
        return f"{word}-not-implemented", 0
    worth = {"same-origin": 10, "same-site": 10, "cross-origin": 0}
    if header not in worth:
        return f"{word}-header-invalid", -5
    return f"{word}-implemented-with-{header}", worth[header]
