"""Drafts and what is under embargo are read by those who may edit them, and by nobody else."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from factories import MadeSite, make_institution, make_output, make_site
from people import person
from wagtail.models import Collection, GroupApprovalTask, Workflow, WorkflowTask

from contactpoint.media.models import CustomDocument
from contactpoint.outputs.models import Output, OutputInstitution

pytestmark = pytest.mark.django_db
ROLES = ("Contributors", "Translators")


@pytest.fixture
def site(db: None) -> MadeSite:
    return make_site(("en", "nl"), standard=False)


@pytest.fixture
def secret(site: MadeSite) -> Output:
    """A draft of an institution that the people of these tests do not write for."""
    page = make_output(site, title="Secret plans", live=False)
    page.save_revision()
    OutputInstitution.objects.create(
        page=page, institution=make_institution("ministry"), role="author"
    )
    return page


def _reader(role: str) -> Client:
    contributes = role == "Contributors"
    return person(role, institution=make_institution("agency") if contributes else None)[1]


def _addresses(site: MadeSite, secret: Output) -> list[str]:
    news = site.lists["en"]["news"].pk
    return [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[news]),
        reverse("wagtailadmin_pages:search") + "?q=plans",
        reverse("wagtailadmin_choose_page_child", args=[news]),
        reverse("wagtailadmin_choose_page_search") + "?q=plans",
        f"/admin/api/main/pages/?child_of={news}",
        f"/admin/api/main/pages/?child_of={news}&for_explorer=1",
        f"/admin/api/main/pages/{secret.pk}/",
        reverse("wagtailadmin_reports:site_history"),
    ]


@pytest.mark.parametrize("role", ROLES)
def test_a_draft_of_others_is_named_nowhere(site: MadeSite, secret: Output, role: str) -> None:
    client = _reader(role)
    for address in _addresses(site, secret):
        assert "Secret plans" not in client.get(address).content.decode(), address


def test_what_is_public_and_what_one_writes_is_there_for_a_contributor(site: MadeSite) -> None:
    agency = make_institution("agency")
    _user, client = person("Contributors", institution=agency)
    make_output(site, title="Public words")
    own = make_output(site, title="Our draft", live=False)
    OutputInstitution.objects.create(page=own, institution=agency, role="author")
    for address in _addresses(site, own)[1:7]:
        content = client.get(address).content.decode()
        assert "?q=" in address or "Public words" in content, address
        assert "?q=" in address or "Our draft" in content, address


@pytest.mark.parametrize("role", ["Editors", "Administrators"])
def test_an_editor_reads_all_drafts(site: MadeSite, secret: Output, role: str) -> None:
    _user, client = person(role)
    for address in _addresses(site, secret)[1:2] + _addresses(site, secret)[5:8]:
        assert "Secret plans" in client.get(address).content.decode(), address


def test_a_translator_sees_the_draft_of_a_translation_that_was_begun(
    site: MadeSite, secret: Output
) -> None:
    make_output(site, title="Geheim", language="nl", translation_of=secret, live=False)
    client = _reader("Translators")
    news = site.lists["nl"]["news"].pk
    assert "Geheim" in client.get(reverse("wagtailadmin_explore", args=[news])).content.decode()


def test_a_translator_does_not_begin_with_a_draft(site: MadeSite, secret: Output) -> None:
    client = _reader("Translators")
    client.post(reverse("languages_start"), {"page": secret.pk, "language": "nl"})
    assert not secret.get_translations().exists()
    _user, editor = person("Editors")
    editor.post(reverse("languages_start"), {"page": secret.pk, "language": "nl"})
    assert secret.get_translations().exists()


@pytest.mark.parametrize("role", ROLES)
def test_documents_that_are_kept_back_are_named_to_those_who_change_them(
    site: MadeSite, role: str
) -> None:
    kept_back = Collection.objects.get(name="Not yet published")
    CustomDocument.objects.create(title="Open to all", file="a.pdf")
    CustomDocument.objects.create(title="Kept back", file="b.pdf", collection=kept_back)
    client = _reader(role)
    for address in ("/admin/api/main/documents/", reverse("wagtaildocs_chooser:choose")):
        content = client.get(address).content.decode()
        assert "Open to all" in content, address
        assert "Kept back" not in content, address
    _user, editor = person("Editors")
    assert "Kept back" in editor.get("/admin/api/main/documents/").content.decode()


def test_the_admins_scripts_change_no_page(site: MadeSite) -> None:
    page = make_output(site, title="Public words")
    _user, client = person("Editors")
    for action in ("copy", "publish", "unpublish", "delete", "move"):
        address = f"/admin/api/main/pages/{page.pk}/action/{action}/"
        assert client.post(address, {}).status_code in (302, 404), action
    assert Output.objects.filter(title="Public words", live=True).count() == 1


def _reports() -> list[str]:
    names = ("aging_pages", "workflow", "workflow_tasks", "locked_pages", "page_types_usage")
    addresses = [reverse(f"wagtailadmin_reports:{name}") for name in names]
    return [*addresses, *(f"{address}?export=csv" for address in addresses[:3])]


def _shown(client: Client, address: str) -> str:
    answer = client.get(address)
    return (
        b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    ).decode(errors="replace")


@pytest.fixture
def in_workflow(secret: Output) -> Output:
    """It waits for a second reading, was public once, and is locked: every report has a reason."""
    author, _client = person("Editors", "author")
    workflow = Workflow.objects.create(name="Reading")
    task = GroupApprovalTask.objects.create(name="Read it")
    task.groups.set(Group.objects.filter(name="Administrators"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    workflow.start(secret, author)
    now = timezone.now()
    Output.objects.filter(pk=secret.pk).update(
        last_published_at=now, first_published_at=now, owner=None, locked=True
    )
    return secret


@pytest.mark.parametrize("role", ROLES)
def test_no_report_names_a_draft_of_others(in_workflow: Output, role: str) -> None:
    client = _reader(role)
    for address in _reports():
        assert "Secret plans" not in _shown(client, address), address


def test_reports_name_it_to_whoever_looks_after_it(in_workflow: Output) -> None:
    _user, client = person("Administrators")
    for address in _reports():
        assert "Secret plans" in _shown(client, address), address


def test_a_contributor_sees_the_own_institutions_drafts_in_the_workflow(
    in_workflow: Output,
) -> None:
    ministry = in_workflow.institution_links.get().institution
    _user, client = person("Contributors", institution=ministry)
    assert "Secret plans" in _shown(client, reverse("wagtailadmin_reports:workflow"))
