"""Writes what the portal is made of as a bill of materials: `make sbom` (CycloneDX 1.6, JSON).

From `base.txt`, which pins each package with the SHA-256 of all its files, and from what the
installed packages say of their licences. The same requirements give the same bytes: the serial
number is made of them, and there is no moment in it. https://cyclonedx.org/docs/1.6/json/
"""

import hashlib
import json
import re
import sys
import uuid
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
_PIN: Final = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([\w.!+-]+)")
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")
OURS: Final = "contactpoint"


def pinned(text: str) -> dict[str, tuple[str, list[str]]]:
    """Version and digests of each package of a compiled file of requirements."""
    found: dict[str, tuple[str, list[str]]] = {}
    name = ""
    for line in text.splitlines():
        if pin := _PIN.match(line):
            name = re.sub(r"[-_.]+", "-", pin[1]).lower()
            found[name] = (pin[2], [])
        if name:
            found[name][1].extend(_HASH.findall(line))
    return found


def licences(name: str) -> list[dict[str, Any]]:
    """As CycloneDX has them: an expression of SPDX where the package gives one, else names."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return []
    if expression := about.get("License-Expression"):
        return [{"expression": expression}]
    names = [
        one.rpartition(" :: ")[2]
        for one in about.get_all("Classifier") or []
        if one.startswith("License :: ")
    ]
    said = (about.get("License") or "").strip()
    if not names and said and "\n" not in said and len(said) < 80:
        names = [said]
    return [{"license": {"name": one}} for one in sorted(set(names))]


def component(name: str, version: str, digests: list[str]) -> dict[str, Any]:
    """One package; the digests are of all its files, of which one is installed."""
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"pkg:pypi/{name}@{version}",
                "hashes": [{"alg": "SHA-256", "content": one} for one in sorted(digests)],
            }
        ],
    }
    if found := licences(name):
        made["licenses"] = found
    return made


def bill(text: str, version: str) -> dict[str, Any]:
    """The whole document."""
    digest = hashlib.sha256(f"{version}\n{text}".encode()).digest()
    rows = [component(name, *one) for name, one in sorted(pinned(text).items())]
    ours = f"pkg:pypi/{OURS}@{version}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.UUID(bytes=digest[:16], version=4)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": ours,
                "name": OURS,
                "version": version,
                "purl": ours,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": rows,
        "dependencies": [{"ref": ours, "dependsOn": [row["bom-ref"] for row in rows]}],
    }


def main() -> int:
    """Print it."""
    text = (HERE / "base.txt").read_text(encoding="utf-8")
    json.dump(bill(text, metadata(OURS)["Version"]), sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
