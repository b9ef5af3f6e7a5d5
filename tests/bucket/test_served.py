"""A portal that is served by itself, with its files in a bucket that goes away and comes back."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from a_machine import within
from buckets import BucketServer
from django.core.files.base import ContentFile
from made_once import empty_site

from contactpoint.media.bucket import BucketStorage

pytestmark = pytest.mark.xdist_group("bucket")


@pytest.fixture(scope="module")
def server() -> Iterator[BucketServer]:
    """One of this test's own, since it is stopped."""
    made = BucketServer()
    yield made
    made.stop()


def environment(data: Path, **more: str) -> dict[str, str]:
    own = {key: value for key, value in os.environ.items() if "CONTACTPOINT" not in key}
    own.pop("DJANGO_SETTINGS_MODULE", None)
    return own | {"CONTACTPOINT_ENVIRONMENT": "demo", "CONTACTPOINT_DATA": str(data), **more}


def ask(port: int, path: str, **headers: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", path, headers={"Host": "localhost", **headers})
        answer = line.getresponse()
        return answer.status, answer.read()
    except OSError:
        return 0, b""
    finally:
        line.close()


def hang_while_many_ask(server: BucketServer, port: int) -> None:
    """It takes connections and says nothing; pages that need no file are there all the same."""
    os.kill(server.process.pid, signal.SIGSTOP)
    paths = [f"/media/images/hangs-{number}.webp" for number in range(12)]
    with ThreadPoolExecutor(len(paths)) as readers:
        answers = [readers.submit(ask, port, path) for path in paths]
        assert wait(answers, 60, FIRST_COMPLETED).done
        assert ask(port, "/en/")[0] == ask(port, "/readyz")[0] == 200
        assert {answer.result()[0] for answer in answers} == {503}
    os.kill(server.process.pid, signal.SIGCONT)


def test_files_of_a_bucket_are_served_and_an_outage_takes_no_page_with_it(
    tmp_path_factory: pytest.TempPathFactory, server: BucketServer
) -> None:
    data = empty_site(tmp_path_factory, tmp_path_factory.mktemp("site"))
    storage = BucketStorage(**server.options, folder="portal")  # type: ignore[arg-type]
    content = bytes(range(256)) * 8192
    storage.put("images/a.webp", ContentFile(content))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    serve = [sys.executable, "-m", "contactpoint.config", "serve", "--port", str(port)]
    portal = subprocess.Popen(
        [*serve, "--workers", "1", "--without-worker"],
        env=environment(data, **server.environment), stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert within(120, lambda: ask(port, "/healthz")[0] == 200)
        assert ask(port, "/media/images/a.webp") == (200, content)
        part = ask(port, "/media/images/a.webp", Range="bytes=1000000-1000009")
        assert part == (206, content[1_000_000:1_000_010])
        assert ask(port, "/media/images/b.webp")[0] == 404
        hang_while_many_ask(server, port)
        server.stop()
        assert ask(port, "/media/images/other.webp")[0] == 503
        assert ask(port, "/en/")[0] == 200
        assert ask(port, "/readyz")[0] == 200
    finally:
        portal.send_signal(signal.SIGTERM)
        _out, said = portal.communicate(timeout=30)
    assert b"No answer from files/portal at" in said
    for key in server.keys:
        assert key.encode() not in said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"CONTACTPOINT_STORAGE_URL": "s3://id:secret@files"}, "keys stand in CONTACTPOINT"),
        ({"CONTACTPOINT_STORAGE_URL": "s3://files?region=x"}, "without CONTACTPOINT_STORAGE_KEYS"),
        ({"CONTACTPOINT_STORAGE_KEYS": "id:secret"}, "without CONTACTPOINT_STORAGE_URL"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_refused_in_a_sentence(
    tmp_path: Path, given: dict[str, str], said: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "contactpoint.config", "storage", "check"],
        env=environment(tmp_path, **given), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr
