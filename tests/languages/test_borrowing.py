"""Words that nobody has translated say in what language they stand, wherever they are shown."""

from collections.abc import Callable
from importlib import import_module
from typing import Any
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.test import Client
from factories import MadeSite, make_output
from translating import fresh, translate
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from contactpoint.kit.models import BorrowedWords
from contactpoint.outputs.models import Output
from contactpoint.search import sources
from contactpoint.search.models import Change, Index

Committed = Callable[..., Any]
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ATOM = "{http://www.w3.org/2005/Atom}"


def _translated(original: Output, language: Any, committed: Committed, *paths: str) -> Any:
    """Published with what stands at these paths translated, the rest as in the original."""
    committed(translate_object, original, [language])
    translation = Translation.objects.get(target_locale=language)
    for segment in StringSegment.objects.filter(source=translation.source):
        if segment.context.path.partition(".")[0] in paths:
            translate(translation, segment, f"FR {segment.string.data}")
    committed(translation.save_target)
    return fresh(translation.get_target_instance())


@pytest.fixture
def partly(site: MadeSite, dutch: Output, committed: Committed) -> Output:
    """In French but for its title and teaser, which stand in Dutch."""
    found: Output = _translated(dutch, site.homes["fr"].locale, committed, "body")
    return found


@pytest.fixture
def nothing_of_it(site: MadeSite, dutch: Output, committed: Committed) -> Output:
    """Published in French without a French word."""
    found: Output = _translated(dutch, site.homes["fr"].locale, committed)
    return found


def _text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_lists_and_the_front_page_mark_a_title_that_is_not_translated(
    client: Client, partly: Output
) -> None:
    for path in ("/fr/news/", "/fr/"):
        shown = _text(client, path)
        assert f'<a href="{partly.url}" lang="nl">Opvang</a>' in shown, path
        assert 'teaser" lang="nl">Kort.</p>' in shown, path
    BorrowedWords.objects.all().delete()
    assert f'<a href="{partly.url}">Opvang</a>' in _text(client, "/fr/news/")


def test_related_items_and_neighbours_mark_it(
    client: Client, site: MadeSite, dutch: Output, partly: Output
) -> None:
    other = make_output(site, language="fr", title="Près de là", related=[partly])
    assert f'<a href="{partly.url}" lang="nl">Opvang</a>' in _text(client, other.url)


def test_a_feed_marks_the_title_and_the_summary(client: Client, partly: Output) -> None:
    root = ElementTree.fromstring(client.get("/fr/news/feed.atom").content)
    (entry,) = root.iter(f"{ATOM}entry")
    assert root.get(XML_LANG) == "fr"
    assert entry.find(f"{ATOM}title").get(XML_LANG) == "nl"  # type: ignore[union-attr]
    assert entry.find(f"{ATOM}summary").get(XML_LANG) == "nl"  # type: ignore[union-attr]


def test_a_search_result_and_a_suggestion_mark_it(
    client: Client, partly: Output, fill: Callable[[], None]
) -> None:
    fill()
    shown = _text(client, "/fr/search/?q=opvang")
    line = shown[shown.index(f'href="{partly.url}"') :].partition("</a>")[0]
    assert 'lang="nl"' in line
    assert "hreflang" not in line, "the page itself is in French"
    found = client.get("/fr/search/suggest?q=opv").json()["titles"]
    assert [(one["url"], one["language"]) for one in found] == [(partly.url, "nl")]


def test_a_translated_title_is_marked_no_more(
    client: Client, partly: Output, committed: Committed
) -> None:
    translation = Translation.objects.get()
    for segment in StringSegment.objects.filter(context__path__in=["title", "teaser"]):
        translate(translation, segment, f"FR {segment.string.data}")
    committed(translation.save_target)
    assert not BorrowedWords.objects.exists()
    assert f'<a href="{partly.url}">FR Opvang</a>' in _text(client, "/fr/news/")
    StringTranslation.objects.filter(context__path="title").delete()
    committed(translation.save_target)
    assert BorrowedWords.objects.values_list("title", "teaser", "whole").get() == ("nl", "", "")


def test_an_address_without_a_word_of_its_language_is_no_translation(
    client: Client, dutch: Output, nothing_of_it: Output
) -> None:
    assert BorrowedWords.objects.get().whole == "nl"
    shown = _text(client, dutch.url)
    assert 'hreflang="fr"' not in shown
    (way,) = [line for line in shown.splitlines() if f'href="{nothing_of_it.url}"' in line]
    assert 'class="elsewhere"' in way
    own = _text(client, nothing_of_it.url)
    assert f'<link rel="canonical" href="http://localhost:8000{dutch.url}">' in own
    assert f'rel="alternate" hreflang="nl" href="http://localhost:8000{dutch.url}"' in own
    assert nothing_of_it.url not in client.get("/sitemap.xml").content.decode()
    assert dutch.url in client.get("/sitemap.xml").content.decode()


def test_lists_promise_no_language_that_is_not_there(
    client: Client, dutch: Output, nothing_of_it: Output
) -> None:
    feed = client.get("/nl/news/feed.atom").content.decode()
    assert 'hreflang="fr"' not in feed.partition("<entry>")[2]
    assert '<span class="languages"' not in _text(client, "/nl/news/")
    (document,) = sources.documents([f"output:{dutch.translation_key}"])
    assert [version.language for version in document.versions] == ["nl"]


def test_a_part_in_its_language_is_a_translation(
    client: Client, dutch: Output, partly: Output
) -> None:
    assert f'hreflang="fr" href="http://localhost:8000{partly.url}"' in _text(client, dutch.url)
    assert partly.url in client.get("/sitemap.xml").content.decode()


def test_pages_that_are_there_already_are_noted_by_the_migration(
    partly: Output,
) -> None:
    BorrowedWords.objects.all().delete()
    import_module("contactpoint.languages.migrations.0004_borrowed_words").note(apps, None)
    assert BorrowedWords.objects.values_list("pk", "title", "teaser", "whole").get() == (
        partly.pk, "nl", "nl", "",
    )  # fmt: skip


def test_the_search_hears_of_what_is_found_out_after_publishing(partly: Output) -> None:
    Index.objects.create(name="one", state=Index.State.CURRENT)
    BorrowedWords.objects.get().delete()
    assert Change.objects.values_list("key", "hides").get() == (
        f"output:{partly.translation_key}", False,
    )  # fmt: skip
