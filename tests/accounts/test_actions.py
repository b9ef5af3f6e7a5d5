"""Users are made with everything they need, by hand or by command."""

import io
import re

import pytest
from accounts.conftest import EMAIL, code_step, password_step, totp
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from contactpoint.accounts.actions import create_editor
from contactpoint.accounts.models import User

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    output = io.StringIO()
    call_command("user", *arguments, stdout=output)
    return output.getvalue()


def test_an_editor_is_made_with_password_factor_and_recovery_codes() -> None:
    made = create_editor("New.Editor@Portal.test")
    assert made.user.email == "new.editor@portal.test"
    assert len(made.password) >= 20
    assert len(set(made.recovery_codes)) == 10
    assert made.otpauth_uri.startswith("otpauth://totp/new.editor%40portal.test?secret=")
    assert [group.name for group in made.user.groups.all()] == ["Editors"]
    assert not made.user.is_superuser
    assert made.password not in repr(made)
    assert made.totp_secret not in repr(made)


@pytest.mark.parametrize("email", ["nobody", "a b@x.test", ""])
def test_a_malformed_address_is_refused(email: str) -> None:
    with pytest.raises(ValidationError):
        create_editor(email)


def test_a_weak_password_is_refused_and_leaves_no_user() -> None:
    with pytest.raises(ValidationError):
        create_editor(EMAIL, password="short")
    assert not User.objects.exists()


def test_the_command_prints_a_sign_in_that_works(client: Client) -> None:
    printed = run("add", EMAIL)
    password = re.search(r"Password:\s+(\S+)", printed)[1]
    secret = re.search(r"secret into it: (\S+)", printed)[1]
    assert "█" in printed or "▀" in printed
    password_step(client, password=password)
    assert code_step(client, totp(secret))["Location"] == "/admin/"


def test_the_command_gives_a_new_factor_and_the_old_one_stops(client: Client) -> None:
    old = create_editor(EMAIL)
    secret = re.search(r"secret into it: (\S+)", run("reset-factor", EMAIL.upper()))[1]
    password_step(client, password=old.password)
    assert code_step(client, totp(old.totp_secret)).status_code == 200
    assert code_step(client, old.recovery_codes[0]).status_code == 200
    assert code_step(client, totp(secret))["Location"] == "/admin/"


def test_the_command_says_what_is_wrong_in_a_sentence() -> None:
    run("add", EMAIL)
    with pytest.raises(CommandError, match="has an account already"):
        run("add", EMAIL)
    with pytest.raises(CommandError, match="No account has the address"):
        run("reset-factor", "nobody@portal.test")
    with pytest.raises(CommandError, match="valid email"):
        run("add", "nobody")


def test_a_command_makes_an_editor_of_the_glossary() -> None:
    run("add", "words@portal.test", "--glossary-editor")
    user = User.objects.get(email="words@portal.test")
    assert [group.name for group in user.groups.all()] == ["Glossary editors"]
    assert user.has_perm("glossary.change_concept")
    assert not user.has_perm("glossary.publish_schemeversion")
