"""A passkey is a second factor like an app: enrolled, shown, named, removed, and never copied."""

import json
import time

import pytest
from accounts.conftest import EMAIL, PASSWORD, code_step, password_step, totp
from allauth.account.internal.flows import login
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client
from software_key import SoftwareKey

from contactpoint.accounts.actions import EditorCredentials, enrol
from contactpoint.accounts.factor import accept_code
from contactpoint.accounts.models import User

NEW = "/account/factor/keys/new/"
KEYS = "/account/factor/keys/"
AGAIN = "/account/factor/again/key/"


def recently(client: Client, user: User) -> None:
    """As somebody who just showed that it is them once more."""
    session = client.session
    records = session.get(login.AUTHENTICATION_METHODS_SESSION_KEY, [])
    records.append({"method": "password", "at": time.time(), "reauthenticated": True})
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = records
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
    session.save()


def add(client: Client, key: SoftwareKey, name: str = "Blue key") -> HttpResponse:
    options = client.get(NEW).context["options"]
    return client.post(NEW, {"name": name, "credential": key.created(options)})


@pytest.fixture
def keyed(signed_in: Client, editor: EditorCredentials) -> tuple[Client, SoftwareKey]:
    """An editor with an app and a key."""
    recently(signed_in, editor.user)
    key = SoftwareKey()
    assert add(signed_in, key)["Location"] == KEYS
    return signed_in, key


def key_step(client: Client, key: SoftwareKey) -> HttpResponse:
    page = client.get("/account/factor/code/")
    return client.post(
        "/account/factor/code/", {"credential": key.answered(page.context["options"])}
    )


def test_a_key_opens_the_admin_after_the_password(keyed: tuple[Client, SoftwareKey]) -> None:
    _client, key = keyed
    other = Client()
    password_step(other)
    assert key_step(other, key)["Location"] == "/admin/"
    assert other.get("/admin/").status_code == 200


def test_a_key_without_the_password_opens_nothing(keyed: tuple[Client, SoftwareKey]) -> None:
    _client, _key = keyed
    other = Client()
    assert other.get("/account/factor/code/")["Location"] == "/account/login/"
    assert other.get("/account/factor/keys/login/", follow=True).status_code == 404


def test_pages_that_ask_for_a_key_may_and_carry_no_inline_script(
    keyed: tuple[Client, SoftwareKey],
) -> None:
    client, _key = keyed
    other = Client()
    password_step(other)
    for page in (client.get(NEW), client.get(AGAIN), other.get("/account/factor/code/")):
        assert "publickey-credentials-get=(self)" in page["Permissions-Policy"]
        assert "script-src 'self'" in page["Content-Security-Policy"]
        assert "unsafe-inline" not in page["Content-Security-Policy"]
        assert b"<passkey-form" in page.content
        assert b"<script>" not in page.content
    assert "publickey-credentials-get=()" in client.get("/account/factor/")["Permissions-Policy"]


def test_a_user_without_a_factor_may_begin_with_a_key(unenrolled: User, client: Client) -> None:
    client.force_login(unenrolled, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(NEW)["Location"].startswith("/account/reauthenticate/")
    recently(client, unenrolled)
    before = client.session.session_key
    answer = add(client, SoftwareKey())
    assert answer["Location"] == "/account/factor/recovery/"
    assert client.session.session_key != before
    assert client.get("/admin/").status_code == 200
    assert len(client.get(answer["Location"]).context["unused_codes"]) == 10


def test_a_key_alone_is_asked_for_by_key(unenrolled: User, client: Client) -> None:
    client.force_login(unenrolled, backend="allauth.account.auth_backends.AuthenticationBackend")
    recently(client, unenrolled)
    key = SoftwareKey()
    add(client, key)
    other = Client()
    other.force_login(unenrolled, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert other.get("/admin/")["Location"].startswith(f"{AGAIN}?next=")
    assert other.get(KEYS)["Location"] == AGAIN
    options = other.get(AGAIN).context["options"]
    answer = other.post(f"{AGAIN}?next=/admin/", {"credential": key.answered(options)})
    assert answer["Location"] == "/admin/"
    assert other.get("/admin/").status_code == 200


def test_an_answer_counts_once(keyed: tuple[Client, SoftwareKey]) -> None:
    _client, key = keyed
    other = Client()
    password_step(other)
    answer = key.answered(other.get("/account/factor/code/").context["options"])
    assert other.post("/account/factor/code/", {"credential": answer}).status_code == 302
    third = Client()
    password_step(third)
    third.get("/account/factor/code/")
    assert third.post("/account/factor/code/", {"credential": answer}).status_code == 200
    assert third.get("/admin/").status_code == 302


def test_a_copy_of_a_key_is_found_by_its_counter(keyed: tuple[Client, SoftwareKey]) -> None:
    _client, key = keyed
    copy = SoftwareKey(counter=key.counter, id=key.id, private=key.private)
    for _use in range(2):
        other = Client()
        password_step(other)
        assert key_step(other, key).status_code == 302
    thief = Client()
    password_step(thief)
    assert key_step(thief, copy).status_code == 200
    assert thief.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    "key", [SoftwareKey(origin="https://evil.test"), SoftwareKey(host="evil.test")]
)
def test_a_key_of_another_site_is_refused(
    signed_in: Client, editor: EditorCredentials, key: SoftwareKey
) -> None:
    recently(signed_in, editor.user)
    assert add(signed_in, key).status_code == 200
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_the_key_of_somebody_else_is_refused(
    keyed: tuple[Client, SoftwareKey], unenrolled: User, client: Client
) -> None:
    _client, key = keyed
    stranger = Client()
    stranger.force_login(unenrolled, backend="allauth.account.auth_backends.AuthenticationBackend")
    recently(stranger, unenrolled)
    add(stranger, own := SoftwareKey())
    assert add(stranger, key).status_code == 200
    other = Client()
    password_step(other)
    assert key_step(other, own).status_code == 200
    assert other.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    "sent",
    [
        *("", "null", "[]", "{}", "1", '"x"', "{", '{"id": 1}', '{"id": "a", "rawId": "b"}'),
        json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}),
        json.dumps({"id": "AA", "rawId": "AA", "type": "x", "response": {"clientDataJSON": "AA",
                    "attestationObject": "oA", "authenticatorData": "AA", "signature": "AA"}}),
    ],
)  # fmt: skip
def test_what_no_browser_sends_is_refused_in_a_sentence(
    keyed: tuple[Client, SoftwareKey], sent: str
) -> None:
    client, _key = keyed
    client.get(NEW)
    assert client.post(NEW, {"name": "x", "credential": sent}).status_code == 200
    client.get(AGAIN)
    assert client.post(AGAIN, {"credential": sent}).status_code == 200
    other = Client()
    password_step(other)
    other.get("/account/factor/code/")
    assert other.post("/account/factor/code/", {"credential": sent}).status_code == 200
    assert other.get("/admin/").status_code == 302
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_keys_have_names_and_their_owner_changes_them(
    keyed: tuple[Client, SoftwareKey], editor: EditorCredentials
) -> None:
    client, _key = keyed
    add(client, SoftwareKey(), "Second <b>key</b>")
    page = client.get(KEYS).content.decode()
    assert "Blue key" in page
    assert "Second &lt;b&gt;key&lt;/b&gt;" in page
    pk = Authenticator.objects.filter(type="webauthn").earliest("pk").pk
    assert client.post(f"{KEYS}{pk}/", {"name": "Green key"})["Location"] == KEYS
    assert "Green key" in client.get(KEYS).content.decode()


def test_one_key_of_several_is_removed_and_its_sessions_are_asked_again(
    keyed: tuple[Client, SoftwareKey],
) -> None:
    client, key = keyed
    other = Client()
    password_step(other)
    key_step(other, key)
    assert other.get("/admin/").status_code == 200
    pk = Authenticator.objects.get(type="webauthn").pk
    assert client.get(f"{KEYS}{pk}/remove/").status_code == 200
    assert client.post(f"{KEYS}{pk}/remove/")["Location"] == KEYS
    assert not Authenticator.objects.filter(type="webauthn").exists()
    assert other.get("/admin/").status_code == 302


def test_the_only_factor_stays(unenrolled: User, client: Client) -> None:
    client.force_login(unenrolled, backend="allauth.account.auth_backends.AuthenticationBackend")
    recently(client, unenrolled)
    add(client, SoftwareKey())
    pk = Authenticator.objects.get(type="webauthn").pk
    assert client.post(f"{KEYS}{pk}/remove/")["Location"] == KEYS
    assert Authenticator.objects.filter(pk=pk).exists()
    assert "only second factor" in client.get(KEYS).content.decode()


def test_keys_of_others_are_out_of_reach(
    keyed: tuple[Client, SoftwareKey], unenrolled: User
) -> None:
    pk = Authenticator.objects.get(type="webauthn").pk
    stranger = Client()
    stranger.force_login(unenrolled, backend="allauth.account.auth_backends.AuthenticationBackend")
    recently(stranger, unenrolled)
    add(stranger, SoftwareKey())
    for path in (f"{KEYS}{pk}/", f"{KEYS}{pk}/remove/"):
        assert stranger.get(path, follow=True).status_code == 404
        assert stranger.post(path, {"name": "mine"}, follow=True).status_code == 404


def test_a_new_key_needs_the_factor_once_more(signed_in: Client) -> None:
    for path in (NEW, f"{KEYS}1/remove/"):
        assert signed_in.get(path)["Location"].startswith("/account/factor/again/?next="), path


def test_no_more_keys_than_ten(
    keyed: tuple[Client, SoftwareKey], editor: EditorCredentials
) -> None:
    client, _key = keyed
    Authenticator.objects.bulk_create(
        Authenticator(
            user=editor.user, type="webauthn", data=Authenticator.objects.get(type="webauthn").data
        )
        for _number in range(9)
    )
    assert "Remove one first" in add(client, SoftwareKey()).content.decode()


def test_codes_still_work_beside_keys_and_a_reset_ends_both(
    keyed: tuple[Client, SoftwareKey], editor: EditorCredentials
) -> None:
    _client, key = keyed
    assert accept_code(editor.user, editor.recovery_codes[0])
    other = Client()
    password_step(other, EMAIL, PASSWORD)
    assert code_step(other, totp(editor.totp_secret, ahead=1))["Location"] == "/admin/"
    enrol(editor.user)
    third = Client()
    password_step(third)
    assert key_step(third, key).status_code == 200
