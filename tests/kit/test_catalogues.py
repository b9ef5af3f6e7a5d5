"""Catalogues are extracted, checked and compiled without GNU gettext."""

import gettext
from pathlib import Path

import polib
import pytest

from contactpoint.kit import catalogues

TEMPLATE = """<p class="it's">
   don't {% translate "One's thing" %}
  {% blocktranslate trimmed count counter=n %}
    {{ counter }} item "here"
  {% plural %}
    {{ counter }} items
  {% endblocktranslate %}
 {% translate "May" context "month" %}</p>"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "portal"
    (folder / "app" / "templates").mkdir(parents=True)
    (folder / "app" / "templates" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    (folder / "app" / "views.py").write_text('x = _("Hello %(name)s")\n', encoding="utf-8")
    return folder


def test_messages_come_from_templates_and_python(package: Path) -> None:
    found = catalogues.messages(package)
    assert set(found) == {
        ("", "One's thing"),
        ("", '%(counter)s item "here"'),
        ("month", "May"),
        ("", "Hello %(name)s"),
    }
    assert found["", '%(counter)s item "here"'].plural == "%(counter)s items"


def test_updating_keeps_translations_and_drops_what_is_unused(
    package: Path, tmp_path: Path
) -> None:
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    catalogues.update(path, catalogues.messages(package), "fr")
    catalogue = polib.pofile(str(path))
    catalogue.find("One's thing").msgstr = "Une chose"
    catalogue.append(polib.POEntry(msgid="gone", msgstr="parti"))
    catalogue.save()
    updated = catalogues.update(path, catalogues.messages(package), "fr")
    assert updated.find("One's thing").msgstr == "Une chose"
    assert updated.find("gone") is None


def test_what_is_missing_or_wrong_is_said(package: Path, tmp_path: Path) -> None:
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    found = catalogues.messages(package)
    assert "missing" in catalogues.problems(path, found)[0]
    catalogue = catalogues.update(path, found, "fr")
    assert len(catalogues.problems(path, found)) == 4
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "%(counter)s article", 1: "%(counter)s articles"}
        else:
            entry.msgstr = entry.msgid
    catalogue.save(str(path))
    assert catalogues.problems(path, found) == []
    catalogue.find("Hello %(name)s").msgstr = "Bonjour %(nom)s"
    catalogue.save(str(path))
    assert "placeholders differ" in catalogues.problems(path, found)[0]
    catalogue.find("Hello %(name)s").msgstr = "Bonjour : %(name)s"
    catalogue.save(str(path))
    assert "spaces" in catalogues.problems(path, found)[0]


def test_compiled_catalogues_are_read_by_the_standard_library(
    package: Path, tmp_path: Path
) -> None:
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    catalogue = catalogues.update(path, catalogues.messages(package), "fr")
    catalogue.find("One's thing").msgstr = "Une chose"
    catalogue.save(str(path))
    assert catalogues.compile_all(tmp_path) == 1
    assert catalogues.compile_all(tmp_path) == 0
    with path.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("One's thing") == "Une chose"


@pytest.mark.parametrize(
    ("language", "written", "typeset"),
    [
        ("fr", "Voir « asile » ici", "Voir «\u00a0asile\u00a0» ici"),
        ("fr", "«\u202fasile\u202f»", "«\u202fasile\u202f»"),
        ("fr", "Où : %(a)s ; qui ? Non !", "Où\u00a0: %(a)s\u202f; qui\u202f? Non\u202f!"),
        ("fr", "de 9:30 à :pole, a://b", "de 9:30 à :pole, a://b"),
        ("nl", "Zie ‘%(words)s’ en “asiel”: thema’s", "Zie “%(words)s” en “asiel”: thema’s"),
        ("de", "Siehe ‚Asyl‘", "Siehe ‚Asyl‘"),
    ],
)
def test_marks_are_set_as_their_language_sets_them(
    package: Path, language: str, written: str, typeset: str
) -> None:
    catalogue = package / "django.po"
    found = catalogues.messages(package)
    made = catalogues.update(catalogue, found, language)
    for entry in made:
        entry.msgstr = written if not entry.msgid_plural else ""
        entry.msgstr_plural = {0: written, 1: written} if entry.msgid_plural else {}
    made.save(str(catalogue))
    texts = {
        text
        for entry in catalogues.update(catalogue, found, language)
        for text in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
    }
    assert texts == {typeset}
