"""Sources of definitions are said in the reader's language, or stay as they were recorded."""

import re

import pytest

from contactpoint.glossary.sources import LANGUAGES, in_language
from contactpoint.glossary.terms import GLOSSARY_FILE

ALL = sorted(
    set(re.findall(r'dct:source "([^"]*)"', GLOSSARY_FILE.read_text("utf-8"))),
)
ENGLISH = re.compile(
    r"\b(before|them|it|and|to|of|the|on|Regulations?|Articles?|Decision|Council|Charter|Treaty|No)\b"
)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "fr",
            "Règlement (UE) 2024/1348, article 42 ; auparavant directive 2013/32/UE, article 31(8)",
        ),
        (
            "nl",
            "Verordening (EU) 2024/1348, artikel 42; voorheen Richtlijn 2013/32/EU, artikel 31(8)",
        ),
        ("de", "Verordnung (EU) 2024/1348, Artikel 42; zuvor Richtlinie 2013/32/EU, Artikel 31(8)"),
    ],
)
def test_the_act_in_force_and_the_one_before_it(language: str, said: str) -> None:
    source = "Regulation (EU) 2024/1348, Article 42; before it Directive 2013/32/EU, Article 31(8)"
    found = in_language(source, language)
    assert (found.text.replace("\N{NO-BREAK SPACE}", " "), found.language) == (said, language)


@pytest.mark.parametrize(
    ("source", "language", "said"),
    [
        (
            "Council Decision 2008/381/EC, Article 9",
            "fr",
            "Décision 2008/381/CE du Conseil, article 9",
        ),
        ("Council Decision 2008/381/EC", "de", "Entscheidung 2008/381/EG des Rates"),
        ("Council Decision (EU) 2015/1601", "de", "Beschluss (EU) 2015/1601 des Rates"),
        ("Council Framework Decision 2008/913/JHA", "nl", "Kaderbesluit 2008/913/JBZ van de Raad"),
        ("Regulation (EC) No 810/2009", "nl", "Verordening (EG) nr. 810/2009"),
        (
            "Communication from the Commission COM(2005) 388 of 1 September 2005",
            "fr",
            "Communication de la Commission COM(2005) 388 du 1er septembre 2005",
        ),
        (
            "Geneva Convention of 28 July 1951, Article 1A(2)",
            "de",
            "Genfer Flüchtlingskonvention vom 28. Juli 1951, Artikel 1A(2)",
        ),
    ],
)
def test_acts_are_called_as_the_language_does(source: str, language: str, said: str) -> None:
    assert in_language(source, language) == (said, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_source_is_said_whole_or_stays_english(language: str) -> None:
    said = {source: in_language(source, language) for source in ALL}
    for source, found in said.items():
        assert re.findall(r"\d+", found.text.replace("1er", "1")) == re.findall(r"\d+", source)
        if found.language == language:
            assert not ENGLISH.search(re.sub(r"\bde la Commission|\bon\b", "", found.text)), found
        else:
            assert found == (source, "en")
    translated = sum(found.language == language for found in said.values())
    assert translated >= 0.85 * len(ALL)


@pytest.mark.parametrize(
    "source", ["", "UNHCR, Beyond Proof, 2013", "Regulation of nobody", "<b>Article 1</b>", "Artic"]
)
def test_what_is_not_known_stays_as_it_is(source: str) -> None:
    assert in_language(source, "fr") == (source, "en")


def test_other_languages_read_what_was_recorded() -> None:
    assert in_language("Directive 2004/38/EC", "en") == ("Directive 2004/38/EC", "en")
    assert in_language("Directive 2004/38/EC", "pl") == ("Directive 2004/38/EC", "en")
