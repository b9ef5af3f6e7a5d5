"""The address that stands on paper: it knows which words were printed, and lets them be heard.

While the words of a guide are the same it leads to the guide. Later it shows those that were
printed, if the history has them, with the sound of those very words; else those of today.
"""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from contactpoint.guidance.addresses import short
from contactpoint.guidance.everywhere import paper
from contactpoint.guidance.heard.playing import Heard, Sound, heard_of
from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.models import GuideText
from contactpoint.guidance.outline import Entry, outline
from contactpoint.guidance.pages import listening
from contactpoint.guidance.pages.guide import blocks_of, parts, texts_of
from contactpoint.guidance.pages.missing import nothing
from contactpoint.guidance.pages.visiting import Visit, answer, page, visit


@require_safe
def version(request: HttpRequest, language: str, code: str, digest: str) -> HttpResponse:
    """`/ar/guidance/interview/version/0123456789abcdef/`"""
    here = visit(request, language)
    entry = outline(here.at).guide(code)
    own = texts_of(code, language).get(language)
    if entry is None or own is None:
        return nothing(request, language)
    if own.digest == digest:
        return HttpResponseRedirect(
            here.at.guide(entry.theme, code), headers={"Referrer-Policy": "no-referrer"}
        )
    return answer(request, here, _page(here, entry, own, digest))


@require_safe
def sound(
    request: HttpRequest, *, language: str, code: str, digest: str, sound: str, form: str
) -> HttpResponse:
    """`…/version/0123456789abcdef/about-0123456789abcdef.opus`: a block of the words of then."""
    heard = _heard_then(visit(request, language), code, digest)
    return listening.block_of(request, language, heard, sound, form)


@require_safe
def whole(request: HttpRequest, language: str, code: str, digest: str) -> HttpResponse:
    """`…/version/0123456789abcdef.mp3`: all of it in a row."""
    heard = _heard_then(visit(request, language), code, digest)
    return listening.page_of(request, language, heard)


@require_safe
def captions(request: HttpRequest, language: str, code: str, digest: str) -> HttpResponse:
    """`…/version/0123456789abcdef.vtt`"""
    heard = _heard_then(visit(request, language), code, digest)
    return listening.captions_of(request, language, heard)


def _page(here: Visit, entry: Entry, own: GuideText, digest: str) -> str:
    """The printed words where a version has them, else those of today; and the way to the guide."""
    old = _then(own, digest)
    text = old or own
    source = texts_of(entry.code, SOURCE).get(SOURCE)
    heard = _at_version(heard_of(text, source, here.at), here, entry.code, digest, is_old=bool(old))
    return page(
        here,
        "guidance/everywhere/version.html",
        title=text.title,
        path=f"{entry.theme}/{entry.code}/",
        code=entry.code,
        there=entry.languages,
        entry=entry,
        text=text,
        is_old=old is not None,
        heard=heard,
        parts=list(parts(blocks_of(text, source), here, heard)),
        new_url=here.at.guide(entry.theme, entry.code),
        dated=paper.state(text, here.words),
    )


def _then(own: GuideText, digest: str) -> GuideText | None:
    """The text as it was once published with these words, if that is kept."""
    for revision in own.revisions.order_by("-created_at", "-pk"):
        old = revision.as_object()
        if isinstance(old, GuideText) and old.digest == digest:
            old.last_published_at = revision.created_at
            return old
    return None


def _heard_then(here: Visit, code: str, digest: str) -> Heard | None:
    """What is heard of the printed words; none where they are those of today or not kept."""
    texts = texts_of(code, here.language.code)
    own = texts.get(here.language.code)
    old = _then(own, digest) if own else None
    return heard_of(old, texts.get(SOURCE), here.at) if old else None


def _at_version(heard: Heard, here: Visit, code: str, digest: str, *, is_old: bool) -> Heard:
    """With addresses under that of the version: elsewhere only the words of today are heard."""
    if not is_old:
        return heard
    base = f"{short(code, here.language.code)}version/{digest}"
    tail = f"?as={here.variant}" if here.variant else ""
    return replace(
        heard,
        sounds={block: _moved(one, base) for block, one in heard.sounds.items()},
        outdated=frozenset(),
        mp3_url=f"{base}.mp3{tail}",
        captions_url=f"{base}.vtt{tail}",
    )


def _moved(one: Sound, base: str) -> Sound:
    address = f"{base}/{one.said.block}-{one.said.digest}"
    return replace(one, mp3_url=f"{address}.mp3", opus_url=f"{address}.opus")
