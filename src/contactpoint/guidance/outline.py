"""All themes and guides as a reader of one language meets them: two queries, whatever the page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from contactpoint.guidance.addresses import Addresses
from contactpoint.guidance.languages import SOURCE, languages
from contactpoint.guidance.models import Guide, GuideText, GuideTheme
from contactpoint.guidance.wording import words
from contactpoint.kit.labels import pick

FIRST_FOR: dict[str, str] = {"minor": "minors", "protected": "after"}
"""The theme that stands first for whoever said so of themselves."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A guide in a list. Where the reader's language lacks it, its title is in `language`."""

    code: str
    icon: str
    step: int | None
    core: bool
    title: str
    language: str
    url: str
    languages: tuple[str, ...]
    theme: str

    @property
    def is_there(self) -> bool:
        """Whether it can be read in the reader's own language."""
        return not self.language


@dataclass(slots=True)
class ThemeEntry:
    """A theme with its guides."""

    code: str
    icon: str
    name: str
    about: str
    url: str
    guides: list[Entry] = field(default_factory=list)

    @property
    def readable(self) -> list[Entry]:
        """What the reader's language has."""
        return [entry for entry in self.guides if entry.is_there]

    @property
    def elsewhere(self) -> list[Entry]:
        """What can be read in another language only."""
        return [entry for entry in self.guides if not entry.is_there]


@dataclass(frozen=True, slots=True)
class Outline:
    """What there is to read."""

    themes: list[ThemeEntry]

    @property
    def guides(self) -> list[Entry]:
        """All, in order."""
        return [entry for theme in self.themes for entry in theme.guides]

    @property
    def steps(self) -> list[Entry]:
        """The line from arrival to decision."""
        return sorted((one for one in self.guides if one.step), key=lambda one: one.step or 0)

    def theme(self, code: str) -> ThemeEntry | None:
        """A theme by its code."""
        return next((theme for theme in self.themes if theme.code == code), None)

    def guide(self, code: str) -> Entry | None:
        """A guide by its code."""
        return next((entry for entry in self.guides if entry.code == code), None)


def outline(at: Addresses) -> Outline:
    """Themes that have something to read in any language, with their guides."""
    titles: dict[int, dict[str, str]] = defaultdict(dict)
    rows = GuideText.objects.filter(live=True).order_by()
    for guide, language, title in rows.values_list("guide_id", "language", "title"):
        titles[guide][language] = title
    guides: dict[int, list[Guide]] = defaultdict(list)
    for one in Guide.objects.select_related("theme"):
        if titles[one.pk].keys() & languages().keys():
            guides[one.theme_id].append(one)
    themes = [_theme(rows[0].theme, rows, titles, at) for rows in guides.values()]
    first = FIRST_FOR.get(at.variant)
    themes.sort(key=lambda theme: theme.code != first)
    return Outline(themes)


def name_of(theme: GuideTheme, language: str) -> tuple[str, str]:
    """A theme's name, and a sentence about it: shipped words, or the contact point's own name."""
    own = pick(theme.labels, language)
    known = words(language)
    key = f"theme_{theme.code.replace('-', '_')}"
    return own or known.get(key, theme.code), known.get(f"{key}_about", "") if not own else ""


def _theme(
    theme: GuideTheme, guides: Iterable[Guide], titles: dict[int, dict[str, str]], at: Addresses
) -> ThemeEntry:
    name, about = name_of(theme, at.language)
    return ThemeEntry(
        code=theme.code,
        icon=theme.icon,
        name=name,
        about=about,
        url=at.theme(theme.code),
        guides=[_entry(guide, theme.code, titles[guide.pk], at) for guide in guides],
    )


def _entry(guide: Guide, theme: str, titles: dict[str, str], at: Addresses) -> Entry:
    there = tuple(code for code in languages() if code in titles)
    nearest = next((code for code in (at.language, SOURCE, *there) if code in titles), "")
    return Entry(
        code=guide.code,
        icon=guide.icon,
        step=guide.step,
        core=guide.core,
        title=titles.get(nearest, guide.code),
        language="" if nearest == at.language else nearest,
        url=at.in_language(nearest).guide(theme, guide.code),
        languages=there,
        theme=theme,
    )
