"""Codes are good once, secrets are kept encrypted, enrolment is this session's second step."""

import re

import pytest
from accounts.conftest import PASSWORD, code_step, password_step, totp
from allauth.mfa.models import Authenticator
from django.test import Client

from contactpoint.accounts.actions import EditorCredentials, create_editor
from contactpoint.accounts.factor import accept_code
from contactpoint.accounts.models import User


def test_a_code_is_refused_the_second_time_in_any_browser(
    editor: EditorCredentials, client: Client
) -> None:
    code = totp(editor.totp_secret)
    password_step(client)
    assert code_step(client, code)["Location"] == "/admin/"
    other = Client()
    password_step(other)
    assert code_step(other, code).status_code == 200
    assert other.get("/admin/").status_code == 302


def test_an_earlier_code_is_refused_after_a_later_one(editor: EditorCredentials) -> None:
    assert accept_code(editor.user, totp(editor.totp_secret, ahead=1))
    assert not accept_code(editor.user, totp(editor.totp_secret, ahead=0))


def test_replay_is_refused_by_the_database_and_not_by_a_cache(
    editor: EditorCredentials, settings: object
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    code = totp(editor.totp_secret)
    assert accept_code(User.objects.get(pk=editor.user.pk), code)
    assert not accept_code(User.objects.get(pk=editor.user.pk), code)


@pytest.mark.parametrize("ahead", [-3, -2, 2, 3, 2880])
def test_codes_of_other_times_are_refused(editor: EditorCredentials, ahead: int) -> None:
    assert not accept_code(editor.user, totp(editor.totp_secret, ahead=ahead))


def test_a_recovery_code_works_once(editor: EditorCredentials, client: Client) -> None:
    code = editor.recovery_codes[3]
    password_step(client)
    assert code_step(client, code)["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    other = Client()
    password_step(other)
    assert code_step(other, code).status_code == 200
    assert code_step(other, editor.recovery_codes[4])["Location"] == "/admin/"


def test_a_code_of_somebody_else_is_refused(editor: EditorCredentials, client: Client) -> None:
    other = create_editor("other@portal.test")
    password_step(client)
    assert code_step(client, totp(other.totp_secret)).status_code == 200
    assert code_step(client, other.recovery_codes[0]).status_code == 200


def test_a_copy_of_the_database_holds_no_secret_in_the_clear(editor: EditorCredentials) -> None:
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert editor.totp_secret not in kept
    assert not any(code in kept for code in editor.recovery_codes)


def test_another_secret_key_refuses_and_says_the_mend(
    editor: EditorCredentials, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SECRET_KEY, old = "another" * 10, settings.SECRET_KEY
    assert not accept_code(editor.user, totp(editor.totp_secret))
    assert "reset-factor" in caplog.text
    settings.SECRET_KEY_FALLBACKS = [old]
    assert accept_code(editor.user, totp(editor.totp_secret))


def test_enrolment_opens_the_admin_and_spends_its_code(unenrolled: User, client: Client) -> None:
    password_step(client, email=unenrolled.email)
    assert client.get("/admin/")["Location"].startswith("/account/factor/app/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/factor/app/")
    assert b'src="data:image/svg+xml;base64,' in page.content
    secret = re.search(rb"<code>([A-Z2-7]{32})</code>", page.content)[1].decode()
    before, code = client.session.session_key, totp(secret)
    answer = client.post("/account/factor/app/", {"code": code})
    assert answer["Location"] == "/account/factor/recovery/"
    assert client.session.session_key != before
    assert client.get("/admin/").status_code == 200
    other = Client()
    password_step(other, email=unenrolled.email)
    assert code_step(other, code).status_code == 200, "the code was spent"


def test_enrolment_asks_for_the_password_again(unenrolled: User, client: Client) -> None:
    client.force_login(unenrolled)
    answer = client.get("/account/factor/app/")
    assert answer["Location"].startswith("/account/reauthenticate/?next=")


def test_recovery_codes_are_shown_once(unenrolled: User, client: Client) -> None:
    password_step(client, email=unenrolled.email)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/factor/app/")
    client.post("/account/factor/app/", {"code": totp(page.context["form"].secret)})
    shown = re.findall(rb"<code>(\d{8})</code>", client.get("/account/factor/recovery/").content)
    assert len(shown) == 10
    again = client.get("/account/factor/recovery/")
    assert not re.findall(rb"\d{8}</code>", again.content)


def test_whoever_is_enrolled_cannot_swap_the_app_in_the_browser(signed_in: Client) -> None:
    assert signed_in.get("/account/factor/app/")["Location"] == "/account/factor/"


def test_new_recovery_codes_need_a_code_and_not_the_password(
    editor: EditorCredentials, signed_in: Client
) -> None:
    answer = signed_in.get("/account/factor/recovery/new/")
    assert answer["Location"].startswith("/account/factor/again/")
    answer = signed_in.post("/account/reauthenticate/", {"password": PASSWORD})
    assert answer["Location"].startswith("/account/factor/again/")
