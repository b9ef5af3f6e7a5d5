"""What happens to a thing is written down once, with the change; an import of old items is not."""

import datetime
from typing import Any

import pytest
from consulting import housing, made_query, state_answers
from django.db import transaction
from django.db.models.signals import pre_save
from django.utils import timezone
from factories import MadeSite, make_output
from made_answers import applicants
from storing import kept
from wagtail.models import PageViewRestriction

from contactpoint.consultations.models import Response
from contactpoint.consultations.signals import answers_changed
from contactpoint.dissemination.matching import rounds
from contactpoint.dissemination.matching.happenings import What, happened
from contactpoint.dissemination.matching.keeping import forget_unfollowed, reread
from contactpoint.dissemination.matching.listening import output_key
from contactpoint.dissemination.matching.rules import interest_for, rule_of
from contactpoint.dissemination.models import Happening, Interest, Match
from contactpoint.glossary.models import SchemeVersion
from contactpoint.kit.models import BorrowedWords
from contactpoint.outputs.batch import create_pages
from contactpoint.outputs.models import NewsItem
from contactpoint.outputs.signals import output_corrected
from contactpoint.search.engines.base import UnavailableError
from contactpoint.search.engines.embedded import EmbeddedEngine
from contactpoint.search.indexing.keeping import catch_up

TODAY = timezone.localdate()
LONG_AGO = datetime.date(2015, 5, 5)
VALUES = [1500, 1520, 1525, 1700, 1720, 1765]


def _told() -> list[tuple[str, str, str]]:
    return list(Happening.objects.order_by("pk").values_list("thing", "what", "mark"))


def _drafted(site: MadeSite, **fields: Any) -> Any:
    return make_output(site, **{"live": False, "published_on": TODAY, **fields})


def _work() -> None:
    while rounds.match_waiting():
        pass


def _publish(page: Any) -> Any:
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def test_what_is_published_is_new_once(site: MadeSite) -> None:
    page = _publish(_drafted(site))
    _publish(page)
    assert _told() == [(output_key(page), "new", "")]


def test_what_was_there_before_is_not_new_when_it_is_edited(site: MadeSite) -> None:
    before = timezone.now() - datetime.timedelta(days=90)
    _publish(make_output(site, published_on=TODAY, first_published_at=before))
    assert _told() == []


def test_an_import_of_old_items_tells_nobody(site: MadeSite) -> None:
    pages = [NewsItem(title=f"Old {n}", published_on=LONG_AGO) for n in range(300)]
    pages += [NewsItem(title="Undated"), NewsItem(title="Of today", published_on=TODAY)]
    create_pages(site.lists["en"]["news"], pages)
    assert _told() == [(output_key(pages[-1]), "new", "")]


def test_what_an_editor_dates_long_ago_is_not_new(site: MadeSite) -> None:
    _publish(_drafted(site, published_on=LONG_AGO))
    page = _publish(_drafted(site, published_on=TODAY - datetime.timedelta(days=200)))
    assert _told() == [(output_key(page), "new", "")]


def test_a_translation_that_comes_later_is_told_and_one_beside_it_is_not(
    site: MadeSite, engine: EmbeddedEngine
) -> None:
    page = _publish(_drafted(site))
    _publish(_drafted(site, language="fr", translation_of=page))
    Happening.objects.update(at=timezone.now() - rounds.SETTLES)
    _work()
    assert _told() == [(output_key(page), "new", "")]
    Happening.objects.update(at=timezone.now() - datetime.timedelta(days=3))
    before = timezone.now() - datetime.timedelta(days=3)
    type(page).objects.filter(translation_key=page.translation_key).update(
        first_published_at=before
    )
    _publish(_drafted(site, language="nl", translation_of=page))
    Happening.objects.filter(matched_at=None).update(at=timezone.now() - rounds.SETTLES)
    _work()
    key = output_key(page)
    assert _told() == [(key, "new", ""), (key, "translated", "nl")]


def test_a_version_that_borrowed_all_its_words_is_translated_when_it_has_some(
    site: MadeSite,
) -> None:
    page = make_output(site)
    french = make_output(site, language="fr", translation_of=page)
    row = BorrowedWords.objects.create(page=french, title="en", whole="en")
    row.save()
    assert _told() == []
    row.whole = ""
    row.save()
    row.delete()
    assert _told() == [(output_key(page), "translated", "fr")]


def test_an_event_that_moves_or_is_called_off_is_told(site: MadeSite) -> None:
    soon = timezone.now() + datetime.timedelta(days=9)
    event = make_output(site, "event", starts_at=soon, ends_at=soon)
    event.title = "Another title"
    event.save()
    assert _told() == []
    event.starts_at = event.ends_at = soon + datetime.timedelta(days=1)
    event.save()
    event.called_off = True
    event.save()
    assert [what for _thing, what, _mark in _told()] == ["changed", "changed"]
    past = make_output(site, "event", starts_at=soon - datetime.timedelta(days=99))
    past.place = "Elsewhere"
    past.save()
    assert Happening.objects.count() == 2


def test_an_event_that_is_called_off_again_is_told_again(site: MadeSite) -> None:
    soon = timezone.now() + datetime.timedelta(days=9)
    event = make_output(site, "event", starts_at=soon, ends_at=soon, place="Here")
    for is_off in (True, False, True):
        event.called_off = is_off
        event.save()
        event.save()
    for place in ("There", "Here", "There"):
        event.place = place
        event.save()
    told = Happening.objects.order_by("pk").values_list("detail__before__en", flat=True)
    assert [one["called_off"] for one in told] == [False, True, False, True, True, True]
    assert [one["place"] for one in told] == ["Here", "Here", "Here", "Here", "There", "Here"]


@pytest.mark.parametrize(
    "other", [{"ends_at": True}, {"online": True}, {"whole_day": True}, {"time_zone": "Asia/Tokyo"}]
)
def test_an_event_with_another_end_or_that_can_be_followed_online_is_told(
    site: MadeSite, other: dict[str, Any]
) -> None:
    soon = timezone.now() + datetime.timedelta(days=9)
    event = make_output(site, "event", starts_at=soon, ends_at=soon, place="Here")
    for name, value in other.items():
        later = soon + datetime.timedelta(hours=1)
        setattr(event, name, later if name == "ends_at" else value)
    event.save()
    assert [what for _thing, what, _mark in _told()] == ["changed"]


def test_a_change_that_failed_and_is_saved_again_is_one(
    site: MadeSite,
) -> None:
    soon = timezone.now() + datetime.timedelta(days=9)
    event = make_output(site, "event", starts_at=soon, ends_at=soon)
    event.called_off = True
    pre_save.send(type(event), instance=event, raw=False, using="default", update_fields=None)
    event.save()
    assert len(_told()) == 1


def test_corrections_are_told_with_their_words_and_withdrawals_to_nobody(site: MadeSite) -> None:
    page = make_output(site)
    for _turn in range(2):
        output_corrected.send(None, key=page.translation_key, number=4, note="A figure was wrong.")
    page.unpublish()
    corrected, withdrawn = Happening.objects.order_by("pk")
    assert (corrected.what, corrected.mark, corrected.note) == (
        "corrected",
        "4",
        "A figure was wrong.",
    )
    assert withdrawn.what == "withdrawn"
    assert withdrawn.matched_at is not None


def test_figures_are_new_where_they_differ_and_are_of_late(db: None) -> None:
    days = [TODAY - datetime.timedelta(days=number) for number in (400, 40, 2, 1)]
    kept(applicants(BE=VALUES), days[0].isoformat())
    kept(applicants(BE=[*VALUES[:5], 1766]), days[1].isoformat())
    assert _told() == []
    kept(applicants(BE=[*VALUES[:5], 1767]), days[2].isoformat())
    code = "migr_asyappctzm"
    mark = f"{code} {days[2].isoformat()}"
    told = _told()
    assert ("statistics:indicator-first-time-applicants", "figures", mark) in told
    assert ("statistics:country-be", "figures", days[2].isoformat()) in told
    kept(applicants(BE=[*VALUES[:5], 1767]), days[3].isoformat())
    assert _told() == told


def test_a_version_of_the_glossary_tells_of_other_definitions(db: None) -> None:
    def change(kind: str, concept: str, *fields: str) -> dict[str, Any]:
        told = [{"field": one, "language": "en", "before": [], "after": []} for one in fields]
        return {"kind": kind, "concept": concept, "label": concept, "fields": told}

    SchemeVersion.objects.create(number="1.0", published_on=TODAY)
    changes = [
        change("changed", "asylum", "definition", "note"),
        change("changed", "return", "preferred"),
        change("removed", "gone", "definition"),
        change("added", "fresh"),
    ]
    SchemeVersion.objects.create(number="1.1", published_on=TODAY, diff={"changes": changes})
    many = [change("added", f"new-{number}") for number in range(300)]
    SchemeVersion.objects.create(number="1.2", published_on=TODAY, diff={"changes": many})
    assert _told() == [("concept:asylum", "definition", "1.1"), ("concept:fresh", "new", "")]


def test_answers_that_come_to_a_public_query_are_told(db: None) -> None:
    query = made_query(asked=housing("lodging"), labels={"en": "Lodging"})
    key = f"consultation:{query.pk}"
    state_answers(query, "BE", {"feasible": "yes"}, sent_at=query.published_at)
    answers_changed.send(None, round=query.pk)
    assert _told() == [(key, "new", "")]
    late = state_answers(query, "FR", {"feasible": "yes"}, sent_at=timezone.now())
    state_answers(query, "NL", {"feasible": "no"}, "network", sent_at=timezone.now())
    for _turn in range(2):
        answers_changed.send(None, round=query.pk)
    assert _told() == [(key, "new", ""), (key, "answered", f"FR {late.sent_on}")]
    Response.objects.all().delete()
    type(query).objects.update(is_listed=False)
    Happening.objects.all().delete()
    answers_changed.send(None, round=query.pk)
    assert _told() == []


def test_what_is_undone_has_not_happened(site: MadeSite) -> None:
    with transaction.atomic():
        _publish(_drafted(site))
        assert len(_told()) == 1
        transaction.set_rollback(True)
    assert _told() == []


# --- the worker's round ---


def test_a_round_matches_what_waits_once(site: MadeSite, engine: EmbeddedEngine) -> None:
    interest = interest_for(rule_of([["theme:asylum"]]))
    pages = [_publish(_drafted(site, themes=["asylum"])) for _turn in range(3)]
    _work()
    _work()
    assert Match.objects.filter(interest=interest).count() == len(pages)
    assert not Happening.objects.filter(matched_at=None).exists()


@pytest.mark.parametrize("way", ["restricted", "above", "unpublished", "by mistake"])
def test_what_is_opened_later_is_new_then(site: MadeSite, engine: EmbeddedEngine, way: str) -> None:
    interest_for(rule_of([["theme:asylum"]]))
    page = _drafted(site, themes=["asylum"])
    if way in ("restricted", "above"):
        closed = page if way == "restricted" else page.get_parent()
        restriction = PageViewRestriction.objects.create(page=closed, restriction_type="login")
    page = _publish(page)
    if way == "by mistake":
        _work()
        assert Match.objects.count() == 1
    if way in ("unpublished", "by mistake"):
        page.unpublish()
    _work()
    assert not Match.objects.exists()
    before = timezone.now()
    if way in ("restricted", "above"):
        restriction.delete()
    else:
        page = _publish(page)
        _publish(page)
    _work()
    match = Match.objects.select_related("happening").get()
    assert match.happening.at >= before, "who follows since then is told"


def test_a_translation_waits_until_it_was_compared(site: MadeSite, engine: EmbeddedEngine) -> None:
    page = make_output(site, themes=["asylum"])
    make_output(site, language="fr", translation_of=page, themes=["asylum"])
    before = timezone.now() - datetime.timedelta(days=3)
    type(page).objects.filter(pk=page.pk).update(first_published_at=before)
    interest_for(rule_of([["theme:asylum"]]))
    happened(output_key(page), What.TRANSLATED, mark="fr", language="fr")
    happened(output_key(page), What.TRANSLATED, mark="nl", language="nl")
    _work()
    assert not Match.objects.exists()
    Happening.objects.update(at=timezone.now() - rounds.SETTLES)
    _work()
    assert [one.happening.mark for one in Match.objects.select_related("happening")] == ["fr"]
    assert Happening.objects.get(mark="nl").untold == "aside", "there is no such version yet"


def test_where_the_index_is_away_a_search_waits(
    site: MadeSite, engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _publish(_drafted(site, title="Housing"))
    assert catch_up()
    interest_for(rule_of([["question:/en/search/?q=housing"]]))

    def away(*_args: Any) -> Any:
        raise UnavailableError("Away.")

    with monkeypatch.context() as patched:
        patched.setattr(engine, "frequencies", away)
        patched.setattr(rounds, "_percolator", None)
        assert rounds.match_waiting() is False
    assert Happening.objects.filter(thing=output_key(page), matched_at=None).exists()
    _work()
    assert Match.objects.count() == 1


def test_searches_are_taken_apart_anew_with_another_glossary(
    site: MadeSite, engine: EmbeddedEngine
) -> None:
    assert catch_up()
    interest = interest_for(rule_of([["question:/en/search/?q=housing"]]))
    interest_for(rule_of([["theme:asylum"]]))
    assert reread(10) == 0
    Interest.objects.filter(pk=interest.pk).update(read_with="older", needs=[])
    assert reread(10) == 1
    assert reread(10) == 0
    interest.refresh_from_db()
    assert any("a:housing" in need for need in interest.needs)


def test_what_is_followed_is_read_before_anything_happens(
    site: MadeSite, engine: EmbeddedEngine
) -> None:
    assert catch_up()
    assert not rounds.match_waiting()
    assert rounds._percolator is None, "nobody follows a search"
    interest = interest_for(rule_of([["question:/en/search/?q=housing"]]))
    Interest.objects.filter(pk=interest.pk).update(read_with="older", needs=[])
    for _turn in range(3):
        assert not rounds.match_waiting()
    interest.refresh_from_db()
    assert interest.needs
    assert rounds._percolator is not None
    assert rounds._percolator.rules.searches.keys() == {interest.pk}


def test_what_nobody_follows_is_forgotten_after_some_days(
    site: MadeSite, engine: EmbeddedEngine
) -> None:
    interest_for(rule_of([["theme:asylum"]]))
    assert forget_unfollowed() == 0
    Interest.objects.update(created_at=timezone.now() - datetime.timedelta(days=3))
    assert forget_unfollowed() == 1
    assert not Interest.objects.exists()
