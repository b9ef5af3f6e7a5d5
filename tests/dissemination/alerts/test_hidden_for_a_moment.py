"""Who was not told of something because it was hidden just then is told once it is open again."""

from collections import Counter
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone
from factories import MadeSite, make_output, make_site, make_theme
from passing_time import Clock
from wagtail.models import PageViewRestriction

from contactpoint.dissemination.alerts import composing  # noqa: F401 — registers its composer
from contactpoint.dissemination.alerts.occasions import begin_due
from contactpoint.dissemination.alerts.opening import opened_lately
from contactpoint.dissemination.delivering.mailings import composer_of
from contactpoint.dissemination.matching import rounds
from contactpoint.dissemination.matching.happenings import What, happened
from contactpoint.dissemination.matching.listening import output_key
from contactpoint.dissemination.matching.rules import interest_for, parse
from contactpoint.dissemination.models import Delivery, Happening, Subscriber


@pytest.fixture
def site(db: None, settings: Any, clock: Clock) -> MadeSite:
    settings.BASE_URL = "https://portal.example.org"
    made = make_site()
    make_theme("asylum", en="Asylum", fr="Asile")
    begin_due(clock.now)
    return made


def follows(rhythm: str) -> None:
    reader = Subscriber.objects.create(
        address=f"{rhythm}@example.org", language="en",
        confirmed_at=timezone.now(), consented_to="Yes",
    )  # fmt: skip
    interest = interest_for(parse(QueryDict("theme=asylum"), "en"))
    reader.subscriptions.create(interest=interest, rhythm=rhythm)


def published(site: MadeSite) -> Any:
    page = make_output(site, title="Living together", themes=["asylum"])
    Happening.objects.all().delete()
    happened(output_key(page), What.NEW)
    return page


def work() -> None:
    """What is matched and sent now."""
    while rounds.match_waiting():
        pass
    while begin_due():
        pass
    rows = Delivery.objects.filter(state="waiting").select_related("mailing", "subscriber")
    for row in rows.order_by("pk"):
        letter = composer_of("alert").compose(row)
        state = "sent" if letter else "dropped"
        Delivery.objects.filter(pk=row.pk).update(state=state, taken_at=timezone.now())


def told() -> Counter[str]:
    """How many mails each got."""
    return Counter(Delivery.objects.filter(state="sent").values_list(
        "subscriber__address", flat=True
    ))  # fmt: skip


def test_who_hears_daily_is_told_of_what_was_taken_off_and_put_back(
    site: MadeSite, clock: Clock
) -> None:
    for rhythm in ("at-once", "daily"):
        follows(rhythm)
    page = published(site)
    work()
    clock.passes(minutes=3)
    work()
    assert told() == {"at-once@example.org": 1}
    page.unpublish()
    clock.passes(days=1)
    work()
    assert told() == {"at-once@example.org": 1}
    page.refresh_from_db()
    page.save_revision().publish()
    for _day in range(3):
        clock.passes(days=1)
        work()
    assert told() == {"at-once@example.org": 1, "daily@example.org": 1}


@pytest.mark.parametrize("hears_of_it", [True, False])
def test_what_is_restricted_while_the_mail_goes_out_is_told_when_it_is_opened(
    site: MadeSite, clock: Clock, hears_of_it: bool
) -> None:
    follows("at-once")
    page = published(site)
    work()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    clock.passes(minutes=3)
    work()
    assert not told()
    assert Delivery.objects.get().about == []
    clock.passes(minutes=3)
    work()
    if hears_of_it:
        restriction.delete()
    else:
        PageViewRestriction.objects.filter(pk=restriction.pk)._raw_delete("default")
        opened_lately()
    for _turn in range(3):
        work()
        clock.passes(minutes=3)
    assert told() == {"at-once@example.org": 1}
    opened_lately()
    assert not Happening.objects.exclude(untold="").exists()


def test_of_a_mail_about_several_what_was_hidden_comes_later_alone(
    site: MadeSite, clock: Clock
) -> None:
    follows("at-once")
    page = published(site)
    other = make_output(site, title="Another", themes=["asylum"])
    Happening.objects.filter(thing=output_key(other)).delete()
    happened(output_key(other), What.NEW)
    work()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    clock.passes(minutes=3)
    work()
    restriction.delete()
    clock.passes(minutes=3)
    work()
    subjects = [
        letter.subject
        for row in Delivery.objects.select_related("mailing", "subscriber").order_by("pk")
        if (letter := composer_of("alert").compose(row))
    ]
    assert subjects == ["New: Another", "New: Living together"]


def test_a_correction_of_what_is_hidden_is_told_when_it_is_opened(
    site: MadeSite, clock: Clock
) -> None:
    follows("at-once")
    page = make_output(site, title="Living together", themes=["asylum"])
    Happening.objects.all().delete()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    happened(output_key(page), What.CORRECTED, mark="1", note="Table 2.")
    work()
    restriction.delete()
    work()
    clock.passes(minutes=3)
    work()
    assert told() == {"at-once@example.org": 1}
