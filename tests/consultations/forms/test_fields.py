"""Every kind of question: shown so that everybody can answer it, and read back."""

import re
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import override
from published_glossary import publish_glossary
from selectolax.lexbor import LexborHTMLParser

from contactpoint.consultations.forms.fields import KeptFile, posted, shown, typed
from contactpoint.consultations.questions import Choice, Instrument, Kind, Question, Section
from contactpoint.consultations.questions.checking_answers import AnswerError

THREE = (
    Choice("flat", {"en": "A flat", "nl": "Een appartement"}),
    Choice("room", {"en": "A room"}),
    Choice("none", {"en": "Nothing"}),
)
LONG = tuple(Choice(f"c{number}", {"en": f"Choice {number}"}) for number in range(20))
ROWS = (Choice("search", {"en": "Searching"}), Choice("rent", {"en": "Renting"}))


def of(kind: Kind, choices: str = "three", **fields: Any) -> tuple[Instrument, Question]:
    question = Question("it", kind, {"en": "What is it?"}, choices=choices, **fields)
    sets = {"three": THREE, "long": LONG}
    return Instrument("one", ("en", "nl"), sections=(Section("s", questions=(question,)),),
                      choice_sets=sets), question  # fmt: skip


def html(kind: Kind, value: Any = None, **given: Any) -> LexborHTMLParser:
    choices, rows = given.pop("choices", "three"), given.pop("rows", ())
    texts = {name: given.pop(name) for name in ("hints", "required") if name in given}
    instrument, question = of(kind, choices, rows=rows, **texts)
    return LexborHTMLParser(shown(instrument, question, value, language="en", **given))


def read(kind: Kind, sent: str, **fields: Any) -> Any:
    return posted(*of(kind, **fields), QueryDict(sent))


@pytest.mark.parametrize(
    ("language", "typed_in", "kept"),
    [
        ("en", "1.500", "1.500"), ("en", "1,500", None), ("en", "12.5", "12.5"),
        ("de", "1.500", None), ("de", "1,500", None), ("de", "1,5000", "1.5000"),
        ("nl", "-2.750", None), ("fr", "0.750", "0.750"), ("nl", "1500.125", "1500.125"),
        ("de", "12,5", "12.5"),
    ],
)  # fmt: skip
def test_what_can_be_thousands_or_a_fraction_is_asked(
    language: str, typed_in: str, kept: str | None
) -> None:
    with translation.override(language):
        if kept is None:
            with pytest.raises(AnswerError, match=r"1500|2750"):
                read(Kind.DECIMAL, f"q-it={typed_in}")
            return
        assert read(Kind.DECIMAL, f"q-it={typed_in}") == kept


@pytest.mark.parametrize("kept", ["12.5", "-0.75", "1.500", "1500.125", "7", "1.2340"])
@pytest.mark.parametrize("language", ["en", "de", "nl", "fr"])
def test_a_number_is_shown_as_the_reader_writes_it_and_read_back_as_it_was(
    language: str, kept: str
) -> None:
    with translation.override(language):
        instrument, question = of(Kind.DECIMAL)
        page = LexborHTMLParser(shown(instrument, question, kept, language=language))
        value = str(page.css_first("#q-it").attributes["value"])
        assert ("," in value) is (language != "en" and "." in kept)
        assert float(read(Kind.DECIMAL, f"q-it={value}")) == float(kept)
    page = LexborHTMLParser(shown(instrument, question, "1.5x", language="de", problem="No."))
    assert page.css_first("#q-it").attributes["value"] == "1.5x"


def test_places_that_are_no_numbers_are_refused_with_a_sentence() -> None:
    for sent in ("9" * 5000, "0", "x", "²"):
        with pytest.raises(AnswerError, match="Give places from 1 to 3"):
            read(Kind.RANKING, f"q-it:flat={sent}")


@pytest.mark.parametrize(
    "kind", [Kind.TEXT, Kind.LONG_TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.COUNTRY]
)
def test_a_field_has_its_question_as_label_and_names_its_hint_and_error(kind: Kind) -> None:
    page = html(kind, hints={"en": "Briefly."}, problem="Too long.", required="true()")
    label = page.css_first("label[for='q-it']")
    assert "What is it?" in label.text()
    assert "must be answered" in label.text()
    field = page.css_first("#q-it")
    assert field.attributes["name"] == "q-it"
    assert field.attributes["aria-invalid"] == "true"
    assert field.attributes["aria-required"] == "true"
    _every_description_is_there(page)
    described = str(field.attributes["aria-describedby"]).split()
    texts = [page.css_first(f'[id="{one}"]').text(strip=True) for one in described]
    assert texts == ["Briefly.", "Error:Too long."]


@pytest.mark.parametrize("kind", [Kind.ONE, Kind.MANY, Kind.RANKING, Kind.MATRIX, Kind.FILE])
def test_a_group_has_its_question_as_legend_and_names_its_hint_and_error(kind: Kind) -> None:
    page = html(kind, hints={"en": "Briefly."}, problem="Choose.", rows=ROWS)
    assert "What is it?" in page.css_first("fieldset > legend").text()
    described = str(page.css_first("fieldset").attributes["aria-describedby"])
    assert {"q-it:hint", "q-it:error"} <= set(described.split())
    _every_description_is_there(page)
    assert page.css_first("#q-it") is not None
    for control in page.css("input, select"):
        assert page.css_first(f'label[for="{control.attributes["id"]}"]') is not None
    ids = [one.attributes["id"] for one in page.css("[id]")]
    assert len(ids) == len(set(ids))


def _every_description_is_there(page: LexborHTMLParser) -> None:
    for one in page.css("[aria-describedby]"):
        for described in str(one.attributes["aria-describedby"]).split():
            assert page.css_first(f'[id="{described}"]') is not None


def test_words_in_another_language_than_the_page_say_so() -> None:
    instrument, question = of(Kind.ONE)
    with override("nl"):
        page = LexborHTMLParser(shown(instrument, question, None, language="nl"))
    assert page.css_first("legend span").attributes["lang"] == "en"
    spans = page.css(".question-option span")
    assert [one.attributes.get("lang") for one in spans] == [None, "en", "en"]


def test_what_is_asked_is_text_and_never_markup() -> None:
    question = Question("it", Kind.TEXT, {"en": "<script>x</script>"}, hints={"en": "<b>"})
    instrument = Instrument("one", ("en",), sections=(Section("s", questions=(question,)),))
    made = shown(instrument, question, '"><script>', language="en", problem="<i>")
    assert "<script" not in made
    assert "<b>" not in made
    assert "<i>" not in made


@pytest.mark.parametrize(
    ("kind", "sent", "value"),
    [
        (Kind.TEXT, "q-it=+Two%0Alines%00+", "Two lines"),
        (Kind.TEXT, "q-it=+", None),
        (Kind.LONG_TEXT, "q-it=Two%0D%0Alines", "Two\nlines"),
        (Kind.RICH_TEXT, "q-it=<p onclick='x'>Yes<script>y</script></p>", "<p>Yes</p>"),
        (Kind.INTEGER, "q-it=1.200", 1200),
        (Kind.INTEGER, "q-it=1 200 000", 1200000),
        (Kind.INTEGER, "q-it=-3", -3),
        (Kind.INTEGER, "q-it=", None),
        (Kind.DECIMAL, "q-it=12,5", "12.5"),
        (Kind.DECIMAL, "q-it=0,125", "0.125"),
        (Kind.DECIMAL, "q-it=12.50", "12.50"),
        (Kind.DATE, "q-it=2019-05-31", "2019-05-31"),
        (Kind.ONE, "q-it=room", "room"),
        (Kind.ONE, "", None),
        (Kind.MANY, "q-it=none&q-it=flat", ["flat", "none"]),
        (Kind.MANY, "", []),
        (Kind.RANKING, "q-it:room=1&q-it:flat=3&q-it:none=", ["room", "flat"]),
        (Kind.RANKING, "", None),
        (Kind.COUNTRY, "q-it=BE", "BE"),
        (Kind.FILE, "q-it=abcdefgh1", ["abcdefgh1"]),
        (Kind.NOTE, "q-it=1", None),
        (Kind.CALCULATED, "q-it=1", None),
    ],
)
def test_what_was_filled_in_is_read_as_its_kind_has_it(kind: Kind, sent: str, value: Any) -> None:
    assert read(kind, sent) == value


@pytest.mark.parametrize(
    ("kind", "sent", "told"),
    [
        (Kind.TEXT, f"q-it={'x' * 1001}", "1000 characters"),
        (Kind.INTEGER, "q-it=many", "whole number"),
        (Kind.INTEGER, "q-it=1.5", "whole number"),
        (Kind.INTEGER, f"q-it={'9' * 30}", "whole number"),
        (Kind.DECIMAL, "q-it=1,234", "Write 1234, or 1.2340"),
        (Kind.DECIMAL, "q-it=1e9", "12.5"),
        (Kind.DECIMAL, "q-it=NaN", "12.5"),
        (Kind.DATE, "q-it=31/05/2019", "2019-05-31"),
        (Kind.ONE, "q-it=castle", "those that are shown"),
        (Kind.MANY, "q-it=flat&q-it=castle", "those that are shown"),
        (Kind.RANKING, "q-it:room=1&q-it:flat=1", "Place 1 is given twice"),
        (Kind.RANKING, "q-it:room=4", "1 to 3"),
        (Kind.COUNTRY, "q-it=EU", "country"),
        (Kind.FILE, "q-it=../x", "again"),
    ],
)
def test_what_cannot_be_an_answer_is_told_with_its_mend(kind: Kind, sent: str, told: str) -> None:
    with pytest.raises(AnswerError) as refusal:
        read(kind, sent)
    assert refusal.value.code == "it"
    assert told in refusal.value.message


def test_a_matrix_gives_a_choice_for_each_row_and_leaves_rows_out() -> None:
    assert read(Kind.MATRIX, "q-it:rent=room&q-it:other=flat", rows=ROWS) == {"rent": "room"}
    assert read(Kind.MATRIX, "", rows=ROWS) is None
    with pytest.raises(AnswerError):
        read(Kind.MATRIX, "q-it:rent=castle", rows=ROWS)


@pytest.mark.parametrize(
    ("kind", "value", "rows"),
    [
        (Kind.TEXT, "Two < three", ()),
        (Kind.INTEGER, 0, ()),
        (Kind.ONE, "room", ()),
        (Kind.MANY, ["flat", "none"], ()),
        (Kind.RANKING, ["none", "flat"], ()),
        (Kind.MATRIX, {"rent": "none"}, ROWS),
        (Kind.COUNTRY, "BE", ()),
        (Kind.DATE, "2019-05-31", ()),
    ],
)
def test_what_is_stored_stands_in_the_form_and_comes_back_the_same(
    kind: Kind, value: Any, rows: tuple[Choice, ...]
) -> None:
    page = html(kind, value, rows=rows)
    data = QueryDict(mutable=True)
    for one in page.css("input"):
        is_button = one.attributes.get("type") in ("radio", "checkbox")
        if not is_button or "checked" in one.attributes:
            data.appendlist(str(one.attributes["name"]), one.attributes.get("value") or "")
    for one in page.css("select"):
        chosen = one.css_first("option[selected]")
        if chosen is not None:
            sent = chosen.attributes.get("value", chosen.text())
            data.appendlist(str(one.attributes["name"]), sent or "")
    assert posted(*of(kind, rows=rows), data) == value


def test_a_choice_can_be_taken_back_where_it_need_not_be_made() -> None:
    assert html(Kind.ONE, "room").css_first("[id='q-it:none']") is not None
    assert html(Kind.ONE).css_first("[id='q-it:none']") is None
    assert html(Kind.ONE, "room", required="true()").css_first("[id='q-it:none']") is None


def test_a_long_set_is_a_list_that_opens() -> None:
    assert html(Kind.ONE, choices="long").css_first("select#q-it") is not None
    assert html(Kind.ONE).css_first("select") is None


def test_what_could_not_be_read_is_shown_again_as_it_was_typed() -> None:
    instrument, question = of(Kind.INTEGER)
    wrong = typed(question, QueryDict("q-it=a dozen"))
    assert 'value="a dozen"' in shown(instrument, question, wrong, language="en", problem="No.")
    instrument, question = of(Kind.RANKING)
    wrong = typed(question, QueryDict("q-it:room=1&q-it:flat=1"))
    page = LexborHTMLParser(shown(instrument, question, wrong, language="en"))
    assert len(page.css("option[selected]")) == 2


def test_questions_of_two_forms_on_one_page_keep_apart() -> None:
    instrument, question = of(Kind.MANY)
    made = shown(instrument, question, [], language="en", name_prefix="b-")
    assert not re.search(r'(id|name|for)="q-', made)
    sent = QueryDict("b-q-it=room&q-it=flat")
    assert posted(instrument, question, sent, name_prefix="b-") == ["room"]


def test_a_kept_file_can_be_taken_out() -> None:
    page = html(Kind.FILE, ["abcdefgh1"], files=[KeptFile("abcdefgh1", "law.pdf", 2048)])
    box = page.css_first("input[type=checkbox]")
    assert box.attributes["value"] == "abcdefgh1"
    assert "checked" in box.attributes
    assert "law.pdf" in page.css_first(f"label[for='{box.attributes['id']}']").text()


@pytest.mark.django_db
def test_a_term_of_the_glossary_is_found_by_its_name_in_any_language() -> None:
    publish_glossary()
    with translation.override("nl"):
        instrument, question = of(Kind.CONCEPT)
        found = posted(instrument, question, QueryDict("q-it=Right of asylum"))
        assert found == "asylum"
        page = LexborHTMLParser(shown(instrument, question, found, language="nl"))
        label = page.css_first("#q-it").attributes["value"]
        again = QueryDict(mutable=True)
        again["q-it"] = label
        assert posted(instrument, question, again) == found


@pytest.mark.django_db
def test_who_types_no_name_of_a_term_is_offered_some_and_picks_one() -> None:
    publish_glossary()
    instrument, question = of(Kind.CONCEPT)
    with pytest.raises(AnswerError) as refusal:
        posted(instrument, question, QueryDict("q-it=asylu"))
    page = html(Kind.CONCEPT, "asylu", problem=refusal.value.message)
    assert page.css_first("#q-it").attributes["value"] == "asylu"
    slugs = [one.attributes["value"] for one in page.css("input[type=radio]")]
    assert "asylum" in slugs
    picked = QueryDict("q-it=asylu&q-it:pick=asylum")
    assert posted(instrument, question, picked) == "asylum"


def test_countries_stand_in_the_order_of_the_language() -> None:
    page = html(Kind.COUNTRY)
    names = [one.text() for one in page.css("option")]
    assert "European Union" not in names
    assert "Belgium" in names
    assert names.index("Åland Islands") < names.index("Albania")


@pytest.mark.parametrize(
    ("language", "kind", "typed_in", "kept"),
    [
        ("en", Kind.INTEGER, "٤٥", 45), ("en", Kind.INTEGER, "۴۵", 45),
        ("fr", Kind.INTEGER, "१२", 12), ("en", Kind.INTEGER, "٣٬٠٠٠", 3000),
        ("en", Kind.INTEGER, "\u200f-٤", -4), ("en", Kind.DECIMAL, "٤٫٥", "4.5"),
        ("de", Kind.DECIMAL, "١٫٢٣٤", "1.234"), ("en", Kind.DECIMAL, "−٧", "-7"),
    ],
)  # fmt: skip
def test_a_number_may_be_written_in_the_digits_of_any_language(
    language: str, kind: Kind, typed_in: str, kept: Any
) -> None:
    with translation.override(language):
        assert read(kind, f"q-it={typed_in}") == kept


@pytest.mark.parametrize("typed_in", ["٤أ", "½½", "٫"])
def test_what_only_looks_like_a_number_is_none(typed_in: str) -> None:
    for kind in (Kind.INTEGER, Kind.DECIMAL):
        with pytest.raises(AnswerError):
            read(kind, f"q-it={typed_in}")
