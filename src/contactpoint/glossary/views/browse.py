"""The whole glossary: from A to Z in any of its languages, as a hierarchy, and found by a name."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.glossary import finding, tree
from contactpoint.glossary.finding import Found
from contactpoint.glossary.languages import LANGUAGES, by_name, name_in, name_within, own_name
from contactpoint.glossary.lexicon import Lexicon, lexicon
from contactpoint.glossary.lookup import LONGEST_QUERY
from contactpoint.kit.context import same_path, translations, view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE, quoted
from contactpoint.kit.locating import Link
from contactpoint.kit.templatetags.kit import direction

ON_A_PAGE: Final = 60
WHILE_TYPING: Final = 10
SECONDS_KEPT: Final = 60


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """All concepts from A to Z; `?in=pl` in that language's names, `?q=` those that are found."""
    language = get_language() or FALLBACK_LANGUAGE
    words = lexicon()
    listed = request.GET.get("in", "")
    listed = listed if listed in _choices(words) else language
    query = _query(request)
    context = _shared(request, "letters") | {"sought": query, "longest": LONGEST_QUERY}
    if query:
        total, found, guesses = finding.find(words, query, language, ON_A_PAGE)
        return render(
            request,
            "glossary/glossary_found.html",
            context
            | {
                "found": found,
                "guesses": guesses,
                "status": _status(query, total),
                "more": total - len(found),
                "search_url": f"/{language}/search/?{urlencode({'q': query})}",
            },
        )
    kept = {"in": listed} if listed != language else {}
    if kept:
        context["translations"] = translations(same_path(request), urlencode(kept))
        context["canonical_url"] += f"?{urlencode(kept)}"
    letters = words.letters(listed, reader=language)
    context |= {
        "listed": _named(listed, language),
        "languages": _language_choices(words, listed, language),
        "letters": letters,
        "total": sum(len(letter.concepts) for letter in letters),
        "unnamed": words.unnamed(listed, reader=language),
        "reader": language,
    }
    return render(request, "glossary/glossary_index.html", context)


@require_safe
def hierarchy(request: HttpRequest) -> HttpResponse:
    """All concepts under what is broader; `?at=asylum` opens the tree there."""
    language = get_language() or FALLBACK_LANGUAGE
    words = lexicon()
    steps = tree.whole(words, language, request.GET.get("at", ""))
    context = _shared(request, "hierarchy", Link(_("Glossary"), f"/{language}/glossary/"))
    context |= {"steps": steps, "total": len(words.concepts), "reader": language}
    return render(request, "glossary/hierarchy.html", context)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The best concepts for what was typed so far, as JSON for the search field's script."""
    language = get_language() or FALLBACK_LANGUAGE
    query = _query(request)
    total, found, guesses = finding.find(lexicon(), query, language, WHILE_TYPING)
    response = JsonResponse(
        {
            "query": query,
            "total": total,
            "status": _status(query, total) if query else "",
            "hits": [
                *(_as_json(one) for one in found),
                *(_as_json(one, is_guess=True) for one in guesses),
            ],
        }
    )
    patch_cache_control(response, public=True, max_age=SECONDS_KEPT)
    return response


def _query(request: HttpRequest) -> str:
    """What was typed, in one line of printable signs and no longer than any name."""
    typed = request.GET.get("q", "")[: 4 * LONGEST_QUERY]
    printable = "".join(sign if sign.isprintable() else " " for sign in typed)
    return " ".join(printable.split())[:LONGEST_QUERY].strip()


def _as_json(one: Found, *, is_guess: bool = False) -> dict[str, Any]:
    matched = one["matched"]
    return {
        "slug": one["term"].slug,
        "url": one["term"].url,
        "label": one["label"]._asdict(),
        "language": one["term"].language,
        "dir": direction(one["term"].language),
        "matched": matched
        and matched | {"text": matched["text"]._asdict(), "dir": direction(matched["language"])},
        "why": _("Did you mean this?") if is_guess else one["why"],
    }


def _status(query: str, total: int) -> str:
    if not total:
        return _("No term matches %(query)s.") % {"query": quoted(query)}
    return ngettext(
        "%(number)s term matches %(query)s.", "%(number)s terms match %(query)s.", total
    ) % {"number": total, "query": quoted(query)}


def _shared(request: HttpRequest, view: str, *crumbs: Link) -> dict[str, Any]:
    """What the A–Z and the hierarchy have in common; `view` is the one that the reader is at."""
    return {**view_context(request, *crumbs), "view": view}


def _choices(words: Lexicon) -> set[str]:
    own = {code for code, _name in settings.LANGUAGES}
    return {*own, *LANGUAGES, *words.languages()}


def _named(code: str, reader: str) -> dict[str, str]:
    return {
        "code": code,
        "name": name_in(code, reader),
        "name_within": name_within(code, reader),
        "own_name": own_name(code),
    }


def _language_choices(words: Lexicon, listed: str, reader: str) -> list[dict[str, Any]]:
    """Every language with the number of its terms; the reader's has no parameter."""
    counts = words.languages()
    return [
        {
            **_named(code, reader),
            "count": counts.get(code, 0),
            "url": f"/{reader}/glossary/" + (f"?in={code}" if code != reader else ""),
            "is_current": code == listed,
        }
        for code in by_name(_choices(words), reader)
    ]
