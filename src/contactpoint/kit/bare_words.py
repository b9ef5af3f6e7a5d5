"""Takes out of a text what says who somebody is, what they asked, or how to pass for them.

For logs and for what operators are shown of errors: whatever a library puts into its words, this is
the last thing that looks at them. It would rather take out too much. What only an app knows to be
secret is taken out by that app's own filter (`kit.masking`).
"""

import ipaddress
import re
from typing import Final

GONE: Final = "–"
LONGEST: Final = 32_000
"""Letters that are looked at and given back; each expression below takes a time that grows with
them, and no faster."""
_DETAIL: Final = re.compile(r"(DETAIL: ).*")
"""PostgreSQL quotes the row here."""
_ACCOUNT: Final = re.compile(r"(://)[^/\s@\"'<>]{1,200}@")
_MAIL: Final = re.compile(
    r"[^\s<>\"'(){}\[\],;:@=/\\]{1,64}@[^\s<>\"'(){}\[\],;:@/\\]{1,200}\.[^\W\d_][\w-]{1,60}"
)
_HEADERS: Final = re.compile(r"(?i)(cookie|authorization)(['\"]?\s{0,3}[:=]).*")
_SCHEME: Final = re.compile(r"(?i)\b(bearer|basic)\s{1,3}[\w.~+/=-]{6,}")
_NAMED: Final = re.compile(
    r"(?i)((?:session|csrf|passw|passphrase|secret|token|api_?key|credential)"
    r"[\w.-]{0,40}['\"]?\s{0,3}[:=]\s{0,3}['\"]?)[^\s'\"&;,)}\]]+"
)
_QUERY: Final = re.compile(r"(?<=[\w/.–-])\?[^\s\"'<>)\]}]+")
_V4: Final = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)")
_V6: Final = re.compile(r"(?<![\w:.])(?=[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f:.]{2,45}(?:%\w{1,16})?")
_PART: Final = re.compile(r"(?<=/)[\w.:=~%+-]{12,2000}(?=[/\s\"'<>?,;)\]}–]|$)")
_HEX: Final = re.compile(r"[0-9a-fA-F-]{16,}")
_WORDS: Final = re.compile(r"(?i)cookie|authorization|bearer|basic|=|: |':|\":")
"""Without one of these there is no header and no name with a secret behind it."""


def bare(text: str) -> str:
    """The text with a dash in place of each secret; cut where it is very long."""
    text = text[:LONGEST]
    if "@" in text:
        text = _MAIL.sub(GONE, _ACCOUNT.sub(rf"\1{GONE}@", text))
    if "DETAIL" in text:
        text = _DETAIL.sub(rf"\1{GONE}", text)
    if _WORDS.search(text):
        text = _HEADERS.sub(rf"\1\2 {GONE}", text)
        text = _SCHEME.sub(rf"\1 {GONE}", text)
        text = _NAMED.sub(rf"\1{GONE}", text)
    if "?" in text:
        text = _QUERY.sub(f"?{GONE}", text)
    text = _V4.sub(_without_place, text)
    if ":" in text:
        text = _V6.sub(_without_place, text)
    if "/" in text:
        text = _PART.sub(_without_key, text)
    return text


def _without_place(found: re.Match[str]) -> str:
    """Where somebody is; what stands for this machine, or is no such address, stays."""
    text = found[0].partition("%")[0]
    words = text.rstrip(".:") if text.rstrip(".:")[-1:].isalnum() else text
    try:
        place = ipaddress.ip_address(words)
    except ValueError:
        return found[0]
    kept = place.is_loopback or place.is_unspecified
    return found[0] if kept else f"{GONE}{text[len(words) :]}"


def _without_key(found: re.Match[str]) -> str:
    """A part of an address that nobody would read aloud; names in small letters stay."""
    part = found[0].rstrip(".")
    kinds = (str.isdigit, str.isupper, str.islower)
    is_mixed = all(any(map(kind, part)) for kind in kinds)
    is_long = len(part) >= 20 and "-" not in part and any(map(str.isdigit, part))
    is_secret = ":" in part or is_mixed or is_long or _HEX.fullmatch(part)
    return f"{GONE}{found[0][len(part) :]}" if is_secret else found[0]
