"""What list pages and item pages show; registered with the base page when Django starts."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from contactpoint.kit.context import translations
from contactpoint.kit.locating import Location, roots
from contactpoint.kit.pages import language_of, shows
from contactpoint.outputs.entries import drawn
from contactpoint.outputs.facts import facts, when, where
from contactpoint.outputs.files import Attached, files_in_form, files_of
from contactpoint.outputs.listing import listing
from contactpoint.outputs.models import Event, Output
from contactpoint.outputs.models.lists import OutputList
from contactpoint.outputs.programme import outcomes, programme
from contactpoint.outputs.relations import about, related


@shows(OutputList)
def list_context(page: OutputList, request: HttpRequest) -> dict[str, Any]:
    """Entries, filters and addresses of a list."""
    language = language_of(page, request)
    context = listing(request, page.KIND, language)
    location: Location | None = getattr(request, "location", None)
    tail = context.pop("query_tail")
    if location:
        context["translations"] = translations(location.translations, tail)
    shown = context["entries"]
    base = settings.BASE_URL
    context["canonical_url"] = base + shown.paginator.url(shown.number)
    context["previous_url"] = shown.previous_url
    context["next_url"] = shown.next_url
    return context


@shows(Output)
def item_context(page: Output, request: HttpRequest) -> dict[str, Any]:
    """Facts, what the item is about, its languages and what stands near it."""
    language = language_of(page, request)
    location: Location | None = getattr(request, "location", None)
    list_url = location.crumbs[-1].url if location and location.crumbs else "../"
    found = about(page, language, list_url)
    hue = found.themes[0].hue if found.themes else 1
    seeds = tuple(concept.slug for concept in found.concepts) or (str(page.translation_key),)
    institutions = [one for group in found.institutions.values() for one in group]
    return {
        "facts": facts(page, found),
        "themes": found.themes,
        "concepts": found.concepts,
        "institutions": list({one.slug: one for one in institutions}.values()),
        "countries": found.countries,
        "languages": translations(location.translations) if location else [],
        "related": related(page, found, language, roots(request)),
        "cover": drawn(hue, seeds),
        "files": _files(page, request, language),
    }


@shows(Event)
def event_context(page: Event, request: HttpRequest) -> dict[str, Any]:
    """The programme, and what there is afterwards."""
    is_preview = getattr(request, "is_preview", False)
    return {
        "programme": programme(page, hidden_too=is_preview),
        "outcomes": outcomes(page),
        "starts": page.starts_at.astimezone(page.zone).isoformat() if page.starts_at else "",
        "when": when(page),
        "where": where(page),
        "is_over": page.over_at is not None and page.over_at <= timezone.now(),
    }


def _files(page: Output, request: HttpRequest, language: str) -> list[Attached]:
    """The files; those in the reader's language first, in a preview those of the form."""
    is_preview = getattr(request, "is_preview", False)
    files = files_in_form(page) if is_preview else files_of([page.pk]).get(page.pk, [])
    return sorted(files, key=lambda file: file.language not in ("", language))
