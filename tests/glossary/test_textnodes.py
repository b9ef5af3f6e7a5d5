"""Offsets in what a reader sees lead back to the source, whatever the source looks like."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contactpoint.glossary.textnodes import TextNodes


def found(html: str, words: str) -> str | None:
    """The source of the first `words` in the text; None where nothing may be added there."""
    nodes = TextNodes(html, "en")
    at = nodes.text.index(words)
    span = nodes.span(at, at + len(words))
    return html[span.start : span.end] if span else None


@pytest.mark.parametrize(
    ("html", "words", "source"),
    [
        ("<p>on asylum</p>", "asylum", "asylum"),
        ("<p>a &lt; b,\r\nr&eacute;fugi&#233; &amp; asile</p>", "réfugié", "r&eacute;fugi&#233;"),
        ("<p>first\nsecond\n\nthird asylum</p>", "asylum", "asylum"),
        ("<p>Q&ampA</p>", "Q&A", "Q&ampA"),
        ("<p>1 < 2 & asylum</p>", "asylum", "asylum"),
        ('<p title="asylum">the <b>right of asylum</b></p>', "right of asylum", "right of asylum"),
        ("plain words", "words", "words"),
    ],
)
def test_words_are_found_as_they_were_written(html: str, words: str, source: str) -> None:
    assert found(html, words) == source


@pytest.mark.parametrize(
    "html",
    [
        "<p><b>asy</b>lum</p>",
        "<p>asy<!-- -->lum</p>",
        "<h2>asylum</h2>",
        '<p><a href="/x/">on <b>asylum</b></a></p>',
        "<p><code>asylum</code></p>",
        "<blockquote><p>Words.</p><footer>asylum</footer></blockquote>",
        '<p><span lang="fr">asylum</span></p>',
        "<p><a href='/x/'>never closed asylum</p>",
    ],
)
def test_what_spans_tags_or_stands_in_a_link_heading_or_source_is_left_alone(html: str) -> None:
    assert found(html, "asylum") is None


@pytest.mark.parametrize("tag", ["script", "style", "textarea", "button", "svg", "title"])
def test_what_is_no_text_of_the_page_is_not_read(tag: str) -> None:
    assert "asylum" not in TextNodes(f"<p>one</p><{tag}>asylum</{tag}>", "en").text


def test_a_word_ends_where_a_paragraph_does() -> None:
    assert "asylumseeker" not in TextNodes("<p>asylum</p><p>seeker</p>", "en").text
    assert "note1" not in TextNodes("<p>note<sup>1</sup></p>", "en").text
    assert "refugees" in TextNodes("<p><b>refugee</b>s</p>", "en").text


ODDITIES = [
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<a/href='x'>",
    "</a>",
    "<br>",
    "<br/>",
    "&amp;",
    "&",
    "&#x41;",
    "&eacute",
    "<",
    "<!--a-->",
    "<?x?>",
    "\r\n",
    "\n",
    "<![CDATA[x]]>",
    "<script>",
    "</script>",
    "<textarea>",
    "</",
    "<!doctype>",
    "&NotEqualTilde;",
]


@settings(max_examples=400)
@given(st.lists(st.one_of(st.text(max_size=8), st.sampled_from(ODDITIES)), max_size=14))
def test_no_fragment_fails_and_every_span_stands_for_its_words(parts: list[str]) -> None:
    html = "".join(parts)
    nodes = TextNodes(html, "en")
    for at, letter in enumerate(nodes.text):
        if letter.isalnum() and (span := nodes.span(at, at + 1)):
            written = html[span.start : span.end]
            assert written == letter or written.startswith("&")
