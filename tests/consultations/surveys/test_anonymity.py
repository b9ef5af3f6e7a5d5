"""Of an anonymous survey nothing that is kept says who answered what, or when."""

import json
import logging
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from answering import Reader, asked_by_link
from consulting import made_instrument, made_round
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.serializers import serialize
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from people import person

from contactpoint.consultations.actions import inviting, reminding
from contactpoint.consultations.actions.opening import Obstacle, checks
from contactpoint.consultations.models import (
    Answer,
    Attachment,
    Mailing,
    PersonalLink,
    Respondent,
    Response,
    Round,
)
from contactpoint.consultations.questions import Instrument, Kind, Question, Section
from contactpoint.consultations.secret_links import (
    digest_of_what,
    digest_of_who,
    is_secret,
    new_secret,
)
from contactpoint.consultations.surveys.masking import LinkFilter
from contactpoint.kit import outbox
from contactpoint.kit.mail import IN_A_FOLDER

pytestmark = pytest.mark.django_db


def everything() -> str:
    """All rows of all tables, as somebody who reads the database sees them."""
    return "\n".join(
        serialize("json", model._default_manager.all())
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    )


def sent_by(name: str, round: Round) -> tuple[Respondent, str]:
    respondent, secret = asked_by_link(round, f"{name}@example.org", name=name)
    client = {"headers": {"User-Agent": f"Browser-of-{name}"}, "REMOTE_ADDR": "203.0.113.77"}
    reader = Reader()
    reader.client = Client(enforce_csrf_checks=True, **client)
    reader.follow(round, secret).press().press(feasible="no").press(places="flat").press()
    assert reader.heading == "Your answers were sent"
    return respondent, secret


def test_nothing_that_is_kept_joins_a_respondent_and_an_answer() -> None:
    round = made_round(access=Round.Access.PERSONAL, is_anonymous=True)
    before = everything()
    respondent, secret = sent_by("ann", round)
    kept = everything()
    assert before != kept
    assert secret not in kept
    assert "203.0.113.77" not in kept
    assert "Browser-of-ann" not in kept
    response = Response.objects.get()
    assert (response.respondent, response.begun_at, response.sent_at) == (None, None, None)
    assert (response.receipt, response.written_by) == (None, None)
    rows = json.loads(serialize("json", [response, *Answer.objects.all()]))
    words = json.dumps(rows)
    assert "ann" not in words
    assert not re.search(r"T\d\d:\d\d", words), "a time of day is kept"
    assert digest_of_who(secret) not in words
    link = respondent.links.get()
    assert link.digest != response.digest
    assert str(respondent.pk) not in (str(response.pk), response.digest)


def test_the_order_of_rows_says_nothing_of_the_order_in_time() -> None:
    """A key that counts up could be laid beside rows of other tables which have a time."""
    round = made_round(access=Round.Access.PERSONAL, is_anonymous=True)
    for number in range(6):
        sent_by(f"n{number}", round)
    keys = list(Response.objects.order_by("pk").values_list("pk", flat=True))
    assert min(keys) > 2**20
    gaps = [later - earlier for earlier, later in pairwise(keys)]
    assert min(gaps) > 1000
    assert min(Answer.objects.values_list("pk", flat=True)) > 2**20


def test_a_survey_that_is_not_anonymous_knows_who_answered_and_when() -> None:
    round = made_round(access=Round.Access.PERSONAL)
    respondent, _secret = sent_by("ann", round)
    response = Response.objects.get()
    assert response.respondent == respondent
    assert response.sent_at is not None
    assert response.sent_on == timezone.localdate()


def test_an_anonymous_respondent_is_told_so_and_sees_no_answers_afterwards() -> None:
    round = made_round(access=Round.Access.PERSONAL, is_anonymous=True)
    _respondent, secret = asked_by_link(round)
    reader = Reader().follow(round, secret)
    assert "This survey is anonymous." in reader.text
    assert "nothing leads from the one to the other" in reader.text
    reader.press().press(feasible="no").press(places="none").press(why="My own words.").press()
    assert "My own words." not in reader.text
    assert "My own words." not in Reader().follow(round, secret).text


def test_links_are_long_and_their_digests_keyed(settings: Any) -> None:
    made = {new_secret() for _one in range(200)}
    assert len(made) == 200
    assert all(is_secret(one) for one in made)
    assert 5 * len(new_secret()) >= 128
    secret = new_secret()
    before = digest_of_who(secret), digest_of_what(secret)
    settings.SECRET_KEY = "another" * 10
    assert (digest_of_who(secret), digest_of_what(secret)) != before


def test_no_log_holds_a_link() -> None:
    secret = new_secret()
    path = f"/nl/consultations/housing/answer/{secret}/part/search/"
    record = logging.LogRecord("django.request", 40, "", 1, "Failed: %s", (path,), None)
    assert LinkFilter().filter(record)
    assert secret not in record.getMessage()
    assert "/answer/–/part/search/" in record.getMessage()
    record = logging.LogRecord("x", 40, "", 1, f"Failed: {path}", None, None)
    LinkFilter().filter(record)
    assert secret not in record.getMessage()


def test_the_filter_stands_before_what_writes_logs(settings: Any) -> None:
    handlers = settings.LOGGING["handlers"].values()
    assert all("links" in one["filters"] for one in handlers)


def test_a_file_of_an_anonymous_survey_is_kept_without_its_name() -> None:
    law = Question("law", Kind.FILE, {"en": "The law"})
    section = Section("s", {"en": "S"}, questions=(law,))
    instrument = made_instrument(Instrument("files", ("en",), sections=(section,)))
    round = made_round(instrument, is_anonymous=True)
    reader = Reader().open(f"/en/consultations/{round.code}/answer/")
    assert "without their name" in reader.text
    assert Obstacle.ANONYMOUS_FILES in checks(round).obstacles
    reader.begin(round)
    path, data = reader.form()
    file = SimpleUploadedFile("jane-doe.pdf", b"%PDF-1.7 the law")
    Client().post(path, {**data, "q-law:new": file, "to": "later"})
    assert Attachment.objects.get().name.startswith("file-")
    assert "jane-doe" not in everything()


def test_without_a_mail_server_no_link_is_written_beside_an_address(
    settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = IN_A_FOLDER, tmp_path / "mail"
    reader = Reader().begin(made_round(is_anonymous=True)).press("later")
    assert "No mail can be sent from here" in reader.text
    path, data = reader.form()
    refused = reader.client.post(path, {**data, "to": "mail", "email": "me@example.org"})
    assert refused.status_code == 503
    assert not list(tmp_path.rglob("*"))


def folder(settings: Any, tmp_path: Path) -> Path:
    """No mail server is named: mails are kept in a folder."""
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = IN_A_FOLDER, tmp_path / "mail"
    return tmp_path


def test_without_a_mail_server_nobody_is_invited_to_an_anonymous_survey(
    settings: Any, tmp_path: Path
) -> None:
    kept = folder(settings, tmp_path)
    round = made_round(access=Round.Access.PERSONAL, is_anonymous=True)
    inviting.add(round, [inviting.Person("ann@example.org", "Ann"), inviting.Person("b@x.be")])
    assert Obstacle.NO_MAIL in checks(round).obstacles
    for press in (inviting.invite, reminding.remind):
        with pytest.raises(inviting.InvitingError, match="no mail server"):
            press(round)
    _user, client = person("Editors", "editor")
    page = client.get(reverse("consultations_respondents", args=[round.pk])).content.decode()
    assert "No link can be mailed" in page
    assert reverse("consultations_invite", args=[round.pk]) not in page
    outbox.drain()
    assert not Mailing.objects.exists()
    assert not list(kept.rglob("*"))


def test_mails_that_waited_when_the_mail_server_was_taken_away_are_not_written(
    settings: Any, tmp_path: Path
) -> None:
    round = made_round(access=Round.Access.PERSONAL, is_anonymous=True)
    inviting.add(round, [inviting.Person("ann@example.org", "Ann")])
    assert inviting.invite(round) == 1
    kept = folder(settings, tmp_path)
    outbox.drain()
    assert not list(kept.rglob("*"))
    assert not PersonalLink.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert inviting.invite(round) == 1, "they can be asked again"


def test_without_a_mail_server_each_gets_a_link_to_be_handed_out_that_is_kept_nowhere(
    settings: Any, tmp_path: Path
) -> None:
    kept = folder(settings, tmp_path)
    round = made_round(access=Round.Access.PERSONAL, is_anonymous=True)
    inviting.add(round, [inviting.Person("ann@example.org", "Ann"), inviting.Person("b@x.be")])
    _user, client = person("Editors", "editor")
    table = client.post(reverse("consultations_links", args=[round.pk])).content.decode()
    rows = dict(line.split(",") for line in table.splitlines()[1:])
    assert set(rows) == {"Ann", "b@x.be"}
    secret = rows["Ann"].rstrip("/").rpartition("/")[2]
    assert Reader().follow(round, secret).heading == "Housing"
    assert secret not in everything()
    assert not list(kept.rglob("*"))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert inviting.invite(round) == 0, "whoever got one on paper gets no second by mail"


def test_a_survey_with_names_is_mailed_into_the_folder_as_everything_else(
    settings: Any, tmp_path: Path
) -> None:
    kept = folder(settings, tmp_path)
    round = made_round(access=Round.Access.PERSONAL)
    inviting.add(round, [inviting.Person("ann@example.org", "Ann")])
    assert Obstacle.NO_MAIL not in checks(round).obstacles
    assert inviting.invite(round) == 1
    outbox.drain()
    assert list(kept.rglob("*.log"))
