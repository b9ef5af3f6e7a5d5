"""A mail says of an event what is other since its reader was told, as everybody may read it now."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.http import QueryDict
from django.utils import timezone
from factories import MadeSite, make_output, make_site, make_theme
from wagtail.models import PageViewRestriction

from contactpoint.dissemination.alerts import composing  # noqa: F401 — registers its composer
from contactpoint.dissemination.alerts.occasions import begin_due
from contactpoint.dissemination.delivering.mailings import composer_of
from contactpoint.dissemination.matching import rounds
from contactpoint.dissemination.matching.happenings import What, happened
from contactpoint.dissemination.matching.listening import output_key
from contactpoint.dissemination.matching.rules import interest_for, parse
from contactpoint.dissemination.models import Delivery, Happening, Subscriber
from contactpoint.kit.letters import Letter
from contactpoint.outputs.models import Event

SECRET = "Secretroom"


@pytest.fixture
def site(db: None, settings: Any) -> MadeSite:
    settings.BASE_URL = "https://portal.example.org"
    made = make_site()
    make_theme("asylum", en="Asylum", fr="Asile")
    return made


def follows(language: str = "en") -> Subscriber:
    reader = Subscriber.objects.create(
        address=f"{language}@example.org", language=language,
        confirmed_at=timezone.now(), consented_to="Yes",
    )  # fmt: skip
    interest = interest_for(parse(QueryDict("theme=asylum"), language))
    row = reader.subscriptions.create(interest=interest, rhythm="at-once")
    type(row).objects.filter(pk=row.pk).update(since=timezone.now() - timedelta(days=9))
    return reader


def event(site: MadeSite, **more: Any) -> Any:
    starts = (timezone.now() + timedelta(days=90)).replace(minute=0)
    given = {"title": "Meeting", "themes": ["asylum"], "starts_at": starts, "place": "Ghent"}
    made = make_output(site, "event", **{**given, **more})
    Happening.objects.filter(what="new").delete()
    return made


def french(site: MadeSite, page: Any, place: str = "Gand") -> Any:
    return make_output(
        site, "event", title="Réunion", language="fr", translation_of=page, themes=["asylum"],
        starts_at=page.starts_at, place=place,
    )  # fmt: skip


def save(page: Any, **fields: Any) -> None:
    """As a page is published: from the row, with something else."""
    row = Event.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def sent() -> list[Letter]:
    """What goes out now, as its sender does it."""
    while rounds.match_waiting():
        pass
    while begin_due(timezone.now() + timedelta(minutes=3)):
        pass
    found = []
    rows = Delivery.objects.filter(state="waiting").select_related("mailing", "subscriber")
    for row in rows.order_by("pk"):
        letter = composer_of("alert").compose(row)
        Delivery.objects.filter(pk=row.pk).update(
            state="sent" if letter else "dropped", taken_at=timezone.now()
        )
        if letter is not None:
            found.append(letter)
    return found


def close(page: Any) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def kept() -> str:
    """All that stands in rows of happenings and deliveries."""
    return repr([
        *Happening.objects.values_list("detail", "note"), *Delivery.objects.values_list("told")
    ])  # fmt: skip


def test_what_a_closed_original_says_is_never_told_while_others_are_open(site: MadeSite) -> None:
    follows("en")
    follows("fr")
    page = event(site)
    open_page = french(site, page)
    restriction = close(page)
    save(page, place=SECRET, starts_at=page.starts_at + timedelta(days=1))
    assert sent() == []
    assert SECRET not in kept()
    save(open_page, place="Anvers")
    told = sent()
    assert [letter.language for letter in told] == ["en", "fr"]
    for letter in told:
        assert "Anvers" in letter.text
        assert "Gand" in letter.text
        assert SECRET not in letter.text
    save(page, place="Namur")
    restriction.delete()
    save(page, place="Arlon")
    for letter in sent():
        assert SECRET not in letter.text
    assert SECRET not in kept()


def test_what_was_set_while_all_was_closed_is_told_without_what_it_was(site: MadeSite) -> None:
    follows()
    page = event(site)
    restriction = close(page)
    save(page, place=SECRET)
    save(page, place="Antwerp")
    assert sent() == []
    restriction.delete()
    [letter] = sent()
    assert "New place: Antwerp" in letter.text
    assert "before:" not in letter.text
    assert SECRET not in kept() + letter.text


def test_what_was_set_and_taken_back_while_all_was_closed_is_not_told(site: MadeSite) -> None:
    follows()
    page = event(site)
    restriction = close(page)
    save(page, place=SECRET)
    save(page, place="Ghent")
    restriction.delete()
    assert sent() == []


def test_what_is_other_when_an_event_is_published_again_is_told(site: MadeSite) -> None:
    follows()
    page = event(site)
    page = Event.objects.get(pk=page.pk)
    page.first_published_at = timezone.now() - timedelta(days=9)
    page.save()
    page.unpublish()
    page = Event.objects.get(pk=page.pk)
    page.place = "Antwerp"
    page.save_revision().publish()
    [letter] = sent()
    assert letter.subject == "Changed: Meeting"
    assert "New place: Antwerp" in letter.text
    assert "before:" not in letter.text


def test_what_is_closed_after_it_was_noted_is_not_told(site: MadeSite) -> None:
    follows("fr")
    page = event(site)
    french(site, page)
    save(page, place="Antwerp")
    close(page)
    assert sent() == [], "the page that is open says what it said"


def test_a_reader_is_told_in_their_language_or_the_original_s(site: MadeSite) -> None:
    follows("fr")
    page = event(site)
    translation = french(site, page)
    save(page, place="Antwerp")
    [letter] = sent()
    assert "Antwerp" in letter.text
    save(translation, place="Anvers")
    assert sent() == [], "told already"
    save(page, place="Liege")
    save(translation, place="Liège")
    [letter] = sent()
    assert "Liège" in letter.text
    assert "Anvers" in letter.text


def test_a_mistake_that_was_put_right_is_not_told(site: MadeSite) -> None:
    follows()
    page = event(site)
    save(page, place="Wrong")
    save(page, place="Ghent")
    assert sent() == []


def test_a_mistake_that_is_put_right_between_two_mails_is_told_as_it_is(site: MadeSite) -> None:
    follows()
    page = event(site)
    save(page, place="Wrong")
    rounds.match_waiting()
    begin_due(timezone.now() + timedelta(minutes=3))
    save(page, place="Antwerp")
    [letter] = sent()
    assert "New place: Antwerp · before: Ghent" in letter.text
    save(page, place="Bruges")
    [letter] = sent()
    assert "New place: Bruges · before: Antwerp" in letter.text


def test_what_is_called_off_held_and_called_off_again_is_told_once(site: MadeSite) -> None:
    follows()
    page = event(site)
    for is_off in (True, False, True):
        save(page, called_off=is_off)
        rounds.match_waiting()
        begin_due(timezone.now() + timedelta(minutes=3))
    [letter] = sent()
    assert letter.subject == "Called off: Meeting"
    save(page, called_off=False)
    [letter] = sent()
    assert letter.subject == "Changed: Meeting"
    assert "It takes place after all." in letter.text


def test_what_happens_to_one_event_within_minutes_is_one_mailing(site: MadeSite) -> None:
    follows()
    page = event(site)
    for place in ("Antwerp", "Bruges", "Liège"):
        save(page, place=place)
        rounds.match_waiting()
    first = Happening.objects.order_by("pk")[0]
    Happening.objects.filter(pk=first.pk).update(matched_at=timezone.now() - timedelta(minutes=2))
    begin_due(timezone.now())
    assert len(Delivery.objects.get().about) == 3


def test_a_new_place_of_what_is_called_off_says_that_it_still_is(site: MadeSite) -> None:
    follows()
    page = event(site, called_off=True)
    save(page, place="Antwerp")
    [letter] = sent()
    assert "It is still called off" in letter.text
    assert "New place: Antwerp" in letter.text


def test_another_end_and_that_it_is_online_are_told(site: MadeSite) -> None:
    follows()
    page = event(site)
    page.ends_at = page.starts_at + timedelta(hours=2)
    save(page, ends_at=page.ends_at)
    [letter] = sent()
    assert "New time:" in letter.text
    save(page, online=True)
    [letter] = sent()
    assert "New place: Ghent, and online · before: Ghent" in letter.text


def test_a_new_event_is_told_as_it_is(site: MadeSite) -> None:
    follows()
    page = event(site)
    happened(output_key(page), What.NEW)
    save(page, place="Antwerp")
    [letter] = sent()
    assert letter.subject == "New: Meeting"
    assert "Changed" not in letter.text
    assert "Ghent" not in letter.text
    assert sent() == []


def test_a_subject_says_what_happened_and_first_what_was_wrong(site: MadeSite) -> None:
    follows("en")
    for title in ("One", "Two"):
        page = make_output(site, "publication", title=title, themes=["asylum"])
        happened(output_key(page), What.NEW)
    [letter] = sent()
    assert letter.subject == "2 things are new"
    moved, off = event(site, title="Moved"), event(site, title="Off")
    happened(output_key(page), What.CORRECTED, mark="1")
    other = make_output(site, "publication", title="Three", themes=["asylum"])
    happened(output_key(other), What.NEW)
    save(moved, place="Antwerp")
    save(off, called_off=True)
    [letter] = sent()
    assert letter.subject == (
        "1 correction · 1 event called off · 1 event changed · 1 thing is new"
    )
    order = [letter.text.index(f"\n{title}\n") for title in ("Two", "Off", "Moved", "Three")]
    assert order == sorted(order)


def test_words_that_were_kept_before_are_forgotten_and_what_was_aside_stays_so(
    site: MadeSite,
) -> None:
    state = {"place": SECRET, "called_off": False}
    happened("output:1", What.CHANGED, detail={"language": "en", "before": state, "after": state})
    happened("output:2", What.NEW, detail={"hidden": True})
    happened("concept:3", What.DEFINITION, detail={"languages": ["fr"]})
    name = "contactpoint.dissemination.migrations.0011_untold"
    import_module(name).nothing_hidden_is_kept(apps, None)
    rows = Happening.objects.order_by("pk").values_list("detail", "untold")
    assert list(rows) == [({}, ""), ({}, "aside"), ({"languages": ["fr"]}, "")]
