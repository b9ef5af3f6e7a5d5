"""Hears of what happens to things, in the transaction in which it happens.

What is told of is what readers notice: an output that is new, translated, corrected or moved;
new figures; a term's new definition; a query with answers. That one is withdrawn is kept, and told
to nobody. An import of hundreds of old items is none of these: `happenings.is_recent`.
"""

from datetime import timedelta
from typing import Any, Final

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from contactpoint.consultations.models import Round
from contactpoint.consultations.pages.listing import told_of
from contactpoint.consultations.reaching import Circle, responses, results_are_public
from contactpoint.consultations.signals import answers_changed
from contactpoint.dissemination.matching.event_changes import moved
from contactpoint.dissemination.matching.happenings import (
    RECENT,
    What,
    happened,
    happened_all,
    is_recent,
    opened,
    set_aside,
)
from contactpoint.dissemination.matching.translations import TOGETHER, tell_translation
from contactpoint.dissemination.models import Happening
from contactpoint.glossary.models import SchemeVersion
from contactpoint.kit.models import BorrowedWords
from contactpoint.outputs.entries import day_of
from contactpoint.outputs.models import Correction, Event, Output
from contactpoint.outputs.signals import output_corrected
from contactpoint.search.sources.consultations import keys_of
from contactpoint.search.sources.statistics import all_keys, indicator_key
from contactpoint.statistics.configured import shown
from contactpoint.statistics.models import Extraction

MOST_NEW_TERMS: Final = 25
"""A version of the glossary that brings more is another glossary."""
_LATELY: Final = timedelta(hours=3)


def connect() -> None:
    """Listen; called once, when Django starts."""
    page_published.connect(_published, dispatch_uid="following.published")
    page_unpublished.connect(_unpublished, dispatch_uid="following.unpublished")
    post_delete.connect(_deleted, dispatch_uid="following.deleted")
    post_delete.connect(_opened, sender=PageViewRestriction, dispatch_uid="following.opened")
    post_page_move.connect(_opened, dispatch_uid="following.opened")
    output_corrected.connect(_corrected, dispatch_uid="following.corrected")
    pre_save.connect(moved, sender=Event, dispatch_uid="following.moved")
    pre_save.connect(_translated, sender=BorrowedWords, dispatch_uid="following.translated")
    post_delete.connect(_all_translated, sender=BorrowedWords, dispatch_uid="following.translated")
    post_save.connect(_extracted, sender=Extraction, dispatch_uid="following.figures")
    post_save.connect(_glossary, sender=SchemeVersion, dispatch_uid="following.glossary")
    answers_changed.connect(_answers, dispatch_uid="following.answered")


# --- outputs ---


def output_key(page: Output) -> str:
    """Of the search document of an output, whatever its language."""
    return f"output:{page.translation_key}"


def _published(sender: Any, instance: Any, is_of_a_batch: bool = False, **kwargs: Any) -> None:
    """For the first time only: what is published again has been told of, or was there before, or
    was set aside as long as nobody could see it."""
    if not isinstance(instance, Output) or instance.first_published_at is None:
        return
    if not is_of_a_batch:
        opened(output_key(instance))
    if instance.first_published_at != instance.last_published_at:
        return
    day = day_of(instance.kind, instance.published_on, instance.starts_at, instance.effective_on)
    if is_of_a_batch and not is_recent(day, is_one_of_many=True):
        return  # an old site comes in by the hundred, and costs no query here
    others = Output.objects.filter(translation_key=instance.translation_key)
    first = (
        others.exclude(pk=instance.pk)
        .exclude(first_published_at=None)
        .order_by("first_published_at")
        .values_list("first_published_at", flat=True)
        .first()
    )
    key = output_key(instance)
    if first is None:
        if is_recent(day, is_one_of_many=is_of_a_batch):
            happened(key, What.NEW)
    elif not is_of_a_batch or first < instance.first_published_at - TOGETHER:
        tell_translation(instance)


def _unpublished(sender: Any, instance: Any, **kwargs: Any) -> None:
    """When the last language goes."""
    if not isinstance(instance, Output):
        return
    others = Output.objects.filter(translation_key=instance.translation_key, live=True)
    if not others.exclude(pk=instance.pk).exists():
        minute = timezone.now().isoformat(timespec="minutes")
        happened(output_key(instance), What.WITHDRAWN, mark=minute)
        # Published by mistake, and nobody told yet.
        lately = timezone.now() - TOGETHER
        set_aside(Happening.objects.filter(thing=output_key(instance), at__gte=lately))


def _deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Output) and instance.live:
        _unpublished(sender, instance)


def _opened(sender: Any, **kwargs: Any) -> None:
    """Something stands open that was closed, or at a place that may be open."""
    opened()


def _corrected(sender: Any, key: Any, number: Any, note: str = "", **kwargs: Any) -> None:
    happened(f"output:{key}", What.CORRECTED, mark=str(number), note=note)


def _translated(sender: Any, instance: BorrowedWords, raw: bool = False, **kwargs: Any) -> None:
    """Something of a translation is translated, of which nothing was."""
    if raw or instance.whole:
        return
    rows = BorrowedWords.objects.filter(pk=instance.pk).exclude(whole="")
    if rows.exists():
        _of_page(instance.pk)


def _all_translated(sender: Any, instance: BorrowedWords, **kwargs: Any) -> None:
    if instance.whole:
        _of_page(instance.pk)


def _of_page(pk: int) -> None:
    page = Output.objects.filter(pk=pk, live=True).select_related("locale").first()
    if page is not None:
        tell_translation(page)
        opened(output_key(page))  # it was set aside as long as nothing was translated


# --- figures, the glossary, consultations ---


def _extracted(sender: Any, instance: Extraction, created: bool = False, **kwargs: Any) -> None:
    """Other figures than those before, extracted lately: who loads the vintages of ten years tells
    nobody."""
    is_complete = instance.state == Extraction.State.COMPLETE
    if not (created and is_complete) or instance.last < timezone.localdate() - RECENT:
        return
    others = Extraction.objects.filter(dataset=instance.dataset, state=Extraction.State.COMPLETE)
    before = others.exclude(pk=instance.pk).order_by("-last", "-pk").first()
    if before is None or before.last > instance.last or before.checksum == instance.checksum:
        return
    code = instance.dataset.code
    indicators = [
        indicator_key(one.name)
        for one in shown().values()
        if any(each.dataset.code == code for each in one.by.values())
    ]
    mark = instance.last.isoformat()
    happened_all([(key, f"{code} {mark}") for key in indicators], What.FIGURES)
    if indicators:
        places = [key for key in all_keys() if key not in set(map(indicator_key, shown()))]
        happened_all([(key, mark) for key in places], What.FIGURES)


def _glossary(sender: Any, instance: SchemeVersion, created: bool = False, **kwargs: Any) -> None:
    """What a published version says otherwise than the one before; of the first there is none."""
    if not created:
        return
    changes = instance.diff.get("changes", [])
    for change in changes:
        languages = [one["language"] for one in change["fields"] if one["field"] == "definition"]
        if languages and change["kind"] not in ("added", "removed", "deprecated"):
            happened(
                f"concept:{change['concept']}",
                What.DEFINITION,
                mark=instance.number,
                detail={"languages": sorted(set(languages))},
            )
    new = [change["concept"] for change in changes if change["kind"] == "added"]
    if len(new) <= MOST_NEW_TERMS:
        happened_all([(f"concept:{slug}", "") for slug in new], What.NEW)


def _answers(sender: Any, round: int, **kwargs: Any) -> None:
    """A round is public, or a state's answers came to one that was."""
    _tell_rounds([round])
    held = told_of().filter(pk=round).first()
    if held is None or held.published_at is None:
        return
    (key,) = keys_of([round])
    if held.is_of_states:
        late = responses(Circle.PUBLIC).filter(round=round, sent_at__gt=held.published_at)
        sent = late.order_by().values_list("country__code", "sent_on")
        happened_all([(key, f"{code} {day}") for code, day in sent], What.ANSWERED)
    elif results_are_public(held) and held.published_at > timezone.now() - RECENT:
        happened(key, What.ANSWERED, mark="results")


def corrected_lately() -> int:
    """Corrections whose day has come by itself. Returns 0, since nothing is deleted."""
    today = timezone.localdate()
    since = today - timedelta(days=2)
    for row in Correction.objects.filter(corrected_on__gt=since, corrected_on__lte=today):
        row.tell()
    return 0


def published_lately() -> int:
    """Rounds whose time has come by itself. Returns 0, since nothing is deleted."""
    since = timezone.now() - _LATELY
    rows = told_of().filter(Q(published_at__gt=since) | Q(opens_at__gt=since)).order_by()
    _tell_rounds(list(rows.values_list("pk", flat=True)))
    for pk in Round.objects.filter(closed_at__gt=since).values_list("pk", flat=True):
        _answers(Round, pk)
    return 0


def _tell_rounds(rounds: list[int]) -> None:
    """Those that everybody may know of since lately are new."""
    since = timezone.now() - RECENT
    rows = told_of().filter(pk__in=rounds).order_by()
    published = Coalesce("first_published_at", "published_at")
    found = rows.values_list("pk", "opens_at", published, "access")
    new = [
        pk
        for pk, opens_at, published_at, access in found
        if (moment := published_at if access == Round.Access.STATES else opens_at)
        and moment > since
    ]
    happened_all([(key, "") for key in keys_of(new)], What.NEW)
