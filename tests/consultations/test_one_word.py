"""What editors and respondents read calls one thing by one word, in every language."""

import re

import polib
import pytest
from django.conf import settings

from contactpoint.consultations.models import Instrument, Round

OTHERS = {
    "en": r"\binstruments?\b",
    "fr": r"\b(instruments?|sondages?)\b",
    "nl": r"\b(instrument(en)?|enquêtes?)\b",
    "de": r"\b(Instrumente?|Erhebung(en)?|Konsultation(en)?)\b",
}
"""Other words for a questionnaire, a wave, a survey or a consultation."""


@pytest.mark.parametrize("language", sorted(OTHERS))
def test_no_text_of_consultations_has_another_word(language: str) -> None:
    catalogue = settings.LOCALE_PATHS[0] / ("fr" if language == "en" else language)
    found = []
    for entry in polib.pofile(str(catalogue / "LC_MESSAGES" / "django.po")):
        if entry.obsolete or not any("/consultations/" in one for one, _at in entry.occurrences):
            continue
        texts = [entry.msgstr, *entry.msgstr_plural.values()]
        for text in [entry.msgid, entry.msgid_plural] if language == "en" else texts:
            found += re.findall(OTHERS[language], text, re.IGNORECASE) and [text]
    assert found == []


def test_the_models_are_called_as_editors_call_them() -> None:
    assert str(Instrument._meta.verbose_name) == "questionnaire"
    assert str(Round._meta.verbose_name) == "round"
