"""The review list in the admin: who may see and do what, and that it does it."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from editing import PASSWORD, sign_in, sign_in_as
from listings import TWIN

from contactpoint.accounts.actions import create_editor
from contactpoint.accounts.models import User
from contactpoint.glossary.explaining import REASONS
from contactpoint.intake import views
from contactpoint.intake.actions import read_source, reject
from contactpoint.intake.models import ImportedItem, ImportRun
from contactpoint.kit.jobs import JobRunner
from contactpoint.outputs.models import Event, Output, Publication
from contactpoint.vocabulary.reasons import REASONS as MATCHER_REASONS

Status = ImportedItem.Status
ITEM_VIEWS = ("import_mend", "import_accept", "import_reject")
RUN_VIEWS = ("import_run", "import_accept_all", "import_undo")


def limited(client: Client, name: str, *permissions: str) -> Client:
    """A user who may enter the admin and has these rights beside."""
    user = create_editor(f"{name}@portal.test", password=PASSWORD).user
    user.groups.clear()
    codenames = ["access_admin", *permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    sign_in_as(client, user)
    return client


@pytest.fixture
def editor(portal: None, client: Client) -> Client:
    sign_in(client)
    return client


@pytest.fixture
def onlooker(portal: None, client: Client) -> Client:
    """May see imports, and may not decide on them."""
    return limited(client, "onlooker", "view_importrun")


@pytest.fixture
def outsider(portal: None, client: Client) -> Client:
    """May enter the admin, and nothing else."""
    return limited(client, "outsider")


@pytest.fixture
def run(portal: None, listing: Path) -> ImportRun:
    found = read_source(listing).run
    assert found is not None
    return found


def url(name: str, found: Any) -> str:
    return reverse(name, args=[found.pk])


def refused(response: HttpResponse) -> bool:
    return response.status_code == 302 and response["Location"] == reverse("wagtailadmin_home")


def filled(client: Client, item: ImportedItem) -> dict[str, Any]:
    """What the form would send if nothing were changed."""
    form = client.get(url("import_mend", item)).context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value()}


def nothing_happened(run: ImportRun) -> bool:
    states = set(run.items.values_list("status", flat=True))
    return states == {Status.PENDING} and not Output.objects.exists()


@pytest.mark.parametrize("name", [*RUN_VIEWS, *ITEM_VIEWS])
def test_nobody_gets_in_without_signing_in(run: ImportRun, client: Client, name: str) -> None:
    found = run if name in RUN_VIEWS else run.items.first()
    for response in (client.get(url(name, found)), client.post(url(name, found))):
        assert response.status_code == 302
        assert response["Location"].startswith("/account/")
    assert nothing_happened(run)


@pytest.mark.parametrize("name", [*RUN_VIEWS, *ITEM_VIEWS])
def test_who_has_no_right_to_imports_is_refused(
    run: ImportRun, outsider: Client, name: str
) -> None:
    found = run if name in RUN_VIEWS else run.items.first()
    method = outsider.get if name == "import_run" else outsider.post
    assert refused(method(url(name, found)))
    assert refused(outsider.get(reverse("imports")))
    assert nothing_happened(run)


def test_the_menu_shows_imports_to_those_who_may_see_them(run: ImportRun, outsider: Client) -> None:
    assert reverse("imports") not in outsider.get("/admin/").content.decode()


def test_an_onlooker_sees_and_can_do_nothing(run: ImportRun, onlooker: Client) -> None:
    page = onlooker.get(url("import_run", run)).content.decode()
    assert "return counselling" in page
    assert "<button" not in page.split('class="review-list"')[1].split("</ol>")[0]
    for name in (*RUN_VIEWS[1:], *ITEM_VIEWS):
        found = run if name in RUN_VIEWS else run.items.first()
        assert refused(onlooker.post(url(name, found)))
    assert nothing_happened(run)


def test_who_may_decide_but_not_publish_can_mend_and_not_accept(
    run: ImportRun, onlooker: Client
) -> None:
    user = User.objects.get(email="onlooker@portal.test")
    user.user_permissions.add(
        *Permission.objects.filter(codename__in=["change_importrun", "change_importeditem"])
    )
    item = run.items.first()
    assert onlooker.get(url("import_mend", item)).status_code == 200
    assert refused(onlooker.post(url("import_accept", item)))
    assert refused(onlooker.post(url("import_accept_all", run)))
    assert refused(onlooker.post(url("import_undo", run)))
    assert nothing_happened(run)
    onlooker.post(url("import_reject", item))
    item.refresh_from_db()
    assert item.status == Status.REJECTED


@pytest.mark.parametrize("name", ["import_accept_all", "import_accept", "import_reject"])
def test_a_link_alone_changes_nothing(run: ImportRun, editor: Client, name: str) -> None:
    found = run if name in RUN_VIEWS else run.items.first()
    assert editor.get(url(name, found)).status_code == 405
    editor.get(url("import_undo", run))
    assert nothing_happened(run)


@pytest.mark.parametrize("name", ["import_accept_all", "import_undo", "import_accept"])
def test_a_form_from_elsewhere_is_refused(run: ImportRun, editor: Client, name: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = editor.cookies
    found = run if name in RUN_VIEWS else run.items.first()
    assert strict.post(url(name, found)).status_code == 403
    assert nothing_happened(run)


def test_the_list_of_imports_counts_what_waits(run: ImportRun, editor: Client) -> None:
    page = editor.get(reverse("imports")).content.decode()
    assert url("import_run", run) in page
    assert "listing.txt" in page
    assert "<td>3</td>" in page


def test_an_item_shows_its_source_beside_what_was_found_and_why(
    run: ImportRun, editor: Client
) -> None:
    page = editor.get(url("import_run", run)).content.decode()
    assert "Main theme: Return &amp; Readmission, Asylum" in page
    assert "Return &amp; readmission, Asylum" in page
    assert "because the text says “published a study”" in page
    assert "“asiel” → <strong>asylum</strong>" in page
    assert "nl, 100 %: It is the preferred label." in page
    assert "No concept is known for “video&#x27;s over planten”." in page


def test_every_reason_of_the_matcher_can_be_said_to_an_editor() -> None:
    assert set(MATCHER_REASONS) <= set(REASONS)


def test_what_a_source_says_is_never_markup(portal: None, editor: Client, tmp_path: Path) -> None:
    path = tmp_path / "<b>bold.txt"
    path.write_text(
        "<script>alert(1)</script> is <img src=x onerror=alert(2)> news.\nWhen1 May 2020\n"
        "Main theme: <i>Asylum</i>\nKeywords: <svg onload=alert(3)>\n",
        encoding="utf-8",
    )
    run = read_source(path).run
    assert run is not None
    for address in (
        url("import_run", run),
        url("import_mend", run.items.get()),
        url("import_undo", run),
        reverse("imports"),
    ):
        page = editor.get(address).content.decode()
        for markup in ("<script>alert", "<img src=x", "<i>Asylum", "<svg onload", "<b>bold"):
            assert markup not in page
    assert "&lt;script&gt;alert(1)" in editor.get(url("import_run", run)).content.decode()


def test_one_item_is_accepted(run: ImportRun, editor: Client) -> None:
    item = run.items.get(inferred__type="event")
    response = editor.post(url("import_accept", item), {"p": "1"})
    assert response["Location"] == f"{url('import_run', run)}?p=1#item-{item.pk}"
    event = Event.objects.get()
    assert event.live
    assert event.owner == User.objects.get(email="editor@portal.test")
    again = editor.post(url("import_accept", item), follow=True)
    assert "already decided" in again.content.decode()
    assert Event.objects.count() == 1


def test_all_items_are_accepted(run: ImportRun, editor: Client) -> None:
    response = editor.post(url("import_accept_all", run), follow=True)
    assert "3 pages are online." in response.content.decode()
    assert Output.objects.live().count() == 3


def test_an_item_is_mended_in_place(run: ImportRun, editor: Client) -> None:
    item = run.items.get(inferred__type="publication")
    data = filled(editor, item)
    data |= {
        "title": "Counselling before return",
        "theme_0": "asylum",
        "theme_1": "",
        "published_on": "2021-03-19",
        "keyword_1": "integration",
        "suggested": [],
    }
    response = editor.post(url("import_mend", item), data)
    assert response.status_code == 302, response.context["form"].errors
    item.refresh_from_db()
    assert item.mended
    assert item.inferred["title"] == "Counselling before return"
    assert item.inferred["themes"] == ["asylum"]
    assert item.inferred["published_on"] == "2021-03-19"
    first, second = item.inferred["keywords"]
    assert (first["concept"], first["reason"]) == ("asylum", "exact")
    assert (second["source"], second["concept"], second["reason"]) == (
        "video's over planten",
        "integration",
        "editor",
    )
    assert item.problems == []
    assert "An editor decided so." in editor.get(url("import_run", run)).content.decode()
    editor.post(url("import_accept", item))
    assert Publication.objects.get().title == "Counselling before return"


def test_a_mended_item_can_be_accepted_at_once(run: ImportRun, editor: Client) -> None:
    item = run.items.get(inferred__type="news-item")
    data = filled(editor, item)
    editor.post(url("import_mend", item), data | {"type": "event", "accept": "1"})
    assert Event.objects.get().title == item.inferred["title"]


def test_a_suggested_concept_is_unticked_with_its_evidence_and_published_only_if_ticked(
    run: ImportRun, editor: Client
) -> None:
    item = run.items.get(inferred__type="publication")
    form = editor.get(url("import_mend", item)).context["form"]
    found = [one["concept"] for one in item.inferred["suggested"]]
    assert len(found) > 1
    assert not form["suggested"].value()
    assert all(
        "because the text says “" in label for _slug, label in form["suggested"].field.choices
    )
    data = filled(editor, item) | {"suggested": [found[0]]}
    editor.post(url("import_mend", item), data)
    item.refresh_from_db()
    assert [one["concept"] for one in item.inferred["suggested"]] == found, "none is forgotten"
    assert editor.get(url("import_mend", item)).context["form"]["suggested"].value() == [found[0]]
    editor.post(url("import_accept", item))
    taken = Publication.objects.get().classifications.filter(keyword="")
    assert [(row.concept and row.concept.slug, row.source) for row in taken] == [
        (found[0], "editor")
    ]


def test_ticking_a_suggested_concept_settles_that_there_is_no_keyword(
    run: ImportRun, editor: Client
) -> None:
    item = run.items.get(inferred__type="event")
    item.inferred["suggested"] = [
        {"concept": "asylum", "label": "asylum", "confidence": 0.8, "reason": "exact", "text": "x"}
    ]
    item.save()
    assert "no-keyword" in {problem["code"] for problem in item.problems}
    editor.post(url("import_mend", item), filled(editor, item))
    item.refresh_from_db()
    assert "no-keyword" in {problem["code"] for problem in item.problems}
    editor.post(url("import_mend", item), filled(editor, item) | {"suggested": ["asylum"]})
    item.refresh_from_db()
    assert "no-keyword" not in {problem["code"] for problem in item.problems}


def test_the_source_stands_beside_the_fields_that_mend_it(run: ImportRun, editor: Client) -> None:
    item = run.items.get(inferred__type="publication")
    page = editor.get(url("import_mend", item)).content.decode()
    beside = page.split('class="review-mend"')[1].split("</aside>")[0]
    assert "Main theme: Return &amp; Readmission, Asylum" in beside
    assert "<form" not in beside


def test_a_mistake_in_the_form_keeps_what_was_typed(run: ImportRun, editor: Client) -> None:
    item = run.items.get(inferred__type="publication")
    data = filled(editor, item)
    data |= {"title": "Typed", "theme_0": "asylum", "theme_1": "asylum"}
    response = editor.post(url("import_mend", item), data)
    assert response.status_code == 200
    assert "A theme is chosen twice." in response.content.decode()
    assert 'value="Typed"' in response.content.decode()
    item.refresh_from_db()
    assert not item.mended


def test_a_rejected_item_leaves_the_waiting_ones(run: ImportRun, editor: Client) -> None:
    reject(run.items.get(inferred__type="event"))
    page = editor.get(url("import_run", run) + "?show=waiting").content.decode()
    assert page.count("<article") == 2
    assert editor.get(url("import_run", run)).content.decode().count("<article") == 3


def test_undoing_asks_first_and_names_what_stays(run: ImportRun, editor: Client) -> None:
    editor.post(url("import_accept_all", run))
    page = Publication.objects.get()
    page.title = "Our words"
    page.save_revision()
    assert "3 pages that the import of listing.txt made" in editor.get(
        url("import_undo", run)
    ).content.decode().replace("\n", " ")
    response = editor.post(url("import_undo", run), follow=True)
    assert "2 pages were removed" in response.content.decode()
    assert "stays, because an editor has changed" in response.content.decode()
    assert Output.objects.count() == 1


def test_undoing_many_pages_is_left_to_the_worker_and_shown(
    run: ImportRun, editor: Client, queue: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 2)
    editor.post(url("import_accept_all", run))
    page = editor.post(url("import_undo", run), follow=True).content.decode()
    assert "3 pages are being removed." in page
    assert "The import is being undone." in page
    assert "Undo this import" not in page
    assert Output.objects.count() == 3
    editor.post(url("import_undo", run))
    run.refresh_from_db()
    assert run.status == ImportRun.Status.UNDOING
    runner = JobRunner()
    while runner.run_one():
        pass
    run.refresh_from_db()
    assert run.status == ImportRun.Status.UNDONE
    assert not Output.objects.exists()


def test_an_item_that_was_decided_is_not_mended(run: ImportRun, editor: Client) -> None:
    item = run.items.get(inferred__type="event")
    editor.post(url("import_accept", item))
    response = editor.get(url("import_mend", item), follow=True)
    assert "Edit its page instead" in response.content.decode()


def test_a_long_import_is_shown_twenty_at_a_time_with_few_queries(
    portal: None, editor: Client
) -> None:
    run = read_source(TWIN).run
    assert run is not None
    editor.get(url("import_run", run))
    with CaptureQueriesContext(connection) as first:
        page = editor.get(url("import_run", run)).content.decode()
    with CaptureQueriesContext(connection) as second:
        rest = editor.get(url("import_run", run) + "?p=2").content.decode()
    assert page.count("<article") == 20
    assert rest.count("<article") == 5
    assert abs(len(first) - len(second)) <= 2
    assert len(first) <= 45


@pytest.mark.parametrize("number", ["x", "0", "999999", "-1"])
def test_a_page_number_that_does_not_exist_is_no_error(
    run: ImportRun, editor: Client, number: str
) -> None:
    assert editor.get(url("import_run", run) + f"?p={number}").status_code == 200


def test_an_import_that_does_not_exist_is_not_found(editor: Client) -> None:
    for name in ("import_run", "import_mend"):
        address = reverse(name, args=[99_999])
        assert editor.get(address, follow=True).status_code == 404
    assert editor.post(reverse("import_accept", args=[99_999])).status_code in (302, 404)
