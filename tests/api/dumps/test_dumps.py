"""Dumps: the same that the interface tells, whole, true to the moment at which they are given."""

import datetime
import gzip
import hashlib
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import MadeSite, make_concept, make_output
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from contactpoint.api.dumps import kept, making, nightly
from contactpoint.api.dumps.kept import Dump, dumps
from contactpoint.api.dumps.making import DUMPED, make
from contactpoint.glossary.models import Concept
from contactpoint.media.models import CustomDocument
from contactpoint.outputs.models import Output, OutputFile

Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any, site: MadeSite) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "dumps"


def rows(dump: Dump, kind: str) -> list[Any]:
    with gzip.open(dump.folder / f"{kind}.ndjson.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def get(path: str, **headers: str) -> Any:
    return Client().get(f"/dumps/{path}", headers=headers)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_dump_holds_what_the_interface_tells_of_each_thing(ask: Ask, study: Output) -> None:
    dump = make()
    assert {one["kind"] for one in dump.manifest["files"]} == {one.name for one in DUMPED}
    (row,) = rows(dump, "outputs")
    told = ask(f"outputs/{study.translation_key}")
    assert {**row, "@context": dump.manifest["@context"]} == told
    assert row["title"] == {"en": "Housing of families", "fr": "Le logement des familles"}
    for kind in ("themes", "institutions", "countries"):
        assert rows(dump, kind) == ask(f"{kind}?limit=100")["data"]
    counted = {one["kind"]: one["rows"] for one in dump.manifest["files"]}
    assert counted == {one.name: len(rows(dump, one.name)) for one in DUMPED}


def test_each_file_says_by_itself_what_may_be_done_with_it(study: Output) -> None:
    manifest = make().manifest
    assert "licence" not in manifest
    by_kind = {one["kind"]: one for one in manifest["files"]}
    for kind in ("outputs", "events", "queries", "guidance"):
        assert by_kind[kind]["licence"] is None
        assert "no licence is given" in by_kind[kind]["rights"]
    for kind in ("themes", "institutions", "countries", "figures"):
        assert by_kind[kind]["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert by_kind["concepts"]["licence"] is None
    assert "EuroVoc: © European Union" in by_kind["concepts"]["rights"]
    page = Client().get("/en/open-data/").content.decode()
    (line,) = (one for one in page.splitlines() if 'href="/dumps/latest/concepts' in one)
    assert "CC BY" not in line
    assert "labels of EuroVoc" in line
    (line,) = (one for one in page.splitlines() if 'href="/dumps/latest/outputs' in one)
    assert "CC BY" not in line
    (line,) = (one for one in page.splitlines() if 'href="/dumps/latest/themes' in one)
    assert "CC BY 4.0" in line


def test_checksums_are_those_of_the_files_and_the_same_things_are_the_same_bytes(
    study: Output,
) -> None:
    dump = make()
    lines = (dump.folder / "SHA256SUMS").read_text().splitlines()
    assert len(lines) == len(DUMPED) + 1
    for line in lines:
        sum, name = line.split("  ")
        assert hashlib.sha256((dump.folder / name).read_bytes()).hexdigest() == sum
    again = make()
    assert again.name != dump.name
    assert [one["sha256"] for one in again.manifest["files"]] == [
        one["sha256"] for one in dump.manifest["files"]
    ]


def test_what_is_hidden_is_in_no_dump(site: MadeSite, study: Output) -> None:
    make_output(site, title="Secret one", private=True)
    make_output(site, title="Secret two", live=False)
    dump = make()
    for one in DUMPED:
        assert "Secret" not in json.dumps(rows(dump, one.name))


def test_pages_cost_so_many_queries_however_many_rows_there_are(site: MadeSite) -> None:
    def costs(number: int) -> int:
        while Output.objects.count() < number:
            make_output(site, "publication", themes=["asylum"])
        with CaptureQueriesContext(connection) as queries:
            assert len(list(making.rows(DUMPED[0]))) == number
        return len(queries)

    costs(2)  # what a process keeps is asked for once
    few = costs(3)
    assert costs(90) == few


def closed(page: Output) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def without_a_language(_page: Output) -> None:
    Output.objects.get(title="Le logement des familles").unpublish()


def without_a_term(_page: Output) -> None:
    Concept.objects.filter(slug="reception").update(status=Concept.Status.DEPRECATED)


def without_a_file(_page: Output) -> None:
    vault = Collection.get_first_root_node().add_child(name="Vault")
    restriction = CollectionViewRestriction(
        collection=vault, restriction_type=CollectionViewRestriction.LOGIN
    )
    restriction.save()
    CustomDocument.objects.update(collection=vault)


@pytest.mark.parametrize("taking", [closed, without_a_language, without_a_term, without_a_file])
def test_a_dump_is_given_to_nobody_once_something_in_it_was_taken_back(
    study: Output, taking: Callable[[Output], None]
) -> None:
    file = ContentFile(b"%PDF-1.7", name="a.pdf")
    OutputFile.objects.create(
        page_id=study.pk, document=CustomDocument.objects.create(title="A file", file=file)
    )
    dump = make()
    for name in (dump.name, "latest"):
        assert get(f"{name}/outputs.ndjson.gz").status_code == 200
    taking(study)
    for name in (dump.name, "latest"):
        for file_name in ("outputs.ndjson.gz", "manifest.json", "SHA256SUMS"):
            assert get(f"{name}/{file_name}").status_code == 404
    assert making.forget() == 1
    assert dumps() == []
    assert nightly.is_due()
    again = make()
    assert get(f"{again.name}/outputs.ndjson.gz").status_code == 200


def test_what_is_edited_waits_for_the_next_dump(study: Output) -> None:
    make()
    study.title = "Housing of families, edited"
    study.save_revision().publish()
    assert get("latest/manifest.json").status_code == 200
    assert rows(make(), "outputs")[0]["title"]["en"] == "Housing of families, edited"


def test_what_changes_while_it_is_made_is_made_again(
    site: MadeSite, study: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = making._write
    closing = [study]

    def closing_meanwhile(resource: Any, half: Path) -> Any:
        written = write(resource, half)
        if resource.name == "themes" and closing:
            closed(closing.pop())
        return written

    monkeypatch.setattr(making, "_write", closing_meanwhile)
    dump = make()
    (row,) = rows(dump, "outputs")
    assert set(row["title"]) == {"fr"}
    assert dump.is_true()


def test_only_so_many_stay(study: Output) -> None:
    made = [make(keep=2).name for _number in range(4)]
    assert [one.name for one in dumps()] == made[:1:-1]


def test_one_that_is_stopped_half_way_leaves_the_older_as_it_was(
    study: Output, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump = make()

    def stopped(*_args: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "_finish", stopped)
    with pytest.raises(KeyboardInterrupt):
        make()
    assert [one.name for one in folder.iterdir()] == [dump.name]
    killed = folder / "making-1-1"
    killed.mkdir()
    os.utime(killed, (0, 0))
    monkeypatch.undo()
    assert get("latest/outputs.ndjson.gz").status_code == 200
    make()
    assert not killed.exists()


def test_a_part_can_be_asked_for_and_nothing_is_sent_twice(study: Output) -> None:
    make()
    whole = get("latest/outputs.ndjson.gz")
    content = body(whole)
    assert int(whole["Content-Length"]) == len(content)
    assert whole["Content-Type"] == "application/gzip"
    assert whole["Access-Control-Allow-Origin"] == "*"
    part = get("latest/outputs.ndjson.gz", range="bytes=10-19")
    assert part.status_code == 206
    assert part["Content-Range"] == f"bytes 10-19/{len(content)}"
    assert body(part) == content[10:20]
    assert get("latest/outputs.ndjson.gz", range=f"bytes={len(content)}-").status_code == 416
    assert get("latest/outputs.ndjson.gz", range="bytes=5-2").status_code == 200
    assert get("latest/outputs.ndjson.gz", if_none_match=whole["ETag"]).status_code == 304
    head = Client().head("/dumps/latest/outputs.ndjson.gz")
    assert head["Content-Length"] == str(len(content))
    assert head.content == b""
    assert Client().post("/dumps/latest/outputs.ndjson.gz").status_code == 405
    assert Client().options("/dumps/latest/manifest.json").status_code == 204


def test_nothing_else_is_given(study: Output, folder: Path) -> None:
    dump = make()
    (folder.parent / "secret.key").write_text("secret")
    for path in (
        f"{dump.name}/{kept.MARKS}", "latest/../../secret.key", "latest/%2e%2e%2fsecret.key",
        "../secret.key", "..%2fsecret.key", "latest/", "latest", "20200101T000000Z/manifest.json",
        f"{dump.name}%00/manifest.json", "making-1-1/manifest.json", "x/y/z",
    ):  # fmt: skip
        answer = get(path)
        assert answer.status_code == 404, path
    assert get("").url == "/en/open-data/#dumps"


def test_the_command_says_what_it_made(study: Output) -> None:
    out = io.StringIO()
    call_command("dump", "--keep", "1", stdout=out)
    (dump,) = dumps()
    assert str(dump.folder) in out.getvalue()
    assert "outputs.ndjson.gz" in out.getvalue()
    with pytest.raises(CommandError, match="1 or more"):
        call_command("dump", "--keep", "0")


def test_the_worker_makes_one_each_night_by_the_portals_clock(
    study: Output, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nightly, "_not_before", 0.0)
    assert nightly.keep() is False
    nightly.make_dump.func()
    (dump,) = dumps()
    zone = ZoneInfo(settings.TIME_ZONE)
    made = dump.made.astimezone(zone)
    night = (made + datetime.timedelta(days=2)).replace(hour=2, minute=0, second=1)
    assert not nightly.is_due(made)
    assert nightly.is_due(night)
    nightly.make_dump.func()
    assert dumps() == [dump]


def test_who_reads_while_it_is_removed_gets_nothing_rather_than_half(study: Output) -> None:
    dump = make()
    there = Dump(dump.name)
    dump.remove()
    assert there.file("outputs.ndjson.gz") is None
    assert not there.is_true()
    dump.remove()


def test_withdrawn_concepts_are_not_in_it() -> None:
    make_concept("gone", en="gone")
    Concept.objects.update(status=Concept.Status.DEPRECATED)
    assert "gone" not in {one["id"] for one in rows(make(), "concepts")}
