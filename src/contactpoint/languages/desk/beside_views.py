"""Original and translation side by side, piece by piece."""

import logging
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import apply_machine_translation

from contactpoint.kit.context import language_name
from contactpoint.languages.desk.board_views import crumbs
from contactpoint.languages.desk.exchange import ExchangeError, given_po, take_po
from contactpoint.languages.desk.further_views import offer_after_publishing
from contactpoint.languages.desk.rights import may_edit
from contactpoint.languages.desk.segments import Segment, segments_of, take
from contactpoint.languages.desk.starting import translation_of
from contactpoint.languages.differences import OLDER, Difference
from contactpoint.languages.following import settle
from contactpoint.languages.listening import compared
from contactpoint.languages.marks import marks_of
from contactpoint.languages.models import Standing
from contactpoint.languages.passages import digest_of, passages_of, plain
from contactpoint.outputs.sources import source_of

log = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def beside(request: HttpRequest, pk: int) -> HttpResponse:
    """The pieces of a translation; a page of its own shows what it has to follow instead."""
    page = get_object_or_404(Page, pk=pk).specific
    if not may_edit(request.user, page):
        raise PermissionDenied
    standing = Standing.objects.filter(pk=pk).first()
    translation = translation_of(page)
    here = HttpResponseRedirect(reverse("languages_beside", args=[pk]))
    if translation is None:
        if request.method == "POST" and standing:
            number = settle(standing, request.POST.getlist("follows"))
            _tell(request, number)
            return here
        return _page_of_its_own(request, page, standing)
    segments = segments_of(translation, page, standing)
    if request.method == "POST":
        _take(request, page, translation, segments)
        return here
    language = translation.source.locale.language_code
    translator = get_machine_translator()
    can_translate = translator is not None and translator.can_translate(
        translation.source.locale, translation.target_locale
    )
    context = _context(page) | {
        "translation": translation,
        "segments": segments,
        "done": sum(one.is_done for one in segments),
        "first": next((one.pk for one in segments if not one.is_done), None),
        "original_language": language,
        "is_behind": _is_behind(translation, segments),
        "translator": translator if can_translate else None,
        "may_publish": page.permissions_for_user(request.user).can_publish(),
    }
    return render(request, "languages/admin/beside.html", context)


@require_safe
def download(request: HttpRequest, translation_id: int) -> HttpResponse:
    """The PO file for a bureau; stands where wagtail-localize's own view would."""
    translation = get_object_or_404(Translation, pk=translation_id)
    page = translation.get_target_instance()
    if not may_edit(request.user, page):
        raise PermissionDenied
    content = str(given_po(translation, settings.SITE_NAME))
    answer = HttpResponse(content, "text/x-gettext-translation; charset=utf-8")
    name = f"{slugify(page.title)[:60] or page.pk}-{translation.target_locale.language_code}.po"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
def upload(request: HttpRequest, translation_id: int) -> HttpResponse:
    """A PO file of a bureau; stands where wagtail-localize's own view would."""
    translation = get_object_or_404(Translation, pk=translation_id)
    page = translation.get_target_instance()
    if not may_edit(request.user, page):
        raise PermissionDenied
    try:
        taken = take_po(translation, request.FILES.get("file"), request.user)
    except ExchangeError as problem:
        messages.error(request, str(problem))
    else:
        counted = {"entries": taken.entries, "ignored": taken.ignored, "refused": taken.refused}
        text = _(
            "%(entries)s entries read; %(ignored)s fit no paragraph or are unsure, "
            "%(refused)s hold markup or an address that may not be."
        )
        level = messages.warning if taken.ignored or taken.refused else messages.success
        level(request, text % counted)
    return HttpResponseRedirect(reverse("languages_beside", args=[page.pk]))


@require_POST
def machine(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Have the rest translated by the machine that the operator set up; nothing is published.

    Stands where wagtail-localize's own view would, in which a translator that fails is an error
    page.
    """
    translation = get_object_or_404(Translation, pk=translation_id)
    page = translation.get_target_instance()
    if not may_edit(request.user, page):
        raise PermissionDenied
    translator = get_machine_translator()
    if translator is None:
        raise Http404
    try:
        is_done = apply_machine_translation(translation.pk, request.user, translator)
    except (OSError, ValueError, LookupError) as problem:
        log.warning("The machine translator failed: %s", type(problem).__name__)
        messages.error(request, _("The machine translator did not answer. Nothing was changed."))
    else:
        text = _("Translated. Read it, and say of each paragraph that you have checked it.")
        messages.success(request, text if is_done else _("Nothing is left to translate."))
    return HttpResponseRedirect(reverse("languages_beside", args=[page.pk]))


def _take(
    request: HttpRequest, page: Page, translation: Translation, segments: list[Segment]
) -> None:
    data: dict[str, Any] = dict(request.POST.items()) | {"user": request.user}
    _tell(request, take(translation, segments, data))
    if "publish" not in data:
        return
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    try:
        translation.save_target(user=request.user, publish=True)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        planned = Page.objects.get(pk=page.pk).get_latest_revision_as_object().go_live_at
        is_later = planned is not None and planned > timezone.now()
        text = _("It goes live at the time that is set.") if is_later else _("Published.")
        messages.success(request, text)
        if not is_later:
            _warn(request, page)
            offer_after_publishing(request, Page.objects.get(pk=page.pk).specific)


def _tell(request: HttpRequest, number: int) -> None:
    text = ngettext("%(count)s paragraph kept.", "%(count)s paragraphs kept.", number)
    messages.info(request, text % {"count": number})


def _warn(request: HttpRequest, page: Page) -> None:
    """Whoever publishes learns what readers get in the language of the original."""
    mine = next((each for each in compared(page) if each.pk == page.pk), None)
    if mine is None or not mine.unfinished:
        return
    text = ngettext(
        "%(counter)s paragraph is not translated yet and stands here in %(language)s.",
        "%(counter)s paragraphs are not translated yet and stand here in %(language)s.",
        mine.unfinished,
    )
    language = language_name(source_of(page).locale.language_code)
    messages.warning(request, text % {"counter": mine.unfinished, "language": language})


def _is_behind(translation: Translation, segments: list[Segment]) -> bool:
    """Whether the original has been published with other words since these pieces were taken."""
    live = passages_of(translation.source.get_source_instance())
    taken = [(one.path, digest_of(plain(one.html))) for one in segments]
    return taken != [(passage.path, passage.digest) for passage in live]


def _page_of_its_own(request: HttpRequest, page: Page, standing: Standing | None) -> HttpResponse:
    found = [Difference(**each) for each in standing.differences] if standing else []
    context = _context(page) | {
        "marks": marks_of([one for one in found if one.kind in OLDER]),
        "original_language": source_of(page).locale.language_code,
    }
    return render(request, "languages/admin/own_page.html", context)


def _context(page: Page) -> dict[str, Any]:
    language = language_name(page.locale.language_code)
    title = page.get_admin_display_title()
    heading = _("Into %(language)s: %(title)s") % {"language": language, "title": title}
    return crumbs(heading) | {
        "page": page,
        "language": language,
        "original": source_of(page),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
