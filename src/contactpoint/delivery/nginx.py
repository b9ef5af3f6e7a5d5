"""nginx's configuration: kept pages as files, everything else by the portal.

What is written here is what the tests start nginx with. Which requests may be answered by a file
stands once in `serving.py` and `files.py`; here it is said in nginx's words.
"""

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from django.conf import settings

from contactpoint.delivery.files import LINKS, PATH, names, shape
from contactpoint.delivery.headers import GUIDANCE, Told, over_tls, told
from contactpoint.delivery.serving import OURS

TEMPLATE = "nginx.conf"


class UnwritableError(Exception):
    """There is something in the settings that nginx can't be told."""


@dataclass(frozen=True)
class Listening:
    """Where nginx listens, and where the portal does."""

    listen: str = "80"
    upstream: str = "127.0.0.1:8000"
    certificate: str = ""
    key: str = ""
    brotli: bool = True


def configuration(folder: Path | None, where: Listening) -> str:
    """For nginx's `http` block; without a folder everything is answered by the portal."""
    hosts = sorted(names(settings.ALLOWED_HOSTS))
    if not hosts:
        raise UnwritableError(
            "CONTACTPOINT_HOSTS names no host in full: nginx keeps pages for those alone."
        )
    for text in (str(folder or ""), *vars(where).values()):
        if re.search(r"[\s\"'$;{}\\]", str(text)):
            raise UnwritableError(f"{text!r} can't be written into nginx's configuration.")
    headers = told()
    template = files("contactpoint.delivery").joinpath(TEMPLATE).read_text(encoding="utf-8")
    parts = {
        "cookies": OURS,
        "hosts": "|".join(re.escape(host) for host in hosts),
        "path": PATH,
        "guidance": GUIDANCE,
        "maps": "\n".join(_map(header) for header in headers if header.cases),
        "hsts": over_tls(),
        "upstream": where.upstream,
        "listen": f"{where.listen} ssl http2" if where.certificate else where.listen,
        "tls": f"    ssl_certificate {where.certificate};\n    ssl_certificate_key {where.key};\n"
        if where.certificate
        else "",
        "names": " ".join(hosts),
        "root": str(folder or "/nonexistent"),
        "files": " ".join(
            f"/{link}/{shape()}/$contactpoint_stretch/${{contactpoint_page}}index.html"
            for link in LINKS
        ),
        "brotli": "        brotli_static on;\n" if where.brotli else "",
        "headers": "\n".join(_header(header) for header in headers),
    }
    return re.sub(r"@@(\w+)@@", lambda found: parts[found[1]], template)


def _variable(header: Told) -> str:
    return f"$contactpoint_{header.name.lower().replace('-', '_')}"


def _map(header: Told) -> str:
    """Whether it is guidance is looked at once for all headers: expressions are what takes time."""
    usual = f'    default "{header.usual}";\n'
    if all(pattern == GUIDANCE for pattern, _value in header.cases):
        cases = "".join(f'    yes "{value}";\n' for _pattern, value in header.cases)
        return f"map $contactpoint_guidance {_variable(header)} {{\n{cases}{usual}}}"
    cases = "".join(f'    "~{pattern}" "{value}";\n' for pattern, value in header.cases)
    return f"map $request_uri {_variable(header)} {{\n{cases}{usual}}}"


def _header(header: Told) -> str:
    value = _variable(header) if header.cases else f'"{header.usual}"'
    return f"        add_header {header.name} {value};"
