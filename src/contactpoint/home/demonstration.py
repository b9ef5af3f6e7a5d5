"""Loads the demo content: items of the network's real work, written in four languages."""

import tomllib
import uuid
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from contactpoint.glossary.models import Concept, Theme
from contactpoint.home.demo_files import document, film
from contactpoint.home.demo_items import FOLDER, Item, items, languages, programme, times
from contactpoint.home.models import HomePage, StandardPage
from contactpoint.kit.markup import stream_from_markdown
from contactpoint.network.models import Country, Institution, NetworkPage
from contactpoint.outputs.models import (
    Classification,
    Development,
    Event,
    Family,
    FamilyLink,
    NewsItem,
    Output,
    OutputCountry,
    OutputFile,
    OutputInstitution,
    OutputTheme,
    Part,
    PartElsewhere,
    PlannedOutput,
    PlannedPartner,
    Publication,
    RelatedOutput,
    Vacancy,
    Video,
    WorkProgramme,
)
from contactpoint.outputs.printing import offer

MODELS: Final[dict[str, type[Output]]] = {
    model.KIND: model for model in (NewsItem, Publication, Event, Video, Vacancy, Development)
}
PLANTED: Final[dict[str, Any]] = {model.SLUG: model for model in (WorkProgramme, NetworkPage)}
LEAD: Final = "digitalisation-and-artificial-intelligence"
OWN_FIELDS: Final = (
    "published_on", "effective_on", "source_url", "publication_type", "legal_reference",
    "online", "closes_on", "closed", "series", "authors", "covers_from", "covers_until", "doi",
    "time_zone", "capacity", "takes_registrations", "registration_closes_at",
)  # fmt: skip


@transaction.atomic
def load() -> int:
    """Create the demo's pages that are not there yet; returns how many pages were made."""
    _make_families()
    loader = _Loader()
    everything = list(items())
    made = sum(loader.create(item) for item in everything)
    for item in everything:
        loader.relate(item)
        loader.supersede(item)
        loader.attach(item)
    loader.plan()
    if made:
        _lead(LEAD)
    return made


def _make_families(file: Path = FOLDER / "families.toml") -> None:
    """Studies and series that are not there yet, with their parts on other sites."""
    with file.open("rb") as text:
        content = tomllib.load(text)
    for slug, fields in content.items():
        elsewhere = fields.pop("elsewhere", [])
        family, is_new = Family.objects.get_or_create(slug=slug, defaults=fields)
        if is_new:
            PartElsewhere.objects.bulk_create(
                PartElsewhere(family=family, sort_order=order, **row)
                for order, row in enumerate(elsewhere)
            )


def _lead(slug: str) -> None:
    """Put one item at the head of each front page that has none."""
    for home in HomePage.objects.filter(lead=None):
        home.lead = Output.objects.filter(slug=slug, locale=home.locale_id).first()
        home.save()


class _Loader:
    """Holds the rows that items refer to, so that each is looked up once."""

    def __init__(self) -> None:
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.source = self.locales[settings.LANGUAGE_CODE]
        self.themes = {theme.slug: theme for theme in Theme.objects.all()}
        self.concepts = {concept.slug: concept for concept in Concept.objects.all()}
        self.institutions = {row.slug: row for row in Institution.objects.all()}
        self.countries = {country.code: country for country in Country.objects.all()}
        self.families = {family.slug: family for family in Family.objects.all()}
        self.parents: dict[tuple[str, str], Page] = {}
        for home in HomePage.objects.all():
            language = home.locale.language_code
            self.parents["page", language] = home
            for child in home.get_children().specific():
                kind = getattr(child, "KIND", "")
                if kind:
                    self.parents[kind, language] = child

    def create(self, item: Item) -> int:
        """Publish the item in each of its languages; returns how many pages were made."""
        made = 0
        for language, words in item.words.items():
            locale = self.locales[language]
            planted = PLANTED.get(item.slug) if item.facts["kind"] == "page" else None
            if planted is not None:
                made += self._fill(planted.objects.get(locale=locale), words)
                continue
            if Page.objects.filter(translation_key=item.key, locale=locale).exists():
                continue
            page = self._page(item, language, words)
            page.locale = locale
            page.translation_key = item.key
            self.parents[item.facts["kind"], language].add_child(instance=page)
            made += 1
        return made

    def _fill(self, page: Any, words: dict[str, str]) -> int:
        """Give a planted page its words; returns 0 where it has some."""
        if page.introduction or page.body:
            return 0
        page.title = page.draft_title = words["title"]
        page.introduction = words["teaser"]
        page.search_description = words["teaser"][:300]
        page.body = stream_from_markdown(words["body"])
        page.save()
        return 1

    def _page(self, item: Item, language: str, words: dict[str, str]) -> Page:
        shared = {
            "title": words["title"],
            "slug": item.slug,
            "teaser": words.get("teaser", ""),
            "body": stream_from_markdown(words.get("body", "")),
            "search_description": words.get("teaser", "")[:300],
            "first_published_at": timezone.now(),
            "last_published_at": timezone.now(),
        }
        if item.facts["kind"] == "page":
            return StandardPage(**shared)
        model = MODELS[item.facts["kind"]]
        own = {name: item.facts[name] for name in OWN_FIELDS if item.facts.get(name)}
        if words.get("place") or item.facts.get("place"):
            own["place"] = words.get("place") or item.facts["place"]
        own |= times(item.facts)
        if model is Event:
            own |= {
                "accessibility": words.get("accessibility", ""),
                "languages": languages(item.facts),
                "programme": programme(item, language),
            }
        if item.facts.get("film"):
            own |= film(**item.facts["film"])
        page = model(**shared, **own)
        self._classify(page, item.facts)
        return page

    def _classify(self, page: Output, facts: dict[str, Any]) -> None:
        page.theme_links = [
            OutputTheme(theme=self.themes[slug], sort_order=order)
            for order, slug in enumerate(facts.get("themes", []))
        ]
        page.classifications = [
            Classification(concept=self.concepts[slug], sort_order=order)
            for order, slug in enumerate(facts.get("concepts", []))
        ]
        page.institution_links = [
            OutputInstitution(
                institution=self.institutions[row["slug"]], role=row["role"], sort_order=order
            )
            for order, row in enumerate(facts.get("institutions", []))
        ]
        page.country_links = [
            OutputCountry(country=self.countries[code], sort_order=order)
            for order, code in enumerate(facts.get("countries", []))
        ]
        page.family_links = [
            FamilyLink(
                family=self.families[row["slug"]],
                part=row.get("part", Part.OTHER),
                sort_order=order,
            )
            for order, row in enumerate(facts.get("families", []))
        ]

    def plan(self) -> None:
        """Write the work programme, each entry once."""
        with (FOLDER / "programme.toml").open("rb") as file:
            rows = tomllib.load(file)["planned"]
        for row in rows:
            key = uuid.uuid5(uuid.NAMESPACE_URL, f"https://contactpoint.example/demo/{row['slug']}")
            if PlannedOutput.objects.filter(key=key).exists():
                continue
            first = row.get("first", row["expected"])
            planned = PlannedOutput(
                key=key,
                labels=row["labels"],
                remarks=row.get("remarks", {}),
                kind=row["kind"],
                publication_type=row["publication_type"],
                theme=self.themes[row["theme"]],
                year=row["expected"][0],
                quarter=row["expected"][1],
                first_year=first[0],
                first_quarter=first[1],
                output=Output.objects.filter(slug=row.get("output"), locale=self.source).first(),
            )
            planned.partners.set(
                PlannedPartner(institution=self.institutions[slug], sort_order=order)
                for order, slug in enumerate(row["partners"])
            )
            planned.save()

    def relate(self, item: Item) -> None:
        """Place the related items beside the item, once all exist."""
        if not item.facts.get("related"):
            return
        for page in Output.objects.filter(translation_key=item.key):
            if page.related_links.exists():
                continue
            others = {
                other.slug: other
                for other in Output.objects.filter(
                    slug__in=item.facts["related"], locale_id=page.locale_id
                ).exclude(pk=page.pk)
            }
            RelatedOutput.objects.bulk_create(
                RelatedOutput(page=page, related=others[slug], sort_order=order)
                for order, slug in enumerate(item.facts["related"])
                if slug in others
            )

    def supersede(self, item: Item) -> None:
        """Say which publication this one takes the place of, once both exist."""
        slug = item.facts.get("supersedes")
        earlier = (
            Publication.objects.filter(slug=slug, locale=self.source).first() if slug else None
        )
        if earlier is not None:
            pages = Publication.objects.filter(translation_key=item.key, supersedes=None)
            pages.update(supersedes=earlier)

    def attach(self, item: Item) -> None:
        """Hang the item's files on each of its pages, read, so that they are found at once.

        What is `printed` is offered as PDF, which the worker makes.
        """
        printed = Publication.objects.filter(translation_key=item.key, printing=None)
        if item.facts.get("printed") and (page := printed.first()):
            offer(page)
        pages = Output.objects.filter(translation_key=item.key, files=None)
        rows = item.facts.get("files", [])
        if not rows or not pages:
            return
        documents = [document(**row) for row in rows]
        OutputFile.objects.bulk_create(
            OutputFile(page=page, document=document, sort_order=order)
            for page in pages
            for order, document in enumerate(documents)
        )
