"""A state writes a chapter of its national report in the room."""

import pytest
from consulting import country, made_query
from django.test import Client
from seated import browser, seated

from contactpoint.consultations.models import Answer, Round, StateAsked
from contactpoint.consultations.questions import Instrument, Kind, Question, Section

pytestmark = pytest.mark.django_db
HERE = "/en/consultations/room/report-1/BE/"
SECTION = f"{HERE}sections/law/"
TEXT = "A claim[^1].\r\n\r\n| Year | Files |\r\n|---|---|\r\n| 2018 | 12 |\r\n\r\n[^1]: Note."


@pytest.fixture
def client() -> Client:
    """Somebody of Belgium who writes in the section."""
    question = Question("law", Kind.RICH_TEXT, {"en": "Describe the law."})
    asked = Instrument("report", ("en",), sections=(Section("law", questions=(question,)),))
    held = made_query(status=Round.Status.OPEN, published_at=None, asked=asked)
    StateAsked.objects.create(round=held, country=country("BE"))
    client = browser(seated(country("BE"), "ana"))
    client.post(f"{HERE}act/", {"do": "begin"})
    client.post(f"{SECTION}hold/")
    return client


def post(client: Client, text: str, do: str = "save", revision: int = 0) -> str:
    data = {"shown": "law", "q-law": text, "m-law": "wide", "revision": revision, "do": do}
    return client.post(SECTION, data, follow=True).content.decode()


def test_it_is_kept_as_html_and_comes_back_as_it_was_written(client: Client) -> None:
    post(client, TEXT)
    answer = Answer.objects.get()
    assert "<sup>1</sup>" in answer.value
    assert "<td>12</td>" in answer.value
    page = client.get(SECTION).content.decode()
    assert "| Year | Files |" in page
    assert "[^1]: Note." in page
    assert "&lt;sup&gt;" not in page
    post(client, "Shorter.", revision=1)
    assert (Answer.objects.get().value, Answer.objects.get().markdown) == (
        "<p>Shorter.</p>", "Shorter.",
    )  # fmt: skip


def test_a_preview_shows_it_and_saves_nothing(client: Client) -> None:
    page = post(client, TEXT, do="preview")
    assert "<td>12</td>" in page
    assert "Nothing is saved yet." in page
    assert "[^1]: Note." in page
    assert not Answer.objects.exists()
    assert "Saved." in post(client, TEXT)


def test_what_cannot_be_kept_is_told_at_its_question(client: Client) -> None:
    page = post(client, "A claim[^1].", do="preview")
    assert "The note [^1] has no text." in page
    assert not Answer.objects.exists()
