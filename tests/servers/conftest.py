"""PostgreSQL and Redis of our own, on private ports, stopped by their own process ids."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest


def _program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        pytest.fail("PostgreSQL is missing: run `bash .ci/servers`.")
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a fresh database; PostgreSQL refuses to run as root, so then as `postgres`.

    Not in pytest's own folder, which only its owner may enter.
    """
    folder = Path(tempfile.mkdtemp(prefix="contactpoint-postgresql-"))
    user = None
    if os.getuid() == 0:
        user = "postgres"
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    port = _free_port()
    data = folder / "data"
    subprocess.run(
        [_program("initdb"), "-D", data, "-A", "trust", "-U", "contactpoint", "-E", "UTF8", "-N"],
        check=True,
        user=user,
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    server = subprocess.Popen(
        [_program("postgres"), "-D", data, "-p", str(port), "-k", folder, "-c",
         "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "synchronous_commit=off",
         "-c", "full_page_writes=off"],
        user=user,
        cwd=folder,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(port, server)
        yield f"postgresql://contactpoint@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


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
