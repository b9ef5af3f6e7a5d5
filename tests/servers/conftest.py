"""PostgreSQL and Redis of our own, on private ports, stopped by their own process ids."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from a_machine import Machine


def _program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        pytest.fail("PostgreSQL is missing: run `bash .ci/servers`.")
    return path


def _owner() -> str | None:
    """PostgreSQL refuses to run as root, so then as `postgres`."""
    return "postgres" if os.getuid() == 0 else None


def _folder() -> Path:
    """Not in pytest's own folder, which only its owner may enter."""
    folder = Path(tempfile.mkdtemp(prefix="contactpoint-postgresql-"))
    if (owner := _owner()) is not None:
        os.chown(folder, pwd.getpwnam(owner).pw_uid, pwd.getpwnam(owner).pw_gid)
    return folder


class Server:
    """A PostgreSQL server whose data are there."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, _free_port()
        self.address = f"postgresql://contactpoint@127.0.0.1:{self.port}/postgres"
        self.process: subprocess.Popen[bytes]

    def start(self) -> None:
        """Until it answers."""
        self.process = subprocess.Popen(
            [_program("postgres"), "-D", self.folder / "data", "-p", str(self.port),
             "-k", self.folder, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"],
            user=_owner(), cwd=self.folder, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _wait(self.port, self.process)

    def stop(self) -> None:
        """At once, as by a cut of the power."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(timeout=20)

    def remove(self) -> None:
        """The end of it."""
        if self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a fresh database."""
    folder = _folder()
    subprocess.run(
        [_program("initdb"), "-D", folder / "data", "-A", "trust", "-U", "contactpoint",
         "-E", "UTF8", "-N"],
        check=True, user=_owner(), cwd=folder, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    server = Server(folder)
    server.start()
    yield server.address
    server.remove()


@pytest.fixture(scope="module")
def replica(postgresql: str) -> Iterator[Server]:
    """A streaming replica of that server."""
    folder = _folder()
    subprocess.run(
        [_program("pg_basebackup"), "-D", folder / "data", "-R", "-X", "stream", "-c", "fast",
         "-d", postgresql],
        check=True, user=_owner(), cwd=folder,
    )  # fmt: skip
    server = Server(folder)
    server.start()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty Redis or Valkey that keeps nothing on disk."""
    path = shutil.which("valkey-server") or shutil.which("redis-server")
    if path is None:
        pytest.fail("Redis is missing: run `bash .ci/servers`.")
    port = _free_port()
    server = subprocess.Popen(
        [path, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
        cwd=tmp_path_factory.mktemp("redis"),
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(port, server)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def machines(postgresql: str, redis: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small site in a database of its own, for machines to share."""
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("CREATE DATABASE machines")
    address = postgresql.replace("/postgres", "/machines")
    first = Machine(
        tmp_path_factory.mktemp("maker"),
        CONTACTPOINT_DATABASE_URL=address,
        CONTACTPOINT_CACHE_URL=redis,
    )
    first.do("migrate")
    first.do("fill")
    first.end()
    return address


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"the server on port {port} did not come up")
