"""Groups have the least rights that their work needs, whatever was clicked in the meantime."""

import pytest
from accounts.conftest import code_step, password_step, totp
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from contactpoint.accounts.actions import EditorCredentials, create_editor
from contactpoint.accounts.roles import CONTACT_POINTS, ensure_roles
from contactpoint.config.roles import Role

pytestmark = pytest.mark.django_db


def rights(group: str) -> set[str]:
    return {
        f"{p.content_type.app_label}.{p.codename}"
        for p in Group.objects.get(name=group).permissions.all()
    }


def test_editors_may_do_their_work_and_nothing_above_it() -> None:
    editors = rights("Editors")
    assert {
        "wagtailadmin.access_admin",
        "glossary.view_concept",
        "network.view_institution",
    } <= editors
    assert {"intake.view_importrun", "intake.change_importeditem"} <= editors
    for app in (
        "accounts",
        "auth",
        "wagtailcore",
        "wagtailusers",
        "sessions",
        "axes",
        "mfa",
        "kit",
    ):
        ours = {right for right in editors if right.startswith(f"{app}.")}
        assert ours <= {"accounts.write_originals"}, app
    changing = {r for r in editors if r.startswith(("glossary.", "network.")) and ".view_" not in r}
    assert changing == {"glossary.add_decision"}


def test_contact_points_of_states_come_to_their_room_and_not_to_the_admin(client: Client) -> None:
    made = create_editor("state@portal.test", password="correct horse battery", role=CONTACT_POINTS)
    assert rights(CONTACT_POINTS) == set()
    password_step(client, email=made.user.email, password=made.password)
    answer = code_step(client, totp(made.totp_secret))
    assert answer["Location"] == "/en/consultations/room/"
    assert client.get("/admin/").status_code == 403


def test_administrators_manage_people_but_not_the_roles_themselves() -> None:
    administrators = rights("Administrators")
    assert {"accounts.add_user", "glossary.change_concept"} <= administrators
    assert not {right for right in administrators if right.startswith("auth.")}


def test_editors_add_change_and_publish_any_page(editor: EditorCredentials) -> None:
    tester = Page.objects.get(depth=1).permissions_for_user(editor.user)
    assert tester.can_add_subpage()
    assert tester.can_publish_subpage()


def test_rights_clicked_together_are_put_back_after_migrate() -> None:
    group = Group.objects.get(name="Editors")
    group.permissions.add(Permission.objects.get(codename="change_user"))
    call_command("migrate", verbosity=0)
    assert "accounts.change_user" not in rights("Editors")


def test_a_right_that_does_not_exist_is_an_error(settings: object) -> None:
    settings.ROLES = {"Editors": Role(permissions=["kit.fly"], pages=[], files=[])}
    with pytest.raises(LookupError, match=r"kit\.fly"):
        ensure_roles()


@pytest.mark.parametrize(
    ("path", "editor_sees", "administrator_sees"),
    [
        ("/admin/", 200, 200),
        ("/admin/pages/", 200, 200),
        ("/admin/images/", 200, 200),
        ("/admin/documents/", 200, 200),
        ("/admin/media/", 200, 200),
        ("/admin/collections/", 302, 200),
        ("/admin/collections/add/", 302, 200),
        ("/admin/users/", 302, 200),
        ("/admin/users/new/", 302, 200),
        ("/admin/groups/", 302, 302),
        ("/admin/sites/", 302, 302),
        ("/admin/locales/", 302, 302),
        ("/admin/redirects/", 302, 200),
        ("/admin/account/", 200, 200),
    ],
)
def test_each_role_sees_its_rooms_of_the_admin(
    client: Client, path: str, editor_sees: int, administrator_sees: int
) -> None:
    for administrator, expected in ((False, editor_sees), (True, administrator_sees)):
        made = create_editor(f"{administrator}@portal.test", administrator=administrator)
        browser = Client()
        password_step(browser, email=made.user.email, password=made.password)
        code_step(browser, totp(made.totp_secret))
        page = browser.get(path, follow=True)
        assert (200 if page.redirect_chain == [] else 302) == expected, (path, administrator)
