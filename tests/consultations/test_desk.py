"""Consultations in the admin: who may, writing, uploading, opening and closing."""

import datetime
import json
import re
from typing import Any

import pytest
from consulting import country, housing, made_instrument, made_query, made_round, respond
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from editing import sign_in
from people import person
from round_forms import round_form

from contactpoint.consultations.models import Instrument, Response, Round, Seat, Version
from contactpoint.consultations.questions import (
    Choice,
    Kind,
    Question,
    Section,
    carried,
    restored,
)
from contactpoint.consultations.questions import Instrument as Questionnaire
from contactpoint.consultations.questions.xlsform import read, write
from contactpoint.glossary.models import Concept

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    sign_in(client)
    return client


@pytest.fixture
def instrument() -> Instrument:
    return made_instrument()


def draft(instrument: Instrument, **fields: Any) -> Round:
    """A round that isn't open yet, whose version isn't frozen."""
    round = made_round(instrument, status=Round.Status.DRAFT, **fields)
    Round.objects.filter(pk=round.pk).update(version=None)
    instrument.versions.update(is_frozen=False)
    round.refresh_from_db()
    return round


def addresses(round: Round) -> dict[str, list[str]]:
    """Every page of the desk, by method."""
    one, version = [round.instrument_id], [round.instrument_id, 1]
    return {
        "get": [
            reverse("consultation_rounds:index"),
            reverse("consultation_rounds:add"),
            reverse("consultation_rounds:edit", args=[round.pk]),
            reverse("consultation_instruments:index"),
            reverse("consultation_instruments:add"),
            reverse("consultation_instruments:edit", args=one),
            reverse("consultations_instrument", args=one),
            reverse("consultations_questions", args=one),
            reverse("consultations_xlsx", args=version),
            reverse("consultations_json", args=version),
            reverse("consultations_preview", args=version),
            reverse("consultations_sheet", args=version),
            reverse("consultations_round", args=[round.pk]),
        ],
        "post": [
            reverse("consultations_look", args=one),
            reverse("consultations_take", args=one),
            reverse("consultations_natures", args=version),
            *(
                reverse(f"consultations_{name}", args=[round.pk])
                for name in ("open", "close", "publish", "withdraw", "test_begin", "test")
            ),
        ],
    }


def test_an_editor_reaches_every_page(editor: Client, instrument: Instrument) -> None:
    round = draft(instrument)
    for address in addresses(round)["get"]:
        assert editor.get(address).status_code == 200, address


@pytest.mark.parametrize("role", ["Contributors", "Translators", "Glossary editors"])
def test_whoever_may_not_manage_consultations_reaches_none(
    role: str, instrument: Instrument
) -> None:
    round = draft(instrument)
    _user, client = person(role)
    Seat.objects.create(user=_user, country=country())
    for method, found in addresses(round).items():
        for address in found:
            answer = getattr(client, method)(address)
            is_refused = answer.status_code == 403 or answer.headers.get("Location") == "/admin/"
            assert is_refused, (address, answer.status_code)
    round.refresh_from_db()
    assert round.status == Round.Status.DRAFT


def test_seats_are_given_by_administrators(editor: Client) -> None:
    assert editor.get(reverse("consultation_seats:index")).status_code == 200
    assert editor.get(reverse("consultation_seats:add")).headers.get("Location") == "/admin/"
    administrator = Client()
    sign_in(administrator, administrator=True)
    assert administrator.get(reverse("consultation_seats:add")).status_code == 200


def form_of(client: Client, instrument: Instrument) -> dict[str, Any]:
    """What a browser would send of the form of questions, unchanged."""
    page = client.get(reverse("consultations_questions", args=[instrument.pk]))
    form = page.context["form"]
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        if block := getattr(field, "block", None):
            posted(data, name, block, block.get_form_state(form.initial[name]))
        else:
            data[name] = form.initial.get(name, "")
    return data


def posted(data: dict[str, Any], prefix: str, block: Any, state: Any) -> None:
    """The fields of a block, as Wagtail's script names them."""
    kind = type(block).__mro__
    names = {each.__name__ for each in kind}
    if "BaseStructBlock" in names:
        for name, child in block.child_blocks.items():
            posted(data, f"{prefix}-{name}", child, state[name])
    elif "ListBlock" in names or "BaseStreamBlock" in names:
        data[f"{prefix}-count"] = len(state)
        for at, item in enumerate(state):
            data[f"{prefix}-{at}-deleted"] = ""
            data[f"{prefix}-{at}-order"] = at
            data[f"{prefix}-{at}-id"] = item.get("id") or ""
            child = block.child_block if "ListBlock" in names else block.child_blocks[item["type"]]
            data[f"{prefix}-{at}-type"] = item.get("type", "item")
            posted(data, f"{prefix}-{at}-value", child, item["value"])
    elif state not in (None, False):
        data[prefix] = "on" if state is True else state


def test_the_form_that_is_kept_unchanged_changes_nothing(
    editor: Client, instrument: Instrument
) -> None:
    before = instrument.versions.get().definition
    data = form_of(editor, instrument)
    answer = editor.post(reverse("consultations_questions", args=[instrument.pk]), data)
    assert answer.status_code == 302
    version = instrument.versions.get()
    assert restored(version.definition).sections == restored(before).sections
    assert version.definition["choice_sets"] == before["choice_sets"]


def test_what_is_written_in_the_form_is_kept(editor: Client, instrument: Instrument) -> None:
    data = form_of(editor, instrument)
    question = "sections-0-value-questions-1-value"
    data[f"{question}-labels-nl"] = "Hoeveel maanden?"
    data[f"{question}-more-constraint"] = ". >= 0"
    data[f"{question}-is_required"] = "on"
    address = reverse("consultations_questions", args=[instrument.pk])
    assert editor.post(address, data).status_code == 302
    months = instrument.versions.get().asked().question("months")
    assert months is not None
    assert months.labels == {"en": "How many months?", "nl": "Hoeveel maanden?"}
    assert (months.constraint, months.required) == (". >= 0", "true()")


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("more-relevant", "${feasible} =", "Something is missing at the end"),
        ("code", "two words", "no accents or spaces"),
        ("more-relevant", "${months} > 1", "depends on itself"),
        ("code", "feasible", "stands twice"),
    ],
)
def test_what_can_not_be_asked_is_said_and_nothing_is_kept(
    editor: Client, instrument: Instrument, field: str, text: str, said: str
) -> None:
    before = instrument.versions.get().definition
    data = form_of(editor, instrument)
    data[f"sections-0-value-questions-1-value-{field}"] = text
    answer = editor.post(reverse("consultations_questions", args=[instrument.pk]), data)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert instrument.versions.get().definition == before


def test_an_opened_version_is_not_written_over(editor: Client) -> None:
    round = made_round()
    instrument = round.instrument
    data = form_of(editor, instrument)
    data["sections-0-value-questions-1-value-labels-en"] = "For how long?"
    editor.post(reverse("consultations_questions", args=[instrument.pk]), data)
    old, new = instrument.versions.order_by("number")
    assert old.definition == carried(housing())
    assert (new.number, new.is_frozen) == (2, False)
    assert [(one["code"], one["nature"]) for one in new.changes] == [("months", "meaning")]
    page = editor.get(reverse("consultations_instrument", args=[instrument.pk])).content.decode()
    assert "1 change of meaning" in page


def test_two_editors_do_not_write_over_each_other(editor: Client, instrument: Instrument) -> None:
    data = form_of(editor, instrument)
    made = Version.objects.get()
    made.is_frozen = True
    made.save()
    changed = {**carried(housing()), "titles": {"en": "Other"}}
    Version.objects.create(instrument=instrument, number=2, definition=changed)
    answer = editor.post(reverse("consultations_questions", args=[instrument.pk]), data)
    assert "Somebody kept other questions meanwhile" in answer.content.decode()
    assert instrument.versions.count() == 2


def test_nor_over_a_draft_that_keeps_its_number(editor: Client, instrument: Instrument) -> None:
    first, second = form_of(editor, instrument), form_of(editor, instrument)
    address = reverse("consultations_questions", args=[instrument.pk])
    editor.post(address, first | {"titles_nl": "De titel van de ene"})
    answer = editor.post(address, second | {"introductions_en": "What the other wrote."})
    said = answer.content.decode()
    assert "Somebody kept other questions meanwhile" in said
    assert "What the other wrote." in said
    version = instrument.versions.get()
    assert version.asked().titles["nl"] == "De titel van de ene"
    assert not version.asked().introductions


def upload(client: Client, instrument: Instrument, data: bytes, name: str = "a.xlsx") -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("consultations_look", args=[instrument.pk]), {"file": file})


def test_a_form_is_looked_at_before_anything_is_kept(
    editor: Client, instrument: Instrument
) -> None:
    changed = carried(housing())
    changed["sections"][0]["questions"][1]["labels"]["en"] = "For how long?"
    page = upload(editor, instrument, write(restored(changed)))
    assert "For how long?" in page.content.decode()
    assert instrument.versions.get().definition == carried(housing())
    data = {"packed": page.context["packed"], "seen": page.context["seen"]}
    editor.post(reverse("consultations_take", args=[instrument.pk]), data)
    kept = instrument.versions.get().asked().question("months")
    assert kept is not None
    assert kept.labels["en"] == "For how long?"


def test_a_file_that_gives_another_name_says_so_before_it_is_kept(
    editor: Client, instrument: Instrument
) -> None:
    named = carried(housing()) | {"titles": {"en": "Homes, once more"}}
    page = upload(editor, instrument, write(restored(named))).content.decode()
    assert "In the file it is called “Homes, once more”" in page
    same = upload(editor, instrument, write(housing())).content.decode()
    assert "In the file it is called" not in same


def test_an_editor_overrules_the_nature_of_a_change(editor: Client) -> None:
    instrument = made_round().instrument
    changed = carried(housing())
    changed["sections"][0]["questions"][1]["labels"]["en"] = "For how long?"
    page = upload(editor, instrument, write(restored(changed)))
    key = page.context["rows"][0].key
    data = {"packed": page.context["packed"], "seen": page.context["seen"]}
    data[f"nature:{key}"] = "cosmetic"
    editor.post(reverse("consultations_take", args=[instrument.pk]), data)
    version = instrument.versions.get(number=2)
    assert version.changes[0]["nature"] == "cosmetic"
    address = reverse("consultations_natures", args=[instrument.pk, 2])
    editor.post(address, {f"nature:{key}": "meaning"})
    version.refresh_from_db()
    assert version.changes[0]["nature"] == "meaning"
    version.is_frozen = True
    version.save()
    editor.post(address, {f"nature:{key}": "cosmetic"})
    version.refresh_from_db()
    assert version.changes[0]["nature"] == "meaning"


def test_a_form_that_can_not_be_read_is_said_with_its_cell(
    editor: Client, instrument: Instrument
) -> None:
    answer = upload(editor, instrument, b"survey,,\n,type,name\n,geopoint,a\n", "a.csv")
    assert answer.status_code == 422
    assert "survey!B2" in answer.content.decode() or "survey!A2" in answer.content.decode()
    assert instrument.versions.get().definition == carried(housing())


def test_what_was_not_looked_at_is_not_kept(editor: Client, instrument: Instrument) -> None:
    forged = {"packed": json.dumps(carried(housing("other"))), "seen": 1}
    editor.post(reverse("consultations_take", args=[instrument.pk]), forged)
    assert instrument.versions.get().definition == carried(housing())


def test_what_is_taken_out_can_be_handed_in_again(editor: Client, instrument: Instrument) -> None:
    file = editor.get(reverse("consultations_xlsx", args=[instrument.pk, 1]))
    assert read("a.xlsx", file.content).sections == housing().sections
    data = editor.get(reverse("consultations_json", args=[instrument.pk, 1])).json()
    assert restored(data) == housing()
    page = upload(editor, instrument, file.content)
    assert page.context["rows"] == []


def test_a_round_is_opened_closed_and_published(editor: Client, instrument: Instrument) -> None:
    round = draft(instrument, opens_at=None, published_at=None)

    def press(name: str) -> Round:
        editor.post(reverse(f"consultations_{name}", args=[round.pk]))
        round.refresh_from_db()
        return round

    assert press("publish").published_at is None
    assert press("open").status == Round.Status.OPEN
    assert round.version == instrument.versions.get(is_frozen=True)
    assert round.opens_at
    assert press("close").status == Round.Status.CLOSED
    assert round.closed_at
    assert press("publish").published_at
    assert press("withdraw").published_at is None


def test_what_stands_in_the_way_is_listed_before_opening(
    editor: Client, instrument: Instrument
) -> None:
    round = draft(instrument, access=Round.Access.STATES)
    page = editor.get(reverse("consultations_round", args=[round.pk])).content.decode()
    assert "No state is asked." in page
    assert "A survey is answered by people." in page
    assert "is missing in Nederlands" in page
    assert reverse("consultations_open", args=[round.pk]) not in page
    editor.post(reverse("consultations_open", args=[round.pk]))
    round.refresh_from_db()
    assert round.status == Round.Status.DRAFT
    assert not instrument.versions.get().is_frozen


def test_an_open_round_stays_anonymous_whatever_is_sent(editor: Client) -> None:
    round = made_round(is_anonymous=True)
    address = reverse("consultation_rounds:edit", args=[round.pk])
    data = (
        round_form(editor, address)
        | {"code": "elsewhere", "access": "personal"}
        | {"wave_names_en": "2"}
    )
    data.pop("is_anonymous", None)
    assert editor.post(address, data).status_code == 302
    round.refresh_from_db()
    assert round.is_anonymous
    assert round.code == "housing-1"
    assert (round.access, round.wave_names) == ("open", {"en": "2"})


def test_no_code_of_ours_makes_an_open_round_less_anonymous() -> None:
    round = made_round(is_anonymous=True)
    round.is_anonymous = False
    with pytest.raises(ValueError, match="anonymous"):
        round.save()


def test_the_deadline_of_an_open_query_is_not_moved_silently_by_its_form(editor: Client) -> None:
    query = made_query(status=Round.Status.OPEN, published_at=None)
    address = reverse("consultation_rounds:edit", args=[query.pk])
    earlier = timezone.now() + datetime.timedelta(days=2)
    data = round_form(editor, address) | {"quota": "9", "closes_at": earlier.isoformat()[:16]}
    assert editor.post(address, data).status_code == 302
    before = query.closes_at
    query.refresh_from_db()
    assert query.quota == 9, "the rest of the form is taken"
    assert query.closes_at == before.replace(microsecond=0)  # type: ignore[union-attr]
    assert "later only, and the states are told" in editor.get(address).content.decode()


def test_the_end_of_a_survey_is_moved_by_its_form(editor: Client) -> None:
    survey = made_round()
    address = reverse("consultation_rounds:edit", args=[survey.pk])
    editor.post(address, round_form(editor, address) | {"closes_at": "2041-05-20 12:00"})
    survey.refresh_from_db()
    assert survey.closes_at is not None
    assert survey.closes_at.year == 2041


def test_a_number_is_that_of_one_query(editor: Client) -> None:
    made_query(reference="2026.71", labels={"en": "The first"})
    second = made_query(asked=housing("second"), status=Round.Status.DRAFT, published_at=None)
    address = reverse("consultation_rounds:edit", args=[second.pk])
    data = round_form(editor, address)
    page = editor.post(address, data | {"reference": "2026.71"}).content.decode()
    assert "“The first” has the number 2026.71 already." in page
    assert editor.post(address, data | {"reference": "2026.72"}).status_code == 302


def test_concepts_of_a_round_are_named_not_picked_from_all_of_them(editor: Client) -> None:
    Concept.objects.create(slug="housing", labels={"en": "Housing"})
    Concept.objects.create(slug="asylum", labels={"en": "Asylum"})
    query = made_query()
    query.concepts.set(Concept.objects.filter(slug="asylum"))
    address = reverse("consultation_rounds:edit", args=[query.pk])
    page = editor.get(address).content.decode()
    assert "<option" not in page.split('name="concepts"', 1)[1].split("</textarea>", 1)[0]
    data = round_form(editor, address)
    assert editor.post(address, data | {"concepts": "Asylum\nHousing"}).status_code == 302
    assert set(query.concepts.values_list("slug", flat=True)) == {"asylum", "housing"}
    wrong = editor.post(address, data | {"concepts": "Hausing"}).content.decode()
    assert "no concept is called “Hausing”" in wrong


def test_messages_call_things_as_the_menu_does(editor: Client) -> None:
    query = made_query()
    address = reverse("consultation_rounds:edit", args=[query.pk])
    page = editor.post(address, round_form(editor, address), follow=True).content.decode()
    assert re.search(r"Round (&#x27;|')[^<]+ updated", page)
    data = {"kind": "query", "labels_en": "Second", "code": "second"}
    made = editor.post(reverse("consultation_instruments:add"), data, follow=True).content.decode()
    assert re.search(r"Questionnaire (&#x27;|')[^<]+ created", made)


def test_a_round_is_made_with_the_states_that_are_asked(editor: Client) -> None:
    query = made_query(status=Round.Status.DRAFT, published_at=None)
    belgium, france = country("BE"), country("FR")
    address = reverse("consultation_rounds:edit", args=[query.pk])
    data = round_form(editor, address) | {"states_asked": [belgium.pk, france.pk]}
    assert editor.post(address, data).status_code == 302
    assert set(query.states.values_list("country__code", flat=True)) == {"BE", "FR"}
    Response.objects.create(
        round=query, version=query.version, country=belgium, begun_on="2019-01-01"
    )
    editor.post(address, {**data, "states_asked": []})
    assert set(query.states.values_list("country__code", flat=True)) == {"BE"}


def test_an_address_of_the_portal_is_no_address_of_a_round(editor: Client) -> None:
    round = draft(made_instrument())
    address = reverse("consultation_rounds:edit", args=[round.pk])
    answer = editor.post(address, round_form(editor, address) | {"code": "compare"})
    assert "This address belongs to the portal" in answer.content.decode()


def test_a_preview_shows_each_language_and_marks_the_fallback(
    editor: Client, instrument: Instrument
) -> None:
    address = reverse("consultations_preview", args=[instrument.pk, 1])
    page = editor.get(address, {"language": "nl"}).content.decode()
    assert "Volstaan twee maanden?" in page
    assert 'lang="en" dir="ltr">How many months?' in page
    assert "selected(${places}, &#x27;none&#x27;)" in page
    assert editor.get(address, {"language": "ar"}).status_code == 200
    unknown = editor.get(address, {"language": "<b>"}).content.decode()
    assert "<b>" not in unknown
    assert "Are two months enough?" in unknown


def test_a_print_sheet_counts_the_questions(editor: Client, instrument: Instrument) -> None:
    page = editor.get(reverse("consultations_sheet", args=[instrument.pk, 1])).content.decode()
    assert "<b>4.</b>" in page
    assert re.search(r"selected\(\[3\], “[^”]+”\)", page), "on paper nobody knows codes"
    assert "<input" not in page


def test_a_test_run_is_walked_and_counted_nowhere(editor: Client, instrument: Instrument) -> None:
    round = draft(instrument)
    begun = editor.post(reverse("consultations_test_begin", args=[round.pk]), {"language": "nl"})
    address = begun.headers["Location"]
    missing = editor.post(f"{address}?section=search", {})
    assert "Beantwoord deze vraag." in missing.content.decode()
    after = editor.post(f"{address}?section=search", {"q-feasible": "no", "q-months": "3"})
    assert after.headers["Location"].endswith("?section=found")
    again = editor.post(after.headers["Location"], {"q-places": ["none"]})
    assert again.headers["Location"].endswith("?section=found"), "it brought a further question"
    end = editor.post(again.headers["Location"], {"q-places": ["none"], "q-why": "Geen tijd."})
    assert end.headers["Location"].endswith("?section=end")
    assert "Geen tijd." in editor.get(end.headers["Location"]).content.decode()
    response = Response.objects.get()
    assert response.is_test
    assert not round.responses.filter(is_test=False).exists()
    page = editor.get(reverse("consultations_round", args=[round.pk]))
    assert (page.context["sent"], page.context["begun"]) == (0, 0)


def test_nobody_sees_the_test_run_of_another(editor: Client, instrument: Instrument) -> None:
    round = draft(instrument)
    editor.post(reverse("consultations_test_begin", args=[round.pk]))
    _user, other = person("Editors", "other")
    assert other.get(reverse("consultations_test", args=[round.pk])).status_code == 302


@pytest.mark.parametrize("status", ["open", "closed"])
def test_what_may_have_been_answered_is_not_deleted(editor: Client, status: str) -> None:
    round = made_round(status=status)
    editor.post(reverse("consultation_rounds:delete", args=[round.pk]))
    editor.post(reverse("consultation_instruments:delete", args=[round.instrument_id]))
    assert Round.objects.filter(pk=round.pk).exists()
    assert Instrument.objects.exists()


def test_a_draft_can_be_deleted_and_then_its_questionnaire(
    editor: Client, instrument: Instrument
) -> None:
    round = draft(instrument)
    editor.post(reverse("consultations_test_begin", args=[round.pk]))
    editor.post(reverse("consultation_rounds:delete", args=[round.pk]))
    assert not Round.objects.exists()
    editor.post(reverse("consultation_instruments:delete", args=[instrument.pk]))
    assert not Instrument.objects.exists()


def test_a_print_sheet_in_arabic_says_which_words_are_the_portals_own(editor: Client) -> None:
    asked = Questionnaire("arabic", ("ar",), {"ar": "استمارة"}, sections=(
        Section("one", {"ar": "واحد"}, questions=(
            Question("age", Kind.INTEGER, {"ar": "كم عمرك؟"}, required="true()"),
        )),
    ))  # fmt: skip
    one = made_instrument(asked)
    page = editor.get(reverse("consultations_sheet", args=[one.pk, 1])).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert '<span class="question-mark" lang="en" dir="ltr">(must be answered)</span>' in page


def test_a_print_sheet_says_what_must_be_answered_how_to_rank_and_names_choices(
    editor: Client,
) -> None:
    colours = (Choice("r", {"en": "Red"}), Choice("b", {"en": "Blue"}))
    asked = Questionnaire("sheet", ("en",), {"en": "Sheet"}, sections=(
        Section("section_1", questions=(
            Question("best", Kind.ONE, {"en": "Best?"}, choices="colours", required="true()"),
            Question("order", Kind.RANKING, {"en": "Order"}, choices="colours",
                     relevant="${best} = 'r'"),
        )),
    ), choice_sets={"colours": colours})  # fmt: skip
    one = made_instrument(asked)
    text = " ".join(
        editor.get(reverse("consultations_sheet", args=[one.pk, 1])).content.decode().split()
    )
    assert "(must be answered)" in text
    assert "Write 1 beside what comes first" in text
    assert "Part 1" in text
    assert "section_1<" not in text
    assert "[1] = “Red”" in text


def test_a_new_round_is_offered_in_the_languages_of_its_questionnaire(editor: Client) -> None:
    asked = Questionnaire("arabic", ("en", "ar"), {"en": "Arabic"}, sections=(
        Section("s", questions=(Question("q", Kind.TEXT, {"en": "Q", "ar": "س"}),)),
    ))  # fmt: skip
    one = made_instrument(asked)
    address = f"{reverse('consultation_rounds:add')}?instrument={one.pk}"
    form = editor.get(address).context["form"]
    assert form["languages"].value() == ["en", "ar"]
    assert "ar" in dict(form.fields["languages"].choices)
    data = round_form(editor, address) | {"code": "arabic", "languages": ["ar"], "access": "open"}
    answer = editor.post(reverse("consultation_rounds:add"), data)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Round.objects.get(code="arabic").languages == ["ar"]


def test_no_fewer_are_asked_than_have_answered(editor: Client) -> None:
    round = made_round(invited=9)
    for _one in range(3):
        respond(round, {"feasible": "yes"})
    address = reverse("consultation_rounds:edit", args=[round.pk])
    data = round_form(editor, address)
    refused = editor.post(address, {**data, "invited": "2"})
    assert "3 have answered already" in str(refused.context["form"].errors["invited"])
    assert editor.post(address, {**data, "invited": "3"}).status_code == 302


def test_conditions_on_an_arabic_sheet_run_the_right_way(editor: Client) -> None:
    asked = Questionnaire("way", ("ar",), {"ar": "استمارة"}, sections=(Section("s", questions=(
        Question("fam", Kind.ONE, {"ar": "عائلة؟"}, choices="yn"),
        Question("beds", Kind.INTEGER, {"ar": "أسرة؟"}, relevant="'yes' = ${fam}"),
    )),), choice_sets={"yn": (Choice("yes", {"ar": "نعم"}),)})  # fmt: skip
    one = made_instrument(asked)
    page = editor.get(f"{reverse('consultations_sheet', args=[one.pk, 1])}?language=ar")
    assert "“\u2068نعم\u2069” = [1]" in page.content.decode()
