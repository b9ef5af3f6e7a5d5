"""The right to manage users is not the right to everything."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from editing import sign_in

from contactpoint.accounts.actions import create_editor
from contactpoint.accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "a long and quiet evening"


def account(**changes: str) -> dict[str, str]:
    data = {
        "email": "new@portal.test",
        "first_name": "New",
        "last_name": "Person",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "is_superuser": "on",
        "is_active": "on",
    }
    return data | changes


@pytest.fixture
def superuser() -> User:
    user = create_editor("root@portal.test", password=PASSWORD).user
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    return user


def was_refused(answer: Any) -> bool:
    return answer.status_code == 302 and answer.headers["Location"] == "/admin/"


def test_an_administrator_makes_users_and_no_superuser(client: Client) -> None:
    sign_in(client, administrator=True)
    address = reverse("wagtailusers_users:add")
    assert 'name="is_superuser"' not in client.get(address).content.decode()
    assert client.post(address, account()).status_code == 302
    assert not User.objects.get(email="new@portal.test").is_superuser


def test_an_administrator_lifts_nobody_not_even_themselves(client: Client) -> None:
    own = sign_in(client, administrator=True)
    other = create_editor("other@portal.test", password=PASSWORD).user
    for user in (other, own):
        address = reverse("wagtailusers_users:edit", args=[user.pk])
        assert 'name="is_superuser"' not in client.get(address).content.decode()
        data = account(email=user.email, password1="", password2="")
        assert client.post(address, data).status_code == 302
        user.refresh_from_db()
        assert (user.first_name, user.is_superuser) == ("New", False)


def test_an_administrator_touches_no_account_with_every_right(
    client: Client, superuser: User
) -> None:
    sign_in(client, administrator=True)
    address = reverse("wagtailusers_users:edit", args=[superuser.pk])
    assert was_refused(client.get(address))
    assert was_refused(client.post(address, account(email="mine@portal.test")))
    bulk = reverse("wagtail_bulk_action", args=["accounts", "user", "assign_role"])
    role = Group.objects.get(name="Glossary editors")
    assert was_refused(client.post(f"{bulk}?id={superuser.pk}", {"role": role.pk}))
    state = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
    assert was_refused(client.post(f"{state}?id={superuser.pk}", {"mark_as_active": "False"}))
    superuser.refresh_from_db()
    assert superuser.email == "root@portal.test"
    assert superuser.check_password(PASSWORD)
    assert superuser.is_active
    assert role not in superuser.groups.all()


def test_whoever_has_every_right_may_give_it(client: Client) -> None:
    own = sign_in(client, administrator=True)
    User.objects.filter(pk=own.pk).update(is_superuser=True)
    address = reverse("wagtailusers_users:add")
    assert 'name="is_superuser"' in client.get(address).content.decode()
    assert client.post(address, account()).status_code == 302
    assert User.objects.get(email="new@portal.test").is_superuser
