"""The text of documents by page: what is told of it, and of which documents nothing is."""

from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction

from contactpoint.media.models import CustomDocument, DocumentText
from contactpoint.media.reading import MOST_WORDS, pages, pages_with, spaced
from contactpoint.media.visibility import public

pytestmark = pytest.mark.django_db
Make = Callable[..., CustomDocument]


@pytest.fixture
def make() -> Make:
    def made(*texts: str, collection: Collection | None = None) -> CustomDocument:
        document = CustomDocument(title="A study", file=ContentFile(b"PK", name="study.zip"))
        if collection is not None:
            document.collection = collection
        document.save()
        DocumentText.objects.bulk_create(
            DocumentText(document=document, number=number, text=text, words=spaced(text))
            for number, text in enumerate(texts, 1)
            if text
        )
        return document

    return made


@pytest.fixture
def closed() -> Collection:
    """A collection under one that only those may see who signed in."""
    outer = Collection.get_first_root_node().add_child(name="Working group")
    CollectionViewRestriction.objects.create(collection=outer, restriction_type="login")
    return outer.add_child(name="Drafts")


def test_pages_come_in_order_and_by_document(make: Make) -> None:
    one, other = make("First.", "", "Third."), make("Only.")
    assert pages([one.pk, other.pk]) == {
        one.pk: [(1, "First."), (3, "Third.")],
        other.pk: [(1, "Only.")],
    }


def test_a_page_is_found_by_the_beginning_of_a_word_without_accents(make: Make) -> None:
    document = make("Nothing.", "The Élargissement of 2004.", "Reception.")
    assert pages_with([document.pk], ["elarg"]) == {
        document.pk: [(2, "The Élargissement of 2004.")]
    }
    assert pages_with([document.pk], ["largissement"]) == {}


def test_a_phrase_must_stand_as_it_was_asked(make: Make) -> None:
    document = make("The family asks for reunification.", "On family  reunification (2003).")
    assert [n for n, _text in pages_with([document.pk], ["family reunification"])[document.pk]] == [
        2
    ]


def test_the_pages_with_most_of_the_words_come_first_and_few_of_them(make: Make) -> None:
    document = make("asylum", "asylum and return", "return", "asylum, return, visa", "visa")
    found = pages_with([document.pk], ["asylum", "return", "visa"])
    assert [number for number, _text in found[document.pk]] == [4, 2, 1]
    assert len(pages_with([document.pk], ["asylum"], most=1)[document.pk]) == 1


def test_a_repeated_word_counts_once_and_too_many_are_left_out(make: Make) -> None:
    document = make("asylum asylum", "asylum return")
    assert pages_with([document.pk], ["asylum", "asylum", "return"], most=1)[document.pk][0][0] == 2
    many = [f"word{number}" for number in range(500)]
    assert pages_with([document.pk], [*many, "asylum"]) == {}
    assert document.pk in pages_with([document.pk], [*many[: MOST_WORDS - 1], "asylum"])


def test_looking_for_words_takes_one_query_however_many_documents(make: Make) -> None:
    documents = [make("asylum", "return").pk for _number in range(5)]
    with CaptureQueriesContext(connection) as queries:
        assert len(pages_with(documents, ["asylum", "return"])) == 5
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        pages(documents)
    assert len(queries) == 1


def test_no_words_are_no_question(make: Make) -> None:
    assert pages_with([make("asylum").pk], ["", "  "]) == {}


def test_nothing_is_told_of_a_document_in_a_closed_collection(
    make: Make, closed: Collection
) -> None:
    hidden, shown = make("secret asylum", collection=closed), make("asylum")
    assert list(public(CustomDocument.objects.all())) == [shown]
    assert set(pages([hidden.pk, shown.pk])) == {shown.pk}
    assert set(pages_with([hidden.pk, shown.pk], ["asylum"])) == {shown.pk}
    CollectionViewRestriction.objects.all().delete()
    assert set(pages([hidden.pk, shown.pk])) == {hidden.pk, shown.pk}
