"""Two web servers behind nginx are restarted one after the other while readers come: none notices.

With the files of `deploy/` as they are shipped, on private ports.
"""

import contextlib
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from a_machine import within
from made_once import empty_site
from shipped_nginx import DEPLOY, command, configure

pytestmark = pytest.mark.xdist_group("servers")
PAGES = ("/en/", "/fr/news/", "/nl/glossary/", "/sitemap.xml", "/healthz")
RESTART = """
import os, signal, subprocess, sys, time
folder, port = sys.argv[1:]
path = os.path.join(folder, f"{port}.pid")
if os.path.exists(path):
    pid = int(open(path).read())
    os.kill(pid, signal.SIGTERM)
    while os.path.exists(f"/proc/{pid}") and open(f"/proc/{pid}/stat").read().split()[2] != "Z":
        time.sleep(0.05)
log = open(os.path.join(folder, f"{port}.log"), "ab")
serve = [sys.executable, "-m", "contactpoint.config", "serve", "--port", port]
started = subprocess.Popen([*serve, "--workers", "1", "--without-worker"],
    stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
open(path, "w").write(str(started.pid))
"""


def free_ports(number: int) -> list[int]:
    """All open at once, so that none comes twice."""
    with contextlib.ExitStack() as probes:
        opened = [probes.enter_context(socket.socket()) for _number in range(number)]
        for probe in opened:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in opened]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Deployed:
    """nginx and two web servers."""

    def __init__(self, folder: Path, data: Path) -> None:
        self.folder = folder
        self.port, *others = free_ports(3)
        self.ports = [str(port) for port in others]
        (folder / "restart.py").write_text(RESTART)
        restart = f"{sys.executable} {folder}/restart.py {folder} $1"
        self.nginx = command(folder)
        own = {key: value for key, value in os.environ.items() if "CONTACTPOINT" not in key}
        own.pop("DJANGO_SETTINGS_MODULE", None)
        self.environment = own | {
            "CONTACTPOINT_ENVIRONMENT": "demo",
            "CONTACTPOINT_DATA": str(data),
            "CONTACTPOINT_KEEP_PAGES": "yes",
            "UPSTREAM": f"{folder}/upstream.conf",
            "RESTART": restart,
            "RELOAD": f"{' '.join(self.nginx)} -s reload",
            "DRAIN": "1",
        }
        self.upstream = configure(folder, self.port, self.ports)

    def start(self) -> None:
        self.mend()
        self.front = subprocess.Popen(self.nginx, env=self.environment)
        assert within(20, lambda: answers(self.port))

    def mend(self) -> None:
        """Start what does not run, and let nginx know all."""
        for port in self.ports:
            if not answers(int(port)):
                (self.folder / f"{port}.pid").unlink(missing_ok=True)
                self.run(sys.executable, f"{self.folder}/restart.py", str(self.folder), port)
        for port in self.ports:
            self.run(str(DEPLOY / "ready"), port, "120")
        (self.folder / "upstream.conf").write_text(self.upstream)

    def run(self, *command: str) -> str:
        done = subprocess.run(
            command, env=self.environment, text=True, timeout=400, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout
        return done.stdout

    def pid(self, port: str) -> int:
        return int((self.folder / f"{port}.pid").read_text())

    def stop(self) -> None:
        for port in self.ports:
            with contextlib.suppress(ProcessLookupError, FileNotFoundError):
                os.kill(self.pid(port), signal.SIGTERM)
        self.front.terminate()
        self.front.wait(20)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    folder = tmp_path_factory.mktemp("deployed")
    site = Deployed(folder, empty_site(tmp_path_factory, tmp_path_factory.mktemp("site")))
    site.start()
    yield site
    site.stop()


@pytest.fixture
def deployed(lasting: Deployed) -> Deployed:
    """With both web servers, and known to nginx."""
    lasting.mend()
    lasting.run(*lasting.nginx, "-s", "reload")
    time.sleep(0.5)
    return lasting


class Readers:
    """Ask for one page after the other, also by forms, until they are told to stop."""

    def __init__(self, port: int, number: int) -> None:
        self.port, self.answers = port, Counter[str]()
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._read, args=(n,)) for n in range(number)]
        for thread in self._threads:
            thread.start()

    def _read(self, number: int) -> None:
        while not self._stopped.is_set():
            number += 1
            method = "POST" if number % 7 == 0 else "GET"
            path = "/en/glossary/" if method == "POST" else PAGES[number % len(PAGES)]
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                line.request(method, path, headers={"Host": "localhost"})
                answer = line.getresponse()
                answer.read()
                self.answers[f"{method} {answer.status}"] += 1
            except (OSError, http.client.HTTPException) as problem:
                self.answers[f"{method} {type(problem).__name__}"] += 1
            finally:
                line.close()
            time.sleep(0.02)

    def stop(self) -> Counter[str]:
        self._stopped.set()
        for thread in self._threads:
            thread.join()
        return self.answers


def test_no_reader_notices_that_both_web_servers_are_restarted(deployed: Deployed) -> None:
    before = [deployed.pid(port) for port in deployed.ports]
    readers = Readers(deployed.port, 4)
    time.sleep(1)
    said = deployed.run(str(DEPLOY / "roll"), *deployed.ports)
    time.sleep(1)
    given = readers.stop()
    after = [deployed.pid(port) for port in deployed.ports]
    assert not set(before) & set(after)
    assert said.count("… and back.") == 2
    assert set(given) == {"GET 200", "POST 403"}, given
    assert given["GET 200"] > 100


def test_a_server_that_dies_is_passed_over(deployed: Deployed) -> None:
    """No script told nginx."""
    readers = Readers(deployed.port, 2)
    time.sleep(0.5)
    os.kill(deployed.pid(deployed.ports[0]), signal.SIGTERM)
    time.sleep(4)
    assert within(60, lambda: readers.answers["GET 200"] > 20)
    given = readers.stop()
    assert set(given) <= {"GET 200", "POST 403"}, given


def test_a_server_that_is_not_ready_stays_out(deployed: Deployed) -> None:
    os.kill(deployed.pid(deployed.ports[0]), signal.SIGTERM)
    done = subprocess.run(
        [str(DEPLOY / "roll"), *deployed.ports],
        env=deployed.environment | {"READY_SECONDS": "2", "RESTART": "true"},
        text=True, capture_output=True, check=False,
        timeout=200,
    )  # fmt: skip
    assert done.returncode == 1
    assert "stays out of nginx" in done.stderr
    upstream = (deployed.folder / "upstream.conf").read_text()
    assert deployed.ports[0] not in upstream
    assert deployed.ports[1] in upstream


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """What they start isn't here, so something that is takes its place."""
    for unit in (DEPLOY / "systemd").iterdir():
        text = unit.read_text().replace(
            "contactpoint-web@.service", "contactpoint-web@8001.service"
        )
        text = re.sub(r"/opt/contactpoint/current/\S+", "/bin/true", text)
        name = unit.name.replace("@.", "@1.")
        (tmp_path / name).write_text(text.replace("User=contactpoint", "User=root"))
    units = sorted(str(path) for path in tmp_path.iterdir())
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "contactpoint" in line]
    assert ours == []


def test_the_compose_file_names_files_that_are_there_and_all_that_is_promised() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    wanted = {"front", "web1", "web2", "worker", "db1", "db2", "cache", "files", "bucket"}
    assert services.keys() == wanted | {"search1", "search2", "search3"}
    for service in services.values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            made_there = ("./certificates",)
            assert not source.startswith("./") or source in made_there or (DEPLOY / source).exists()
    known = (Path(__file__).parents[2] / "docs/operators/settings.md").read_text()
    told = (DEPLOY / "contactpoint.env.example").read_text()
    for name in re.findall(r"^CONTACTPOINT_\w+", told, re.MULTILINE):
        assert f"## {name}\n" in known
