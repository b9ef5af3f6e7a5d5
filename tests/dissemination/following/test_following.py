"""Asking to be told, saying yes, changing and stopping, as a reader meets it."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlencode

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from factories import MadeSite, make_concept
from people import person

from contactpoint.dissemination.following import limits, links
from contactpoint.dissemination.following.forms import FollowForm
from contactpoint.dissemination.following.links import preferences_url, unsubscribe_url
from contactpoint.dissemination.following.masking import FollowFilter
from contactpoint.dissemination.matching.rules import interest_for, parse
from contactpoint.dissemination.models import (
    Delivery,
    Happening,
    Interest,
    Mailing,
    Subscriber,
    Subscription,
)
from contactpoint.outputs.models.output import Kind

ADDRESS = "anna@example.org"


def fields(reader: Client, **more: Any) -> dict[str, Any]:
    """What somebody sends who read for a while."""
    page = reader.get("/en/follow/").content.decode()
    ticket = re.findall(r'name="ticket" value="([^"]+)"', page)[0]
    return {
        "ticket": ticket,
        "address": ADDRESS,
        "rhythm": "daily",
        "language": "en",
        "join": "all",
        "website": "",
        **more,
    }


def send(reader: Client, page: str = "/en/follow/", **more: Any) -> Any:
    given = fields(reader, **more)
    return reader.post(page, given)


def link(box: list[Any]) -> str:
    return re.findall(r"https?://[^/]+(/\w\w/follow/confirm/[^\s)>]+)", box[-1].body)[0]


def confirmed(reader: Client, **more: Any) -> Subscriber:
    send(reader, **more)
    reader.post(link(mail.outbox))
    return Subscriber.objects.get(address=more.get("address", ADDRESS))


def path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def test_nothing_is_kept_until_the_button_is_pressed(site: MadeSite, reader: Client) -> None:
    assert send(reader, theme=["asylum"]).status_code == 303
    assert not Subscriber.objects.exists()
    assert not Interest.objects.exists()
    page = reader.get(link(mail.outbox))
    assert page.status_code == 200
    assert "Asylum" in page.content.decode()
    assert not Subscriber.objects.exists(), "programs open links"
    assert not page.cookies
    assert reader.post(link(mail.outbox)).status_code == 303
    row = Subscription.objects.select_related("subscriber", "interest").get()
    assert (row.subscriber.address, row.rhythm) == (ADDRESS, "daily")
    assert row.interest.rule == [["theme:asylum"]]
    assert "until I stop it" in row.subscriber.consented_to


def test_lists_are_joined_by_and_or_by_or(site: MadeSite, reader: Client) -> None:
    chosen = {"theme": ["asylum", "return"], "country": ["BE"]}
    confirmed(reader, **chosen)
    confirmed(reader, join="any", **chosen)
    assert sorted(map(len, Interest.objects.values_list("rule", flat=True))) == [1, 2]
    assert [["country:BE", "theme:asylum", "theme:return"]] in list(
        Interest.objects.values_list("rule", flat=True)
    )


def test_the_language_that_was_chosen_last_is_that_of_the_mails(
    site: MadeSite, reader: Client
) -> None:
    confirmed(reader, theme=["asylum"])
    send(reader, theme=["return"], language="fr")
    answer = reader.post(link(mail.outbox))
    assert answer["Location"].split("/", 3)[3].startswith("fr/follow/mine/")
    assert Subscriber.objects.get().language == "fr"


def test_what_the_address_asks_for_has_to_hold_too(site: MadeSite, reader: Client) -> None:
    assert "You follow" in reader.get("/en/follow/?country=BE").content.decode()
    send(reader, "/en/follow/?country=BE", theme=["asylum"])
    reader.post(link(mail.outbox))
    assert Interest.objects.get().rule == [["country:BE"], ["theme:asylum"]]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Choose what you want to follow."),
        ({"concept": "no such term"}, "no such term"),
        ({"theme": ["asylum"], "address": "nobody"}, "valid"),
        ({"search": "https://elsewhere.example/"}, "is no address of a search"),
        ({"search": "http://evil.example/en/search/?q=a"}, "is no address of a search"),
        ({"theme": ["asylum"], "address": "a@[127.0.0.1]"}, "such as name@example.org"),
        ({"theme": ["asylum"], "website": "x"}, "has to stay empty"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_sent(
    site: MadeSite, reader: Client, given: dict[str, Any], said: str
) -> None:
    answer = send(reader, **given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not mail.outbox


def test_each_kind_is_named_in_the_language_of_the_page_and_taken(
    site: MadeSite, reader: Client
) -> None:
    with override("fr"):
        form = FollowForm(spoken="fr", asked=QueryDict())
    field: Any = form.fields["kind"]
    kinds = dict(field.choices)
    assert set(kinds) >= set(Kind.values)
    assert kinds["news-item"] == "Actualité"
    assert not [value for value, label in kinds.items() if label == value]
    assert send(reader, kind=list(kinds)).status_code == 303


@pytest.mark.parametrize(
    "written", ["applicant", "Asylum  Seeker", "asielzoeker", "applicant-for-protection"]
)
def test_a_term_is_found_by_whatever_the_glossary_calls_it(
    site: MadeSite, reader: Client, written: str
) -> None:
    make_concept(
        "applicant-for-protection",
        en="applicant",
        alternatives={"en": ["asylum seeker"], "nl": ["asielzoeker"]},
    )
    assert send(reader, concept=written).status_code == 303
    assert "applicant" in mail.outbox[-1].body


def test_what_is_asked_goes_along_to_another_language(site: MadeSite, reader: Client) -> None:
    page = reader.get("/fr/follow/?q=asile&theme=asylum").content.decode()
    assert 'href="/nl/follow/?q=asile&amp;theme=asylum"' in page


def test_a_foreign_page_sends_no_form(site: MadeSite, reader: Client) -> None:
    given = fields(reader, theme=["asylum"])
    answer = reader.post("/en/follow/", given, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400
    assert not mail.outbox


def test_the_mail_that_asks_quotes_nothing_that_was_written(site: MadeSite, reader: Client) -> None:
    scam = "URGENT your file https://evil.example"
    pages = [f"/en/follow/?{urlencode({'q': scam})}&theme=asylum", "/en/follow/"]
    for page, more in zip(
        pages, [{}, {"search": f"/en/search/?{urlencode({'q': scam})}"}], strict=True
    ):
        assert send(reader, page, **more).status_code == 303
        sent = mail.outbox[-1]
        for text in (sent.subject, sent.body, sent.alternatives[0][0]):
            assert "URGENT" not in text
            assert "evil" not in unquote(text)
        assert "a search of this site" in sent.body
    assert "URGENT" in reader.get(link(mail.outbox)).content.decode(), "who came by the link"


def test_one_address_gets_few_mails_and_nobody_learns_of_it(site: MadeSite, reader: Client) -> None:
    for _number in range(5):
        assert send(reader, theme=["asylum"]).status_code == 303
    assert len(mail.outbox) == 3


def test_one_place_sends_few_forms(site: MadeSite, reader: Client) -> None:
    codes = [send(reader, theme=["asylum"], address=f"r{n}@example.org").status_code
             for n in range(8)]  # fmt: skip
    assert codes == [303] * 6 + [429] * 2


def test_one_place_does_not_shut_the_form_for_others(
    site: MadeSite, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ALL_PLACES", {3_600: 10})
    for number in range(12):
        send(reader, theme=["asylum"], address=f"r{number}@example.org")
    other = Client(enforce_csrf_checks=True, REMOTE_ADDR="198.51.100.7")
    assert send(other, theme=["asylum"]).status_code == 303


def test_a_ticket_is_for_one_form(site: MadeSite, reader: Client) -> None:
    given = fields(reader, theme=["asylum"], address="nobody")
    assert reader.post("/en/follow/", given).status_code == 422
    given["address"] = ADDRESS
    assert reader.post("/en/follow/", given).status_code == 303, "what was wrong is corrected"
    again = reader.post("/en/follow/", {**given, "address": "other@example.org"})
    assert again.status_code == 409
    assert "sent already" in again.content.decode()
    assert len(mail.outbox) == 1
    fresh = re.findall(r'name="ticket" value="([^"]+)"', again.content.decode())[0]
    assert reader.post("/en/follow/", {**given, "ticket": fresh}).status_code == 303


def test_a_link_confirms_once_and_for_one_day(
    site: MadeSite, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed(reader, theme=["asylum"]).delete()
    again = reader.post(link(mail.outbox))
    assert again.status_code == 409
    assert "nothing is kept of you" in again.content.decode()
    monkeypatch.setattr(links, "CONFIRMS_FOR", -1)
    assert reader.post(link(mail.outbox)).status_code == 404
    assert reader.get("/en/follow/confirm/forged/").status_code == 404
    assert not Subscriber.objects.exists()


def test_a_used_link_is_remembered_when_what_places_keep_is_forgotten(
    site: MadeSite, reader: Client
) -> None:
    confirmed(reader, theme=["asylum"]).delete()
    cache.delete("following:salt")
    assert reader.post(link(mail.outbox)).status_code == 409


def test_a_digest_is_stopped_and_the_rest_goes_on(site: MadeSite, reader: Client) -> None:
    anna = follower("theme=asylum", "theme=return", "country=BE")
    *told, other = anna.subscriptions.order_by("pk")
    page = path(unsubscribe_url(anna, told))
    shown = reader.get(page).content.decode()
    assert "Asylum; Return" in shown
    assert "Belgium" not in shown
    reader.post(page, {"List-Unsubscribe": "One-Click"})
    assert list(anna.subscriptions.all()) == [other]


def follower(*rules: str) -> Subscriber:
    from django.utils import timezone  # noqa: PLC0415

    made = Subscriber.objects.create(
        address=ADDRESS, language="en", confirmed_at=timezone.now(), consented_to="Yes"
    )
    for rule in rules:
        made.subscriptions.create(
            interest=interest_for(parse(QueryDict(rule), "en")), rhythm="daily"
        )
    return made


def test_language_and_rhythm_are_changed_without_an_account(site: MadeSite, reader: Client) -> None:
    anna = follower("theme=asylum")
    row = anna.subscriptions.get()
    page = path(preferences_url(anna))
    assert ADDRESS in reader.get(page).content.decode()
    reader.post(page, {"save": "1", "language": "nl", f"rhythm-{row.pk}": "weekly"})
    row.refresh_from_db()
    anna.refresh_from_db()
    assert (anna.language, row.rhythm) == ("nl", "weekly")


def test_nobody_changes_what_another_follows(site: MadeSite, reader: Client) -> None:
    anna = follower("theme=asylum")
    other = Subscriber.objects.create(
        address="ben@example.org", language="en", confirmed_at=anna.confirmed_at
    )
    row = other.subscriptions.create(interest=anna.subscriptions.get().interest, rhythm="daily")
    reader.post(path(preferences_url(anna)), {"save": "1", f"rhythm-{row.pk}": "weekly"})
    reader.post(path(preferences_url(anna)), {"stop": str(row.pk)})
    row.refresh_from_db()
    assert row.rhythm == "daily"


@pytest.mark.parametrize(
    "given",
    [{"stop": "9223372036854775808"}, {"rhythm-" + "9" * 23: "daily"}, {"stop": "9" * 5000}],
)
def test_a_number_that_no_row_can_have_changes_nothing(
    site: MadeSite, reader: Client, given: dict[str, str]
) -> None:
    anna = follower("theme=asylum")
    assert reader.post(path(preferences_url(anna)), given).status_code < 400
    assert anna.subscriptions.count() == 1


def test_the_address_goes_with_the_last_subscription(site: MadeSite, reader: Client) -> None:
    anna = follower("theme=asylum", "theme=return")
    page = path(preferences_url(anna))
    for row in list(anna.subscriptions.all()):
        assert Subscriber.objects.exists()
        reader.post(page, {"stop": str(row.pk)})
    assert not Subscriber.objects.exists()
    assert reader.get(page).status_code == 404


def test_all_is_erased_by_one_button(site: MadeSite, reader: Client) -> None:
    anna = follower("theme=asylum", "theme=return")
    assert "erased" in reader.post(path(preferences_url(anna)), {"erase": "1"}).content.decode()
    assert not Subscriber.objects.exists()
    assert not Subscription.objects.exists()


def test_one_click_of_a_mail_program_stops_without_any_cookie(
    site: MadeSite, reader: Client
) -> None:
    anna = follower("theme=asylum", "theme=return")
    first = anna.subscriptions.order_by("pk")[0]
    page = path(unsubscribe_url(anna, [first]))
    assert reader.get(page).status_code == 200
    assert anna.subscriptions.count() == 2, "opening it stops nothing"
    answer = reader.post(page, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert anna.subscriptions.count() == 1
    assert reader.post(page, {"List-Unsubscribe": "One-Click"}).status_code == 200
    reader.post(path(unsubscribe_url(anna, None)), {"List-Unsubscribe": "One-Click"})
    assert not Subscriber.objects.exists()


def test_a_damaged_stop_link_says_that_nothing_was_stopped(site: MadeSite, reader: Client) -> None:
    anna = follower("theme=asylum")
    whole = path(unsubscribe_url(anna, None))
    for page in ("/en/follow/stop/rubbish/", whole[:-6] + "/"):
        for answer in (reader.get(page), reader.post(page, {"List-Unsubscribe": "One-Click"})):
            assert answer.status_code == 404
            shown = answer.content.decode()
            assert "This link is not complete" in shown
            assert "It is stopped" not in shown
            assert 'method="post"' not in shown
    assert anna.subscriptions.count() == 1


def test_a_link_of_somebody_who_is_gone_is_done_and_not_damaged(
    site: MadeSite, reader: Client
) -> None:
    anna = follower("theme=asylum")
    page = path(unsubscribe_url(anna, None))
    anna.delete()
    assert reader.post(page, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert "It is stopped" in reader.get(page).content.decode()


def test_what_is_kept_is_taken_along(site: MadeSite, reader: Client) -> None:
    anna = follower("theme=asylum&country=BE")
    found = json.loads(reader.get(path(preferences_url(anna)) + "export.json").content)
    assert found["address"] == ADDRESS
    assert found["consented_to"] == "Yes"
    assert found["follows"][0]["in_words"] == "Belgium and Asylum"
    assert found["bounces"] == 0


def test_mails_are_taken_along_with_what_they_told_and_what_their_server_said(
    site: MadeSite, reader: Client
) -> None:
    anna = follower("theme=asylum")
    now = timezone.now()
    told = Happening.objects.create(thing="outputs:1", what="new", at=now)
    Delivery.objects.create(
        mailing=Mailing.objects.create(key="at-once:1", kind="alert"), subscriber=anna,
        about=[[told.pk, anna.subscriptions.get().pk], [0, 0]], told={"outputs:1": {"day": "x"}},
        domain="example.org", state="refused", attempts=2, due_at=now, done_at=now,
        said="550 5.1.1 unknown",
    )  # fmt: skip
    found = json.loads(reader.get(path(preferences_url(anna)) + "export.json").content)
    (one,) = found["mails"]
    assert one["about"] == [{"thing": "outputs:1", "what": "new", "at": now.isoformat()}]
    assert one["told_of_events"] == {"outputs:1": {"day": "x"}}
    assert (one["server"], one["server_said"]) == ("example.org", "550 5.1.1 unknown")
    assert (one["state"], one["attempts"]) == ("refused", 2)


def test_secret_pages_are_kept_by_nobody(site: MadeSite, reader: Client) -> None:
    anna = follower("theme=asylum")
    for address in (preferences_url(anna), unsubscribe_url(anna, None)):
        answer = reader.get(path(address))
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]


def test_no_link_stands_in_a_log(site: MadeSite) -> None:
    anna = follower("theme=asylum")
    record = logging.LogRecord("x", 20, "", 1, "GET %s", (path(preferences_url(anna)),), None)
    FollowFilter().filter(record)
    assert record.getMessage() == "GET /en/follow/mine/–/"


def test_pages_of_following_need_no_script_and_no_style_of_their_own(
    site: MadeSite, reader: Client
) -> None:
    send(reader, theme=["asylum"])
    anna = follower("theme=asylum&country=BE")
    addresses = ["/en/follow/", "/en/follow/?theme=asylum", "/en/follow/sent/", link(mail.outbox)]
    addresses += [path(preferences_url(anna)), path(unsubscribe_url(anna, None))]
    for address in addresses:
        answer = reader.get(address)
        policy = answer["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        assert "form-action 'self'" in policy
        page = answer.content.decode().replace('<script type="application/ld+json">', "")
        assert not re.findall(r"<script(?![^>]* src=)[^>]*>|<style| style=| on[a-z]+=\"", page)


def test_a_mail_that_cannot_go_now_is_said(
    site: MadeSite, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_args: Any, **_kwargs: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", down)
    answer = send(reader, theme=["asylum"])
    assert answer.status_code == 503
    assert "just now" in answer.content.decode()


def test_administrators_find_and_erase_followers_and_make_none(site: MadeSite) -> None:
    anna = follower("theme=asylum")
    _user, admin = person("Administrators")
    assert ADDRESS in admin.get("/admin/followers/?q=anna").content.decode()
    assert ADDRESS not in admin.get("/admin/followers/?q=ben").content.decode()
    seen = admin.get(f"/admin/followers/inspect/{anna.pk}/").content.decode()
    assert ADDRESS in seen
    assert "Asylum" in seen
    taken = admin.get(f"/admin/followers/take/{anna.pk}/")
    assert json.loads(taken.content)["address"] == ADDRESS
    assert taken["Content-Disposition"].startswith("attachment")
    assert "no-store" in taken["Cache-Control"]
    for verb in ("new", f"edit/{anna.pk}"):
        admin.post(f"/admin/followers/{verb}/", {"language": "nl", "address": "ben@example.org"})
    assert list(Subscriber.objects.values_list("address", "language")) == [(ADDRESS, "en")]
    admin.post(f"/admin/followers/delete/{anna.pk}/")
    assert not Subscriber.objects.exists()


def test_moments_of_a_follower_are_by_one_clock_and_they_have_one_name(site: MadeSite) -> None:
    anna = follower("theme=asylum")
    moment = datetime(2026, 11, 26, 19, 51, tzinfo=UTC)
    Subscriber.objects.update(confirmed_at=moment, held_back_since=moment)
    _user, admin = person("Administrators")
    listed = admin.get("/admin/followers/").content.decode()
    seen = admin.get(f"/admin/followers/inspect/{anna.pk}/").content.decode()
    assert seen.count("8:51 p.m.") + seen.count("20:51") == 2
    for page in (listed, seen):
        assert "19:51" not in page
        assert "7:51" not in page
        assert "ubscriber" not in page
        assert "ollower" in page


def test_editors_see_no_address_of_a_follower(site: MadeSite) -> None:
    anna = follower("theme=asylum")
    _user, editor = person("Editors")
    for place in ("", f"inspect/{anna.pk}/", f"delete/{anna.pk}/", f"take/{anna.pk}/"):
        answer = editor.get(f"/admin/followers/{place}")
        assert answer.status_code == 302
        assert ADDRESS not in answer.content.decode()
    editor.post(f"/admin/followers/delete/{anna.pk}/")
    assert Subscriber.objects.exists()
