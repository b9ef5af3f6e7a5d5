"""Pages lead to the form that is filled in with what they are about."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import unquote_plus

import pytest
from django.core import mail
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from factories import (
    MadeSite,
    make_concept,
    make_country,
    make_institution,
    make_output,
    make_site,
    make_theme,
)

from contactpoint.dissemination.following.forms import FollowForm
from contactpoint.dissemination.following.links import asked_by
from contactpoint.dissemination.matching.rules import (
    TooLargeRuleError,
    all_of,
    any_of,
    parse,
    rule_of,
)
from contactpoint.kit import tickets
from contactpoint.network.models import Country
from contactpoint.outputs.models import Output


@pytest.fixture
def site(db: None) -> MadeSite:
    made = make_site()
    make_country("BE", en="Belgium")
    make_country("FR", en="France")
    Country.objects.update(emn_status=Country.Status.MEMBER)
    make_theme("asylum", en="Asylum")
    make_theme("return", en="Return")
    make_concept("housing", en="housing")
    return made


def follow_link(client: Client, url: str) -> str:
    """The address of the form, as the page has it."""
    page = client.get(url).content.decode()
    found = re.findall(r'href="(/en/follow/\?[^"]+)"', page)
    assert found, f"no link on {url}"
    return unescape(found[0])


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("/en/themes/asylum/", "Asylum"),
        ("/en/glossary/housing/", "housing"),
        ("/en/network/office/", "The Office"),
        ("/en/consultations/", "Consultation"),
        ("/en/consultations/?theme=asylum", "Consultation and Asylum"),
    ],
)
def test_a_page_leads_to_the_form_that_says_in_words_what_is_followed(
    site: MadeSite, client: Client, page: str, words: str
) -> None:
    make_institution("office", en="The Office")
    form = client.get(follow_link(client, page))
    assert form.status_code == 200
    told = re.findall(r"You follow</span> <strong>([^<]+)", form.content.decode())
    assert told == [words]


def test_an_item_can_be_followed_by_itself(site: MadeSite, client: Client) -> None:
    page = make_output(site, "publication", title="Living together")
    url = Output.objects.get(pk=page.pk).get_url()
    assert url is not None
    assert f"thing=output:{page.translation_key}" in follow_link(client, url)
    assert (
        "<strong>Living together</strong>" in client.get(follow_link(client, url)).content.decode()
    )


def test_a_search_is_followed_with_its_filters_and_signs(site: MadeSite) -> None:
    address = "search=/en/search/%3Fq%3D%2522safe%2Bcountry%2522%2B-war%26theme.not%3Dreturn"
    rule = parse(QueryDict(address), "en")
    [[atom]] = rule.groups
    asked = unquote_plus(atom)
    assert '"safe country" -war' in asked
    assert "theme.not=return" in asked


def test_rules_are_narrowed_and_widened() -> None:
    be, asylum = rule_of([["country:BE"]]), rule_of([["theme:asylum"], ["kind:event"]])
    assert all_of([be, asylum]).groups == (("country:BE",), ("kind:event",), ("theme:asylum",))
    assert any_of([be, asylum]).groups == (
        ("country:BE", "kind:event"),
        ("country:BE", "theme:asylum"),
    )
    many = rule_of([[f"theme:{number}"] for number in range(8)])
    with pytest.raises(TooLargeRuleError):
        any_of([many, rule_of([[f"concept:{number}"] for number in range(8)]), be, asylum])


@pytest.mark.parametrize(
    ("join", "groups"),
    [
        ("all", [["country:BE", "country:FR"], ["theme:asylum"]]),
        ("any", [["country:BE", "country:FR", "theme:asylum"]]),
    ],
)
def test_choices_narrow_or_widen_what_a_page_asked_for(
    site: MadeSite,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    join: str,
    groups: list[list[str]],
) -> None:
    monkeypatch.setattr(tickets, "TOO_FAST", 0)
    url = "/en/follow/?theme=asylum"
    page = client.get(url).content.decode()
    assert "widens it" in page
    given = {
        "ticket": re.findall(r'name="ticket" value="([^"]+)"', page)[0],
        "address": "anna@example.org",
        "rhythm": "daily",
        "language": "en",
        "join": join,
        "country": ["BE", "FR"],
        "website": "",
    }
    assert client.post(url, given).status_code == 303
    token = re.findall(r"/follow/confirm/([^\s/]+)/", mail.outbox[-1].body)[0]
    asked = asked_by(token)
    assert asked is not None
    assert asked.groups == groups


def test_what_an_address_has_beside_is_passed_over(site: MadeSite, client: Client) -> None:
    form = FollowForm(spoken="en", asked=QueryDict())
    assert form.fields["join"].label == "Tell me of what has"
    assert client.get("/en/follow/?utm_source=x").status_code == 200


def test_links_cost_no_query(
    site: MadeSite, client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:

    with django_assert_num_queries(0):
        told = render_to_string(
            "kit/components/follow_link.html", {"follow": "theme=a", "LANGUAGE_CODE": "en"}
        )
    assert 'href="/en/follow/?theme=a"' in told
    assert "href" not in render_to_string("kit/components/follow_link.html", {})
