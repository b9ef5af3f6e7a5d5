"""What `false_friends.toml` and `endings.toml` promise holds with the shipped schemes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import contactpoint.vocabulary
from contactpoint.vocabulary import Vocabulary

DATA = Path(contactpoint.vocabulary.__file__).parent / "data"


def listed(kind: str) -> Iterator[tuple[str, str]]:
    tables = tomllib.loads((DATA / "false_friends.toml").read_text(encoding="utf-8"))
    for language, words in tables[kind].items():
        assert len(words) == len(set(words)), language
        yield from ((language, word) for word in words)


def labels(vocabulary: Vocabulary) -> set[tuple[str, str]]:
    return {
        (label.language, label.text.casefold())
        for scheme in vocabulary.schemes.values()
        for concept in scheme.concepts.values()
        for label in concept.labels
    }


@pytest.mark.parametrize("kind", ["phrases", "words"])
def test_a_listed_word_means_nothing_in_its_language_unless_it_is_a_label_there(
    shipped: Vocabulary, kind: str
) -> None:
    own = labels(shipped)
    astray = [
        (language, word, found.matched_label)
        for language, word in listed(kind)
        if (language, word) not in own
        and (found := shipped.harmonise(word, language)).concept is not None
    ]
    assert astray == []


@pytest.mark.parametrize("kind", ["phrases", "words"])
def test_a_listed_word_is_left_alone_in_a_text_of_its_language(
    shipped: Vocabulary, kind: str
) -> None:
    own = labels(shipped)
    astray = [
        (language, word, found)
        for language, word in listed(kind)
        if (language, word) not in own
        and (found := [one.label for one in shipped.annotate(f"… {word} …", language)])
    ]
    assert astray == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The victims were recruited for the removal of organs."),
        (
            "en",
            "The Court gave a strict interpretation of the rule and a broad interpretation too.",
        ),
        ("en", "Employers provide reasonable accommodation for staff with reduced mobility."),
        ("en", "The agency launched an emergency appeal; the change has a minor role."),
        ("en", "The country helps in taking back its nationals, and the Visa Code rewards it."),
        ("en", "Four new family units were built; the border guards live elsewhere."),
        ("en", "Everyone has the right to work, and their children go along."),
        ("fr", "Le rapport traite de la politique commune et du recours à la force."),
        ("fr", "Le code des visas ne dit rien des unités familiales, ni de leurs enfants."),
        ("fr", "Leur hébergement est payé; les garde-frontières ont droit au travail."),
        ("fr", "La question a été traitée; elle n'a pas encore été traité ailleurs."),
        ("fr", "L'interprétation du droit appartient au juge."),
        ("nl", "Het medisch onderzoek en het onderzoek van de aanvraag duurden lang."),
        ("nl", "Twee nieuwkomers sluiten zich bij het netwerk aan; de visumcode blijft."),
        ("nl", "Hun kinderen slapen in gezinseenheden bij de grenswachters."),
        ("nl", "De asielhond uit het dierenasiel kreeg een baas."),
        ("nl", "De politie arresteerde een man; illegale wapens lagen in de kelder."),
        ("nl", "Een vermindering met tien uitzendingen."),
        ("de", "Die Aufnahme einer Beschäftigung und die Bildung einer Rücklage sind erlaubt."),
        (
            "de",
            "Die Kinder schlafen in Familieneinheiten; Grenzschutzbeamte halten den Visakodex ein.",
        ),
        ("de", "Die Beschädigung der Schleuse kostete Träume."),
        ("it", "Abbiamo ricevuto le istruzioni, ma ho visto che manca una interruzione."),
        ("it", "Visto il regolamento, un saluto alle nonne."),
        ("es", "Sigue viviendo en un asilo de ancianos."),
        ("pt", "Foi visto na rua, visto que a interação era curta."),
        ("sv", "Hon hälsar och har ont i halsen; vi förvarar nycklarna."),
        ("da", "Flytningen til den nye by var dyr."),
        ("nb", "Mottakeren vil helst vente."),
        ("cs", "Podle zjištění auditu je to zajištění kvality."),
        ("el", "Η προσφυγή απορρίφθηκε."),
        ("bg", "Здравейте на всички."),
        ("ro", "Bunica locuiește într-un azil de bătrâni."),
        ("ar", "اقرأ التعليمات قبل السفر."),
        ("tr", "Her vatandaş bunu kabul eder."),
        ("lt", "Visas kiemas tuščias."),
    ],
)
def test_a_sentence_about_something_else_has_no_concept(
    shipped: Vocabulary, language: str, text: str
) -> None:
    assert [one.label for one in shipped.annotate(text, language, schemes=["glossary"])] == []


@pytest.mark.parametrize(
    ("language", "text", "concept"),
    [
        ("el", "Οι πρόσφυγες περιμένουν.", "refugee"),
        ("el", "Δικαιώματα των προσφύγων στην πόλη.", "refugee"),
        ("fi", "Kansalaisuudettomien asema paranee.", "stateless-person"),
        ("tr", "Mültecilerin hakları korunur.", "refugee"),
        ("ar", "وصل طالبو اللجوء.", "applicant-for-international-protection"),
        ("ar", "يعيش اللاجئون هنا.", "refugee"),
        ("fr", "Le traité protège les victimes de la traite.", "victim-of-trafficking"),
        ("en", "An interpreter was present at the hearing.", "interpreting"),
        ("nl", "Het onderzoek toont een stijging.", "research"),
        ("da", "Flygtningene bor i byen.", "refugee"),
        ("it", "Chiede asilo e un permesso di soggiorno.", "asylum"),
    ],
)
def test_the_concept_itself_is_still_found(
    shipped: Vocabulary, language: str, text: str, concept: str
) -> None:
    assert concept in {one.concept for one in shipped.annotate(text, language)}


@pytest.mark.parametrize(
    ("language", "keyword", "concept"),
    [
        ("fi", "kansalaisuudettomuus", "stateless-person"),
        ("tr", "vatandaş", "citizenship"),
        ("ar", "جنس", "citizenship"),
        ("el", "προσφυγή", "refugee"),
    ],
)
def test_a_derived_word_is_not_a_form(
    shipped: Vocabulary, language: str, keyword: str, concept: str
) -> None:
    assert shipped.harmonise(keyword, language).concept != concept
