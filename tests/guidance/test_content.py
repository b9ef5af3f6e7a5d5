"""A folder of guidance: read whole or not at all, and loaded once."""

import shutil
import tomllib
from pathlib import Path

import guided
import pytest

from contactpoint import glossary as glossary_app
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
        "fr/health.txt, line 4: lacks about, which en/health.txt has.",
        "fr/health.txt, line 3: has abuot, which en/health.txt hasn't.",
        "ar/nothing.txt, line 1: guides.toml has no guide “nothing”; add it or rename this.",
        "fr/ask.txt, line 1: is not UTF-8; save it as such.",
        "fr/places.toml, line 1: [nowhere] is no place",
        "places.toml, line 4: “a” has colour, which nobody reads.",
        "places.toml, line 5: hours of “a”: “fr-mo” goes backwards; begin with the earlier day.",
    ):
        assert one in said, said


def test_a_file_that_is_no_toml_is_told_with_its_line(folder: Path) -> None:
    (folder / "guides.toml").write_text("[[themes]\n", encoding="utf-8")
    assert any("guides.toml" in one and "line 1" in one for one in problems(folder))


THEME, LISTS = '[[themes]]\ncode = "procedure"', 'core = true\n\n[[guides]]\ncode = "health"'
WRONG_TABLES = {
    "a theme that isn't there": (
        'theme = "health"', 'theme = "helth"', 29,
        "“health” is in the theme “helth”, which isn't here; add it.",
    ),
    "no pictogram": ('icon = "hand"', 'icon = "hnd"', 17, "“hnd” is no pictogram; use one of "),
    "no number": ("step = 2", 'step = "2"', 23, "step of “interview” has to be a number from 1."),
    "the same step": (
        "step = 2", "step = 1", 23, "step 1 is “ask” too; give one another number.",
    ),
    "a code twice": (
        'code = "interview"', 'code = "ask"', 21,
        "each of [[guides]] needs a code of its own; “ask” is none.",
    ),
    "a code that is no word": ('code = "ask"', 'code = "Ask me"', 14, "“Ask me”: Use small"),
    "a key that is missing": ('icon = "hand"\n', "", 13, "“ask” lacks icon; add it under"),
    "no list": (
        LISTS, f'concepts = "a"\n{LISTS}', 25, "concepts of “interview” has to be a list of texts",
    ),
    "something else": (THEME, f'colour = "red"\n{THEME}', 1, "“colour” is not read; here stand"),
    "no TOML": ('icon = "hand"', "icon = hand", 17, "is no TOML: "),
}  # fmt: skip


@pytest.mark.parametrize("mistake", WRONG_TABLES)
def test_a_mistake_in_the_table_of_guides_is_told_with_its_line_and_mend(
    folder: Path, mistake: str
) -> None:
    before, after, line, said = WRONG_TABLES[mistake]
    file = folder / "guides.toml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    assert any(one.startswith(f"guides.toml, line {line}: {said}") for one in problems(folder)), (
        problems(folder)
    )


WRONG_PLACES = {
    "no kind": (
        'kind = "office"', 'kind = "shop"', 19,
        "“office” is of no known kind; use one of emergency, helpline, office, clinic.",
    ),
    "no number": ('phone = "112"', 'phone = "one"', 4, "phone of “emergency”: Use digits"),
    "no address": ("help@office.example", "office", 22, "email of “office”: "),
    "not on earth": ('"50.84660"', '"5084.660"', 20, "latitude of “office”: "),
    "neither yes nor no": (
        "free = true", 'free = "yes"', 5, "free of “emergency” has to be true or false.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", WRONG_PLACES)
def test_a_mistake_in_the_table_of_places_is_told_with_its_line_and_mend(
    folder: Path, mistake: str
) -> None:
    before, after, line, said = WRONG_PLACES[mistake]
    file = folder / "places.toml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    (told,) = problems(folder)
    assert told.startswith(f"places.toml, line {line}: {said}")


def test_a_place_and_a_language_that_are_not_there_are_told(folder: Path) -> None:
    text = (folder / "en/ask.txt").read_text(encoding="utf-8")
    (folder / "en/ask.txt").write_text(text.replace("=legal", "=legl"), encoding="utf-8")
    (folder / "xx").mkdir()
    (folder / "ar/places.toml").write_text('[legal]\nname = "x"\nprice = 3\n', encoding="utf-8")
    said = problems(folder)
    line = text.splitlines().index("--- call place=legal") + 1
    assert (
        f"en/ask.txt, line {line}: names the place “legl”, which places.toml hasn't; add it."
        in said
    )
    assert "ar/places.toml, line 3: “legal” has price, which nobody reads." in said
    assert any(one.startswith("xx/, line 1: guidance has no such language") for one in said)


def test_the_demo_that_is_shipped_is_about_concepts_and_themes_that_are_shipped() -> None:
    glossary = Path(glossary_app.__file__).parent / "data"
    themes = tomllib.loads((glossary / "themes.toml").read_text(encoding="utf-8"))["theme"]
    concepts = (glossary / "glossary.ttl").read_text(encoding="utf-8")
    for guide in content(demonstration.FOLDER).guides:
        assert set(guide.get("subjects", [])) <= {theme["slug"] for theme in themes}
        assert all(f"concept:{one} a " in concepts for one in guide.get("concepts", []))


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
