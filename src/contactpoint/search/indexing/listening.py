"""Hears of everything that changes what is searched, in the transaction that changes it.

`docs/operators/search-index.md` has the table of what leads to what. A change hides the thing until
it is applied, unless it is known here that nothing was taken from readers by it.
"""

import threading
from collections.abc import Iterable, Iterator
from typing import Any, Final
from weakref import ref

from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from contactpoint.glossary.models import Concept, Theme
from contactpoint.glossary.signals import concepts_changed
from contactpoint.kit.models import BorrowedWords
from contactpoint.media.models import CustomDocument, Recording
from contactpoint.media.signals import document_text_changed, recording_changed
from contactpoint.media.visibility import public
from contactpoint.network.models import Country, Institution
from contactpoint.outputs.models import (
    Family,
    FamilyLink,
    Output,
    OutputCountry,
    OutputFile,
    OutputInstitution,
    OutputTheme,
    PartElsewhere,
    PlannedOutput,
    Video,
    WorkProgramme,
)
from contactpoint.outputs.signals import outputs_changed
from contactpoint.search.indexing import guides, rounds, studies
from contactpoint.search.indexing.changes import changed
from contactpoint.search.sources import Source, registered
from contactpoint.search.sources.outputs import keys_with_figures
from contactpoint.search.sources.statistics import all_keys, keys_about
from contactpoint.statistics.models import Extraction

OF_DRAFTS: Final = frozenset(
    [
        "latest_revision",
        "latest_revision_created_at",
        "draft_title",
        "has_unpublished_changes",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
    ]
)
"""Columns of a page that are written when nothing changes for readers."""
OF_THEIR_OWN: Final[dict[Any, str]] = {Concept: "concept", Theme: "theme", Family: "family"}
"""Rows that are things themselves, with the names of their sources."""


def connect() -> None:
    """Listen; called once, when Django starts."""
    pre_save.connect(_before_save, dispatch_uid="search.before_save")
    post_save.connect(_saved, dispatch_uid="search.saved")
    pre_delete.connect(_before_delete, dispatch_uid="search.before_delete")
    post_delete.connect(_deleted, dispatch_uid="search.deleted")
    m2m_changed.connect(
        _themes_of_concepts, sender=Theme.concepts.through, dispatch_uid="search.themes"
    )
    rounds.connect()
    guides.connect()
    outputs_changed.connect(_outputs, dispatch_uid="search.outputs")
    concepts_changed.connect(_concepts, dispatch_uid="search.concepts")
    document_text_changed.connect(_file, dispatch_uid="search.file")
    recording_changed.connect(_recording, dispatch_uid="search.recording")
    post_save.connect(_figures, sender=Extraction, dispatch_uid="search.figures")
    post_delete.connect(_figures_gone, sender=Extraction, dispatch_uid="search.figures_gone")
    if not hasattr(PageViewRestriction.save, "__wrapped__"):
        # Wagtail saves it in no transaction: here it shares one with what is written of it.
        PageViewRestriction.save = transaction.atomic(PageViewRestriction.save)


def below(path: str) -> Iterator[str]:
    """The keys of all pages at and under a place in the tree; one query a model."""
    for source in registered():
        for model in source.pages:
            rows = model.objects.filter(path__startswith=path).order_by()
            yield from map(source.key, rows.values_list("translation_key", flat=True).distinct())


def _source_of(page: Page) -> Source | None:
    return next((source for source in registered() if isinstance(page, source.pages)), None)


def _key(page: Page) -> Iterable[str]:
    if type(page) is Page:  # as it is where it is moved
        return _of_pages(Page.objects.filter(pk=page.pk))
    source = _source_of(page)
    return [source.key(page.translation_key)] if source else []


def _before_save(sender: Any, instance: Model, raw: bool = False, **kwargs: Any) -> None:
    """What is changed by the new address of a page above, or the new place of a theme."""
    if raw or instance.pk is None:
        return
    if isinstance(instance, Page) and instance.numchild:
        known = Page.objects.filter(pk=instance.pk).values_list("url_path", flat=True).first()
        if known != instance.url_path:
            changed(below(instance.path), hides=_is_moved(instance))
    elif isinstance(instance, Theme):
        old = Theme.objects.filter(pk=instance.pk).values_list("slug", "parent").first()
        if old is not None and old != (instance.slug, instance.parent_id):
            changed([f"theme:{old[0]}"])
            changed(_with_theme(instance), hides=False)
    elif isinstance(instance, (Concept, Family)):
        slug = type(instance).objects.filter(pk=instance.pk).values_list("slug", flat=True).first()
        if slug is not None and slug != instance.slug:
            changed([f"{OF_THEIR_OWN[type(instance)]}:{slug}"])


def _saved(sender: Any, instance: Model, created: bool = False, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        fields = kwargs.get("update_fields")
        is_draft = created and not instance.live
        if not is_draft and (fields is None or not OF_DRAFTS.issuperset(fields)):
            hides = _is_moved(instance) or not _is_open(instance)
            changed(_key(instance), hides=hides)
            if hides and (isinstance(instance, Output) or _is_moved(instance)):
                studies.hears(studies.parts(instance.path))
    else:
        touched = _touched(instance, is_new=created, fields=kwargs.get("update_fields"))
        changed(touched, hides=_is_closed(instance))
        if isinstance(instance, PageViewRestriction):
            studies.hears(studies.parts(instance.page.path))


def _is_moved(page: Page) -> bool:
    """Perhaps to where it is closed: Wagtail moves a page as a plain one, and edits it as its own
    kind."""
    return type(page) is Page


def _is_open(page: Page) -> bool:
    """Whether it may be seen, as far as the page itself says."""
    return page.live and (page.expire_at is None or page.expire_at > timezone.now())


def _is_closed(instance: Model) -> bool:
    """Whether a row other than a page, as it was saved, takes something from readers."""
    if isinstance(instance, Concept):
        return instance.status == Concept.Status.DEPRECATED
    return guides.hides(instance) or isinstance(instance, (PageViewRestriction, *rounds.OF_ROUNDS))


def _before_delete(sender: Any, instance: Model, origin: Any = None, **kwargs: Any) -> None:
    """A whole part of the tree goes at once: its keys are asked for once, while it is there."""
    is_of_pages = isinstance(origin, QuerySet) and issubclass(origin.model, Page)
    if isinstance(instance, Page) and is_of_pages and not _going.has(origin):
        _going.begin(origin, list(_of_pages(origin)))


def _deleted(sender: Any, instance: Model, origin: Any = None, **kwargs: Any) -> None:
    if rounds.goes_along(instance, origin):
        return
    if not isinstance(instance, Page):
        hides = not isinstance(instance, (PageViewRestriction, BorrowedWords))
        changed(_touched(instance), hides=hides)
        if isinstance(instance, PageViewRestriction):
            studies.hears(studies.parts(instance.page.path))
    elif _going.has(origin):
        changed(_going.take())
    else:
        changed(_key(instance))


def _touched(
    instance: Model, *, is_new: bool = False, fields: Iterable[str] | None = None
) -> Iterable[str]:
    """The keys of what a row other than a page changes."""
    for model, name in OF_THEIR_OWN.items():
        if isinstance(instance, model):
            return [f"{name}:{instance.slug}"]
    if isinstance(instance, PageViewRestriction):
        return below(instance.page.path)
    if isinstance(instance, (Institution, Country)) and not is_new:
        return _with_name(instance)
    if isinstance(instance, (FamilyLink, PartElsewhere)):
        return [f"family:{instance.family.slug}"]
    if isinstance(instance, (PlannedOutput, BorrowedWords)):
        is_plan = isinstance(instance, PlannedOutput)
        pages = Page.objects.type(WorkProgramme) if is_plan else Page.objects.filter(pk=instance.pk)
        return _of_pages(pages)
    return rounds.touched(instance) or guides.touched(instance, fields)


def _with_theme(theme: Theme) -> Iterator[str]:
    """Outputs and concepts under a theme, or one below it."""
    themes = [theme.pk, *theme.children.values_list("pk", flat=True)]
    links = OutputTheme.objects.filter(theme__in=themes)
    yield from _outputs_of(links)
    yield from rounds.keys_with_themes(themes)
    yield from guides.keys_with_subjects(themes)
    concepts = Concept.objects.filter(themes__in=themes).order_by()
    yield from (f"concept:{slug}" for slug in concepts.values_list("slug", flat=True))
    yield from (f"theme:{slug}" for slug in theme.children.values_list("slug", flat=True))


def _with_name(instance: Institution | Country) -> Iterator[str]:
    """Outputs that are found by a name of it, and rounds in which that state answered."""
    if isinstance(instance, Institution):
        yield from _outputs_of(OutputInstitution.objects.filter(institution=instance))
    else:
        yield from _outputs_of(OutputCountry.objects.filter(country=instance))
        yield from rounds.keys_with_country(instance.pk)


def _outputs_of(rows: "QuerySet[Any]") -> Iterator[str]:
    pages = Output.objects.filter(pk__in=rows.values("page")).order_by()
    keys = pages.values_list("translation_key", flat=True).distinct()
    return (f"output:{key}" for key in keys)


def _of_pages(pages: "QuerySet[Page]") -> Iterator[str]:
    for source in registered():
        for model in source.pages:
            rows = model.objects.filter(pk__in=pages.order_by().values("pk")).order_by()
            yield from map(source.key, rows.values_list("translation_key", flat=True).distinct())


def _themes_of_concepts(
    sender: Any, instance: Theme | Concept, action: str, pk_set: Any, **kwargs: Any
) -> None:
    """A concept stands under other themes; `pk_set` is what was added or removed, None for all."""
    concepts = Concept.objects.order_by()
    if isinstance(instance, Concept):
        slugs: Iterable[str] = [instance.slug]
    elif action in {"post_add", "post_remove"}:
        slugs = concepts.filter(pk__in=pk_set).values_list("slug", flat=True)
    elif action == "pre_clear":
        slugs = instance.concepts.order_by().values_list("slug", flat=True)
    else:
        return
    changed((f"concept:{slug}" for slug in slugs), hides=False)


def _outputs(sender: Any, keys: Iterable[Any], gone: bool = False, **kwargs: Any) -> None:
    changed((f"output:{key}" for key in keys), hides=gone)


def _concepts(sender: Any, slugs: Iterable[str], **kwargs: Any) -> None:
    living = set(
        Concept.objects.exclude(status=Concept.Status.DEPRECATED)
        .order_by()
        .values_list("slug", flat=True)
    )
    told = set(slugs)
    changed(f"concept:{slug}" for slug in told - living)
    changed((f"concept:{slug}" for slug in told & living), hides=False)
    changed([*keys_about(told), *guides.keys_with_concepts(told)], hides=False)


def _file(sender: Any, pk: int, **kwargs: Any) -> None:
    is_open = public(CustomDocument.objects.filter(pk=pk)).exists()
    changed(_outputs_of(OutputFile.objects.filter(document=pk)), hides=not is_open)


def _recording(sender: Any, pk: int, gone: bool = False, **kwargs: Any) -> None:
    is_open = not gone and public(Recording.objects.filter(pk=pk)).exists()
    keys = Video.objects.filter(recording=pk).order_by().values_list("translation_key", flat=True)
    changed((f"output:{key}" for key in keys.distinct()), hides=not is_open)


def _figures(sender: Any, instance: Extraction, **kwargs: Any) -> None:
    """A complete extraction may bring any indicator and country, and texts tell its figures; one
    set aside is shown nowhere."""
    if instance.state == Extraction.State.COMPLETE:
        changed([*all_keys(), *keys_with_figures()], hides=False)


def _figures_gone(sender: Any, instance: Extraction, **kwargs: Any) -> None:
    if instance.state == Extraction.State.COMPLETE:
        changed([*all_keys(), *keys_with_figures()])


class _Going(threading.local):
    """What a deletion takes with it; kept from its first signal to the first after it."""

    def __init__(self) -> None:
        self._origin: ref[Any] | None = None
        self._keys: list[str] = []

    def has(self, origin: Any) -> bool:
        """Whether this deletion was met before."""
        return origin is not None and self._origin is not None and self._origin() is origin

    def begin(self, origin: Any, keys: list[str]) -> None:
        """Meet a deletion, with the keys of all that it takes."""
        self._origin, self._keys = ref(origin), keys

    def take(self) -> list[str]:
        """The keys, once."""
        keys, self._keys = self._keys, []
        return keys


_going: Final = _Going()
