"""`contactpoint files`: what nobody has read is read, and what can't be is named."""

from io import StringIO

import made_files as made
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from contactpoint.media import actions
from contactpoint.media.management.commands import files
from contactpoint.media.models import CustomDocument, DocumentReading, DocumentText

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("files", *arguments, stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def documents() -> list[CustomDocument]:
    """Three, as they are after an upgrade from a version that did not read."""
    made_of = {
        "one.pdf": made.pdf(["Asylum."]),
        "two.docx": made.docx("Return."),
        "three.pdf": made.pdf([]),
    }
    rows = [
        CustomDocument.objects.create(title=name, file=ContentFile(data, name=name))
        for name, data in made_of.items()
    ]
    DocumentReading.objects.all().delete()
    DocumentText.objects.all().delete()
    return rows


def test_what_was_never_read_is_read(documents: list[CustomDocument]) -> None:
    assert "never looked at: 3" in run("status")
    said = run("read")
    assert "1/3  one.pdf: 1 page" in said
    assert "3/3  three.pdf: No text: probably scanned." in said
    assert "\nread: 2\nno text: 1\n" in said
    assert DocumentText.objects.count() == 2
    assert "1/" not in run("read")


def test_all_is_read_again_where_it_is_asked_for(documents: list[CustomDocument]) -> None:
    run("read")
    DocumentText.objects.all().delete()
    assert "3/3" in run("read", "--again")
    assert DocumentText.objects.count() == 2


def test_a_stopped_run_goes_on_where_it_was(
    documents: list[CustomDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(document: CustomDocument, *, again: bool) -> DocumentReading | None:
        if document == documents[1]:
            raise KeyboardInterrupt
        return actions.read(document, again=again)

    with monkeypatch.context() as interrupted:
        interrupted.setattr(files, "read", stopped)
        with pytest.raises(KeyboardInterrupt):
            run("read")
    assert "1/2  two.docx" in run("read")


def test_a_storage_that_fails_is_told_and_the_others_are_read(
    documents: list[CustomDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(document: CustomDocument, *, again: bool) -> DocumentReading | None:
        if document == documents[0]:
            raise ConnectionError("no answer")
        return actions.read(document, again=again)

    monkeypatch.setattr(files, "read", failing)
    said = run("read")
    assert "one.pdf: no answer" in said
    assert "1 file could not be reached" in said
    assert DocumentText.objects.count() == 1
