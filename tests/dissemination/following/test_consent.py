"""What somebody agreed to, each time; one address is one whatever its case; a link opened twice."""

import importlib
import json
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from factories import MadeSite, make_concept

from contactpoint.dissemination.following.links import preferences_url
from contactpoint.dissemination.models import Delivery, Mailing, Subscriber, Subscription
from contactpoint.dissemination.newsletter.mails import of_a_reader
from contactpoint.dissemination.newsletter.readers import subscriptions_of

from .test_following import ADDRESS, confirmed, link, path, send


def exported(client: Client, subscriber: Subscriber) -> list[dict[str, Any]]:
    answer = client.get(path(preferences_url(subscriber)) + "export.json")
    found: list[dict[str, Any]] = json.loads(answer.content)["follows"]
    return found


def test_each_follow_keeps_the_sentence_its_language_and_its_day(
    site: MadeSite,
    reader: Client,
) -> None:
    anna = confirmed(reader, theme=["asylum"])
    year_before = anna.confirmed_at.replace(year=anna.confirmed_at.year - 1)
    Subscriber.objects.update(confirmed_at=year_before)
    Subscription.objects.update(agreed_at=year_before)
    send(reader, newsletter="on", language="fr")
    reader.post(link(mail.outbox))
    anna.refresh_from_db()
    first, second = exported(reader, anna)
    assert (first["agreed_in"], second["agreed_in"]) == ("en", "fr")
    assert "until I stop it" in first["agreed_to"]
    assert first["agreed_to"] != second["agreed_to"]
    assert first["agreed_at"].startswith(str(year_before.year))
    assert second["agreed_at"].startswith(str(timezone.now().year))
    page = reader.get(path(preferences_url(anna))).content.decode()
    assert page.count("<blockquote") == 2
    # The newsletter's mail tells the day of the newsletter.
    why = of_a_reader(anna, subscriptions_of(anna)).why
    assert str(timezone.localdate().year) in why
    assert str(year_before.year) not in why


def test_who_confirms_the_same_again_agreed_again(
    site: MadeSite,
    reader: Client,
) -> None:
    confirmed(reader, theme=["asylum"])
    Subscription.objects.update(agreed_to="Before", agreed_at=None)
    confirmed(reader, theme=["asylum"], rhythm="weekly")
    row = Subscription.objects.get()
    assert "until I stop it" in row.agreed_to
    assert row.agreed_at is not None


def test_an_address_is_one_whatever_its_case_and_is_kept_as_written(
    site: MadeSite,
    reader: Client,
) -> None:
    send(reader, theme=["asylum"], address="Anna@Example.org")
    reader.post(link(mail.outbox))
    send(reader, theme=["return"], address="ANNA@EXAMPLE.ORG")
    reader.post(link(mail.outbox))
    anna = Subscriber.objects.get()
    assert anna.address == "Anna@example.org"
    assert anna.subscriptions.count() == 2


def test_who_was_two_before_is_put_together(
    site: MadeSite,
    reader: Client,
) -> None:
    anna = confirmed(reader, theme=["asylum"])
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_address")
    other = Subscriber.objects.create(
        address=ADDRESS.upper(), language="fr", confirmed_at=timezone.now(), consented_to="Oui"
    )
    row = anna.subscriptions.get()
    same = other.subscriptions.create(interest=row.interest, rhythm="daily")
    send(reader, theme=["return"], address="ben@example.org")
    reader.post(link(mail.outbox))
    own = Subscription.objects.get(subscriber__address="ben@example.org")
    Subscription.objects.filter(pk=own.pk).update(subscriber=other)
    mailing = Mailing.objects.create(key="x", kind="alert")
    Delivery.objects.create(
        mailing=mailing, subscriber=other, about=[[7, same.pk], [8, own.pk]],
        domain="example.org", due_at=timezone.now(),
    )  # fmt: skip
    moved: Any = importlib.import_module("contactpoint.dissemination.migrations.0009_consents")
    moved.keep_consents(apps, None)
    moved.put_together(apps, None)
    kept = Subscriber.objects.get(address__iexact=ADDRESS)
    assert (kept.pk, kept.language) == (anna.pk, "fr")
    assert set(kept.subscriptions.values_list("pk", flat=True)) == {row.pk, own.pk}
    assert Delivery.objects.get().about == [[7, row.pk], [8, own.pk]]


def test_a_link_that_was_used_says_so_and_leads_to_what_they_follow(
    site: MadeSite,
    reader: Client,
) -> None:
    anna = confirmed(reader, theme=["asylum"])
    page = reader.get(link(mail.outbox)).content.decode()
    assert "confirmed already" in page
    assert 'name="confirm"' not in page
    assert preferences_url(anna) in page
    pressed = reader.post(link(mail.outbox))
    assert (pressed.status_code, pressed["Location"]) == (303, preferences_url(anna))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Global Compact for Safe, Orderly and Regular Migration", ["compact"]),
        ("return, Global Compact for Safe,Orderly and Regular Migration, asylum",
         ["asylum-term", "compact", "return-term"]),
    ],
)  # fmt: skip
def test_a_term_with_a_comma_can_be_written(
    site: MadeSite,
    reader: Client,
    written: str,
    found: list[str],
) -> None:
    make_concept("compact", en="Global Compact for Safe, Orderly and Regular Migration")
    make_concept("return-term", en="return")
    make_concept("asylum-term", en="asylum")
    assert send(reader, concept=written).status_code == 303
    reader.post(link(mail.outbox))
    assert Subscription.objects.get().interest.rule == [[f"concept:{one}" for one in found]]
    wrong = send(reader, concept="return, nothing of it, asylum")
    assert "no term “nothing of it”" in wrong.content.decode()
