"""What partners propose: who may, what is taken, what becomes of it, and what they read of it."""

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from editing import sign_in
from factories import (
    MadeSite,
    make_concept,
    make_country,
    make_institution,
    make_output,
    make_theme,
)

from contactpoint.api import tokens
from contactpoint.api.handlers import forget_decided
from contactpoint.api.harvesting import records
from contactpoint.api.models import ApiToken, Proposal, Scope
from contactpoint.api.proposals import receiving
from contactpoint.intake.models import ImportedItem, ImportRun
from contactpoint.network.models import Institution
from contactpoint.outputs.models import Output, Publication

ALL = list(Scope.values)
PUBLICATION: dict[str, Any] = {
    "kind": "publication",
    "type": "thematic-study",
    "title": {"en": "Return counselling", "fr": "Conseil au retour"},
    "teaser": {"en": "Six states compared."},
    "body": {"en": "<p>It <b>compares</b> six states.</p><script>alert(1)</script>"},
    "date": "2026-05-17",
    "themes": ["asylum"],
    "concepts": ["reception"],
    "keywords": ["accueil", "xyzzy"],
    "countries": ["BE"],
    "source": "https://partner.example/study",
}


@pytest.fixture
def portal(site: MadeSite) -> MadeSite:
    make_theme("asylum", en="Asylum")
    make_concept("reception", en="reception", fr="accueil")
    make_institution("fedasil", en="Fedasil")
    make_institution("other", en="Other")
    make_country("BE", en="Belgium")
    return site


def token_of(institution: str = "fedasil", scopes: list[str] = ALL, days: int = 1) -> str:

    row = Institution.objects.get(slug=institution)
    until = timezone.now() + timedelta(days=days)
    return tokens.made(row, "Their program", scopes, until, None)[1]


@pytest.fixture
def token(portal: MadeSite) -> str:
    return token_of()


@pytest.fixture
def propose(client: Client, token: str) -> Callable[..., Any]:
    def proposed(content: Any, *, key: str = "key-00000001", token: str = token) -> Any:
        body = content if isinstance(content, str | bytes) else json.dumps(content)
        return client.post(
            "/api/v1/proposals",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": key},
        )

    return proposed


def places(answer: Any) -> list[str]:
    return [one["pointer"] for one in answer.json()["errors"]]


def test_a_proposal_waits_for_the_editors_and_publishes_nothing(
    propose: Any, client: Client, token: str
) -> None:
    answer = propose(PUBLICATION)
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert said["state"] == "waiting"
    assert answer["Location"] == said["self"]
    assert {"source": "accueil", "concept": "reception", "confidence": 1.0} in said["keywords"]
    assert {"source": "xyzzy", "concept": None, "confidence": 0.0} in said["keywords"]
    assert any("xyzzy" in one for one in said["odd"])
    assert not Output.objects.exists()
    again = client.get(
        f"/api/v1/proposals/{said['id']}", headers={"Authorization": f"Bearer {token}"}
    )
    assert again.json() == said
    assert again["Cache-Control"] == "private, no-cache"
    assert "Authorization" in again["Vary"]


def test_a_partner_is_told_of_no_draft_no_closed_page_and_no_import(
    propose: Any, client: Client, token: str, portal: MadeSite
) -> None:
    """Neither when they propose something like it, nor later, when it was closed or renamed."""
    address = "https://partner.example/"
    hidden = {
        "Sealed ledger of quotas": {"live": False},
        "Members only briefing": {"private": True},
        "Expired circular letter": {"expire_at": timezone.now() - timedelta(days=1)},
    }
    for number, (title, state) in enumerate(hidden.items()):
        make_output(portal, title=title, source_url=f"{address}{number}", **state)
    run = ImportRun.objects.create(source="o", format="text", language="en", digest="d")
    inferred = {
        "title": "Queued import item",
        "teaser": "",
        "body": "",
        "source_url": f"{address}3",
    }
    ImportedItem.objects.create(
        run=run, position=1, language="en", identity="i", opening="o", closing="c", digest="d",
        original="Text", inferred=inferred,
    )  # fmt: skip
    public = make_output(portal, title="Open handbook", source_url=f"{address}4")
    french = make_output(
        portal, language="fr", title="Manuel fermé", live=False, translation_of=public
    )
    titles = [*hidden, "Queued import item", "Open handbook", french.title]
    told = []
    for number in range(5):
        video = {"kind": "video", "title": {"en": "A film"}, "source": f"{address}{number}"}
        answer = propose(video, key=f"key-0000000{number}")
        head = {"Authorization": f"Bearer {token}"}
        again = client.get(answer.json()["self"], headers=head)
        told.append([title for title in titles if title in str(answer.json()) + str(again.json())])
        assert [one for one in titles if one in str(Proposal.objects.latest("made_at").read)]
        assert again.json() == answer.json()
    assert told == [[], [], [], [], ["Open handbook"]]
    for change, said in (({"title": "New handbook"}, "New handbook"), ({"live": False}, "")):
        Output.objects.filter(pk=public.pk).update(**change)
        odd = str(client.get(answer.json()["self"], headers=head).json()["odd"])
        assert "Open handbook" not in odd
        assert said in odd
        assert bool(said) == ("New handbook" in odd)


def test_an_editor_sees_which_languages_have_a_page_and_is_led_to_every_draft(
    propose: Any, client: Client, portal: MadeSite
) -> None:
    page = make_output(portal, title="A handbook")
    french = make_output(
        portal, language="fr", title="Un manuel", teaser="Il est là.", translation_of=page
    )
    titles = {"fr": "Un autre manuel", "nl": "Een handboek", "de": "Ein Handbuch"}
    about = {"kind": "translation", "about": str(page.translation_key), "title": titles}
    made = propose(about).json()
    sign_in(client)
    path = f"/admin/partner-proposals/{made['id']}/"
    shown = client.get(path).content.decode()
    assert shown.count("There is a page in this language already") == 1
    assert f"/admin/pages/{french.pk}/edit/" in shown
    assert "Il est là." in shown
    led = client.post(path, {"accept": "1"}, follow=True).content.decode()
    drafts = Output.objects.filter(title__in=["Een handboek", "Ein Handbuch"])
    assert drafts.count() == 2
    assert all(f"/admin/pages/{one.pk}/edit/" in led for one in drafts)
    french.refresh_from_db()
    assert french.title == "Un manuel"


def test_of_a_translation_the_partner_is_told_the_pages_that_came_of_it(
    propose: Any, client: Client, portal: MadeSite, token: str
) -> None:
    """Not those in other languages, nor the one that was there before."""
    page = make_output(portal, title="A handbook")
    french = make_output(portal, language="fr", title="Un manuel", translation_of=page)
    french.save_revision().publish()
    titles = {"fr": "Un autre manuel", "nl": "Een handboek"}
    about = {"kind": "translation", "about": str(page.translation_key), "title": titles}
    made = propose(about).json()
    sign_in(client)
    client.post(f"/admin/partner-proposals/{made['id']}/", {"accept": "1"})

    def told() -> Any:
        head = {"Authorization": f"Bearer {token}"}
        return client.get(f"/api/v1/proposals/{made['id']}", headers=head).json()

    assert (told()["state"], told()["url"]) == ("accepted", {})
    Output.objects.get(title="Een handboek").get_latest_revision().publish()
    assert list(told()["url"]) == ["nl"]


def test_partners_are_told_what_is_odd_and_not_what_editors_do_about_it(
    propose: Any, portal: MadeSite
) -> None:
    make_output(portal, "publication", title="Return counselling")
    odd = propose(PUBLICATION).json()["odd"]
    assert "No concept is known for “xyzzy”." in odd
    assert any("Return counselling" in one for one in odd)
    for one in odd:
        assert one.count(".") == 1, one


def test_addresses_of_what_was_proposed_are_in_ascii(
    propose: Any, client: Client, portal: MadeSite
) -> None:
    titles = {"en": "11 Öde Häuser", "fr": "Été à Liège"}
    make_output(portal, "publication", title="There already", slug="11-ode-hauser")
    answer = propose({**PUBLICATION, "title": titles})
    assert answer.status_code == 201, answer.content.decode()
    made = answer.json()
    sign_in(client)
    client.post(f"/admin/partner-proposals/{made['id']}/", {"accept": "1"})
    slugs = Publication.objects.filter(title__in=titles.values()).order_by("locale__pk")
    assert set(slugs.values_list("slug", flat=True)) == {
        "11-ode-hauser-1",
        "ete-a-liege",
    }


def test_an_address_with_other_letters_leaves_the_site_encoded(
    client: Client, portal: MadeSite
) -> None:
    page = make_output(portal, title="Öd", slug="11-öd", published_on=timezone.localdate())
    records.note_all()
    right = "/en/news/11-%C3%B6d/"
    assert client.get(right).status_code == 200
    for path in (
        "/api/v1/outputs",
        "/en/news/feed.atom",
        "/en/news/feed.rss",
        "/en/news/feed.json",
        "/sitemap.xml",
        "/sitemap-news.xml",
        "/oai?verb=ListRecords&metadataPrefix=oai_dc",
        "/en/news/",
        right,
    ):
        told = client.get(path).content.decode()
        assert right in told, path
        assert page.slug not in told, path


def test_the_same_sent_again_is_the_same_proposal(propose: Any) -> None:
    first, again = propose(PUBLICATION), propose(PUBLICATION)
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    assert Proposal.objects.count() == 1
    other = propose({**PUBLICATION, "title": {"en": "Another"}})
    assert other.status_code == 422
    assert other.json()["errors"][0]["header"] == "Idempotency-Key"
    assert propose(PUBLICATION, key="key-00000002").status_code == 201


def test_the_same_that_took_the_last_place_at_this_moment_is_the_answer(
    propose: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sent twice at once: the one that finds it not yet there finds no place left, either."""
    monkeypatch.setattr(receiving, "MOST_WAITING", 1)
    first = propose(PUBLICATION)
    known, asked = receiving._known, []

    def not_yet(*arguments: Any) -> Any:
        asked.append(arguments)
        return known(*arguments) if len(asked) > 1 else None

    monkeypatch.setattr(receiving, "_known", not_yet)
    again = propose(PUBLICATION)
    assert again.status_code in (200, 201), again.content
    assert again.json()["id"] == first.json()["id"]
    assert propose(PUBLICATION, key="key-00000002").status_code == 429


def test_without_a_token_that_holds_nobody_proposes(
    propose: Any, client: Client, caplog: Any
) -> None:
    expired, revoked = token_of(days=-1), token_of()
    tokens.revoke(ApiToken.objects.get(digest=tokens.digest_of(revoked)))
    for wrong in (expired, revoked, "cpt_" + "x" * 43, "nothing"):
        answer = propose(PUBLICATION, token=wrong)
        assert answer.status_code == 401
        assert 'error="invalid_token"' in answer["WWW-Authenticate"]
    bare = client.post("/api/v1/proposals", "{}", content_type="application/json")
    assert (bare.status_code, bare["WWW-Authenticate"]) == (401, 'Bearer realm="api"')
    assert not Proposal.objects.exists()
    assert expired not in caplog.text


def test_no_session_is_a_token(portal: MadeSite) -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in(client, administrator=True)
    answer = client.post("/api/v1/proposals", PUBLICATION, content_type="application/json")
    assert answer.status_code == 401


def test_a_token_allows_its_scopes_only(propose: Any) -> None:
    events = token_of(scopes=[Scope.EVENTS])
    refused = propose(PUBLICATION, token=events)
    assert refused.status_code == 403
    assert 'scope="propose:outputs"' in refused["WWW-Authenticate"]
    event = {"kind": "event", "title": {"en": "A day"}, "starts": "2026-10-01T09:00:00Z"}
    assert propose(event, token=events).status_code == 201


def test_what_was_wrong_is_named_with_its_place_and_the_mend(propose: Any) -> None:
    wrong = {
        "kind": "publication",
        "title": {"en": "", "xx": "?"},
        "type": "poem",
        "themes": ["asylum", 3],
        "files": [],
        "date": "17 May",
    }
    answer = propose(wrong)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert set(places(answer)) == {
        "/title/en", "/title/xx", "/type", "/themes/1", "/files", "/date",
    }  # fmt: skip
    assert all(one["mend"] for one in answer.json()["errors"])
    unknown = propose({**PUBLICATION, "themes": ["asylum", "nowhere"], "countries": ["ZZ"]})
    assert set(places(unknown)) == {"/themes/1", "/countries/0"}
    ends = {"starts": "2026-10-01T09:00:00Z", "ends": "2026-10-01T08:00:00Z"}
    assert places(propose({"kind": "event", "title": {"en": "A"}, **ends})) == ["/ends"]
    assert places(propose({"kind": "poem"})) == ["/kind"]
    assert places(propose({**PUBLICATION, "body": {"nl": "Tekst"}})) == ["/body/nl"]
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\xff\xfe", 400),
        ("{", 400),
        ('{"kind": "event", "kind": "video"}', 400),
        ('{"kind": NaN}', 400),
        ("[" * 100_000, 400),
        ('{"kind": "video", "title": {"en": "\\ud800"}}', 422),
        ('{"kind": "video", "title": {"en": "a\\u0000b"}}', 201),
        (json.dumps({"kind": "video", "title": {"en": "x" * 300_000}}), 413),
        (json.dumps({"kind": "video", "title": {"en": "V"}, "body": {"en": "<i>" * 9000}}), 422),
        ("[]", 422),
        ("null", 422),
    ],
)
def test_hostile_bodies_are_refused_or_made_harmless(
    propose: Any, sent: str | bytes, status: int
) -> None:
    answer = propose(sent)
    assert answer.status_code == status, answer.content[:500]
    if status == 201:
        (kept,) = Proposal.objects.all()
        assert "\0" not in json.dumps(kept.read) + json.dumps(kept.content) + kept.title


def test_only_json_is_taken_and_a_key_is_needed(client: Client, token: str) -> None:
    head = {"Authorization": f"Bearer {token}", "Idempotency-Key": "key-00000001"}
    form = client.post("/api/v1/proposals", {"kind": "video"}, headers=head)
    assert form.status_code == 415
    del head["Idempotency-Key"]
    keyless = client.post("/api/v1/proposals", {}, content_type="application/json", headers=head)
    assert keyless.status_code == 400
    assert keyless.json()["errors"][0]["header"] == "Idempotency-Key"


def test_others_proposals_are_not_there(propose: Any, client: Client) -> None:
    path = f"/api/v1/proposals/{propose(PUBLICATION).json()['id']}"
    theirs = {"Authorization": f"Bearer {token_of('other')}"}
    assert client.get(path, headers=theirs).status_code == 404
    assert client.delete(path, headers=theirs).status_code == 404
    second = {"Authorization": f"Bearer {token_of('fedasil')}"}
    assert client.get(path, headers=second).status_code == 200
    assert client.get(path).status_code == 401


def test_an_institution_lists_its_own_proposals_and_where_they_stand(
    propose: Any, client: Client, token: str, django_assert_max_num_queries: Any
) -> None:
    made = [
        propose({"kind": "video", "title": {"en": f"Film {n}"}}, key=f"key-{n:08}").json()
        for n in range(5)
    ]
    other = token_of("other")
    propose({"kind": "video", "title": {"en": "Theirs"}}, token=other)
    head = {"Authorization": f"Bearer {token_of('fedasil', [])}"}
    client.delete(
        f"/api/v1/proposals/{made[0]['id']}", headers={"Authorization": f"Bearer {token}"}
    )
    said, found, path = {}, [], "/api/v1/proposals?limit=2"
    while path:
        with django_assert_max_num_queries(4):
            answer = client.get(path, headers=head)
        assert answer.status_code == 200
        assert "private" in answer["Cache-Control"]
        said = answer.json()
        found += said["data"]
        path = said["next"]
        assert (path is None) == ("Link" not in answer)
    assert [one["id"] for one in found] == [one["id"] for one in reversed(made)]
    assert [one["state"] for one in found] == [*["waiting"] * 4, "withdrawn"]
    assert [one["title"] for one in found][:2] == ["Film 4", "Film 3"]
    again = client.get("/api/v1/proposals?limit=100", headers={**head, "If-None-Match": "W/none"})
    same = {**head, "If-None-Match": again["ETag"]}
    assert client.get("/api/v1/proposals?limit=100", headers=same).status_code == 304
    assert client.head("/api/v1/proposals", headers=head).content == b""
    narrowed = client.get("/api/v1/proposals?state=withdrawn,refused", headers=head).json()
    assert [one["id"] for one in narrowed["data"]] == [made[0]["id"]]
    theirs = client.get("/api/v1/proposals", headers={"Authorization": f"Bearer {other}"})
    assert [one["title"] for one in theirs.json()["data"]] == ["Theirs"]


@pytest.mark.parametrize(
    ("asked", "status", "place"),
    [
        ("state=lost", 400, "state"),
        ("limit=0", 400, "limit"),
        ("cursor=x", 404, "cursor"),
        ("theme.any=asylum", 400, "theme.any"),
    ],
)
def test_what_a_list_of_proposals_cannot_answer_is_named(
    client: Client, token: str, asked: str, status: int, place: str
) -> None:
    answer = client.get(f"/api/v1/proposals?{asked}", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == status
    assert place in answer.content.decode()


def test_nobody_lists_proposals_without_a_token(client: Client, portal: MadeSite) -> None:
    assert client.get("/api/v1/proposals").status_code == 401


def test_a_partner_takes_back_what_nobody_has_decided(
    propose: Any, client: Client, token: str
) -> None:
    head = {"Authorization": f"Bearer {token}"}
    path = f"/api/v1/proposals/{propose(PUBLICATION).json()['id']}"
    assert client.delete(path, headers=head).status_code == 204
    assert client.delete(path, headers=head).status_code == 204
    said = client.get(path, headers=head).json()
    assert (said["state"], said["content"]) == ("withdrawn", {})
    assert "counselling" not in str(Proposal.objects.values())
    second = propose(PUBLICATION, key="key-00000002").json()
    Proposal.objects.filter(pk=second["id"]).update(state="refused", said="We have it.")
    late = client.delete(f"/api/v1/proposals/{second['id']}", headers=head)
    assert (late.status_code, late.json()["type"].rpartition("-")[2]) == (409, "decided")


def test_what_was_decided_a_year_ago_is_forgotten(propose: Any, client: Client, token: str) -> None:
    made = [propose(PUBLICATION, key=f"key-0000000{number}").json()["id"] for number in range(2)]
    long_ago = timezone.now() - timedelta(days=400)
    Proposal.objects.filter(pk=made[0]).update(state="refused", said="No.", decided_at=long_ago)
    assert forget_decided() == 1
    assert forget_decided() == 0
    head = {"Authorization": f"Bearer {token}"}
    old, new = (client.get(f"/api/v1/proposals/{pk}", headers=head).json() for pk in made)
    assert (old["content"], old["said"]) == ({}, "No.")
    assert new["content"] == PUBLICATION


def test_one_token_proposes_so_much_an_hour(propose: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "AN_HOUR", 2)
    for number in range(2):
        assert propose(PUBLICATION, key=f"key-0000000{number}").status_code == 201
    over = propose(PUBLICATION, key="key-00000009")
    assert over.status_code == 429
    assert over["Retry-After"]
    assert propose(PUBLICATION, key="key-00000001").status_code == 200


def test_the_token_is_written_nowhere(propose: Any, token: str, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    propose(PUBLICATION)
    assert token not in caplog.text
    assert token not in str(list(ApiToken.objects.values()))
    assert ApiToken.objects.get().last_used_at is not None


def test_other_origins_may_propose_but_no_cookie_goes_along(client: Client, portal: Any) -> None:
    asked = client.options("/api/v1/proposals")
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, POST, OPTIONS"
    for name in ("Authorization", "Content-Type", "Idempotency-Key"):
        assert name in asked["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in asked.headers
    one = client.options("/api/v1/proposals/00000000-0000-4000-8000-000000000000")
    assert "DELETE" in one["Access-Control-Allow-Methods"]
    assert "DELETE" not in client.options("/api/v1/outputs")["Access-Control-Allow-Methods"]


def test_an_accepted_proposal_is_a_draft_in_its_place_until_an_editor_publishes_it(
    propose: Any, client: Client, token: str
) -> None:
    made = propose(PUBLICATION).json()
    sign_in(client)
    shown = client.get(f"/admin/partner-proposals/{made['id']}/")
    assert b"Return counselling" in shown.content
    assert b"alert(1)" not in shown.content
    answer = client.post(
        f"/admin/partner-proposals/{made['id']}/", {"accept": "1", "said": "Thank you."}
    )
    page = Publication.objects.get(title="Return counselling")
    assert answer["Location"] == f"/admin/pages/{page.pk}/edit/"
    assert not page.live
    assert page.publication_type == "thematic-study"
    assert page.source_url == "https://partner.example/study"
    assert [(one.role, one.institution.slug) for one in page.institution_links.all()] == [
        ("publisher", "fedasil")
    ]
    assert [one.theme.slug for one in page.theme_links.all()] == ["asylum"]
    assert {one.keyword for one in page.classifications.all()} == {"reception", "accueil", "xyzzy"}
    assert "<b>compares</b>" in str(page.body.raw_data[0]["value"])
    assert "script" not in str(page.body.raw_data)
    french = Publication.objects.get(title="Conseil au retour")
    assert (french.live, french.locale.language_code) == (False, "fr")
    assert french.translation_key == page.translation_key
    head = {"Authorization": f"Bearer {token}"}
    told = client.get(f"/api/v1/proposals/{made['id']}", headers=head).json()
    assert (told["state"], told["said"], told["url"]) == ("accepted", "Thank you.", {})
    assert client.get("/api/v1/outputs").json()["data"] == []
    page.get_latest_revision().publish()
    told = client.get(f"/api/v1/proposals/{made['id']}", headers=head).json()
    assert list(told["url"]) == ["en"]


def test_an_editor_refuses_with_a_reason_that_the_partner_reads(
    propose: Any, client: Client, token: str
) -> None:
    made = propose(PUBLICATION).json()
    path = f"/admin/partner-proposals/{made['id']}/"
    sign_in(client)
    assert client.post(path, {"refuse": "1", "said": " "}).status_code == 200
    assert Proposal.objects.get().waits
    assert client.post(path, {"refuse": "1", "said": "We have it already."}).status_code == 302
    head = {"Authorization": f"Bearer {token}"}
    told = client.get(f"/api/v1/proposals/{made['id']}", headers=head).json()
    assert (told["state"], told["said"]) == ("refused", "We have it already.")
    late = client.post(path, {"accept": "1", "said": ""}, follow=True)
    assert not Output.objects.exists()
    assert late.status_code == 200


def test_corrections_and_translations_are_of_what_anybody_may_read(
    propose: Any, client: Client, study: Output
) -> None:
    key = str(study.translation_key)
    correction = {"kind": "correction", "about": key, "text": {"en": "It was 2024."}}
    nothing = {**correction, "about": "00000000-0000-4000-8000-000000000000"}
    assert places(propose(nothing)) == ["/about"]
    made = propose(correction).json()
    german = {"kind": "translation", "about": key, "title": {"de": "Wohnen von Familien"}}
    second = propose(german, key="key-00000002").json()
    sign_in(client)
    opened = client.post(f"/admin/partner-proposals/{made['id']}/", {"accept": "1", "said": ""})
    assert opened["Location"] == f"/admin/pages/{study.pk}/edit/"
    client.post(f"/admin/partner-proposals/{second['id']}/", {"accept": "1", "said": ""})
    page = Publication.objects.get(title="Wohnen von Familien")
    assert (page.live, page.locale.language_code) == (False, "de")
    assert page.translation_key == study.translation_key


def test_what_is_not_written_as_it_must_be_is_told_by_an_example(propose: Any) -> None:
    """Nobody mends an address by reading a regular expression."""
    answer = propose({**PUBLICATION, "source": "ftp://x", "countries": ["Belgium"]})
    assert answer.status_code == 422
    mends = {one["pointer"]: one["mend"] for one in answer.json()["errors"]}
    assert mends["/source"] == "They are written like https://example.org/reports/2026.pdf."
    assert mends["/countries/0"] == "They are written like BE."


def test_the_scheme_of_a_token_is_read_in_any_case(client: Client, token: str) -> None:
    for scheme in ("Bearer", "bearer", "BEARER", "bEaReR"):
        answer = client.get("/api/v1/proposals/x", headers={"Authorization": f"{scheme} {token}"})
        assert answer.status_code == 404, scheme
