"""Figures in words, in four languages."""

import re
from dataclasses import replace
from datetime import date

import pytest
from babel.numbers import format_decimal, format_percent

from contactpoint.figures import flags
from contactpoint.figures.changes import Change, Reason, compare
from contactpoint.figures.datasets import indicators
from contactpoint.figures.errors import FiguresError
from contactpoint.figures.figure import Figure
from contactpoint.figures.model import Origin
from contactpoint.figures.periods import period
from contactpoint.figures.published import published
from contactpoint.figures.ratios import per_million, rank, share
from contactpoint.figures.telling import LANGUAGES, Teller
from contactpoint.figures.telling.words import words
from contactpoint.figures.vintages import vintage

THAT_DAY = vintage(date(2019, 6, 17))
NOW = Figure(151_000, period("2018-Q4"), "EU28", "m", "PER", vintage=THAT_DAY, give=50)
BEFORE = replace(NOW, value=146_900, period=period("2018-Q3"))
YEAR_BEFORE = replace(NOW, value=154_000, period=period("2017-Q4"))
CHANGES = (
    compare(NOW, BEFORE, comparison="previous"),
    compare(NOW, YEAR_BEFORE, comparison="year"),
)
WHAT = "first-time-applicants"


def plain(text: str) -> str:
    """Spaces that don't break as common ones, so that expectations can be read."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "In the fourth quarter of 2018, 151,000 people applied for asylum for the first time"
         " in the EU-28, up 3 % on the quarter before, down 2 % on a year before."),
        ("fr", "Au quatrième trimestre 2018, 151 000 personnes ont demandé l’asile pour la première"
         " fois dans l’UE-28, en hausse de 3 % par rapport au trimestre précédent et en baisse de"
         " 2 % sur un an."),
        ("nl", "In het vierde kwartaal van 2018 vroegen 151.000 mensen in de EU-28 voor het eerst"
         " asiel aan, 3% meer dan in het kwartaal ervoor en 2% minder dan een jaar eerder."),
        ("de", "Im vierten Quartal 2018 beantragten 151.000 Menschen in der EU-28 erstmals Asyl,"
         " 3 % mehr als im Vorquartal und 2 % weniger als im Vorjahresquartal."),
    ],
)  # fmt: skip
def test_a_figure_with_both_its_changes(language: str, sentence: str) -> None:
    assert plain(Teller(language).sentence(NOW, WHAT, CHANGES)) == sentence


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "then 649,855, now 654,600"),
        ("fr", "649 855 à l’époque, 654 600 aujourd’hui"),
        ("nl", "toen 649.855, nu 654.600"),
        ("de", "damals 649.855, heute 654.600"),
    ],
)
def test_a_revision_names_both_figures(language: str, said: str) -> None:
    then, now = (one.figure for one in published() if one.figure.period.code == "2017")
    assert plain(Teller(language).revision(then, now)) == said


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_numbers_stand_as_the_language_writes_them(language: str) -> None:
    told = words(language)
    assert told.percent(3) == format_percent(0.03, locale=language)
    assert told.number(1_256_600) == format_decimal(1256600, locale=language)
    assert told.number(0.25) == format_decimal(0.2, locale=language)


def test_no_number_breaks_at_the_end_of_a_line() -> None:
    for language in LANGUAGES:
        sentence = Teller(language).sentence(NOW, WHAT, CHANGES)
        assert re.search(r"[0-9] [0-9%]", sentence) is None, language


def shape(said: object, path: str = "") -> dict[str, set[str]]:
    """Every template's key with the words that it is filled with."""
    if isinstance(said, dict):
        found: dict[str, set[str]] = {}
        for key, inner in said.items():
            found |= shape(inner, f"{path}/{key}")
        return found
    return {path: set(re.findall(r"{(\w+)}", str(said)))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_and_leaves_no_number_out(language: str) -> None:
    assert shape(words(language).said) == shape(words("en").said)
    assert set(words(language).said["flags"]) == set(flags.MEANINGS)
    assert set(words(language).said["reason"]) | {Reason.ROUNDING, Reason.TOO_SMALL} == set(Reason)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_has_a_sentence_of_its_own(language: str) -> None:
    wanted = {re.sub(r"-(month|quarter|year)$", "", name) for name in indicators()}
    assert set(words(language).said["sentences"]) == wanted
    told = {Teller(language).sentence(NOW, what) for what in wanted}
    assert len(told) == len(wanted)


def test_every_country_has_its_preposition() -> None:
    members = {code for code in words("en").places if len(code) == 2 and code != "EU"}
    assert len(members) >= 32
    told = {language: [words(language).where(code) for code in members] for language in LANGUAGES}
    assert all(len(set(places)) == len(members) for places in told.values())
    assert words("fr").where("NL") == "aux Pays-Bas"
    assert words("de").where("CH") == "in der Schweiz"
    assert words("nl").where("CY") == "op Cyprus"
    assert words("de").where("GR") == words("de").where("EL") == "in Griechenland"
    with pytest.raises(FiguresError, match=r"is in 'QQ' isn't known\. Add it to places\.toml"):
        words("en").where("QQ")


def test_names_alone_come_from_cldr_in_every_language() -> None:
    assert [words(language).place("EL") for language in LANGUAGES] == [
        "Greece", "Grèce", "Griekenland", "Griechenland",
    ]  # fmt: skip
    assert words("fr").place("EU27_2020") == "UE-27 (depuis 2020)"
    assert words("en").place("XYZ") == "XYZ"


def told(current: Figure, base: Figure | None, language: str = "en", **more: object) -> str:
    teller = Teller(language)
    change = compare(current, base, comparison="previous", **more)
    return plain(teller.change(change) or teller.why_not(change))


def pair(now: float, then: float, **more: object) -> tuple[Figure, Figure]:
    return replace(NOW, value=now, **more), replace(BEFORE, value=then, **more)


def test_changes_that_are_hardly_any_are_not_told_in_per_cent() -> None:
    assert told(*pair(1000, 1000, give=0)) == "unchanged on the quarter before"
    assert told(*pair(1001, 1000, give=0)) == "almost unchanged on the quarter before"
    assert told(*pair(1005, 1000, give=2.5)) == "unchanged on the quarter before, within rounding"
    assert told(*pair(200, 100, give=2.5)) == "up by about 100 % on the quarter before"
    assert "too small for a percentage" in told(*pair(25, 10, give=2.5))
    assert told(*pair(1005, 1000, give=2.5), "fr").endswith("précédent, aux arrondis près")
    assert told(*pair(1005, 1000, give=2.5), "de").startswith("von Rundungen abgesehen ebenso")
    assert told(*pair(1005, 1000, give=2.5), "nl").startswith("afgezien van afronding evenveel")


def test_what_is_passed_over_is_said_in_words() -> None:
    older = replace(BEFORE, vintage=vintage("2018-12"))
    assert told(NOW, older).endswith("(the figure compared with was extracted in December 2018)")
    assert told(NOW, older, "de").endswith("(Vergleichswert mit Datenstand Dezember 2018)")
    broken = replace(NOW, flags="b")
    assert told(broken, BEFORE, despite=(Reason.BREAK,)).endswith("(the series breaks in between)")
    other = replace(BEFORE, geo="EU27_2020")
    assert told(NOW, other, "nl", despite=(Reason.ANOTHER_AGGREGATE,)).endswith(
        "(EU-28 vergeleken met EU-27 (vanaf 2020))"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_a_sentence(language: str) -> None:
    bases = [
        None,
        replace(BEFORE, value=0.0),
        replace(BEFORE, geo="BE"),
        replace(BEFORE, geo="EU27_2020"),
        replace(BEFORE, unit="x"),
        replace(BEFORE, measure="x"),
        replace(BEFORE, period=period("2017")),
        replace(BEFORE, vintage=vintage("2015-01")),
    ]
    sentences = [told(NOW, base, language) for base in bases]
    sentences.append(told(replace(NOW, flags="b"), BEFORE, language))
    sentences.append(told(replace(NOW, value=None), BEFORE, language))
    assert len(set(sentences)) == len(bases) + 2
    for one in sentences:
        assert one[0].isupper(), one
        assert one.endswith("."), one
        assert "{" not in one, one


def test_the_missing_base_is_named() -> None:
    change = Change(NOW, None, reason=Reason.NO_BASE, comparison="year")
    assert Teller("de").why_not(change) == (
        "Für das vierte Quartal 2017 liegt keine Zahl zum Vergleich vor."
    )


def test_a_change_that_cannot_be_told_leaves_the_figure_standing() -> None:
    change = compare(NOW, None, comparison="previous")
    assert Teller("en").sentence(NOW, WHAT, [change]) == Teller("en").sentence(NOW, WHAT)
    nothing = replace(NOW, value=None, flags="c")
    assert Teller("en").sentence(nothing, WHAT) == (
        "There is no figure for the fourth quarter of 2018."
    )


def test_flags_of_the_figure_and_of_its_base_stand_at_the_end() -> None:
    now, before = replace(NOW, flags="pe"), replace(BEFORE, flags="s")
    change = compare(now, before, comparison="previous")
    assert (
        Teller("en")
        .sentence(now, WHAT, [change])
        .endswith(" (estimated, provisional; figure compared with: Eurostat estimate).")
    )
    assert "(estimé, provisoire)" in Teller("fr").sentence(now, WHAT)


def test_what_is_counted_on_a_day_is_told_so() -> None:
    stock = Figure(25_275, period("2025-12"), "ES", kind="stock")
    assert Teller("nl").sentence(stock, "pending") == (
        "Eind december 2025 wachtten 25.275 mensen in Spanje op een beslissing over hun "
        "asielaanvraag."
    )
    people = Figure(17_000_000, period("2018"), "NL", kind="opening")
    assert plain(Teller("fr").sentence(people, "population")) == (
        "Au 1er janvier 2018, 17 000 000 personnes vivaient aux Pays-Bas."
    )


def test_one_person_is_no_plural() -> None:
    one = Figure(1, period("2018"), "MT")
    assert Teller("en").sentence(one, "resettled") == "Resettled people, Malta, in 2018: 1."
    assert plain(Teller("fr").sentence(one, "resettled")) == (
        "Personnes réinstallées, Malte, en 2018 : 1."
    )


def test_what_no_template_fits_stands_in_parts() -> None:
    far = Figure(1200, period("2018-Q4"), "XK")
    assert Teller("en").sentence(far, "resettled") == (
        "Resettled people, Kosovo, in the fourth quarter of 2018: 1,200."
    )
    assert Teller("de").sentence(replace(far, geo="BE"), "Aufnahmeplätze") == (
        "Aufnahmeplätze, Belgien, im vierten Quartal 2018: 1.200."
    )


def test_rates_shares_and_ranks_in_words() -> None:
    people = Figure(11_400_000, period("2018"), "BE", unit="NR")
    mine = Figure(5700, period("2018-Q4"), "BE")
    assert plain(Teller("fr").rate(per_million(mine, people))) == "500 par million d’habitants"
    older = replace(people, period=period("2017"))
    assert Teller("en").rate(per_million(mine, older)) == (
        "500 per million inhabitants (by the population of 2017)"
    )
    assert plain(Teller("de").share(share(mine, replace(mine, value=22800)))) == (
        "25 % der Gesamtzahl"
    )
    others = [mine, replace(mine, geo="FR", value=6000), replace(mine, geo="LU", value=10)]
    assert plain(Teller("nl").rank(rank(others, "BE"))) == "nummer 2 van 3 landen"
    rounded = [replace(one, give=500) for one in others]
    assert plain(Teller("en").rank(rank(rounded, "BE"))) == (
        "between number 1 and number 2 of 3 countries"
    )
    missing = rank([*others, replace(mine, geo="SK", value=None)], "BE")
    assert plain(Teller("en").rank(missing)) == "number 2 of the 3 countries with a figure"
    assert plain(Teller("de").rank(missing)) == "Platz 2 von den 3 Ländern mit einem Wert"
    teller = Teller("en")
    assert (teller.rate(per_million(mine, None)), teller.share(share(mine, None))) == ("", "")
    assert teller.rank(rank(others, "IT")) == ""


def test_a_source_names_dataset_and_day() -> None:
    origin = Origin("Eurostat", "migr_asyappctzm", extracted=date(2019, 6, 17))
    assert [plain(Teller(language).source(origin)) for language in LANGUAGES] == [
        "Source: Eurostat (migr_asyappctzm), extracted 17 June 2019",
        "Source : Eurostat (migr_asyappctzm), données extraites le 17 juin 2019",
        "Bron: Eurostat (migr_asyappctzm), opgehaald op 17 juni 2019",
        "Quelle: Eurostat (migr_asyappctzm), Datenstand 17. Juni 2019",
    ]
    assert Teller("en").source(Origin("Fedasil")) == "Source: Fedasil"
    monthly = replace(NOW, source="Eurostat", vintage=vintage("2018-12"))
    assert Teller("en").source_of(monthly) == "Source: Eurostat, extracted in December 2018"
    assert Teller("en").source_of(replace(monthly, vintage=THAT_DAY)).endswith("17 June 2019")
    assert Teller("en").source_of(replace(monthly, vintage=None)) == "Source: Eurostat"


def test_a_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(FiguresError, match="aren't told in 'es', only in en, fr, nl, de"):
        Teller("es")


def test_the_first_of_a_month_is_told_as_the_language_does() -> None:
    assert words("fr").day(date(2019, 11, 1)) == "1er novembre 2019"
    assert words("fr").day(date(2019, 11, 11)) == "11 novembre 2019"
    assert words("nl").day(date(2019, 11, 1)) == "1 november 2019"
