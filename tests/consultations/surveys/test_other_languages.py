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


def test_messages_and_answers_say_in_which_language_they_stand_and_which_way_they_run() -> None:
    age = Question(
        "age", Kind.INTEGER, {"en": "How old are you?", "ar": ARABIC}, required="true()",
        required_messages={"en": "Please say.", "ar": "أجب من فضلك"},
    )  # fmt: skip
    land = Question("land", Kind.COUNTRY, {"ar": "من أي بلد؟"})
    term = Question("term", Kind.CONCEPT, {"ar": "أي مصطلح؟"})
    town = Question("town", Kind.TEXT, {"ar": "مدينتك"})
    asked = Instrument("form", ("en", "ar"), {"en": "Form", "ar": "استمارة"}, sections=(
        Section("one", {"en": "One", "ar": "واحد"}, questions=(age, land, term, town)),
    ))  # fmt: skip
    round = made_round(made_instrument(asked), languages=["en", "ar"])
    reader = Reader().open(f"/en/consultations/{round.code}/answer/?words=ar").press()
    reader.press(land="BE", town="حلب")
    for where in (".question > .field-error", "[role=alert] li"):
        said = [one.attributes for one in reader.page.css(f"{where} [lang=ar]")]
        assert said, where
        assert {one["dir"] for one in said} == {"rtl"}
    assert "أجب من فضلك" in reader.text
    assert reader.page.css_first("datalist").attributes["lang"] == "ar"
    assert reader.page.css_first("[id='q-town']").attributes["dir"] == "auto"
    assert not [one for one in reader.page.css(".words-language") if one.text() == "ar"]
    reader.press(age="30")
    lines = reader.page.css(".answering-part dd > span")
    by_text = {one.text(): one.attributes for one in lines}
    assert by_text["حلب"]["dir"] == "auto", "nobody knows in which language somebody writes"
    assert by_text["بلجيكا"] == {"lang": "ar", "dir": "rtl"}
    change = reader.page.css_first(".answering-part-head a [lang=ar]")
    assert change.text() == "واحد"
    french = Reader("fr").open(reader.path.replace("/en/", "/fr/").partition("?")[0])
    assert french.page.css_first(".answering-part dd [lang=ar]") is None
