"""A guide as PDF."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from contactpoint.guidance.everywhere import paper
from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.outline import outline
from contactpoint.guidance.pages.guide import texts_of
from contactpoint.guidance.pages.missing import nothing, wrong
from contactpoint.guidance.pages.visiting import KEPT_SECONDS, Visit, visit, visit_of
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
