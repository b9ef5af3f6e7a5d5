"""nginx as `deploy/` ships it, on private ports and before servers of a test's own."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

DEPLOY = Path(__file__).parents[1] / "deploy"
NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    {temporary}
    include {folder}/upstream.conf;
    server {{ listen 127.0.0.1:{port}; {location} }}
}}
"""


def command(folder: Path) -> list[str]:
    """What starts it."""
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    return [nginx, "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]


def configure(folder: Path, port: int, ports: Sequence[str]) -> str:
    """Writes what nginx reads, but for the servers that it passes on to: those are returned."""
    shipped = (DEPLOY / "nginx/contactpoint.conf").read_text()
    location = re.search(r"    location / \{.*?\n    \}", shipped, re.DOTALL)
    assert location is not None
    upstream = (DEPLOY / "nginx/upstream.conf").read_text()
    for given, other in zip(("8001", "8002"), ports, strict=True):
        assert given in upstream
        upstream = upstream.replace(given, other)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(
        NGINX.format(folder=folder, temporary=temporary, port=port, location=location.group())
    )
    return upstream
