"""A page read around another language, or translated in part: links, languages, citations."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from factories import MadeSite, make_output
from registering import make_event
from translating import translate
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.operations import translate_object

from contactpoint.kit.templatetags.kit import worded

Committed = Callable[..., Any]
HOST = "http://localhost:8000"
SESSION = {
    "type": "session",
    "id": "a",
    "value": {
        "title": "Opening", "speakers": "Het agentschap", "text": "Wat er komt.", "day": None,
        "starts": None, "ends": None, "slides": None,
    },
}  # fmt: skip
WORDS = {"place": "Zaal 3", "accessibility": "Zonder drempels.", "programme": [SESSION]}


def _text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def _below(shown: str, path: str) -> set[str]:
    """The links to addresses under the one of a page, however they are written."""
    hrefs = re.findall(r'<a [^>]*?href="([^"#?]+)"', shown)
    relative = {f"{path}{href}" for href in hrefs if not href.startswith(("/", "http", "mailto"))}
    return relative | {href for href in hrefs if path in href and not href.endswith(path)}


def _data(shown: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown, re.DOTALL)[0]
    )
    return found


@pytest.mark.parametrize("around", ["", "/fr"])
def test_whoever_reads_an_event_in_another_language_can_take_part(
    client: Client, site: MadeSite, around: str
) -> None:
    event = make_event(site, language="nl")
    links = _below(_text(client, around + event.url), event.url)
    assert links == {f"{event.url}register/", f"{event.url}event.ics"}
    for link in links:
        assert client.get(link).status_code == 200


@pytest.mark.parametrize("around", ["", "/fr"])
def test_whoever_reads_a_publication_in_another_language_can_cite_it(
    client: Client, site: MadeSite, around: str
) -> None:
    page = make_output(site, "publication", title="Opvang", language="nl")
    answer = client.get(around + page.url)
    links = _below(answer.content.decode(), page.url)
    assert links == {f"{page.url}citation.{form}" for form in ("bib", "ris", "json")}
    for link in links:
        told = client.get(link)
        assert told.status_code == 200
        assert f"{HOST}{page.url}" in told.content.decode().replace("\\/", "/")
    assert answer.context["citation"].endswith(f" {HOST}{page.url}")


@pytest.mark.parametrize("kind", ["news-item", "publication", "event", "video", "development"])
def test_search_engines_are_told_the_page_that_it_is(
    client: Client, site: MadeSite, kind: str
) -> None:
    page = make_output(site, kind, language="nl")
    english = make_output(site, kind, language="en", translation_of=page)
    data = _data(_text(client, f"/fr{page.url}"))
    assert data == _data(_text(client, page.url))
    assert (data["inLanguage"], data["url"]) == ("nl", f"{HOST}{page.url}")
    if kind != "event":
        assert [one["url"] for one in data["workTranslation"]] == [f"{HOST}{english.url}"]


def test_the_facts_of_a_page_in_another_language_say_which(client: Client, site: MadeSite) -> None:
    event = make_event(site, language="nl", **WORDS)
    shown = _text(client, f"/fr{event.url}")
    assert '<dd><span lang="nl">Zonder drempels.</span></dd>' in shown
    assert shown.count('<span lang="nl">Zaal 3</span>, et en ligne') == 2
    assert 'class="session-title" lang="nl">Opening<' in shown
    assert '<ul class="session-speakers" lang="nl">' in shown
    assert '<div class="session-text" lang="nl">' in shown
    assert 'hreflang="nl">S’inscrire' in shown or 'hreflang="nl">S&#x27;inscrire' in shown
    law = make_output(site, "development", language="nl", legal_reference="Wet van 3 maart")
    assert '<dd><span lang="nl">Wet van 3 maart</span></dd>' in _text(client, f"/fr{law.url}")
    assert "<dd>Wet van 3 maart</dd>" in _text(client, law.url)


def test_facts_that_nobody_has_translated_say_their_language(
    client: Client, site: MadeSite, committed: Committed
) -> None:
    event = make_event(site, language="nl", **WORDS)
    committed(translate_object, event, [site.homes["fr"].locale])
    translation = Translation.objects.get()
    for segment in StringSegment.objects.filter(
        source=translation.source, context__path__in=("title", "accessibility", "programme.a.text")
    ):
        translate(translation, segment, f"FR {segment.string.data}")
    committed(translation.save_target)
    shown = _text(client, translation.get_target_instance().url)
    assert "<dd>FR Zonder drempels.</dd>" in shown
    assert shown.count('<span lang="nl">Zaal 3</span>, et en ligne') == 2
    assert 'class="session-title" lang="nl">Opening<' in shown
    assert '<div class="session-text"><p>FR Wat er komt.' in shown


def test_only_an_editors_words_within_a_text_are_marked_and_none_becomes_markup() -> None:
    around = {"content_language": "nl"}
    assert worded(around, "<b>, and online", "place", "<b>") == (
        '<span lang="nl">&lt;b&gt;</span>, and online'
    )
    assert worded(around, "Online", "place", "") == "Online"
    assert worded({}, "<b>", "place", "<b>") == "&lt;b&gt;"
    assert worded(around, "Closed", "", "") == "Closed"
