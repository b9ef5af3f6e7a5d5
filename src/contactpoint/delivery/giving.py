"""A finished page in each encoding, and what is given of it: all, a part, its headers or a 304.

Its ETag is written as nginx writes that of a file, from the time of the file and its length. The
time that is written into files is a digest of the bytes, so the portal and nginx say the same, and
two pages that follow each other within a second are told apart.
"""

import gzip
import hashlib
import re
import time
from typing import Any, Final

import brotli

from contactpoint.delivery.keeping import Form, Headers, Kept
from contactpoint.kit.compressing import codings
from contactpoint.kit.reads import read_again

LEAST: Final = 200
"""Shorter texts aren't compressed."""
_NOT_KEPT: Final = frozenset(
    ("content-length", "etag", "vary", "last-modified", "date", "accept-ranges")
)
_UNCHANGED: Final = frozenset(
    ("cache-control", "content-location", "vary", "content-language", "link")
)
_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def encoded(body: bytes, headers: Headers) -> dict[str, Form]:
    """The page in each encoding that makes it smaller."""
    forms = {"": body}
    if len(body) >= LEAST:
        forms["gzip"] = gzip.compress(body, 6, mtime=0)
        forms["br"] = brotli.compress(body, mode=brotli.MODE_TEXT, quality=5)
    own = [(name, value) for name, value in headers if name.lower() not in _NOT_KEPT]
    varies = ",".join(value for name, value in headers if name.lower() == "vary")
    named = [one.strip() for one in varies.split(",") if one.strip()]
    if "accept-encoding" not in (one.lower() for one in named):
        named.append("Accept-Encoding")
    own += [("Vary", ", ".join(named)), ("Accept-Ranges", "bytes")]
    return {name: _form(name, bytes_, own) for name, bytes_ in forms.items()}


def _form(encoding: str, body: bytes, own: Headers) -> Form:
    digest = hashlib.blake2b(body, digest_size=4).digest()
    stamp = int.from_bytes(digest) >> 1  # a file system may know 31 bits of seconds only
    etag = f'"{stamp:x}-{len(body):x}"'
    headers = [*own, ("ETag", etag), ("Content-Length", str(len(body)))]
    if encoding:
        headers.append(("Content-Encoding", encoding))
    unchanged = [(name, value) for name, value in own if name.lower() in _UNCHANGED]
    return Form([body], headers, [*unchanged, ("ETag", etag)], etag, stamp)


def given(
    kept: Kept, environ: dict[str, Any], start: Any, *, age: bool = False, counted: bool = True
) -> list[bytes]:
    """The page in the best encoding that is taken, or the word that it hasn't changed."""
    form = kept.forms[_encoding(kept, environ.get("HTTP_ACCEPT_ENCODING", ""))]
    if counted and kept.page is not None:
        read_again(environ, kept.page)
    told = [("Age", str(int(time.monotonic() - kept.made)))] if age else []
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked is not None and _is_known(form.etag, asked):
        start("304 Not Modified", [*form.unchanged, *told])
        return []
    if "HTTP_RANGE" in environ:
        wanted = _part(environ, form)
        if wanted is not None:
            return _given_in_part(form, wanted, start, told)
    start("200 OK", [*form.headers, *told] if told else form.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else form.body


def _given_in_part(form: Form, wanted: range, start: Any, told: Headers) -> list[bytes]:
    size = len(form.body[0])
    others = [pair for pair in form.headers if pair[0] != "Content-Length"]
    if wanted.start >= wanted.stop:
        short = [pair for pair in others if pair[0] != "Content-Encoding"]
        start(
            "416 Range Not Satisfiable",
            [*short, ("Content-Length", "0"), ("Content-Range", f"bytes */{size}"), *told],
        )
        return []
    place = ("Content-Range", f"bytes {wanted.start}-{wanted.stop - 1}/{size}")
    start("206 Partial Content", [*others, ("Content-Length", str(len(wanted))), place, *told])
    return [form.body[0][wanted.start : wanted.stop]]


def _part(environ: dict[str, Any], form: Form) -> range | None:
    """The bytes that are asked for, of the page as it is sent (RFC 9110, 14); None for all of it,
    as with several parts at once, what nobody can read, or another page by now."""
    found = _RANGE.fullmatch(environ["HTTP_RANGE"].strip())
    same = environ.get("HTTP_IF_RANGE", form.etag) == form.etag
    if environ["REQUEST_METHOD"] != "GET" or found is None or not same or not any(found.groups()):
        return None
    (first, last), size = found.groups(), len(form.body[0])
    if not first:
        return range(max(size - int(last), 0), size) if int(last) else range(0)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1 if last else size, size))


def _encoding(kept: Kept, taken: str) -> str:
    """The best that there is of those that are taken; the page as it is is there always."""
    forms = kept.forms
    for name in codings(taken):
        if name in forms:
            return name
    return ""


def _is_known(etag: str, asked: str) -> bool:
    known = {one.strip().removeprefix("W/") for one in asked.split(",")}
    return etag in known or "*" in known
