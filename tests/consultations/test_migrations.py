"""Rows of an older portal keep what they said when waves got names in every language."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone
from earlier_tables import as_it_was, forward, moved_to

from contactpoint.consultations.models import Round
from contactpoint.consultations.waves import wave_name

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("consultations", "0003_reported")]
PUBLISHED = "consultations.publish"


@pytest.fixture
def old() -> Iterator[Any]:
    with as_it_was(BEFORE) as apps:
        yield apps


def old_round(apps: Any, code: str, **fields: Any) -> int:
    instruments = apps.get_model("consultations", "Instrument").objects
    asked, _is_new = instruments.get_or_create(
        code="housing", defaults={"kind": "survey", "labels": {"en": "Housing"}}
    )
    rounds = apps.get_model("consultations", "Round").objects
    fields = {"access": "open", "labels": {"en": "Housing"}, **fields}
    return int(rounds.create(instrument=asked, code=code, **fields).pk)


def published(apps: Any, pk: int, *moments: datetime) -> None:
    """As the history of that time tells it."""
    kind, _is_new = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="consultations", model="round"
    )
    entries = apps.get_model("wagtailcore", "ModelLogEntry").objects
    for moment in moments:
        entries.create(
            content_type=kind, object_id=str(pk), action=PUBLISHED, label="", timestamp=moment
        )


def test_the_old_names_of_waves_are_kept_for_every_language(old: Any) -> None:
    named = old_round(old, "second", wave="spring 2019")
    french = old_round(old, "troisième".replace("è", "e"), wave="printemps « 2021 »")
    opened = datetime(2017, 5, 2, tzinfo=UTC)
    unnamed = old_round(old, "first", wave="", opens_at=opened)
    forward()
    assert Round.objects.get(pk=named).wave_names == {"en": "spring 2019"}
    assert wave_name(Round.objects.get(pk=french)) == "printemps « 2021 »"
    first = Round.objects.get(pk=unnamed)
    assert first.wave_names == {}
    assert wave_name(first) == "2017"


def test_when_results_were_first_public_is_known_from_the_row_and_from_the_history(
    old: Any,
) -> None:
    may, june, july = (datetime(2019, month, 3, 9, tzinfo=UTC) for month in (5, 6, 7))
    public = old_round(old, "public", published_at=july)
    again = old_round(old, "again", published_at=july)
    taken_back = old_round(old, "taken-back")
    never = old_round(old, "never")
    published(old, again, june, july)
    published(old, taken_back, june, may)
    forward()
    first = dict(Round.objects.values_list("pk", "first_published_at"))
    assert first == {public: july, again: june, taken_back: may, never: None}
    assert Round.objects.get(pk=taken_back).was_published
    assert not Round.objects.get(pk=never).was_published


def test_whoever_goes_back_to_the_older_portal_finds_one_name_for_each_wave(old: Any) -> None:
    both = old_round(old, "both", wave="2019")
    only_french = old_round(old, "french", wave="x")
    forward()
    Round.objects.filter(pk=both).update(wave_names={"fr": "printemps", "en": "spring 2019"})
    long = "printemps " * 8
    Round.objects.filter(pk=only_french).update(wave_names={"fr": long}, opens_at=timezone.now())
    rounds = moved_to(BEFORE).get_model("consultations", "Round").objects
    assert dict(rounds.values_list("pk", "wave")) == {
        both: "spring 2019", only_french: long[:40],
    }  # fmt: skip
