"""A folder of guidance: read whole or not at all, and loaded once."""

import shutil
from pathlib import Path

import guided
import pytest

from contactpoint.guidance import demonstration
from contactpoint.guidance.content import content
from contactpoint.guidance.models import Guide, GuideText, Place
from contactpoint.guidance.texts.reading import ReadingError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(guided.FOLDER, tmp_path / "guidance"))


def problems(folder: Path) -> list[str]:
    with pytest.raises(ReadingError) as problem:
        content(folder)
    return list(map(str, problem.value.problems))


@pytest.mark.django_db
def test_what_is_loaded_twice_is_there_once_and_what_an_editor_wrote_stays() -> None:
    assert demonstration.load_guidance(guided.FOLDER) == 6
    GuideText.objects.filter(guide__code="ask").update(title="Mine")
    assert demonstration.load_guidance(guided.FOLDER) == 0
    assert guided.text("ask").title == "Mine"
    assert guided.text("ask").is_example
    assert Guide.objects.get(code="interview").step == 2
    assert Place.objects.get(code="legal").notes == {"en": "Free advice. Call 116 000 too."}


@pytest.mark.django_db
def test_a_language_that_comes_later_is_added_to_places_and_takes_no_word_away(
    folder: Path,
) -> None:
    demonstration.load_guidance(folder)
    place = Place.objects.get(code="legal")
    Place.objects.filter(pk=place.pk).update(names={"en": "Ours"})
    (folder / "so").mkdir()
    (folder / "so/places.toml").write_text('[legal]\nname = "Khadka"\n', encoding="utf-8")
    demonstration.load_guidance(folder)
    place.refresh_from_db()
    assert place.names == {"en": "Ours", "ar": "خط المساعدة", "so": "Khadka"}


@pytest.mark.django_db
def test_nothing_is_loaded_from_a_folder_with_a_mistake(folder: Path) -> None:
    (folder / "fr/health.txt").write_text("title: x\n", encoding="utf-8")
    with pytest.raises(ReadingError):
        demonstration.load_guidance(folder)
    assert not Guide.objects.exists()


def test_mistakes_of_several_files_are_told_together(folder: Path) -> None:
    (folder / "fr/health.txt").write_text("title: A\nsummary: B\n--- abuot\nx\n", encoding="utf-8")
    (folder / "ar/nothing.txt").write_text("title: A\nsummary: B\n--- a\nx\n", encoding="utf-8")
    (folder / "fr/ask.txt").write_bytes("title: é".encode("latin-1"))
    (folder / "fr/places.toml").write_text("[nowhere]\nname = 'x'\n", encoding="utf-8")
    (folder / "places.toml").write_text(
        '[[places]]\ncode = "a"\nkind = "office"\ncolour = "red"\n'
        'hours = [{ days = "fr-mo", opens = "09:00", closes = "12:00" }]\n',
        encoding="utf-8",
    )
    said = "\n".join(problems(folder))
    for one in (
        "fr/health.txt, line 1: lacks about, which en/health.txt has.",
        "fr/health.txt, line 1: has abuot, which en/health.txt hasn't.",
        "ar/nothing.txt, line 1: guides.toml has no guide “nothing”; add it or rename this.",
        "fr/ask.txt, line 1: is not UTF-8; save it as such.",
        "fr/places.toml, line 1: [nowhere] is no place",
        "places.toml, line 1: “a” has colour, which nobody reads.",
        "places.toml, line 1: hours of “a”: “fr-mo” goes backwards; begin with the earlier day.",
    ):
        assert one in said, said


def test_a_file_that_is_no_toml_is_told_with_its_line(folder: Path) -> None:
    (folder / "guides.toml").write_text("[[themes]\n", encoding="utf-8")
    assert any("guides.toml" in one and "line 1" in one for one in problems(folder))


def test_the_demo_that_is_shipped_is_whole() -> None:
    found = content(demonstration.FOLDER)
    guides = {guide["code"] for guide in found.guides}
    core = {guide["code"] for guide in found.guides if guide.get("core")}
    assert len(guides) >= 24
    assert len(core) >= 8
    english = {code for code, language in found.texts if language == "en"}
    assert english == guides
    places = {place["code"] for place in found.places}
    named = {block.place for draft in found.texts.values() for block in draft.blocks}
    assert named - {""} <= places


def test_every_place_that_is_invented_says_so() -> None:
    for place in content(demonstration.FOLDER).places:
        assert place.get("example") or place["phone"] in {"112", "116000", "116 000"}
