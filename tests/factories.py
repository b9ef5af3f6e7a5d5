"""Builds small sites for tests: a front page and lists in four languages, and outputs with all.

Pages are written with as few queries as Wagtail allows: no validation, no reference index. A test
of validation makes its own page with `add_child`.
"""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.text import slugify
from replayed import replayed
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from contactpoint.glossary.models import Concept, ConceptLabel, Theme
from contactpoint.home.models import HomePage, StandardPage
from contactpoint.network.models import Country, Institution
from contactpoint.outputs.models import (
    Chronicle,
    Classification,
    Development,
    Event,
    EventList,
    Family,
    FamilyLink,
    NewsItem,
    NewsList,
    Output,
    OutputCountry,
    OutputInstitution,
    OutputTheme,
    Publication,
    PublicationList,
    RelatedOutput,
    Vacancy,
    VacancyList,
    Video,
    VideoList,
)

PageType = TypeVar("PageType", bound=Page)
LANGUAGES = ("en", "fr", "nl", "de")
LISTS = (NewsList, PublicationList, EventList, VideoList, VacancyList, Chronicle)
MODELS: dict[str, type[Output]] = {
    model.KIND: model for model in (NewsItem, Publication, Event, Video, Vacancy, Development)
}
TITLES = {
    "news": {"en": "News", "fr": "Actualités", "nl": "Nieuws", "de": "Aktuelles"},
    "publications": {
        "en": "Publications",
        "fr": "Publications",
        "nl": "Publicaties",
        "de": "Veröffentlichungen",
    },
    "events": {"en": "Events", "fr": "Événements", "nl": "Evenementen", "de": "Veranstaltungen"},
    "videos": {"en": "Videos", "fr": "Vidéos", "nl": "Video's", "de": "Videos"},
    "vacancies": {
        "en": "Vacancies",
        "fr": "Offres d'emploi",
        "nl": "Vacatures",
        "de": "Stellenangebote",
    },
    "chronicle": {"en": "Chronicle", "fr": "Chronique", "nl": "Kroniek", "de": "Chronik"},
}
STANDARD = {
    "network": {
        "en": "The network",
        "fr": "Le réseau",
        "nl": "Het netwerk",
        "de": "Das Netzwerk",
    },
    "work-programme": {
        "en": "Work programme",
        "fr": "Programme de travail",
        "nl": "Werkprogramma",
        "de": "Arbeitsprogramm",
    },
}


@dataclass
class MadeSite:
    """What `make_site` made: `homes["en"]`, `lists["en"]["news"]`, `standard["en"]["network"]`."""

    site: Site
    homes: dict[str, HomePage] = field(default_factory=dict)
    lists: dict[str, dict[str, Page]] = field(default_factory=dict)
    standard: dict[str, dict[str, StandardPage]] = field(default_factory=dict)


def place(parent: Page, page: PageType) -> PageType:
    """Write a page as the last child of `parent`."""
    parent.refresh_from_db(fields=["path", "depth", "numchild"])
    page.depth = parent.depth + 1
    page.path = Page._get_path(parent.path, page.depth, parent.numchild + 1)
    page.numchild = 0
    page.locale_id = page.locale_id or parent.locale_id
    page.draft_title = page.draft_title or page.title
    page.set_url_path(parent)
    with disable_reference_index_auto_update():
        page.save(clean=False)
    parent.numchild += 1
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild)
    return page


def make_locales() -> dict[str, Locale]:
    """The locales of the portal's four languages."""
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}


def make_site(languages: Sequence[str] = LANGUAGES, *, standard: bool = True) -> MadeSite:
    """A default site: in each language a front page, the six lists and two standard pages."""
    replayed(("site", *languages, standard), lambda: _write_site(languages, standard=standard))
    Site.clear_site_root_paths_cache()
    return read_site(languages)


def read_site(languages: Sequence[str] = LANGUAGES) -> MadeSite:
    """What `make_site` made, from the database."""
    homes = {page.locale.language_code: page for page in HomePage.objects.select_related("locale")}
    made = MadeSite(Site.objects.get(), {code: homes[code] for code in languages})
    made.site.root_page = homes[languages[0]]
    for kept, models in ((made.lists, LISTS), (made.standard, (StandardPage,))):
        kept.update({code: {} for code in languages})
        for model in models:
            for page in model.objects.order_by("path").select_related("locale"):
                kept[page.locale.language_code][page.slug] = page
    return made


def _write_site(languages: Sequence[str], *, standard: bool) -> None:
    locales = make_locales()
    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(depth=1)
    root.refresh_from_db()
    keys = {name: uuid.uuid4() for name in ("home", *TITLES, *STANDARD)}
    for code in languages:
        shared: dict[str, Any] = {"locale": locales[code], "live": True}
        home = place(
            root,
            HomePage(
                title=f"Contactpoint {code}",
                slug="home" if code == "en" else f"home-{code}",
                statement="What the network knows about asylum and migration.",
                translation_key=keys["home"],
                **shared,
            ),
        )
        if code == languages[0]:
            Site.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True)
        for model in LISTS:
            title, key = TITLES[model.SLUG][code], keys[model.SLUG]
            place(home, model(title=title, slug=model.SLUG, translation_key=key, **shared))
        for slug, titles in (STANDARD if standard else {}).items():
            key = keys[slug]
            place(home, StandardPage(title=titles[code], slug=slug, translation_key=key, **shared))


def make_theme(
    slug: str, *, parent: Theme | str | None = None, position: int = 0, hue: int = 1, **labels: str
) -> Theme:
    """A theme, or the one that is there; `labels` by language (`en="Asylum"`)."""
    if isinstance(parent, str):
        parent = make_theme(parent)
    named = labels or {"en": slug.replace("-", " ").capitalize()}
    return Theme.objects.get_or_create(
        slug=slug,
        defaults={"parent": parent, "position": position, "hue": hue, "labels": named},
    )[0]


def make_concept(
    slug: str,
    *,
    broader: Iterable[Concept | str] = (),
    alternatives: "dict[str, Sequence[str]] | None" = None,
    definitions: "dict[str, dict[str, str]] | None" = None,
    **labels: str,
) -> Concept:
    """A concept, or the one that is there; `labels` are preferred labels by language."""
    concept, new = Concept.objects.get_or_create(
        slug=slug,
        defaults={
            "labels": labels or {"en": slug.replace("-", " ")},
            "definitions": definitions or {},
        },
    )
    if new:
        concept.broader.set(
            make_concept(item) if isinstance(item, str) else item for item in broader
        )
        ConceptLabel.objects.bulk_create(
            ConceptLabel(concept=concept, language=code, kind="alternative", text=text)
            for code, texts in (alternatives or {}).items()
            for text in texts
        )
    return concept


def make_country(code: str, **labels: str) -> Country:
    """A country by its ISO code."""
    return Country.objects.get_or_create(code=code, defaults={"labels": labels or {"en": code}})[0]


def make_institution(slug: str, *, acronym: str = "", **labels: str) -> Institution:
    """An institution by its slug."""
    defaults = {"acronym": acronym, "labels": labels or {"en": slug.replace("-", " ").title()}}
    return Institution.objects.get_or_create(slug=slug, defaults=defaults)[0]


def make_family(slug: str, form: str = "series", **labels: str) -> Family:
    """A study or series by its slug."""
    defaults = {"form": form, "labels": labels or {"en": slug.replace("-", " ").capitalize()}}
    return Family.objects.get_or_create(slug=slug, defaults=defaults)[0]


def make_output(
    site: MadeSite,
    kind: str = "news-item",
    *,
    title: str = "",
    language: str = "en",
    translation_of: Output | None = None,
    themes: Iterable[Theme | str] = (),
    concepts: Iterable[Concept | str] = (),
    institutions: Iterable[Institution | str] = (),
    countries: Iterable[Country | str] = (),
    related: Iterable[Output] = (),
    families: Iterable[Family | str] = (),
    text: str = "",
    private: bool = False,
    live: bool = True,
    **fields: Any,
) -> Output:
    """An output of `kind` in its list. Themes and so on are given as objects or as slugs.

    `text` becomes one paragraph of the body; `private` closes the page to readers without a login.
    """
    model = MODELS[kind]
    parent = next(
        page for page in site.lists[language].values() if getattr(page, "KIND", "") == kind
    )
    number = Output.objects.count() + 1
    title = title or f"{kind.replace('-', ' ').capitalize()} {number}"
    if text:
        fields["body"] = [("paragraph", f"<p>{text}</p>")]
    if translation_of is not None:
        fields.setdefault("translation_key", translation_of.translation_key)
        fields.setdefault("published_on", translation_of.published_on)
        fields.setdefault("starts_at", translation_of.starts_at)
        fields.setdefault("effective_on", translation_of.effective_on)
    fields.setdefault("slug", f"{slugify(title)[:60]}-{number}")
    fields.setdefault("teaser", f"What {title} says.")
    fields.setdefault("published_on", datetime.date(2020, 1, 1) + datetime.timedelta(days=number))
    moment = timezone.now()
    fields.setdefault("first_published_at", moment if live else None)
    fields.setdefault("last_published_at", fields["first_published_at"])
    page = place(parent, model(title=title, live=live, locale=parent.locale, **fields))
    _link(OutputTheme, page, "theme", themes, make_theme)
    _link(Classification, page, "concept", concepts, make_concept)
    _link(OutputInstitution, page, "institution", institutions, make_institution)
    _link(OutputCountry, page, "country", countries, make_country)
    _link(FamilyLink, page, "family", families, make_family)
    _link(RelatedOutput, page, "related", related, None)
    if private:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def _link(model: Any, page: Output, name: str, given: Iterable[Any], make: Any) -> None:
    values = [make(item) if isinstance(item, str) else item for item in given]
    model.objects.bulk_create(
        model(page_id=page.pk, sort_order=order, **{name: value})
        for order, value in enumerate(values)
    )
