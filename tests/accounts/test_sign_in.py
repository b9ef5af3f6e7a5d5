"""The ways into the admin, each with and without what it asks for."""

from urllib.parse import parse_qs, urlsplit

import pytest
from accounts.conftest import EMAIL, PASSWORD, code_step, password_step, totp
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client

from contactpoint.accounts.actions import EditorCredentials, enrol
from contactpoint.accounts.middleware import SecondFactorMiddleware
from contactpoint.accounts.models import User


def is_signed_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def test_password_and_code_open_the_admin(editor: EditorCredentials, client: Client) -> None:
    answer = password_step(client)
    assert answer["Location"] == "/account/factor/code/"
    answer = code_step(client, totp(editor.totp_secret))
    assert answer["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_password_alone_signs_nobody_in(editor: EditorCredentials, client: Client) -> None:
    password_step(client)
    assert not is_signed_in(client)
    assert client.get("/admin/")["Location"] == "/account/login/?next=%2Fadmin%2F"


def test_the_address_is_known_in_any_case(editor: EditorCredentials, client: Client) -> None:
    assert (
        password_step(client, email=" EDITOR@Portal.TEST ")["Location"] == "/account/factor/code/"
    )


@pytest.mark.parametrize("path", ["/admin/login/", "/en/_util/login/", "/nl/_util/login/"])
def test_a_post_to_wagtails_own_sign_in_signs_nobody_in(
    editor: EditorCredentials, client: Client, path: str
) -> None:
    answer = client.post(path, {"username": EMAIL, "password": PASSWORD, "next": "/admin/"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=")
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("/admin/pages/", "/admin/pages/"),
        ("https://evil.test/", "/admin/"),
        ("//evil.test/", "/admin/"),
        ("javascript:alert(1)", "/admin/"),
        ("", "/admin/"),
    ],
)
def test_only_addresses_of_this_site_are_returned_to(
    editor: EditorCredentials, client: Client, wanted: str, target: str
) -> None:
    answer = client.get("/admin/login/", {"next": wanted})
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [target]
    client.post("/account/login/", {"login": EMAIL, "password": PASSWORD, "next": wanted})
    assert code_step(client, totp(editor.totp_secret))["Location"] == target


def test_a_user_without_a_factor_gets_to_the_enrolment_and_nowhere_else(
    unenrolled: User, client: Client
) -> None:
    client.force_login(unenrolled)
    for path in ("/admin/", "/admin/documents/", "/admin/media/", "/admin/images/add/"):
        assert client.get(path)["Location"].startswith("/account/factor/app/?next="), path
    assert client.post("/admin/pages/1/delete/").status_code == 302


def test_a_session_without_the_second_step_is_asked_for_a_code(
    editor: EditorCredentials, client: Client
) -> None:
    client.force_login(editor.user)
    answer = client.get("/admin/reports/")
    assert answer["Location"] == "/account/factor/again/?next=%2Fadmin%2Freports%2F"
    assert client.get("/account/factor/recovery/")["Location"] == "/account/factor/again/"
    assert client.get("/account/password/")["Location"] == "/account/factor/again/"
    answer = client.post(answer["Location"], {"code": totp(editor.totp_secret)})
    assert answer["Location"] == "/admin/reports/"
    assert client.get("/admin/").status_code == 200


def test_a_session_without_the_second_step_is_nobody_outside_the_account_pages(
    editor: EditorCredentials, client: Client
) -> None:
    client.force_login(editor.user)
    seen = []
    request = HttpRequest()
    request.path_info = "/documents/1/private.pdf"
    request.session = client.session
    request.user = editor.user

    def view(asked: HttpRequest) -> HttpResponse:
        seen.append(asked.user.is_authenticated)
        return HttpResponse()

    SecondFactorMiddleware(view)(request)
    assert seen == [False]
    assert AnonymousUser() == request.user


@pytest.mark.parametrize(
    "path",
    [
        *("/account/signup/", "/account/email/", "/account/confirm-email/", "/account/login/code/"),
        *("/account/password/reset/", "/account/social/", "/account/factor/app/remove/"),
    ],
)
@pytest.mark.django_db
def test_what_an_account_does_not_need_is_not_there(client: Client, path: str) -> None:
    before = User.objects.count()
    data = {"email": "x@x.test", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(path, data, follow=True).status_code == 404
    assert client.get("/admin/password_reset/").status_code in (302, 404)
    assert User.objects.count() == before


def test_known_and_unknown_addresses_get_the_same_answer(
    editor: EditorCredentials, client: Client
) -> None:
    def answer(email: str) -> str:
        page = password_step(client, email=email, password="wrong wrong wrong")
        assert page.status_code == 200
        token = page.context["csrf_token"]
        return page.content.decode().replace(email, "X").replace(str(token), "T")

    known, unknown = answer(EMAIL), answer("nobody@portal.test")
    errors = [line for line in known.splitlines() if "field-error" in line]
    assert errors
    assert errors == [line for line in unknown.splitlines() if "field-error" in line]


def test_signing_in_rotates_the_session(editor: EditorCredentials, client: Client) -> None:
    client.get("/account/login/")
    password_step(client)
    before = client.session.session_key
    code_step(client, totp(editor.totp_secret))
    assert client.session.session_key != before


def test_a_reset_factor_ends_the_sessions_of_the_old_one(
    editor: EditorCredentials, signed_in: Client
) -> None:
    assert signed_in.get("/admin/").status_code == 200
    enrol(editor.user)
    assert signed_in.get("/admin/")["Location"].startswith("/account/factor/again/")


def test_without_rights_in_the_admin_there_is_a_refusal_and_no_loop(
    editor: EditorCredentials, signed_in: Client
) -> None:
    editor.user.groups.clear()
    assert signed_in.get("/admin/").status_code == 403


def test_signing_out_needs_a_post_and_ends_the_session(signed_in: Client) -> None:
    assert signed_in.get("/account/logout/").status_code == 200
    assert is_signed_in(signed_in)
    assert signed_in.post("/account/logout/")["Location"] == "/account/login/"
    assert not is_signed_in(signed_in)


@pytest.mark.parametrize("path", ["/account/login/", "/account/factor/", "/account/password/"])
def test_every_account_page_renders(signed_in: Client, path: str) -> None:
    page = signed_in.get(path, follow=True)
    assert page.status_code == 200
    assert b"<h1" in page.content
