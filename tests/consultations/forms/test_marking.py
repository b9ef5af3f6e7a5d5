"""Chapters written in Markdown, and the HTML that is kept of them."""

import time

import pytest

from contactpoint.consultations.forms.marking import MarkingError, cleaned, marked

CHAPTER = """# The law

A **bold** claim[^b] and *another*[^a], see [there](https://example.org/x) and again[^b].

| Year | Files |
|------|------:|
| 2018 | 12 |

[^a]: Second.
[^b]: First, *of 2018*.
"""


def test_headings_tables_and_notes_become_html_of_few_elements() -> None:
    assert "".join(marked(CHAPTER).split("\n")) == (
        "<h2>The law</h2><p>A <strong>bold</strong> claim<sup>1</sup> and <em>another</em>"
        '<sup>2</sup>, see <a href="https://example.org/x" rel="noopener noreferrer">there</a> and '
        "again<sup>1</sup>.</p>"
        '<table><thead><tr><th scope="col">Year</th>'
        '<th scope="col" class="at-end">Files</th></tr></thead>'
        '<tbody><tr><td>2018</td><td class="at-end">12</td></tr></tbody></table>'
        "<h4>Notes</h4><ol><li><p>First, <em>of 2018</em>.</p></li><li><p>Second.</p></li></ol>"
    )


def test_a_column_stands_as_it_was_marked_and_no_other_class_comes_through() -> None:
    said = marked("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n")
    assert '<td>1</td><td class="centred">2</td><td class="at-end">3</td>' in "".join(
        said.split("\n")
    )
    assert cleaned('<td class="notice at-end" style="color:red">x</td>') in (
        '<td class="at-end">x</td>', "x"
    )  # fmt: skip
    table = '<table><tr><td class="notice at-end" style="color:red">x</td></tr></table>'
    assert "notice" not in cleaned(table)
    assert 'class="at-end"' in cleaned(table)
    assert "style" not in cleaned(table)


def test_html_in_it_is_text_and_addresses_lead_to_the_web() -> None:
    said = marked("A <script>alert(1)</script> [b](javascript:alert(1)) ![c](https://x.test/c.png)")
    assert "<script" not in said
    assert 'href="javascript' not in said
    assert "<img" not in said
    assert marked("<p onclick='x'>Yes<script>y</script></p>") == "<p>Yes</p>"


def test_a_note_without_a_text_or_a_place_is_named() -> None:
    with pytest.raises(MarkingError, match=r"\[\^1\] has no text"):
        marked("A claim[^1].")
    with pytest.raises(MarkingError, match=r"refers to the note \[\^x\]"):
        marked("A claim.\n\n[^x]: Lost.")


def test_what_would_be_read_for_minutes_is_refused_at_once() -> None:
    begin = time.process_time()
    with pytest.raises(MarkingError, match="square brackets"):
        marked("[" * 100_000)
    marked("[" * 4_000)
    assert time.process_time() - begin < 5
