"""What is read of each kind of file, and on which page it stands."""

import tempfile
from typing import Any

import made_files as made
import pytest

from contactpoint.media.formats import guarding
from contactpoint.media.formats.formats import MOST_PAGES
from contactpoint.media.formats.tidying import joined, tidy


def read(data: bytes, suffix: str) -> dict[str, Any]:
    """As the job reads it: in another process."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        return guarding.read_guarded(file, suffix)


def texts(data: bytes, suffix: str) -> dict[int, str]:
    return dict(read(data, suffix)["texts"])


def test_a_pdf_is_read_by_page_and_empty_ones_keep_their_number() -> None:
    found = read(made.pdf(["Asylum in Europe", "goes on."], [], ["R\xe9union familiale."]), "pdf")
    assert found == {
        "unit": "page",
        "pages": 3,
        "cut": False,
        "texts": [[1, "Asylum in Europe goes on."], [3, "R\xe9union familiale."]],
    }


def test_a_word_divided_at_the_end_of_a_line_is_whole_again() -> None:
    lines = ["The recep-", "tion of applicants and ad-hoc que-", "ries, an ad-", "hoc answer."]
    assert texts(made.pdf(lines), "pdf") == {
        1: "The reception of applicants and ad-hoc queries, an ad-hoc answer."
    }


def test_word_pages_are_those_that_word_laid_out() -> None:
    data = made.docx(
        "First page.",
        f"<w:r>{made.LAID_OUT}<w:t>Second</w:t></w:r><w:r><w:t> page.</w:t></w:r>",
        f"<w:r>{made.BREAK}</w:r><w:r>{made.LAID_OUT}<w:t>Third page.</w:t></w:r>",
    )
    found = read(data, "docx")
    assert (found["unit"], found["pages"]) == ("page", 3)
    assert found["texts"] == [[1, "First page."], [2, "Second page."], [3, "Third page."]]


def test_without_a_layout_the_pages_that_the_author_began_count() -> None:
    found = read(made.docx("One.", f"<w:r>{made.BREAK}<w:t>Two.</w:t></w:r>"), "docx")
    assert found["texts"] == [[1, "One."], [2, "Two."]]
    whole = read(made.docx("One.", "Two."), "docx")
    assert (whole["unit"], whole["pages"], whole["texts"]) == ("whole", 0, [[1, "One.\nTwo."]])


def test_a_note_stands_on_the_page_that_refers_to_it() -> None:
    refers = '<w:r><w:t>See</w:t><w:footnoteReference w:id="2"/></w:r>'
    data = made.docx(
        "One.", f"<w:r>{made.BREAK}</w:r>{refers}", f"<w:r>{made.BREAK}<w:t>Three.</w:t></w:r>",
        notes={"2": "Directive 2003/86."},
    )  # fmt: skip
    assert texts(data, "docx") == {1: "One.", 2: "See\nDirective 2003/86.", 3: "Three."}


def test_what_was_deleted_in_word_or_repeated_for_old_programs_is_left_out() -> None:
    kept = made.run("Kept")
    gone = "<w:del><w:r><w:delText>Gone</w:delText></w:r></w:del>"
    once = made.run("once")
    twice = f"<mc><w:Choice>{once}</w:Choice><w:Fallback>{once}</w:Fallback></mc>"
    assert texts(made.docx(f"{kept}{gone}<w:r><w:tab/></w:r>{twice}"), "docx") == {1: "Kept once"}


def test_slides_are_read_in_the_order_of_the_show() -> None:
    found = read(made.pptx("Title\nSubtitle", "Hidden", "Third", hidden=[2]), "pptx")
    assert found == {
        "unit": "slide",
        "pages": 3,
        "cut": False,
        "texts": [[1, "Title\nSubtitle"], [3, "Third"]],
    }


def test_sheets_are_read_by_row_and_hidden_ones_are_not() -> None:
    rows = {
        "Decisions": [["Country", "2019"], ["Belgium", 17220.0]],
        "Working": [["secret"]],
        "Notes": [["Rounded."]],
    }
    found = read(made.xlsx(rows, hidden=["Working"]), "xlsx")
    assert (found["unit"], found["pages"]) == ("sheet", 3)
    assert found["texts"] == [
        [1, "Decisions\nCountry 2019\nBelgium 17220"],
        [3, "Notes\nRounded."],
    ]


def test_a_sheet_that_says_to_be_huge_is_read_as_long_as_it_is() -> None:
    parts = made.unzipped(made.xlsx({"One": [["a"]]}))
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'ref="A1"', b'ref="A1:XFD1048576"')
    assert parts["xl/worksheets/sheet1.xml"] != sheet
    assert texts(made.zipped(parts), "xlsx") == {1: "One\na"}


def test_an_opendocument_text_is_read_by_its_page_breaks() -> None:
    breaking = '<style:paragraph-properties fo:break-before="page"/>'
    style = f'<style:style style:name="P1">{breaking}</style:style>'
    body = (
        "<office:text><text:tracked-changes><text:p>Gone</text:p></text:tracked-changes>"
        '<text:p text:style-name="P1">One<text:s/>page</text:p><text:p>goes '
        '<text:soft-page-break/>over</text:p><text:p text:style-name="P1">Three'
        "<office:annotation><text:p>a comment</text:p></office:annotation></text:p></office:text>"
    )
    found = read(made.opendocument("text", body, styles=style), "odt")
    assert (found["unit"], found["pages"]) == ("page", 3)
    assert found["texts"] == [[1, "One page\ngoes"], [2, "over"], [3, "Three"]]


def test_an_opendocument_text_without_breaks_is_one() -> None:
    found = read(made.opendocument("text", "<text:p>All</text:p>"), "odt")
    assert (found["unit"], found["pages"], found["texts"]) == ("whole", 0, [[1, "All"]])


def test_an_opendocument_presentation_is_read_by_slide() -> None:
    body = (
        "<draw:page><text:p>One</text:p><presentation:notes><text:p>spoken</text:p>"
        "</presentation:notes></draw:page><draw:page><text:p>Two</text:p></draw:page>"
    )
    found = read(made.opendocument("presentation", body), "odp")
    assert (found["unit"], found["texts"]) == ("slide", [[1, "One"], [2, "Two"]])


def test_an_opendocument_spreadsheet_is_read_by_sheet() -> None:
    many = ' table:number-columns-repeated="900"'
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    rows = "".join(
        f"<table:table-row>{cell.format('', one)}{cell.format(many, other)}</table:table-row>"
        for one, other in ("ab", "cd")
    )
    body = f'<table:table table:name="Figures">{rows}</table:table><table:table table:name="More"/>'
    found = read(made.opendocument("spreadsheet", body), "ods")
    assert (found["unit"], found["pages"]) == ("sheet", 2)
    assert found["texts"] == [[1, "Figures\na b\nc d"], [2, "More"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_read_in_the_encodings_that_offices_leave(encoding: str) -> None:
    text = "L’été dernier, la durée de la procédure a été réduite à six mois."
    assert texts(text.encode(encoding), "txt") == {1: text}


def test_a_form_feed_begins_a_page_of_plain_text() -> None:
    found = read(b"one\ftwo", "txt")
    assert (found["unit"], found["pages"], found["texts"]) == ("page", 2, [[1, "one"], [2, "two"]])


@pytest.mark.parametrize("suffix", ["docx", "zip", ""])
def test_the_content_tells_the_kind_whatever_the_name_says(suffix: str) -> None:
    assert texts(made.pdf(["Asylum."]), suffix) == {1: "Asylum."}


def test_signs_that_nobody_sees_are_gone_and_ligatures_are_letters() -> None:
    assert tidy("o\ufb03ce\x00 \x07of\u00ad \ud800the\tday") == "office of the day"


def test_lines_flow_and_sentences_part() -> None:
    text = tidy("Asylum in\nthe Union.\nA new\r\n\r\nchapter")
    assert joined([(1, text)]) == [(1, "Asylum in the Union.\nA new\nchapter")]
    assert joined([(1, "well-\nKnown")]) == [(1, "well-Known")]


def test_a_long_file_is_read_as_far_as_it_may_be() -> None:
    data = made.pdf(*(["word"] for _number in range(10_000)))
    found = read(data, "pdf")
    assert (found["pages"], found["cut"], len(found["texts"])) == (10_000, True, MOST_PAGES)
