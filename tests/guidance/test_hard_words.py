"""Hard words: from a list, from the glossary, by their length; none that is explained."""

import guided
import pytest
from factories import make_concept
from people import person

from contactpoint.guidance.hard_words import FOLDER, hard_words, listed
from contactpoint.guidance.languages import languages
from contactpoint.guidance.texts.blocks import Block

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def glossary() -> None:
    concept = make_concept("legal-aid", en="legal aid", fr="aide juridique")
    concept.definitions = {"en": {"text": "A lawyer who costs nothing.", "source": ""}}
    concept.save()


def test_a_listed_word_comes_with_a_plainer_one() -> None:
    (found,) = hard_words(
        [Block("a", text="You must notify us."), Block("b", text="Notify.")], "en"
    )
    assert (found.text, found.plainer, found.blocks) == ("notify", "tell", ["a", "b"])


def test_a_term_of_the_glossary_comes_with_its_definition_in_the_nearest_language() -> None:
    (found,) = hard_words([Block("a", text="Ask for legal aid.")], "en")
    assert (found.text, found.meaning) == ("legal aid", "A lawyer who costs nothing.")
    assert (found.meaning_language, found.url) == ("", "/en/glossary/legal-aid/")
    (found,) = hard_words([Block("a", text="Demandez une aide juridique.")], "fr")
    assert (found.meaning_language, found.url) == ("en", "/fr/glossary/legal-aid/")


def test_a_long_word_is_hard_by_itself_where_length_tells_something() -> None:
    text = [Block("a", text="Konuşabileceksinizdir interconnectedness")]
    assert [one.text for one in hard_words(text, "tr")] == []
    assert [one.text for one in hard_words(text[:1], "en")] == [
        "Konuşabileceksinizdir", "interconnectedness",
    ]  # fmt: skip
    assert hard_words([Block("a", text="Krankenversicherung")], "de")
    assert not hard_words([Block("a", text="Krankenschwester")], "de")


def test_what_a_block_explains_is_not_hard() -> None:
    blocks = [
        Block("a", text="Ask for legal aid."),
        Block("w", "word", "Legal aid: A free lawyer."),
    ]
    assert hard_words(blocks, "en") == []


def test_lists_are_in_languages_of_guidance_and_offer_other_words() -> None:
    for path in FOLDER.glob("*.toml"):
        assert path.stem in languages()
        for word, plainer in listed(path.stem).items():
            assert plainer.strip()
            assert word.casefold() != plainer.casefold()


def test_an_editor_sees_them_with_what_is_offered() -> None:
    guided.load()
    client = person("Editors")[1]
    text = guided.text("health")
    text.body = [{"id": "about", "kind": "paragraph", "text": "Notify us of <legal aid>."}]
    text.save()
    page = client.get(f"/admin/snippets/guidance/guidetext/edit/{text.pk}/").content.decode()
    assert '<mark lang="en"><bdi>Notify</bdi></mark>' in page
    assert "Plainer:" in page
    assert "A lawyer who costs nothing." in page
    assert "guidance/plain.js" in page
    assert 'data-words="{words} words, {mean} in a sentence' in page
