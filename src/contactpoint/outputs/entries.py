"""An output as lists show it: no model instance, only what an entry needs, all prepared."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contactpoint.glossary.languages import name_in
from contactpoint.glossary.naming import Named
from contactpoint.kit.covers import cover
from contactpoint.kit.days import in_words
from contactpoint.outputs.durations import length_of
from contactpoint.outputs.models.kinds import Publication
from contactpoint.outputs.models.output import Kind

KIND_LABELS: dict[str, Any] = dict(Kind.choices)
TYPE_LABELS: dict[str, Any] = dict(Publication.Type.choices)


@dataclass(slots=True)
class Entry:
    """What a template may say of an output in a list; reading it asks the database nothing."""

    pk: int
    title: str
    teaser: str
    url: str
    kind: str
    publication_type: str
    language: str
    published_on: date | None
    starts_at: datetime | None
    ends_at: datetime | None
    effective_on: date | None
    translation_key: UUID
    updated_at: datetime | None
    themes: list[Named] = field(default_factory=list)
    concepts: list[Named] = field(default_factory=list)
    alternates: dict[str, str] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    highlight: str = ""
    legal_reference: str = ""
    closes_on: date | None = None
    employers: list[str] = field(default_factory=list)
    called_off: bool = False
    seconds: float = 0
    film: str = ""
    """The address of the file of a film of ours, and how long it takes."""
    borrowed_title: str = ""
    borrowed_teaser: str = ""
    borrowed_whole: str = ""
    """In what language its title, its teaser, all of it stands where nobody has translated it."""
    day: date | None = field(init=False)
    """The day by which the item stands in its list."""

    def __post_init__(self) -> None:
        self.day = day_of(self.kind, self.published_on, self.starts_at, self.effective_on)

    @property
    def languages(self) -> list[str]:
        """The codes of the languages in which it can be read."""
        return list(self.alternates)

    @property
    def foreign(self) -> str:
        """The name of its language where that is another than the active one, else empty."""
        active, own = get_language() or self.language, self.borrowed_whole or self.language
        return "" if own == active else name_in(own, active)

    @property
    def title_language(self) -> str:
        """The code of the language of the title where that is another than the active one."""
        return _unless_active(self.borrowed_title or self.language)

    @property
    def teaser_language(self) -> str:
        """The same of the teaser."""
        return _unless_active(self.borrowed_teaser or self.language)

    @property
    def page_language(self) -> str:
        """The same of the page that it leads to."""
        return _unless_active(self.borrowed_whole or self.language)

    @property
    def kind_label(self) -> str:
        """The kind in the active language."""
        return str(KIND_LABELS.get(self.kind, self.kind))

    @property
    def type_label(self) -> str:
        """The type of a publication in the active language; empty for other kinds."""
        return str(TYPE_LABELS.get(self.publication_type, ""))

    @property
    def mark(self) -> str:
        """What nobody may overlook, whatever a list leaves out."""
        return _("Called off") if self.called_off else ""

    @property
    def notes(self) -> list[str]:
        """What only its kind has, in words of the active language: of a development when it takes
        effect and by which law, of a vacancy who offers it and until when, of a film how
        long it takes.
        """
        made = [", ".join(self.employers)]
        if self.kind == Kind.DEVELOPMENT and self.effective_on:
            words = _("Takes effect on %(day)s") if self.to_come else _("Took effect on %(day)s")
            made.append(words % {"day": in_words(self.effective_on)})
        if self.closes_on:
            day = in_words(self.closes_on)
            made.append(_("Apply until %(day)s") % {"day": day})
        made += [self.legal_reference, length_of(self.seconds)]
        return [note for note in made if note]

    @property
    def iso_day(self) -> str:
        """The day as machines read it."""
        return self.day.isoformat() if self.day else ""

    @property
    def to_come(self) -> bool:
        """Whether that day has not come yet."""
        return self.day is not None and self.day > timezone.localdate()

    @property
    def cover(self) -> SafeString:
        """A drawing made from the item's theme and concepts."""
        return drawn(*self._identity)

    @property
    def thumbnail(self) -> SafeString:
        """The same drawing with fewer lines, half as long, for lists."""
        return drawn(*self._identity, width=160, height=100)

    @property
    def _identity(self) -> tuple[int, tuple[str, ...]]:
        hue = self.themes[0].hue if self.themes else 0
        seeds = tuple(concept.slug for concept in self.concepts) or (str(self.translation_key),)
        return hue or 1, seeds


def _unless_active(language: str) -> str:
    return "" if language == get_language() else language


def day_of(
    kind: str, published_on: date | None, starts_at: datetime | None, effective_on: date | None
) -> date | None:
    """The day by which an output of `kind` stands in its list, in the portal's time zone."""
    moment = starts_at if kind == Kind.EVENT else None
    effective = effective_on if kind == Kind.DEVELOPMENT else None
    return timezone.localtime(moment).date() if moment else effective or published_on


@lru_cache(maxsize=1024)
def drawn(hue: int, seeds: tuple[str, ...], width: int = 640, height: int = 400) -> SafeString:
    """A cover as safe markup, kept because drawing one takes longer than the rest of an entry."""
    return mark_safe(cover(hue, seeds, width=width, height=height))  # noqa: S308 — numbers only
