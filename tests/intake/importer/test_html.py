"""A crawl of an old site becomes items with their text, files and facts; its scripts go nowhere."""

from pathlib import Path

import pytest
from saved_sources import COLLECTING, crawl, zipped

from contactpoint.intake.errors import SourceError
from contactpoint.intake.importer import importer_for
from contactpoint.intake.mapping import load
from contactpoint.intake.raw import RawItem


def read(path: Path, *, language: str = "en", mapping: Path | None = None) -> list[RawItem]:
    importer = importer_for(path, language=language, rules=load(mapping))
    importer.check()
    return list(importer.items())


def by_title(items: list[RawItem]) -> dict[str, RawItem]:
    return {item.title: item for item in items}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return crawl(tmp_path)


def test_a_page_of_drupal_is_known_without_a_mapping(site: Path) -> None:
    item = by_title(read(site))["Two hundred new reception places"]
    assert item.kind == "news"
    assert item.date == "2023-03-14T09:00:00Z"
    assert item.teaser == "Two hundred places open this spring."
    assert item.themes == ["Reception"]
    assert item.keywords == ["opvang", "huisvesting"]
    assert item.address == item.anchor == "https://old.example.org/news/new-reception-places"


def test_the_text_keeps_headings_lists_links_quotations_and_pictures(site: Path) -> None:
    item = by_title(read(site))["Two hundred new reception places"]
    assert item.blocks == [
        {"type": "picture", "name": "sites/default/files/house.png"},
        {"type": "heading", "value": "What opens"},
        {
            "type": "paragraph",
            "value": "<p>Fedasil opens <b>two hundred places</b> for families. The "
            '<a href="kept:sites/default/files/plan.pdf">plan of the houses</a> tells where they '
            "stand.</p><ul><li>One hundred in spring</li><li>One hundred in autumn</li></ul>",
        },
        {"type": "quote", "value": "A door of one's own changes the day."},
        {
            "type": "paragraph",
            "value": '<p>Read <a href="https://old.example.org/news/older">an older text</a>, not '
            "this.</p>",
        },
    ]


def test_pictures_and_files_come_along_with_their_words(site: Path) -> None:
    item = by_title(read(site))["Two hundred new reception places"]
    picture, plan = item.files
    assert (picture.name, picture.is_picture) == ("sites/default/files/house.png", True)
    assert picture.alternative == "A brick house with a green door"
    assert (plan.name, plan.title) == ("sites/default/files/plan.pdf", "plan of the houses")
    assert plan.read().startswith(b"%PDF")


def test_an_older_drupal_an_older_encoding_and_a_lost_file(site: Path) -> None:
    item = by_title(read(site))["Who picks the pears? A study of seasonal work"]
    assert item.kind == "publication"
    assert item.date.startswith("2019-09-02")
    assert item.text.split("\n\n")[0] == "The study follows three orchards à travers one summer."
    assert [(file.name, file.title) for file in item.files] == [
        ("sites/default/files/pears.pdf", "Full study")
    ]
    assert item.notes == [("missing-file", {"name": "../sites/default/files/gone.pdf"})]


def test_a_row_of_a_list_is_an_item_only_where_its_page_is_not_there(site: Path) -> None:
    items = read(site)
    assert len(items) == 3
    talk = by_title(items)["A talk on return counselling"]
    assert talk.date == "5 May 2022"
    assert talk.text.startswith("Counsellors from four cities")
    assert talk.address == ""


def test_pages_in_another_language_are_left_to_another_import(site: Path) -> None:
    assert [item.title for item in read(site, language="nl")] == [
        "Tweehonderd nieuwe opvangplaatsen"
    ]
    with pytest.raises(SourceError, match="no page here is an item in “fr”"):
        read(site, language="fr")


def test_a_zip_gives_what_its_folder_gives(site: Path, tmp_path: Path) -> None:
    packed = read(zipped(site, tmp_path / "crawl.zip"))
    assert [item.original for item in packed] == [item.original for item in read(site)]
    (study,) = [item for item in packed if "pears" in item.title]
    assert study.files[0].read() == (site / study.files[0].name).read_bytes()


def test_a_mapping_says_where_another_site_keeps_what() -> None:
    items = read(COLLECTING / "odd.html", mapping=COLLECTING / "odd.toml")
    assert [(item.title, item.date, item.text, item.themes, item.kind) for item in items] == [
        (
            "A map of help desks",
            "3 June 2021",
            "The map shows forty desks where people can ask.",
            ["Integration"],
            "video",
        ),
        ("A second desk in Bruges", "1 June 2021", "The desk is open on Tuesdays.", [], "video"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[fields\n", "this is no TOML"),
        ("[feelds]\ntitle = 'h1'", r"there is no table \[feelds\]"),
        ("[fields]\ntitel = 'h1'", "“titel” is not known"),
        ("[fields]\ntitle = 1", "“title” must be a text"),
        ("[fields]\ntitle = 'div[['", "is no CSS selector"),
        ("[kinds]\n'a/*' = 'poem'", "“poem” is no kind"),
        ("[site]\naddress = 'file:///etc'", "must begin with https://"),
    ],
)
def test_a_mistake_in_a_mapping_is_named(tmp_path: Path, text: str, message: str) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        read(COLLECTING / "odd.html", mapping=mapping)


def test_a_page_saved_alone_takes_only_what_was_saved_with_it(tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(b"%PDF secret")
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "own.pdf").write_bytes(b"%PDF own")
    page = tmp_path / "page.html"
    page.write_text(
        "<html lang=en><h1>A page</h1><article><p>Its <a href='page_files/own.pdf'>own file</a>, "
        "<a href='secret.pdf'>another</a>, <a href='../../etc/passwd.pdf'>third</a> and "
        "<a href='page_files/../secret.pdf'>fourth</a>.</p></article></html>",
        encoding="utf-8",
    )
    (item,) = read(page)
    assert [file.name for file in item.files] == ["page_files/own.pdf"]
    assert len([note for note in item.notes if note[0] == "missing-file"]) == 3


def test_a_folder_without_a_page_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    with pytest.raises(SourceError, match="holds no page"):
        read(tmp_path)
