"""A document becomes a tagged PDF that says what is what, whatever anybody wrote into it."""

import datetime
import io
import json
from tempfile import TemporaryFile
from typing import Any

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from contactpoint.kit.composing import press
from contactpoint.kit.composing.document import (
    Document,
    Fact,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Run,
    Table,
)
from contactpoint.kit.composing.press import Printed, TooLongError, printed
from contactpoint.vocabulary.apart import CrashedError, run_apart

HOSTILE = (
    '#import "@preview/x:1.0.0" #read("/etc/passwd") $x_1$ @label <tag> \\ `raw` *b* _i_ = y // z'
)


def document(**given: Any) -> Document:
    made_at = datetime.datetime(2026, 9, 30, 10, 0, tzinfo=datetime.UTC)
    return Document(
        **{"title": "A quarter", "language": "en", "publisher": "EMN", "made_at": made_at} | given
    )


def paragraph(text: str, **look: Any) -> Paragraph:
    return Paragraph([Run(text, **look)])


@pytest.fixture(scope="module")
def whole() -> Printed:
    """One that has everything in it."""
    return printed(
        document(
            title="Quarterly, July to September 2026",
            language="nl",
            summary="What three months brought.",
            kicker="Quarterly",
            dated="30 September 2026",
            facts=[Fact("Publisher", [Run("EMN Belgium")])],
            authors=["EMN Belgium"],
            blocks=[
                Heading([Run("Deep before its time")], 3),
                Listing([[paragraph("A law", url="https://portal.test/nl/wet/")]]),
                Heading([Run("Second")], 2),
                Quote([Run("A shared word is half an answer.")], "Somebody"),
                Table(["Country", "2026"], [["Belgium", "34,000"]], "Applicants", frozenset({1})),
                paragraph(HOSTILE),
                Paragraph([Run("قانون", language="ar"), Run(" Міграція Μετανάστευση მიგრაცია ሕጊ")]),
                *[paragraph("To turn the page. " * 60)] * 4,
            ],
            closing=[Run("https://portal.test/nl/", url="https://portal.test/nl/")],
        )
    )


def root(made: Printed) -> Any:
    return PdfReader(io.BytesIO(made.pdf)).trailer["/Root"]


def kinds(made: Printed) -> list[str]:
    """The kinds of structure elements, in reading order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict) and "/S" in node:
            found.append(str(node["/S"]))
            walk(node.get("/K"))

    walk(root(made)["/StructTreeRoot"]["/K"])
    return found


def text(made: Printed) -> str:
    pdf = PdfDocument(made.pdf)
    pages = [page.get_textpage().get_text_range() for page in pdf]
    return " ".join(" ".join(pages).split())


def test_it_is_tagged_in_the_order_in_which_it_is_read(whole: Printed) -> None:
    assert root(whole)["/MarkInfo"]["/Marked"]
    wanted = ["/Title", "/H1", "/L", "/LI", "/Link", "/H2", "/BlockQuote", "/Table", "/TH", "/TD"]
    found = kinds(whole)
    places = [found.index(kind) for kind in wanted]
    assert places == sorted(places)
    assert "pdfuaid:part" in root(whole)["/Metadata"].get_data().decode()


def test_it_says_its_title_its_language_and_who_wrote_it(whole: Printed) -> None:
    reader = PdfReader(io.BytesIO(whole.pdf))
    assert root(whole)["/Lang"].startswith("nl")
    assert root(whole)["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Quarterly, July to September 2026"
    assert reader.metadata.author == "EMN Belgium"


def test_its_headings_are_bookmarks_that_leave_out_no_level(whole: Printed) -> None:
    first, below = PdfReader(io.BytesIO(whole.pdf)).outline
    assert first["/Title"] == "Deep before its time"
    assert [one["/Title"] for one in below] == ["Second"]


def test_its_links_lead_where_they_did(whole: Printed) -> None:
    pages = PdfReader(io.BytesIO(whole.pdf)).pages
    found = [note.get_object()["/A"]["/URI"] for page in pages for note in page.get("/Annots", [])]
    assert found[0] == "https://portal.test/nl/wet/"
    assert found[-1] == "https://portal.test/nl/"


def test_its_text_can_be_read_back_in_its_order(whole: Printed) -> None:
    said = text(whole)
    order = ["Quarterly", "What three months", "Publisher", "EMN Belgium", "Deep", "A law", "half"]
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    assert "EMN · 30 September 2026" in said
    assert whole.pages == 2
    assert "1 / 2" in said


def test_markup_in_a_text_is_text(whole: Printed) -> None:
    assert HOSTILE in text(whole)


def test_all_fonts_are_embedded_and_all_letters_known(whole: Printed) -> None:
    fonts = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in PdfReader(io.BytesIO(whole.pdf)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts >= {"PortalDisplay-Semibold", "PortalSerif-Regular", "PortalEthiopic-Regular"}
    assert all(name.startswith("Portal") for name in fonts)
    assert "Міграція Μετανάστευση მიგრაცია ሕጊ" in text(whole)


def test_no_words_of_any_part_stop_it() -> None:
    hostile = HOSTILE + "\x00\ud800\u202e漢字 😀" + "x" * 10_000 + "\n\t\u0301"
    parts = dict.fromkeys(("title", "summary", "kicker", "publisher", "dated"), hostile)
    fact = Fact(hostile, [Run(hostile)])
    row = [hostile[:200]] * 3
    table = Table(row, [row], hostile)
    blocks = [Heading([Run(hostile)]), Quote([Run(hostile)], hostile), table]
    made = printed(document(**parts, facts=[fact], blocks=blocks, closing=[Run(hostile)]))
    assert text(made).count('read("/etc/passwd")') >= 8


def test_words_of_ten_thousand_letters_stay_on_the_paper() -> None:
    made = printed(document(blocks=[paragraph("x" * 10_000), Heading([Run("y" * 10_000)])]))
    page = PdfDocument(made.pdf)[0]
    letters = page.get_textpage()
    width = page.get_width()
    rights = [letters.get_charbox(at)[2] for at in range(letters.count_chars())]
    assert max(rights) < width - 40
    assert text(made).count("x") >= 10_000


def test_facts_that_fill_no_margin_stand_below_the_title() -> None:
    facts = [Fact("Author", [Run(f"Institution number {n}")]) for n in range(200)]
    made = printed(document(facts=facts, blocks=[paragraph("Then the text.")]))
    said = text(made)
    assert said.index("number 199") < said.index("Then the text.")


def test_letters_that_no_font_has_are_said_to_be_missing() -> None:
    assert "a ? b" in text(printed(document(blocks=[paragraph("a 漢 b")])))


def test_a_right_to_left_document_begins_at_the_right() -> None:
    made = printed(
        document(language="ar", title="الهجرة واللجوء", blocks=[paragraph("قانون جديد")])
    )
    page = PdfDocument(made.pdf)[0]
    letters = page.get_textpage()
    arabic = [at for at, letter in enumerate(letters.get_text_range()) if letter in "قانوجديد"]
    boxes = [letters.get_charbox(at) for at in arabic]
    assert max(box[2] for box in boxes) > 0.6 * page.get_width()
    assert min(box[0] for box in boxes) > 0.4 * page.get_width()
    assert root(made)["/Lang"].startswith("ar")


def test_the_same_document_is_the_same_file(whole: Printed) -> None:
    assert printed(document()) == printed(document())


def test_what_is_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "LARGEST", 1000)
    with pytest.raises(TooLongError):
        printed(document())


def test_the_process_that_sets_it_can_open_nothing() -> None:
    """The template asked for a file would fail; so the data is made wrong, and it ends."""
    with TemporaryFile() as file:
        file.write(json.dumps({"language": "en"}).encode())
        file.seek(0)
        with pytest.raises(CrashedError):
            run_apart(
                press._CHILD,
                ["document", "5", str(press.MOST_MEMORY), "0"],
                file,
                waiting=20,
                most=99,
            )
