"""nginx with the configuration that the portal writes, on a private port."""

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from contactpoint.delivery.nginx import Listening, configuration

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
AROUND = """
{modules}
{user}
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log error;
events {{ worker_connections 64; }}
http {{ server_tokens off; {paths} include {folder}/contactpoint.conf; }}
"""
PASSED_ON = 502
"""Nobody listens where the portal would be."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Nginx:
    """A running one."""

    port: int

    def get(
        self, path: str, *, method: str = "GET", host: str = "testserver", **more: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers by their names in small letters, and the bytes as they are sent."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": host, **more}.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


@contextmanager
def running(pages: Path, folder: Path) -> Iterator[Nginx]:
    """nginx over the files below `pages`; ended by its own process id."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(program).exists():
        pytest.skip("nginx is missing: run `bash .ci/servers`.")
    port = free_port()
    where = Listening(f"127.0.0.1:{port}", f"127.0.0.1:{free_port()}", brotli=BROTLI.exists())
    (folder / "contactpoint.conf").write_text(configuration(pages, where))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    (folder / "nginx.conf").write_text(
        AROUND.format(
            folder=folder,
            modules=f"load_module {BROTLI};" if BROTLI.exists() else "",
            user="user root;" if os.getuid() == 0 else "",
            paths=" ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds),
        )
    )
    process = subprocess.Popen([program, "-p", folder, "-c", folder / "nginx.conf"])
    try:
        until = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > until:
                    pytest.fail(f"nginx did not start: {(folder / 'error.log').read_text()}")
                time.sleep(0.05)
        yield Nginx(port)
    finally:
        process.terminate()
        process.wait(timeout=20)
