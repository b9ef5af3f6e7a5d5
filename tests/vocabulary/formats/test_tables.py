"""The EMN's layout is read as its readers mean it, and written so that nobody is harmed by it."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from contactpoint.vocabulary import Definition, Label, Note, Scheme, VocabularyError
from contactpoint.vocabulary.formats import FORMATS, cells, read, write
from contactpoint.vocabulary.formats.cells import Tagged
from contactpoint.vocabulary.formats.tables import COLUMNS

LAYOUT = Path(__file__).parents[1] / "data" / "emn_layout.csv"
HEADER = "Term,Definition,Source,Translations,Synonyms,Broader,Narrower,Related,Notes"


@pytest.fixture(scope="module")
def layout() -> Scheme:
    return read(LAYOUT)


def row(**cells_: str) -> bytes:
    columns = HEADER.split(",")
    stream = StringIO()
    csv.writer(stream).writerows([columns, [cells_.get(one.lower(), "") for one in columns]])
    return stream.getvalue().encode()


def test_twenty_concepts_in_the_emn_layout_are_read(layout: Scheme) -> None:
    assert len(layout.concepts) == 20
    languages = {label.language for one in layout.concepts.values() for label in one.labels}
    assert len(languages) >= 29
    assert layout.concepts["family-reunification"].broader == ("family-migration",)
    assert layout.concepts["migrant"].narrower == ("migrant-worker", "refugee")
    assert layout.concepts["international-protection"].related == ("asylum-seeker", "refugee")


def test_old_country_codes_are_languages_and_uk_is_ukrainian(layout: Scheme) -> None:
    labels = layout.concepts["asylum-seeker"].labels
    found = {(one.language, one.variant): one.text for one in labels if one.kind == "preferred"}
    assert found["cs", ""] == "žadatel o azyl"
    assert found["et", ""] == "varjupaigataotleja"
    assert found["el", ""] == "αιτών άσυλο"
    assert found["sv", ""] == "asylsökande"
    assert found["sl", ""] == "prosilec za azil"
    assert found["uk", ""] == "шукач притулку"


def test_norwegian_is_told_apart_and_a_country_is_a_variant(layout: Scheme) -> None:
    labels = layout.concepts["asylum-seeker"].labels
    assert Label("asylsøker", "nb") in labels
    assert Label("asylsøkjar", "nn") in labels
    assert Label("Asylwerber", "de", variant="AT") in labels
    assert Label("applicant for international protection", "en", variant="EU acquis") in labels
    assert Label("demandeur de protection internationale", "fr", variant="LU") in labels
    assert Label("MENA", "fr", "alternative", "BE") in layout.concepts["unaccompanied-minor"].labels


def test_the_first_alternative_is_the_preferred_label_the_others_are_synonyms(
    layout: Scheme,
) -> None:
    labels = layout.concepts["asylum-seeker"].labels
    assert Label("Asylbewerber", "de") in labels
    assert Label("Asylsuchender", "de", "alternative") in labels
    assert Label("asylum applicant", "en", "alternative") in labels


def test_definitions_have_their_context_and_their_own_source(layout: Scheme) -> None:
    assert layout.concepts["asylum-seeker"].definitions == (
        Definition(
            "A third-country national or stateless person whose application for international "
            "protection has not been decided for good.",
            "en",
            "Directive 2013/32/EU, Article 2(c)",
            "EU",
        ),
        Definition(
            "Somebody who asks a foreign State for protection and waits for the answer.",
            "en",
            "Own wording",
            "global",
        ),
    )


def test_each_line_of_the_notes_is_a_note_of_its_kind(layout: Scheme) -> None:
    assert [one.text[:2] for one in layout.concepts["migration"].notes] == ["1.", "2."]
    assert layout.concepts["international-protection"].notes[0].kind == "scope"
    assert layout.concepts["migration-policy"].notes == (
        Note(
            "A yearly plan for legal pathways 24/7 open to review and/or revision.", "en", "example"
        ),
    )


def test_a_cell_that_was_wrapped_by_hand_is_one_definition() -> None:
    scheme = read(row(term="asylum", definition="Protection\nby a state.", source="A law"))
    assert scheme.concepts["asylum"].definitions == (
        Definition("Protection by a state.", "en", "A law"),
    )


def test_columns_stand_in_the_emns_order(layout: Scheme) -> None:
    rows = list(csv.reader(StringIO(write(layout, "csv").decode("utf-8-sig"), newline="")))
    assert rows[0] == list(COLUMNS)
    assert rows[0][2:10] == [
        *("Definition", "Source", "Translations", "Synonyms"),
        *("Broader", "Narrower", "Related", "Notes"),
    ]
    asylum_seeker = next(one for one in rows if one[0] == "asylum seeker")
    assert "AT: Asylwerber" in asylum_seeker[4]
    assert "NO (b): asylsøker ; NO (n): asylsøkjar" in asylum_seeker[4]
    assert asylum_seeker[8] == "international protection ; refugee"


@pytest.mark.parametrize(
    ("cells_", "message"),
    [
        ({"term": "a", "translations": "asile"}, "2, column Translations: concept 'a': 'asile'"),
        ({"term": "a", "translations": "DK: asyl"}, "DK is no code of a language. Write DA"),
        ({"term": "a", "synonyms": "LU: asile"}, "Write FR (LU) or DE (LU)"),
        ({"term": "a", "broader": "nowhere"}, "column Broader: concept 'a': 'nowhere' is the term"),
        ({"definition": "Nobody's."}, "column Term: the row has neither term nor id"),
        ({"term": "a", "notes": "secret EN: x"}, "'secret' is no kind of note"),
    ],
)  # fmt: skip
def test_an_error_names_the_row_the_column_the_concept_and_the_mend(
    cells_: dict[str, str], message: str
) -> None:
    with pytest.raises(VocabularyError) as caught:
        read(row(**cells_), format="csv")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Term,Colour\na,red\n", "line 1: there is no column 'Colour'"),
        ("Term,Term\na,b\n", "the column Term comes twice"),
        ("Colour\nred\n", "there is no column"),
        ("Term,ID\nasylum,a\nreturn,a\n", "line 3, column ID: concept 'a'"),
        ("Term,Status\nasylum,odd\n", "'odd' is no status"),
        ('Term,Definition\nasylum,"never closed\n', "line 2: "),
        ("Term,Definition\n", "holds no concept"),
        ("Term,Other statements\nasylum,<a> b\n", "column Other statements: concept 'asylum'"),
        ("Term,Other statements\nasylum,<a b> <c> .\n", "is no address"),
    ],
)
def test_a_table_that_is_none_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        read(text.encode(), format="csv")
    assert message in str(caught.value)


def test_semicolons_as_excel_writes_them_and_tabs_are_read_too() -> None:
    for delimiter in ";\t":
        text = f"Term{delimiter}Synonyms\nasylum{delimiter}right of asylum\n"
        labels = read(text.encode("utf-8-sig"), format="csv").concepts["asylum"].labels
        assert labels == (Label("asylum", "en"), Label("right of asylum", "en", "alternative"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "'=", "''@"])
def test_a_cell_that_would_run_is_written_as_text(start: str) -> None:
    assert cells.safe(f"{start}cmd()") == f"'{start}cmd()"
    assert cells.unsafe(cells.safe(f"{start}cmd()")) == f"{start}cmd()"


@pytest.mark.parametrize("format_name", ["csv", "xlsx"])
def test_no_written_cell_is_a_formula(whole: Scheme, format_name: str) -> None:
    data = write(whole, format_name)
    if format_name == "csv":
        found = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
        assert not [one for line in found for one in line if one[:1] in {*"=+-@\t\r"}]
    else:
        sheet = load_workbook(BytesIO(data)).worksheets[0]
        kinds = {cell.data_type for line in sheet.iter_rows() for cell in line}
        assert "f" not in kinds


@given(st.text(), st.booleans())
def test_any_text_survives_its_escape(text: str, in_list: bool) -> None:
    assert cells.unescape(cells.escape(text, in_list=in_list)) == text


@given(st.lists(st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool)))
def test_any_labels_survive_one_cell(texts: list[str]) -> None:
    given_ = [Tagged(text, "en") for text in dict.fromkeys(texts)]
    found = [one for group in cells.alternatives(cells.joined(given_), None) for one in group]
    assert found == given_


@given(st.text().map(cells.safe))
def test_unsafe_undoes_safe(text: str) -> None:
    assert cells.safe(cells.unsafe(text)) == text or not text.startswith("'")


def test_numbers_in_a_workbook_are_read_as_they_look() -> None:
    book = Workbook()
    book.active.append(["Term", "Notation"])
    book.active.append(["asylum", 7211])
    stream = BytesIO()
    book.save(stream)
    assert read(stream.getvalue()).concepts["asylum"].notation == "7211"


def test_a_cell_too_long_for_a_workbook_names_its_concept() -> None:
    long = row(term="asylum", definition="x" * 40_000)
    with pytest.raises(VocabularyError, match=r"concept 'asylum': .* has 40,004 characters"):
        FORMATS["xlsx"].write(read(long, format="csv"))
