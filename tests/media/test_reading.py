"""Documents are read by a job after they are saved: once, whole, again when the file changes."""

from typing import Any

import made_files as made
import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError
from django.db.models import QuerySet
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Collection, CollectionViewRestriction, ReferenceIndex

from contactpoint.kit.jobs import JobRunner
from contactpoint.media import actions
from contactpoint.media.actions import read
from contactpoint.media.models import CustomDocument, DocumentReading, DocumentText
from contactpoint.media.reading import pages, pages_with, spaced
from contactpoint.media.signals import document_text_changed

pytestmark = pytest.mark.django_db
State, Problem = DocumentReading.State, DocumentReading.Problem
QUEUED = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}


@pytest.fixture
def told() -> Any:
    """Keys of the documents that listeners heard of, in order."""
    heard: list[int] = []

    def listen(pk: int, **_kwargs: Any) -> None:
        heard.append(pk)

    document_text_changed.connect(listen)
    yield heard
    document_text_changed.disconnect(listen)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Suffixes of the files that went to a reader."""
    seen: list[str] = []

    def counted(file: Any, suffix: str) -> dict[str, Any]:
        seen.append(suffix)
        return original(file, suffix)

    original = actions.read_guarded
    monkeypatch.setattr(actions, "read_guarded", counted)
    return seen


def document(data: bytes, name: str = "study.pdf", **fields: Any) -> CustomDocument:
    return CustomDocument.objects.create(
        title="A study", file=ContentFile(data, name=name), **fields
    )


def replace(row: CustomDocument, data: bytes, name: str = "other.pdf") -> None:
    row.file = ContentFile(data, name=name)
    row.save()


def jobs() -> QuerySet[DBTaskResult]:
    """Those that read; Wagtail has some of its own."""
    return DBTaskResult.objects.filter(task_path__endswith=".read_document")


def work() -> None:
    """What the worker does until nothing is due."""
    while JobRunner().run_one():
        pass


def reading(row: CustomDocument) -> DocumentReading:
    return DocumentReading.objects.get(document=row)


def test_saving_a_document_has_its_text_read() -> None:
    row = document(made.pdf(["Asylum."], [], ["Élargissement.".replace("É", "\xc9")]))
    found = reading(row)
    assert (found.state, found.problem, found.unit, found.pages) == ("read", "", "page", 3)
    assert (found.length, len(found.checksum), found.size) == ("3 pages", 64, row.file.size)
    assert found.read_at is not None
    assert pages([row.pk]) == {row.pk: [(1, "Asylum."), (3, "Élargissement.")]}
    assert row.texts.get(number=3).words == " elargissement"


def test_nothing_is_read_in_the_request() -> None:
    with override_settings(TASKS=QUEUED):
        row = document(made.pdf(["Asylum."]))
        assert reading(row).state == State.WAITING
        assert not row.texts.exists()
        assert jobs().get().priority < 0
        work()
    assert reading(row).state == State.READ


def test_the_text_of_a_replaced_file_goes_when_the_new_one_is_read() -> None:
    row = document(made.pdf(["Old."], ["Old too."]))
    with override_settings(TASKS=QUEUED):
        replace(row, made.docx("New."), "other.docx")
        assert reading(row).state == State.WAITING
        assert [text for _number, text in pages([row.pk])[row.pk]] == ["Old.", "Old too."]
        work()
    assert pages([row.pk]) == {row.pk: [(1, "New.")]}
    assert reading(row).unit == "whole"


def test_a_file_that_can_not_be_read_leaves_no_text_of_the_one_before() -> None:
    row = document(made.pdf(["Old."]))
    replace(row, made.locked_pdf())
    assert (reading(row).state, reading(row).problem) == (State.FAILED, Problem.ENCRYPTED)
    assert pages([row.pk]) == {}


@pytest.mark.parametrize(
    ("data", "name", "state", "problem"),
    [
        (made.pdf([], []), "scan.pdf", State.EMPTY, Problem.SCANNED),
        (made.docx(""), "blank.docx", State.EMPTY, Problem.BLANK),
        (made.zipped({"a": "b"}), "data.zip", State.EMPTY, Problem.KIND),
        (b"%PDF-1.4 nothing", "broken.pdf", State.FAILED, Problem.BROKEN),
    ],
)
def test_what_holds_no_text_is_told_from_what_failed(
    data: bytes, name: str, state: str, problem: str
) -> None:
    found = reading(document(data, name))
    assert (found.state, found.problem) == (state, problem)


def test_macros_and_another_kind_than_the_name_says_are_told_and_the_text_is_read() -> None:
    parts = made.unzipped(made.docx("Reception"))
    for data, name, problem in (
        (made.zipped(parts | {"word/vbaProject.bin": b"x"}), "study.docx", Problem.MACROS),
        (made.docx("Reception"), "study.pdf", Problem.DISGUISED),
        (made.docx("Reception"), "study.docx", ""),
    ):
        row = document(data, name)
        assert (reading(row).state, reading(row).problem) == (State.READ, problem)
        assert pages([row.pk]) == {row.pk: [(1, "Reception")]}


def test_the_same_file_is_read_once(reads: list[str]) -> None:
    data = made.pdf(["Asylum."])
    row = document(data)
    row.title = "Another title"
    row.save()
    read(row)
    assert reads == ["pdf"]
    replace(row, data)
    assert reads == ["pdf"]
    assert (reading(row).state, reading(row).name) == (State.READ, row.file.name)
    read(row, again=True)
    assert reads == ["pdf", "pdf"]


def test_a_scanned_file_stays_so_under_another_name() -> None:
    row = document(made.pdf([]))
    replace(row, made.pdf([]))
    assert (reading(row).state, reading(row).problem) == (State.EMPTY, Problem.SCANNED)


def test_too_large_a_file_is_not_read(monkeypatch: pytest.MonkeyPatch, reads: list[str]) -> None:
    monkeypatch.setattr(actions, "LARGEST_FILE", 100)
    row = document(made.pdf(["Asylum."]))
    assert (reading(row).problem, reads) == (Problem.LARGE, [])
    assert reading(row).size > 100


def test_a_file_that_is_gone_is_said_to_be() -> None:
    row = document(made.pdf(["Asylum."]))
    row.file.storage.delete(row.file.name)
    read(row)
    assert (reading(row).state, reading(row).problem) == (State.FAILED, Problem.MISSING)


def test_a_storage_that_fails_for_now_is_asked_again_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with override_settings(TASKS=QUEUED):
        row = document(made.pdf(["Asylum."]))
        with monkeypatch.context() as broken:
            broken.setattr(actions, "_copy", _refuse)
            work()
        assert reading(row).state == State.WAITING
        assert jobs().get().run_after > timezone.now()
        jobs().update(run_after=timezone.now())
        work()
    assert reading(row).state == State.READ


def _refuse(*_arguments: Any) -> None:
    raise ConnectionError("the storage does not answer")


def test_nothing_half_written_is_left_when_writing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    row = document(made.pdf(["Old."]))
    before = reading(row).checksum
    with override_settings(TASKS=QUEUED):
        replace(row, made.pdf(["New."]))

    def fail(*_arguments: Any, **_kwargs: Any) -> None:
        raise IntegrityError("the disk is full")

    monkeypatch.setattr(document_text_changed, "send", fail)
    with pytest.raises(IntegrityError):
        read(row)
    assert (pages([row.pk]), reading(row).checksum) == ({row.pk: [(1, "Old.")]}, before)


def test_a_file_replaced_while_it_was_read_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    row = document(made.pdf(["Old."]))
    stale = CustomDocument.objects.get(pk=row.pk)
    replace(row, made.pdf(["New."]))
    assert read(stale, again=True) is None
    row.delete()
    assert read(stale, again=True) is None
    assert not DocumentText.objects.exists()


def test_listeners_hear_of_text_title_collection_and_deletion(told: list[int]) -> None:
    row = document(made.pdf(["Asylum."]))
    assert set(told) == {row.pk}
    told.clear()
    row.title = "Another"
    row.save()
    assert told == [row.pk]
    told.clear()
    row.get_file_size()
    row.save(update_fields=["file_size"])
    assert told == []
    key = row.pk
    row.delete()
    assert told == [key]


def test_listeners_hear_of_every_document_of_a_collection_that_is_closed_or_moved(
    told: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    root = Collection.get_first_root_node()
    outer, other = root.add_child(name="Outer"), root.add_child(name="Other")
    outer.refresh_from_db()
    inner = outer.add_child(name="Inner")
    row = document(b"words", "a.txt", collection=inner)
    document(b"words", "b.txt", collection=other)
    told.clear()
    closing = CollectionViewRestriction.objects.create(collection=outer, restriction_type="login")
    assert told == [row.pk]
    closing.delete()
    assert told == [row.pk] * 2
    with django_capture_on_commit_callbacks(execute=True):
        inner.save()
        inner.move(Collection.objects.get(pk=other.pk), "sorted-child")
    assert told == [row.pk] * 3


def test_reading_is_no_use_of_a_document() -> None:
    row = document(made.pdf(["Asylum."]))
    assert row.texts.exists()
    assert not ReferenceIndex.get_references_to(row).exists()


def test_words_are_folded_and_each_stands_after_a_space() -> None:
    assert spaced("L’Élargissement, 2004") == " l elargissement 2004"


def test_a_long_page_is_kept_in_parts_and_found_by_its_end() -> None:
    words = " ".join(f"word{number}" for number in range(60_000))
    row = document(f"{words} okapi".encode(), "long.txt")
    work()
    assert reading(row).problem == ""
    parts = pages([row.pk])[row.pk]
    assert [number for number, _text in parts] == [1, 1]
    assert " ".join(text for _number, text in parts) == f"{words} okapi"
    assert pages_with([row.pk], ["okapi"])[row.pk] == [parts[1]]
