"""The demo's files: small, told by its items, and each with a word that only one page of it has."""

import re
import tomllib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from contactpoint.dissemination.alerts.forgetting import HAPPENINGS, MATCHES
from contactpoint.dissemination.delivering.taking import KEPT
from contactpoint.home import demo_items
from contactpoint.media.models import CustomDocument
from contactpoint.media.reading import pages, pages_with
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


@pytest.mark.parametrize(
    ("language", "days"), [("en", "days"), ("fr", "jours"), ("nl", "dagen"), ("de", "Tage")]
)
def test_the_page_on_privacy_says_how_long_following_is_kept(language: str, days: str) -> None:
    text = (demo_items.FOLDER / "pages" / "privacy.toml").read_text(encoding="utf-8")
    body = tomllib.loads(text)[language]["body"]
    assert MATCHES == KEPT
    assert f"**{MATCHES.days} {days}**" in body
    assert f"**{HAPPENINGS.days} {days}**" in body
