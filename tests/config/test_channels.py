"""Accounts in social networks as settings: strict, and no secret in what is said of a mistake."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from contactpoint.config.channels import channels

GOOD = {"network": "mastodon", "server": "https://mastodon.example", "token": "very-secret"}


def test_an_account_is_read_with_all_that_is_not_said() -> None:
    (found,) = channels(json.dumps({"fediverse": GOOD})).values()
    assert found["server"] == "https://mastodon.example"
    assert (found["languages"], found["label"], found["account"]) == ((), "", "")


def test_a_token_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from-the-file\n", encoding="utf-8")
    given = {**GOOD, "token_file": str(tmp_path / "token")}
    del given["token"]
    assert channels(json.dumps({"one": given}))["one"]["token"] == "from-the-file"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"network": "myspace"}, "needs a network"),
        ({"network": "bluesky"}, "needs an account"),
        ({"server": "http://mastodon.example"}, "needs a server"),
        ({"server": "https://mastodon.example/api"}, "needs a server"),
        ({"server": "https://mastodon.example:8443"}, "needs a server"),
        ({"server": "https://very-secret@mastodon.example"}, "needs a server"),
        ({"tokens": "very-secret"}, "“tokens”, which means nothing"),
        ({"token": ""}, "needs either a token or a token_file"),
        ({"token_file": "/nowhere"}, "needs either a token or a token_file"),
        ({"languages": "en"}, "a list of codes"),
        ({"token": ["very-secret"]}, "neither text"),
    ],
)
def test_a_mistake_names_the_account_and_tells_no_secret(changed: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said) as raised:
        channels(json.dumps({"fediverse": {**GOOD, **changed}}))
    assert "“fediverse”" in str(raised.value)
    assert "very-secret" not in str(raised.value)


@pytest.mark.parametrize("text", ["very-secret", '["very-secret"]', '{"A b": {}}', '{"a": "b"}'])
def test_what_is_no_such_list_is_told_without_it(text: str) -> None:
    with pytest.raises(ValueError, match="CONTACTPOINT_SOCIAL must be") as raised:
        channels(text)
    assert "very-secret" not in str(raised.value)


def test_no_process_loads_the_client_libraries_before_something_is_posted() -> None:
    code = (
        "import sys, django, portal_settings\n"
        "django.setup()\n"
        "import contactpoint.dissemination.handlers, contactpoint.config.urls\n"
        "from contactpoint.dissemination.social import sending\n"
        "print([one for one in ('mastodon', 'atproto') if one in sys.modules])\n"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "portal_settings", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout.strip() == "[]"
