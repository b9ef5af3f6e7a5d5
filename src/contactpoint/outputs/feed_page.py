"""The page that lists all feeds there are, and what it says of outputs."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.glossary.naming import flat, theme_tree
from contactpoint.kit.context import view_context
from contactpoint.kit.feeds import MOST_ITEMS
from contactpoint.kit.feeds.listed import Listed, groups
from contactpoint.kit.labels import FALLBACK_LANGUAGE, picked
from contactpoint.network.models import Country
from contactpoint.outputs.corrections import FOLDER
from contactpoint.outputs.families import can_be_seen
from contactpoint.outputs.models import Family, OutputCountry, WorkProgramme
from contactpoint.outputs.models.lists import LISTS
from contactpoint.outputs.querysets import offered
from contactpoint.outputs.relations import family_url


@require_safe
def feed_page(request: HttpRequest) -> HttpResponse:
    """What a feed is, and each that has an address of its own."""
    language = get_language() or FALLBACK_LANGUAGE
    context = {
        **view_context(request),
        "groups": groups(language),
        "most_items": MOST_ITEMS,
    }
    return render(request, "outputs/feed_page.html", context)


def lists(language: str) -> Iterator[Listed]:
    """All that is new, each list, and what is planned."""
    yield Listed(_("All that is new"), f"/{language}/")
    for slug, label in LISTS.values():
        yield Listed(str(label), f"/{language}/{slug}/")
    yield Listed(_("Work programme"), f"/{language}/{WorkProgramme.SLUG}/")
    yield Listed(_("Corrections"), f"/{language}/{FOLDER}/")


def themes(language: str) -> Iterator[Listed]:
    """Each theme and what stands under it."""
    for node in flat(theme_tree(language)):
        yield Listed(node.theme.label, node.theme.url)


def countries(language: str) -> Iterator[Listed]:
    """Each country that something is about."""
    pages = offered(language).values("pk")
    links = OutputCountry.objects.filter(page__in=pages).order_by().values("country")
    for country in Country.objects.filter(pk__in=links):
        label, spoken = picked(country.labels, language)
        yield Listed(label, f"/{language}/countries/{country.code.lower()}/", spoken)


def families(language: str) -> Iterator[Listed]:
    """Each study and series of which there is something to see."""
    for family in Family.objects.order_by("form", "slug"):
        if can_be_seen(family):
            label, spoken = picked(family.labels, language)
            yield Listed(label, family_url(family.form, family.slug, language), spoken)
