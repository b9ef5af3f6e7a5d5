"""Editors work on a draft in the admin; who may publish does; readers see nothing in between."""

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from editing import sign_in
from small_glossary import draft, draft_new, published, three
from wagtail.models import ModelLogEntry

from contactpoint.accounts.models import User
from contactpoint.glossary.finding_sentences import SENTENCES, SEVERITIES
from contactpoint.glossary.models import (
    Concept,
    ConceptDraft,
    ConceptLabel,
    Proposal,
    SchemeVersion,
)
from contactpoint.glossary.publishing import load, publish
from contactpoint.vocabulary import Definition, Label, Note
from contactpoint.vocabulary.check import RULES
from contactpoint.vocabulary.check import SEVERITIES as CODES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def glossary() -> None:
    load(three())


def sign_in_glossary_editor(client: Client) -> User:
    """An editor who has the role of the glossary instead of that of pages."""
    user = sign_in(client)
    user.groups.set([Group.objects.get(name="Glossary editors")])
    return user


def form(name: str = "housing", **changes: str) -> dict[str, str]:
    data = {
        "labels_en": name,
        "labels_others": "",
        "alternative_labels": "en: accommodation",
        "hidden_labels": "",
        "definitions_en_text": f"What {name} is.",
        "definitions_en_source": "A law",
        "definitions_others": "",
        "broader": "reception",
        "related": "",
        "slug": name,
        "status": "approved",
        "successor": "",
        "exact_matches": "",
        "close_matches": "",
        "notation": "",
    }
    return data | changes


def publish_form(client: Client, **data: str) -> dict[str, str]:
    """What the page sends, with the state of the draft that it showed."""
    page = client.get(reverse("glossary_draft")).content.decode()
    found = re.search(r'name="seen" value="(\w+)"', page)
    return {"seen": found[1] if found else "", **data}


def discard_it(client: Client, pk: int) -> Any:
    address = reverse("glossary_discard", args=[pk])
    found = re.search(r'name="seen" value="(\w+)"', client.get(address).content.decode())
    return client.post(address, {"seen": found[1] if found else ""})


def edit(client: Client, name: str, **changes: str) -> Any:
    row = Concept.objects.get(slug=name)
    return client.post(reverse("concepts:edit", args=[row.pk]), form(name, **changes))


def test_the_sentences_are_those_of_the_checks() -> None:
    assert set(SENTENCES) == set(RULES)
    assert set(SEVERITIES) == set(CODES)
    for code, rule in RULES.items():
        given = set(re.findall(r"{(\w+)}", rule.sentence))
        said = set(re.findall(r"{(\w+)}", str(SENTENCES[code])))
        assert said <= given, code


def test_an_edit_is_a_draft_that_readers_do_not_see(client: Client) -> None:
    user = sign_in_glossary_editor(client)
    answer = edit(client, "housing", labels_nl="huisvesting")
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("glossary_draft")
    assert Concept.objects.get(slug="housing").labels == {"en": "housing"}
    waiting = ConceptDraft.objects.get()
    assert (waiting.slug, waiting.edited_by) == ("housing", user)
    assert "huisvesting" not in Client().get("/en/glossary/housing/").content.decode()
    page = client.get(reverse("glossary_draft")).content.decode()
    assert "<ins>huisvesting</ins>" in page
    again = client.get(reverse("concepts:edit", args=[waiting.concept_id])).content.decode()
    assert 'value="huisvesting"' in again


def test_an_edit_that_changes_nothing_leaves_no_draft(client: Client) -> None:
    sign_in_glossary_editor(client)
    edit(client, "housing", labels_nl="huisvesting")
    edit(client, "housing")
    assert not ConceptDraft.objects.exists()


def test_a_form_loses_nothing_that_it_has_no_field_for(client: Client) -> None:
    draft(
        "housing",
        labels=(
            Label("housing", "en", "preferred", "EU acquis"),
            Label("accommodation", "en", "alternative", "IE"),
            Label("Wohnung", "de", "preferred", "AT"),
        ),
        definitions=(
            Definition("What housing is.", "en", "A law"),
            Definition("In the EU.", "en", "A directive", "EU"),
        ),
        notes=(Note("See reception.", "en", "scope"),),
        other=(("<https://p.example/x>", '"y"@en'),),
    )
    publish("1.1", "All there is.")
    sign_in_glossary_editor(client)
    edit(client, "housing", notation="7", labels_de="Wohnung")
    publish("1.2", "A notation.")
    found = published("housing")
    assert found.notation == "7"
    assert Label("housing", "en", "preferred", "EU acquis") in found.labels
    assert Label("accommodation", "en", "alternative", "IE") in found.labels
    assert Label("Wohnung", "de", "preferred", "AT") in found.labels
    assert Definition("In the EU.", "en", "A directive", "EU") in found.definitions
    assert found.notes == (Note("See reception.", "en", "scope"),)
    assert found.other == (("<https://p.example/x>", '"y"@en'),)
    assert SchemeVersion.objects.get(number="1.2").counts == {"changed": 1}


def test_a_learnt_label_that_an_editor_takes_out_goes_with_the_version(client: Client) -> None:
    housing = Concept.objects.get(slug="housing")
    for text in ("huisvestng", "woonst"):
        ConceptLabel.objects.create(
            concept=housing, language="nl", kind="hidden", text=text, learnt=True
        )
    sign_in_glossary_editor(client)
    shown = json.dumps([["nl", "huisvestng"], ["nl", "woonst"]])
    opened = client.get(reverse("concepts:edit", args=[housing.pk])).content.decode()
    assert escape(shown) in opened
    housing.other_labels.create(language="nl", kind="hidden", text="woonen", learnt=True)
    edit(client, "housing", hidden_labels="nl: woonst", learnt=shown)
    assert housing.other_labels.filter(learnt=True).count() == 3
    page = client.get(reverse("glossary_draft")).content.decode()
    assert "Learnt spellings that it takes out: huisvestng (nl)" in page
    edit(client, "housing", hidden_labels="nl: woonst", learnt=json.dumps([["nl", "woonst"]]))
    publish("1.1", "One spelling less.")
    assert set(housing.other_labels.filter(learnt=True).values_list("text", flat=True)) == {
        "woonst",
        "woonen",
    }


def test_a_new_concept_waits_and_can_be_opened_again(client: Client) -> None:
    sign_in_glossary_editor(client)
    answer = client.post(reverse("concepts:add"), form("shelter", broader="Housing"))
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    waiting = ConceptDraft.objects.get(concept=None)
    address = f"{reverse('concepts:add')}?draft={waiting.pk}"
    assert address in client.get(reverse("glossary_draft")).content.decode()
    assert 'value="shelter"' in client.get(address).content.decode()
    edit(client, "housing", related="shelter")
    client.post(address, form("refuge", broader="housing"))
    assert [one.slug for one in ConceptDraft.objects.filter(concept=None)] == ["refuge"]
    assert not Concept.objects.filter(slug__in=["shelter", "refuge"]).exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"slug": "asylum"}, "Another concept has this identifier."),
        ({"slug": "versions"}, "This address is taken by another page."),
        ({"successor": "no such thing"}, "no concept is called"),
        ({"related": "housing"}, "A concept is not its own neighbour."),
        ({"close_matches": "nowhere"}, "Line 1 is not a web address"),
        ({"seen": "an older state"}, "Somebody else has changed this concept"),
    ],
)
def test_what_is_wrong_with_a_change_is_said_beside_it(
    client: Client, changes: dict[str, str], message: str
) -> None:
    sign_in_glossary_editor(client)
    answer = edit(client, "housing", labels_nl="woonst", **changes)
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert "woonst" in answer.content.decode()
    assert not ConceptDraft.objects.exists()


def test_an_identifier_that_is_drafted_is_taken(client: Client) -> None:
    draft_new("shelter", broader=("housing",))
    sign_in_glossary_editor(client)
    assert (
        "Another concept has this identifier."
        in edit(client, "housing", slug="shelter").content.decode()
    )


def test_errors_are_shown_and_keep_the_form_away(client: Client) -> None:
    draft("asylum", broader=("housing",))
    sign_in(client, administrator=True)
    page = client.get(reverse("glossary_draft")).content.decode()
    assert "It stands above itself" in page
    assert "The errors above must be mended first." in page
    assert reverse("glossary_publish") not in page
    answer = client.post(reverse("glossary_publish"), {"number": "1.1", "notes": "x"})
    assert answer.status_code == 200
    assert SchemeVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"number": "1.0", "notes": "x"}, "The newest version is 1.0. Write a higher number."),
        ({"number": "a/b", "notes": "x"}, "Write digits with dots, such as 1.2."),
        ({"number": "1.1", "notes": ""}, "This field is required."),
    ],
)
def test_a_publication_needs_a_higher_number_and_notes(
    client: Client, data: dict[str, str], message: str
) -> None:
    draft("housing", notation="1")
    sign_in(client, administrator=True)
    assert message in client.post(reverse("glossary_publish"), data).content.decode()
    assert SchemeVersion.objects.count() == 1


def test_an_administrator_publishes_what_waits(client: Client) -> None:
    draft("housing", notation="1")
    user = sign_in(client, administrator=True)
    page = client.get(reverse("glossary_draft")).content.decode()
    assert 'value="1.1"' in page
    data = publish_form(client, number="1.1", notes="A notation.")
    answer = client.post(reverse("glossary_publish"), data)
    assert answer.status_code == 302
    version = SchemeVersion.objects.get(number="1.1")
    assert (version.published_by, version.notes) == (user, "A notation.")
    page = client.get(reverse("glossary_draft")).content.decode()
    assert "Nothing waits to be published." in page
    assert "/en/glossary/versions/1.1/" in page


def test_a_change_is_discarded(client: Client) -> None:
    draft("housing", notation="1")
    draft_new("shelter", broader=("housing",))
    sign_in_glossary_editor(client)
    for one in ConceptDraft.objects.all():
        assert discard_it(client, one.pk).status_code == 302
    assert not ConceptDraft.objects.exists()
    assert Concept.objects.filter(slug="housing").exists()


def refused(answer: Any) -> bool:
    return answer.status_code == 403 or (
        answer.status_code == 302 and answer.headers["Location"] == "/admin/"
    )


def test_an_editor_of_pages_looks_at_the_draft_and_changes_nothing(client: Client) -> None:
    draft("housing", notation="1")
    waiting = ConceptDraft.objects.get()
    sign_in(client)
    page = client.get(reverse("glossary_draft"))
    assert page.status_code == 200
    assert reverse("glossary_discard", args=[waiting.pk]) not in page.content.decode()
    assert refused(client.post(reverse("glossary_discard", args=[waiting.pk])))
    data = {"number": "1.1", "notes": "x"}
    assert refused(client.post(reverse("glossary_publish"), data))
    assert refused(edit(client, "housing", notation="2"))
    assert ConceptDraft.objects.get().payload["notation"] == "1"


def test_an_editor_of_the_glossary_prepares_and_does_not_publish(client: Client) -> None:
    sign_in_glossary_editor(client)
    assert edit(client, "housing", notation="1").status_code == 302
    page = client.get(reverse("glossary_draft")).content.decode()
    assert reverse("glossary_publish") not in page
    assert refused(client.post(reverse("glossary_publish"), {"number": "1.1", "notes": "x"}))
    assert refused(client.post(reverse("concepts:delete", args=[Concept.objects.first().pk])))  # type: ignore[union-attr]
    assert SchemeVersion.objects.count() == 1


def test_who_may_not_see_the_glossary_sees_no_draft(client: Client) -> None:
    user = sign_in(client)
    group = user.groups.get()
    group.permissions.remove(*group.permissions.filter(content_type__app_label="glossary"))
    assert refused(client.get(reverse("glossary_draft")))
    assert "Glossary versions" not in client.get("/admin/").content.decode()


def test_a_stranger_is_led_to_the_login(client: Client) -> None:
    for address in (reverse("glossary_draft"), reverse("concepts:add")):
        assert client.get(address).status_code == 302


def test_no_role_but_the_administrators_may_publish() -> None:
    may = {
        name
        for name in settings.ROLES
        if Group.objects.get(name=name)
        .permissions.filter(codename="publish_schemeversion")
        .exists()
    }
    assert may == {"Administrators"}


def test_the_draft_page_asks_the_same_number_of_queries_however_much_waits(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    sign_in(client, administrator=True)
    draft("housing", notation="1")
    for number in range(15):
        draft_new(f"new-{number}", broader=("housing",))
    client.get(reverse("glossary_draft"))
    with django_assert_max_num_queries(40):
        client.get(reverse("glossary_draft"))


def test_definitions_of_other_languages_travel_through_the_form(client: Client) -> None:
    sign_in_glossary_editor(client)
    others = json.dumps({"es": {"text": "Lugar", "source": "RAE"}})
    edit(client, "housing", definitions_others=others)
    payload = ConceptDraft.objects.get().payload
    assert {"text": "Lugar", "language": "es", "source": "RAE"} in payload["definitions"]


@pytest.mark.parametrize("sent", ["", "no json", "{}", '[["nl"], 3, [1, 2], "x"]'])
def test_a_form_that_does_not_say_what_it_showed_forgets_nothing(client: Client, sent: str) -> None:
    housing = Concept.objects.get(slug="housing")
    housing.other_labels.create(language="nl", kind="hidden", text="woonst", learnt=True)
    sign_in_glossary_editor(client)
    edit(client, "housing", notation="1", learnt=sent)
    assert not [one for one in ConceptDraft.objects.all() if one.forgotten]


def test_what_will_change_is_what_a_version_records(client: Client) -> None:
    Concept.objects.create(slug="shelter", labels={"en": "night shelter"}, status="proposed")
    draft("housing", notation="1")
    sign_in(client, administrator=True)
    assert "<li>night shelter</li>" in client.get(reverse("glossary_draft")).content.decode()
    data = publish_form(client, number="1.1", notes="Two.")
    assert client.post(reverse("glossary_publish"), data).status_code == 302
    assert SchemeVersion.objects.get(number="1.1").counts == {"added": 1, "changed": 1}


def test_nobody_publishes_what_they_have_not_seen(client: Client) -> None:
    draft("housing", notation="1")
    sign_in(client, administrator=True)
    data = publish_form(client, number="1.1", notes="A notation.")
    draft("asylum", notation="2")
    answer = client.post(reverse("glossary_publish"), data)
    assert "Somebody has changed the draft since you opened this page." in answer.content.decode()
    assert SchemeVersion.objects.count() == 1
    again = re.search(r'name="seen" value="(\w+)"', answer.content.decode())
    assert again
    data["seen"] = again[1]
    assert client.post(reverse("glossary_publish"), data).status_code == 302


def test_whose_a_change_is_and_what_is_lost_is_said_before_it_goes(client: Client) -> None:
    other = User.objects.create_user("other@portal.test")
    draft("housing", notation="B7")
    ConceptDraft.objects.update(edited_by=other)
    waiting = ConceptDraft.objects.get()
    sign_in_glossary_editor(client)
    address = reverse("glossary_discard", args=[waiting.pk])
    page = client.get(address).content.decode()
    assert "This is a change by other@portal.test" in page
    assert "<ins>B7</ins>" in page
    assert client.post(address).status_code == 200
    old = re.search(r'name="seen" value="(\w+)"', page)
    assert old
    draft("housing", notation="B8")
    assert "Somebody has changed it" in client.post(address, {"seen": old[1]}).content.decode()
    assert ConceptDraft.objects.exists()
    discard_it(client, waiting.pk)
    entry = ModelLogEntry.objects.get(action="glossary.discard")
    assert entry.data["payload"]["notation"] == "B8"


def test_a_proposal_follows_its_concept_to_another_identifier(client: Client) -> None:
    draft_new("shelter", broader=("housing",))
    proposal = Proposal.objects.create(
        reference="r", kind="term", slug="shelter", language="en", text="shelter", source="A law",
        status="accepted", draft=ConceptDraft.objects.get(),
    )  # fmt: skip
    sign_in_glossary_editor(client)
    address = f"{reverse('concepts:add')}?draft={ConceptDraft.objects.get().pk}"
    client.post(address, form("refuge", broader="housing"))
    publish("1.1", "A refuge.")
    proposal.refresh_from_db()
    assert (proposal.version, proposal.concept) == (
        SchemeVersion.objects.get(number="1.1"),
        Concept.objects.get(slug="refuge"),
    )
