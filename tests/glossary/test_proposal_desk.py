"""Editors decide on proposals: who may, what it does to the glossary, and that it is on record."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from editing import PASSWORD, sign_in, sign_in_as
from factories import make_concept

from contactpoint.accounts.actions import create_editor
from contactpoint.accounts.models import User
from contactpoint.glossary.drafting import prepared
from contactpoint.glossary.models import Concept, ConceptDraft, ConceptLabel, Proposal
from contactpoint.glossary.proposals.actions import (
    ProposalError,
    Taking,
    accept_proposal,
    decline_proposal,
    set_public,
)
from contactpoint.glossary.publishing import publish
from contactpoint.glossary.terms import vocabulary
from contactpoint.kit.models import OutboxEntry
from contactpoint.vocabulary import Definition, VocabularyConcept

pytestmark = pytest.mark.django_db
Status = Proposal.Status
ACTIONS = ("glossary_proposal_show", "glossary_proposal_accept", "glossary_proposal_decline")


def make_proposal(kind: str = "translation", **fields: Any) -> Proposal:
    concept = None if kind == "term" else make_concept("asylum", en="asylum", nl="asiel")
    number = Proposal.objects.count()
    return Proposal.objects.create(
        **{
            "reference": f"reference-{number}",
            "kind": kind,
            "concept": concept,
            "language": "pl",
            "text": "azyl",
            "source": "Ustawa, art. 3",
            **fields,
        }
    )


@pytest.fixture
def proposal() -> Proposal:
    return make_proposal(remark="Please hurry.")


@pytest.fixture
def administrator(client: Client) -> Client:
    sign_in(client, administrator=True)
    return client


def limited(client: Client, *permissions: str) -> Client:
    """A user who may enter the admin and has these rights beside."""
    user = create_editor("limited@portal.test", password=PASSWORD).user
    user.groups.clear()
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", *permissions])
    )
    sign_in_as(client, user)
    return client


def url(name: str, proposal: Proposal) -> str:
    return reverse(name, args=[proposal.pk])


def refused(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer["Location"] == reverse("wagtailadmin_home")


def untouched(proposal: Proposal) -> bool:
    proposal.refresh_from_db()
    is_new = proposal.status == Status.RECEIVED and not proposal.is_public
    return is_new and "pl" not in Concept.objects.get(slug="asylum").labels


def in_draft() -> VocabularyConcept:
    """The concept as the next version shall have it."""
    return prepared(Concept.objects.get(slug="asylum"))


def names(concept: VocabularyConcept, language: str) -> set[tuple[str, str]]:
    return {(one.text, one.kind) for one in concept.labels if one.language == language}


def take_over(client: Client, proposal: Proposal, **changed: str) -> HttpResponse:
    """Sends the form as it was filled in, but for what is changed."""
    form = client.get(url("glossary_proposal", proposal)).context["take_over"]
    data = {form[name].html_name: form[name].value() or "" for name in form.fields}
    data = {key: "on" if value is True else value for key, value in data.items()}
    data |= {f"take-{name}": value for name, value in changed.items()}
    return client.post(url("glossary_proposal_accept", proposal), data)


@pytest.mark.parametrize("name", ["glossary_proposal", *ACTIONS])
def test_nobody_gets_in_without_signing_in(proposal: Proposal, client: Client, name: str) -> None:
    for answer in (client.get(url(name, proposal)), client.post(url(name, proposal))):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/")
    assert client.get(reverse("glossary_proposals")).status_code == 302
    assert untouched(proposal)


def test_who_has_no_right_to_proposals_sees_none(proposal: Proposal, client: Client) -> None:
    outsider = limited(client)
    assert refused(outsider.get(reverse("glossary_proposals")))
    assert refused(outsider.get(url("glossary_proposal", proposal)))
    home = outsider.get("/admin/").content.decode()
    assert reverse("glossary_proposals") not in home
    assert "New proposals" not in home
    for name in ACTIONS:
        assert refused(outsider.post(url(name, proposal)))
    assert untouched(proposal)


def test_an_editor_sees_proposals_and_decides_on_none(proposal: Proposal, client: Client) -> None:
    sign_in(client)
    page = client.get(url("glossary_proposal", proposal)).content.decode()
    assert "azyl" in page
    assert "Take over" not in page
    assert "Decline" not in page
    assert "Not for the public" not in page
    for name in ACTIONS:
        data = {"take-label": "azyl", "take-label_kind": "preferred", "decline-reason": "No."}
        assert refused(client.post(url(name, proposal), data))
    assert untouched(proposal)


def test_who_moderates_without_rights_to_the_glossary_declines_and_does_not_accept(
    proposal: Proposal, client: Client
) -> None:
    moderator = limited(client, "view_proposal", "change_proposal")
    page = moderator.get(url("glossary_proposal", proposal))
    assert page.context["take_over"] is None
    data = {"take-label": "azyl", "take-label_kind": "preferred"}
    assert refused(moderator.post(url("glossary_proposal_accept", proposal), data))
    assert untouched(proposal)
    moderator.post(url("glossary_proposal_decline", proposal), {"decline-reason": "No."})
    proposal.refresh_from_db()
    assert proposal.status == Status.DECLINED


@pytest.mark.parametrize("name", ACTIONS)
def test_a_link_or_a_form_from_elsewhere_changes_nothing(
    proposal: Proposal, administrator: Client, name: str
) -> None:
    assert administrator.get(url(name, proposal)).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = administrator.cookies
    assert strict.post(url(name, proposal)).status_code == 403
    assert untouched(proposal)


def test_new_ones_come_first_and_links_filter(administrator: Client) -> None:
    old = make_proposal(text="old, under review", status=Status.REVIEW)
    make_proposal(text="done", status=Status.ACCEPTED, decided_at=timezone.now())
    new = make_proposal("term", text="new", language="fi")
    Proposal.objects.filter(pk=new.pk).update(created_at=old.created_at.replace(year=2020))
    make_proposal("change", text="changed", part="other", status=Status.REVIEW)

    def shown(query: str = "") -> list[str]:
        entries = administrator.get(reverse("glossary_proposals") + query).context["entries"]
        return [entry["proposal"].text for entry in entries]

    assert shown() == ["new", "changed", "old, under review"]
    assert shown("?show=all")[-1] == "done"
    assert shown("?show=accepted") == ["done"]
    assert shown("?kind=change") == ["changed"]
    assert shown("?language=fi") == ["new"]
    assert shown("?kind=nothing&language=xx&show=secret") == shown()


def test_the_list_takes_as_many_queries_for_many_as_for_few(administrator: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            administrator.get(reverse("glossary_proposals"))
        return len(captured)

    make_proposal()
    queries()
    few = queries()
    for _number in range(15):
        make_proposal()
    assert queries() == few


def test_a_proposal_stands_beside_the_concept_as_it_is(
    proposal: Proposal, administrator: Client
) -> None:
    ConceptLabel.objects.create(
        concept=proposal.concept, language="pl", kind="alternative", text="prawo azylu"
    )
    page = administrator.get(url("glossary_proposal", proposal)).content.decode()
    for text in ("azyl", "Ustawa, art. 3", "Please hurry.", "asylum", "prawo azylu"):
        assert text in page
    assert proposal.reference not in page, "the status address is the reader's"


def test_what_a_reader_typed_is_text_in_the_admin_too(administrator: Client) -> None:
    evil = "<script>alert(1)</script> https://evil.example/"
    proposal = make_proposal(text=evil, source=evil, remark=evil, definition=evil)
    list_and_page = (reverse("glossary_proposals"), url("glossary_proposal", proposal))
    for address in (*list_and_page, reverse("wagtailadmin_home")):
        page = administrator.get(address).content.decode()
        assert "<script>alert" not in page
        assert 'href="https://evil.example' not in page
        assert ("&lt;script&gt;alert(1)" in page) is (address in list_and_page)


def test_the_dashboard_says_what_is_new(proposal: Proposal, administrator: Client) -> None:
    home = administrator.get("/admin/").content.decode()
    assert "New proposals from readers" in home
    assert url("glossary_proposal", proposal) in home
    set_public(proposal, True, user=None)
    assert "New proposals from readers" not in administrator.get("/admin/").content.decode()


def test_a_proposal_is_let_through_and_taken_back(
    proposal: Proposal, administrator: Client
) -> None:
    administrator.post(url("glossary_proposal_show", proposal), {"show": "1"})
    proposal.refresh_from_db()
    assert (proposal.status, proposal.is_public) == (Status.REVIEW, True)
    administrator.post(url("glossary_proposal_show", proposal), {"withhold": "1"})
    proposal.refresh_from_db()
    assert (proposal.status, proposal.is_public) == (Status.REVIEW, False)
    user = User.objects.get(email="administrator@portal.test")
    steps = list(proposal.steps.values_list("kind", "user", "name"))
    assert steps == [("shown", user.pk, str(user)), ("withheld", user.pk, str(user))]


def test_a_translation_waits_in_the_draft_and_is_matched_once_it_is_published(
    proposal: Proposal, administrator: Client
) -> None:
    assert vocabulary().harmonise("azyl", schemes=("glossary",)).concept is None
    answer = take_over(administrator, proposal)
    assert answer.status_code == 302
    assert names(in_draft(), "pl") == {("azyl", "preferred")}
    assert vocabulary().harmonise("azyl", schemes=("glossary",)).concept is None
    publish("1.1", "A Polish name.")
    assert Concept.objects.get(slug="asylum").labels["pl"] == "azyl"
    assert vocabulary().harmonise("azyl", schemes=("glossary",)).concept == "asylum"
    proposal.refresh_from_db()
    assert (proposal.status, proposal.is_public) == (Status.ACCEPTED, True)
    assert proposal.decided_at is not None
    assert [step.kind for step in proposal.steps.all()] == ["accepted"]
    assert OutboxEntry.objects.get(topic="proposal.decided").payload == {"proposal": proposal.pk}


def test_where_there_is_a_label_the_form_offers_an_alternative(administrator: Client) -> None:
    proposal = make_proposal(language="nl", text="asielrecht")
    take_over(administrator, proposal)
    assert names(in_draft(), "nl") == {("asiel", "preferred"), ("asielrecht", "alternative")}


def test_a_preferred_label_that_gives_way_stays_as_an_alternative(administrator: Client) -> None:
    proposal = make_proposal(language="nl", text="asielrecht")
    ConceptLabel.objects.create(
        concept=proposal.concept, language="nl", kind="hidden", text="asielrecht"
    )
    take_over(administrator, proposal, label_kind="preferred")
    assert names(in_draft(), "nl") == {("asielrecht", "preferred"), ("asiel", "alternative")}


def test_a_label_that_is_there_already_is_nothing_to_take_over(administrator: Client) -> None:
    proposal = make_proposal(language="nl", text="asiel")
    answer = take_over(administrator, proposal)
    assert answer.status_code == 422
    assert "already" in answer.content.decode()
    take_over(administrator, proposal, definition="Bescherming.")
    assert [one.text for one in in_draft().definitions] == ["Bescherming."]
    assert names(in_draft(), "nl") == {("asiel", "preferred")}


def test_an_editor_corrects_what_is_taken_over(proposal: Proposal, administrator: Client) -> None:
    take_over(
        administrator, proposal, label="azyl polityczny", definition="Ochrona.",
        definition_source="Konstytucja, art. 56",
    )  # fmt: skip
    assert names(in_draft(), "pl") == {("azyl polityczny", "preferred")}
    assert in_draft().definitions == (Definition("Ochrona.", "pl", "Konstytucja, art. 56"),)
    proposal.refresh_from_db()
    assert proposal.text == "azyl", "what the reader proposed stays on record"


def test_a_translation_without_its_label_is_not_accepted(
    proposal: Proposal, administrator: Client
) -> None:
    answer = take_over(administrator, proposal, label="")
    assert answer.status_code == 422
    assert "label" in answer.context["take_over"].errors
    assert untouched(proposal)


def test_a_new_term_makes_a_proposed_concept_and_leads_to_its_form(administrator: Client) -> None:
    proposal = make_proposal("term", text="miasto schronienia", definition="Miasto, które …")
    assert take_over(administrator, proposal).status_code == 422, "it needs an English label"
    answer = take_over(administrator, proposal, english="Sanctuary city")
    draft = ConceptDraft.objects.get(slug="sanctuary-city", concept=None)
    assert answer["Location"] == f"{reverse('concepts:add')}?draft={draft.pk}"
    assert administrator.get(answer["Location"]).status_code == 200
    assert not Concept.objects.filter(slug="sanctuary-city").exists()
    publish("1.1", "Sanctuary cities.")
    concept = Concept.objects.get(slug="sanctuary-city")
    assert concept.status == Concept.Status.PROPOSED
    assert concept.labels == {"en": "Sanctuary city", "pl": "miasto schronienia"}
    assert concept.definitions["pl"]["source"] == "Ustawa, art. 3"
    proposal.refresh_from_db()
    assert proposal.concept == concept
    assert proposal.version is not None
    assert proposal.version.number == "1.1"


def test_a_new_term_that_is_there_already_is_refused(administrator: Client) -> None:
    make_concept("asylum", en="asylum")
    proposal = make_proposal("term", language="en", text="Asylum")
    answer = take_over(administrator, proposal)
    assert answer.status_code == 422
    assert "already" in answer.content.decode()
    assert Concept.objects.count() == 1
    proposal.refresh_from_db()
    assert proposal.is_open


@pytest.mark.parametrize(
    ("english", "slug"),
    [("Propose", "propose-2"), ("Other one", "other-one-2"), ("「」a", "a"), ("Ω", "concept")],
)
def test_a_new_concept_gets_a_free_name(english: str, slug: str) -> None:
    make_concept("other-one", en="first")
    done = accept_proposal(make_proposal("term"), Taking(english=english), user=None)
    assert done.slug == slug
    again = accept_proposal(make_proposal("term"), Taking(english=english), user=None)
    assert again.slug not in {"", slug}


def test_a_change_of_a_definition_is_made_with_its_source(administrator: Client) -> None:
    proposal = make_proposal("change", part="definition", text="Ochrona państwa.")
    take_over(administrator, proposal)
    assert in_draft().definitions == (Definition("Ochrona państwa.", "pl", "Ustawa, art. 3"),)
    assert not names(in_draft(), "pl")


def test_a_change_that_only_an_editor_can_make_leads_to_the_concept(administrator: Client) -> None:
    proposal = make_proposal("change", part="place", text="It stands under protection.")
    answer = take_over(administrator, proposal)
    assert answer["Location"] == reverse("concepts:edit", args=[proposal.concept_id])
    proposal.refresh_from_db()
    assert proposal.status == Status.ACCEPTED


def test_a_proposal_is_declined_with_a_reason(
    proposal: Proposal, administrator: Client, client: Client
) -> None:
    address = url("glossary_proposal_decline", proposal)
    assert administrator.post(address, {"decline-reason": " "}).status_code == 422
    assert untouched(proposal)
    administrator.post(address, {"decline-reason": "It is a proper name."})
    proposal.refresh_from_db()
    assert (proposal.status, proposal.is_public) == (Status.DECLINED, False)
    page = Client().get(f"/en/glossary/proposals/{proposal.reference}/").content.decode()
    assert "It is a proper name." in page
    assert "azyl" not in Client().get("/en/glossary/proposals/").content.decode()
    step = proposal.steps.get()
    assert (step.kind, step.name) == ("declined", "administrator@portal.test")


def test_what_was_decided_is_decided(proposal: Proposal, administrator: Client) -> None:
    decline_proposal(proposal, "No.", user=None)
    with pytest.raises(ProposalError):
        accept_proposal(proposal, Taking(label="azyl"), user=None)
    page = administrator.get(url("glossary_proposal", proposal))
    assert page.context["take_over"] is None
    data = {"take-label": "azyl", "take-label_kind": "preferred"}
    for name in ("glossary_proposal_accept", "glossary_proposal_decline"):
        answer = administrator.post(url(name, proposal), data)
        assert answer.status_code == 422
        assert "Somebody has decided on this proposal already." in answer.content.decode()
    assert "pl" not in Concept.objects.get(slug="asylum").labels
    assert OutboxEntry.objects.filter(topic="proposal.decided").count() == 1


def test_a_proposal_for_a_concept_that_is_gone_can_only_be_declined(proposal: Proposal) -> None:
    Concept.objects.all().delete()
    proposal.refresh_from_db()
    with pytest.raises(ProposalError):
        accept_proposal(proposal, Taking(label="azyl"), user=None)
    assert decline_proposal(proposal, "The concept is gone.", user=None).status == Status.DECLINED
    page = Client().get(f"/en/glossary/proposals/{proposal.reference}/")
    assert page.status_code == 200


def test_the_status_page_names_the_version_once_it_is_published(proposal: Proposal) -> None:
    other = make_proposal(status=Status.DECLINED)
    accept_proposal(proposal, Taking(label="azyl"), user=None)
    address = f"/en/glossary/proposals/{proposal.reference}/"
    assert "no version has it yet" in Client().get(address).content.decode()
    publish("2.0", "A Polish name.")
    assert "in version 2.0" in Client().get(address).content.decode()
    other.refresh_from_db()
    assert other.version is None


def status_page(proposal: Proposal) -> str:
    return Client().get(f"/en/glossary/proposals/{proposal.reference}/").content.decode()


def test_a_new_term_that_is_renamed_in_the_draft_is_found_in_its_version(
    administrator: Client,
) -> None:
    proposal = make_proposal("term", text="miasto schronienia")
    take_over(administrator, proposal, english="Sanctuary city")
    draft = ConceptDraft.objects.get()
    ConceptDraft.objects.filter(pk=draft.pk).update(slug="city-of-refuge")
    publish("1.1", "Cities of refuge.")
    proposal.refresh_from_db()
    assert proposal.concept == Concept.objects.get(slug="city-of-refuge")
    assert "in version 1.1" in status_page(proposal)


def discard(client: Client, draft: ConceptDraft) -> HttpResponse:
    """Ask for it, and confirm what the page shows."""
    address = reverse("glossary_discard", args=[draft.pk])
    seen = client.get(address).context["seen"]
    return client.post(address, {"seen": seen}, follow=True)


def test_the_draft_names_the_proposals_that_hang_on_a_change_before_it_is_discarded(
    proposal: Proposal, administrator: Client
) -> None:
    take_over(administrator, proposal)
    second = make_proposal("change", part="definition", text="Ochrona.")
    take_over(administrator, second)
    make_proposal(text="waits")
    draft = ConceptDraft.objects.get()
    page = administrator.get(reverse("glossary_draft")).content.decode()
    assert page.count("Accepted from readers:") == 1
    for one in (proposal, second):
        assert f'href="{url("glossary_proposal", one)}"' in page
    assert f'aria-describedby="proposals-{draft.pk}"' in page
    gone = discard(administrator, draft)
    assert "2 readers&#x27; proposals" in gone.content.decode()
    for one in (proposal, second):
        one.refresh_from_db()
        assert one.is_set_aside
        assert "Set aside" in administrator.get(url("glossary_proposal", one)).content.decode()


def test_who_may_not_see_proposals_finds_no_link_to_them_in_the_draft(
    proposal: Proposal, client: Client
) -> None:
    accept_proposal(proposal, Taking(label="azyl"), user=None)
    page = limited(client, "view_schemeversion", "change_concept").get(reverse("glossary_draft"))
    assert "Accepted from readers:" in page.content.decode()
    assert url("glossary_proposal", proposal) not in page.content.decode()


def test_a_draft_with_proposals_takes_as_many_queries_for_many_as_for_few(
    administrator: Client,
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            administrator.get(reverse("glossary_draft"))
        return len(captured)

    first = make_proposal("term", text="a")
    accept_proposal(first, Taking(english="first"), user=None)
    queries()
    few = queries()
    for number in range(5):
        accept_proposal(make_proposal("term"), Taking(english=f"more {number}"), user=None)
    assert queries() == few


def test_what_was_set_aside_says_so_and_no_later_version_claims_it(
    proposal: Proposal, administrator: Client
) -> None:
    take_over(administrator, proposal)
    discard(administrator, ConceptDraft.objects.get())
    for page in (status_page(proposal), Client().get("/en/glossary/proposals/").content.decode()):
        assert "later set aside: no version has it" in page
        assert "no version has it yet" not in page
    assert "the editors set it aside" in status_page(proposal)
    other = make_proposal(language="fi", text="turvapaikka")
    take_over(administrator, other)
    publish("1.1", "A Finnish name.")
    proposal.refresh_from_db()
    other.refresh_from_db()
    assert proposal.version is None
    assert proposal.is_set_aside
    assert other.version is not None


def test_what_an_editor_is_to_do_by_hand_waits_until_a_version_has_the_concept(
    administrator: Client,
) -> None:
    other = make_proposal(language="fi", text="turvapaikka")
    take_over(administrator, other)
    proposal = make_proposal("change", part="other", text="Say more.")
    take_over(administrator, proposal)
    discard(administrator, ConceptDraft.objects.get())
    assert "no version has it yet" in status_page(proposal)
    take_over(administrator, make_proposal(text="azyl"))
    publish("1.1", "More said.")
    assert "in version 1.1" in status_page(proposal)
    assert "later set aside" in status_page(other)


def test_what_was_accepted_before_drafts_were_kept_with_it_finds_its_draft() -> None:
    waits = make_proposal()
    accept_proposal(waits, Taking(label="azyl"), user=None)
    term = make_proposal("term")
    accept_proposal(term, Taking(english="Sanctuary city"), user=None)
    lost = make_proposal("term", status=Status.ACCEPTED, slug="lost")
    Proposal.objects.update(draft=None)
    migration = import_module("contactpoint.glossary.migrations.0005_proposal_draft")
    migration.find_drafts(apps, None)
    for one in (waits, term, lost):
        one.refresh_from_db()
    assert [one.draft and one.draft.slug for one in (waits, term, lost)] == [
        "asylum",
        "sanctuary-city",
        None,
    ]
    assert not any(one.is_set_aside for one in (waits, term, lost))


def test_a_decision_outlives_the_editor(proposal: Proposal, administrator: Client) -> None:
    take_over(administrator, proposal)
    User.objects.all().delete()
    step = proposal.steps.get()
    assert (step.user, step.name) == (None, "administrator@portal.test")
