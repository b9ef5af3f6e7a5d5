"""Words that are written together are found by their parts, and by how else they are written."""

import tomllib
from pathlib import Path

import pytest

import contactpoint.search.analysis as package
from contactpoint.search.analysis import analysed, forms, indexed
from contactpoint.search.analysis.compounds import parts
from contactpoint.vocabulary import fold

PARTS = Path(package.__file__).parent / "data" / "parts.toml"


def answers(asked: str, written: str, language: str) -> bool:
    return not set(forms(asked, language)).isdisjoint(indexed(written, language).stems)


@pytest.mark.parametrize(
    ("language", "part", "compound"),
    [
        ("nl", "hereniging", "gezinshereniging"),
        ("nl", "gezin", "gezinshereniging"),
        ("nl", "gezinnen", "gezinsherenigingen"),
        ("nl", "centra", "opvangcentrum"),
        ("nl", "kinderen", "kinderbescherming"),
        ("de", "Nachzug", "Familiennachzug"),
        ("de", "Verfahren", "Asylverfahrensrecht"),
        ("de", "Länder", "Herkunftsländerinformationen"),
        ("de", "Grenze", "Grenzkontrollen"),
        ("sv", "tillstånd", "uppehållstillståndet"),
        ("sv", "människor", "människohandel"),
        ("da", "tilladelser", "opholdstilladelse"),
        ("nb", "søkere", "asylsøker"),
        ("fi", "perhe", "perheenyhdistäminen"),
        ("fi", "hakijat", "turvapaikanhakijoiden"),
        ("hu", "család", "családegyesítés"),
        ("et", "luba", "elamisluba"),
    ],
)
def test_a_part_finds_the_whole(language: str, part: str, compound: str) -> None:
    assert answers(part, compound, language)


@pytest.mark.parametrize(
    ("language", "asked", "written"),
    [
        ("nl", "gezinshereniging", "gezin"),
        ("de", "Familiennachzug", "Familie"),
        ("fi", "oleskelulupa", "lupa"),
    ],
)
def test_the_whole_does_not_find_a_part(language: str, asked: str, written: str) -> None:
    assert not answers(asked, written, language)


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("de", "Nordirland"),
        ("de", "Landschaft"),
        ("de", "dauerhaft"),
        ("de", "Unterbringung"),
        ("nl", "rechtbank"),
        ("nl", "landschap"),
        ("nl", "staatloosheid"),
        ("en", "borderland"),
        ("fr", "portefeuille"),
    ],
)
def test_a_word_that_only_looks_like_a_compound_stays_whole(language: str, word: str) -> None:
    assert parts(fold(word), language) == ()


@pytest.mark.parametrize(
    ("language", "asked", "written"),
    [
        ("de", "Familiennachzug", "Familien-Nachzug"),
        ("en", "readmission", "re-admission"),
        ("en", "adhoc", "ad-hoc"),
        ("nl", "asielzoekerscentrum", "asielzoekers-centrum"),
        ("nl", "gezin", "gezins-hereniging"),
    ],
)
def test_a_word_is_found_where_a_hyphen_parts_it(language: str, asked: str, written: str) -> None:
    assert answers(asked, written, language)


def test_what_hyphens_join_is_told_at_its_last_word() -> None:
    words = analysed("on re-admission", "en")
    assert [(word.surface, word.stems) for word in words[1:]] == [
        ("re", ("re",)),
        ("admission", ("admiss", "readmiss")),
    ]


def test_parts_are_long_enough_folded_and_stand_once() -> None:
    for language, words in tomllib.loads(PARTS.read_text(encoding="utf-8")).items():
        if language == "whole":
            continue
        given = words.split()
        forms_given = [word.partition("=")[0] for word in given]
        assert min(map(len, forms_given)) >= 4, language
        assert len(set(forms_given)) == len(forms_given), language
        assert [word for word in given if fold(word) != word] == []
