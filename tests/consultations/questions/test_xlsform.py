"""XLSForms: read, and written again."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from consulting import housing
from made_forms import table, workbook
from openpyxl import load_workbook

from contactpoint.consultations.questions import (
    Choice,
    Instrument,
    InstrumentError,
    Kind,
    Question,
    Section,
)
from contactpoint.consultations.questions.xlsform import read, reading, write

HEADINGS = {
    "type": "type",
    "name": "name",
    "en": "label::English (en)",
    "nl": "label::Nederlands (nl)",
    "hint": "hint::English (en)",
    "required": "required",
    "relevant": "relevant",
    "constraint": "constraint",
    "message": "constraint_message::English (en)",
    "appearance": "appearance",
    "calculation": "calculation",
    "choice_filter": "choice_filter",
}


def row(type: str, name: str = "", **cells: str) -> list[str]:
    """A row of the sheet of questions."""
    cells |= {"type": type, "name": name}
    return [cells.get(heading, "") for heading in HEADINGS]


SURVEY = [
    list(HEADINGS.values()),
    row("begin group", "you", en="About you", nl="Over u"),
    row("text", "name", en="Your name", nl="Uw naam", hint="As on the door", required="yes"),
    row(
        "integer",
        "age",
        en="Your age",
        nl="Uw leeftijd",
        constraint=". >= 18",
        message="Adults only.",
    ),
    row("select_one countries", "from", en="From where?", nl="Van waar?"),
    row("text", "topic", en="About what?", nl="Waarover?", appearance="concept"),
    row("end group"),
    row("begin group", "home", en="Your home", nl="Uw woning", relevant="${age} > 17"),
    row("note", "thanks", en="Thank you.", nl="Dank u."),
    row("select_one town", "town", en="Town", nl="Gemeente", choice_filter="country = ${from}"),
    row("select_multiple use", "uses", en="Uses", nl="Gebruik"),
    row("rank use", "order", en="In which order?", nl="In welke orde?"),
    row("begin group", "views", en="Views", nl="Meningen", appearance="table-list"),
    row("select_one yes_no", "price", en="The price", nl="De prijs", required="yes"),
    row("select_one yes_no", "size", en="The size", nl="De grootte", required="yes"),
    row("end group"),
    row("begin group", "more", en="More", nl="Meer", relevant="${price} = 'no'"),
    row("text", "why", en="Why?", nl="Waarom?", relevant="${size} = 'no'", appearance="multiline"),
    row("end group"),
    row("file", "lease", en="The lease", nl="Het contract"),
    row("calculate", "double", calculation="${age} * 2"),
    row("end group"),
]
CHOICES = """
list_name|name|label::English (en)|label::Nederlands (nl)|country
yes_no   |yes |Yes                |Ja                    |
yes_no   |no  |No                 |Nee                   |
town     |gent|Ghent              |Gent                  |BE
town     |lille|Lille             |Rijsel                |FR
use      |live|To live            |Wonen                 |
use      |work|To work            |Werken                |
"""
SETTINGS = """
form_id|form_title|translated_title::Nederlands (nl)|default_language
home_2019|A home                |Een woning                 |English (en)
"""


def form() -> bytes:
    return workbook(survey=SURVEY, choices=table(CHOICES), settings=table(SETTINGS))


def small(*rows: list[Any], choices: str = CHOICES) -> bytes:
    return workbook(survey=[["type", "name", "label", "relevant"], *rows], choices=table(choices))


def test_a_form_becomes_an_instrument() -> None:
    home = read("home.xlsx", form())
    assert (home.code, home.languages, home.titles["nl"]) == (
        "home_2019",
        ("en", "nl"),
        "Een woning",
    )
    assert [one.code for one in home.sections] == ["you", "home"]
    kinds = {one.code: one.kind.value for one in home.questions()}
    assert kinds == {
        "name": "text", "age": "integer", "from": "country", "topic": "concept",
        "thanks": "note", "town": "one", "uses": "many", "order": "ranking", "views": "matrix",
        "more": "note", "why": "long-text", "lease": "file", "double": "calculated",
    }  # fmt: skip


def question(instrument: Instrument, code: str) -> Question:
    found = instrument.question(code)
    assert found
    return found


def test_texts_and_conditions_stand_where_they_belong() -> None:
    home = read("home.xlsx", form())
    name, age = question(home, "name"), question(home, "age")
    assert name.labels == {"en": "Your name", "nl": "Uw naam"}
    assert (name.hints["en"], name.required) == ("As on the door", "true()")
    assert (age.constraint, age.constraint_messages["en"]) == (". >= 18", "Adults only.")
    assert home.sections[1].relevant == "${age} > 17"
    town = question(home, "town")
    assert town.choice_filter == "country = ${from}"
    assert home.choices_of(town)[0] == Choice(
        "gent", {"en": "Ghent", "nl": "Gent"}, {"country": "BE"}
    )


def test_a_table_is_a_matrix_and_its_rows_are_named_in_whole() -> None:
    views = question(read("home.xlsx", form()), "views")
    assert [one.code for one in views.rows] == ["price", "size"]
    assert views.rows[0].labels["nl"] == "De prijs"
    assert (views.choices, views.required) == ("yes_no", "true()")


def test_a_group_within_a_group_lends_its_condition() -> None:
    why = question(read("home.xlsx", form()), "why")
    assert why.relevant == "(${views.price} = 'no') and (${views.size} = 'no')"


def test_rows_that_hide_their_labels_are_a_matrix_too() -> None:
    rows = [
        ["type", "name", "label", "appearance"],
        ["begin group", "views", "Views", ""],
        ["select_one yes_no", "head", "", "label"],
        ["select_one yes_no", "price", "The price", "list-nolabel"],
        ["end group", "", "", ""],
    ]
    views = question(read("a.xlsx", workbook(survey=rows, choices=table(CHOICES))), "views")
    assert [one.code for one in views.rows] == ["price"]


def test_questions_outside_a_group_get_a_section() -> None:
    found = read("x y.xlsx", small(["text", "a", "A"], ["text", "b", "B"]))
    assert [(one.code, len(one.questions)) for one in found.sections] == [("section_1", 2)]
    assert (found.code, found.languages) == ("x_y", ("en",))


def rich() -> Instrument:
    """Everything that an instrument may have."""
    base = read("home.xlsx", form())
    extra = Section(
        "extra",
        {"en": "=Extra", "nl": "+Extra"},
        {"en": "An introduction,\n\nin two paragraphs."},
        relevant="${views.price} = 'yes'",
        questions=(
            Question("chapter", Kind.RICH_TEXT, {"en": "Chapter"}, longest=5000),
            Question("share", Kind.DECIMAL, {"en": "Share"}, required="${age} > 20",
                     required_messages={"nl": "Nodig."}),
            Question("day", Kind.DATE, {"en": "Day", "fr": "Jour"}),
        ),
    )  # fmt: skip
    return replace(
        base,
        introductions={"en": "Why we ask.", "nl": "Waarom we vragen."},
        sections=(
            *base.sections,
            extra,
            *housing().sections[:1],
            Section("empty", {"en": "Empty"}),
        ),
    )


@pytest.mark.parametrize("instrument", [housing(), rich()], ids=["housing", "rich"])
def test_what_is_written_is_read_as_it_was(instrument: Instrument) -> None:
    assert read("any.xlsx", write(instrument)) == instrument


def test_other_tools_of_xlsform_take_what_is_written() -> None:
    from pyxform.xls2xform import convert  # noqa: PLC0415 — it is slow to load

    made = convert(xlsform=BytesIO(write(rich())), validate=False, file_type=".xlsx")
    assert "<h:title>" in made.xform
    assert "views.price" in made.xform


def test_nothing_that_is_written_is_a_formula() -> None:
    book = load_workbook(BytesIO(write(rich())))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=Extra" for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}


@pytest.mark.parametrize(
    ("rows", "place", "message"),
    [
        ([["geopoint", "a", "A"]], "survey!A2", "geopoint"),
        ([["text", "", "A"]], "survey!B2", "no name"),
        ([["text", "1a", "A"]], "survey!B2", '"1a"'),
        ([["text", "a", "A"], ["text", "a", "A"]], "survey!B3", "survey!B2"),
        ([["text", "a", "A", "${b} ="]], "survey!D2", "missing at the end"),
        ([["text", "a", "A", "${aa} = 1"]], "survey!D2", "no question is called so"),
        ([["text", "a", "A", "${a} = 1"]], "survey!B2", "depends on itself"),
        ([["text", "a", "A"], [], ["text", "b", "B", "1 2"]], "survey!D4", "can't stand"),
        ([["select_one nothing", "a", "A"]], "survey!A2", 'no list "nothing"'),
        ([["select_one yes_no or_other", "a", "A"]], "survey!A2", "or_other"),
        ([["begin repeat", "a", "A"]], "survey!A2", "Repeats"),
        ([["begin group", "a", "A"]], "survey!A2", "never closed"),
        ([["end group", "a", "A"]], "survey!A2", "No group"),
        ([["", "a", "A"]], "survey!A2", "no type"),
        ([["begin group", f"g{n}", "A"] for n in range(30)], "survey!A12", "groups"),
    ],
)
def test_what_cannot_be_read_is_named_by_sheet_and_cell(
    rows: list[list[str]], place: str, message: str
) -> None:
    with pytest.raises(InstrumentError) as caught:
        read("a.xlsx", small(*rows))
    assert caught.value.place == place
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("choices", "place"),
    [
        ("list_name|name|label\nyes_no|yes please|Yes", "choices!B2"),
        ("list_name|name|label\nyes_no|yes|Yes\nyes_no|yes|Yes", "choices!B3"),
        ("list_name|name|label\n|yes|Yes", "choices!A2"),
    ],
)
def test_a_choice_that_cannot_be_read_is_named_by_its_cell(choices: str, place: str) -> None:
    with pytest.raises(InstrumentError) as caught:
        read("a.xlsx", small(["text", "a", "A"], choices=choices))
    assert caught.value.place == place


def test_a_language_that_nobody_knows_is_named_by_its_cell() -> None:
    with pytest.raises(InstrumentError) as caught:
        read("a.xlsx", workbook(survey=[["type", "name", "label::Klingon"], ["text", "a", "A"]]))
    assert caught.value.place == "survey!C1"


def test_what_is_not_used_is_said() -> None:
    rows = [["type", "name", "label", "trigger"], ["deviceid", "d", ""], ["text", "a", "A", "x"]]
    found = reading("a.xlsx", workbook(survey=rows))
    assert [remark.place for remark in found.remarks] == ["survey!A2", "survey!D1"]


def test_an_answer_that_should_stand_in_a_text_is_said_with_its_cell() -> None:
    found = reading("a.xlsx", small(["text", "a", "A"], ["text", "b", "Why ${a}?"]))
    assert [remark.place for remark in found.remarks] == ["survey!C3"]


def test_a_form_may_be_csv() -> None:
    text = (
        'survey,,,\n,type,name,label::Nederlands (nl)\n,select_one yes_no,a,"Ja, of nee?"\n'
        "choices,,,\n,list_name,name,label::Nederlands (nl)\n,yes_no,yes,Ja\n,yes_no,no,Nee\n"
    )
    found = read("a.csv", text.encode())
    assert question(found, "a").labels == {"nl": "Ja, of nee?"}
    assert found.languages == ("nl",)


def test_what_is_disabled_is_not_asked() -> None:
    heading = [*HEADINGS.values(), "disabled"]
    lines = [
        row("begin group", "one", en="One"), [*row("text", "gone", en="Gone"), "yes"],
        row("text", "kept", en="Kept"), row("end group"),
        [*row("begin group", "two", en="Two"), "yes"], row("begin group", "inner", en="I"),
        row("text", "also", en="Also gone"), row("end group"), row("end group"),
    ]  # fmt: skip
    found = reading("a.xlsx", workbook(survey=[heading, *lines]))
    assert [one.code for one in found.instrument.questions()] == ["kept"]
    assert not [one for one in found.remarks if "disabled" in str(one)]


def test_a_picture_that_is_asked_for_is_said_to_be_any_file() -> None:
    rows = [list(HEADINGS.values()), row("image", "photo", en="Your house")]
    found = reading("a.xlsx", workbook(survey=rows))
    assert "files of other kinds are taken as well" in str(found.remarks)
