"""A word that readers use becomes a name of a concept: at once, in the next version, and back."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from editing import sign_in
from factories import MadeSite, make_concept

from contactpoint.glossary.drafting import prepared
from contactpoint.glossary.models import Concept, ConceptLabel, Decision
from contactpoint.glossary.publishing import publish
from contactpoint.glossary.terms import vocabulary
from contactpoint.search.desk.frame import question_url


@pytest.fixture
def housing(site: MadeSite) -> Concept:
    make_concept("asylum", en="asylum", nl="asiel")
    return make_concept("housing", en="housing", nl="huisvesting")


@pytest.fixture
def editor(housing: Concept, client: Client) -> Client:
    sign_in(client)
    return client


def add(client: Client, words: str, concept: Concept, language: str = "nl") -> int:
    data = {
        "action": "synonym", "synonym-concept": concept.pk, "synonym-language": language,
    }  # fmt: skip
    return client.post(question_url(words, "nl"), data).status_code


def in_draft(concept: Concept) -> set[tuple[str, str, str]]:
    return {(one.text, one.language, one.kind) for one in prepared(concept).labels}


def meant(words: str) -> set[str]:
    return {note.concept for note in vocabulary().learnt_in(words, "nl")} | {
        note.concept for note in vocabulary().annotate(words, "nl", schemes=["glossary"])
    }


@pytest.mark.parametrize("words", ["Onderdak", "dak boven het hoofd"])
def test_the_search_understands_it_at_once_and_the_next_version_has_it(
    editor: Client, housing: Concept, words: str
) -> None:
    assert meant(words) == set()
    assert add(editor, words, housing) == 302
    assert meant(words.lower()) == {"housing"}
    assert (words, "nl", "hidden") in in_draft(housing)
    publish("1.1", "A word that readers use.")
    label = ConceptLabel.objects.get(text=words)
    assert (label.concept, label.language, label.kind, label.learnt) == (
        housing, "nl", "hidden", False,
    )  # fmt: skip
    assert meant(words) == {"housing"}


def test_it_stands_among_the_decided_keywords_and_is_taken_back(
    editor: Client, housing: Concept
) -> None:
    add(editor, "Onderdak", housing)
    assert "Onderdak" in editor.get(reverse("outputs_keywords_decided")).content.decode()
    page = editor.get(question_url("onderdak", "nl"))
    assert page.context["decision"].concept == housing
    editor.post(reverse("outputs_keyword_undo"), {"key": page.context["decision"].key})
    assert meant("onderdak") == set()
    assert not Decision.objects.exists()
    assert not ConceptLabel.objects.filter(text="Onderdak").exists()
    assert in_draft(housing) == {("housing", "en", "preferred"), ("huisvesting", "nl", "preferred")}


def test_taking_back_leaves_the_rest_of_the_draft(editor: Client, housing: Concept) -> None:
    add(editor, "Onderdak", housing)
    add(editor, "Dak", housing)
    editor.post(reverse("outputs_keyword_undo"), {"key": "onderdak"})
    assert {text for text, _language, kind in in_draft(housing) if kind == "hidden"} == {"Dak"}


def test_a_label_of_another_concept_is_refused_and_nothing_is_kept(
    editor: Client, housing: Concept
) -> None:
    assert add(editor, "Asiel", housing) == 422
    assert add(editor, "de", housing) == 422
    assert not Decision.objects.exists()
    assert not ConceptLabel.objects.filter(learnt=True).exists()
    assert len(in_draft(housing)) == 2


def test_an_administrator_who_saves_the_concept_keeps_the_word_in_the_draft(
    editor: Client, housing: Concept, client: Client
) -> None:
    add(editor, "Onderdak", housing)
    administrator = Client()
    sign_in(administrator, administrator=True)
    url = reverse("concepts:edit", args=[housing.pk])
    form = administrator.get(url).context["form"]
    assert form["hidden_labels"].value() == "nl: Onderdak"
    data = {
        "labels_en": "housing", "labels_nl": "huisvesting", "labels_others": "", "slug": "housing",
        "status": "approved", "alternative_labels": "nl: woonst", "hidden_labels": "nl: Onderdak",
        "seen": form.initial["seen"], "learnt": json.dumps(form.initial["learnt"]),
    }  # fmt: skip
    answer = administrator.post(url, data)
    assert answer.status_code == 302, answer.context["form"].errors
    assert ("Onderdak", "nl", "hidden") in in_draft(housing)
