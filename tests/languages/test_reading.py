"""A reader always gets a page, and is told what it is: older, unfinished, or another language's."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import MadeSite, make_output
from translating import PARAGRAPHS, fresh, translate
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from contactpoint.languages.worddiff import word_diff
from contactpoint.outputs.models import Output

Publish = Callable[..., Any]
ONE, TWO, THREE = PARAGRAPHS


def _text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_translation_that_follows_says_nothing(client: Client, by_hand: Output) -> None:
    shown = _text(client, by_hand.url)
    assert "standing" not in shown
    assert "differs" not in shown


def test_an_older_translation_says_in_which_paragraphs(
    client: Client, dutch: Output, by_hand: Output, publish: Publish
) -> None:
    publish(dutch, ONE, "Four centres <b>opened</b> & closed.", THREE, teaser="Korter.")
    shown = _text(client, by_hand.url)
    assert 'class="standing"' in shown
    assert 'href="#changed-2">Trois centres ont ouvert.</a>' in shown
    assert '<p class="differs" data-differs="changed" id="changed-2">Trois centres' in shown
    assert f'href="{dutch.url}"' in shown
    beside = shown[shown.index('changed-2">Trois centres ont ouvert.</p>') :]
    assert '<p lang="nl"><del>Three</del><ins>Four</ins> centres opened' in beside
    assert "<ins>&amp; closed</ins>" in beside
    assert "<ins>Korter</ins>" in shown
    assert 'id="teaser"' in shown


def test_what_is_new_in_the_original_stands_where_it_belongs(
    client: Client, dutch: Output, by_hand: Output, publish: Publish
) -> None:
    publish(dutch, ONE, "Four centres opened their doors.", "A new word.", THREE)
    shown = _text(client, by_hand.url)
    assert 'href="#new-2">' in shown
    changed, new, last = (
        shown.index(words) for words in ('id="changed-1"', 'id="new-2"', "L'agence attend.</p>")
    )
    assert changed < new < last
    assert '<p lang="nl"><ins>A new word.</ins></p>' in shown


def test_a_translation_costs_one_query_more_at_most(
    client: Client, site: MadeSite, dutch: Output, by_hand: Output, publish: Publish
) -> None:
    german = make_output(site, language="de", title="Allein", text="Ein Satz.")

    def queries(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            _text(client, path)
        return len(captured)

    alone = queries(german.url)
    assert queries(by_hand.url) <= alone + 1
    publish(dutch, "New.", ONE, "Other.", "Third.", teaser="Other.")
    assert "differs" in _text(client, by_hand.url)
    assert queries(by_hand.url) <= alone + 1


def test_a_hostile_original_reaches_no_reader_as_markup(
    client: Client, dutch: Output, by_hand: Output, publish: Publish
) -> None:
    publish(dutch, "&lt;script&gt;alert(1)&lt;/script&gt;", TWO, THREE, title="<img src=x>")
    shown = _text(client, by_hand.url)
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "&lt;script&gt;" in shown


def test_an_original_that_is_closed_is_not_quoted(
    client: Client, dutch: Output, by_hand: Output, publish: Publish
) -> None:
    publish(dutch, "A secret.", TWO, THREE)
    assert "secret" in _text(client, by_hand.url)
    dutch.unpublish()
    assert "secret" not in _text(client, by_hand.url)


def test_what_is_not_translated_has_the_originals_language_and_a_machine_is_named(
    client: Client, dutch: Output, by_segment: Translation, committed: Any
) -> None:
    french = by_segment.get_target_instance()
    segments = {row.string.data: row for row in StringSegment.objects.all()}
    by_segment.source.refresh_from_db()
    translate(by_segment, segments[TWO], "FR machine", kind="machine")
    segments[THREE].string.translations.all().delete()
    committed(by_segment.save_target)
    shown = _text(client, fresh(french).url)
    assert "1 paragraphe" in shown or "1 paragraph" in shown
    assert f'data-differs="untranslated" id="untranslated-1" lang="nl">{THREE}</p>' in shown
    assert 'data-differs="unchecked" id="unchecked-2">FR machine</p>' in shown


def test_words_that_stand_untranslated_and_have_changed_are_told_in_their_language(
    client: Client, dutch: Output, by_segment: Translation, publish: Publish, committed: Any
) -> None:
    for segment in StringSegment.objects.filter(string__data__in=(TWO, "Kort.")):
        segment.string.translations.all().delete()
    committed(by_segment.save_target)
    publish(dutch, ONE, "Nine centres closed.", THREE, teaser="Korter.")
    shown = _text(client, by_segment.get_target_instance().url)
    mark = '<p class="differs" data-differs="changed" id="changed-4" lang="nl">'
    assert f"{mark}{TWO}</p>" in shown
    assert shown.count("data-differs") == 1
    assert f'href="#changed-4" lang="nl">{TWO}</a>' in shown
    assert '<span lang="nl">Kort.</span>' in shown
    assert 'id="teaser" lang="nl">Kort.</p>' in shown
    beside = shown[shown.index(mark) :]
    assert '<p lang="nl"><del>Three</del><ins>Nine</ins> centres' in beside


def test_a_title_and_teaser_that_are_not_translated_say_their_language(
    client: Client, dutch: Output, by_segment: Translation, committed: Any
) -> None:
    french = by_segment.get_target_instance()
    assert 'id="title">' in _text(client, french.url)
    for segment in StringSegment.objects.filter(context__path__in=("title", "teaser")):
        segment.string.translations.all().delete()
    committed(by_segment.save_target)
    shown = _text(client, fresh(french).url)
    assert '<html lang="fr"' in shown
    assert '<title lang="nl">' in shown
    assert 'id="title" lang="nl">Opvang</h1>' in shown
    assert 'id="teaser" lang="nl">Kort.</p>' in shown
    assert '"inLanguage": "fr"' in shown
    StringTranslation.objects.all().delete()
    committed(by_segment.save_target)
    assert '"inLanguage": "nl"' in _text(client, fresh(french).url)


@pytest.mark.parametrize("reader", ["fr", "de"])
def test_a_page_is_read_in_another_language_where_its_own_is_missing(
    client: Client, site: MadeSite, dutch: Output, reader: str
) -> None:
    shown = _text(client, f"/{reader}{dutch.url}")
    assert f'<html lang="{reader}"' in shown
    assert '<title lang="nl">' in shown
    assert 'id="title" lang="nl">Opvang</h1>' in shown
    assert '<div class="prose" lang="nl">' in shown
    note = shown[shown.index('class="elsewhere-note"') :]
    assert {"fr": "néerlandais", "de": "Niederländisch"}[reader] in note[: note.index("</aside>")]
    assert f'rel="canonical" href="http://localhost:8000{dutch.url}"' in shown
    assert '<meta name="robots" content="noindex, follow">' in shown
    assert f'hreflang="{reader}"' not in shown
    assert f'href="/{reader}/news/"' in shown, "crumbs are the reader's"


def test_the_language_switcher_never_ends_at_nothing(
    client: Client, site: MadeSite, dutch: Output
) -> None:
    shown = _text(client, dutch.url)
    for code in ("en", "fr", "de"):
        assert f'href="/{code}{dutch.url}"' in shown
        assert client.get(f"/{code}{dutch.url}").status_code == 200
    assert f'rel="alternate" hreflang="fr" href="http://localhost:8000/fr{dutch.url}"' not in shown


def test_an_address_of_another_language_leads_to_the_page(
    client: Client, site: MadeSite, dutch: Output, by_hand: Output
) -> None:
    slug = dutch.url.removeprefix("/nl")
    assert client.get(f"/de{slug}")["Location"] == f"/de{dutch.url}"
    assert client.get(f"/fr{slug}")["Location"] == by_hand.url
    assert client.get(f"/fr{dutch.url}")["Location"] == by_hand.url
    assert client.get("/de/news/nothing/").status_code == 404
    assert client.get("/de/nl/news/nothing/").status_code == 404


def test_a_draft_in_the_readers_language_is_no_page(
    client: Client, site: MadeSite, dutch: Output
) -> None:
    make_output(site, language="de", slug=dutch.slug, translation_of=dutch, live=False)
    assert client.get(f"/de/news/{dutch.slug}/")["Location"] == f"/de{dutch.url}"


def test_what_is_closed_is_read_in_no_language(client: Client, site: MadeSite) -> None:
    closed = make_output(site, language="nl", private=True)
    draft = make_output(site, language="nl", live=False)
    for page in (closed, draft):
        assert client.get(f"/de{page.url}").status_code == 404
        assert client.get(f"/de/news/{page.slug}/").status_code == 404


def test_lists_are_not_read_around_another_language(client: Client, site: MadeSite) -> None:
    site.lists["de"]["news"].unpublish()
    assert client.get("/de/nl/news/").status_code == 404


def test_words_that_changed_are_told_and_the_rest_is_not() -> None:
    pieces = word_diff("Two centres opened in May.", "Three centres opened in June.")
    assert [tuple(piece) for piece in pieces] == [
        ("out", "Two"), ("in", "Three"), ("same", " centres opened in "),
        ("out", "May"), ("in", "June"), ("same", "."),
    ]  # fmt: skip
    before, after = "one two three four", "five six seven"
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "in") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "out") == after
