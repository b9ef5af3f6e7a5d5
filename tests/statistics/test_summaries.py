"""The figure of the front page is the newest that is loaded, in all languages and processes."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from held_up import held_up
from made_answers import applicants
from storing import Keep

from contactpoint.kit import changes
from contactpoint.kit.changes import EVERYTHING
from contactpoint.kit.generations import Generations
from contactpoint.statistics.models import Extraction
from contactpoint.statistics.summaries import that_moved

OLD, NEW = [9000] * 5 + [9100], [9000] * 5 + [9500]


def told(language: str) -> str:
    found = that_moved(language)
    return str(found.head) if found else ""


def test_figures_that_are_loaded_are_seen_at_once(keep: Keep) -> None:
    keep(applicants(EU27_2020=OLD))
    before = [told(language) for language in ("en", "nl")]
    assert all(before)
    keep(applicants(EU27_2020=NEW), "2019-07-17", accept=True)
    after = [told(language) for language in ("en", "nl")]
    assert not set(before) & set(after)
    Extraction.objects.order_by("-last")[0].delete()
    assert [told(language) for language in ("en", "nl")] == before


def test_who_worked_it_out_before_a_load_does_not_put_it_back(
    keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(applicants(EU27_2020=OLD))
    has_come = held_up(
        monkeypatch, "contactpoint.figure",
        lambda: keep(applicants(EU27_2020=NEW), "2019-07-17", accept=True),
    )  # fmt: skip
    before = told("en")
    assert has_come()
    assert told("en") != before


@pytest.mark.django_db(transaction=True)
def test_where_changes_are_told_it_is_never_older_than_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    numbers = Generations(tmp_path / "generations")
    monkeypatch.setattr(changes, "_opened", [numbers])
    monkeypatch.setattr(changes, "_watching", [True])
    told("en")
    with django_assert_num_queries(0):
        told("en")
    numbers.changed([EVERYTHING])
    with CaptureQueriesContext(connection) as captured:
        told("en")
    assert len(captured) > 0
    numbers.close()
