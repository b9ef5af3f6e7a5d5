"""A translation that nobody could see when it came is told once, when it stands open."""

from collections.abc import Callable
from datetime import timedelta
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
from contactpoint.dissemination.matching.rules import interest_for, parse
from contactpoint.dissemination.models import Delivery, Happening, Issue, Subscriber
from contactpoint.dissemination.newsletter.editions import _happened
from contactpoint.kit.models import BorrowedWords
from contactpoint.outputs.models import Output
from contactpoint.search.sources import documents

TRANSLATED = "Dans une nouvelle langue : Vivre ensemble"


@pytest.fixture
def site(db: None, settings: Any, clock: Clock) -> MadeSite:
    """Somebody who reads French and somebody who reads English follow a theme."""
    settings.BASE_URL = "https://portal.example.org"
    made = make_site()
    make_theme("asylum", en="Asylum", fr="Asile")
    for language in ("en", "fr"):
        reader = Subscriber.objects.create(
            address=f"{language}@example.org", language=language,
            confirmed_at=timezone.now(), consented_to="Yes",
        )  # fmt: skip
        interest = interest_for(parse(QueryDict("theme=asylum"), language))
        reader.subscriptions.create(interest=interest, rhythm="at-once")
    return made


def drafted(site: MadeSite, title: str, **more: Any) -> Output:
    return make_output(
        site, title=title, themes=["asylum"], live=False, published_on=timezone.localdate(), **more
    )


def publish(page: Output) -> Output:
    page.refresh_from_db()
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def close(page: Any) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def told(clock: Clock) -> list[str]:
    """Subjects of what goes out within the next minutes."""
    found = []
    for _turn in range(3):
        while rounds.match_waiting():
            pass
        while begin_due():
            pass
        rows = Delivery.objects.filter(state="waiting").select_related("mailing", "subscriber")
        for row in rows.order_by("pk"):
            letter = composer_of("alert").compose(row)
            state = "sent" if letter else "dropped"
            Delivery.objects.filter(pk=row.pk).update(state=state, taken_at=timezone.now())
            if letter is not None:
                found.append(letter.subject.replace("\N{NO-BREAK SPACE}", " "))
        clock.passes(minutes=6)
    return found


@pytest.fixture
def english(site: MadeSite, clock: Clock) -> Output:
    """Told of, and since then some days have passed."""
    page = publish(drafted(site, "Living together"))
    assert told(clock) == ["New: Living together", "Nouveau : Living together"]
    clock.passes(days=3)
    return page


def restricted(page: Output, clock: Clock) -> Callable[[], None]:
    restriction = close(page)
    publish(page)
    return lambda: restriction.delete() and None


def restricted_unheard(page: Output, clock: Clock) -> Callable[[], None]:
    restriction = close(page)
    publish(page)

    def open_it() -> None:
        PageViewRestriction.objects.filter(pk=restriction.pk)._raw_delete("default")
        opened_lately()

    return open_it


def unpublished(page: Output, clock: Clock) -> Callable[[], None]:
    publish(page).unpublish()
    return lambda: publish(page) and None


def expired(page: Output, clock: Clock) -> Callable[[], None]:
    page.expire_at = clock.now + timedelta(minutes=1)
    page.save()
    publish(page)
    clock.passes(minutes=2)

    def put_off() -> None:
        page.refresh_from_db()
        page.expire_at = None
        page.save_revision().publish()

    return put_off


def untranslated(page: Output, clock: Clock) -> Callable[[], None]:
    row = BorrowedWords.objects.create(page=page, title="en", whole="en")
    publish(page)
    return lambda: row.delete() and None


@pytest.mark.parametrize("days", [2, 60])
@pytest.mark.parametrize(
    "hide", [restricted, restricted_unheard, unpublished, expired, untranslated]
)
def test_it_is_told_once_when_it_stands_open(
    site: MadeSite, english: Output, clock: Clock, hide: Any, days: int
) -> None:
    if hide is restricted_unheard and days == 60:
        pytest.skip("what nobody hears of is looked for in what came lately")
    show = hide(drafted(site, "Vivre ensemble", language="fr", translation_of=english), clock)
    assert told(clock) == []
    clock.passes(days=days)
    assert told(clock) == []
    show()
    assert told(clock) == [TRANSLATED]
    clock.passes(days=1)
    opened_lately()
    assert told(clock) == []


def test_it_is_told_when_it_came_with_the_first_and_stood_behind_a_door(
    site: MadeSite, clock: Clock
) -> None:
    page = publish(drafted(site, "Living together"))
    told(clock)
    show = restricted(drafted(site, "Vivre ensemble", language="fr", translation_of=page), clock)
    assert told(clock) == []
    clock.passes(days=9)
    show()
    assert told(clock) == [TRANSLATED]


def test_of_two_that_come_in_the_same_moment_the_hidden_one_is_told_when_it_is_opened(
    site: MadeSite, clock: Clock
) -> None:
    page = drafted(site, "Living together")
    french = drafted(site, "Vivre ensemble", language="fr", translation_of=page)
    restriction = close(page)
    for one in (page, french):
        publish(one)
    assert told(clock) == ["New: Vivre ensemble", "Nouveau : Vivre ensemble"]
    clock.passes(days=9)
    restriction.delete()
    assert told(clock) == ["Now in another language: Living together"]


def test_what_is_opened_with_all_its_languages_is_new_and_no_translation(
    site: MadeSite, clock: Clock
) -> None:
    page = drafted(site, "Living together")
    restrictions = [close(page)]
    publish(page)
    clock.passes(days=3)
    french = drafted(site, "Vivre ensemble", language="fr", translation_of=page)
    restrictions.append(close(french))
    publish(french)
    assert told(clock) == []
    for one in restrictions:
        one.delete()
    assert told(clock) == ["New: Living together", "Nouveau : Vivre ensemble"]


def test_it_is_told_though_what_was_there_before_is_off_the_web(
    site: MadeSite, english: Output, clock: Clock
) -> None:
    english.unpublish()
    publish(drafted(site, "Vivre ensemble", language="fr", translation_of=english))
    assert told(clock) == [TRANSLATED]


def test_what_nobody_had_been_told_of_is_new_in_another_language(
    site: MadeSite, clock: Clock
) -> None:
    page = drafted(site, "Living together")
    close(page)
    publish(page)
    assert told(clock) == []
    clock.passes(days=9)
    publish(drafted(site, "Vivre ensemble", language="fr", translation_of=page))
    assert told(clock) == ["New: Vivre ensemble", "Nouveau : Vivre ensemble"]


def test_the_newsletter_says_nothing_of_it_while_it_is_hidden(
    site: MadeSite, english: Output, clock: Clock
) -> None:
    since = (clock.now - timedelta(days=1)).date()
    show = restricted(drafted(site, "Vivre ensemble", language="fr", translation_of=english), clock)
    [key] = set(Happening.objects.values_list("thing", flat=True))

    def said() -> list[str]:
        things = {one.key: one for one in documents([key])}
        return [row.what for rows in _happened(Issue(since=since), things).values() for row in rows]

    assert said() == []
    told(clock)
    assert said() == []
    show()
    assert said() == ["translated"]
