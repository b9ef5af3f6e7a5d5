"""Writes a query as its editor drafts it: an instrument of one section, a round, states asked."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from contactpoint.consultations.models import Instrument, Round, StateAsked, Version
from contactpoint.consultations.questions import Choice, Kind, Question, Section, carried
from contactpoint.consultations.questions import Instrument as Asked
from contactpoint.consultations.questions.carrying import ensure_sound
from contactpoint.consultations.subjects.reading import Words
from contactpoint.glossary.models import Concept, Theme
from contactpoint.network.models import Country

SECTION: Final = "questions"
SHORTEST: Final = timedelta(weeks=2)
LONGEST: Final = timedelta(weeks=4)
YES_NO: Final = (
    Choice("yes", {"en": "Yes", "fr": "Oui", "nl": "Ja", "de": "Ja"}),
    Choice("no", {"en": "No", "fr": "Non", "nl": "Nee", "de": "Nein"}),
)
RESERVED: Final = frozenset({"compare", "room", "feed"})


class DraftError(ValueError):
    """The draft can't be written as it is; the message says what to do."""


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """One numbered question; `kind` is `open`, `yes-no`, `one` or `many`. `choices` are texts in
    several languages each. `code` is empty for a new one."""

    labels: Mapping[str, str]
    kind: str
    choices: Sequence[Mapping[str, str]] = ()
    is_required: bool = True
    code: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """All that an editor writes."""

    titles: Mapping[str, str]
    reference: str = ""
    backgrounds: Mapping[str, str] = field(default_factory=dict)
    questions: Sequence[DraftQuestion] = ()
    requested_by: Country | None = None
    themes: Sequence[Theme] = ()
    concepts: Sequence[Concept] = ()
    states: Collection[Country] = ()
    languages: Sequence[str] = ("en",)
    deadline: datetime.date | None = None
    deadline_reason: str = ""

    def words(self) -> Words:
        """For whoever reads what it is about."""
        return Words(
            self.titles,
            self.backgrounds,
            {one.code or f"new{place}": one.labels for place, one in enumerate(self.questions)},
            [one.slug for one in self.concepts],
        )


def is_simple(asked: Asked) -> bool:
    """Whether the form of a query shows all that is asked: what it can't show it would lose."""
    plain = ("hints", "relevant", "constraint", "calculation", "choice_filter", "rows", "longest")
    return [one.code for one in asked.sections] == [SECTION] and all(
        one.kind in (Kind.LONG_TEXT, Kind.ONE, Kind.MANY)
        and one.required in ("", "true()")
        and not any(getattr(one, name) for name in plain)
        for one in asked.questions()
    )


def is_usual(deadline: datetime.date, today: datetime.date) -> bool:
    """Whether states get the two to four weeks that they count on."""
    return SHORTEST <= deadline - today <= LONGEST


def ensure_free_number(reference: str, but: int | None = None) -> None:
    """Raises `DraftError` where another query has this number; `but` is the key of the one that
    may."""
    rows = Round.objects.filter(instrument__kind=Instrument.Kind.QUERY)
    rows = rows.filter(reference__iexact=reference.strip()).exclude(reference="")
    other = next((one for one in rows if one.pk != but), None)
    if other is not None:
        raise DraftError(
            _("“%(title)s” has the number %(number)s already.")
            % {"title": other.label, "number": reference}
        )


def end_of(day: datetime.date) -> datetime.datetime:
    """The last minute of a day, where the portal is."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(23, 59)))


@transaction.atomic
def write(draft: Draft, user: Any, held: Round | None = None) -> Round:
    """A new draft, or an old one as it is written now; `DraftError` for one that is open."""
    if held is not None:
        held = Round.objects.select_for_update().get(pk=held.pk)
        if held.status != Round.Status.DRAFT:
            raise DraftError(_("This query is open: what is asked can't be changed any more."))
        if held.version is not None and not is_simple(held.version.asked()):
            raise DraftError(_("Its questions have more than this form can show."))
    ensure_free_number(draft.reference, held.pk if held else None)
    instrument = _instrument(draft, held)
    version = _version(draft, instrument, user)
    if held is None:
        held = Round(
            instrument=instrument,
            code=instrument.code,
            access=Round.Access.STATES,
            created_by=user,
        )
    held.version = version
    held.labels, held.introductions = dict(draft.titles), dict(draft.backgrounds)
    held.reference, held.requested_by = draft.reference, draft.requested_by
    held.languages = list(draft.languages)
    held.closes_at = end_of(draft.deadline) if draft.deadline else None
    held.deadline_reason = draft.deadline_reason
    held.save()
    held.themes.set(draft.themes)
    held.concepts.set(draft.concepts)
    _ask(held, draft.states)
    return held


def _instrument(draft: Draft, held: Round | None) -> Instrument:
    if held is not None:
        instrument = held.instrument
        instrument.labels = dict(draft.titles)
        instrument.save(update_fields=["labels"])
        return instrument
    return Instrument.objects.create(
        kind=Instrument.Kind.QUERY, code=_free_code(draft), labels=dict(draft.titles)
    )


def _free_code(draft: Draft) -> str:
    """From the number, else from the English title; never one that is taken."""
    title = draft.titles.get("en") or next(iter(draft.titles.values()), "")
    base = slugify(draft.reference) or slugify(title)[:50].strip("-") or "query"
    if base in RESERVED or not base[0].isalpha():
        base = f"query-{base}"
    base, code, number = base[:54], base[:54], 1
    while Instrument.objects.filter(code=code).exists() or Round.objects.filter(code=code).exists():
        number += 1
        code = f"{base}-{number}"
    return code


def _version(draft: Draft, instrument: Instrument, user: Any) -> Version:
    """Drafted over again as long as nobody could have answered it."""
    definition = carried(_asked(draft, instrument))
    newest = instrument.versions.order_by("-number").first()
    if newest is not None and not newest.is_frozen:
        newest.definition = definition
        newest.save(update_fields=["definition"])
        return newest
    return Version.objects.create(
        instrument=instrument,
        number=newest.number + 1 if newest else 1,
        definition=definition,
        created_by=user,
    )


def _asked(draft: Draft, instrument: Instrument) -> Asked:
    code = instrument.code.replace("-", "_")
    languages = tuple(draft.languages) or ("en",)
    taken = {one.code for one in draft.questions if one.code}
    sets: dict[str, tuple[Choice, ...]] = {}
    questions = []
    for one in draft.questions:
        own = one.code or _next_code(taken)
        taken.add(own)
        questions.append(_question(one, own, sets))
    made = Asked(
        code=code if code[0].isalpha() else f"query_{code}",
        languages=languages,
        titles=dict(draft.titles),
        sections=(Section(SECTION, {}, questions=tuple(questions)),),
        choice_sets=sets,
    )
    ensure_sound(made)
    return made


def _next_code(taken: Collection[str]) -> str:
    number = 1
    while f"q{number}" in taken:
        number += 1
    return f"q{number}"


def _question(one: DraftQuestion, code: str, sets: dict[str, tuple[Choice, ...]]) -> Question:
    name = ""
    if one.kind == "yes-no":
        name = "yes_no"
        sets[name] = YES_NO
    elif one.kind in ("one", "many"):
        name = f"{code}_choices"
        sets[name] = tuple(
            Choice(f"c{number}", dict(texts)) for number, texts in enumerate(one.choices, 1)
        )
    kinds = {"open": Kind.LONG_TEXT, "yes-no": Kind.ONE, "one": Kind.ONE, "many": Kind.MANY}
    return Question(
        code,
        kinds[one.kind],
        dict(one.labels),
        required="true()" if one.is_required else "",
        choices=name,
    )


def _ask(held: Round, states: Collection[Country]) -> None:
    wanted = {one.pk: one for one in states}
    held.states.exclude(country__in=wanted).delete()
    there = set(held.states.values_list("country", flat=True))
    StateAsked.objects.bulk_create(
        StateAsked(round=held, country=one, status=one.emn_status)
        for key, one in wanted.items()
        if key not in there
    )


def drafted(held: Round) -> Draft:
    """A draft as its form shows it again."""
    asked = held.version.asked() if held.version else None
    questions = []
    for one in asked.questions() if asked else ():
        choices = asked.choices_of(one) if asked else ()
        kind = "open"
        if one.kind is Kind.MANY:
            kind = "many"
        elif one.kind is Kind.ONE:
            kind = "yes-no" if one.choices == "yes_no" else "one"
        questions.append(
            DraftQuestion(
                one.labels,
                kind,
                [each.labels for each in choices] if kind in ("one", "many") else [],
                is_required=bool(one.required),
                code=one.code,
            )
        )
    deadline = timezone.localdate(held.closes_at) if held.closes_at else None
    return Draft(
        titles=held.labels,
        reference=held.reference,
        backgrounds=held.introductions,
        questions=questions,
        requested_by=held.requested_by,
        themes=list(held.themes.all()),
        concepts=list(held.concepts.all()),
        states=[one.country for one in held.states.select_related("country")],
        languages=held.languages,
        deadline=deadline,
        deadline_reason=held.deadline_reason,
    )
