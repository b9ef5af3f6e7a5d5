"""Reads a source into the review list, or straight into pages, a batch a transaction.

Whatever stops it (a person, a power cut), each batch is there as a whole or not at all, and reading
the same source again goes on where it stopped.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from contactpoint.intake.actions.publishing import edited, publish, rewrite
from contactpoint.intake.duplicates import Duplicates, is_duplicate
from contactpoint.intake.errors import IntakeError
from contactpoint.intake.identity import Seen, key
from contactpoint.intake.importer import Importer, importer_for
from contactpoint.intake.inference import Inference
from contactpoint.intake.inference.terms import Terms
from contactpoint.intake.kept import take
from contactpoint.intake.mapping import load
from contactpoint.intake.models import ImportedItem, ImportRun, WatchedFeed
from contactpoint.intake.pages import Shelves
from contactpoint.intake.problems import problem
from contactpoint.intake.staging import CHANGING, Staged, compare

BATCH: Final = 200
COUNTED: Final = (
    "items", "new", "changed", "unchanged", "dated", "themed", "with_keywords", "problems"
)  # fmt: skip
Status = ImportedItem.Status
WAITING: Final = (Status.PENDING, Status.CHANGED)
Anything = TypeVar("Anything")


@dataclass(slots=True)
class Reading:
    """What came of it. `run` is `None` after a dry run and where nothing was new or changed;
    `published` counts pages made, `left` changes that an editor has to decide."""

    run: ImportRun | None = None
    counts: Counter[str] = field(default_factory=Counter)
    published: int = 0
    left: int = 0

    @property
    def summary(self) -> dict[str, int]:
        """All counts that the report gives."""
        return {name: self.counts[name] for name in COUNTED}


def read_source(
    path: Path,
    *,
    format: str = "auto",
    language: str = "en",
    dry_run: bool = False,
    publish: bool = False,
    user: Any = None,
    mapping: Path | None = None,
    feed: WatchedFeed | None = None,
    on_start: Callable[[int], None] = lambda total: None,
    on_item: Callable[[Staged], None] = lambda staged: None,
) -> Reading:
    """Read `path`. `on_start` learns how many items there are, `on_item` each as it is settled.

    `mapping` says where the source keeps what; `feed` is the watched one that was saved in `path`.
    Raises `SourceError` where the source can't be read (nothing is written then), `IntakeError`
    where the portal isn't ready for it.
    """
    if language not in dict(settings.LANGUAGES):
        known = ", ".join(dict(settings.LANGUAGES))
        raise IntakeError(f"The portal has no pages in “{language}”. Use one of {known}.")
    importer = importer_for(path, format=format, language=language, rules=load(mapping))
    importer.check()
    scope = f"feed {feed.pk}" if feed else ""
    seen = _look_through(importer, language, scope)
    on_start(len(seen))
    reader = _Reader(importer, seen, scope, dry_run=dry_run, publish=publish, user=user, feed=feed)
    for batch in _batches(importer.items(), BATCH):
        staged = reader.infer(batch)
        reader.settle(staged)
        for one in staged:
            on_item(one)
    return reader.finish()


def _look_through(importer: Importer, language: str, scope: str) -> Seen:
    seen = Seen()
    for raw in importer.items():
        seen.add(key(raw, language, scope).text)
    seen.close()
    return seen


def _batches(found: Iterable[Anything], size: int) -> Iterator[list[Anything]]:
    iterator = iter(found)
    while batch := list(islice(iterator, size)):
        yield batch


def _close_emptied() -> None:
    """Runs whose items were all taken over by a later one have nothing to review."""
    waiting = ImportedItem.objects.filter(run=OuterRef("pk"), status__in=WAITING)
    review = ImportRun.objects.filter(status=ImportRun.Status.REVIEW)
    review.exclude(Exists(waiting)).update(status=ImportRun.Status.DONE)


class _Reader:
    """One reading: the words, the run and the counts that its batches share."""

    def __init__(
        self,
        importer: Importer,
        seen: Seen,
        scope: str,
        *,
        dry_run: bool,
        publish: bool,
        user: Any,
        feed: WatchedFeed | None,
    ) -> None:
        self.importer, self.seen, self.user = importer, seen, user
        self.scope, self.feed = scope, feed
        self.dry_run, self.publish = dry_run, publish
        self.language = importer.language
        self.inference = Inference(self.language, Terms.load(), newest_first=importer.newest_first)
        self.duplicates = Duplicates(self.language)
        self.shelves = Shelves.load(self.language) if publish and not dry_run else None
        self.result = Reading()
        self.run = self._run()

    def _run(self) -> ImportRun:
        run = ImportRun(
            source=self.feed.title if self.feed else self.importer.path.name[-255:],
            feed=self.feed,
            format=self.importer.name,
            language=self.language,
            digest=self.importer.digest,
            user=self.user,
        )
        if self.dry_run:
            return run
        # A reading of the same source that was stopped goes on.
        stopped = ImportRun.objects.filter(
            digest=run.digest, language=run.language, status=ImportRun.Status.READING
        ).first()
        if stopped:
            return stopped
        run.save()
        return run

    def infer(self, batch: Iterable[Any]) -> list[Staged]:
        """Outside of any transaction: this is where the time goes."""
        staged = []
        for raw in batch:
            inferred, problems = self.inference.infer(raw)
            files, refused = take(raw.files, self.language, keep=not self.dry_run)
            inferred["files"], problems = files, [*problems, *refused]
            if self.feed and self.feed.institution:
                inferred["publisher"] = self.feed.institution.slug
            found = key(raw, self.language, self.scope)
            identity = self.seen.identity(found.text)
            if raw.anchor and identity != found.text:
                # One name for two: which of them it is, only an editor can say.
                problems = [*problems, problem("duplicate-name")]
            staged.append(Staged(raw, found, identity, inferred, problems))
        return staged

    def settle(self, staged: list[Staged]) -> None:
        """One batch, as a whole or not at all."""
        if self.dry_run:
            compare(staged, self.run, self.seen)
            self._mark_duplicates(staged)
        else:
            with transaction.atomic():
                compare(staged, self.run, self.seen)
                self._mark_duplicates(staged)
                self._write(staged)
        for one in staged:
            self._count(one)

    def _mark_duplicates(self, staged: list[Staged]) -> None:
        """New items are held against what was there before; a source knows its own items."""
        new = [one for one in staged if one.state == "new"]
        twins = self.duplicates.find([one.inferred for one in new])
        for one, twin in zip(new, twins, strict=True):
            if twin:
                one.item.problems = one.problems = [*one.problems, twin]

    def _write(self, staged: list[Staged]) -> None:
        touched = {id(one.item) for one in staged if one.state != "unchanged"}
        if self.shelves:
            # What may be there already is never published without an editor's look.
            pending = [
                one.item
                for one in staged
                if one.item.status == Status.PENDING and not is_duplicate(one.item.problems)
            ]
            publish(pending, self.run, self.shelves, self.user)
            self.result.published += len(pending)
            touched |= {id(item) for item in pending}
            touched |= self._rewrite([one.item for one in staged])
        items = [one.item for one in staged if id(one.item) in touched]
        new = [item for item in items if item._state.adding]
        known = [item for item in items if not item._state.adding]
        ImportedItem.objects.bulk_create(new)
        if known:
            ImportedItem.objects.bulk_update(
                known, [*CHANGING, "page", "revision", "accepted_in"], batch_size=BATCH
            )

    def _rewrite(self, items: list[ImportedItem]) -> set[int]:
        """Changes go live where no editor has touched the page; the others wait for one."""
        changed = [item for item in items if item.status == Status.CHANGED]
        if not changed or not self.shelves:
            return set()
        theirs = edited(changed)
        for item in changed:
            if item.page_id in theirs:
                self.result.left += 1
            else:
                rewrite(item, self.shelves, live=True, user=self.user)
                self.result.published += 1
        return {id(item) for item in changed}

    def _count(self, one: Staged) -> None:
        self.result.counts.update(
            {
                "items": 1,
                one.state: 1,
                "dated": int(bool(one.inferred["published_on"])),
                "themed": int(bool(one.inferred["themes"])),
                "with_keywords": int(bool(one.raw.keywords)),
                "problems": len(one.problems),
            }
        )

    def finish(self) -> Reading:
        """Close the run; one that found nothing leaves no trace."""
        if self.dry_run:
            return self.result
        items = self.run.items.all()
        if not items.exists() and not self.run.accepted_items.exists():
            self.run.delete()
            return self.result
        waits = items.filter(status__in=WAITING).exists()
        self.run.status = ImportRun.Status.REVIEW if waits else ImportRun.Status.DONE
        _close_emptied()
        self.run.summary = self.result.summary
        self.run.finished_at = timezone.now()
        self.run.save()
        self.result.run = self.run
        return self.result
