"""Servers on private ports: granian with one process, nginx with one; each knows its CPU time."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Final

TICKS: Final = os.sysconf("SC_CLK_TCK")
START_SECONDS: Final = 120
BROTLI: Final = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
CONFIGURATION: Final = """
{modules}
{user}
daemon off; master_process on; worker_processes 1; pcre_jit on;
pid {folder}/pid; error_log {folder}/log warn;
events {{ worker_connections 256; }}
http {{
  access_log off; server_tokens off; sendfile on; tcp_nopush on;
  {paths}
  {server}
}}
"""
FILES: Final = """
  types {{ text/html html; }} charset utf-8;
  server {{
    listen 127.0.0.1:{port}; root {folder}/pages;
    location / {{ index index.html; gzip_static on; {brotli} {headers} }}
  }}
"""


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cpu_of(process: int) -> float:
    """CPU seconds, user and system, of a process and its children, those that ended included."""
    total, wanted = 0, {process}
    found = {int(path.name): path for path in Path("/proc").iterdir() if path.name.isdigit()}
    for pid in sorted(found):
        try:
            fields = (found[pid] / "stat").read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if pid in wanted or int(fields[1]) in wanted:
            wanted.add(pid)
            total += sum(int(one) for one in fields[11:15])
    return total / TICKS


class Server:
    """A program that listens on a port, with all its children."""

    def __init__(
        self,
        name: str,
        command: list[str],
        port: int,
        environment: Mapping[str, str],
        behind: "Server | None" = None,
    ) -> None:
        """What the server `behind` it does counts as its own."""
        self.name, self.port, self._behind = name, port, behind
        self._process = subprocess.Popen(
            command, env={**os.environ, **environment}, start_new_session=True
        )

    def wait(self, path: str) -> None:
        """Until it answers with a page."""
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                self.get(path)
            except OSError:
                if time.monotonic() > until or self._process.poll() is not None:
                    raise
                time.sleep(0.1)
            else:
                return

    def get(self, path: str, encoding: str = "") -> tuple[dict[str, str], bytes]:
        """Headers and body as sent."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            headers={"Host": "localhost", "Accept-Encoding": encoding},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return dict(answer.headers), answer.read()

    def cpu(self) -> float:
        """CPU seconds, user and system, of all its processes and of those that ended."""
        return cpu_of(self._process.pid) + (self._behind.cpu() if self._behind else 0.0)

    def stop(self) -> None:
        """End it and wait for it."""
        self._process.terminate()
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def rest(servers: list[Server]) -> None:
    """Until they have done what they do beside answering when they start, or for half a minute."""
    until, before = time.monotonic() + 30, -1.0
    while time.monotonic() < until:
        now = sum(server.cpu() for server in servers)
        if now - before < 0.05:
            return
        before = now
        time.sleep(1)


def granian(name: str, application: str, environment: Mapping[str, str]) -> Server:
    """One process, as `contactpoint serve --workers 1` starts it."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
        *("--port", str(port), "--workers", "1", "--blocking-threads", "4"),
        *("--log-level", "warning", application),
    ]
    return Server(name, command, port, environment)


def nginx(name: str, folder: Path, headers: Mapping[str, str]) -> Server:
    """The files below `folder`/pages, with those `headers`."""
    port = free_port()
    told = [
        f'add_header {name} "{value}";'
        for name, value in headers.items()
        if name.lower() not in ("content-length", "content-type", "etag", "content-encoding",
                                "date", "server", "connection", "transfer-encoding", "vary")
    ]  # fmt: skip
    brotli = "brotli_static on;" if BROTLI.exists() else ""
    server = FILES.format(folder=folder, port=port, headers=" ".join(told), brotli=brotli)
    return _nginx(name, folder, port, server)


def nginx_before(behind: Server, pages: Path, folder: Path) -> Server:
    """With the portal's own configuration, before a server that makes files of its pages."""
    from contactpoint.delivery.nginx import (  # noqa: PLC0415 — the environment comes first
        Listening,
        configuration,
    )

    port = free_port()
    where = Listening(f"127.0.0.1:{port}", f"127.0.0.1:{behind.port}", brotli=BROTLI.exists())
    return _nginx("behind_nginx", folder, port, configuration(pages, where), behind)


def _nginx(name: str, folder: Path, port: int, server: str, behind: Server | None = None) -> Server:
    folder.mkdir(exist_ok=True)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    configuration = folder / "nginx.conf"
    configuration.write_text(
        CONFIGURATION.format(
            folder=folder,
            modules=f"load_module {BROTLI};" if BROTLI.exists() else "",
            user="user root;" if os.getuid() == 0 else "",
            paths=" ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds),
            server=server,
        )
    )
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return Server(name, [program, "-c", str(configuration), "-p", str(folder)], port, {}, behind)
