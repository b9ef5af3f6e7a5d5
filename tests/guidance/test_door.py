"""The way in from the front page of the site."""

import guided
import pytest
from django.test import Client
from factories import make_site
from held_up import held_up

from contactpoint.guidance.models import GuideText


@pytest.fixture(autouse=True)
def _on_a_site(db: None) -> None:
    make_site(standard=False)


def test_the_front_page_has_a_door_in_every_script_that_is_read(client: Client) -> None:
    assert 'class="door"' not in client.get("/en/").content.decode()
    guided.load()
    page = client.get("/nl/").content.decode()
    assert '<li lang="ar" dir="rtl"><a href="/ar/guidance/" hreflang="ar">العربية</a></li>' in page
    assert "/ps/guidance/" not in page


def test_a_text_in_another_language_opens_its_door(
    client: Client, django_capture_on_commit_callbacks
) -> None:
    guided.load()
    client.get("/en/")
    with django_capture_on_commit_callbacks(execute=True):
        GuideText.objects.create(guide=guided.text("ask").guide, language="so", title="A")
    assert "/so/guidance/" in client.get("/en/").content.decode()


def test_a_reader_who_is_held_up_does_not_close_a_door_that_was_opened(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    guided.load()

    def opened() -> None:
        GuideText.objects.create(guide=guided.text("ask").guide, language="so", title="A")

    has_come = held_up(monkeypatch, "contactpoint.guidance.languages", opened)
    client.get("/en/")
    assert has_come()
    assert "/so/guidance/" in client.get("/en/").content.decode()
