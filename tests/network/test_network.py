"""The network: who takes part since when, on a map and in a table, and what each published here."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from editing import sign_in
from factories import MadeSite, make_institution, make_output, make_site, place

from contactpoint.accounts.models import User
from contactpoint.network.actions import load_shipped
from contactpoint.network.days import in_words, since
from contactpoint.network.models import Country, ExpertGroup, Institution, NetworkPage
from contactpoint.network.tiles import PLACES, grid
from contactpoint.outputs.models import Output, OutputInstitution

Role = OutputInstitution.Role


@pytest.fixture
def site(db: None) -> MadeSite:
    made = make_site(standard=False)
    for code, home in made.homes.items():
        place(home, NetworkPage(title=f"Network {code}", slug="network", live=True))
    return made


@pytest.fixture
def shipped(site: MadeSite) -> MadeSite:
    load_shipped()
    return site


def publish(site: MadeSite, slug: str, *roles: str, **fields: str) -> Output:
    """An output in which an institution has these parts."""
    page = make_output(site, **fields)
    for role in roles:
        OutputInstitution.objects.create(page=page, institution=make_institution(slug), role=role)
    return page


def test_every_member_and_observer_stands_in_table_and_map(
    shipped: MadeSite, client: Client
) -> None:
    text = client.get("/en/network/").content.decode()
    table = text[text.index("<table") : text.index("</table>")]
    takes_part = Country.objects.exclude(emn_status="none")
    assert takes_part.count() == 34
    for country in takes_part:
        assert f'<th scope="row">{country.label}</th>' in table
        assert '<text class="tile-code" x="20" y="' in text
        assert re.search(rf'class="tile-code"[^>]*>{country.code}<', text), country.code
    assert "<td>14 May 2008</td>" in table
    assert "<td>September 2022</td>" not in table
    assert "<td>October 2022</td>" in table  # known to the month only


def test_a_day_that_nobody_is_sure_of_is_left_out(shipped: MadeSite, client: Client) -> None:
    text = client.get("/en/network/").content.decode()
    assert "<title>Norway: Observer</title>" in text
    assert re.search(r'<th scope="row">Norway</th><td>–</td>', text)
    assert "<title>Denmark: takes no part</title>" in text
    assert '<th scope="row">Denmark</th>' not in text


def test_no_two_states_share_a_square() -> None:
    assert len(set(PLACES.values())) == len(PLACES)


def test_a_state_without_a_place_on_the_map_is_not_lost(shipped: MadeSite, client: Client) -> None:
    Country.objects.create(code="JP", emn_status="observer", labels={"en": "Japan"})
    text = client.get("/en/network/").content.decode()
    assert '<th scope="row">Japan</th>' in text
    assert "Japan: Observer" not in text
    assert grid([]).tiles == []


def test_a_contact_point_stands_beside_its_state_with_what_is_here_of_it(
    shipped: MadeSite, client: Client
) -> None:
    publish(shipped, "emn-finland", Role.AUTHOR, Role.PUBLISHER)
    publish(shipped, "emn-finland", Role.MENTIONED)
    text = client.get("/en/network/").content.decode()
    row = text[text.index('<th scope="row">Finland</th>') :]
    row = row[: row.index("</tr>")]
    assert 'href="/en/network/emn-finland/"' in row
    # One thing, though two parts in it; what only names it is not its own.
    assert '<span class="heading-count">1</span>' in row


def test_institutions_stand_under_their_role(shipped: MadeSite, client: Client) -> None:
    text = client.get("/fr/network/").content.decode()
    authorities = text[text.index('id="institutions"') :]
    assert authorities.index("/fr/network/emn/") < authorities.index("/fr/network/fedasil/")
    assert set(Institution.objects.values_list("kind", flat=True)) <= set(Institution.Kind.values)
    assert ExpertGroup.objects.count() == 3
    assert "Groupe d&#x27;experts en matière de retour (REG)" in text


def test_the_page_of_an_institution_counts_by_part_and_leads_on(
    site: MadeSite, client: Client
) -> None:
    publish(site, "myria", Role.AUTHOR, title="Written by Myria")
    publish(site, "myria", Role.AUTHOR, Role.PUBLISHER)
    publish(site, "myria", Role.MENTIONED, kind="event", title="Myria is spoken of")
    publish(site, "myria", Role.AUTHOR, title="A draft", live=False)
    answer = client.get("/en/network/myria/")
    text = answer.content.decode()
    assert dict(answer.context["tally"].parts) == {"Author": 2, "Publisher": 1, "Mentioned": 1}
    assert "Written by Myria" in text
    assert "A draft" not in text
    assert 'href="/en/news/?institution=myria"' in text
    assert 'href="/en/events/?institution=myria"' in text
    assert client.get("/en/news/?institution=myria").context["total"] == 2


@pytest.mark.parametrize(
    ("acronym", "name", "language", "shown"),
    [("CGRS", "Office", "en", "CGRS"), ("CGRS", "Commissariat", "fr", ""),
     ("Fedasil", "Agence fédérale", "fr", "Fedasil"), ("Unia", "Unia", "fr", "")],
)  # fmt: skip
def test_initials_are_english_and_a_word_is_a_name_in_every_language(
    acronym: str, name: str, language: str, shown: str
) -> None:
    assert Institution(acronym=acronym, labels={language: name}).short_name(language) == shown


def test_an_institution_has_a_feed(site: MadeSite, client: Client) -> None:
    publish(site, "myria", Role.AUTHOR, title="Written by Myria")
    make_output(site, title="By others")
    text = client.get("/en/network/myria/feed.atom").content.decode()
    assert "Written by Myria" in text
    assert "By others" not in text
    assert client.get("/en/network/nobody/feed.atom").status_code == 404
    assert client.get("/en/network/nobody/").status_code == 404


def test_a_contact_point_says_since_when_its_state_takes_part(
    shipped: MadeSite, client: Client
) -> None:
    assert "Member since 14 May 2008" in client.get("/en/network/emn-belgium/").content.decode()
    text = client.get("/fr/network/emn-norway/").content.decode()
    assert "since" not in text[text.index("meta-line") : text.index("<h1>")]


def test_the_sitemap_has_the_institutions(site: MadeSite, client: Client) -> None:
    make_institution("myria")
    assert "/nl/network/myria/</loc>" in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("number", [3, 40])
def test_pages_take_the_same_queries_whatever_they_list(
    site: MadeSite, client: Client, number: int
) -> None:
    for index in range(number):
        publish(site, f"institution-{index}", Role.AUTHOR)
        publish(site, "myria", Role.AUTHOR)
    for address, budget in (("/en/network/", 6), ("/en/network/myria/", 6)):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        assert len(captured) <= budget, address


@pytest.mark.parametrize(
    ("known", "words"),
    [("2022", "2022"), ("2022-10", "October 2022"), ("2021-03-11", "11 March 2021"), ("", "")],
)
def test_a_day_is_said_as_exactly_as_it_is_known(known: str, words: str) -> None:
    assert in_words(known) == words


@pytest.mark.parametrize(
    ("known", "words"),
    [("2022", "depuis 2022"), ("2022-10", "depuis octobre 2022"),
     ("2021-03-11", "depuis le 11 mars 2021"), ("", "")],
)  # fmt: skip
def test_since_is_said_as_the_language_says_it_of_a_day_or_a_year(known: str, words: str) -> None:
    with translation.override("fr"):
        assert since(known) == words


def test_a_day_that_is_none_is_refused(db: None) -> None:
    country = Country(code="XX", labels={"en": "Somewhere"}, joined="last spring")
    with pytest.raises(ValidationError, match="Write a year"):
        country.full_clean()


def test_administrators_keep_expert_groups_and_editors_look(client: Client, db: None) -> None:
    address = reverse("expert-groups:add")
    sign_in(client)
    assert client.get(address).status_code == 302
    assert client.get(reverse("expert-groups:index")).status_code == 200
    client.logout()
    sign_in(client, administrator=True)
    words = {"labels_en": "Experts", "about_en": "They meet.", "slug": "experts", "since": "2014"}
    assert client.post(address, {**words, "homepage": ""}).status_code == 302
    assert ExpertGroup.objects.get().label == "Experts"
    assert User.objects.count() == 2
