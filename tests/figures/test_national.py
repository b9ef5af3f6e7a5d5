"""Tables of national sources, by a mapping of their columns. The figures here are made up."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from contactpoint.figures.errors import FiguresError, UnreadableError
from contactpoint.figures.formats import read, write
from contactpoint.figures.limits import DEFAULT
from contactpoint.figures.model import Cell
from contactpoint.figures.national import mapping, read_national

ABOUT = 'dataset = "be-places"\npublisher = "Fedasil"\ntitle = "Places"\nunit = "PLACE"\n'
LONG = mapping(ABOUT + """
[table]
header = 2
decimal = ","
thousands = "."
missing = ["-"]
marks = { "*" = "p" }
skip = ["Totaal"]
until = "Bron"
ignore = ["Opmerking"]
[dimensions.geo]
constant = "BE"
[dimensions.kind]
column = "Type"
codes = { "Collectief" = "COLL", "Individueel" = "IND" }
[dimensions.time]
column = "Jaar"
[value]
column = "Plaatsen"
flags = "Vlag"
""")  # fmt: skip
ACROSS = mapping(ABOUT + """
[dimensions.geo]
constant = "BE"
[dimensions.kind]
column = "Type"
[dimensions.time]
across = true
codes = { "1e kwartaal 2019" = "2019-Q1" }
""")  # fmt: skip
TABLE = (
    "Plaatsen in het opvangnetwerk;;;;\r\n"
    "Type;Jaar;Plaatsen;Vlag;Opmerking\r\n"
    "Collectief;2018;15.000;;\r\n"
    "Collectief;2019;16.500*;;sinds mei\r\n"
    "Individueel;2018;0;b;\r\n"
    "Individueel;2019;-;c;\r\n"
    "Totaal;2018;15.000;;\r\n"
    "Bron: voorbeeld;;;;\r\n"
    "iets anders;;;;\r\n"
)


def workbook(rows: list[list[object]], title: str = "Sheet") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_table_with_a_row_for_each_figure() -> None:
    cube = read_national(TABLE.encode(), LONG, extracted=date(2020, 1, 31))
    assert cube.cell(kind="COLL", time="2018") == Cell(15000.0)
    assert cube.cell(kind="COLL", time="2019") == Cell(16500.0, "p")
    assert cube.cell(kind="IND", time="2018") == Cell(0.0, "b")
    assert cube.cell(kind="IND", time="2019") == Cell(None, "c")
    assert len(cube) == 4
    assert (cube.origin.publisher, cube.origin.extracted) == ("Fedasil", date(2020, 1, 31))
    assert [one.role for one in cube.dimensions] == ["geo", "", "time"]
    assert read(write(cube, "json-stat")) == cube


def test_a_workbook_with_periods_across() -> None:
    data = workbook([["Type", "1e kwartaal 2019", "2019Q2"], ["COLL", 100, None], ["IND", 0, 7.5]])
    cube = read_national(data, ACROSS)
    assert cube.time.codes == ("2019-Q1", "2019-Q2")
    assert cube.cell(kind="COLL", time="2019-Q1") == Cell(100.0)
    assert cube.cell(kind="COLL", time="2019-Q2") is None
    assert cube.cell(kind="IND", time="2019-Q1") == Cell(0.0)
    assert cube.cell(kind="IND", time="2019-Q2") == Cell(7.5)


def test_dates_stand_for_the_period_that_holds_them() -> None:
    text = '[dimensions.time]\ncolumn = "Day"\ndates = "Q"\n[value]\ncolumn = "N"\n'
    data = workbook([["Day", "N"], [datetime(2019, 3, 31), 5], ["2019-11-02", 6]])
    assert read_national(data, mapping(ABOUT + text)).time.codes == ("2019-Q1", "2019-Q4")
    with pytest.raises(UnreadableError, match=r"row 2, column 'Day': 'soon' is no date"):
        read_national(b"Day,N\nsoon,5\n", mapping(ABOUT + text))


def test_another_encoding_is_said_in_the_mapping() -> None:
    said = ABOUT + '[table]\nencoding = "cp1252"\n[dimensions.time]\ncolumn = "Année"\n'
    data = "Année;N\n2019;5\n".encode("cp1252")
    assert len(read_national(data, mapping(said + '[value]\ncolumn = "N"\n'))) == 1
    with pytest.raises(UnreadableError, match="line 1: this is not utf-8 text"):
        read_national(data, LONG)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("15.000;;", "15,000.0;;", r"row 3, column 'Plaatsen': '15,000\.0' is no number with ','"),
        ("15.000;;", "1.50;;", r"row 3, column 'Plaatsen': '1\.50' has its thousands in the wro"),
        ("15.000;;", "about 15;;", r"row 3, column 'Plaatsen': 'about 15' is no number"),
        ("15.000;;", "١٥;;", r"row 3, column 'Plaatsen': "),
        (";b;", ";q;", r"row 5, column 'Plaatsen': the flag 'q' is unknown"),
        ("Individueel;2018", "Hotel;2018", r"row 5, column 'Type': 'Hotel' is new in kind\. Add"),
        ("Individueel;2018", "Individueel;18", r"row 5, column 'Jaar': '18' is no period"),
        ("Individueel;2018", "Collectief;2018", r"row 5, .*was given already, in row 3, column"),
        ("Vlag", "Status", r"row 2: 0 columns are called 'Vlag', not one\. There are: Type, Jaar"),
        ("Opmerking", "Jaar", r"row 2: 2 columns are called 'Jaar'"),
    ],
)
def test_what_is_wrong_is_named_with_row_and_column(old: str, new: str, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        read_national(TABLE.replace(old, new, 1).encode(), LONG)


def test_a_new_column_is_refused() -> None:
    data = TABLE.replace("Opmerking", "Opmerking;Regio", 1)
    with pytest.raises(UnreadableError, match=r"row 2: the column 'Regio' is new\. Name it in the"):
        read_national(data.encode(), LONG)


@pytest.mark.parametrize("cell", [True, "#N/A", "1e5", "٣"])
def test_a_cell_that_is_no_number_is_refused(cell: object) -> None:
    with pytest.raises(UnreadableError, match=r"row 2, column '2019':"):
        read_national(workbook([["Type", "2019"], ["COLL", cell]]), ACROSS)


def test_a_formula_is_never_computed_and_its_stored_result_is_taken() -> None:
    data = workbook([["Type", "2019", "2020"], ["COLL", "=1+1", 5]])
    with pytest.raises(UnreadableError, match="cell B2: the formula has no stored result"):
        read_national(data, ACROSS)
    cube = read_national(computed(data, b"<v>3</v>"), ACROSS)
    assert [row.value for row in cube.rows()] == [3.0, 5.0]


def test_a_formula_that_comes_to_an_empty_text_has_a_result() -> None:
    data = workbook([["Type", "2019", "2020"], ["COLL", '=""', 5]])
    cube = read_national(computed(data, b"<v></v>", type=b' t="str"'), ACROSS)
    assert [row.value for row in cube.rows()] == [5.0]


def computed(data: bytes, result: bytes, type: bytes = b"") -> bytes:
    """The workbook as a spreadsheet program saves it, with the result of the formula in B2."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                told = (
                    part.replace(b"</f><v />", b"</f>" + result)
                    .replace(b"</f><v/>", b"</f>" + result)
                    .replace(b"</f><v></v>", b"</f>" + result)
                )
                assert result in told
                part = told.replace(b'r="B2"', b'r="B2"' + type)
            new.writestr(name, part)
    return stream.getvalue()


def test_a_workbook_that_is_broken_or_a_bomb_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"is no workbook\. Save it as \.xlsx"):
        read_national(b"PK\x03\x04" + b"x" * 100, ACROSS)
    bomb = workbook([["Type", "2019"], *([["A" * 30_000, 1]] * 200)])
    with pytest.raises(UnreadableError, match="unpacks to"):
        read_national(bomb, ACROSS)


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        ({"rows": 2}, r"3 rows or more; 2 are allowed"),
        ({"columns": 2}, r"row 1: \d columns; 2 are"),
    ],
)
def test_a_sheet_that_is_too_large_is_refused(limits: dict[str, int], sentence: str) -> None:
    table = [["Type", "2018", "2019"], ["A", 1, 2], ["B", 1, 2]]
    csv = "\n".join(",".join(map(str, row)) for row in table).encode()
    for data in (workbook(table), csv):
        with pytest.raises(UnreadableError, match=sentence):
            read_national(data, ACROSS, limits=replace(DEFAULT, **limits))


def test_a_table_that_ends_before_its_headings_says_so() -> None:
    with pytest.raises(UnreadableError, match="has no row 2, where the headings should be"):
        read_national(b"Places;\n", LONG)
    with pytest.raises(UnreadableError, match="holds no figure"):
        read_national(b"Type,2019\n", ACROSS)


def test_numbers_with_signs_decimals_and_thin_spaces() -> None:
    said = '[table]\ndecimal = ","\nthousands = " "\n[dimensions.time]\nacross = true\n'
    data = "2018;2019;2020\n1 234,5;−7;1\u202f000\u202f000\n".encode()
    cube = read_national(data, mapping(ABOUT + said))
    assert [row.value for row in cube.rows()] == [1234.5, -7.0, 1_000_000.0]


def test_a_sheet_is_found_by_its_name() -> None:
    named = mapping('[table]\nsheet = "Data"\n'.join((ABOUT, "[dimensions.time]\nacross = true\n")))
    assert len(read_national(workbook([["2019"], [5]], "Data"), named)) == 1
    with pytest.raises(UnreadableError, match=r"has no sheet 'Data'\. There are: Other"):
        read_national(workbook([["2019"], [5]], "Other"), named)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x = [", r"is no TOML"),
        ("x = 1", r"'x' in the mapping is unknown"),
        (ABOUT, r"needs \[dimensions\.time\]"),
        (ABOUT + "[dimensions.time]\n", r"needs one of constant, column and across"),
        (ABOUT + "[dimensions.time]\nacross = true\ncolum = 'x'", r"'colum' in \[dimensions\.time"),
        (
            ABOUT + "[dimensions.time]\ncolumn = 'x'",
            r"needs either \[value\] column or a dimension",
        ),
        (ABOUT + "[dimensions.time]\nacross = 'yes'", r"has across = 'yes', which is no bool"),
        (
            ABOUT + "[table]\nencoding = 'utf-7'\n[dimensions.time]\nacross = true",
            r"encoding may be",
        ),
        (ABOUT + "table = 5\n[dimensions.time]\nacross = true", r"\[table\] is no table of TOML"),
        (ABOUT + "[dimensions.time]\ncolumn = 'x'\ndates = 'W'", r"choose A, S, Q or M"),
        (ABOUT + "[dimensions.a]\nacross = true\n[dimensions.time]\nacross = true", r"not a and t"),
        (ABOUT + "[table]\nheader = 0\n[dimensions.time]\nacross = true", r"header counts from 1"),
        (ABOUT + "[table]\nthousands = '.'\n[dimensions.time]\nacross = true", r"decimal is one"),
        (
            ABOUT.replace("be-places", "") + "[dimensions.time]\nacross = true",
            r"needs texts for da",
        ),
        (ABOUT + "[table]\nskip = [1]\n[dimensions.time]\nacross = true", r"has skip = \[1\]"),
    ],
)
def test_a_mapping_that_is_wrong_says_where(text: str, sentence: str) -> None:
    with pytest.raises(FiguresError, match=sentence):
        mapping(text)
