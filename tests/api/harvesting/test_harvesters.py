"""A harvester that others wrote takes all there is over a real server, again and again."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import MadeSite, make_output, make_theme
from oai_schemas import checked
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch
from wagtail.models import PageViewRestriction

from contactpoint.api.harvesting import listing, records
from contactpoint.api.harvesting.models import Harvested
from contactpoint.glossary.models import Theme
from contactpoint.outputs.models import Output
from contactpoint.outputs.querysets import readable

SOON = datetime.timedelta(seconds=3)


@pytest.fixture
def harvester(site: MadeSite) -> Iterator[Sickle]:
    """Over a server that sees what the test made: it shares the connection."""
    own = connections["default"]
    own.inc_thread_sharing()
    server = LiveServerThread(
        "127.0.0.1", _StaticFilesHandler, connections_override={own.alias: own}
    )
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield Sickle(f"http://127.0.0.1:{server.port}/oai", timeout=20)
    server.terminate()
    own.dec_thread_sharing()


def taken(harvester: Sickle, prefix: str = "oai_dc", **more: Any) -> dict[str, Any]:
    """Records by identifier; one that came twice stands as it came last."""
    try:
        return {
            one.header.identifier: one
            for one in harvester.ListRecords(metadataPrefix=prefix, **more)
        }
    except NoRecordsMatch:
        return {}


def living(found: dict[str, Any]) -> set[str]:
    return {name for name, one in found.items() if not one.deleted}


def public() -> set[str]:
    keys = readable().values_list("translation_key", flat=True)
    return {f"oai:localhost:{key}" for key in keys}


def later(monkeypatch: pytest.MonkeyPatch, by: datetime.timedelta) -> None:
    now = timezone.now() + by
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_it_takes_what_the_public_may_see_over_many_pages(
    harvester: Sickle, site: MadeSite, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    make_theme("asylum", en="Asylum")
    for number in range(9):
        kind = ("news-item", "publication", "event")[number % 3]
        page = make_output(site, kind, title=f"Thing {number}", themes=["asylum"][: number % 2])
        make_output(site, kind, title=f"Chose {number}", language="fr", translation_of=page)
    make_output(site, title="Secret one", private=True)
    make_output(site, title="Secret two", live=False)
    records.note_all()
    monkeypatch.setitem(listing.PAGE, "ListRecords", 2)
    monkeypatch.setitem(listing.PAGE, "ListIdentifiers", 2)
    harvester.http_method = method
    for prefix in ("oai_dc", "oai_datacite"):
        found = taken(harvester, prefix)
        assert set(found) == living(found) == public()
        assert len(found) == 9
        assert "Secret" not in "".join(one.raw for one in found.values())
    headers = list(harvester.ListIdentifiers(metadataPrefix="oai_dc"))
    assert {one.identifier for one in headers} == public()
    assert len(taken(harvester, set="kind:news-item")) == 3
    assert len(taken(harvester, set="theme:asylum")) == 4
    assert {one.setSpec for one in harvester.ListSets()} >= {"theme:asylum", "kind:event"}
    assert {one.metadataPrefix for one in harvester.ListMetadataFormats()} == {
        "oai_dc", "oai_datacite",
    }  # fmt: skip


def test_it_comes_again_and_gets_what_changed_and_what_is_gone(
    harvester: Sickle, site: MadeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_theme("asylum", en="Asylum")
    kept, edited, closed, deleted, themed = (
        make_output(site, title=f"Thing {number}", themes=["asylum"][: number // 4])
        for number in range(5)
    )
    records.note_all()
    store = taken(harvester)
    assert len(store) == 5
    later(monkeypatch, datetime.timedelta(hours=1))
    last = timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    edited.title = "Thing, edited"
    edited.save_revision().publish()
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    gone = f"oai:localhost:{deleted.translation_key}"
    deleted.delete()
    records.note_all()
    news = taken(harvester, **{"from": last})
    names = {one: f"oai:localhost:{one.translation_key}" for one in (edited, closed, themed, kept)}
    assert set(news) == {names[edited], names[closed], gone}
    assert living(news) == {names[edited]}
    assert "Thing, edited" in news[names[edited]].raw
    store |= news
    assert living(store) == public()
    assert taken(harvester, **{"from": last, "set": "kind:news-item"}).keys() == news.keys()

    later(monkeypatch, datetime.timedelta(hours=1))
    last = timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    assert taken(harvester, **{"from": last}) == {}
    PageViewRestriction.objects.all().delete()
    Theme.objects.update(labels={"en": "Protection"})
    records.note_all()
    records.sweep(most=100)
    news = taken(harvester, **{"from": last})
    assert living(news) == set(news) == {names[closed], names[themed]}
    assert "Protection" in news[names[themed]].raw
    store |= news
    assert living(store) == public()


def test_what_changes_in_the_middle_of_a_harvest_is_neither_lost_nor_stops_it(
    harvester: Sickle, site: MadeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [make_output(site, title=f"Thing {number}") for number in range(8)]
    records.note_all()
    monkeypatch.setitem(listing.PAGE, "ListRecords", 2)
    steps = harvester.ListRecords(metadataPrefix="oai_dc")
    store = {one.header.identifier: one for one in (next(steps), next(steps), next(steps))}
    later(monkeypatch, datetime.timedelta(minutes=1))
    pages[0].title = "Edited in the middle"  # has been told already
    pages[0].save_revision().publish()
    for page in (pages[1], pages[6]):  # told and untold
        page.delete()
    pages[7].title = "Edited before it was told"
    pages[7].save_revision().publish()
    make_output(site, title="New in the middle")
    records.note_all()
    store |= {one.header.identifier: one for one in steps}
    assert living(store) == public()
    raw = "".join(one.raw for one in store.values())
    assert "Edited in the middle" in raw
    assert "Edited before it was told" in raw
    assert "New in the middle" in raw


def test_what_is_closed_is_told_of_as_deleted_before_anybody_noted_it(
    harvester: Sickle, site: MadeSite
) -> None:
    page = make_output(site, title="Word that nobody may read")
    records.note_all()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    name = f"oai:localhost:{page.translation_key}"
    (one,) = taken(harvester).values()
    assert one.deleted
    assert harvester.GetRecord(identifier=name, metadataPrefix="oai_dc").deleted
    (header,) = harvester.ListIdentifiers(metadataPrefix="oai_dc")
    assert header.deleted
    assert "nobody may read" not in one.raw


def test_a_language_that_is_taken_back_changes_the_record(site: MadeSite, study: Output) -> None:
    records.note_all()
    stamp = Harvested.objects.get().stamp
    Harvested.objects.update(stamp=stamp - SOON)
    Output.objects.get(title="Le logement des familles").unpublish()
    assert records.note_all() == 1
    assert Harvested.objects.get().stamp >= stamp
    answer = Client().get("/oai", {"verb": "ListRecords", "metadataPrefix": "oai_dc"})
    assert "logement" not in answer.content.decode()
    assert records.note_all() == 0


def test_a_round_of_the_worker_notes_and_rests(
    site: MadeSite, study: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "_not_before", 0.0)
    assert records.keep() is False
    assert Harvested.objects.count() == 1
    make_output(site, title="Another")
    with CaptureQueriesContext(connection) as queries:
        assert records.keep() is False
    assert len(queries) == 0, "it looked again at once"


def test_a_page_costs_so_many_queries_however_many_records_it_has(site: MadeSite) -> None:
    def costs(number: int) -> dict[str, int]:
        make_theme("asylum", en="Asylum")
        while Output.objects.count() < number:
            make_output(site, "publication", themes=["asylum"])
        records.note_all()
        found = {}
        for verb in ("ListRecords", "ListIdentifiers"):
            with CaptureQueriesContext(connection) as queries:
                answer = Client().get("/oai", {"verb": verb, "metadataPrefix": "oai_dc"})
            assert len(list(checked(answer.content).iter("{*}header"))) == number
            found[verb] = len(queries)
        return found

    few = costs(3)
    assert costs(100) == few
    assert few["ListRecords"] <= 11
    assert few["ListIdentifiers"] <= 6
