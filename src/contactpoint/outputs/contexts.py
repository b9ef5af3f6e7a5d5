"""What list pages and item pages show; registered with the base page when Django starts."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from contactpoint.kit.citing import LABELS, sentence
from contactpoint.kit.context import translations
from contactpoint.kit.locating import Location, roots
from contactpoint.kit.pages import language_of, own_path, shows
from contactpoint.kit.pictures import Look, look_of
from contactpoint.kit.posted import posted
from contactpoint.outputs import event_programme
from contactpoint.outputs.beside import has_beside
from contactpoint.outputs.citing import CITED, cited
from contactpoint.outputs.corrections import of_item
from contactpoint.outputs.entries import drawn
from contactpoint.outputs.facts import facts, when, where
from contactpoint.outputs.families import neighbours
from contactpoint.outputs.figures.bodies import prepare
from contactpoint.outputs.files import Attached, files_in_form, files_of
from contactpoint.outputs.films import Film, film_of, host_of, poster_of
from contactpoint.outputs.listing import listing
from contactpoint.outputs.models import Event, Output, Publication, Video, WorkProgramme
from contactpoint.outputs.models.lists import OutputList
from contactpoint.outputs.previewing import entry_of, feed_entry
from contactpoint.outputs.printing import printed_file
from contactpoint.outputs.programme import grouped, programme
from contactpoint.outputs.relations import About, about, related
from contactpoint.outputs.structured import Described, structured
from contactpoint.outputs.transcripts import has_transcript
from contactpoint.outputs.video_views import transcript_url


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


@shows(WorkProgramme)
def programme_context(page: WorkProgramme, request: HttpRequest) -> dict[str, Any]:
    """The planned outputs by their standing."""
    language = language_of(page, request)
    return {
        "groups": grouped(programme(language, roots(request))),
        "feed_url": f"/{language}/{WorkProgramme.SLUG}/feed.atom",
    }


@shows(Output)
def item_context(page: Output, request: HttpRequest) -> dict[str, Any]:
    """Facts, what the item is about, its languages and what stands near it."""
    language = language_of(page, request)
    location: Location | None = getattr(request, "location", None)
    own = location.row.language if location else language
    list_url = location.crumbs[-1].url if location and location.crumbs else "../"
    known_roots = roots(request)
    found = about(page, language, list_url, known_roots)
    hue = found.themes[0].hue if found.themes else 1
    seeds = tuple(concept.slug for concept in found.concepts) or (str(page.translation_key),)
    beside = has_beside(page.pk, page.translation_key)
    files = _files(page, found, request, language, stored=beside.files)
    look = _look(page, files) if isinstance(page, Publication) else None
    film = (
        film_of(page, language, hidden_too=_is_preview(request))
        if isinstance(page, Video)
        else None
    )
    others = {
        code: url for code, url in (location.translated if location else {}).items() if code != own
    }
    url = f"{settings.BASE_URL}{own_path(request)}"
    institutions = [one for group in found.institutions.values() for one in group]
    is_preview = _is_preview(request)
    # Asked by the template of that preview alone.
    preview = {"as_entry": partial(entry_of, page), "as_feed": partial(feed_entry, page)}
    return {
        **(preview if is_preview else {}),
        "facts": facts(page, found),
        "themes": found.themes,
        "concepts": found.concepts,
        "institutions": list({one.slug: one for one in institutions}.values()),
        "countries": found.countries,
        "languages": translations(location.translated) if location else [],
        "related": related(page, found, language, known_roots),
        "neighbours": neighbours(page, found.families, language, known_roots),
        "cover": drawn(hue, seeds),
        "files": files,
        "follow_url": ""
        if is_preview
        else f"/{language}/follow/?thing=output:{page.translation_key}",
        "live_figures": prepare(page.body, own),
        "corrections": of_item(page.translation_key, language) if beside.corrections else [],
        "posted": posted(page.translation_key, own),
        "structured": structured(Described(page, url, own, found, files, others, look, film)),
        "look": look,
        **(_video(page, film, language, request) if isinstance(page, Video) else {}),
        **(_citation(page, found, own, request) if page.kind in CITED else {}),
        **(_publication(found) if isinstance(page, Publication) else {}),
    }


def _publication(found: About) -> dict[str, Any]:
    """What only publications show: what stands before and after them."""
    return {"earlier": found.earlier, "later": found.later}


def _citation(page: Output, found: About, language: str, request: HttpRequest) -> dict[str, Any]:
    """How it is cited. A page that is read around another language is cited as the page that it
    is."""
    path = own_path(request)
    one = cited(page, found, language, f"{settings.BASE_URL}{path}")
    return {
        "citation": sentence(one),
        "citations": [(label, f"{path}citation.{name}") for name, label in LABELS.items()],
    }


def _video(page: Video, film: Film | None, language: str, request: HttpRequest) -> dict[str, Any]:
    """What only videos show: the film or who keeps it, and where one can read what is said."""
    location: Location | None = getattr(request, "location", None)
    own = location.row.language if location else language
    shown = has_transcript(page, hidden_too=_is_preview(request))
    return {
        "film": film,
        "host": host_of(page.source_url) if film is None else "",
        "poster": poster_of(page) if film is None else None,
        "transcript_url": transcript_url(own, page.slug) if shown else "",
    }


def _is_preview(request: HttpRequest) -> bool:
    return bool(getattr(request, "is_preview", False))


def _look(page: Publication, files: Sequence[Attached]) -> Look | None:
    """The cover that an editor chose, else the first page of the first file that has one."""
    if page.cover is not None:
        return look_of(page.cover, "cover")
    return next((file.look for file in files if file.look), None)


@shows(Event)
def event_context(page: Event, request: HttpRequest) -> dict[str, Any]:
    """The programme, and what there is afterwards."""
    return {
        "programme": event_programme.programme(page, hidden_too=_is_preview(request)),
        "outcomes": event_programme.outcomes(page),
        "starts": page.starts_at.astimezone(page.zone).isoformat() if page.starts_at else "",
        "when": when(page),
        "where": where(page),
        "is_over": page.over_at is not None and page.over_at <= timezone.now(),
    }


def _files(
    page: Output, found: About, request: HttpRequest, language: str, *, stored: bool
) -> list[Attached]:
    """The files; those in the reader's language first, in a preview those of the form."""
    preview = _is_preview(request)
    if preview:
        files = files_in_form(page)
    else:
        files = files_of([page.pk]).get(page.pk, []) if stored else []
    if isinstance(page, Publication) and not preview:
        location: Location | None = getattr(request, "location", None)
        own = location.row.language if location else language
        files += printed_file(page, found.printed, own)
    return sorted(files, key=lambda file: file.language not in ("", language))
