"""A survey is read and answered in a language that the portal has no pages in."""

import pytest
from answering import Reader
from consulting import made_instrument, made_round

from contactpoint.consultations.models import Response
from contactpoint.consultations.questions import Instrument, Kind, Question, Section

pytestmark = pytest.mark.django_db

ARABIC = "كم عمرك؟"


def round_in(*languages: str):  # type: ignore[no-untyped-def]
    age = Question("age", Kind.INTEGER, {"en": "How old are you?", "uk": "Вік?", "ar": ARABIC})
    name = Question("name", Kind.TEXT, {"en": "Your town"})
    asked = Instrument("form", ("en", "uk", "ar"), {"en": "Form", "ar": "استمارة"}, sections=(
        Section("one", {"en": "One", "uk": "Один"}, questions=(age, name)),
        Section("two", {"en": "Two"}, questions=(Question("q", Kind.TEXT, {"uk": "Ще?"}),)),
    ))  # fmt: skip
    return made_round(made_instrument(asked), languages=list(languages))


def test_every_language_of_the_round_is_offered_and_stays_chosen() -> None:
    round = round_in("en", "uk", "ar")
    reader = Reader().open(f"/en/consultations/{round.code}/answer/")
    links = {one.text(): one.attributes for one in reader.page.css(".answering-languages a")}
    assert set(links) == {"Українська", "العربية"}
    assert links["العربية"]["dir"] == "rtl"
    reader.open(str(links["العربية"]["href"])).press()
    words = next(one for one in reader.page.css("[lang=ar]") if ARABIC in one.text())
    assert words.attributes["dir"] == "rtl"
    assert Response.objects.get().language == "ar"
    assert reader.page.css_first("html").attributes["lang"] == "en"
    marks = [one.text() for one in reader.page.css(".words-language")]
    assert "ar" not in marks
    reader.press("language:uk", age="30")
    assert "Вік?" in reader.text
    reader.press(name="Lviv")
    assert "Ще?" in reader.text
    reader.press()
    assert reader.heading
    assert "Вік?" in reader.text
    assert Response.objects.get().language == "uk"
    reader.press("language:en")
    assert "How old are you?" in reader.text


def test_whoever_comes_back_reads_on_in_the_same_language() -> None:
    round = round_in("en", "uk")
    reader = Reader().open(f"/en/consultations/{round.code}/answer/?words=uk").press()
    reader.press("later", age="30")
    assert "?words=uk" in reader.text
    again = Reader().follow(round, reader.secret)
    assert "Вік?" in again.text


def test_a_language_that_is_none_changes_nothing() -> None:
    round = round_in("en", "uk")
    reader = Reader().open(f"/en/consultations/{round.code}/answer/?words=%22%3E%3Cscript%3E")
    assert reader.answer.status_code == 200
    assert "<script>" not in reader.answer.content.decode()
