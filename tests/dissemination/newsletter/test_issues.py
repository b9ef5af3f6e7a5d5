"""An issue is made of what is public, in each language, and stays as it was when it has left."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from factories import MadeSite, make_output
from wagtail.models import Page

from contactpoint.dissemination.delivering.mailings import composer_of
from contactpoint.dissemination.delivering.messages import message
from contactpoint.dissemination.following.links import stopped_by
from contactpoint.dissemination.matching.happenings import What, happened
from contactpoint.dissemination.models import Delivery, Issue, Mailing
from contactpoint.dissemination.newsletter import sending
from contactpoint.dissemination.newsletter.editions import editions
from contactpoint.dissemination.newsletter.gathering import gathered, proposed
from contactpoint.dissemination.newsletter.sending import NotReadyError, cancel, schedule, work
from contactpoint.kit.letters import Letter
from contactpoint.outputs.models import Correction, Output

from .conftest import arrange, issue_of, key, reader, restrict, sectioned


def left(issue: Issue) -> Issue:
    schedule(issue, timezone.now())
    assert work()
    issue.refresh_from_db()
    return issue


def letter(delivery: Delivery) -> Letter | None:
    return composer_of("newsletter").compose(delivery)


# --- what is new ---


def test_what_happened_and_what_is_to_come_is_proposed(site: MadeSite, study: Output) -> None:
    today = timezone.localdate()
    event = make_output(
        site, "event", title="Together",
        starts_at=timezone.now() + datetime.timedelta(days=9),
    )  # fmt: skip
    old = make_output(
        site, "news-item", title="Long ago", published_on=today - datetime.timedelta(900)
    )
    happened(key(old), What.CORRECTED, mark="1")
    found = {one.key: one.about for one in gathered(today - datetime.timedelta(days=31))}
    assert found[key(event)] == "coming"
    assert found[key(old)] == "corrected"


def test_what_is_closed_is_not_proposed(site: MadeSite, study: Output) -> None:
    happened(key(study), What.NEW)
    since = timezone.localdate()
    assert key(study) in {one.key for one in gathered(since)}
    for version in study.get_translations(inclusive=True):
        restrict(version)
    assert key(study) not in {one.key for one in gathered(since)}


def test_sections_may_be_themes(site: MadeSite, study: Output) -> None:
    happened(key(study), What.NEW)
    (made,) = proposed(timezone.localdate(), by_theme=True)
    assert made["value"]["about"] == "theme:asylum"


# --- languages ---


def test_an_item_is_in_the_language_of_the_edition_or_says_in_which(
    study: Output, news: Output
) -> None:
    made = editions(issue_of(study, news))
    assert [item.title for item in made["fr"].items] == ["Vivre ensemble", "A room for everybody"]
    assert [item.title_language for item in made["fr"].items] == ["", "en"]
    assert "Anglais" in made["fr"].items[1].facts
    assert made["fr"].sections[0].heading == "Publications"
    assert made["nl"].items[0].title == "Living together"


def test_editors_change_titles_and_teasers_in_one_language(study: Output) -> None:
    made = editions(issue_of(study, words={"title_en": "Read this", "teaser_fr": "Lisez."}))
    assert (made["en"].items[0].title, made["fr"].items[0].title) == ("Read this", "Vivre ensemble")
    assert made["fr"].items[0].teaser == "Lisez."


def test_an_introduction_that_is_not_there_is_borrowed_and_says_so(
    study: Output, client: Client
) -> None:
    issue = left(issue_of(study, introductions={"en": "Dear reader"}))
    page = client.get(f"/nl/newsletter/{issue.number}/").content.decode()
    assert '<p class="standfirst" lang="en" dir="ltr">Dear reader</p>' in page
    assert "Deze inleiding is in het Engels." in page
    english = client.get(f"/en/newsletter/{issue.number}/").content.decode()
    assert "This introduction is in" not in english


def test_a_thing_that_stands_twice_is_told_once(study: Output) -> None:
    issue = issue_of(study, study)
    assert len(editions(issue)["en"].items) == 1


def test_a_correction_says_what_was_changed_and_why(study: Output) -> None:
    Correction.objects.create(
        page=study, changes={"en": "Figure 3 was wrong.", "fr": "La figure 3 était fausse."},
        reasons={"en": "A slip."},
    )  # fmt: skip
    made = editions(issue_of(study, about="corrected"))
    assert made["en"].items[0].teaser == "Figure 3 was wrong. A slip."
    assert made["fr"].items[0].teaser.startswith("La figure 3 était fausse.")
    assert editions(issue_of(study))["en"].items[0].teaser == study.teaser


def test_an_event_to_come_shows_its_day_and_says_that_it_is_called_off(site: MadeSite) -> None:
    event = make_output(
        site, "event", title="Together", called_off=True,
        starts_at=timezone.now() + datetime.timedelta(days=9),
    )  # fmt: skip
    (item,) = editions(issue_of(event, about="coming"))["en"].items
    assert item.when == timezone.localdate() + datetime.timedelta(days=9)
    assert item.mark == "Called off"


def test_a_vacancy_that_is_closed_by_then_is_not_told(site: MadeSite) -> None:
    today = timezone.localdate()
    vacancy = make_output(site, "vacancy", title="A post", closes_on=today)
    issue = issue_of(vacancy, about="kind:vacancy")
    assert editions(issue)["en"]
    type(vacancy).objects.update(closes_on=today - datetime.timedelta(days=1))
    assert not editions(issue)["en"]


# --- leaving ---


def test_an_issue_leaves_at_its_hour_and_only_once(study: Output) -> None:
    reader("anna@example.org", "fr")
    reader("ben@example.org", newsletter=False)
    issue = issue_of(study)
    now = timezone.now()
    schedule(issue, now + datetime.timedelta(hours=1))
    assert not work(now)
    assert work(now + datetime.timedelta(hours=2))
    for _again in range(3):
        work(now + datetime.timedelta(hours=3))
    assert Mailing.objects.count() == 1
    assert list(Delivery.objects.values_list("subscriber__address", flat=True)) == [
        "anna@example.org"
    ]
    issue.refresh_from_db()
    assert (issue.state, issue.number, issue.editions.count()) == ("sending", 1, 4)


def test_it_is_sent_once_all_its_mails_are_done(study: Output) -> None:
    reader("anna@example.org")
    issue = left(issue_of(study))
    assert issue.state == "sending"
    Delivery.objects.update(state="sent", done_at=timezone.now())
    assert work()
    issue.refresh_from_db()
    Delivery.objects.all().delete()
    assert issue.state == "sent"
    assert sending.progress(issue)["sent"] == 1


def test_a_round_that_died_before_the_mails_were_written_goes_on(
    study: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader("anna@example.org")
    issue = issue_of(study)
    schedule(issue, timezone.now())

    def die(*_args: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(sending, "begin", die)
        with pytest.raises(SystemExit):
            work()
    issue.refresh_from_db()
    assert issue.number == 1
    assert not Delivery.objects.exists()
    assert work()
    assert Delivery.objects.count() == 1
    assert Issue.objects.get().number == 1


def test_it_can_be_called_back_before_it_leaves_and_not_later(study: Output) -> None:
    issue = issue_of(study)
    schedule(issue, timezone.now() + datetime.timedelta(hours=1))
    assert cancel(issue)
    assert not work(timezone.now() + datetime.timedelta(hours=2))
    left(issue)
    assert not cancel(issue)


def test_an_empty_issue_does_not_leave(study: Output) -> None:
    with pytest.raises(NotReadyError):
        schedule(Issue.objects.create(), timezone.now())


def test_an_issue_whose_things_are_all_gone_by_its_hour_is_a_draft_again(study: Output) -> None:
    issue = issue_of(study)
    schedule(issue, timezone.now())
    for version in study.get_translations(inclusive=True):
        version.unpublish()
    work()
    issue.refresh_from_db()
    assert (issue.state, issue.number) == ("draft", None)


def test_a_form_that_was_open_meanwhile_changes_nothing_of_what_left(study: Output) -> None:
    issue = issue_of(study, introductions={"en": "As it was"})
    stale = Issue.objects.get()
    left(issue)
    stale.introductions = {"en": "Something else"}
    stale.save()
    issue.refresh_from_db()
    assert issue.state == "sending"
    assert issue.editions.get(language="en").content["introduction"] == "As it was"


# --- the mail ---


def test_everybody_gets_it_in_their_language(study: Output) -> None:
    reader("anna@example.org", "fr")
    left(issue_of(study, titles={"fr": "Le logement"}))
    made = letter(Delivery.objects.get())
    assert made is not None
    assert made.subject == "Lettre d’information : Le logement"
    for text in (made.html, made.text):
        assert "Vivre ensemble" in text
        assert "https://portal.example.org/fr/newsletter/1/" in text
        assert "/fr/follow/stop/" in text
    assert "<img" not in made.html
    assert 'lang="fr"' in made.html


def test_one_click_ends_the_newsletter_and_nothing_else(study: Output) -> None:
    anna = reader("anna@example.org")
    left(issue_of(study))
    delivery = Delivery.objects.select_related("mailing", "subscriber").get()
    made = letter(delivery)
    assert made is not None
    sent = message(delivery, made, composer_of("newsletter").stops(delivery))
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "newsletter.portal.example.org" in sent.extra_headers["List-Id"]
    token = sent.extra_headers["List-Unsubscribe"].rstrip("/>").rpartition("/")[2]
    assert stopped_by(token) == (anna, [anna.subscriptions.get().pk])


def test_who_stopped_the_newsletter_meanwhile_gets_no_mail(study: Output) -> None:
    anna = reader("anna@example.org")
    left(issue_of(study))
    anna.subscriptions.all().delete()
    assert letter(Delivery.objects.get()) is None


def test_what_is_withdrawn_before_a_mail_is_sent_is_not_in_it(study: Output, news: Output) -> None:
    reader("anna@example.org", "fr")
    left(issue_of(study, news))
    news.unpublish()
    made = letter(Delivery.objects.get())
    assert made is not None
    assert "A room for everybody" not in made.html + made.text
    for version in study.get_translations(inclusive=True):
        restrict(version)
    assert letter(Delivery.objects.get()) is None


HIDING: dict[str, Callable[[Output], object]] = {
    "unpublished": lambda page: page.unpublish(),
    "expired": lambda page: Page.objects.filter(pk=page.pk).update(
        expire_at=timezone.now() - datetime.timedelta(minutes=2)
    ),
    "for those who are signed in": restrict,
    "under a closed list": lambda page: restrict(page.get_parent()),
    "deleted": lambda page: page.delete(),
}


@pytest.mark.parametrize("how", HIDING)
def test_nothing_hidden_is_told_by_mails_pages_or_feeds(
    how: str, study: Output, news: Output, client: Client
) -> None:
    reader("anna@example.org")
    issue = left(issue_of(study, news))
    HIDING[how](news)
    made = letter(Delivery.objects.get())
    assert made is not None
    told = made.subject + made.html + made.text
    for language in ("en", "fr", "nl", "de"):
        for rest in ("", f"{issue.number}/", "feed.atom", "feed.rss", "feed.json"):
            told += client.get(f"/{language}/newsletter/{rest}").content.decode()
    assert "A room for everybody" not in told
    assert "Living together" in told
    fresh = issue_of(study)
    fresh.sections = Issue.objects.get(pk=issue.pk).sections
    assert "A room for everybody" not in str(editions(fresh))


def test_a_language_that_is_taken_back_is_not_told_in_that_language(study: Output) -> None:
    reader("anna@example.org", "fr")
    left(issue_of(study, introductions={"fr": "Bonjour"}))
    Page.objects.get(title="Vivre ensemble").specific.unpublish()
    made = letter(Delivery.objects.get())
    assert made is not None
    assert "Vivre ensemble" not in made.html + made.text


def test_words_of_editors_are_text(study: Output) -> None:
    left(issue_of(study, introductions={"en": "<script>alert(1)</script>"},
                  words={"title_en": "<b>bold</b>"}))  # fmt: skip
    reader("anna@example.org")
    issue = Issue.objects.get()
    Mailing.objects.update(filled_at=None)
    work()
    made = letter(Delivery.objects.get(mailing__key=f"newsletter:{issue.pk}"))
    assert made is not None
    assert "<script>" not in made.html
    assert "<b>bold</b>" not in made.html
    assert "<b>bold</b>" in made.text


def test_the_plain_twin_is_lines_that_mail_programs_leave_alone(study: Output) -> None:
    reader("anna@example.org")
    left(issue_of(study, introductions={"en": "A long line. " * 30}))
    made = letter(Delivery.objects.get())
    assert made is not None
    lines = made.text.splitlines()
    assert all(len(line) <= 72 or "://" in line for line in lines)
    assert "* Living together" in lines
    assert "-- " in lines


# --- in public ---


def test_drafts_and_what_is_scheduled_are_not_public(study: Output, client: Client) -> None:
    issue = issue_of(study)
    schedule(issue, timezone.now() + datetime.timedelta(hours=1))
    assert client.get("/en/newsletter/1/").status_code == 404
    assert "Living together" not in client.get("/en/newsletter/").content.decode()


def test_the_page_is_as_it_was_sent_without_what_was_withdrawn(
    study: Output, news: Output, client: Client
) -> None:
    issue = left(issue_of(study, news))
    Page.objects.filter(pk=study.pk).update(title="Another title")
    news.unpublish()
    page = client.get(f"/en/newsletter/{issue.number}/").content.decode()
    assert "Living together" in page
    assert "Another title" not in page
    assert "A room for everybody" not in page
    assert " style=" not in page


def test_the_feed_tells_issues_with_their_opening(study: Output, client: Client) -> None:
    left(issue_of(study, titles={"en": "Homes"}, introductions={"en": "First.\n\nSecond."}))
    feed = client.get("/en/newsletter/feed.json").json()
    assert [(one["title"], one["summary"]) for one in feed["items"]] == [("Homes", "First.")]
    assert feed["items"][0]["url"] == "https://portal.example.org/en/newsletter/1/"
    for ending in ("atom", "rss"):
        assert client.get(f"/fr/newsletter/feed.{ending}").status_code == 200


def test_sections_keep_their_order(study: Output, news: Output) -> None:
    issue = Issue()
    arrange(issue, [sectioned("kind:news-item", [news]), sectioned("kind:publication", [study])])
    issue.save()
    made = editions(Issue.objects.get())["en"]
    assert [one.heading for one in made.sections] == ["News", "Publications"]
