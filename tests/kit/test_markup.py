"""Light Markdown becomes blocks, and nothing in it becomes markup of its own."""

from contactpoint.kit.markup import stream_from_markdown


def test_headings_and_quotations_become_blocks_of_their_own() -> None:
    blocks = stream_from_markdown("One.\n\n## Two\nThree.\n\n> Four\n> five\n\n- six\n- seven")
    assert [kind for kind, _value in blocks] == [
        "paragraph",
        "heading",
        "paragraph",
        "quote",
        "paragraph",
    ]
    assert blocks[1][1] == "Two"
    assert blocks[3][1]["text"] == "Four five"
    assert "<li>six</li>" in str(blocks[4][1].source)


def test_neighbouring_paragraphs_share_one_block() -> None:
    ((kind, value),) = stream_from_markdown("One **bold**.\n\nTwo *leaning*.")
    assert kind == "paragraph"
    assert value.source == "<p>One <b>bold</b>.</p>\n<p>Two <i>leaning</i>.</p>"


def test_html_in_a_text_stays_text() -> None:
    ((_kind, value),) = stream_from_markdown("<script>alert(1)</script> ![x](javascript:y)")
    assert "<script" not in value.source
    assert "<img" not in value.source
