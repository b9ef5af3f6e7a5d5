"""The page of an institution: what it is, and what is here of it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.kit.appearances import Subject, Tally, appearances, institutions_counted
from contactpoint.kit.context import view_context
from contactpoint.kit.datablock import data_block
from contactpoint.kit.labels import FALLBACK_LANGUAGE, pick
from contactpoint.kit.locating import Link
from contactpoint.kit.structured import CONTEXT
from contactpoint.network.addresses import institution_url
from contactpoint.network.days import since
from contactpoint.network.models import Country, Institution


@require_safe
def institution(request: HttpRequest, slug: str) -> HttpResponse:
    """Names, role, state, and by kind of output the newest with the address of all."""
    language = get_language() or FALLBACK_LANGUAGE
    one = get_object_or_404(Institution.objects.select_related("country"), slug=slug)
    url = institution_url(one.slug, language)
    subject = Subject("institution", one.slug, [one.pk], language)
    context = {
        **view_context(request, Link(_("Network"), f"/{language}/network/")),
        "institution": one,
        "name": pick(one.labels, language) or one.slug,
        "short_name": one.short_name(language),
        "role": one.get_kind_display() if one.kind else "",
        "state": pick(one.country.labels, language) if one.country else "",
        "standing": _standing(one),
        "other_names": _other_names(one, language),
        "tally": institutions_counted(language).get(one.slug, Tally()),
        "appearances": appearances(request, subject),
        "feed_url": f"{url}feed.atom",
        "structured": data_block(_structured(one, url, language)),
    }
    return render(request, "network/institution.html", context)


def _structured(one: Institution, url: str, language: str) -> dict[str, Any]:
    """What search engines read of it; the address is that of its page here, its own is the same as
    it."""
    names = {pick(one.labels, language), one.short_name(language), *one.labels.values()}
    name = pick(one.labels, language) or one.slug
    made = {
        "@context": CONTEXT,
        "@type": "Organization",
        "name": name,
        "alternateName": sorted(names - {name, ""}),
        "url": f"{settings.BASE_URL}{url}",
        "sameAs": one.homepage,
        "areaServed": pick(one.country.labels, language) if one.country else "",
    }
    return {key: value for key, value in made.items() if value}


def _standing(one: Institution) -> str:
    """Of a contact point, since when its state takes part."""
    country = one.country
    if one.kind != Institution.Kind.CONTACT_POINT or country is None:
        return ""
    status = Country.Status(country.emn_status)
    if status == Country.Status.NONE:
        return ""
    return f"{status.label} {since(country.joined)}".strip()


def _other_names(one: Institution, language: str) -> list[tuple[str, str, str]]:
    """Code, language and name in each other language of the portal, where it differs."""
    mine = pick(one.labels, language)
    names = dict(settings.LANGUAGES)
    return [
        (code, str(names[code]), text)
        for code, text in one.labels.items()
        if code in names and code != language and text and text != mine
    ]
