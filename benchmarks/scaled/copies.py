"""The same things again under other numbers: rows copied with what hangs on them shifted.

Writing a page as an import does takes some milliseconds; beyond the first ten thousand the rows are
copied, table by table, with titles, places and addresses of their own. Words repeat then, and
families are copied along. Search documents are made from the rows, as always.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry

NUMBER: Final = re.compile(r"(\D)\d+( \(\w\w\))?/?$")
ROWS: Final = 5_000
Change = Callable[[Any], Any]


class Copies:
    """Of all outputs whose keys are `first` and the `things` after it."""

    def __init__(self, first: UUID, things: int) -> None:
        self.first, self.things = first, things
        keys = (first, UUID(int=first.int + things - 1))
        pages = Page.objects.filter(translation_key__range=keys).order_by()
        ends = pages.aggregate(a=models.Min("pk"), z=models.Max("pk"), of=models.Count("pk"))
        self.pages = range(ends["a"], ends["z"] + 1)
        if len(self.pages) != ends["of"]:
            raise RuntimeError("Other pages stand among those that are to be copied.")
        own = Revision.objects.filter(object_id__in=[str(self.pages[0]), str(self.pages[-1])])
        revisions = own.aggregate(a=models.Min("pk"), z=models.Max("pk"))
        self.revisions = range(revisions["a"], revisions["z"] + 1)
        self.links = self._links()

    @transaction.atomic
    def write(self, number: int) -> None:
        """One copy more; `number` counts from 1."""
        by = number * len(self.pages)
        paths = self._paths()
        families = self._families(number)
        shifts: dict[str, Change] = {
            "page": lambda pk: pk + by if pk in self.pages else pk,
            "revision": lambda pk: pk and pk + number * len(self.revisions),
            "object": lambda pk: str(int(pk) + by),
            "family": lambda pk: families[pk],
        }
        things = number * self.things
        named: Change = lambda text: NUMBER.sub(  # noqa: E731 — a place in a table of changes
            lambda found: _numbered(found, things), text
        )
        key: Change = lambda value: _shifted(value, things)  # noqa: E731
        own: dict[str, Change] = {
            "id": shifts["page"], "path": lambda path: next(paths[path[:-4]]),
            "translation_key": key, "title": named, "draft_title": named, "slug": named,
            "url_path": named, "latest_revision_id": shifts["revision"],
            "live_revision_id": shifts["revision"],
        }  # fmt: skip
        self._copy(Page, "id", self.pages, own)
        revision = {"id": shifts["revision"], "object_id": shifts["object"]}
        self._copy(Revision, "id", self.revisions, revision)
        for model, columns in self.links:
            changes = dict.fromkeys(columns, shifts["page"])
            for column in ("revision_id", "family_id"):
                changes[column] = shifts[column.partition("_")[0]]
            self._copy(model, columns[0], self.pages, changes)
        for model in (ReferenceIndex, IndexEntry):
            self._copy(model, "object_id", self.pages, {"object_id": shifts["object"]})
        for parent, count in self._children().items():
            Page.objects.filter(path=parent).update(numchild=count)
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), [Page, Revision]):
                cursor.execute(sql)

    def _copy(self, model: Any, by: str, which: range, changes: dict[str, Change]) -> None:
        """Rows of a table whose column `by` is one of the numbers, in its own order."""
        meta = model._meta
        kept = [field.column for field in meta.local_concrete_fields]
        if meta.pk.column not in changes:  # the database numbers them
            kept.remove(meta.pk.column)
        if model is IndexEntry and connection.vendor == "sqlite":
            kept = ["content_type_id", "object_id", "title_norm", "autocomplete", "title", "body"]
        names = ", ".join(f'"{column}"' for column in kept)
        value = f'CAST("{by}" AS bigint)' if by == "object_id" else f'"{by}"'
        marks = ", ".join(["%s"] * len(kept))
        for start in range(which.start, which.stop, ROWS):
            with connection.cursor() as cursor:
                cursor.execute(
                    f'SELECT {names} FROM "{meta.db_table}" WHERE {value} >= %s AND {value} < %s',
                    [start, min(start + ROWS, which.stop)],
                )
                rows = cursor.fetchall()
                edits = [(place, changes[one]) for place, one in enumerate(kept) if one in changes]
                cursor.executemany(
                    f'INSERT INTO "{meta.db_table}" ({names}) VALUES ({marks})',
                    [_changed(row, edits) for row in rows],
                )

    def _links(self) -> list[tuple[Any, list[str]]]:
        """Tables with rows that hang on a page, and their columns that name pages."""
        found = []
        for model in apps.get_models(include_auto_created=True):
            columns = [
                field.column
                for field in model._meta.local_concrete_fields
                if field.is_relation
                and isinstance(field.related_model, type)
                and issubclass(field.related_model, Page)
            ]
            if not columns or model in (Page, Revision) or model._meta.proxy:
                continue
            rows = model._base_manager.extra(
                where=[f'"{columns[0]}" BETWEEN %s AND %s'],
                params=[self.pages[0], self.pages[-1]],
            )
            if rows.exists():
                found.append((model, columns))
        return found

    def _families(self, number: int) -> dict[int, int]:
        from contactpoint.outputs.models import Family, FamilyLink  # noqa: PLC0415

        links = FamilyLink.objects.filter(page__gte=self.pages[0], page__lte=self.pages[-1])
        used = links.order_by().values("family").distinct()
        before = list(Family.objects.filter(pk__in=used))
        pks = [family.pk for family in before]
        for family in before:
            family.pk, family.slug = None, f"{family.slug}-{number}"
        made = Family.objects.bulk_create(before)
        return dict(zip(pks, [family.pk for family in made], strict=True))

    def _paths(self) -> dict[str, Iterator[str]]:
        lists = Page.objects.filter(depth=3, numchild__gt=0)
        return {page.path: _following(page.path, page.numchild) for page in lists}

    def _children(self) -> dict[str, int]:
        found = {}
        for page in Page.objects.filter(depth=3, numchild__gt=0):
            found[page.path] = Page.objects.filter(path__startswith=page.path, depth=4).count()
        return found


def _following(path: str, after: int) -> Iterator[str]:
    depth = len(path) // Page.steplen + 1
    while True:
        after += 1
        yield Page._get_path(path, depth, after)


def _numbered(found: "re.Match[str]", by: int) -> str:
    digits = re.search(r"\d+", found[0])
    assert digits is not None
    return found[0].replace(digits[0], str(int(digits[0]) + by), 1)


def _shifted(value: Any, by: int) -> Any:
    """A key, as a UUID or as the digits that SQLite keeps."""
    if isinstance(value, UUID):
        return UUID(int=value.int + by)
    return UUID(int=UUID(value).int + by).hex


def _changed(row: Sequence[Any], edits: Sequence[tuple[int, Change]]) -> tuple[Any, ...]:
    cells = list(row)
    for place, change in edits:
        cells[place] = change(cells[place])
    return tuple(cells)
