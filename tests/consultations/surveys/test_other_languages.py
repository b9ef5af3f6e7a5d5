"""A survey is read and answered in a language that the portal has no pages in."""

import pytest
from answering import Reader
from consulting import made_instrument, made_round
from django.core import mail

from contactpoint.consultations.actions import inviting
from contactpoint.consultations.actions.inviting import Person
from contactpoint.consultations.models import Response, Round
from contactpoint.consultations.questions import Instrument, Kind, Question, Section
from contactpoint.kit import outbox

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


def test_a_personal_link_opens_in_a_language_that_the_portal_has_no_pages_in() -> None:
    round = round_in("ar")
    Round.objects.update(access=Round.Access.PERSONAL)
    round.refresh_from_db()
    people = inviting.read(",Nour,ar\n,Adam,fr\n,Ines", round.languages)
    inviting.add(round, people)
    opened = {}
    for name, link in inviting.links(round):
        opened[name] = Reader().open(link.removeprefix("http://localhost:8000"))
        assert opened[name].answer.status_code == 200, link
    for name in ("Nour", "Ines"):
        assert ARABIC in opened[name].press().text
    assert opened["Adam"].path.startswith("/fr/")


def test_an_invitation_by_mail_leads_to_a_page_that_there_is() -> None:
    round = round_in("ar")
    Round.objects.update(access=Round.Access.PERSONAL)
    round.refresh_from_db()
    inviting.add(round, [Person("nour@x.be", "Nour", "ar")])
    inviting.invite(round)
    outbox.drain()
    [sent] = mail.outbox
    body = str(sent.body)
    link = next(line for line in body.splitlines() if "/answer/" in line)
    assert sent.extra_headers["Content-Language"] == "en"
    reader = Reader().open(link.removeprefix("http://localhost:8000"))
    assert ARABIC in reader.press().text


def test_a_list_refuses_a_language_of_neither_the_portal_nor_the_survey() -> None:
    with pytest.raises(inviting.InvitingError, match=r"“uk”.*en, fr, nl, de, ar"):
        inviting.read(",Olena,uk", ["ar"])


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


def test_a_page_runs_as_what_is_asked_does() -> None:
    round = round_in("en", "uk", "ar")
    start = f"/en/consultations/{round.code}/answer/"
    reader = Reader().open(f"{start}?words=ar")
    for _page in range(2):
        assert reader.page.css_first("main").attributes["dir"] == "rtl"
        reader.press()
    for other in (start, f"{start}?words=uk"):
        shown = Reader().open(other).page.css_first("main").attributes
        assert shown.get("dir") in (None, "ltr")
