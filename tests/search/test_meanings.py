"""Everyday words and institutions: what they find across languages, and what they leave alone."""

import re
from collections import defaultdict

import pytest
from factories import make_concept

from contactpoint.glossary.terms import vocabulary
from contactpoint.search.institutions import institutions, without_those_of
from contactpoint.search.meanings import (
    GLOSSARY,
    INSTITUTIONS,
    KINDS,
    OF_QUESTIONS,
    OF_TEXTS,
    PLACES,
    WORDS,
    WORDS_FILE,
    meanings,
    token,
)
from contactpoint.vocabulary import Label, Scheme, VocabularyConcept, fold

pytestmark = pytest.mark.django_db

LANGUAGES = {"en", "fr", "nl", "de", "ar"}
FOUND = [
    ("en", "Families wait for a decision of the court.", "family decision court"),
    ("en", "Employers pay higher wages.", "employer wage"),
    ("en", "Young people learn the language of the country.", "young-person language country"),
    ("en", "The right to appeal", "right"),
    ("en", "The house of my neighbours", "home neighbour"),
    ("en", "Victims of violence get medical support.", "victim violence medical support"),
    ("en", "A survey of teachers and students", "survey teacher student"),
    ("en", "The number of arrivals by sea", "figure arrival sea"),
    ("fr", "Elle a un permis et de l'argent.", "permit money"),
    ("fr", "Les familles attendent une décision du tribunal.", "family decision court"),
    ("fr", "Les employeurs versent un salaire.", "employer wage"),
    ("fr", "Les jeunes apprennent la langue du pays.", "young-person language country"),
    ("fr", "Le marché et les entreprises", "market company"),
    ("fr", "La maison de mes voisins", "home neighbour"),
    ("fr", "Les victimes de violences", "victim violence"),
    ("fr", "Une enquête auprès des étudiants", "survey student"),
    ("fr", "L'arrivée des bateaux par la mer", "arrival boat sea"),
    ("nl", "Het recht op geld", "right money"),
    ("nl", "Gezinnen wachten op een beslissing van de rechtbank.", "family decision court"),
    ("nl", "Werkgevers betalen een hoger loon.", "employer wage"),
    ("nl", "Jongeren leren de taal van het land.", "young-person language country"),
    ("nl", "De ouders van een meisje", "parent girl"),
    ("nl", "De huizen van mijn buren", "home neighbour"),
    ("nl", "Slachtoffers van geweld", "victim violence"),
    ("nl", "Een enquête onder studenten", "survey student"),
    ("nl", "De leden van de raad", "member council"),
    ("de", "Das Recht auf Arbeit", "right work"),
    ("de", "Die Lage bleibt, die Regel auch.", "situation rule"),
    ("de", "Familien warten auf eine Entscheidung des Gerichts.", "family decision court"),
    ("de", "Arbeitgeber zahlen einen höheren Lohn.", "employer wage"),
    ("de", "Jugendliche lernen die Sprache des Landes.", "young-person language country"),
    ("de", "Der Erwerb von Eigentum", "acquisition"),
    ("de", "Die Häuser meiner Nachbarn", "home neighbour"),
    ("de", "Opfer von Gewalt", "victim violence"),
    ("de", "Eine Umfrage unter Studenten", "survey student"),
    ("de", "Die Mitglieder des Parlaments", "member parliament"),
    ("ar", "قرار المحكمة", "decision court"),
    ("ar", "لغة البلد", "language country"),
    ("ar", "ضحايا العنف", "victim violence"),
    ("ar", "مستقبل الشباب", "future young-person"),
    ("ar", "حكومة البلد", "government country"),
    ("ar", "المستشفى في المدينة", "hospital city"),
    ("ar", "البيت والسوق", "home market"),
    ("ar", "وزارة الداخلية البلجيكية", "institutions/federal-public-service-interior"),
]
NOTHING = [
    ("en", "What kind of person was she?"),
    ("en", "Turn right behind the tree."),
    ("en", "That takes place on Monday."),
    ("en", "He felt at home there."),
    ("en", "In terms of taste it was fine."),
    ("en", "She noted, and you may note, that it rained."),
    ("en", "The tyre went flat."),
    ("en", "Give me a call when she calls."),
    ("en", "They act as if nothing happened."),
    ("en", "He lives there."),
    ("en", "It gives rise to doubt."),
    ("en", "They share it in the form of cake."),
    ("en", "She addresses him before the House."),
    ("fr", "Il a perdu son chapeau."),
    ("fr", "Cela a permis de rire à peine."),
    ("fr", "Ils parlent à son sujet."),
    ("fr", "Il est en mesure de dormir."),
    ("fr", "Le chat est suivi par exemple."),
    ("fr", "La mise en place est lente."),
    ("fr", "Elle prend garde au chien."),
    ("fr", "Bien sûr, il pleut."),
    ("fr", "À long terme, il a tort."),
    ("fr", "Un chat dort sur une chaise."),
    ("fr", "Elle sort en or."),
    ("fr", "On a vu un car et une dent."),
    ("nl", "Het kind speelt buiten."),
    ("nl", "Hij is ouder dan zij."),
    ("nl", "Artikel 3, eerste lid, tweede zin."),
    ("nl", "Ze ging snel weg."),
    ("nl", "In plaats daarvan sliep hij."),
    ("nl", "Wegens de regen bleef ze binnen."),
    ("nl", "De kat slaapt op de stoel."),
    ("nl", "Alle huishoudens sparen."),
    ("nl", "De spelen gelden niet, het geldt niet."),
    ("nl", "Hij laat weten dat hij komt."),
    ("nl", "Ze raadplegen hem persoonlijk en kosteloos."),
    ("nl", "Hij is van plan te slapen."),
    ("de", "Es regnet sicher auch morgen."),
    ("de", "An anderer Stelle war von ihm die Rede."),
    ("de", "Sie ist in der Lage zu schlafen."),
    ("de", "In der Regel schläft er."),
    ("de", "Neun Katzen und ein Datum."),
    ("de", "Sie macht sich ein Bild."),
    ("de", "Die Einstellung der Suche war falsch."),
    ("de", "Sie ging weg, ehe er kam."),
    ("de", "Im Zuge dessen schlief er ein."),
    ("de", "Private Haushalte sparen."),
    ("de", "Die Erwerbstätigkeit steigt."),
    ("de", "Das ist ein weiter Weg."),
    ("de", "Wer alt ist, ist oft müde."),
    ("ar", "القطة تنام على الكرسي."),
    ("ar", "نامت القطة تحت الشجرة الكبيرة."),
    ("ar", "كان الجو جميلا أمس."),
    ("ar", "أكل التفاحة الحمراء."),
    ("ar", "هو أطول من أخيه."),
    ("ar", "جلسنا قرب النافذة."),
    ("ar", "لون السماء أزرق."),
    ("ar", "شرب القهوة ثم نام."),
]
# Names of one body: a question with any of these finds texts with any other.
BODIES = {
    "institutions/cgrs": [
        ("en", "CGRS"),
        ("fr", "CGRA"),
        ("nl", "CGVS"),
        ("de", "Generalkommissariat für Flüchtlinge und Staatenlose"),
        ("ar", "المفوضية العامة للاجئين وعديمي الجنسية"),
    ],
    "institutions/immigration-office": [
        ("en", "Immigration Office"),
        ("fr", "OE"),
        ("nl", "DVZ"),
        ("de", "Ausländeramt"),
        ("ar", "مكتب الأجانب"),
    ],
    "institutions/fedasil": [("en", "Fedasil"), ("ar", "فيداسيل"), ("ar", "Fedasil")],
    "institutions/myria": [("nl", "Myria"), ("ar", "ميريا")],
    "institutions/euaa": [("en", "EUAA"), ("fr", "AUEA"), ("de", "EU-Asylagentur")],
    "institutions/frontex": [("de", "Frontex"), ("ar", "فرونتكس")],
    "institutions/unhcr": [("en", "UNHCR"), ("fr", "HCR"), ("ar", "مفوضية شؤون اللاجئين")],
    "institutions/iom": [("en", "IOM"), ("fr", "OIM"), ("ar", "المنظمة الدولية للهجرة")],
    "institutions/emn-belgium": [("en", "EMN Belgium"), ("fr", "REM Belgique")],
    "european-migration-network": [("en", "EMN"), ("fr", "REM"), ("ar", "شبكة الهجرة الأوروبية")],
}


def found(text: str, language: str | None = None, schemes: tuple[str, ...] = OF_TEXTS) -> list[str]:
    return [
        token(note.scheme, note.concept)
        for note in meanings().annotate(text, language, schemes=schemes)
    ]


def of_words(text: str, language: str) -> list[str]:
    """What the two schemes find, words without the name of theirs."""
    return [
        one.removeprefix(f"{WORDS}/")
        for one in found(text, language)
        if one.startswith((f"{WORDS}/", f"{INSTITUTIONS}/"))
    ]


def labels(scheme: str) -> dict[tuple[str, str], set[str]]:
    """The concepts behind each label, by language and folded text."""
    holders = defaultdict(set)
    for concept in meanings().schemes[scheme].concepts.values():
        for label in concept.labels:
            holders[label.language, fold(label.text)].add(concept.id)
    return holders


def test_the_words_are_read_each_once_and_in_the_order_of_their_ids() -> None:
    ids = re.findall(r"^concept:(\S+) a skos:Concept", WORDS_FILE.read_text(), re.MULTILINE)
    assert len(ids) > 200
    assert ids == sorted(set(ids))
    assert set(ids) == set(meanings().schemes[WORDS].concepts)


def test_every_word_is_there_in_all_five_languages() -> None:
    for concept in meanings().schemes[WORDS].concepts.values():
        named = sorted(label.language for label in concept.labels if label.kind == "preferred")
        assert named == sorted(LANGUAGES), concept.id
        assert {label.language for label in concept.labels} == LANGUAGES, concept.id


def test_a_word_means_one_thing_in_a_language() -> None:
    assert {key: ids for key, ids in labels(WORDS).items() if len(ids) > 1} == {}


@pytest.mark.parametrize("scheme", [GLOSSARY, PLACES, KINDS, INSTITUTIONS])
def test_no_word_is_a_name_that_another_scheme_has(scheme: str) -> None:
    assert labels(WORDS).keys() & labels(scheme).keys() == set()


@pytest.mark.parametrize(("language", "sentence", "expected"), FOUND)
def test_everyday_words_are_found(language: str, sentence: str, expected: str) -> None:
    assert of_words(sentence, language) == expected.split()


@pytest.mark.parametrize(("language", "sentence"), NOTHING)
def test_words_that_only_look_alike_are_left_alone(language: str, sentence: str) -> None:
    assert of_words(sentence, language) == []


@pytest.mark.parametrize(
    ("body", "language", "name"),
    [(body, *name) for body, names in BODIES.items() for name in names],
)
def test_a_body_is_the_same_by_whatever_name(body: str, language: str, name: str) -> None:
    assert found(name, language) == [body]
    assert found(name, schemes=OF_QUESTIONS) == [body]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize(
    ("acronym", "body"),
    [("CGVS", "cgrs"), ("OE", "immigration-office"), ("HCR", "unhcr"), ("CALL", "")],
)
def test_an_acronym_is_read_in_every_language_in_capitals_only(
    acronym: str, body: str, language: str
) -> None:
    meant = f"{INSTITUTIONS}/{body or 'council-for-alien-law-litigation'}"
    assert meant in found(f"2024: {acronym}", language)
    assert meant not in found(f"2024: {acronym.lower()}", language)
    assert meant not in found(f"2024: {acronym.capitalize()}", language)


def test_the_number_of_an_act_names_no_institution() -> None:
    assert of_words("2008/115/EC, 2009/50/EC", "en") == []


def test_a_body_of_the_glossary_is_not_there_twice() -> None:
    assert "emn" in institutions().concepts
    assert "emn" not in meanings().schemes[INSTITUTIONS].concepts
    for scheme in (GLOSSARY, PLACES, KINDS):
        assert labels(INSTITUTIONS).keys() & labels(scheme).keys() == set()


def test_of_an_acronym_that_means_two_things_the_glossary_has_its_own() -> None:
    scheme = Scheme(
        "bodies",
        concepts={
            "court": VocabularyConcept(
                "court", labels=(Label("Court", "en"), Label("ECHR", "en", "alternative"))
            ),
            "network": VocabularyConcept("network", labels=(Label("Network", "en"),)),
        },
    )
    explained = Scheme(
        "glossary",
        concepts={
            "convention": VocabularyConcept("convention", labels=(Label("echr", "en"),)),
            "network": VocabularyConcept("a", labels=(Label("network", "en", "alternative"),)),
        },
    )
    left = without_those_of(scheme, [explained]).concepts
    assert {slug: [label.text for label in one.labels] for slug, one in left.items()} == {
        "court": ["Court"]
    }


def test_the_vocabulary_of_editors_knows_nothing_of_either() -> None:
    base = vocabulary()
    before = list(base.schemes)
    assert {WORDS, INSTITUTIONS} <= meanings().schemes.keys()
    assert vocabulary() is base
    assert list(base.schemes) == before
    assert not {WORDS, INSTITUTIONS} & base.schemes.keys()
    assert base.annotate("Families and Fedasil", "en") == []


def test_a_change_of_the_glossary_is_followed() -> None:
    shipped = meanings()
    assert meanings() is shipped
    make_concept("zebra-crossing", en="zebra crossing")
    assert meanings() is not shipped
    assert found("A zebra crossing", "en") == ["zebra-crossing"]
    # Nothing in this glossary explains the network, so it is an institution again.
    assert found("EMN", "en") == [f"{INSTITUTIONS}/emn"]
