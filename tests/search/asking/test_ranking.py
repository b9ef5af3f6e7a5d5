"""The last word on order: fit first, then whether it can be read, then how fresh it is."""

from datetime import date, timedelta

from contactpoint.search.asking.ranking import ranked
from contactpoint.search.asking.understanding import Question
from contactpoint.search.engines.base import Hit

TODAY = date(2026, 11, 25)


def hit(key: str, score: float, *, years: float | None = 0, languages: str = "en") -> Hit:
    day = None if years is None else (TODAY - timedelta(days=round(365 * years))).toordinal()
    return Hit(key, score, day, frozenset(languages.split()))


def order(*hits: Hit, language: str = "en") -> list[str]:
    return [one.key for one in ranked(hits, Question("", language), TODAY)]


def test_a_better_fit_goes_before_a_fresher_thing() -> None:
    assert order(hit("output:new", 5), hit("output:old", 8, years=20)) == [
        "output:old",
        "output:new",
    ]


def test_of_things_that_fit_alike_the_fresher_goes_first() -> None:
    found = order(
        hit("output:old", 5, years=9), hit("output:none", 5, years=None), hit("output:new", 5)
    )
    assert found == ["output:new", "output:none", "output:old"]


def test_what_is_to_come_is_no_fresher_than_today() -> None:
    assert order(hit("output:b", 5), hit("output:a", 5, years=-3)) == ["output:b", "output:a"]


def test_what_the_asker_can_read_goes_first() -> None:
    french, english = hit("output:fr", 5.2, languages="fr"), hit("output:en", 5)
    assert order(french, english) == ["output:en", "output:fr"]
    assert order(french, english, language="fr") == ["output:fr", "output:en"]
    assert order(hit("output:fr", 8, languages="fr"), english) == ["output:fr", "output:en"]
