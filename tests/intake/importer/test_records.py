"""Tables, JSON exports and feeds give the same raw items as everything else."""

import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from saved_sources import COLLECTING, png

from contactpoint.intake.errors import SourceError
from contactpoint.intake.importer import importer_for
from contactpoint.intake.mapping import load
from contactpoint.intake.raw import RawItem

TABLE = (
    "Titel;Datum;Tekst;Hoofdthema;Trefwoorden;Url;Taal\r\n"
    '"Een café voor buren; vol";2020-03-02;"Eerste alinea.\r\n\r\nTweede, met ""haken"".";'
    "Integratie;wonen, taal;https://old.example.org/cafe;nl\r\n"
    "A table in English;2020-03-01;Text.;;;;en\r\n"
    ";;;;;;\r\n"
)


def read(
    path: Path, *, format: str = "auto", language: str = "en", mapping: str = ""
) -> list[RawItem]:
    rules = None
    if mapping:
        file = path.with_suffix(".toml")
        file.write_text(mapping, encoding="utf-8")
        rules = load(file)
    importer = importer_for(path, format=format, language=language, rules=rules)
    importer.check()
    return list(importer.items())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_is_read_in_any_encoding_and_by_the_words_of_its_language(
    tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(TABLE.encode(encoding))
    (item,) = read(path, language="nl")
    assert item.title == "Een café voor buren; vol"
    assert item.date == "2020-03-02"
    assert item.text == 'Eerste alinea.\n\nTweede, met "haken".'
    assert (item.themes, item.keywords) == (["Integratie"], ["wonen", "taal"])
    assert item.anchor == "https://old.example.org/cafe"
    assert ("encoding" in dict(item.notes)) == (encoding == "cp1252")


def test_a_mapping_names_the_columns_of_a_table(tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_text("Wat\tPas op\nA title\tA text\n", encoding="utf-8")
    with pytest.raises(SourceError, match="no column is called title or text"):
        read(path)
    (item,) = read(path, mapping="[fields]\ntitle = 'wat'\nbody = 'Pas op'\n")
    assert (item.title, item.text) == ("A title", "A text")


def test_a_cell_that_is_a_formula_or_markup_stays_words(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(
        'title,text,url\n"=HYPERLINK(""x"")","<p onclick=x()>A</p><script>b</script>",'
        '"javascript:alert(1)"\n',
        encoding="utf-8",
    )
    (item,) = read(path)
    assert item.title == '=HYPERLINK("x")'
    assert item.blocks == [{"type": "paragraph", "value": "<p>A</p>"}]
    assert item.address == ""


def test_an_excel_table_is_read_with_its_dates(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Title", "Date", "Summary", "Picture", "Number"])
    sheet.append(["A visa", datetime.datetime(2021, 5, 4), "In short.", "table_files/a.png", 3.0])
    book.save(tmp_path / "table.xlsx")
    (tmp_path / "table_files").mkdir()
    (tmp_path / "table_files" / "a.png").write_bytes(png())
    (item,) = read(tmp_path / "table.xlsx")
    assert (item.title, item.date, item.teaser) == ("A visa", "2021-05-04", "In short.")
    assert [file.name for file in item.files] == ["table_files/a.png"]


def test_a_broken_table_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text('title,text\n"open,end\n', encoding="utf-8")
    with pytest.raises(SourceError, match="line 2: this is no CSV"):
        read(path)


def test_an_export_of_drupal_is_read_with_terms_files_and_pictures() -> None:
    (item,) = read(COLLECTING / "jsonapi.json", mapping="")
    assert item.title == "Workshop on family reunification"
    assert (item.kind, item.date) == ("event", "2022-02-17")
    assert (item.themes, item.keywords) == (["Migration"], ["regroupement familial"])
    assert item.text == "Lawyers and case workers meet on 17 February 2022 in Ghent."
    assert item.teaser == "A day of cases."
    names = [note[1]["name"] for note in item.notes]
    assert names == ["/sites/default/files/table.png", "/sites/default/files/programme.pdf"]


def test_files_of_an_export_are_taken_from_the_crawl_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    files = folder / "sites" / "default" / "files"
    files.mkdir(parents=True)
    (files / "table.png").write_bytes(png())
    (files / "programme.pdf").write_bytes(b"%PDF-1.4")
    (folder / "page-1.json").write_bytes((COLLECTING / "jsonapi.json").read_bytes())
    (folder / "page-2.json").write_bytes((COLLECTING / "jsonapi.json").read_bytes())
    (item,) = read(folder)
    assert [(file.is_picture, file.alternative, file.title) for file in item.files] == [
        (True, "A round table", ""),
        (False, "", "Programme"),
    ]


def test_objects_of_any_export_are_read_by_the_paths_of_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(
        '{"results": [{"id": 7, "heading": {"en": "A title"}, "parts": [{"html": "<p>One.</p>"}], '
        '"tags": [{"name": "asiel"}, {"name": "visa"}]}]}',
        encoding="utf-8",
    )
    (item,) = read(path, mapping="[fields]\ntitle = 'heading.en'\nbody = 'parts.html'\n")
    assert (item.title, item.text, item.keywords) == ("A title", "One.", ["asiel", "visa"])
    assert item.anchor == "json:7"


def test_entries_that_are_no_objects_are_counted_and_a_number_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(
        '[7, "words", {"title": null, "text": 5}, {"title": "One", "text": "Words."}, '
        '{"title": "Two", "text": "More."}]',
        encoding="utf-8",
    )
    one, two = read(path)
    assert (one.title, one.notes) == ("One", [("left-out", {"number": 2})])
    assert (two.title, two.notes) == ("Two", [])


def test_rss_is_read_and_its_markup_sieved() -> None:
    first, second = read(COLLECTING / "rss.xml")
    assert first.title == "Fewer unaccompanied minors wait for a guardian"
    assert (first.date, first.anchor) == ("2024-06-04", "p-101")
    assert first.teaser == "The waiting list is half as long."
    assert first.blocks == [
        {
            "type": "paragraph",
            "value": "<p>The list is <b>half</b> as long as a year ago.</p>"
            '<p><a href="https://partner.example/figures">Figures</a></p>',
        }
    ]
    assert (second.address, second.anchor) == ("", "p-100")


def test_atom_and_json_feeds_are_read_too() -> None:
    (entry,) = read(COLLECTING / "atom.xml")
    assert (entry.title, entry.date) == ("Visa & borders: a reader", "2024-05-02")
    parents, note = read(COLLECTING / "feed.json", format="feed")
    assert (parents.title, parents.date) == ("A school for parents", "2024-02-03")
    assert parents.blocks[0]["value"] == "<p>Parents learn <i>with</i> their children.</p>"
    assert note.text == "A short note without a title.\n\nAnd a second paragraph."
    assert [item.title for item in read(COLLECTING / "feed.json")] == [parents.title, ""]
