"""What is sought in texts, and what of it may be passed over."""

import pytest

from contactpoint.search.asking.needles import _SIGNS, needles
from contactpoint.search.asking.understanding import understand
from contactpoint.search.meanings import meanings
from contactpoint.vocabulary import fold

pytestmark = pytest.mark.django_db


def test_signs_folded_one_by_one_are_a_text_folded() -> None:
    names = [
        label.text
        for scheme in meanings().schemes.values()
        for concept in scheme.concepts.values()
        for label in concept.labels
    ]
    assert len(names) > 4000
    assert [name for name in names if name.translate(_SIGNS) != fold(name)] == []


@pytest.mark.parametrize(
    ("text", "language", "sentence"),
    [
        ("réfugiés", "fr", "L’accueil des RE\u0301FUGIE\u0301S d’Ukraine"),
        ("größe", "de", "GRÖSSEN UND GRÖẞEN"),
        ("لم شمل الأسرة", "ar", "إجراءات لمّ شملِ الأُسرةِ في بلجيكا"),
        ("σύνοροι", "el", "ΣΎΝΟΡΟΙ"),
        ("لاجىء", "ar", "كل لاجيء"),
        ("580800", "en", "In that year 580,800 people came"),
        ("1234567", "fr", "soit 1 234 567 personnes"),
    ],
)
def test_nothing_is_passed_over_for_how_it_is_written(
    text: str, language: str, sentence: str
) -> None:
    wanted = needles(understand(text, language), language, meanings())
    assert wanted.find(sentence) != []
    assert wanted.find("something else") == []
