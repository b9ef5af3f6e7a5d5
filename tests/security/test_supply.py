"""What we take from others: under which licence, pinned, listed, and asked about."""

import importlib.util
import json
import re
from importlib.metadata import distributions
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[2]
REQUIREMENTS: Final = ROOT / "requirements"

FREE: Final = (
    *("0BSD", "Apache-2.0", "Apache 2.0", "Apache License 2.0", "BSD", "BSD-2-Clause"),
    *("BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "ISC License (ISCL)", "MIT", "MIT-0"),
    *("MIT-CMU", "MIT License", "PSF-2.0", "Python Software Foundation License", "Unlicense"),
    *("Apache Software License", "BSD License", "Zlib", "Zope Public License", "HPND"),
    "The Unlicense (Unlicense)",
)
WEAK: Final = {
    "certifi": "MPL-2.0: a list of certificates, unchanged",
    "fido2": "MPL-2.0 in one list of names (public suffixes), else BSD",
    "psycopg": "LGPL-3.0: a library that one can exchange",
    "psycopg-binary": "LGPL-3.0: the same, compiled",
    "qrcode": "BSD; names a part as other: the word QR Code is a trade mark",
    "pypdfium2": "BSD-3-Clause, Apache-2.0; the licences of PDFium's parts are of that kind",
    "pyxform": "BSD-2-Clause, in the file of the licence alone",
    "pillow-heif": "BSD-3-Clause; the library inside (libheif) is LGPL-3.0, exchangeable",
    "orjson": "MPL-2.0 beside Apache-2.0 or MIT",
}
"""Packages at run time under another licence, or that name it in another way, each looked at."""
FOR_WORK: Final = {
    "djlint": "GPL-3.0: a program that looks at templates; nothing of it is given on",
    "hypothesis": "MPL-2.0: only tests",
    "pathspec": "MPL-2.0: only checks",
    "axe-playwright-python": "MIT, in the file of the licence alone; only tests",
}
"""The same, of what only checks and tests need."""


def module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, REQUIREMENTS / f"{name}.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


sbom, audit = module("sbom"), module("audit")


def said(found: Any) -> list[str]:
    """The licence of a package in words, all of which hold."""
    about = found.metadata
    if expression := about.get("License-Expression"):
        # Of several to choose from the first that is free will do.
        return [
            next((one for one in part.split(" OR ") if one.strip("() ") in FREE), part).strip("() ")
            for part in expression.split(" AND ")
        ]
    names = [
        one.rpartition(" :: ")[2]
        for one in about.get_all("Classifier") or []
        if one.startswith("License :: ") and one != "License :: OSI Approved"
    ]
    return names or [(about.get("License") or "").strip().partition("\n")[0]]


def installed() -> dict[str, Any]:
    return {re.sub(r"[-_.]+", "-", one.metadata["Name"]).lower(): one for one in distributions()}


def test_everything_that_runs_with_the_portal_is_free_to_be_used_so() -> None:
    pinned = sbom.pinned((REQUIREMENTS / "base.txt").read_text(encoding="utf-8"))
    there = installed()
    wrong = {
        name: said(there[name])
        for name in pinned
        if name in there and name not in WEAK and not set(said(there[name])) <= set(FREE)
    }
    assert wrong == {}
    assert len(pinned.keys() & there.keys()) > 60


def test_what_only_checks_and_tests_need_is_known_too() -> None:
    pinned = sbom.pinned((REQUIREMENTS / "dev.txt").read_text(encoding="utf-8"))
    there = installed()
    wrong = {
        name: said(there[name])
        for name in pinned
        if name in there
        and name not in {**WEAK, **FOR_WORK}
        and not set(said(there[name])) <= set(FREE)
    }
    assert wrong == {}


def test_a_licence_that_asks_for_our_source_would_be_found() -> None:
    assert not {"GPL-3.0-or-later", "AGPL-3.0-only", ""} & set(FREE)
    there = installed()
    assert set(said(there["djlint"])) - set(FREE)


@pytest.mark.parametrize("name", ["base", "dev", "build", "bucket", "audit"])
def test_every_pin_has_its_hashes(name: str) -> None:
    pinned = sbom.pinned((REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8"))
    assert pinned
    assert [one for one, (_version, digests) in pinned.items() if not digests] == []


def test_no_release_younger_than_a_week_is_taken_up() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^DELAY \?= 7$", text, re.MULTILINE)
    compile_line = next(line for line in text.splitlines() if "pip compile" in line)
    assert "--exclude-newer" in compile_line
    assert "$(DELAY) days ago" in compile_line


KINDS: Final = {"application", "library"}
PURL: Final = re.compile(r"pkg:pypi/[a-z0-9.-]+@[\w.!+-]+")
SERIAL: Final = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def test_the_bill_of_materials_has_the_shape_of_cyclonedx() -> None:
    """What the schema of 1.6 asks of the parts that we write (cyclonedx.org/docs/1.6/json)."""
    text = (REQUIREMENTS / "base.txt").read_text(encoding="utf-8")
    made = sbom.bill(text, "1.2.3")
    assert made == json.loads(json.dumps(made))
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)
    assert SERIAL.fullmatch(made["serialNumber"])
    rows = [made["metadata"]["component"], *made["components"]]
    references = [row["bom-ref"] for row in rows]
    assert len(set(references)) == len(references)
    for row in rows:
        assert row["type"] in KINDS
        assert row["name"]
        assert PURL.fullmatch(row["purl"]), row["purl"]
        for one in row.get("licenses", []):
            assert set(one) in ({"expression"}, {"license"})
            assert "license" not in one or set(one["license"]) in ({"id"}, {"name"})
        assert len([one for one in row.get("licenses", []) if "expression" in one]) <= 1
        for reference in row.get("externalReferences", []):
            assert reference["type"] == "distribution"
            for digest in reference["hashes"]:
                assert re.fullmatch("[0-9a-f]{64}", digest["content"])
    depended = made["dependencies"][0]
    assert {depended["ref"], *depended["dependsOn"]} == set(references)


def test_the_same_requirements_make_the_same_bill() -> None:
    text = "django==5.2.0 \\\n    --hash=sha256:" + "0" * 64 + "\n"
    assert sbom.bill(text, "1") == sbom.bill(text, "1")
    assert sbom.bill(text, "1")["serialNumber"] != sbom.bill(text, "2")["serialNumber"]


CLEAN: Final = {"name": "django", "version": "5.2.19", "vulns": []}
WEAK_ONE: Final = {"name": "django", "version": "3.2", "vulns": [{"id": "PYSEC-2021-98"}]}
SKIPPED: Final = {"name": "django", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("rows", "ended", "sentence"),
    [
        ([CLEAN], 0, "No known weakness in the 1 packages"),
        ([CLEAN, WEAK_ONE], 1, "Known weaknesses: django 3.2: PYSEC-2021-98"),
        ([SKIPPED, WEAK_ONE], 1, "Known weaknesses"),
        ([CLEAN, SKIPPED], 2, "NOT CHECKED: 1 of 2 packages"),
        ([], 2, "NOT CHECKED: 0 of 0"),
    ],
)
def test_the_audit_says_whether_it_knows(
    rows: list[dict[str, Any]], ended: int, sentence: str
) -> None:
    """pip-audit says that it found nothing where it could look nothing up."""
    found = audit.verdict(json.dumps({"dependencies": rows, "fixes": []}), "")
    assert found[0] == ended
    assert found[1].startswith(sentence)


def test_an_audit_without_an_answer_knows_nothing() -> None:
    ended, sentence = audit.verdict("", "…\nConnectionError: no route to pypi.org")
    assert ended == 2
    assert sentence.startswith("NOT CHECKED")
    assert "no route" in sentence


def test_ci_asks() -> None:
    assert "make audit" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
