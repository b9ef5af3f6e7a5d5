"""From one language of an item to the next: what is not there yet, each begun with one key."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.models import Locale, Page

from contactpoint.languages.desk.board_views import crumbs
from contactpoint.languages.desk.rights import may_have_translated, may_see, may_start
from contactpoint.outputs.models import Output
from contactpoint.outputs.sources import source_of


@require_safe
def further(request: HttpRequest, pk: int) -> HttpResponse:
    """A button for each language in which an item is not there; the first has the focus."""
    page = get_object_or_404(Output, pk=pk)
    source = source_of(page).specific
    if not may_have_translated(request.user, source):
        raise PermissionDenied
    names = dict(settings.LANGUAGES)
    context = crumbs(_("Translate: %(title)s") % {"title": source.get_admin_display_title()}) | {
        "source": source,
        "languages": [
            (locale.language_code, names[locale.language_code])
            for locale in lacking(source)
            if may_start(request.user, source, locale)
        ],
    }
    return render(request, "languages/admin/further.html", context)


def lacking(page: Page) -> list[Locale]:
    """The languages in which there is no page of it, not even a draft; in the portal's order."""
    there = Page.objects.filter(translation_key=page.translation_key, alias_of=None)
    codes = [code for code, _name in settings.LANGUAGES]
    known = Locale.objects.filter(language_code__in=codes).exclude(
        pk__in=there.order_by().values("locale")
    )
    return sorted(known, key=lambda locale: codes.index(locale.language_code))


def offer_after_publishing(request: HttpRequest, page: Page) -> None:
    """Whoever has published a version is led to those that are not there yet."""
    if not isinstance(page, Output) or not page.live or not may_see(request.user):
        return
    left = lacking(page)
    if not left or not may_have_translated(request.user, source_of(page)):
        return
    names = dict(settings.LANGUAGES)
    text = _("Not there yet in: %(languages)s.") % {
        "languages": ", ".join(str(names[locale.language_code]) for locale in left)
    }
    url = reverse("languages_further", args=[page.pk])
    messages.info(request, text, buttons=[messages.button(url, _("Translate"))])
