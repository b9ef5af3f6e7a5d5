"""What is heard: the sound of a block, of a page, of a language, and the words with their times.

It is asked for under the address of guidance, so that no log tells what somebody listens to. Only
the sound of words that stand on a page now is given; any other is not there.
"""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Final, TypeVar
from zipfile import ZIP_STORED, ZipFile

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from contactpoint.guidance.heard.captions import webvtt
from contactpoint.guidance.heard.playing import Heard, heard_of, told
from contactpoint.guidance.heard.together import audible
from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.outline import Entry, outline
from contactpoint.guidance.pages.guide import texts_of
from contactpoint.guidance.pages.missing import nothing
from contactpoint.guidance.pages.visiting import KEPT_SECONDS, Visit, answer, page, visit
from contactpoint.kit.headers import FILE_POLICY
from contactpoint.media.serving import part_wanted

Response = TypeVar("Response", bound=HttpResponseBase)
KINDS: Final = {"mp3": "audio/mpeg", "opus": "audio/ogg"}


@dataclass(frozen=True, slots=True)
class Audible:
    """A page that can be heard."""

    entry: Entry
    heard: Heard


@require_safe
def of_block(request: HttpRequest, language: str, code: str, sound: str, form: str) -> HttpResponse:
    """`/ar/guidance/voice/interview/about-0123456789abcdef.opus`"""
    return block_of(request, language, _heard(visit(request, language), code), sound, form)


def block_of(
    request: HttpRequest, language: str, heard: Heard | None, sound: str, form: str
) -> HttpResponse:
    """The sound of a block, where its words are among what is heard."""
    block, _dash, digest = sound.rpartition("-")
    found = heard.sounds.get(block) if heard else None
    if found is None or found.said.digest != digest or form not in KINDS:
        return nothing(request, language)
    file = found.recording.mp3 if form == "mp3" else found.recording.opus
    return _given(request, _bytes([file]), KINDS[form], f"{found.recording.pk}-{digest}-{form}")


@require_safe
def of_page(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """`/ar/guidance/voice/interview.mp3`: its blocks in a row, for whoever the reader is."""
    return page_of(request, language, _heard(visit(request, language), code))


def page_of(request: HttpRequest, language: str, heard: Heard | None) -> HttpResponse:
    """The sound of a page."""
    if not heard:
        return nothing(request, language)
    files = (sound.recording.mp3 for sound in heard.sounds.values())
    return _given(request, _bytes(files), KINDS["mp3"], heard.digest)


@require_safe
def captions(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """`/ar/guidance/voice/interview.vtt`"""
    return captions_of(request, language, _heard(visit(request, language), code))


def captions_of(request: HttpRequest, language: str, heard: Heard | None) -> HttpResponse:
    """The words of a page with their times."""
    if not heard:
        return nothing(request, language)
    text = webvtt(heard.sounds.values())
    return _given(request, text.encode(), "text/vtt; charset=utf-8", f"{heard.digest}-vtt")


@require_safe
def all_pages(request: HttpRequest, language: str) -> HttpResponse:
    """`/ar/guidance/voice/`: what can be heard in this language, each with its size."""
    here = visit(request, language)
    pages = _audible(here)
    html = page(
        here,
        "guidance/heard/pages.html",
        title=here.words["voice_title"],
        path="voice/",
        pages=pages,
        size=told(sum(one.heard.bytes for one in pages), language),
        zip_url=here.at.of("voice/all.zip"),
        has_computer=any(one.heard.has_computer for one in pages),
    )
    return answer(request, here, html)


@require_safe
def of_language(request: HttpRequest, language: str) -> HttpResponseBase:
    """`/ar/guidance/voice/all.zip`: a file a page in their order, and a list for players."""
    pages = _audible(visit(request, language))
    if not pages:
        return nothing(request, language)
    file = tempfile.TemporaryFile()  # noqa: SIM115 — the response closes it
    _pack(file, pages)
    file.seek(0)
    return _with_headers(
        FileResponse(file, as_attachment=True, filename=f"guidance-{language}.zip")
    )


def _heard(here: Visit, code: str) -> Heard | None:
    texts = texts_of(code, here.language.code)
    own = texts.get(here.language.code)
    return heard_of(own, texts.get(SOURCE), here.at) if own else None


def _audible(here: Visit) -> list[Audible]:
    """Pages with sound in the order of the outline."""
    heard = {one.code: one.heard for one in audible(here.at)}
    there = outline(here.at).guides if heard else []
    return [Audible(entry, heard[entry.code]) for entry in there if entry.code in heard]


def _pack(file: IO[bytes], pages: Iterable[Audible]) -> None:
    """Sound does not get smaller by packing, so it is stored as it is."""
    listed = ["#EXTM3U"]
    with ZipFile(file, "w", ZIP_STORED) as packed:
        for number, one in enumerate(pages, start=1):
            name = f"{number:02}-{one.entry.code}.mp3"
            seconds = round(sum(sound.mp3_seconds for sound in one.heard.sounds.values()))
            listed += [f"#EXTINF:{seconds},{one.entry.title}", name]
            packed.writestr(
                name, _bytes(sound.recording.mp3 for sound in one.heard.sounds.values())
            )
            packed.writestr(f"{name[:-4]}.vtt", webvtt(one.heard.sounds.values()))
        packed.writestr("guidance.m3u8", "\n".join(listed) + "\n")


def _bytes(files: Iterable[FieldFile]) -> bytes:
    parts = []
    for file in files:
        with file.storage.open(str(file.name)) as opened:
            parts.append(opened.read())
    return b"".join(parts)


def _given(request: HttpRequest, data: bytes, kind: str, tag: str) -> HttpResponse:
    """The bytes, the part of them that a player asks for, or that they are known already."""
    etag = f'"{tag}"'
    if known := get_conditional_response(request, etag):
        return _with_headers(known, etag)
    wanted = part_wanted(request, len(data), etag, "")
    if wanted is None:
        return _with_headers(HttpResponse(data, content_type=kind), etag)
    if wanted.start >= wanted.stop:
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(data)}"})
        return _with_headers(response, etag)
    response = HttpResponse(data[wanted.start : wanted.stop], status=206, content_type=kind)
    response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{len(data)}"
    return _with_headers(response, etag)


def _with_headers(response: Response, etag: str = "") -> Response:
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    response["Content-Security-Policy"] = FILE_POLICY
    response["Referrer-Policy"] = "no-referrer"
    response["X-Content-Type-Options"] = "nosniff"
    if etag:
        response["ETag"] = etag
    return response
