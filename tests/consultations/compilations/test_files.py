"""A compilation as files: the same words in each, and in the network's version the marks."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from file_words import words_of
from openpyxl import load_workbook
from people import person

from contactpoint.consultations.compilations.composing import composed
from contactpoint.consultations.compilations.formats import FORMATS
from contactpoint.consultations.compilations.gathering import compiled
from contactpoint.consultations.models import Answer, Attachment, Response, Round, Seat
from contactpoint.consultations.reaching import Circle
from contactpoint.network.models import Country

PUBLIC = "/en/consultations/lodging/compilation."
NETWORK = "/en/consultations/lodging/network/compilation."
SECRETS = ("secretwords", "secretremark")


@pytest.fixture
def member(db: None) -> Client:
    """Somebody of the network, signed in."""
    user, client = person("Translators", "member")
    Seat.objects.create(user=user, country=Country.objects.get(code="NL"))
    return client


@pytest.mark.parametrize("ending", FORMATS)
def test_each_public_file_says_what_is_public_and_nothing_else(query: Round, ending: str) -> None:
    answer = Client().get(f"{PUBLIC}{ending}")
    assert answer.status_code == 200
    told = words_of(answer["Content-Type"], answer.content)
    for word in ("openwords", "openremark", "other words"):
        assert word in told, word
    for word in SECRETS:
        assert word not in told, word
    assert "dissemination" not in told.casefold()


@pytest.mark.parametrize("ending", FORMATS)
def test_each_file_of_the_network_says_all_with_its_marks(
    query: Round, member: Client, ending: str
) -> None:
    answer = member.get(f"{NETWORK}{ending}")
    assert answer["Cache-Control"] == "private, no-store"
    told = words_of(answer["Content-Type"], answer.content)
    for word in ("openwords", "secretwords", "secretremark"):
        assert word in told, word
    assert "dissemination" in told.casefold().replace("\r\n", " ")
    assert "-network-only-en." in answer["Content-Disposition"]


@pytest.mark.parametrize("address", [f"{NETWORK}json", "/en/consultations/lodging/network/"])
def test_the_networks_version_is_for_nobody_else(query: Round, address: str) -> None:
    client = Client()
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")
    nowhere = client.get(address.replace("lodging", "no-such-round"))
    assert nowhere.status_code == 302
    _user, stranger = person("Translators", "stranger")
    assert stranger.get(address).status_code == 403


def test_the_etag_of_a_public_file_depends_on_nothing_that_is_restricted(query: Round) -> None:
    client = Client()
    first = client.get(f"{PUBLIC}csv")
    assert first["Cache-Control"] == "public, no-cache"
    Answer.objects.filter(dissemination="network").update(value="changed")
    query.responses.filter(country__code="FR").delete()
    again = client.get(f"{PUBLIC}csv", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    Answer.objects.filter(dissemination="wide", question="why").update(value="changed")
    assert client.get(f"{PUBLIC}csv")["ETag"] != first["ETag"]


def told(client: Client, ending: str) -> str:
    answer = client.get(f"{PUBLIC}{ending}")
    return words_of(answer["Content-Type"], answer.content)


def test_what_a_state_takes_back_is_gone_with_the_next_request(query: Round) -> None:
    client = Client()
    for ending in ("docx", "json"):
        assert "openwords" in told(client, ending)
    Answer.objects.filter(question="why").update(dissemination="network")
    for ending in ("docx", "json"):
        assert "openwords" not in told(client, ending)


def test_there_is_no_other_ending_and_no_file_before_the_round_is_public(query: Round) -> None:
    assert Client().get(f"{PUBLIC}exe").status_code == 404
    Round.objects.update(published_at=None)
    assert Client().get(f"{PUBLIC}csv").status_code == 404


def test_csv_has_a_line_an_answer_and_runs_nothing(query: Round) -> None:
    Answer.objects.filter(question="why", dissemination="wide").update(value="=1+1")
    text = Client().get(f"{PUBLIC}csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["state"], row["question"]) for row in rows] == [
        ("BE", "feasible"), ("BE", "places"), ("BE", "why"), ("NL", "feasible"), ("NL", "why"),
    ]  # fmt: skip
    assert rows[1]["choices"] == "flat room"
    assert rows[2]["answer"] == "'=1+1"


def test_excel_has_states_by_questions_and_text_only(query: Round) -> None:
    Answer.objects.filter(question="why", dissemination="wide").update(value="=1+1")
    book = load_workbook(io.BytesIO(Client().get(f"{PUBLIC}xlsx").content))
    assert book.sheetnames == ["Table", "Counts", "Answers", "About"]
    table = book["Table"]
    assert [cell.value for cell in table["A"]] == [None, "BE", "NL"]
    assert {cell.data_type for row in table.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert [cell.value for cell in book["Counts"][2]][1:4] == ["Yes", 1, 2]


def test_json_counts_and_leads_to_each_answer(query: Round) -> None:
    told = json.loads(Client().get(f"{PUBLIC}json").content)
    assert told["version"] == "public"
    assert told["questions"][0]["counts"][0]["choices"][1] == {
        "code": "no", "label": "No", "number": 1, "states": ["BE"],
    }  # fmt: skip
    assert told["answers"][0]["url"].endswith("/en/consultations/lodging/#a-be-feasible")
    assert "wider_dissemination" not in told["answers"][0]


def test_word_knows_headings_tables_languages_and_who_wrote_it(query: Round) -> None:
    from docx import Document  # noqa: PLC0415 — it takes its time to be loaded

    made = compiled(query, Circle.NETWORK, "fr")
    file: Any = Document(io.BytesIO(FORMATS["docx"].write(made)))
    assert file.core_properties.title == "Logement"
    assert file.core_properties.language == "fr"
    headings = [one.text for one in file.paragraphs if one.style.name.startswith("Heading")]
    with override("fr"):
        expected = [
            block.runs[0].text for block in composed(made).blocks if block.what == "heading"
        ]
    assert headings == expected
    table = file.tables[-1]
    assert len(table.columns) == 3
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert 'w:lang w:val="en"' in table._tbl.xml


def test_a_page_of_the_network_shows_marks_and_the_public_one_none(
    query: Round, member: Client
) -> None:
    answer = member.get("/en/consultations/lodging/network/")
    told = answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert told.count('data-wide="no"') == 3
    assert "secretwords" in told
    assert 'id="a-be-why"' in told


def test_an_attachment_is_given_to_who_may_see_its_answer(query: Round, member: Client) -> None:
    response = query.responses.get(country__code="BE")
    for code in ("why", "months"):
        Attachment.objects.create(
            response=response, question=code, reference=f"ref-{code}", name=f"{code}.html",
            media_type="text/html", size=3, checksum="0", content=b"<script>",
        )  # fmt: skip
    base = "/en/consultations/lodging"
    found = Client().get(f"{base}/attachments/ref-why/")
    assert found.content == b"<script>"
    assert found["Content-Disposition"].startswith("attachment")
    assert found["Content-Type"] == "application/octet-stream"
    assert "sandbox" in found["Content-Security-Policy"]
    assert Client().get(f"{base}/attachments/ref-months/").status_code == 404
    assert member.get(f"{base}/network/attachments/ref-months/").status_code == 200


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx"])
def test_files_say_in_which_language_a_remark_stands(query: Round, ending: str) -> None:
    Response.objects.filter(round=query).update(language="fr")
    answer = Client().get(f"{PUBLIC}{ending}")
    if ending == "json":
        rows = json.loads(answer.content)["answers"]
    elif ending == "csv":
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    else:
        sheet = load_workbook(io.BytesIO(answer.content)).worksheets[2]
        heading, *lines = sheet.iter_rows(values_only=True)
        rows = [dict(zip(heading, line, strict=True)) for line in lines]
    told = {(bool(row["remark"]), row["remark_language"] or "") for row in rows}
    assert (True, "fr") in told
    assert told <= {(True, "fr"), (False, "")}
