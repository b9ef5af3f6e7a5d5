"""A reviewed item to an unsaved page with all that hangs on it."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from wagtail.models import Locale, Page

from contactpoint.glossary.models import Concept, Theme
from contactpoint.intake.body import body
from contactpoint.intake.errors import IntakeError
from contactpoint.intake.kept import adopt
from contactpoint.media.models import CustomDocument
from contactpoint.network.models import Country, Institution
from contactpoint.outputs.models import (
    Classification,
    Development,
    Event,
    NewsItem,
    Output,
    OutputCountry,
    OutputFile,
    OutputInstitution,
    OutputTheme,
    Publication,
    Vacancy,
    Video,
)
from contactpoint.outputs.models.lists import OutputList

KINDS: Final[dict[str, type[Output]]] = {
    str(model.KIND): model for model in (NewsItem, Publication, Event, Video, Vacancy, Development)
}
_LONGEST_TITLE: Final = 255
_LONGEST_TEASER: Final = 600
_LONGEST_KEYWORD: Final = 200
_LONGEST_ADDRESS: Final = 500


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where pages go and what they are linked to: read once for a whole import."""

    lists: Mapping[str, Page]
    themes: Mapping[str, int]
    concepts: Mapping[str, int]
    institutions: Mapping[str, int]
    countries: Mapping[str, int]

    @classmethod
    def load(cls, language: str) -> "Shelves":
        """Raises `IntakeError` where the portal has no list pages in `language`."""
        locale = Locale.objects.filter(language_code=language).first()
        lists: dict[str, Page] = {}
        if locale:
            for model in OutputList.__subclasses__():
                found = model._default_manager.filter(locale=locale).first()
                if found:
                    lists[str(model.KIND)] = found
        missing = sorted(set(KINDS) - set(lists))
        if missing:
            raise IntakeError(
                f"The portal has no list page in “{language}” for {', '.join(missing)}. Make it "
                "under the front page of that language, or import in another language."
            )
        return cls(
            lists,
            dict(Theme.objects.values_list("slug", "pk")),
            dict(Concept.objects.values_list("slug", "pk")),
            dict(Institution.objects.values_list("slug", "pk")),
            dict(Country.objects.values_list("code", "pk")),
        )


def draft(inferred: Mapping[str, Any], shelves: Shelves, user: Any = None) -> Output:
    """An unsaved page; what a shelf no longer holds (a theme deleted since) is left out.

    Files that came along are in the library afterwards.
    """
    model = KINDS[inferred["type"]]
    library = adopt(inferred.get("files", []), user)
    page = model(**fields(inferred, library))
    for name, rows in related(inferred, shelves, library).items():
        page.__dict__.setdefault("_cluster_related_objects", {})[name] = rows
    return page


def fields(inferred: Mapping[str, Any], library: Mapping[str, Any]) -> dict[str, Any]:
    """The page's own fields; `library` holds the item's pictures and documents by their names."""
    found: dict[str, Any] = {
        "title": inferred["title"][:_LONGEST_TITLE],
        "teaser": inferred["teaser"][:_LONGEST_TEASER],
        "body": body(inferred, library),
        "published_on": _day(inferred["published_on"]),
    }
    if inferred.get("source_url"):
        found["source_url"] = inferred["source_url"][:_LONGEST_ADDRESS]
    starts_on, effective_on = _day(inferred.get("starts_on")), _day(inferred.get("effective_on"))
    if inferred["type"] == "event" and starts_on:
        midnight = datetime.datetime.combine(starts_on, datetime.time.min)
        found |= {"starts_at": timezone.make_aware(midnight), "whole_day": True}
    if inferred["type"] == "development":
        found["effective_on"] = effective_on
    if inferred["type"] == "publication":
        found["publication_type"] = inferred.get("publication_type") or Publication.Type.REPORT
    return found


def related(
    inferred: Mapping[str, Any], shelves: Shelves, library: Mapping[str, Any]
) -> dict[str, list[Any]]:
    """The rows beneath the page, by relation."""
    publisher = shelves.institutions.get(inferred.get("publisher", ""))
    return {
        "theme_links": [
            OutputTheme(theme_id=pk) for pk in _keys(inferred["themes"], shelves.themes)
        ],
        "classifications": list(_classifications(inferred, shelves)),
        "institution_links": [
            *(
                OutputInstitution(institution_id=pk, role=OutputInstitution.Role.PUBLISHER)
                for pk in ([publisher] if publisher else [])
            ),
            *(
                OutputInstitution(institution_id=pk)
                for pk in _keys(inferred["institutions"], shelves.institutions)
                if pk != publisher
            ),
        ],
        "country_links": [
            OutputCountry(country_id=pk) for pk in _keys(inferred["countries"], shelves.countries)
        ],
        "files": [
            OutputFile(document=document)
            for document in dict.fromkeys(library.values())
            if isinstance(document, CustomDocument)
        ],
    }


def _keys(names: Iterable[str], shelf: Mapping[str, int]) -> list[int]:
    return [shelf[name] for name in dict.fromkeys(names) if name in shelf]


def _classifications(inferred: Mapping[str, Any], shelves: Shelves) -> Iterable[Classification]:
    for keyword in inferred["keywords"]:
        is_concept = keyword["resolves_to"] == Classification.Resolution.CONCEPT
        concept = shelves.concepts.get(keyword["concept"] or "") if is_concept else None
        unknown = is_concept and concept is None
        yield Classification(
            concept_id=concept,
            keyword=keyword["source"][:_LONGEST_KEYWORD],
            language=keyword["language"] or "",
            source=Classification.Source.IMPORTED,
            resolves_to="unknown" if unknown else keyword["resolves_to"],
            confidence=0.0 if unknown else keyword["confidence"],
            reason=keyword["reason"],
        )
    for suggestion in inferred["suggested"]:
        # What nobody took over stays a finding: the page's own panel suggests it again.
        concept = shelves.concepts.get(suggestion["concept"]) if suggestion.get("taken") else None
        if concept is not None:
            yield Classification(
                concept_id=concept,
                source=Classification.Source.EDITOR,
                reason=suggestion["reason"],
            )


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
