"""What the public gets of a survey, and what editors see of it."""

import csv
import datetime
import io
import json

import pytest
from consulting import respond
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from people import person
from surveyed import SECRET, make_survey

from contactpoint.consultations.models import Response, Round
from contactpoint.consultations.questions import carried
from contactpoint.consultations.results.gathering import gathered
from contactpoint.consultations.results.tabling import response_heading, response_rows

PAGE = "/en/consultations/housing/"


@pytest.fixture
def editor(survey: Round) -> Client:
    user, client = person("Editors")
    user.user_permissions.add(Permission.objects.get(codename="change_round"))
    return client


def _rows(client: Client) -> list[dict[str, str]]:
    text = client.get(f"{PAGE}results.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_page_of_a_survey_shows_its_shares_with_their_spans_and_who_answered(
    client: Client, survey: Round
) -> None:
    page = client.get(PAGE).content.decode()
    assert "of 80 who were asked answered: 51 %" in page
    assert '<td class="number">29</td><td class="number">71 %</td>' in page
    assert "56–82" in page
    assert "<svg" in page
    assert '"@type": "Dataset"' in page or '"@type":"Dataset"' in page


@pytest.mark.parametrize(
    "fields",
    [
        {"published_at": None},
        {"status": Round.Status.OPEN, "closed_at": None},
        {"closed_at": timezone.now(), "closes_at": timezone.now()},
        {"is_listed": False},
    ],
)
def test_nothing_is_public_before_it_is_published_and_over(
    client: Client, site: object, fields: dict[str, object]
) -> None:
    make_survey(**fields)
    page = client.get(PAGE)
    assert "71 %" not in page.content.decode()
    for format in ("csv", "xlsx", "json"):
        assert client.get(f"{PAGE}results.{format}").status_code == 404


def test_a_small_number_and_what_tells_of_it_stand_in_no_public_answer(
    client: Client, survey: Round
) -> None:
    rows = [row for row in _rows(client) if row["question"] == "feasible"]
    shown = {(row["group"], row["answer"]): row["count"] for row in rows}
    assert shown["", "no"] == "12"
    assert {shown[group, answer] for group in ("small", "large") for answer in ("yes", "no")} == {
        ""
    }
    hidden = {row["hidden"] for row in rows if row["group"]}
    assert hidden == {"1"}
    numbers = [int(row["count"]) for row in _rows(client) if row["count"]]
    assert min(numbers) >= survey.smallest_cell


def test_the_same_question_filtered_says_no_more_than_the_cross_table(
    client: Client, survey: Round
) -> None:
    page = client.get(f"{PAGE}?by=small").content.decode()
    assert 'aria-current="true">Small <span class="count">20</span>' in page
    assert '<span title="not shown">•</span>' in page
    assert '<meta name="robots" content="noindex, follow">' in page
    assert ">3</td>" not in page
    assert ">17</td>" not in page
    everybody = client.get(f"{PAGE}?by=nobody").content.decode()
    assert "71 %" in everybody


def test_words_of_respondents_are_for_editors_only(
    client: Client, editor: Client, survey: Round
) -> None:
    for path in (PAGE, *(f"{PAGE}results.{one}" for one in ("csv", "json"))):
        assert "landlord" not in client.get(path).content.decode()
    book = client.get(f"{PAGE}results.xlsx").content
    cells = [
        cell for sheet in load_workbook(io.BytesIO(book)) for row in sheet.values for cell in row
    ]
    assert SECRET not in cells
    assert SECRET in editor.get(f"{PAGE}results/").content.decode()


def test_who_may_not_manage_consultations_sees_no_results_as_they_come_in(
    client: Client, survey: Round
) -> None:
    translator = person("Translators")[1]
    for path in ("results/", "responses.csv", "responses.xlsx", "responses.json"):
        assert client.get(PAGE + path).status_code == 302
        assert translator.get(PAGE + path).status_code == 403


def test_editors_look_at_those_alone_who_gave_an_answer(editor: Client, survey: Round) -> None:
    answer = editor.get(f"{PAGE}results/?by=size:small")
    assert answer["Cache-Control"] == "no-store, private"
    assert '<td class="number">3</td><td class="number">15 %</td>' in answer.content.decode()


def test_a_file_that_somebody_has_is_not_sent_again_until_an_answer_comes(
    client: Client, survey: Round
) -> None:
    first = client.get(f"{PAGE}results.json")
    assert first["Access-Control-Allow-Origin"] == "*"
    again = client.get(f"{PAGE}results.json", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    respond(survey, {"size": "large", "feasible": "yes"})
    changed = client.get(f"{PAGE}results.json", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_a_file_has_a_codebook_and_says_what_is_hidden(client: Client, survey: Round) -> None:
    said = json.loads(client.get(f"{PAGE}results.json").content)
    assert {"question": "size", "kind": "one", "question_text": "How large?", "part": "choice",
            "code": "small", "text": "Small"} in said["codebook"]  # fmt: skip
    assert "under 5" in said["metadata"]["hidden"]
    assert said["metadata"]["respondents"] == 41


def test_no_cell_of_a_file_is_run_as_a_formula(editor: Client, survey: Round) -> None:
    respond(survey, {"size": "large", "feasible": "yes", "words": "=1+1"})
    text = editor.get(f"{PAGE}responses.csv").content.decode()
    assert "'=1+1" in text
    book = load_workbook(io.BytesIO(editor.get(f"{PAGE}responses.xlsx").content))
    found = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in found] == ["s"]


def test_a_number_with_decimals_is_a_number_in_every_file(editor: Client, survey: Round) -> None:
    asked = carried(survey.version.asked())
    asked["sections"][0]["questions"].append({"code": "rent", "kind": "decimal"})
    survey.version.definition = asked
    survey.version.save()
    respond(survey, {"size": "large", "feasible": "yes", "rent": "-12.25"})
    respond(survey, {"size": "large", "feasible": "yes", "rent": "123456789012345.1234567"})
    text = editor.get(f"{PAGE}responses.csv").content.decode()
    assert ",-12.25," in text
    assert "123456789012345.1234567" in text
    rows = json.loads(editor.get(f"{PAGE}responses.json").content)["responses"]
    assert -12.25 in [row["rent"] for row in rows]
    book = load_workbook(io.BytesIO(editor.get(f"{PAGE}responses.xlsx").content))
    found = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == -12.25]
    assert [cell.data_type for cell in found] == ["n"]


def test_responses_to_an_anonymous_round_stand_in_an_order_that_tells_nothing(site: object) -> None:
    survey = make_survey(is_anonymous=True)
    orders = set()
    for _ in range(5):
        found = gathered(survey)
        assert found is not None
        rows = response_rows(survey, found)
        assert [row[0] for row in rows] == list(range(1, 42))
        orders.add(tuple(tuple(row[1:]) for row in rows))
    assert len(orders) > 1
    heading = response_heading(survey, found)
    assert "sent" not in " ".join(heading)
    assert "language" not in heading
    assert {len(row) for row in rows} == {len(heading)}


def test_a_test_run_and_what_was_not_sent_are_not_counted(client: Client, survey: Round) -> None:
    respond(survey, {"feasible": "no", "size": "small"}, is_test=True)
    respond(survey, {"feasible": "no", "size": "small"}, status=Response.Status.BEGUN)
    assert "of 80 who were asked answered: 51 %" in client.get(PAGE).content.decode()


def test_what_decides_what_is_hidden_stays_while_results_are_public(survey: Round) -> None:
    for name, value in {"background": "feasible", "smallest_cell": 3}.items():
        changed = Round.objects.get(pk=survey.pk)
        setattr(changed, name, value)
        with pytest.raises(ValidationError, match=r"it stays|Raise it only"):
            changed.clean()


def test_waves_stand_beside_each_other_with_what_changed_in_the_words(
    client: Client, survey: Round
) -> None:
    version = survey.instrument.versions.create(
        number=2, is_frozen=True, definition=_reworded(survey.version.definition)
    )
    again = make_wave(survey, version)
    page = client.get(f"/en/consultations/{again.code}/").content.decode()
    assert "<del>Are two months enough?</del> <ins>Do two months suffice?</ins>" in page
    assert "Not compared: the choices are not the same. New: A house." in page
    assert "picture-whiskers" in page
    assert '<a href="/en/consultations/housing/">2019</a>' in page


def _reworded(definition: dict) -> dict:
    text = json.dumps(definition).replace("Are two months enough?", "Do two months suffice?")
    changed = json.loads(text)
    changed["choice_sets"]["places"].append({"code": "house", "labels": {"en": "A house"}})
    return changed


def make_wave(survey: Round, version: object) -> Round:
    ended = timezone.now() - datetime.timedelta(days=1)
    again = Round.objects.create(
        instrument=survey.instrument, version=version, code="housing-again",
        wave_names={"en": "2021"},
        labels={"en": "Again"}, access=Round.Access.OPEN, status=Round.Status.CLOSED,
        opens_at=survey.opens_at, closes_at=ended, closed_at=ended, published_at=ended,
        previous=survey, background="size",
    )  # fmt: skip
    for at in range(30):
        said = {"size": "small", "feasible": "no" if at < 15 else "yes"}
        respond(again, {**said, "places": ["flat" if at % 2 else "room"]})
    return again


def test_no_number_under_five_is_public_whatever_is_stored(client: Client, survey: Round) -> None:
    Round.objects.filter(pk=survey.pk).update(smallest_cell=1)
    rows = json.loads(client.get(f"{PAGE}results.json").content)["results"]
    counts = [row["count"] for row in rows if row["count"] is not None]
    assert counts
    assert min(counts) >= 5
    assert "no number under 5 is shown" in client.get(f"{PAGE}answer/").content.decode()


def test_numbers_about_a_file_are_numbers(client: Client, survey: Round) -> None:
    about = json.loads(client.get(f"{PAGE}results.json").content)["metadata"]
    assert (about["respondents"], about["invited"]) == (41, 80)


def test_who_answered_is_counted_in_a_noun_in_every_language(client: Client, survey: Round) -> None:
    Round.objects.filter(pk=survey.pk).update(invited=None)
    for language, said in {
        "en": "41</span> answers", "fr": "41</span> réponses", "nl": "41</span> antwoorden",
        "de": "41</span> Antworten",
    }.items():  # fmt: skip
        page = client.get(PAGE.replace("/en/", f"/{language}/"), follow=True).content.decode()
        assert said in " ".join(page.split()), language
