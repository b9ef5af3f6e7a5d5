"""Proposals and tokens in the admin: who may see and do what, and what it costs."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from editing import PASSWORD, sign_in, sign_in_as
from factories import MadeSite, make_institution, make_output

from contactpoint.accounts.actions import create_editor
from contactpoint.api import tokens
from contactpoint.api.models import ApiToken, Proposal, Scope
from contactpoint.api.proposals import deciding
from contactpoint.api.proposals.receiving import received
from contactpoint.kit.days import short as short_day
from contactpoint.kit.days import short_moment

HOME = "/admin/"


def limited(client: Client, name: str, *permissions: str) -> Client:
    user = create_editor(f"{name}@portal.test", password=PASSWORD).user
    user.groups.clear()
    names = ["access_admin", *permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    sign_in_as(client, user)
    return client


@pytest.fixture
def token(site: MadeSite) -> ApiToken:
    until = timezone.now() + timedelta(days=1)
    return tokens.made(make_institution("fedasil"), "Site", list(Scope.values), until, None)[0]


def proposed(token: ApiToken, number: int = 1) -> Proposal:
    content = {"kind": "video", "title": {"en": f"Film {number}"}}
    return received(token, f"key-{number:08}", content)[0]


def of_what_is_there(token: ApiToken, site: MadeSite) -> Proposal:
    """A translation into a language that has its page already."""
    page = make_output(site, title="There")
    content = {"kind": "translation", "about": str(page.translation_key), "title": {"en": "Other"}}
    return received(token, "key-00000001", content)[0]


def is_refused(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"] == HOME


def test_an_administrator_makes_a_token_which_is_shown_once(client: Client, site: MadeSite) -> None:
    partner = make_institution("fedasil")
    sign_in(client, administrator=True)
    until = timezone.localdate() + timedelta(days=30)
    filled = {
        "institution": partner.pk, "title": "Their site", "scopes": [Scope.EVENTS],
        "valid_until": until.isoformat(),
    }  # fmt: skip
    path = reverse("api_make_token")
    assert client.get(path).status_code == 200
    late = {**filled, "valid_until": (until + timedelta(days=3000)).isoformat()}
    assert b"two years from now" in client.post(path, late).content
    answer = client.post(path, filled)
    (shown,) = re.findall(r"cpt_[A-Za-z0-9_-]{43}", answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    row = ApiToken.objects.get()
    assert (row.digest, row.scopes, row.institution) == (
        tokens.digest_of(shown), [Scope.EVENTS], partner,
    )  # fmt: skip
    assert timezone.localdate(row.expires_at) == until + timedelta(days=1)
    listed = client.get(reverse("api_tokens")).content.decode()
    assert short_day(until) in listed
    assert short_day(until + timedelta(days=1)) not in listed
    listed = client.get(reverse("api_tokens")).content.decode()
    assert "Their site" in listed
    assert shown not in listed
    client.post(reverse("api_revoke_token", args=[row.pk]))
    row.refresh_from_db()
    assert not row.is_valid


@pytest.mark.parametrize("name", ["api_tokens", "api_make_token"])
def test_editors_make_and_see_no_tokens(client: Client, token: ApiToken, name: str) -> None:
    assert client.get(reverse(name)).status_code == 302
    sign_in(client)
    assert is_refused(client.get(reverse(name)))
    assert is_refused(client.post(reverse("api_revoke_token", args=[token.pk])))
    token.refresh_from_db()
    assert token.is_valid


def test_only_who_may_sees_and_decides_proposals(client: Client, token: ApiToken) -> None:
    one = proposed(token)
    path = reverse("api_proposal", args=[one.pk])
    assert client.get(path).status_code == 302
    limited(client, "nobody")
    assert is_refused(client.get(path))
    assert is_refused(client.get(reverse("api_proposals")))
    limited(client, "reader", "view_proposal")
    assert b"Refuse" not in client.get(path).content
    assert is_refused(client.post(path, {"refuse": "1", "said": "No."}))
    limited(client, "decider", "view_proposal", "change_proposal")
    shown = client.get(path).content
    assert b"Refuse" in shown
    assert b"Make a draft" not in shown  # may add no page there
    assert client.post(path, {"accept": "1", "said": ""}).status_code == 200
    one.refresh_from_db()
    assert one.waits


def test_what_waits_stands_on_the_dashboard_and_in_the_list(
    client: Client, token: ApiToken
) -> None:
    proposed(token)
    sign_in(client)
    assert b"Film 1" in client.get(HOME).content
    path = reverse("api_proposals")
    assert b"Film 1" in client.get(path).content
    Proposal.objects.update(state=Proposal.State.REFUSED)
    assert b"Film 1" not in client.get(path).content
    assert b"Film 1" in client.get(f"{path}?show=all").content
    assert b"Film 1" not in client.get(HOME).content


def test_the_lists_cost_the_same_however_much_waits(client: Client, token: ApiToken) -> None:
    sign_in(client, administrator=True)

    def cost(name: str) -> int:
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        return len(queries)

    proposed(token)
    few = cost("api_proposals"), cost("api_tokens")
    until = timezone.now() + timedelta(days=1)
    for number in range(2, 12):
        proposed(token, number)
        tokens.made(make_institution(f"i{number}"), "Site", [], until, None)
    assert (cost("api_proposals"), cost("api_tokens")) == few


def test_days_of_a_proposal_are_told_in_words(client: Client, token: ApiToken) -> None:
    content = {
        "kind": "event", "title": {"en": "Round table"},
        "starts": "2027-01-12T09:30:00+01:00", "ends": "2027-01-12T12:00:00+01:00",
    }  # fmt: skip
    row = received(token, "key-00000001", content)[0]
    sign_in(client, administrator=True)
    page = client.get(reverse("api_proposal", args=[row.pk])).content.decode()
    assert "12 Jan 2027, 09:30" in page
    assert "T09:30" not in page
    assert short_moment(row.made_at) in page
    assert short_moment(row.made_at) in client.get(reverse("api_proposals")).content.decode()


def test_of_a_translation_whose_pages_are_all_there_no_draft_is_promised(
    client: Client, token: ApiToken, site: MadeSite
) -> None:
    row = of_what_is_there(token, site)
    sign_in(client, administrator=True)
    shown = client.get(reverse("api_proposal", args=[row.pk])).content.decode()
    assert "There is a page in this language already" in shown
    assert "Make a draft of it" not in shown
    assert "Accept and open the page" in shown


def test_who_accepts_what_was_taken_back_is_told_so(client: Client, token: ApiToken) -> None:
    row = proposed(token)
    sign_in(client, administrator=True)
    deciding.withdraw(row)
    answer = client.post(reverse("api_proposal", args=[row.pk]), {"accept": "1"}, follow=True)
    page = answer.content.decode()
    assert "Somebody has decided on it already, or it was withdrawn." in page
    assert "You may not add pages there" not in page


def test_a_translation_that_made_no_page_promises_none(
    client: Client, token: ApiToken, site: MadeSite
) -> None:
    row = of_what_is_there(token, site)
    sign_in(client, administrator=True)
    answer = client.post(reverse("api_proposal", args=[row.pk]), {"accept": "1"}, follow=True)
    shown = answer.content.decode()
    assert "No page was made" in shown
    assert "nothing is published yet" not in shown


def test_a_correction_of_what_is_gone_waits(
    client: Client, token: ApiToken, site: MadeSite
) -> None:
    page = make_output(site, title="There")
    content = {"kind": "correction", "about": str(page.translation_key), "text": {"en": "Wrong."}}
    row = received(token, "key-00000001", content)[0]
    page.delete()
    sign_in(client, administrator=True)
    answer = client.post(reverse("api_proposal", args=[row.pk]), {"accept": "1"}, follow=True)
    assert "What this is about is no longer there." in answer.content.decode()
    row.refresh_from_db()
    assert row.waits
