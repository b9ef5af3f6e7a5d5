"""nginx gives what the portal would give at that moment, to the letter, or asks it."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import guided
import pytest
from django.core.wsgi import get_wsgi_application
from kept_editing import addresses, at_work
from kept_pages import asked
from nginxes import BROTLI, PASSED_ON, Nginx, running

from contactpoint.delivery import files as files_module
from contactpoint.delivery.files import PATH, STRETCH, Fallen, Files
from contactpoint.delivery.keeping import Keep
from contactpoint.delivery.serving import KeptPages
from contactpoint.kit import changes
from contactpoint.kit.generations import Generations

STEPS = int(os.environ.get("CONTACTPOINT_TEST_STEPS", "8"))
MOST = 45
"""Addresses that are compared after each step."""
OWN = {"date", "server", "connection"}
"""What any server says of itself."""
ENCODINGS = (
    ("", "gzip", "br", "gzip, deflate, br", "br;q=0, gzip") if BROTLI.exists() else ("", "gzip")
)


class Behind:
    """The portal's application with files, and nginx before it."""

    def __init__(self, folder: Path, numbers: Generations, nginx: Nginx) -> None:
        self.nginx, self.numbers = nginx, numbers
        self.plain = get_wsgi_application()
        self.keep = Keep(numbers)
        self.folder = folder
        files = Files(folder, numbers, ["testserver"], self.keep.left)
        self.pages = KeptPages(self.plain, self.keep, files)

    def ask(self, path: str, **more: str) -> tuple[str, dict[str, str], bytes]:
        return asked(self.pages, path, HTTP_X_FORWARDED_PROTO="http", **more)

    def filed(self, path: str) -> bool:
        """Whether nginx has it by itself now, also where a stretch of time is over meanwhile."""
        for _time in range(4):
            self.ask(path)
            if self.nginx.get(path)[0] == 200:
                return True
        return False


@pytest.fixture
def behind(watched: Generations, tmp_path: Path) -> Iterator[Behind]:
    pages = tmp_path / "pages"
    watched.at_begin.append(Fallen(pages))
    with running(pages, tmp_path) as nginx:
        yield Behind(pages, watched, nginx)


def test_nginx_says_what_the_portal_says_header_by_header(behind: Behind) -> None:
    at_work(1)
    paths = addresses(behind.plain)
    compared = 0
    for path in ["/en/", "/fr/", "/en/news/", *paths]:
        if not behind.filed(path):
            continue
        for taken in ENCODINGS:
            for method in ("GET", "HEAD"):
                ours = behind.ask(path, HTTP_ACCEPT_ENCODING=taken, REQUEST_METHOD=method)
                status, headers, body = behind.nginx.get(path, method=method, Accept_Encoding=taken)
                if status == PASSED_ON:  # a stretch of time is over
                    assert behind.filed(path)
                    status, headers, body = behind.nginx.get(
                        path, method=method, Accept_Encoding=taken
                    )
                what = (path, taken, method)
                assert ours[0] == "200 OK", what
                assert status == 200, what
                assert body == ours[2], what
                assert {n: v for n, v in headers.items() if n not in OWN} == ours[1], what
        etag = behind.ask(path)[1]["etag"]
        assert behind.nginx.get(path, If_None_Match=etag)[0] in (304, PASSED_ON)
        compared += 1
    assert compared >= 12
    assert {"/en/", "/en/news/"} <= {path for path in paths if behind.filed(path)}


def test_the_headers_are_foreseen_over_tls_and_for_guidance(
    watched: Generations, tmp_path: Path, settings: Any
) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 1000, True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    at_work(1)
    guided.load()
    keep = Keep(watched)
    pages = KeptPages(
        get_wsgi_application(), keep, Files(tmp_path, watched, ["testserver"], keep.left)
    )
    for path in ("/en/", "/en/guidance/procedure/", "/ar/guidance/procedure/interview/"):
        for _time in range(3):
            answer = asked(pages, path, HTTP_X_FORWARDED_PROTO="https")
        assert answer[0] == "200 OK", path
        filed = list(tmp_path.glob(f"*/*/*/https/testserver{path}index.html"))
        assert filed != [], (path, answer[1])


def test_what_is_somebodys_or_strange_is_passed_on(behind: Behind, settings: Any) -> None:
    at_work(1)
    assert behind.filed("/en/news/")
    for path, more in [
        ("/en/news/?", {}), ("/en/news/?page=2", {}), ("/en/news", {}), ("/en//news/", {}),
        ("/en/n%65ws/", {}), ("/en/./news/", {}), ("/en/x/../news/", {}),
        ("/en/news/index.html", {}),
        ("/en/news/%2e%2e/news/", {}), ("/en/" + "x" * 300 + "/", {}), ("/" + "x/" * 1500, {}),
        ("/en/news/", {"Cookie": f"{settings.SESSION_COOKIE_NAME}=x"}),
        ("/en/news/", {"Cookie": f"a=b; {settings.CSRF_COOKIE_NAME}=x"}),
        ("/en/news/", {"Authorization": "Bearer x"}), ("/en/news/", {"Range": "bytes=0-1"}),
        ("/en/news/", {"If_Unmodified_Since": "Wed, 21 Oct 2015 07:28:00 GMT"}),
        ("/en/news/", {"If_Match": '"x"'}), ("/en/news/", {"method": "POST"}),
        ("/en/news/", {"method": "DELETE"}), ("/en/news/", {"host": "testserver:1"}),
        ("/en/news/", {"host": "other.example"}), ("/en/news/", {"host": "../testserver"}),
        ("/en/news/", {"host": "testserver/en"}),
    ]:  # fmt: skip
        status = behind.nginx.get(path, **more)[0]
        assert status in (PASSED_ON, 400), (path, more)
    assert behind.filed("/en/news/")
    assert behind.nginx.get("/en/news/", Cookie="other=1")[0] in (200, PASSED_ON)
    old = {"If_Modified_Since": "Wed, 21 Oct 2037 07:28:00 GMT"}
    assert behind.nginx.get("/en/news/", **old)[0] in (200, PASSED_ON)


def test_nginx_gives_nothing_while_a_change_is_committed(behind: Behind) -> None:
    at_work(1)
    assert behind.filed("/en/news/")
    with behind.numbers.change([changes.EVERYTHING]):
        assert behind.nginx.get("/en/news/")[0] == PASSED_ON
        assert not behind.filed("/en/news/")
    assert behind.nginx.get("/en/news/")[0] == PASSED_ON
    assert behind.filed("/en/news/")


def test_what_is_over_is_gone_though_nobody_took_it_away(
    behind: Behind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a kill of every process: time alone ends it."""
    at_work(1)
    assert behind.filed("/en/news/")
    link = behind.folder / "now"
    [shape] = link.iterdir()
    for stretch in list(shape.iterdir()):
        stretch.rename(shape / str(int(stretch.name) - 100))
    assert list(shape.rglob("index.html")) != []
    assert behind.nginx.get("/en/news/")[0] == PASSED_ON


def test_a_configuration_of_another_version_finds_nothing(
    behind: Behind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_module, "shape", lambda: "another")
    at_work(1)
    later = Behind(behind.folder, behind.numbers, behind.nginx)
    assert not later.filed("/en/news/")


@pytest.mark.parametrize("seed", [int(os.environ.get("CONTACTPOINT_TEST_SEED", "1"))])
def test_whatever_is_edited_nginx_gives_what_would_be_made_now(behind: Behind, seed: int) -> None:
    editor = at_work(seed)
    compared = 0
    for number in range(STEPS):
        step = editor.dice.choice(editor.steps)
        paths = [path for path in addresses(behind.plain) if re.fullmatch(PATH, path)]
        chosen = editor.dice.sample(paths, min(MOST, len(paths)))
        for path in chosen:
            behind.ask(path), behind.ask(path)
        step()
        for path in chosen:
            status, _headers, body = behind.nginx.get(path)
            if status == PASSED_ON:
                continue
            now = asked(behind.plain, path)
            what = (seed, number, step.__name__, path)
            assert status == int(now[0].split()[0]), what
            assert body.decode() == now[2].decode(), what
            compared += 1
        for path in chosen[:25]:
            behind.ask(path), behind.ask(path)
            status, _headers, body = behind.nginx.get(path)
            if status == 200:
                assert body.decode() == asked(behind.plain, path)[2].decode()
                compared += 1
    assert compared > STEPS * 6


assert STRETCH == 10  # nginx cuts off one figure
