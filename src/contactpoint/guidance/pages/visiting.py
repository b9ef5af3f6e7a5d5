"""What every page of guidance shares: the reader's language and choice, and how it answers.

A page is made without Django's request: no session, no user, no message and no cookie can get into
what never sees them.
"""

import gzip
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from contactpoint.guidance import sheet, variants
from contactpoint.guidance.addresses import Addresses
from contactpoint.guidance.languages import ALSO_ASKED, Language, languages
from contactpoint.guidance.wording import Wording, words

KEPT_SECONDS: Final = 300
"""How long a browser or a proxy may show a page again without asking."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who reads: in which language, and as whom if they said so."""

    language: Language
    at: Addresses
    words: Wording

    @property
    def variant(self) -> str:
        """Who they said they are; empty for anybody."""
        return self.at.variant


@dataclass(frozen=True, slots=True)
class Translated:
    """The same page in another language."""

    language: Language
    url: str
    is_current: bool
    is_there: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to “who are you?”; `code` is empty for everybody."""

    code: str
    url: str
    is_chosen: bool


def visit(request: HttpRequest, language: str) -> Visit:
    """Who reads, as far as the address says it."""
    return visit_of(language, variants.chosen(request.GET.get(variants.PARAMETER)))


def visit_of(language: str, variant: str = "") -> Visit:
    """The same without a request: for a preview, a pack, a sheet."""
    return Visit(languages()[language], Addresses(language, variant), words(language))


def translated(here: Visit, path: str, there: tuple[str, ...] | None = None) -> list[Translated]:
    """The page at `path` in every language; `there` are those that have it, all without."""
    return [
        Translated(
            language=language,
            url=here.at.in_language(code).of(path),
            is_current=code == here.language.code,
            is_there=there is None or code in there,
        )
        for code, language in languages().items()
    ]


def choices(here: Visit, path: str) -> list[Choice]:
    """The variants of the page at `path`."""
    return [
        Choice(code, here.at.as_variant(code).of(path), code == here.variant)
        for code in (*variants.VARIANTS, "")
    ]


def asked_languages(there: tuple[str, ...]) -> list[str]:
    """The languages that a reader may ask for: ours that a page lacks, then others."""
    return [code for code in (*languages(), *ALSO_ASKED) if code not in there]


def page(
    here: Visit,
    template: str,
    *,
    title: str,
    path: str,
    code: str = "",
    there: tuple[str, ...] | None = None,
    **context: Any,
) -> str:
    """The page as HTML. `code` is the guide that a click is about, `there` the languages that have
    it; what else the template needs is in `context`."""
    shared = {
        "language": here.language,
        "words": here.words,
        "at": here.at,
        "variant": here.variant,
        "title": title,
        "page_title": here.words["neutral_title"] if settings.GUIDANCE_NEUTRAL_TITLES else title,
        "translations": translated(here, path, there),
        "choices": choices(here, path),
        "sheet": sheet.element(),
        "exit_url": settings.QUICK_EXIT_URL,
        "exit_site": urlsplit(settings.QUICK_EXIT_URL).hostname,
        "said_url": here.at.said(code),
        "asked_languages": asked_languages(there or tuple(languages())),
        "site_language": here.language.code
        if here.language.code in dict(settings.LANGUAGES)
        else settings.LANGUAGE_CODE,
    }
    return render_to_string(template, shared | context)


def answer(
    request: HttpRequest, here: Visit, html: str, *, status: int = 200, keep: bool = True
) -> HttpResponse:
    """The answer, with what is special about guidance in its headers; compressed where it may be:
    nothing in it is secret, so its length tells nothing."""
    response = HttpResponse(
        html,
        status=status,
        headers={
            "Content-Language": here.language.code,
            "Content-Security-Policy": sheet.policy(),
            "Referrer-Policy": "no-referrer",
            "Cache-Control": f"public, max-age={KEPT_SECONDS}" if keep else "no-store",
            "Vary": "Accept-Encoding",
        },
    )
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = gzip.compress(response.content, 6, mtime=0)
        response["Content-Encoding"] = "gzip"
    return response
