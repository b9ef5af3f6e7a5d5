"""An issue goes through the real sender to a real server, once to each, in their language."""

from pathlib import Path
from typing import Any

from django.utils import timezone
from postbox import listening

from contactpoint.dissemination.delivering.sending import Sender
from contactpoint.dissemination.models import Issue
from contactpoint.dissemination.newsletter.sending import progress, schedule, work
from contactpoint.outputs.models import Output

from .conftest import issue_of, reader


def test_each_reader_gets_one_mail_with_both_parts(
    study: Output, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    reader("anna@example.org", "fr")
    reader("ben@example.net", "en")
    reader("cleo@example.net", newsletter=False)
    schedule(issue_of(study, introductions={"en": "Dear reader"}), timezone.now())
    with listening(settings) as box:
        sender = Sender()
        try:
            for _round in range(3):
                work()
                sender.work()
        finally:
            sender.close()
    assert sorted((str(one["To"]), str(one["Content-Language"])) for one in box.messages) == [
        ("anna@example.org", "fr"),
        ("ben@example.net", "en"),
    ]
    for mail in box.messages:
        assert str(mail["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
        assert str(mail["List-Id"]).endswith("<newsletter.portal.example.org>")
        plain, rich = mail.get_body(("plain",)), mail.get_body(("html",))
        assert plain is not None
        assert rich is not None
        assert "Dear reader" in plain.get_content()
        assert "Dear reader" in rich.get_content()
    issue = Issue.objects.get()
    assert issue.state == "sent"
    assert progress(issue)["sent"] == 2
