"""One's own folder: loaded whole or not at all, again without harm, never over what was edited."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import guided
import pytest
from django.core.management import CommandError, call_command
from factories import make_concept, make_theme

from contactpoint.guidance import demonstration, loading
from contactpoint.guidance.models import Guide, GuideText, Place
from contactpoint.guidance.texts.reading import ReadingError

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(guided.FOLDER, tmp_path / "guidance"))


def rewrite(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def run(folder: Path, *options: str, capsys: pytest.CaptureFixture[str]) -> str:
    call_command("guidance", "load", str(folder), *options)
    return capsys.readouterr().out


def state() -> list[Any]:
    models = (Guide, GuideText, Place)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_a_folder_is_loaded_as_ones_own_and_again_without_harm(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "16 new, 0 changed, 0 the same, 0 kept." in run(folder, capsys=capsys)
    assert not guided.text("ask").is_example
    before = state()
    assert "0 new, 0 changed, 13 the same, 0 kept." in run(folder, capsys=capsys)
    assert state() == before


def test_a_dry_run_says_the_same_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = run(folder, "--dry-run", capsys=capsys)
    assert "16 new" in said
    assert "new      fr/health.txt" in said
    assert not Guide.objects.exists()
    assert said.replace("Nothing was written: this was a dry run.\n", "") == run(
        folder, capsys=capsys
    )


def test_what_changed_in_the_folder_follows_and_the_words_before_stay_in_the_history(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loading.load(folder)
    rewrite(folder / "en/health.txt", "is free", "costs nothing")
    assert "changed  en/health.txt" in run(folder, capsys=capsys)
    text = guided.text("health")
    assert text.blocks[0].text == "A doctor costs nothing for you."
    assert [row.as_object().blocks[0].text for row in text.revisions.order_by("pk")] == [
        "A doctor is free for you.", "A doctor costs nothing for you.",
    ]  # fmt: skip
    assert not text.has_unpublished_changes


def edit(text: GuideText) -> None:
    text.title = "By hand"
    text.save_revision().publish()


def draft(text: GuideText) -> None:
    text.title = "By hand"
    text.save_revision()


def hide(text: GuideText) -> None:
    text.save_revision()
    text.unpublish()


@pytest.mark.parametrize("by_hand", [edit, draft, hide])
def test_what_somebody_changed_on_the_site_is_kept_and_told(
    folder: Path, by_hand: Callable[[GuideText], None], capsys: pytest.CaptureFixture[str]
) -> None:
    loading.load(folder)
    by_hand(guided.text("health"))
    before = state()
    rewrite(folder / "en/health.txt", "is free", "costs nothing")
    said = run(folder, capsys=capsys)
    assert "kept     en/health.txt" in said
    assert "--replace" in said
    assert state() == before
    assert "changed  en/health.txt" in run(folder, "--replace", capsys=capsys)
    text = guided.text("health")
    assert text.title == "Seeing a doctor"
    assert text.live
    assert (
        any(row.as_object().title == "By hand" for row in text.revisions.all()) or by_hand is hide
    )


def test_examples_that_nobody_touched_give_way_to_ones_own(folder: Path) -> None:
    demonstration.load_guidance(guided.FOLDER)
    rewrite(folder / "en/health.txt", "is free", "costs nothing")
    rewrite(folder / "places.toml", "example = true", "example = false")
    rewrite(folder / "places.toml", "+33 1 99 00 00 01", "+32 2 555 00 00")
    report = loading.load(folder)
    assert report.changed == ["places.toml: legal", "en/health.txt"]
    assert not guided.text("health").is_example
    assert guided.text("ask").is_example
    place = Place.objects.get(code="legal")
    assert (place.phone, place.is_example) == ("+32 2 555 00 00", False)
    Place.objects.update(phone="1")
    assert "places.toml: legal" in loading.load(folder).kept
    assert "places.toml: legal" in loading.load(folder, replace=True).changed
    assert Place.objects.get(code="legal").phone == "+32 2 555 00 00"


def test_a_translation_alone_leans_on_what_the_site_has(folder: Path, tmp_path: Path) -> None:
    loading.load(folder)
    own = tmp_path / "own"
    (own / "so").mkdir(parents=True)
    so = "title: Dhakhtar\nsummary: Dhakhtar.\n\n--- about\nDhakhtarku waa bilaash.\n"
    (own / "so/health.txt").write_text(so, encoding="utf-8")
    assert loading.load(own).made == ["so/health.txt"]
    text = guided.text("health", "so")
    assert text.seen == {"about": guided.text("health").blocks[0].digest}
    (own / "so/health.txt").write_text(so.replace("about", "abuot"), encoding="utf-8")
    with pytest.raises(ReadingError, match=r"so/health.txt, line 4: has abuot"):
        loading.load(own)


def test_a_mistake_ends_the_command_with_each_line_and_nothing_is_written(folder: Path) -> None:
    make_concept("health", en="health")
    make_theme("asylum")
    rewrite(
        folder / "guides.toml", 'icon = "hand"', 'icon = "hand"\nconcepts = ["helth", "health"]'
    )
    with pytest.raises(CommandError) as stopped:
        call_command("guidance", "load", str(folder))
    assert str(stopped.value) == (
        "guides.toml, line 18: the glossary has no concept “helth”; leave it out of “ask”."
        "\n\nNothing was loaded: 1 to mend."
    )
    assert not Guide.objects.exists()
    with pytest.raises(CommandError, match="is no folder"):
        call_command("guidance", "load", str(folder / "nowhere"))
    (folder / "empty").mkdir()
    with pytest.raises(CommandError, match=r"guides\.toml, line 1: nothing is here to load"):
        call_command("guidance", "load", str(folder / "empty"))


def test_a_failure_halfway_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(loading, "forget", fail)
    with pytest.raises(RuntimeError):
        loading.load(folder)
    assert not Guide.objects.exists()
    assert not Place.objects.exists()


def test_a_step_that_another_guide_of_the_site_has_is_told_with_its_line(folder: Path) -> None:
    loading.load(folder)
    (folder / "guides.toml").write_text(
        '[[guides]]\ncode = "papers"\ntheme = "procedure"\nicon = "id"\nstep = 2\n',
        encoding="utf-8",
    )
    with pytest.raises(ReadingError) as wrong:
        loading.load(folder)
    (problem,) = wrong.value.problems
    assert str(problem) == (
        "guides.toml, line 5: step 2 is “interview” on this site; give “papers” another number, "
        "or change that guide first."
    )


def test_guides_are_about_concepts_and_themes_of_the_site(folder: Path) -> None:
    make_concept("health", en="health")
    make_theme("vulnerable")
    rewrite(
        folder / "guides.toml", 'icon = "heart"\n\n[[themes]]',
        'icon = "heart"\n\n[[themes]]',
    )  # fmt: skip
    with (folder / "guides.toml").open("a", encoding="utf-8") as file:
        file.write('concepts = ["health"]\nsubjects = ["vulnerable"]\n')
    loading.load(folder)
    guide = Guide.objects.get(code="guardian")
    assert [one.slug for one in guide.concepts.all()] == ["health"]
    assert [one.slug for one in guide.subjects.all()] == ["vulnerable"]


def test_loading_what_is_there_costs_the_same_for_many_and_for_few(
    folder: Path, django_assert_max_num_queries: Any
) -> None:
    loading.load(folder)
    with django_assert_max_num_queries(14):
        loading.load(folder)
