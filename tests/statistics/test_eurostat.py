"""What a source answers, breaks off, refuses or leads astray, over a real connection."""

import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command
from made_answers import applicants

from contactpoint.figures import Cube
from contactpoint.kit import fetching
from contactpoint.statistics import eurostat
from contactpoint.statistics.configured import source
from contactpoint.statistics.eurostat import SourceError, fetched
from contactpoint.statistics.loading import SetAsideError, load_dataset, load_file
from contactpoint.statistics.models import Dataset, Extraction

GOOD = applicants(BE=[1500, 1520, 1525, 1700, 1720, 1765], DE=[9000] * 6)
TOO_BIG = b'{"error":[{"status":"413","id":"413","label":"EXTRACTION_TOO_BIG: please filter"}]}'
LATER = b'{"warning":{"status":413,"label":"ASYNCHRONOUS_RESPONSE. Please try again later."}}'
NOT_FOUND = b'{"error":[{"status":"404","id":"100","label":"NOT_FOUND: no such dataset"}]}'
TODAY = date(2019, 6, 17)
Answer = tuple[int, dict[str, str], bytes]


class Eurostat:
    """Stands for the server: what it answers by place, in turn; and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[dict[str, list[str]]] = []
        self.waited: list[float] = []

    def says(self, *answers: Answer | bytes, place: str = "") -> None:
        """One after the other; the last one stays."""
        self.answers[place] = [one if isinstance(one, tuple) else (200, {}, one) for one in answers]

    def says_by_country(self, **places: bytes) -> None:
        self.says((413, {}, TOO_BIG))
        for place in source("migr_asyappctzm").places:
            self.says(places.get(place, b'{"version": "2.0", "value": {}}'), place=place)

    def answer(self, asked: dict[str, list[str]]) -> Answer:
        self.asked.append(asked)
        waiting = self.answers[asked.get("geo", [""])[0]]
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def places(self) -> list[str]:
        return [one.get("geo", [""])[0] for one in self.asked]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Eurostat]:
    """A server on this machine that counts as public."""
    ours = Eurostat()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, content = ours.answer(parse_qs(urlsplit(self.path).query))
            self.send_response(status)
            length = str(len(content) + ("X-Cut" in headers) * 50)
            for name, value in {**headers, "Content-Length": length}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True).start()
    monkeypatch.setitem(fetching.PORTS, "http", http.server_port)
    monkeypatch.setattr(fetching, "is_public", lambda one: one == "127.0.0.1")
    monkeypatch.setattr(eurostat, "ADDRESS", "http://127.0.0.1/data")
    yield ours
    http.shutdown()
    http.server_close()


def ask(server: Eurostat, folder: Path, **options: Any) -> Cube:
    return fetched(
        source("migr_asyappctzm"), folder, today=TODAY, wait=server.waited.append, **options
    )


def test_a_dataset_comes_whole_with_only_what_is_wanted(server: Eurostat, tmp_path: Path) -> None:
    server.says(GOOD)
    cube = ask(server, tmp_path)
    assert (len(cube), cube.origin.extracted) == (12, TODAY)
    (asked,) = server.asked
    assert asked["citizen"] == ["TOTAL"]
    assert asked["applicant"] == ["FRST", "TOTAL"]
    assert not list(tmp_path.iterdir()), "nothing has to be kept"


@pytest.mark.parametrize(
    "passing",
    [
        (503, {"Retry-After": "7"}, b"busy"),
        (429, {"Retry-After": "7"}, b""),
        (200, {"X-Cut": "yes"}, GOOD[:300]),
        (200, {}, GOOD[:300]),
    ],
)
def test_what_may_pass_is_tried_again(server: Eurostat, tmp_path: Path, passing: Answer) -> None:
    server.says(passing, passing, GOOD)
    assert len(ask(server, tmp_path)) == 12
    assert len(server.asked) == 3
    assert server.waited == ([7.0, 8.0] if "Retry-After" in passing[1] else [2.0, 8.0])


def test_a_source_that_stays_ill_is_given_up(server: Eurostat, tmp_path: Path) -> None:
    server.says((503, {"Retry-After": "999999"}, b""))
    with pytest.raises(SourceError, match="migr_asyappctzm: The server answered with status 503"):
        ask(server, tmp_path)
    assert len(server.asked) == eurostat.ATTEMPTS
    assert max(server.waited) <= 60


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((404, {}, NOT_FOUND), "NOT_FOUND: no such dataset"),
        ((200, {}, NOT_FOUND), "NOT_FOUND"),
        ((200, {}, b"<html>maintenance</html>"), "The answer breaks off"),
        ((200, {}, b'{"a": 1}'), "migr_asyappctzm: "),
        ((200, {}, b"[" * 100_000 + b"}"), "migr_asyappctzm: "),
        ((302, {"Location": "http://169.254.169.254/"}, b""), "not a public server"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "not an address of the web"),
        ((302, {"Location": "/data/x"}, b""), "from one address to the next without end"),
    ],
)
def test_anything_else_than_figures_is_refused_with_a_sentence(
    server: Eurostat, tmp_path: Path, answer: Answer, said: str
) -> None:
    server.says(answer)
    with pytest.raises(SourceError, match=said):
        ask(server, tmp_path)


@pytest.mark.parametrize("answer", [(413, {}, TOO_BIG), (200, {}, TOO_BIG), (200, {}, LATER)])
def test_what_is_too_large_comes_by_country(
    server: Eurostat, tmp_path: Path, answer: Answer
) -> None:
    server.says_by_country(BE=applicants(BE=[1500, 1520]), DE=applicants(DE=[9000, None]))
    server.says(answer)
    seen: list[tuple[int, int, str]] = []
    cube = ask(server, tmp_path, on_part=lambda *part: seen.append(part))
    assert cube.cell(geo="BE", time="2018-08") == (1520.0, "")
    assert cube.cell(geo="DE", time="2018-08") == (None, "")
    assert set(cube.dimension("geo").codes) == {"BE", "DE"}, "others have nothing"
    assert cube.dimension("geo").labels["DE"] == "DE in words"
    assert server.places() == ["", *source("migr_asyappctzm").places]
    assert seen[-1] == (33, 33, "UK")


def test_an_answer_beyond_our_limit_comes_by_country(
    server: Eurostat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.says_by_country(BE=applicants(BE=[1500, 1520]))
    server.says(GOOD + b" " * 30_000)
    limits = eurostat.DEFAULT.__class__(whole=20_000)
    monkeypatch.setattr(eurostat, "DEFAULT", limits)
    assert len(ask(server, tmp_path)) == 2


def test_what_was_stopped_goes_on_where_it_was(server: Eurostat, tmp_path: Path) -> None:
    server.says_by_country(AT=applicants(AT=[1, 2]), BE=applicants(BE=[3, 4]))
    server.says((404, {}, NOT_FOUND), place="BG")
    with pytest.raises(SourceError):
        ask(server, tmp_path)
    assert server.places()[-4:] == ["EU27_2020", "AT", "BE", "BG"]
    server.asked.clear()
    server.says(applicants(BG=[5, 6]), place="BG")
    cube = ask(server, tmp_path)
    assert "" not in server.places()
    assert not {"AT", "BE"} & set(server.places())
    assert set(cube.dimension("geo").codes) == {"AT", "BE", "BG"}


def test_parts_of_yesterday_are_another_vintage(server: Eurostat, tmp_path: Path) -> None:
    server.says_by_country(AT=applicants(AT=[1, 2]))
    server.says((404, {}, NOT_FOUND), place="BE")
    with pytest.raises(SourceError):
        ask(server, tmp_path)
    server.asked.clear()
    server.says(GOOD)
    wanted = source("migr_asyappctzm")
    cube = fetched(wanted, tmp_path, today=date(2019, 6, 18), wait=server.waited.append)
    assert server.places() == [""]
    assert len(cube) == 12


def test_parts_from_before_and_after_a_revision_are_not_mixed(
    server: Eurostat, tmp_path: Path
) -> None:
    later = applicants(BE=[3, 4]).replace(b"2019-06-17T11", b"2019-06-17T23")
    server.says_by_country(AT=applicants(AT=[1, 2]), BE=later)
    with pytest.raises(SourceError, match="changed its figures while they were fetched"):
        ask(server, tmp_path)
    server.asked.clear()
    server.says(GOOD)
    assert len(ask(server, tmp_path)) == 12, "it begins anew"


def test_a_source_that_fails_leaves_the_figures_that_are_there(
    server: Eurostat, db: None, data_folder: Path
) -> None:
    server.says(GOOD)
    first = load_dataset("MIGR_asyappctzm", wait=server.waited.append)
    server.says((404, {}, NOT_FOUND))
    with pytest.raises(SourceError):
        load_dataset("migr_asyappctzm", wait=server.waited.append)
    dataset = Dataset.objects.get(code="migr_asyappctzm")
    assert "NOT_FOUND" in dataset.problem
    assert dataset.failures == 1
    assert list(Extraction.objects.all()) == [first.extraction]
    server.says(GOOD)
    assert not load_dataset("migr_asyappctzm").is_new
    dataset.refresh_from_db()
    assert (dataset.problem, dataset.failures) == ("", 0)


def test_what_surprises_is_kept_for_a_person_who_can_accept_it(
    server: Eurostat, db: None, data_folder: Path
) -> None:
    server.says(GOOD)
    load_dataset("migr_asyappctzm")
    server.says(applicants(BE=[1500] * 6, XX=[1] * 6))
    with pytest.raises(SetAsideError):
        load_dataset("migr_asyappctzm")
    problem = Dataset.objects.get(code="migr_asyappctzm").problem
    (kept,) = (data_folder / "statistics" / "aside").iterdir()
    assert f"contactpoint statistics load {kept} --accept" in problem
    assert load_file(kept, accept=True).stored.is_new
    assert Dataset.objects.get(code="migr_asyappctzm").problem == ""


def test_a_machine_without_internet_is_told_of_files_at_once(
    server: Eurostat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eurostat, "ADDRESS", "http://nowhere.invalid/data")
    with pytest.raises(SourceError, match=r"no server nowhere\.invalid\. Without internet, load"):
        ask(server, tmp_path)
    assert server.waited == []


def test_the_command_says_what_the_source_said(
    server: Eurostat, db: None, data_folder: Path
) -> None:
    server.says((404, {}, NOT_FOUND))
    with pytest.raises(CommandError, match="migr_asyappctzm: NOT_FOUND: no such dataset"):
        call_command("statistics", "load", "migr_asyappctzm")
