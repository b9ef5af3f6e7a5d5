"""HTML is read into a tree of words: what it says stays, whatever else stands in it."""

import pytest

from contactpoint.kit.composing.document import (
    Heading,
    Listing,
    Paragraph,
    Quote,
    Run,
    Table,
    address,
    words,
)
from contactpoint.kit.composing.reading import blocks_of

BASE = "https://portal.test/en/publications/one/"


def test_marks_and_links_of_a_paragraph_stay() -> None:
    html = '<p>A <b>new <i>law</i></b>\n on <a href="/en/x/">asylum</a><br>m<sup>2</sup></p>'
    assert blocks_of(html, BASE) == [
        Paragraph(
            [
                Run("A "),
                Run("new ", bold=True),
                Run("law", bold=True, italic=True),
                Run(" on "),
                Run("asylum", url="https://portal.test/en/x/"),
                Run("\nm"),
                Run("2", raised="super"),
            ]
        )
    ]


def test_lists_may_hold_lists() -> None:
    html = "<ol><li>One<ul><li>Two</li></ul></li><li></li><li><p>Three</p></li></ol>"
    inner = Listing([[Paragraph([Run("Two")])]])
    outer = Listing([[Paragraph([Run("One")]), inner], [Paragraph([Run("Three")])]], ordered=True)
    assert blocks_of(html) == [outer]


def test_headings_quotations_and_tables_are_what_they_are() -> None:
    html = (
        "<h2>About</h2><h3>Less</h3><blockquote><p>Said.</p><footer>Who</footer></blockquote>"
        "<table><caption>All</caption><tr><th>Land<th>2026</tr><tr><td>BE<td>34 000</tr></table>"
    )
    assert blocks_of(html) == [
        Heading([Run("About")], 1),
        Heading([Run("Less")], 2),
        Quote([Run("Said.")], "Who"),
        Table(["Land", "2026"], [["BE", "34 000"]], "All", frozenset({1})),
    ]


def test_what_is_no_text_is_left_out() -> None:
    html = "<p>a<script>b</script><style>c</style><svg><text>d</text></svg><img alt='e'></p>"
    assert blocks_of(html) == [Paragraph([Run("a"), Run("e", italic=True)])]


def test_text_is_read_once_as_its_letters() -> None:
    [block] = blocks_of("<p>&lt;b&gt; &amp;amp; #let</p>")
    assert block == Paragraph([Run("<b> &amp; #let")])


@pytest.mark.parametrize("tag", ["b", "div", "ul><li", "blockquote", "h2", "table><tr><td"])
def test_what_stands_ten_thousand_deep_is_read_all_the_same(tag: str) -> None:
    blocks = blocks_of(f"<{tag}>" * 10_000 + "deep")
    assert "deep" in repr(blocks)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("/en/x/", "https://portal.test/en/x/"),
        ("#notes", f"{BASE}#notes"),
        ("mailto:info@portal.test", "mailto:info@portal.test"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("https://a.test/ b", ""),
        ("https://[", ""),
        ("https://a.test/" + "x" * 3000, ""),
    ],
)
def test_only_addresses_that_a_reader_may_be_sent_to_stay(given: str, wanted: str) -> None:
    assert address(given, BASE) == wanted


def test_words_are_what_runs_say() -> None:
    assert words([Run("a"), Run("b", bold=True)]) == "ab"


def test_columns_stand_as_most_of_their_cells_do() -> None:
    row = '<tr><td>BE</td><td class="{0}">7</td><td class="{1}">yes</td></tr>'
    html = (
        "<table><tr><th>State</th><th>Files</th><th>Online</th></tr>"
        + row.format("centred", "at-end")
        + row.format("centred", "at-end")
        + row.format("", "")
        + "</table>"
    )
    (table,) = blocks_of(html)
    assert isinstance(table, Table)
    assert (table.numbers, table.centred) == ({2}, {1})


def test_what_is_marked_in_a_cell_stays_marked() -> None:
    html = "<table><tr><th>A<sup>1</sup></th></tr><tr><td>B <b>c</b></td></tr></table>"
    (table,) = blocks_of(html)
    assert isinstance(table, Table)
    assert table.head == [[Run("A"), Run("1", raised="super")]]
    assert table.rows == [[[Run("B "), Run("c", bold=True)]]]
    assert (table.heads, table.texts) == (["A1"], [["B c"]])


def test_notes_lead_both_ways_and_other_ways_lead_out() -> None:
    html = (
        '<p>So<sup><a id="fnref-2" href="#fn-2">2</a></sup> <a id="x" href="#x">there</a></p>'
        '<ol start="2"><li id="fn-2"><p>Of 2018.</p> <a href="#fnref-2">↑</a></li></ol>'
    )
    text, notes = blocks_of(html, "https://portal.example/en/one/")
    assert isinstance(text, Paragraph)
    assert text.runs[1] == Run("2", raised="super", url="#fn-2", place="fnref-2")
    assert text.runs[-1].url == "https://portal.example/en/one/#x"
    assert isinstance(notes, Listing)
    assert notes.first == 2
    assert notes.items == [
        [Paragraph([Run("Of 2018.", place="fn-2"), Run(" "), Run("↑", url="#fnref-2")])]
    ]
