"""A document as plain text has the same words and addresses, in lines that any program shows."""

import datetime

from contactpoint.kit.composing.document import Document, Heading, Run
from contactpoint.kit.composing.plain import WIDTH, plain
from contactpoint.kit.composing.reading import blocks_of

HTML = (
    '<h2>Asylum</h2><ul><li><a href="/x/">A law</a> (1 July): it is about a long time in which much'
    " has to be said of it.<ul><li>Part</li></ul></li><li>Two</li></ul>"
    "<blockquote><p>Said.</p><footer>Who</footer></blockquote>"
    '<p><a href="https://a.test/">https://a.test/</a></p>'
)


def test_words_and_addresses_stand_in_their_order() -> None:
    document = Document(
        title="A quarter",
        language="en",
        publisher="EMN",
        made_at=datetime.datetime(2026, 9, 30, tzinfo=datetime.UTC),
        dated="30 September 2026",
        summary="What it brought.",
        address="https://portal.test/q/",
        blocks=blocks_of(HTML, "https://portal.test/"),
    )
    assert plain(document) == (
        "EMN · 30 September 2026\n\nA QUARTER\n\nWhat it brought.\n\nhttps://portal.test/q/\n\n"
        "Asylum\n======\n\n"
        "- A law (1 July): it is about a long time in which much has to be said\n"
        "  of it.\n  https://portal.test/x/\n  - Part\n\n- Two\n\n"
        "> Said.\n> (Who)\n\nhttps://a.test/\n"
    )
    assert max(map(len, plain(document).splitlines())) <= WIDTH


def test_a_heading_that_leads_somewhere_says_where() -> None:
    document = Document(
        title="New",
        language="en",
        publisher="EMN",
        made_at=datetime.datetime(2026, 9, 30, tzinfo=datetime.UTC),
        blocks=[Heading([Run("A study", url="https://portal.test/s/")])],
    )
    assert "A study\n=======\nhttps://portal.test/s/\n" in plain(document)
