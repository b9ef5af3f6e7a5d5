"""The demo's files: small, told by its items, and each with a word that only one page of it has."""

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from contactpoint.glossary import actions as glossary
from contactpoint.home import demo_items, demonstration
from contactpoint.home.actions import plant
from contactpoint.media.actions import read
from contactpoint.media.models import CustomDocument
from contactpoint.media.reading import pages, pages_with
from contactpoint.network import actions as network
from contactpoint.outputs.models import Output, OutputFile
from contactpoint.vocabulary.normalise import fold

FOLDER = demo_items.FOLDER / "files"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".md")
ITEMS = list(demo_items.items())
ONLY_THERE = {
    "ad-hoc-query-guide.en.pdf": ("addendum", 3),
    "ad-hoc-query-guide.fr.pdf": ("erratum", 3),
    "ad-hoc-query-guide.nl.pdf": ("nazending", 3),
    "ad-hoc-query-guide.de.pdf": ("Nachtragsblatt", 3),
    "reading-asylum-statistics.en.pdf": ("denominator", 3),
    "seasonal-workers-directive.nl.docx": ("huurprijs", 3),
    "pathways-to-citizenship.de.pptx": ("Treuegelöbnis", 4),
    "asylum-in-2019.en.xlsx": ("backcast", 3),
}


def test_every_file_belongs_to_an_item_and_is_small() -> None:
    named = [row["name"] for item in ITEMS for row in item.facts.get("files", [])]
    assert sorted(named) == [path.name for path in FILES]
    assert all(path.stat().st_size < 150_000 for path in FILES)
    assert {path.suffix for path in FILES} == {".pdf", ".docx", ".pptx", ".xlsx"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_word_stands_on_one_page_of_one_file_and_nowhere_else(path: Path) -> None:
    word, number = ONLY_THERE[path.name]
    document = CustomDocument.objects.create(
        title=path.stem, file=ContentFile(path.read_bytes(), name=path.name)
    )
    assert len(pages([document.pk])[document.pk]) >= 3
    found = pages_with([document.pk], [fold(word)], most=9)
    assert [page for page, _text in found[document.pk]] == [number]
    texts = " ".join(
        text for item in ITEMS for words in item.words.values() for text in words.values()
    )
    assert not re.search(rf"\b{word}", texts, re.IGNORECASE)


@pytest.mark.django_db
def test_files_are_attached_in_every_language_and_read_once(client: Client) -> None:
    network.load_shipped()
    glossary.load_shipped()
    plant()
    demonstration.load()
    assert CustomDocument.objects.count() == len(FILES)
    assert set(CustomDocument.objects.values_list("reading__state", flat=True)) == {"read"}
    count = OutputFile.objects.count()
    guide = Output.objects.filter(slug="ad-hoc-query-migration-code")
    assert {page.files.count() for page in guide} == {4}
    demonstration.load()
    assert (OutputFile.objects.count(), CustomDocument.objects.count()) == (count, len(FILES))
    assert read(CustomDocument.objects.first()).state == "read"
    page = client.get("/nl/publications/ad-hoc-query-migration-code/").content.decode()
    titles = re.findall(r'<a href="/documents/[^"]+" lang="(\w+)"', page)
    assert titles == ["nl", "en", "fr", "de"]
    assert len(re.findall(r"<span>3 pag\S+</span>", page)) == 4
