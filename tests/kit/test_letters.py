"""A document becomes a mail that holds in every program: tables, words, and nothing to fetch."""

import datetime
import re
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.utils import translation
from selectolax.lexbor import LexborHTMLParser

from contactpoint.kit.composing.document import Document, Run, Table
from contactpoint.kit.composing.reading import blocks_of
from contactpoint.kit.letters import letter
from contactpoint.kit.mail import unsent

HTML = (
    '<h2>Asylum</h2><p>A <b>new</b> <i>law</i><br>m<sup>2</sup></p><ul><li><a href="/en/x/">One</a>'
    "<ol><li>Two</li></ol></li></ul><blockquote>Said.<footer>Who</footer></blockquote>"
)


def document(**given: Any) -> Document:
    made_at = datetime.datetime(2026, 9, 30, tzinfo=datetime.UTC)
    whole = {
        "title": "A quarter",
        "language": "nl",
        "publisher": "EMN",
        "made_at": made_at,
        "summary": "What it brought.",
        "address": "https://portal.test/nl/q/",
        "blocks": [
            *blocks_of(HTML, "https://portal.test/"),
            Table(["Land", "2026"], [["BE", "34"]], "Applicants", frozenset({1})),
        ],
    }
    return Document(**whole | given)


def test_it_is_told_in_the_language_of_the_document_whoever_asks() -> None:
    with translation.override("de"):
        made = letter(document())
    page = LexborHTMLParser(made.html)
    assert page.css_first("html").attributes["lang"] == "nl"
    assert page.css_first("body > div").attributes["lang"] == "nl"
    assert 'lang="nl" dir="ltr"' in made.html
    assert "Lees dit op het portaal" in made.html


def test_all_that_it_says_stands_in_both_parts() -> None:
    made = letter(document(), note="You asked for it.")
    shown = " ".join((LexborHTMLParser(made.html).body.text(separator=" ")).split())
    for words in ("A quarter", "What it brought.", "Asylum", "new", "One", "Two", "Said.", "Who",
                  "Applicants", "34", "You asked for it."):  # fmt: skip
        assert words in shown
        assert words.upper() in made.text.upper()
    assert "https://portal.test/en/x/" in made.text
    assert made.text.count("https://portal.test/nl/q/") == 1


def test_nothing_is_fetched_when_it_is_opened() -> None:
    html = letter(document()).html
    assert not re.search(r"<(img|link|script|iframe|object|video)\b|url\(|@import|\bsrc=", html)


def test_styles_stand_in_the_elements_for_programs_that_read_no_sheet() -> None:
    page = LexborHTMLParser(letter(document()).html)
    for kind in ("h1", "h2", "p", "li", "blockquote, td.mark", "th"):
        for one in page.css(kind):
            assert "font-family" in one.attributes["style"]
            assert re.search(r"color:#[0-9a-f]{6}", one.attributes["style"])


def test_every_colour_has_one_for_the_dark() -> None:
    html = letter(document()).html
    dark = html.partition("prefers-color-scheme: dark")[2].partition("</style>")[0]
    coloured = {"#16202b": "ink", "#515c68": "quiet", "#0b4f8a": "link", "#fbfaf7": "paper"}
    for one in LexborHTMLParser(html).css("[style]"):
        classes = (one.attributes.get("class") or "").split()
        found = re.search(r"(?<![-a-z])color:(#[0-9a-f]{6})", one.attributes["style"])
        if found and "display:none" not in one.attributes["style"]:
            wanted = coloured[found[1]]
            assert wanted in classes
            assert f".{wanted} {{ color" in dark


@pytest.mark.parametrize("name", ["title", "summary", "publisher", "kicker", "dated", "language"])
def test_what_anybody_wrote_is_text(name: str) -> None:
    hostile = '"><script>x()</script><img src=x> <!--[if mso]> {{ settings }}'
    made = letter(document(**{name: hostile}) if name != "language" else document(language="ar"))
    assert "<script" not in made.html
    assert "<img" not in made.html
    assert made.html.count("<!--[if mso]>") == 3
    hostile_run = document(blocks=[Table([hostile], [[hostile]])])
    assert "<script" not in letter(hostile_run).html


def test_a_line_break_in_a_title_makes_no_header() -> None:
    assert letter(document(title="A\r\nBcc: all@portal.test")).subject == "A Bcc: all@portal.test"


def test_a_right_to_left_mail_is_set_that_way() -> None:
    made = letter(document(language="ar", blocks=[], title="الهجرة"))
    assert '<html lang="ar" dir="rtl"' in made.html


def test_as_a_file_it_is_a_draft_without_a_receiver() -> None:
    made = letter(document(closing=[Run("x")]))
    data = unsent("editor@portal.test", made.subject, made.text, made.html, language=made.language)
    message = message_from_bytes(data, policy=policy.default)
    assert message["X-Unsent"] == "1"
    assert message["To"] is None
    assert message["From"] == "editor@portal.test"
    assert message["Subject"] == "A quarter"
    assert message["Content-Language"] == "nl"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message.get_body(("html",)).get_content().split() == made.html.split()
    assert max(map(len, data.splitlines())) <= 998
