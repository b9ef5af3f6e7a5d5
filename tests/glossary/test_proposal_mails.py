"""Who wants to hear the outcome confirms, hears it once, and is forgotten."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult
from factories import LANGUAGES, make_concept, make_site

from contactpoint.glossary.models import Proposal, ProposalAddress
from contactpoint.glossary.proposals import actions, limits, mails
from contactpoint.glossary.proposals.actions import (
    Taking,
    accept_proposal,
    confirm_address,
    decline_proposal,
    receive,
)
from contactpoint.glossary.proposals.mails import forget_addresses
from contactpoint.kit import housekeeping, outbox
from contactpoint.kit.jobs import JobRunner, TryLaterError
from contactpoint.kit.mail import UndeliverableError

READER = "reader@example.org"
TYPED = "Buy cheap pills at buy.example"
BROWSER = {"REMOTE_ADDR": "198.51.100.7"}


@pytest.fixture
def site(db: None) -> None:
    make_site()
    make_concept("asylum", en="asylum")


def propose(reference: str = "ref", *, email: str = READER, language: str = "en") -> Proposal:
    return receive(
        {"language": "pl", "text": TYPED, "source": TYPED, "remark": TYPED},
        kind="translation",
        concept=make_concept("asylum"),
        reference=reference,
        email=email,
        reader_language=language,
    )


def link() -> str:
    """The address in the newest mail."""
    found = re.search(r"http://\S+?(/\w+/glossary/proposals/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def tell_all() -> None:
    outbox.drain()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_mail_asks_in_the_reader_s_language_and_holds_nothing_that_was_typed(
    site: None, language: str
) -> None:
    propose(language=language)
    (message,) = mail.outbox
    assert message.to == [READER]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert message.extra_headers["Content-Language"] == language
    assert not message.alternatives, "no markup, so nothing that could follow a reader"
    assert "pills" not in message.subject + message.body
    with translation.override(language):
        assert message.subject == translation.gettext(
            "Do you want to hear what becomes of your proposal?"
        )
    assert link().startswith(f"/{language}/glossary/proposals/confirm/")


def test_only_the_hash_of_the_token_is_kept(site: None) -> None:
    propose()
    token = link().rstrip("/").rpartition("/")[2]
    kept = ProposalAddress.objects.get().token_hash
    assert token not in kept
    assert kept == mails.hashed(token)
    assert len(token) >= 40


def test_no_job_holds_an_address_or_a_token(site: None, settings: Any) -> None:
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}
    }
    propose()
    while JobRunner().run_one():
        pass
    assert len(mail.outbox) == 1
    token = link().rstrip("/").rpartition("/")[2]
    jobs = repr(list(DBTaskResult.objects.values()))
    assert "ask" in jobs
    assert READER not in jobs
    assert token not in jobs


def test_opening_the_link_confirms_nothing_and_the_button_does(site: None, client: Client) -> None:
    propose()
    page = client.get(link())
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "no-referrer"
    assert ProposalAddress.objects.get().confirmed_at is None
    done = Client(enforce_csrf_checks=True).post(link())
    assert done.status_code == 200
    assert not done.cookies
    assert ProposalAddress.objects.get().confirmed_at is not None
    assert READER not in done.content.decode() + page.content.decode()


def test_a_second_confirmation_changes_nothing_and_48_hours_are_the_limit(
    site: None, client: Client
) -> None:
    propose()
    first = link()
    assert "Keep this mail" in mail.outbox[-1].body
    client.post(first)
    confirmed = ProposalAddress.objects.values().get()
    again = client.post(first)
    assert "We will write to you once" in again.content.decode()
    assert ProposalAddress.objects.values().get() == confirmed
    propose("second", email="other@example.org")
    ProposalAddress.objects.update(asked_at=timezone.now() - timedelta(hours=48, minutes=1))
    late = client.post(link())
    assert late.status_code == 410
    assert "48 hours" in late.content.decode()
    assert ProposalAddress.objects.get(email="other@example.org").confirmed_at is None
    assert client.get("/en/glossary/proposals/confirm/x/").status_code == 404


def test_who_confirms_twice_after_the_decision_hears_it_once(site: None) -> None:
    proposal = propose()
    address = ProposalAddress.objects.select_related("proposal").get()
    decline_proposal(proposal, "No.", user=None)
    address.proposal.refresh_from_db()
    enqueued: list[int] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(actions, "tell", SimpleNamespace(enqueue=enqueued.append))
        assert confirm_address(address) is True
        assert confirm_address(address) is False
    assert enqueued == [proposal.pk]


@pytest.mark.parametrize("late", [False, True])
def test_consent_is_withdrawn_on_the_same_page_before_the_decision(
    site: None, client: Client, late: bool
) -> None:
    proposal = propose()
    client.post(link())
    assert ProposalAddress.objects.exists()
    if late:
        ProposalAddress.objects.update(asked_at=timezone.now() - timedelta(days=30))
    page = client.get(link())
    assert page.status_code == 200
    assert "Delete my address" in page.content.decode()
    assert "Yes, write to me" not in page.content.decode()
    assert ProposalAddress.objects.exists(), "opening it deletes nothing"
    gone = Client(enforce_csrf_checks=True).post(link(), {"forget": "1"})
    assert "Your address is deleted" in gone.content.decode()
    assert not ProposalAddress.objects.exists()
    assert client.get(link()).status_code == 404
    decline_proposal(proposal, "No.", user=None)
    tell_all()
    assert len(mail.outbox) == 1


def test_an_address_that_nobody_confirmed_in_time_can_be_deleted_at_once(
    site: None, client: Client
) -> None:
    propose()
    ProposalAddress.objects.update(asked_at=timezone.now() - timedelta(hours=49))
    page = client.get(link()).content.decode()
    assert "Delete my address" in page
    assert "Yes, write to me" not in page
    client.post(link(), {"forget": "1"})
    assert not ProposalAddress.objects.exists()


def test_whoever_did_not_ask_deletes_the_address_at_once(site: None, client: Client) -> None:
    propose()
    answer = client.post(link(), {"forget": "1"})
    assert "deleted" in answer.content.decode()
    assert not ProposalAddress.objects.exists()
    assert Proposal.objects.exists()


def test_the_outcome_is_told_once_and_then_the_address_is_gone(site: None, client: Client) -> None:
    proposal = propose()
    client.post(link())
    accept_proposal(proposal, Taking(label="azyl"), user=None)
    assert len(mail.outbox) == 1, "told by the worker, not while the editor waits"
    tell_all()
    assert len(mail.outbox) == 2
    message = mail.outbox[-1]
    assert message.to == [READER]
    assert "accepted" in message.subject
    assert "will be in" not in message.body, "nobody promises what editors may yet set aside"
    assert link() == "/en/glossary/proposals/ref/"
    assert "pills" not in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert not ProposalAddress.objects.exists()
    mails.tell.call(proposal.pk)
    assert len(mail.outbox) == 2


def test_a_refusal_says_why_in_the_reader_s_language(site: None, client: Client) -> None:
    proposal = propose(language="fr")
    client.post(link())
    decline_proposal(proposal, "It is in the glossary as “azyl”.", user=None)
    tell_all()
    message = mail.outbox[-1]
    assert message.extra_headers["Content-Language"] == "fr"
    assert "It is in the glossary as “azyl”." in message.body
    assert "/fr/glossary/proposals/ref/" in message.body


def test_nobody_is_told_who_did_not_confirm(site: None) -> None:
    proposal = propose()
    decline_proposal(proposal, "No.", user=None)
    tell_all()
    assert len(mail.outbox) == 1
    assert ProposalAddress.objects.exists()


def test_who_confirms_after_the_decision_hears_it_at_once(site: None, client: Client) -> None:
    proposal = propose()
    decline_proposal(proposal, "No.", user=None)
    tell_all()
    client.post(link())
    assert "declined" in mail.outbox[-1].subject
    assert not ProposalAddress.objects.exists()


def test_a_busy_mail_server_keeps_the_address_until_the_next_attempt(
    site: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = propose()
    client.post(link())

    def busy(*_args: Any, **_kwargs: Any) -> None:
        raise TryLaterError("busy")

    Proposal.objects.update(status=Proposal.Status.ACCEPTED)
    with monkeypatch.context() as patched:
        patched.setattr(mails, "send_now", busy)
        with pytest.raises(TryLaterError):
            mails.tell.call(proposal.pk)
    assert ProposalAddress.objects.exists()
    mails.tell.call(proposal.pk)
    assert len(mail.outbox) == 2
    assert not ProposalAddress.objects.exists()


def test_an_address_that_is_refused_for_good_is_deleted(
    site: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = propose()
    client.post(link())

    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise UndeliverableError("no such mailbox")

    Proposal.objects.update(status=Proposal.Status.ACCEPTED)
    monkeypatch.setattr(mails, "send_now", refuse)
    mails.tell.call(proposal.pk)
    assert not ProposalAddress.objects.exists()


def test_an_address_gets_three_questions_a_day_and_the_reader_sees_no_difference(
    site: None, client: Client
) -> None:
    pages = set()
    for number in range(limits.MAILS_TO_AN_ADDRESS_A_DAY + 2):
        proposal = propose(f"r{number}")
        page = client.get(proposal.get_absolute_url()).content.decode()
        pages.add(page.replace(proposal.reference, "…"))
    assert len(mail.outbox) == limits.MAILS_TO_AN_ADDRESS_A_DAY
    assert len(set(map(_without_times, pages))) == 1


def _without_times(page: str) -> str:
    return re.sub(r'<svg aria-hidden="true".*?</svg>', "", page, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("age", "confirmed", "decided", "stays"),
    [
        (timedelta(hours=47), False, None, True),
        (timedelta(hours=49), False, None, False),
        (timedelta(days=100), True, None, True),
        (timedelta(days=366), True, None, False),
        (timedelta(days=20), True, timedelta(days=13), True),
        (timedelta(days=20), True, timedelta(days=15), False),
    ],
)
def test_the_worker_forgets_addresses_in_time(
    site: None, age: timedelta, confirmed: bool, decided: timedelta | None, stays: bool
) -> None:
    propose()
    now = timezone.now()
    ProposalAddress.objects.update(
        asked_at=now - age, confirmed_at=now - age if confirmed else None
    )
    if decided:
        Proposal.objects.update(status="accepted", decided_at=now - decided)
    assert forget_addresses in housekeeping._tasks, "the worker knows of it"
    housekeeping.tidy()
    assert ProposalAddress.objects.exists() is stays
    assert Proposal.objects.exists()
