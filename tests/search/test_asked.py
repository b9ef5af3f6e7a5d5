"""What people ask in words of their own, and what it leads to."""

from collections import defaultdict
from collections.abc import Callable

import pytest
from factories import MadeSite, make_concept, make_output

from contactpoint.glossary.terms import vocabulary
from contactpoint.search.asked import ASKED, asked, meant_by
from contactpoint.search.asking import ask
from contactpoint.search.asking.understanding import understand
from contactpoint.search.meanings import GLOSSARY, KINDS, OF_TEXTS, PLACES, WORDS, WORDS_FILE
from contactpoint.vocabulary import fold, read_turtle

pytestmark = pytest.mark.django_db

Fill = Callable[[], None]


def meant(text: str, language: str) -> set[tuple[str, str]]:
    question = understand(text, language)
    return {(one.scheme, one.slug) for unit in question.units for one in unit.concepts}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Can I bring my wife to Belgium?", "en"),
        ("comment faire venir ma famille", "fr"),
        ("ma femme", "fr"),
        ("gezin laten overkomen", "nl"),
        ("Wie kann ich meine Familie nachholen?", "de"),
        ("إحضار عائلتي", "ar"),
    ],
)
def test_words_of_life_lead_to_the_term(site: MadeSite, text: str, language: str) -> None:
    make_concept("family-reunification", en="family reunification")
    question = understand(text, language)
    assert (GLOSSARY, "family-reunification") in meant(text, language)
    assert [chip.token for chip in question.chips if "/" not in chip.token] == [
        "family-reunification"
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How do I become German?", "en"),
        ("comment devenir français", "fr"),
        ("Hoe word ik Nederlander?", "nl"),
        ("Wie werde ich Deutscher", "de"),
        ("كيف أصبح ألمانيا", "ar"),
    ],
)
def test_who_wants_to_belong_to_a_country_asks_for_naturalisation(
    site: MadeSite, text: str, language: str
) -> None:
    make_concept("naturalisation", en="naturalisation")
    assert (GLOSSARY, "naturalisation") in meant(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [("Ukrainians", "en"), ("Ukrainiennes", "fr"), ("Oekraïense", "nl"), ("Ukrainer", "de")],
)
def test_a_people_leads_to_its_country(site: MadeSite, text: str, language: str) -> None:
    assert (PLACES, "ua") in meant(text, language)
    (chip,) = understand(text, language).chips
    assert (chip.token, chip.text, chip.url) == ("places/ua", text, "")


def test_a_part_of_what_people_ask_says_nothing(site: MadeSite, fill: Fill) -> None:
    make_concept("family-reunification", en="family reunification", nl="gezinshereniging")
    make_output(site, title="Te laat overkomen", language="nl")
    make_output(site, title="Gezinshereniging in cijfers", language="nl")
    make_output(site, title="Hereniging van het gezin", language="nl")
    fill()
    found = ask("gezin laten overkomen", "nl")
    assert "Gezinshereniging in cijfers" in [one.title_text for one in found.results]
    assert "Te laat overkomen" not in [one.title_text for one in found.partial]


def test_a_concept_that_is_not_in_the_glossary_is_not_meant(site: MadeSite) -> None:
    make_concept("asylum", en="asylum")
    assert meant("my wife", "en") == set()


def test_texts_are_not_read_so(site: MadeSite, fill: Fill) -> None:
    make_concept("family-reunification", en="family reunification")
    make_output(site, title="He spoke of my wife and others")
    fill()
    assert ASKED not in OF_TEXTS
    assert not [one for one in ask("family reunification", "en").results if one.kind != "concept"]


def test_everything_leads_somewhere() -> None:
    known = {
        GLOSSARY: set(vocabulary().schemes[GLOSSARY].concepts),
        PLACES: set(vocabulary().schemes[PLACES].concepts),
        KINDS: set(vocabulary().schemes[KINDS].concepts),
        WORDS: set(read_turtle(WORDS_FILE, scheme_id=WORDS).concepts),
    }
    assert not [one for one in asked().concepts if meant_by(one)[1] not in known[meant_by(one)[0]]]


def test_no_phrase_leads_to_two_things() -> None:
    led: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for concept in asked().concepts.values():
        for label in concept.labels:
            led[label.language, fold(label.text)].add(concept.id)
    assert not {phrase: ids for phrase, ids in led.items() if len(ids) > 1}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("الهجرة غير الشرعية", "irregular-migration"),
        ("الرعاية الصحية", "health"),
        ("الأشخاص عديمي الجنسية", "stateless-person"),
        ("الاستئناف", "appeal"),
        ("المهربين", "smuggling-of-migrants"),
        ("الإدماج", "integration"),
        ("احتجاز المهاجرين", "detention"),
        ("القاصر غير المرافق", "unaccompanied-minor"),
        ("للقاصرين غير المرافقين", "unaccompanied-minor"),
        ("العائدون", "return"),
        ("الإبعاد", "forced-return"),
        ("مهربو البشر", "smuggling-of-migrants"),
        ("طالبو الحماية الدولية", "applicant-for-international-protection"),
        ("أزمة السكن", "housing"),
        ("بطاقات الإقامة", "residence-permit"),
        ("ضحايا الاتجار", "victim-of-trafficking"),
        ("إقامتنا الدائمة", "permanent-residence"),
    ],
)
def test_arabic_terms_are_understood_in_their_forms_wherever_they_are_asked(
    text: str, concept: str
) -> None:
    for language in ("en", "fr"):
        question = understand(text, language)
        assert [chip.token for chip in question.chips] == [concept]
        assert len(question.units) == 1, "no word is asked for besides"


@pytest.mark.parametrize(
    ("text", "language", "concept"),
    [
        ("langdurig verblijf", "nl", "long-term-resident"),
        ("lange termijn verblijf -visum", "nl", "long-term-resident"),
        ("Wohnung", "de", "housing"),
        ("Wie finde ich eine Wohnung?", "de", "housing"),
        ("étranger malade", "fr", "medical-regularisation"),
        ("Migrationspakt", "de", "pact-on-migration-and-asylum"),
    ],
)
def test_everyday_names_lead_to_the_term(text: str, language: str, concept: str) -> None:
    assert [chip.token for chip in understand(text, language).chips] == [concept]


def test_a_film_on_the_compact_of_the_united_nations_is_not_about_the_pact() -> None:
    text = "Marrakesch: Eröffnung der Konferenz zum Migrationspakt"
    notes = vocabulary().annotate(text, "de", schemes=(GLOSSARY,))
    assert "pact-on-migration-and-asylum" not in {note.concept for note in notes}
