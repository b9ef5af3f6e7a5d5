"""Plants the portal's tree: a front page and its lists in each language, linked as translations."""

import uuid
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from wagtail.models import Locale, Page, Site

from contactpoint.home.models import HomePage
from contactpoint.network.models import NetworkPage
from contactpoint.outputs.models import (
    Chronicle,
    EventList,
    NewsList,
    PublicationList,
    VacancyList,
    VideoList,
    WorkProgramme,
)

STATEMENT: Final = gettext_noop(
    "Asylum and migration in Belgium and Europe: what is known, by whom, and in which words."
)
PLANTED: Final[tuple[tuple[Any, str], ...]] = (
    (NewsList, gettext_noop("News")),
    (PublicationList, gettext_noop("Publications")),
    (EventList, gettext_noop("Events")),
    (VideoList, gettext_noop("Videos")),
    (VacancyList, gettext_noop("Vacancies")),
    (Chronicle, gettext_noop("Chronicle")),
    (WorkProgramme, gettext_noop("Work programme")),
    (NetworkPage, gettext_noop("Network")),
)


@transaction.atomic
def plant() -> None:
    """Make what is missing of locales, site, front pages and lists; change nothing that is there.

    An editor's page that has the address of one of ours already keeps it. The first run replaces
    the page that Wagtail's own migrations put at the root.
    """
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    if not HomePage.objects.exists():
        Page.objects.filter(depth=2, slug="home").exclude(content_type__app_label="home").delete()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            _plant_language(code)
    source = HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
    address = urlsplit(settings.BASE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname or "localhost",
            "port": address.port or (443 if address.scheme == "https" else 80),
            "root_page": source,
            "site_name": settings.SITE_NAME,
        },
    )


def _plant_language(code: str) -> None:
    locale = Locale.objects.get(language_code=code)
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        home = HomePage(
            title=settings.SITE_NAME,
            slug="home" if code == settings.LANGUAGE_CODE else f"home-{code}",
            statement=gettext(STATEMENT),
            locale=locale,
            translation_key=_shared_key("home"),
        )
        Page.objects.get(depth=1).specific.add_child(instance=home)
    for model, title in PLANTED:
        is_there = model.objects.child_of(home).exists()
        if not is_there and not home.get_children().filter(slug=model.SLUG).exists():
            home.add_child(
                instance=model(
                    title=gettext(title),
                    slug=model.SLUG,
                    locale=locale,
                    translation_key=_shared_key(model.SLUG),
                )
            )


def _shared_key(name: str) -> uuid.UUID:
    """The same key in every language links the pages as translations of one another."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"https://contactpoint.example/planted/{name}")
