"""Wrong passwords and wrong codes lock, under one key, and the page says for how long."""

from datetime import timedelta

import pytest
from accounts.conftest import EMAIL, code_step, password_step, totp
from axes.models import AccessAttempt
from django.conf import settings
from django.core.management import call_command
from django.db.models import F
from django.http import HttpRequest
from django.test import Client

from contactpoint.accounts import limits
from contactpoint.accounts.actions import EditorCredentials

LIMIT = settings.PASSWORD_FAILURE_LIMIT


def wrong_codes(client: Client, times: int, **extra: str) -> object:
    for _ in range(times):
        answer = code_step(client, "000000", **extra)
    return answer


def test_wrong_passwords_lock_and_the_page_says_how_long(
    editor: EditorCredentials, client: Client
) -> None:
    for _ in range(LIMIT):
        page = password_step(client, password="wrong")
    assert page.status_code == 429
    assert b"30 minutes" in page.content
    assert 1700 < int(page["Retry-After"]) <= 1800
    assert password_step(client).status_code == 429, "the right password is refused as well"


def test_an_unknown_address_locks_the_same_way(db: None, client: Client) -> None:
    for _ in range(LIMIT):
        page = password_step(client, email="nobody@portal.test", password="wrong")
    assert page.status_code == 429


def test_wrong_codes_lock_and_so_does_the_right_one_after_them(
    editor: EditorCredentials, client: Client
) -> None:
    password_step(client)
    assert wrong_codes(client, LIMIT - 1).status_code == 200
    assert wrong_codes(client, 1).status_code == 429
    assert code_step(client, totp(editor.totp_secret)).status_code == 429
    assert code_step(client, editor.recovery_codes[0]).status_code == 429


def test_passwords_and_codes_count_together_whatever_the_spelling(
    editor: EditorCredentials, client: Client
) -> None:
    for number in range(LIMIT - 2):
        password_step(client, email=EMAIL.upper() if number % 2 else EMAIL, password="wrong")
    password_step(client)
    assert wrong_codes(client, 1).status_code == 200
    assert wrong_codes(client, 1).status_code == 429
    assert password_step(Client(), email=EMAIL.title()).status_code == 429


def test_the_right_password_between_wrong_codes_does_not_start_the_count_anew(
    editor: EditorCredentials, client: Client
) -> None:
    password_step(client)
    wrong_codes(client, LIMIT - 1)
    password_step(client)
    assert wrong_codes(client, 1).status_code == 429


def test_a_stranger_elsewhere_does_not_lock_the_editor_out(
    editor: EditorCredentials, client: Client
) -> None:
    for _ in range(LIMIT):
        password_step(Client(), password="wrong", REMOTE_ADDR="203.0.113.9")
    assert password_step(client)["Location"] == "/account/factor/code/"


def test_codes_guessed_from_many_places_lock_the_account(
    editor: EditorCredentials, client: Client
) -> None:
    for place in range(settings.CODE_FAILURE_LIMIT):
        place_client = Client(REMOTE_ADDR=f"203.0.113.{place}")
        password_step(place_client)
        answer = code_step(place_client, "000000")
    assert answer.status_code == 429
    password_step(client)
    assert code_step(client, totp(editor.totp_secret)).status_code == 429


def test_a_lock_ends_by_itself_and_trying_on_does_not_prolong_it(
    editor: EditorCredentials, client: Client
) -> None:
    for _ in range(LIMIT + 2):
        password_step(client, password="wrong")
    attempt = AccessAttempt.objects.get()
    assert attempt.failures_since_start == LIMIT
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=31))
    assert password_step(client)["Location"] == "/account/factor/code/"


def test_an_operator_lifts_a_lock(editor: EditorCredentials, client: Client) -> None:
    password_step(client)
    wrong_codes(client, LIMIT)
    assert password_step(Client()).status_code == 429
    call_command("user", "unlock", EMAIL)
    password_step(client)
    assert code_step(client, totp(editor.totp_secret))["Location"] == "/admin/"


def test_success_forgives_earlier_mistakes(editor: EditorCredentials, client: Client) -> None:
    password_step(client, password="wrong")
    password_step(client)
    code_step(client, totp(editor.totp_secret))
    assert not AccessAttempt.objects.filter(username=EMAIL).exists()


def test_neither_passwords_nor_codes_are_written_down(
    editor: EditorCredentials, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        password_step(client, password="s3cret-typo")
        password_step(client)
        code_step(client, "867530")
    kept = " ".join(f"{a.post_data} {a.get_data}" for a in AccessAttempt.objects.all())
    for secret in ("s3cret-typo", "867530", editor.password, editor.totp_secret):
        assert secret not in kept
        assert secret not in caplog.text


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "10.0.0.1, 198.51.100.7", "198.51.100.7"),
        (2, "6.6.6.6, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_say_who_asks(
    settings: object, proxies: int, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": forwarded}
    assert limits.client_address(request) == expected
