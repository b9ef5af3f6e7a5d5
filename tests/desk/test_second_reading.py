"""Where an institution wants two pairs of eyes, nobody publishes a text alone."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from editing import rows, stream
from factories import MadeSite, make_institution, make_output, make_site
from people import person
from wagtail.models import Workflow

from contactpoint.network.models import Institution, SecondReading
from contactpoint.outputs.models import NewsItem, Output, OutputInstitution

pytestmark = pytest.mark.django_db
PUBLISH = {"action-publish": "action-publish"}
SUBMIT = {"action-submit": "action-submit"}


@pytest.fixture
def site() -> MadeSite:
    return make_site(("en", "nl"), standard=True)


@pytest.fixture
def agency(site: MadeSite) -> Institution:
    made = make_institution("agency", en="The agency")
    made.two_pairs_of_eyes = True
    made.save()
    return made


def _data(page: Output, **more: Any) -> dict[str, Any]:
    data = {"title": page.title, "slug": page.slug, "teaser": page.teaser, **stream("body", "")}
    names = (
        "classifications",
        "theme_links",
        "country_links",
        "related_links",
        "family_links",
        "files",
    )
    for name in names:
        data |= rows(name, [])
    links = list(page.institution_links.values("id", "institution", "role"))
    return data | rows("institution_links", links, initial=len(links)) | more


def send(client: Client, page: Output, **more: Any) -> Output:
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), _data(page, **more))
    return NewsItem.objects.get(pk=page.pk)


def approve(client: Client, page: Output) -> int:
    state = page.current_workflow_task_state
    arguments = [page.pk, "approve", state.pk]
    address = reverse("wagtailadmin_pages:workflow_action", args=arguments)
    return int(client.post(address).status_code)


@pytest.fixture
def draft(site: MadeSite, agency: Institution) -> Output:
    page = make_output(site, title="Of the agency", live=False)
    OutputInstitution.objects.create(page=page, institution=agency, role="publisher")
    return page


def test_an_editor_alone_does_not_publish_and_somebody_else_approves(draft: Output) -> None:
    _author, writes = person("Editors", "author")
    _reader, reads = person("Editors", "reader")
    assert not send(writes, draft, **PUBLISH).live
    page = send(writes, draft, **SUBMIT)
    assert page.workflow_in_progress
    approve(writes, page)
    assert not NewsItem.objects.get(pk=page.pk).live
    approve(reads, page)
    assert NewsItem.objects.get(pk=page.pk).live


def test_who_changed_the_text_while_it_was_read_does_not_approve_it(draft: Output) -> None:
    _author, writes = person("Editors", "author")
    _reader, reads = person("Editors", "reader")
    page = send(writes, draft, **SUBMIT)
    more = {
        "title": "Changed at the last moment",
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
    }
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    reads.post(address, _data(page, **more))
    page = NewsItem.objects.get(pk=page.pk)
    assert not page.live
    send(reads, page, title="Changed")
    approve(reads, page)
    assert not NewsItem.objects.get(pk=page.pk).live


def test_who_corrects_while_approving_learns_that_somebody_else_approves(draft: Output) -> None:
    """Whether the correction came with the approval, or as a draft that saved itself before."""
    _author, writes = person("Editors", "author")
    page = send(writes, draft, **SUBMIT)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    approval = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    _reader, reads = person("Editors", "reader")
    assert "Approve unchanged" in reads.get(address).content.decode()
    for title in ("Corrected", "Corrected again"):
        answer = reads.post(address, _data(page, title=title, **approval), follow=True)
        assert answer.redirect_chain == [(address, 302)]
        said = [str(one) for one in answer.context["messages"]]
        assert said == [
            "What you changed is saved. Since you changed it, somebody else has to approve it now."
        ]
        assert title in answer.content.decode()
    later = reads.get(address).content.decode()
    assert "Approve unchanged" not in later
    assert "You wrote part of this: somebody else approves it." in later
    _third, reads_too = person("Editors", "third")
    assert "You wrote part of this" not in reads_too.get(address).content.decode()
    reads_too.post(address, _data(page, title="Corrected again", **approval))
    assert NewsItem.objects.get(pk=page.pk).title == "Corrected again"


def test_an_administrator_of_everything_is_bound_as_well(draft: Output) -> None:
    user, client = person("Administrators")
    user.is_superuser = True
    user.save()
    page = send(client, draft, **SUBMIT)
    assert page.workflow_in_progress
    approve(client, page)
    assert not NewsItem.objects.get(pk=page.pk).live


def test_a_contributor_submits_and_an_editor_approves(draft: Output, agency: Institution) -> None:
    _author, writes = person("Contributors", institution=agency)
    _reader, reads = person("Editors", "reader")
    page = send(writes, draft, **SUBMIT)
    assert page.workflow_in_progress
    approve(reads, page)
    assert NewsItem.objects.get(pk=page.pk).live


def test_a_new_text_of_such_an_institution_stays_a_draft(
    site: MadeSite, agency: Institution
) -> None:
    _author, client = person("Editors", "author")
    page = make_output(site, title="Model", live=False)
    data = _data(page, title="Brand new", slug="brand-new", **PUBLISH)
    data |= rows("institution_links", [{"institution": agency.pk, "role": "author"}])
    parent = site.lists["en"]["news"].pk
    address = reverse("wagtailadmin_pages:add", args=["outputs", "newsitem", parent])
    answer = client.post(address, data)
    made = NewsItem.objects.get(title="Brand new")
    assert not made.live
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert made.has_workflow


def test_texts_of_others_need_nobody_else(site: MadeSite, agency: Institution) -> None:
    _author, client = person("Editors", "author")
    page = make_output(site, title="Of others", live=False)
    OutputInstitution.objects.create(page=page, institution=agency, role="mentioned")
    assert not page.has_workflow
    assert send(client, page, **PUBLISH).live
    assert not site.standard["en"]["network"].has_workflow


def test_the_workflow_is_made_once_and_wagtails_own_is_gone(draft: Output) -> None:
    assert not Workflow.objects.exists()
    assert draft.get_workflow() == draft.get_workflow()
    assert SecondReading.objects.get().groups.count() == 2
    assert [str(one) for one in Workflow.objects.all()] == ["Two pairs of eyes"]
