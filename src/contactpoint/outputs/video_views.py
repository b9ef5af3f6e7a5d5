"""The transcript of a video, at an address below its page."""

from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from contactpoint.kit.context import translations, view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link
from contactpoint.outputs.models import Video, VideoList
from contactpoint.outputs.models.lists import LISTS
from contactpoint.outputs.models.output import Kind
from contactpoint.outputs.querysets import readable
from contactpoint.outputs.transcripts import has_transcript, transcript_of


def transcript_url(language: str, slug: str) -> str:
    """The address of the transcript of a video in its language."""
    return f"/{language}/{VideoList.SLUG}/{slug}/transcript/"


@require_safe
def transcript(request: HttpRequest, slug: str) -> HttpResponse:
    """What is said in the film of a public page; not there where nobody wrote it down."""
    language = get_language() or FALLBACK_LANGUAGE
    page: Any = get_object_or_404(
        Video.objects.annotate(spoken=F("borrowed__title")).filter(
            pk__in=readable(language).values("pk")
        ),
        slug=slug,
    )
    found = transcript_of(page, language)
    if found is None:
        raise Http404
    folder, title = LISTS[Kind.VIDEO]
    list_url = f"/{language}/{folder}/"
    page_url, spoken = f"{list_url}{page.slug}/", page.spoken or ""
    context = {
        **view_context(request, Link(str(title), list_url), Link(page.title, page_url, spoken)),
        "title_language": spoken,
        "translations": translations(_addresses(page)),
        "page": page,
        "page_url": page_url,
        "transcript": found,
        "foreign": found.language if found.language not in ("", language) else "",
    }
    return render(request, "outputs/transcript.html", context)


def _addresses(page: Video) -> dict[str, str]:
    """The transcript's by language, of the versions that have one."""
    versions = Video.objects.filter(
        pk__in=readable().filter(translation_key=page.translation_key).values("pk")
    ).select_related("locale")
    return {
        version.locale.language_code: transcript_url(version.locale.language_code, version.slug)
        for version in versions
        if has_transcript(version)
    }
