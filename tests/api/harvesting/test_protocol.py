"""What the protocol asks for: verbs, arguments, errors, forms; whatever somebody sends."""

import datetime
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from factories import MadeSite, make_output, make_theme
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oai_schemas import DATACITE, DC, LANGUAGE, OAI, checked

from contactpoint.api import limiting
from contactpoint.api.harvesting import listing, records, tokens
from contactpoint.api.harvesting.models import Harvested
from contactpoint.outputs.models import Output


def ask(**arguments: Any) -> Any:
    answer = Client().get("/oai", {name.rstrip("_"): value for name, value in arguments.items()})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    return checked(answer.content)


def code(**arguments: Any) -> str:
    (error,) = ask(**arguments).iter(f"{OAI}error")
    assert error.text
    return str(error.get("code"))


@pytest.fixture
def kept(study: Output) -> Output:
    assert records.note_all() == 1
    return study


def identifier(page: Output) -> str:
    return f"oai:localhost:{page.translation_key}"


def test_the_repository_says_who_it_is(site: MadeSite) -> None:
    said = ask(verb="Identify")[2]
    told = {one.tag.removeprefix(OAI): one.text for one in said}
    assert told["protocolVersion"] == "2.0"
    assert told["deletedRecord"] == "persistent"
    assert told["granularity"] == "YYYY-MM-DDThh:mm:ssZ"
    assert told["baseURL"] == "http://localhost:8000/oai"


def test_a_portal_with_a_name_explains_its_identifiers(site: MadeSite, settings: Any) -> None:
    settings.BASE_URL = "https://contactpoint.example"
    said = ask(verb="Identify")
    about = "{http://www.openarchives.org/OAI/2.0/oai-identifier}"
    assert said.find(f".//{about}repositoryIdentifier").text == "contactpoint.example"


def test_dublin_core_has_every_language_and_what_a_thing_is_about(kept: Output) -> None:
    said = ask(verb="GetRecord", identifier=identifier(kept), metadataPrefix="oai_dc")
    titles = {one.get(LANGUAGE): one.text for one in said.iter(f"{DC}title")}
    assert titles == {"en": "Housing of families", "fr": "Le logement des familles"}
    subjects = {(one.get(LANGUAGE), one.text) for one in said.iter(f"{DC}subject")}
    assert {("en", "reception"), ("fr", "accueil"), ("en", "Reception centres")} <= subjects
    assert (None, "http://localhost:8000/id/concept/reception") in subjects
    assert (None, "http://localhost:8000/api/v1/themes/reception-centres") in subjects
    assert {one.text for one in said.iter(f"{DC}language")} == {"en", "fr"}
    assert {(one.get(LANGUAGE), one.text) for one in said.iter(f"{DC}coverage")} == {
        ("en", "Belgium"), ("fr", "Belgique"),
    }  # fmt: skip
    specs = {one.text for one in said.iter(f"{OAI}setSpec")}
    assert specs == {
        "kind", "kind:publication", "kind:publication:report",
        "theme", "theme:asylum", "theme:asylum:reception-centres",
    }  # fmt: skip


def test_datacite_names_what_it_must_and_says_which_titles_are_translations(kept: Output) -> None:
    said = ask(verb="GetRecord", identifier=identifier(kept), metadataPrefix="oai_datacite")
    titles = [(one.get(LANGUAGE), one.get("titleType")) for one in said.iter(f"{DATACITE}title")]
    assert titles == [("en", None), ("fr", "TranslatedTitle")]
    (reception,) = {
        one.get("valueURI") for one in said.iter(f"{DATACITE}subject") if one.text == "accueil"
    }
    assert reception == "http://localhost:8000/id/concept/reception"
    assert said.find(f".//{DATACITE}publicationYear").text == "2025"
    assert said.find(f".//{DATACITE}resourceType").get("resourceTypeGeneral") == "Report"


def test_marks_of_xml_and_what_xml_has_no_place_for_do_no_harm(site: MadeSite) -> None:
    page = make_output(site, title="a < b & c \x0b ]]> \"q\" <!-- 'p'", teaser="\x00\x1f</dc>")
    Output.objects.filter(pk=page.pk).update(source_url="javascript:alert('&<')")
    records.note_all()
    for prefix in ("oai_dc", "oai_datacite"):
        said = ask(verb="ListRecords", metadataPrefix=prefix)
        assert "a < b & c   ]]> \"q\" <!-- 'p'" in {one.text for one in said.iter()}


def test_each_error_of_the_protocol_is_told(kept: Output) -> None:
    known, nobody = identifier(kept), "oai:localhost:00000000-0000-0000-0000-000000000000"
    assert code() == "badVerb"
    assert code(verb="Burn") == "badVerb"
    assert code(verb=["Identify", "Identify"]) == "badVerb"
    assert code(verb="Identify", set="kind") == "badArgument"
    assert code(verb="GetRecord", identifier=known) == "badArgument"
    assert code(verb="ListRecords", metadataPrefix=["oai_dc", "oai_dc"]) == "badArgument"
    assert code(verb="ListRecords", metadataPrefix="oai_dc", from_="yesterday") == "badArgument"
    assert code(verb="ListRecords", metadataPrefix="oai_dc", from_="2025-02-30") == "badArgument"
    assert code(verb="ListRecords", metadataPrefix="oai_dc", resumptionToken="x") == "badArgument"
    assert code(verb="ListRecords", metadataPrefix="oai_dc", set="a b") == "badArgument"
    mixed = {"from_": "2025-01-01", "until": "2025-01-02T00:00:00Z"}
    assert code(verb="ListRecords", metadataPrefix="oai_dc", **mixed) == "badArgument"
    turned = {"from_": "2025-01-02", "until": "2025-01-01"}
    assert code(verb="ListRecords", metadataPrefix="oai_dc", **turned) == "badArgument"
    wrong_form = "cannotDisseminateFormat"
    assert code(verb="GetRecord", identifier=known, metadataPrefix="marc21") == wrong_form
    assert code(verb="ListIdentifiers", metadataPrefix="marc21") == wrong_form
    for name in (nobody, "oai:elsewhere:1", "10.1000/182", known.upper()):
        assert code(verb="GetRecord", identifier=name, metadataPrefix="oai_dc") == "idDoesNotExist"
        assert code(verb="ListMetadataFormats", identifier=name) == "idDoesNotExist"
    none = "noRecordsMatch"
    assert code(verb="ListRecords", metadataPrefix="oai_dc", until="1999-12-31") == none
    assert code(verb="ListRecords", metadataPrefix="oai_dc", from_="9999-12-31") == none
    assert code(verb="ListRecords", metadataPrefix="oai_dc", set="theme:never") == none
    assert code(verb="ListRecords", resumptionToken="made-up") == "badResumptionToken"
    assert code(verb="ListSets", resumptionToken="made-up") == "badResumptionToken"


def test_days_and_seconds_both_bound_a_harvest_and_the_last_day_counts(kept: Output) -> None:
    moment = datetime.datetime(2026, 5, 17, 9, 30, 15, tzinfo=datetime.UTC)
    Harvested.objects.update(stamp=moment)
    for since, until in (
        ("2026-05-17", "2026-05-17"),
        ("2026-05-17T09:30:15Z", "2026-05-17T09:30:15Z"),
        ("2026-05-16", "9999-12-31"),
    ):
        said = ask(verb="ListIdentifiers", metadataPrefix="oai_dc", from_=since, until=until)
        assert [one.text for one in said.iter(f"{OAI}identifier")] == [identifier(kept)]
    for bound in ({"from_": "2026-05-17T09:30:16Z"}, {"until": "2026-05-17T09:30:14Z"},
                  {"until": "2026-05-16"}):  # fmt: skip
        assert code(verb="ListIdentifiers", metadataPrefix="oai_dc", **bound) == "noRecordsMatch"


def test_a_token_is_bound_to_its_list_and_expires(
    site: MadeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        make_output(site, title=f"Thing {number}")
    records.note_all()
    monkeypatch.setitem(listing.PAGE, "ListRecords", 2)
    said = ask(verb="ListRecords", metadataPrefix="oai_dc")
    (given_token,) = said.iter(f"{OAI}resumptionToken")
    assert given_token.get("completeListSize") == "3"
    assert given_token.get("cursor") == "0"
    token = given_token.text
    (last,) = ask(verb="ListRecords", resumptionToken=token).iter(f"{OAI}resumptionToken")
    assert last.text is None
    assert last.get("cursor") == "2"
    wrong = "badResumptionToken"
    assert code(verb="ListIdentifiers", resumptionToken=token) == wrong
    assert code(verb="ListRecords", resumptionToken=token[:-1] + "A" * 2) == wrong
    assert code(verb="ListRecords", resumptionToken=signing.dumps(["x"], salt="other")) == wrong
    Harvested.objects.all().delete()
    assert code(verb="ListRecords", resumptionToken=token) == "noRecordsMatch"
    monkeypatch.setattr(tokens, "GOOD_FOR", datetime.timedelta(seconds=-1))
    assert code(verb="ListRecords", resumptionToken=token) == wrong


def test_arguments_may_be_posted_and_nothing_else_may_be_done(kept: Output) -> None:
    strict = Client(enforce_csrf_checks=True)
    posted = strict.post("/oai", {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"})
    assert len(list(checked(posted.content).iter(f"{OAI}header"))) == 1
    twice = strict.post("/oai?verb=Identify", {"verb": "Identify"})
    assert checked(twice.content)[2].get("code") == "badVerb"
    assert strict.post("/oai", b"\xff\x00{", content_type="application/json").status_code == 200
    assert strict.put("/oai").status_code == 405
    assert strict.options("/oai")["Access-Control-Allow-Origin"] == "*"


def test_who_asks_too_much_is_told_when_to_come_again(
    kept: Output, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(limiting, "A_MINUTE", 0)
    answer = Client().get("/oai", {"verb": "Identify"})
    assert answer.status_code == 503
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert "Service Unavailable" not in caplog.text


NAMES = st.sampled_from(
    ["verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken", "x", ""]
)
VALUES = st.one_of(
    st.sampled_from(
        ["ListRecords", "GetRecord", "ListSets", "oai_dc", "oai_datacite", "2025-01-01", "kind",
         "0000-00-00", "2025-01-01T25:00:00Z", "%00", "' OR 1=1 --", "<!ENTITY x>", "a" * 3000]
    ),
    st.text(max_size=30),
)  # fmt: skip


@given(query=st.lists(st.tuples(NAMES, VALUES), max_size=6))
@settings(
    max_examples=60, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
def test_whatever_is_sent_the_answer_is_well_formed(kept: Output, query: Any) -> None:
    arguments: dict[str, list[str]] = {}
    for name, value in [("verb", "ListRecords"), *query][: 1 + len(query)]:
        arguments.setdefault(name, []).append(value)
    answer = Client().get("/oai", arguments)
    assert answer.status_code in (200, 503)  # or so many that the limit was reached
    if answer.status_code == 200:
        checked(answer.content)


def test_sets_are_named_with_those_above_them(site: MadeSite) -> None:
    make_theme("asylum", en="Asylum")
    make_theme("reception", parent="asylum", en="Reception")
    said = ask(verb="ListSets")
    names = {
        one.find(f"{OAI}setSpec").text: one.find(f"{OAI}setName").text
        for one in said.iter(f"{OAI}set")
    }
    assert names["theme:asylum:reception"] == "Reception"
    assert names["kind:publication:thematic-study"] == "Thematic study"
    for spec in names:
        above = spec.rpartition(":")[0]
        assert not above or above in names
