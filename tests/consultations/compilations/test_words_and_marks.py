"""What a compilation says beside the answers: who may know them, in which language, and no more."""

import io
import zipfile

import pytest
from consulting import YES_NO, made_query, made_round, state_answers
from django.test import Client
from docx import Document
from openpyxl import load_workbook
from people import person

from contactpoint.consultations.compilations.composing import composed
from contactpoint.consultations.compilations.gathering import compiled
from contactpoint.consultations.models import Answer, Round, Seat
from contactpoint.consultations.questions import Choice, Instrument, Kind, Question, Section
from contactpoint.consultations.reaching import Circle
from contactpoint.kit.composing.document import Heading, Paragraph, Table
from contactpoint.network.models import Country

ROUND = "/en/consultations/lodging/"


@pytest.fixture
def member(query: Round) -> Client:
    """Somebody of the network, signed in."""
    user, client = person("Translators", "member")
    Seat.objects.create(user=user, country=Country.objects.get(code="NL"))
    return client


def sheets(client: Client, address: str) -> dict[str, list[list[str]]]:
    book = load_workbook(io.BytesIO(client.get(address).content))
    return {
        sheet.title: [[str(cell or "") for cell in row] for row in sheet.values] for sheet in book
    }


def test_each_answer_in_the_networks_excel_says_who_may_know_it(member: Client) -> None:
    made = sheets(member, f"{ROUND}network/compilation.xlsx")
    assert made["Table"][0][0] == "For the network only"
    rows = {row[0]: row[1:] for row in made["Table"]}
    for state, cells in (("BE", 4), ("FR", 2), ("NL", 2)):
        assert sum("Wider dissemination: " in cell for cell in rows[state]) == cells
    assert all("Wider dissemination: no" in cell for cell in rows["FR"] if cell)
    assert rows["NL"][0].endswith("[Wider dissemination: yes]")
    [yes] = [row for row in made["Counts"] if row[1] == "Yes"]
    assert yes[4:] == ["FR, NL", "FR"]


def test_the_public_excel_marks_what_is_past_and_knows_no_mark(query: Round) -> None:
    made = sheets(Client(), f"{ROUND}compilation.xlsx")
    assert "dissemination" not in str(made)
    assert "network" not in str(made["Table"]) + str(made["Counts"])
    assert "not confirmed since]" in made["Table"][1][1]


def test_words_are_in_the_language_of_the_response_and_in_none_where_it_has_none(
    query: Round,
) -> None:
    for language in ("nl", ""):
        query.responses.filter(country__code="BE").update(language=language)
        given = compiled(query, Circle.PUBLIC, "en").given["BE", "why"]
        assert (given.language, given.remark_language) == (language, language)
        answers = Client().get(f"{ROUND}compilation.json").json()["answers"]
        assert language in {one["language"] for one in answers if one["question"] == "why"}


def test_where_nothing_is_public_no_page_says_that_nobody_answered(
    query: Round, member: Client
) -> None:
    Answer.objects.filter(question="why").update(dissemination="network")
    page = Client().get(ROUND).content.decode()
    compared = Client().get("/en/consultations/compare/?state=BE&state=NL").content.decode()
    for said in (page, compared):
        assert "no answer" not in said
        assert "No answers yet" not in said
        assert "nothing public" in said
    assert "No public answers." in page
    assert "no answer" in member.get(f"{ROUND}network/").content.decode()


def test_an_asterisk_is_explained_only_where_there_is_one(query: Round) -> None:
    assert "<dt>*</dt>" in Client().get(ROUND).content.decode()
    Answer.objects.update(valid_until="2999-01-01")
    assert "<dt>*</dt>" not in Client().get(ROUND).content.decode()


def test_the_network_finds_a_compilation_before_it_is_published(
    query: Round, member: Client
) -> None:
    Round.objects.update(published_at=None)
    listed = "/en/consultations/room/compilations/"
    assert f'href="{listed}"' in Client().get("/en/consultations/").content.decode()
    page = member.get(listed).content.decode()
    assert f'href="{ROUND}network/"' in page
    assert "Lodging" in page
    answer = Client().get(listed)
    assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
    _user, stranger = person("Translators", "stranger")
    assert stranger.get(listed).status_code == 403


def test_its_page_in_the_admin_leads_to_it(query: Round) -> None:
    from contactpoint.consultations.compilations.admin_hooks import (  # noqa: PLC0415 — a hook
        compilation_link,
    )

    Round.objects.update(published_at=None)
    assert [url for _label, url in compilation_link(query)] == [f"{ROUND}network/"]
    assert not list(compilation_link(made_round(code="survey")))


def test_the_comparator_is_reached_from_the_list_and_from_each_compilation(query: Round) -> None:
    address = "/en/consultations/compare/"
    assert f'href="{address}"' in Client().get("/en/consultations/").content.decode()
    assert f'href="{address}"' in Client().get(ROUND).content.decode()


def test_what_is_told_in_another_language_says_in_which(query: Round) -> None:
    page = Client().get("/fr/consultations/lodging/").content.decode()
    note = '<small class="spoken" lang="fr">anglais</small>'
    assert f'<div class="prose" lang="en"><p>Most say no.</p> {note}' in page
    assert f'<div lang="en"><p>Why we ask.</p></div> {note}' in page
    assert f">How many months?</span> {note}</h4>" in page
    assert "<h1>Logement</h1>" in page
    assert 'class="spoken"' not in Client().get(ROUND).content.decode()


def test_a_live_figure_in_a_summary_is_told_wherever_it_stands(query: Round) -> None:
    query.summaries = {"en": "There were [[first-time-applicants BE 2018]] of them."}
    query.save()
    page = Client().get(ROUND).content.decode()
    assert "There were" in page
    made = repr(composed(compiled(query, Circle.PUBLIC, "en")))
    for said in (page, made, str(Client().get(f"{ROUND}compilation.json").json())):
        assert "There were" in said
        assert "[[first" not in said


def test_heads_of_columns_are_nouns_in_every_language(query: Round) -> None:
    for language, noun in (("fr", "Réponse"), ("nl", "Antwoord"), ("de", "Antwort")):
        made = composed(compiled(query, Circle.PUBLIC, language))
        heads = [one.head for one in made.blocks if isinstance(one, Table)]
        assert heads
        assert all(noun in head for head in heads)
        counts = sheets(Client(), f"/{language}/consultations/lodging/compilation.xlsx")
        assert any(noun in rows[0] for rows in counts.values())


def test_a_question_with_several_choices_has_a_map_with_all_signs(query: Round) -> None:
    page = Client().get(ROUND).content.decode()
    picture = page[page.index('id="q-places"') :]
    picture = picture[picture.index("<svg") : picture.index("</svg>")]
    assert ">AB</text>" in picture
    assert "p-1" in picture
    assert "p-2" in picture


@pytest.mark.django_db
def test_chapters_stand_among_the_short_answers_in_the_order_of_questions() -> None:
    questions = tuple(
        Question(code, kind, {"en": f"On {code}?"}, choices="yes_no")
        for code, kind in (("a", Kind.ONE), ("b", Kind.RICH_TEXT), ("c", Kind.ONE))
    )
    asked = Instrument("order", ("en",), sections=(Section("s", questions=questions),),
                       choice_sets={"yes_no": YES_NO})  # fmt: skip
    made = made_query(asked=asked, code="order", labels={"en": "Order"})
    state_answers(made, "BE", {"a": "yes", "b": "<p>A chapter.</p>", "c": "no"})
    blocks = list(composed(compiled(made, Circle.PUBLIC, "en")).blocks)
    at = max(place for place, one in enumerate(blocks) if isinstance(one, Heading)
             and one.level == 2)  # fmt: skip
    own = blocks[at + 1 :]
    kinds = [type(one).__name__ for one in own]
    assert kinds == ["Paragraph", "Table", "Heading", "Paragraph", "Paragraph", "Table"]
    assert isinstance(own[0], Paragraph)
    assert own[0].stays, "the day stays with what it is of, and so does the name of the state"


def test_a_word_file_holds_no_picture_of_something_else(query: Round) -> None:
    content = Client().get("/fr/consultations/lodging/compilation.docx").content
    assert not [one for one in zipfile.ZipFile(io.BytesIO(content)).namelist() if "thumb" in one]
    facts = [one.text for one in Document(io.BytesIO(content)).paragraphs if ": " in one.text]
    assert any("\u00a0: " in one for one in facts)


def test_a_matrix_is_told_with_the_colon_of_the_language(db: None) -> None:
    question = Question("m", Kind.MATRIX, {"en": "M?"}, choices="yes_no",
                        rows=(Choice("r", {"en": "Asylum", "fr": "Asile"}),))  # fmt: skip
    asked = Instrument("matrix", ("en", "fr"), sections=(Section("s", questions=(question,)),),
                       choice_sets={"yes_no": YES_NO})  # fmt: skip
    made = made_query(asked=asked, code="matrix")
    state_answers(made, "BE", {"m": {"r": "yes"}})
    assert compiled(made, Circle.PUBLIC, "fr").given["BE", "m"].text == "Asile\u00a0: Oui"
    assert compiled(made, Circle.PUBLIC, "en").given["BE", "m"].text == "Asylum: Yes"
