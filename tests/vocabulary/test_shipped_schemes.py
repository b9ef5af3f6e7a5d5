"""The schemes that come with the portal give the answers that the import depends on."""

import time

import pytest

from contactpoint.vocabulary import Vocabulary

WANTED = [
    ("Conférence EMN", "glossary", "emn-conference"),
    ("Eastern Europe", "places", "eastern-europe"),
    ("policy paper", "glossary", "policy-paper"),
    ("policy note", "glossary", "policy-paper"),
    ("asiel", "glossary", "asylum"),
    ("video", "kinds", "video"),
    ("médias sociaux", "glossary", "social-media"),
    ("research", "glossary", "research"),
    ("huisvesting", "glossary", "housing"),
    ("LOI's", "glossary", "local-reception-initiative"),
    ("LOI’s", "glossary", "local-reception-initiative"),
    ("discriminatie", "glossary", "discrimination"),
    ("unaccompanied minors", "glossary", "unaccompanied-minor"),
    ("job vacancy", "kinds", "vacancy"),
    ("human trafficking", "glossary", "trafficking-in-human-beings"),
]


@pytest.mark.parametrize("language", [None, "en", "nl", "fr", "de"])
@pytest.mark.parametrize(("keyword", "scheme", "concept"), WANTED)
def test_a_keyword_of_the_old_site_resolves(
    shipped: Vocabulary, keyword: str, scheme: str, concept: str, language: str | None
) -> None:
    found = shipped.harmonise(keyword, language)
    assert (found.scheme, found.concept) == (scheme, concept)
    assert found.confidence >= 0.9


@pytest.mark.parametrize("keyword", ["tax return", "loi", "detection", "refuge", "new"])
def test_a_false_friend_of_the_shipped_labels_stays_unknown(
    shipped: Vocabulary, keyword: str
) -> None:
    assert shipped.harmonise(keyword, "en").concept is None


def test_every_preferred_label_leads_back_to_its_concept(shipped: Vocabulary) -> None:
    astray = []
    for scheme in shipped.schemes.values():
        for concept in scheme.concepts.values():
            for label in concept.labels:
                if label.kind != "preferred":
                    continue
                found = shipped.harmonise(label.text, label.language, schemes=[scheme.id])
                if concept.id not in {found.concept, *(near.concept for near in found.nearest)}:
                    astray.append((label, concept.id, found.concept))
    assert astray == []


def test_an_item_of_five_hundred_characters_is_matched_in_under_a_millisecond(
    shipped: Vocabulary,
) -> None:
    text = (
        "The association of cities published a survey on housing for beneficiaries of "
        "international protection, who must leave the local reception initiative (LOI) within two "
        "months. "
    ) * 3
    keywords = ["huisvesting", "LOI's", "discriminatie"]
    shipped.annotate(text), shipped.harmonise_all(keywords, "en")
    best = min(_seconds(shipped, text, keywords) for _ in range(5))
    assert len(text) > 450
    assert best < 0.001


def _seconds(shipped: Vocabulary, text: str, keywords: list[str]) -> float:
    start = time.process_time()
    for _ in range(50):
        shipped.annotate(text)
        shipped.harmonise_all(keywords, "en")
    return (time.process_time() - start) / 50
