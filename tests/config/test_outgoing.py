"""Where mails go as a setting: strict, and no secret in what is said of a mistake."""

from pathlib import Path

import pytest

from contactpoint.config.outgoing import PROVIDERS, outgoing

SECRET = "very-secret"


def test_nothing_means_a_folder() -> None:
    assert outgoing("").backend == "contactpoint.kit.mail_folder.EmailBackend"


def test_an_smtp_server_is_read_whole() -> None:
    found = outgoing("smtp://me%40example.org:a%2Fb+c@mail.example:587/?tls=1")
    assert (found.host, found.port, found.starttls, found.over_tls) == (
        "mail.example", 587, True, False,
    )  # fmt: skip
    assert (found.user, found.password) == ("me@example.org", "a/b+c")
    assert outgoing("smtps://mail.example").over_tls
    assert "a/b" not in repr(found)


def test_a_provider_is_read_with_its_keys(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from+the/file=\n", encoding="utf-8")
    found = outgoing(
        f"mailgun://?api_key_file={tmp_path}/key&sender_domain=mg.example.org"
        "&webhook_secret=events:0123456789abcdefghij"
    )
    assert found.backend == "anymail.backends.mailgun.EmailBackend"
    assert found.events == "anymail.webhooks.mailgun.MailgunTrackingWebhookView"
    assert found.anymail["MAILGUN_API_KEY"] == "from+the/file="
    assert found.anymail["MAILGUN_SENDER_DOMAIN"] == "mg.example.org"
    assert found.anymail["WEBHOOK_SECRET"] == "events:0123456789abcdefghij"
    assert "from+the" not in repr(found)


def test_a_plus_in_a_key_is_a_plus() -> None:
    assert outgoing("postmark:?server_token=a+b%26c").anymail["POSTMARK_SERVER_TOKEN"] == "a+b&c"


def test_without_a_secret_no_reports_are_taken() -> None:
    assert outgoing("postmark://?server_token=x").events == ""


@pytest.mark.parametrize("name", sorted(PROVIDERS))
def test_each_provider_names_what_it_needs(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} needs {PROVIDERS[name].needs[0]}, or"):
        outgoing(f"{name}://")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SECRET, "must be empty or begin with one of smtp:, smtps:, brevo:"),
        (f"http://{SECRET}@mail.example", "must be empty or begin"),
        (f"amazon-ses://?api_key={SECRET}", "smtp://"),
        (f"smtp://me:{SECRET}@mail.example:five", "port or host"),
        (f"smtp://me:{SECRET}/x@mail.example", "%2F"),
        (f"smtp://me:{SECRET}@mail.example/?ssl=1", "“ssl”, which means nothing"),
        (f"smtp://me:{SECRET}@mail.example/?tls=yes", "tls=1 or nothing"),
        (f"smtp://me:{SECRET}@mail.example/box", "goes on after host and port"),
        (f"mailgun://{SECRET}@host", "is written mailgun://?name=value"),
        (f"mailgun://?api_key={SECRET}#x", "%23"),
        (f"mailgun://?api_key={SECRET}&domain=x", "“domain”, which means nothing; it knows"),
        (f"mailgun://?api_key={SECRET}&api_key_file=/nowhere", "“api_key” twice"),
        ("mailgun://?api_key_file=/nowhere", "the file /nowhere, which can't be read"),
        ("mailgun://?api_key=", "nothing in “api_key”"),
        (f"mailgun://?api_key={SECRET}%0A", "several lines"),
        (f"mailgun://?api_key={SECRET}&api_url=http://mail.example", "begins with https://"),
        (f"mailgun://?api_key={SECRET}&webhook_secret={SECRET}", "events:PASSWORD"),
        (f"mailgun://?api_key=x&webhook_secret=me:{SECRET}", "20 letters"),
        ("scaleway://?secret_key=x&project_id=y&webhook_secret=z", "reports nothing"),
        (f"mandrill://?api_key={SECRET}&webhook_secret=me:{SECRET * 2}", "needs webhook_key"),
    ],
)
def test_a_mistake_says_what_is_wrong_and_no_secret(text: str, said: str) -> None:
    with pytest.raises(ValueError, match="CONTACTPOINT_EMAIL_URL") as raised:
        outgoing(text)
    assert said in str(raised.value)
    assert SECRET not in str(raised.value)
