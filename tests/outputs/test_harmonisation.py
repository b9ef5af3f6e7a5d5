"""The report of harmonising: strings before, concepts after, as page, CSV, JSON and command."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from editing import sign_in
from factories import MadeSite, make_concept, make_output, make_site

from contactpoint.glossary.harmonisation import report
from contactpoint.glossary.models import Decision
from contactpoint.kit.spreadsheets import safe_cell
from contactpoint.outputs.models import Classification

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> MadeSite:
    found = make_site(("en", "nl"), standard=False)
    asylum = make_concept("asylum", en="asylum", nl="asiel", fr="asile")
    make_concept("stay", en="abode", nl="verblijf")
    make_concept("visit", en="visiting", nl="verblijf")
    rows = [
        ("asiel", "nl", asylum, "concept", "exact"),
        ("Asyl", "de", asylum, "concept", "decided"),
        ("asile", "fr", asylum, "concept", "exact"),
        ("verblijf", "nl", make_concept("stay"), "concept", "exact"),
        ("video", "en", None, "type", "exact"),
        ("=cmd|' /C calc'!A0", "", None, "unknown", "unknown"),
    ]
    source = make_output(found)
    translation = make_output(found, language="nl", translation_of=source)
    for page in (source, translation, make_output(found)):
        for keyword, language, concept, way, reason in rows:
            Classification.objects.create(
                page=page, keyword=keyword, language=language, concept=concept,
                resolves_to=way, reason=reason,
            )  # fmt: skip
    return found


def test_strings_are_counted_before_and_concepts_after(site: MadeSite) -> None:
    found = report()
    assert (found.strings, len(found.concepts), found.resolved) == (6, 2, 5)
    assert found.ways == {"concept": 4, "type": 1, "place": 0, "no_topic": 0, "unknown": 1}
    assert found.share == pytest.approx(5 / 6)
    (merged,) = found.merged
    assert (merged.slug, set(merged.strings)) == ("asylum", {"asiel", "Asyl", "asile"})
    assert merged.items == 6
    assert found.unknown == ["=cmd|' /C calc'!A0"]
    assert found.ambiguous == ["verblijf"]
    assert {(one.name, one.strings) for one in found.reasons} == {
        ("exact", 4), ("decided", 1), ("unknown", 1),
    }  # fmt: skip
    by_language = {one.name: (one.strings, one.resolved) for one in found.languages}
    assert by_language == {
        "nl": (2, 2), "de": (1, 1), "fr": (1, 1), "en": (1, 1), "": (1, 0),
    }  # fmt: skip


def test_the_page_shows_it_and_gives_csv_and_json(client: Client, site: MadeSite) -> None:
    sign_in(client)
    address = reverse("glossary_harmonisation")
    page = client.get(address).content.decode()
    assert "<bdi>asile</bdi>" in page
    assert "83 % understood" in page
    answer = client.get(address, {"format": "csv"})
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == 6
    assert "'=cmd|' /C calc'!A0" in {row["keyword"] for row in rows}
    (ambiguous,) = [row for row in rows if row["ambiguous"]]
    assert ambiguous["keyword"] == "verblijf"
    told = client.get(address, {"format": "json"}).json()
    assert told["strings"] == 6
    assert told["merged"][0]["concept"] == "asylum"


def test_the_page_is_for_those_who_may_look_and_shows_what_they_may_change(
    client: Client, site: MadeSite
) -> None:
    address = reverse("glossary_harmonisation")
    assert client.get(address).status_code in (302, 403)
    group = sign_in(client).groups.get()
    assert client.post(address).status_code == 405
    group.page_permissions.all().delete()
    assert "No item has a keyword yet." in client.get(address).content.decode()
    group.permissions.remove(*group.permissions.filter(codename="view_concept"))
    headers = {"X-Requested-With": "XMLHttpRequest"}
    assert client.get(address, headers=headers).status_code == 403


def test_the_page_asks_no_more_for_more_keywords(client: Client, site: MadeSite) -> None:
    sign_in(client)
    address = reverse("glossary_harmonisation")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    page = make_output(site)
    for number in range(60):
        concept = make_concept(f"concept-{number}")
        for word in ("one", "two"):
            Classification.objects.create(page=page, keyword=f"{word} {number}", concept=concept)
    client.get(address)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few)


def test_the_command_tells_the_same(site: MadeSite) -> None:
    out = io.StringIO()
    call_command("harmonise", "--report", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["strings"], told["concepts"], told["share"]) == (6, 2, 0.8333)
    assert told["by_kind"] == {"concept": 4, "type": 1, "place": 0, "no_topic": 0, "unknown": 1}
    assert told["by_language"]["none"] == {"strings": 1, "resolved": 0}
    out = io.StringIO()
    call_command("harmonise", "--report", stdout=out)
    assert "6 different strings became 2 concepts" in out.getvalue()
    assert "asiel" in out.getvalue()


def test_what_editors_decided_is_no_topic_is_counted_apart(client: Client, site: MadeSite) -> None:
    page = make_output(site)
    Classification.objects.create(page=page, keyword="Newsletter", resolves_to="unknown")
    Decision.objects.create(
        verdict="rejected", source="worklist", words="newsletter", key="newsletter"
    )
    found = report()
    assert (found.ways["no_topic"], found.ways["unknown"], found.resolved) == (1, 1, 5)
    assert (found.no_topic, found.unknown) == (["Newsletter"], ["=cmd|' /C calc'!A0"])
    sign_in(client)
    address = reverse("glossary_harmonisation")
    text = client.get(address).content.decode()
    assert "No topic, as editors decided: 1." in text
    assert "An editor decided that it is no topic." in text
    rows = csv.DictReader(io.StringIO(client.get(address, {"format": "csv"}).content.decode()))
    assert [row["keyword"] for row in rows if row["resolves_to"] == "no_topic"] == ["Newsletter"]
    assert client.get(address, {"format": "json"}).json()["no_topic"] == ["Newsletter"]
    out = io.StringIO()
    call_command("harmonise", "--report", stdout=out)
    assert "1 unknown, 1 are no topic" in out.getvalue()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_looks_like_a_formula_is_prefixed(start: str) -> None:
    assert safe_cell(f"{start}1") == f"'{start}1"
    assert safe_cell("a=1") == "a=1"
    assert safe_cell(-1) == -1
