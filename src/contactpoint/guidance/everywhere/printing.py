"""A guide as PDF, and the address that stands on paper: it knows which words were printed."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from contactpoint.guidance.everywhere import paper
from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.models import GuideText
from contactpoint.guidance.outline import Entry, outline
from contactpoint.guidance.pages.guide import blocks_of, parts, texts_of
from contactpoint.guidance.pages.missing import nothing, wrong
from contactpoint.guidance.pages.visiting import (
    KEPT_SECONDS,
    Visit,
    answer,
    page,
    visit,
    visit_of,
)
from contactpoint.kit.composing.document import Document
from contactpoint.kit.composing.press import TooLongError, UnprintableError

log = logging.getLogger(__name__)


@require_safe
def pdf(request: HttpRequest, language: str, theme: str, code: str) -> HttpResponse:
    """`/ar/guidance/procedure/interview.pdf`"""
    tree = _tree(visit(request, language), code)
    if tree is None or tree[0] != theme:
        return nothing(request, language)
    try:
        return told(request, language, f"{code}-{language}", lambda: paper.pdf_of(tree[1]))
    except TooLongError:
        return wrong(request, language)


def print_ahead(code: str, language: str) -> None:
    """The PDF as everybody gets it, before anybody asks; what can't be printed, whoever asks is
    told."""
    tree = _tree(visit_of(language), code)
    if tree is not None:
        try:
            paper.pdf_of(tree[1])
        except (UnprintableError, OSError) as problem:
            log.warning("%s-%s.pdf can't be made ahead: %s", code, language, problem)


def _tree(here: Visit, code: str) -> tuple[str, Document] | None:
    """The theme of a guide, and the guide as it is printed; None where there is none."""
    language = here.language.code
    there = outline(here.at)
    entry = there.guide(code)
    texts = texts_of(code, language)
    if entry is None or language not in texts:
        return None
    found = there.theme(entry.theme)
    name = found.name if found else ""
    return entry.theme, paper.document(here, texts[language], texts.get(SOURCE), entry, name)


@require_safe
def version(request: HttpRequest, language: str, code: str, digest: str) -> HttpResponse:
    """What stands on paper: leads to the page while its words are the same, tells it otherwise."""
    here = visit(request, language)
    entry = outline(here.at).guide(code)
    own = texts_of(code, language).get(language)
    if entry is None or own is None:
        return nothing(request, language)
    if own.digest == digest:
        return HttpResponseRedirect(
            here.at.guide(entry.theme, code), headers={"Referrer-Policy": "no-referrer"}
        )
    return answer(request, here, _older(here, entry, own, digest))


def told(request: HttpRequest, language: str, name: str, make: Callable[[], bytes]) -> HttpResponse:
    """A PDF as an answer; a page that says that something failed, where it can't be made now.

    Raises `TooLongError`: what to do about that, whoever asks for one knows.
    """
    try:
        content = make()
    except TooLongError:
        raise
    except (UnprintableError, OSError) as problem:
        log.warning("%s.pdf can't be made: %s", name, problem)
        return wrong(request, language)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}.pdf"',
            "Content-Language": language,
            "Referrer-Policy": "no-referrer",
            "Cache-Control": f"public, max-age={KEPT_SECONDS}",
        },
    )


def _older(here: Visit, entry: Entry, own: GuideText, digest: str) -> str:
    """The printed words where a revision has them, and the way to those of today."""
    old = _revision(own, digest)
    source = texts_of(entry.code, SOURCE).get(SOURCE)
    return page(
        here,
        "guidance/everywhere/version.html",
        title=(old or own).title,
        path=f"{entry.theme}/{entry.code}/",
        code=entry.code,
        there=entry.languages,
        entry=entry,
        text=old,
        parts=list(parts(blocks_of(old, source), here)) if old else [],
        new_url=here.at.guide(entry.theme, entry.code),
        dated=paper.state(old, here.words) if old else "",
    )


def _revision(own: GuideText, digest: str) -> GuideText | None:
    """The text as it was once published with these words, if that is kept."""
    for revision in own.revisions.order_by("-created_at", "-pk"):
        old = revision.as_object()
        if isinstance(old, GuideText) and old.digest == digest:
            old.last_published_at = revision.created_at
            return old
    return None
