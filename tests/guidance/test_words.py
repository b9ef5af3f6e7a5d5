"""Interface words: whole in every language, and every one that a page asks for is there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from contactpoint.guidance import checks
from contactpoint.guidance.languages import SOURCE, WORDS, languages, own_name
from contactpoint.guidance.texts.blocks import ROLES
from contactpoint.guidance.variants import VARIANTS
from contactpoint.guidance.wording import Wording, words

FOLDER = Path(settings.PACKAGE, "guidance/templates/guidance")
TEMPLATES = sorted([*FOLDER.glob("*.html"), *FOLDER.glob("everywhere/*.html")])
CODES = [code for code, _name in settings.GUIDANCE_LANGUAGES]


def test_there_are_fourteen_languages_and_each_names_itself() -> None:
    assert " ".join(CODES) == "nl fr en de ar fa ps ti so ru uk es sq tr"
    assert list(languages()) == CODES
    assert {code for code, one in languages().items() if one.direction == "rtl"} == {
        "ar",
        "fa",
        "ps",
    }
    assert own_name("uk") == "Українська"
    assert own_name("am") == "አማርኛ"
    assert own_name("zz") == "zz"


@pytest.mark.parametrize("language", CODES)
def test_a_language_has_every_word_and_every_placeholder(language: str) -> None:
    assert checks.problems(language) == []


@pytest.mark.parametrize("language", [code for code in CODES if code != SOURCE])
def test_the_words_of_a_language_are_its_own(language: str) -> None:
    same = [key for key, text in words(language).items() if text == words(SOURCE)[key]]
    assert len(same) < 12, same


def test_what_is_wrong_with_a_language_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {"one": "One {number}", "two": "Two", "three": "Three"}
    torn = {"one": "Eins {count}", "two": "", "four": "Vier", "three": "Drei {"}
    monkeypatch.setattr(
        checks, "words", lambda language: Wording(whole if language == SOURCE else torn)
    )
    assert checks.problems("de") == [
        "de.toml has “four”, en.toml hasn't.",
        "de.toml: “one” should have {number}.",
        "de.toml: “three” has a brace without its other half.",
        "de.toml: “two” is empty.",
    ]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_page_asks_for_words_that_are_there(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    whole = set(re.findall(r'\{% say "(\w+)" *(?:\w+=|%)', text))
    begun = set(re.findall(r'\{% say "(\w+)" [\w.]+ %', text))
    asked = set(re.findall(r"\bwords\.(\w+)", text)) | whole
    assert asked <= words(SOURCE).keys()
    ends = {"as": VARIANTS, "for": VARIANTS, "role": ROLES,
            "coverage": ("checked", "text", "example", "old")}  # fmt: skip
    assert begun <= ends.keys()
    assert {f"{key}_{end}" for key in begun for end in ends[key]} <= words(SOURCE).keys()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_page_has_words_of_its_own(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", text, flags=re.DOTALL)
    assert re.findall(r"[A-Za-z]{2,}", text) == []


def test_values_are_set_apart_and_escaped() -> None:
    own = Wording({"key": "<Call> {number}"})
    assert own.html("key", number="<1>") == "&lt;Call&gt; <bdi>&lt;1&gt;</bdi>"
    assert own.text("key", number=1) == "<Call> \u20681\u2069"


def test_a_word_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        words(SOURCE).html("nowhere")


def test_the_files_hold_nothing_but_languages_of_the_settings() -> None:
    assert {path.stem for path in WORDS.glob("*.toml")} == set(CODES)
