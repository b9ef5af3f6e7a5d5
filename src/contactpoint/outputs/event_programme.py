"""The programme of an event as readers see it: by day, each session with who speaks and slides."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.formats import time_format
from wagtail.models import Page

from contactpoint.kit.visibility import visible
from contactpoint.media.models import CustomDocument
from contactpoint.media.visibility import public
from contactpoint.outputs.event_blocks import OUTCOMES
from contactpoint.outputs.files import Attached, attached
from contactpoint.outputs.models import Event


@dataclass(slots=True)
class Session:
    """A part of a programme; `hours` is "10:00–11:30", or less where less is known.

    Its words stand at `path` of the event, by which one knows in what language.
    """

    title: str
    hours: str = ""
    speakers: list[str] = field(default_factory=list)
    text: str = ""
    slides: Attached | None = None
    path: str = ""


@dataclass(slots=True)
class Day:
    """Sessions of one day; `day` is None where the event has only one."""

    day: date | None
    sessions: list[Session] = field(default_factory=list)

    @property
    def has_hours(self) -> bool:
        """Whether any of its sessions says when it is."""
        return any(session.hours for session in self.sessions)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What there is afterwards: "Report", its title and address."""

    kind: str
    title: str
    url: str
    is_elsewhere: bool
    language: str = ""
    """Of its title, where that is another than the event's."""


def programme(event: Event, *, hidden_too: bool = False) -> list[Day]:
    """Sessions by day, in the editor's order; two queries where there are slides, else none.

    Slides in a closed collection are left out, but for a preview (`hidden_too`).
    """
    values = {f"programme.{block.id}": block.value for block in event.programme}
    chosen = [value["slides"].pk for value in values.values() if value.get("slides")]
    slides = _slides(chosen, hidden_too)
    days: list[Day] = []
    for path, value in values.items():
        day, document = value.get("day"), value.get("slides")
        if not days or day not in (None, days[-1].day):
            days.append(Day(day))
        shown = slides.get(document.pk) if document else None
        days[-1].sessions.append(_session(value, shown, path))
    return days


def outcomes(event: Event) -> list[Outcome]:
    """Recording, report and photos that a reader may see, in their language where it has them."""
    kinds = dict(OUTCOMES)
    chosen = [block.value for block in event.outcomes]
    pages = _pages([value["page"] for value in chosen if value.get("page")], event.locale_id)
    found = []
    for value in chosen:
        page, url = value.get("page"), value.get("url") or ""
        kind = str(kinds.get(value["kind"], ""))
        if page is not None and page.translation_key in pages:
            shown = pages[page.translation_key]
            spoken = shown.spoken or shown.locale.language_code
            told = "" if spoken == event.locale.language_code else spoken
            found.append(
                Outcome(kind, shown.title, shown.url or "", is_elsewhere=False, language=told)
            )
        elif page is None and url:
            found.append(Outcome(kind, url.partition("//")[2].rstrip("/"), url, is_elsewhere=True))
    return found


def _session(value: Any, slides: Attached | None, path: str) -> Session:
    starts, ends = _clock(value.get("starts")), _clock(value.get("ends"))
    return Session(
        title=value["title"],
        hours=f"{starts}–{ends}" if starts and ends else starts or ends,
        speakers=[line.strip() for line in value["speakers"].splitlines() if line.strip()],
        text=value["text"],
        slides=slides,
        path=path,
    )


def _clock(moment: time | None) -> str:
    return time_format(moment, "H:i") if moment else ""


def _slides(keys: Iterable[int], hidden_too: bool) -> dict[int, Attached]:
    wanted = set(keys)
    if not wanted:
        return {}
    documents = CustomDocument.objects.all()
    rows = (documents if hidden_too else public(documents)).filter(pk__in=wanted)
    return {row.pk: attached(row) for row in rows.select_related("reading")}


def _pages(chosen: list[Page], locale: int) -> dict[Any, Page]:
    """By translation key: the version in this language, else one that was chosen."""
    if not chosen:
        return {}
    keys = {page.translation_key for page in chosen}
    rows = visible(Page.objects.filter(translation_key__in=keys), timezone.now())
    versions = list(
        rows.annotate(spoken=F("borrowed__title")).select_related("locale").order_by("pk")
    )
    own = {page.translation_key: page for page in versions if page.locale_id == locale}
    picked = {page.pk for page in chosen}
    return {page.translation_key: page for page in versions if page.pk in picked} | own


def words(stream: Any | None) -> str:
    """Titles, speakers and texts of a stream of sessions, for the search."""
    lines = [
        value.get(name) or ""
        for value in (block["value"] for block in (stream.get_prep_value() if stream else ()))
        for name in ("title", "speakers", "text")
    ]
    return "\n\n".join(line for line in lines if line)
