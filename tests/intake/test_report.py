"""The report of two listings, compared whole: the real one, and a twin in words of our own.

`REWRITE_GOLDEN=1 pytest tests/intake/test_report.py` writes the expected files again; read the
difference before you commit it. The real listing's sentences aren't ours, so what quotes them is
kept as a digest.
"""

import json
import os
import re
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from listings import DATA, LEGACY, TWIN

from contactpoint.intake.importer import importer_for
from contactpoint.intake.inference.cleaning import clean
from contactpoint.intake.problems import MESSAGES

pytestmark = pytest.mark.django_db
QUOTING = {"title", "teaser", "type_evidence", "text", "message"}


def reported(path: Path, folder: Path) -> dict[str, Any]:
    target = folder / "report.json"
    call_command("import", str(path), "--dry-run", "--report", str(target))
    return json.loads(target.read_text(encoding="utf-8"))


def without_quotes(value: Any, name: str = "") -> Any:
    """The same, with a digest where words of the source stood."""
    if isinstance(value, dict):
        return {key: without_quotes(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [without_quotes(one, name) for one in value]
    if name in QUOTING and value:
        return blake2b(value.encode(), digest_size=8).hexdigest()
    return value


def compare(found: dict[str, Any], name: str) -> None:
    golden = DATA / name
    if os.environ.get("REWRITE_GOLDEN"):
        text = json.dumps(found, ensure_ascii=False, indent=1)
        golden.write_text(text + "\n", encoding="utf-8")
    assert found == json.loads(golden.read_text(encoding="utf-8"))


def test_the_twin_is_reported_as_expected_as_a_whole(portal: None, tmp_path: Path) -> None:
    compare(reported(TWIN, tmp_path), "listing_twin.report.json")


@pytest.mark.skipif(not LEGACY.exists(), reason=f"{LEGACY} is not here; CI has it")
def test_the_real_listing_is_reported_as_expected_as_a_whole(portal: None, tmp_path: Path) -> None:
    compare(without_quotes(reported(LEGACY, tmp_path)), "legacy.report.json")


@pytest.mark.parametrize("path", [TWIN, LEGACY], ids=["twin", "legacy"])
def test_what_the_report_says_is_true_of_the_listing(
    portal: None, tmp_path: Path, path: Path
) -> None:
    if not path.exists():
        pytest.skip(f"{path} is not here; CI has it")
    report = reported(path, tmp_path)
    importer = importer_for(path)
    importer.check()
    raws = list(importer.items())
    assert report["summary"] == {
        "items": 25,
        "new": 25,
        "changed": 0,
        "unchanged": 0,
        "dated": 12,
        "themed": 19,
        "with_keywords": 13,
        "problems": sum(len(item["problems"]) for item in report["items"]),
    }
    for raw, item in zip(raws, report["items"], strict=True):
        text = clean(raw.text)
        codes = {problem["code"] for problem in item["problems"]}
        assert text.startswith(item["teaser"].removesuffix("…"))
        assert 0 < len(item["teaser"]) <= 300
        words = set(re.findall(r"\w+", text.lower()))
        added = set(re.findall(r"\w+", item["title"].lower())) - words
        assert added <= {"fps", "ec"}, "a title is made of its item's words and known acronyms"
        assert 20 <= len(item["title"]) <= 130
        assert item["title"][0].isupper()
        assert [keyword["source"] for keyword in item["keywords"]] == raw.keywords
        assert ("no-date" in codes) is (not raw.date)
        assert ("no-theme" in codes) is (not raw.themes)
        assert ("no-keyword" in codes) is (not raw.keywords)
        assert codes <= set(MESSAGES)


def test_the_twin_shows_each_oddity_of_a_real_listing(portal: None, tmp_path: Path) -> None:
    items = {item["position"]: item for item in reported(TWIN, tmp_path)["items"]}
    codes = {
        number: {problem["code"] for problem in item["problems"]} for number, item in items.items()
    }
    assert [number for number in codes if "missing-link" in codes[number]] == [7, 17]
    assert [number for number in codes if "date-out-of-order" in codes[number]] == [7]
    assert [number for number in codes if "date-differs" in codes[number]] == [8, 14]
    assert items[18]["themes"] == ["data-and-statistics", "migration"]
    assert items[5]["themes"] == ["return-and-readmission"]
    assert items[6]["keywords"][0]["resolves_to"] == "place"
    assert {item["keywords"][0]["concept"] for item in (items[8], items[23])} == {"policy-paper"}
    assert items[21]["type"] == "vacancy"
    assert items[21]["keywords"][0]["resolves_to"] == "type"
