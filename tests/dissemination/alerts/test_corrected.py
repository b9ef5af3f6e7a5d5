"""Who follows an item is told that it was corrected, what was changed and why: from the form of
the admin to the mail in the letter box."""

import datetime
import re
from collections.abc import Iterator
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from editing import sign_in
from factories import MadeSite, make_output, make_site
from postbox import Postbox, listening

from contactpoint.dissemination.alerts.occasions import begin_due
from contactpoint.dissemination.delivering.sending import Sender
from contactpoint.dissemination.matching import rounds
from contactpoint.dissemination.matching.listening import corrected_lately
from contactpoint.dissemination.matching.rules import interest_for, parse
from contactpoint.dissemination.models import Happening, Subscriber
from contactpoint.kit.days import in_words
from contactpoint.media.models import CustomDocument
from contactpoint.outputs.models import Correction, Output, OutputFile


@pytest.fixture
def site(db: None, settings: Any) -> MadeSite:
    settings.BASE_URL = "https://portal.example.org"
    return make_site()


@pytest.fixture
def box(settings: Any, tmp_path: Path, site: MadeSite) -> Iterator[Postbox]:
    settings.DATA = tmp_path
    with listening(settings) as found:
        yield found


@pytest.fixture
def study(site: MadeSite) -> Output:
    page = make_output(site, "publication", title="Living together")
    make_output(site, "publication", title="Vivre ensemble", language="fr", translation_of=page)
    return page


def follows(page: Output, language: str) -> Subscriber:
    reader = Subscriber.objects.create(
        address=f"{language}@example.org", language=language,
        confirmed_at=timezone.now(), consented_to="Yes",
    )  # fmt: skip
    interest = interest_for(parse(QueryDict(f"thing=output:{page.translation_key}"), language))
    reader.subscriptions.create(interest=interest, rhythm="at-once")
    return reader


def sent(box: Postbox) -> dict[str, EmailMessage]:
    """All that the worker does, some minutes later; mails by address."""
    rounds.match_waiting()
    begin_due(timezone.now() + datetime.timedelta(minutes=3))
    sender = Sender()
    try:
        while sender.work():
            pass
    finally:
        sender.close()
    return {str(one["To"]): one for one in box.messages}


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def correct(page: Output, **more: Any) -> Correction:
    changes = {"en": "Table 3 is right now.", "fr": "Le tableau 3 est juste."}
    return Correction.objects.create(
        page=page, **{"changes": changes, "reasons": {"en": "A sum was wrong."}, **more}
    )


def test_from_the_form_of_the_admin_to_the_letter_box(
    box: Postbox, study: Output, client: Client
) -> None:
    follows(study, "en")
    follows(study, "fr")
    sign_in(client, administrator=True)
    form = client.get("/admin/corrections/new/")
    assert form.status_code == 200
    html = form.content.decode()
    for name in ("page", "kind", "corrected_on", "names_item"):
        assert f'name="{name}"' in html
    names = dict.fromkeys(re.findall(r'name="((?:changes|reasons)[^"]*)"', html))
    given = {
        "changes": {"en": "Table 3 is right now.", "fr": "Le tableau 3 est juste."},
        "reasons": {"en": "A sum was wrong."},
    }
    fields = dict.fromkeys(names, "")
    for name in names:
        field, _sign, language = name.replace("-", "_").partition("_")
        fields[name] = given[field].get(language, "")
    answer = client.post(
        "/admin/corrections/new/",
        {**fields, "page": study.pk, "kind": "corrected",
         "corrected_on": timezone.localdate().isoformat()},
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    row = Correction.objects.get()
    assert row.changes == given["changes"]
    assert row.reasons == given["reasons"]
    assert row.item == study.translation_key
    mails = sent(box)
    assert set(mails) == {"en@example.org", "fr@example.org"}
    english, french = text_of(mails["en@example.org"]), text_of(mails["fr@example.org"])
    assert mails["en@example.org"]["Subject"] == "Corrected: Living together"
    assert "Table 3 is right now." in english
    assert "A sum was wrong." in english
    assert study.url in english
    assert "Vivre ensemble" in str(mails["fr@example.org"]["Subject"])
    assert "Le tableau 3 est juste." in french
    assert "A sum was wrong." in french
    assert "Why:" in english
    assert "Why:" not in french
    assert "Pourquoi" in french


def test_the_form_says_what_is_wrong_beside_the_field(site: MadeSite, client: Client) -> None:
    draft = make_output(site, "publication", live=False)
    sign_in(client, administrator=True)
    answer = client.post(
        "/admin/corrections/new/",
        {"page": draft.pk, "kind": "corrected", "corrected_on": "2026-01-01"},
    )
    assert answer.status_code == 200
    assert "It was never published" in unescape(answer.content.decode())
    assert not Correction.objects.exists()
    assert not Happening.objects.exists()


def test_a_correction_is_told_once_however_often_it_is_saved(box: Postbox, study: Output) -> None:
    follows(study, "en")
    row = correct(study)
    assert len(sent(box)) == 1
    row.changes = {"en": "Table 3 and 4 are right now."}
    row.save()
    corrected_lately()
    sent(box)
    assert len(box.messages) == 1
    correct(study, changes={"en": "And table 5."})
    sent(box)
    assert len(box.messages) == 2


def test_a_correction_that_is_taken_back_before_the_mail_is_not_told(
    box: Postbox, study: Output
) -> None:
    follows(study, "en")
    row = correct(study)
    rounds.match_waiting()
    row.delete()
    assert sent(box) == {}


def test_the_words_are_those_of_the_moment_of_sending(box: Postbox, study: Output) -> None:
    follows(study, "en")
    row = correct(study)
    Correction.objects.filter(pk=row.pk).update(changes={"en": "Better words."})
    assert "Better words." in text_of(sent(box)["en@example.org"])


def test_what_nobody_may_see_is_corrected_in_silence(box: Postbox, study: Output) -> None:
    follows(study, "en")
    Output.objects.filter(translation_key=study.translation_key).update(live=False)
    correct(study)
    assert sent(box) == {}


def test_a_day_to_come_is_waited_for_and_an_old_one_is_for_the_record(
    box: Postbox, study: Output
) -> None:
    follows(study, "en")
    today = timezone.localdate()
    later = correct(study, corrected_on=today + datetime.timedelta(days=1))
    correct(study, corrected_on=today - datetime.timedelta(days=400))
    correct(study, kind="withdrawn")
    corrected_lately()
    assert not Happening.objects.exists()
    Correction.objects.filter(pk=later.pk).update(corrected_on=today)
    corrected_lately()
    assert Happening.objects.get().mark == str(later.key)
    assert len(sent(box)) == 1


def test_an_item_with_files_leads_to_the_form_with_the_item_chosen(
    site: MadeSite, study: Output, client: Client
) -> None:
    assert "if this is corrected" not in client.get(study.url).content.decode()
    document = CustomDocument(title="The study")
    document.file.save("study.pdf", ContentFile(b"%PDF-1.7"))
    OutputFile.objects.create(page=study, document=document)
    html = client.get(study.url).content.decode()
    link = re.search(r'href="(/en/follow/\?[^"]+)"[^>]*>Tell me by e-mail', html)
    assert link
    form = client.get(unescape(link[1]))
    assert form.status_code == 200
    assert "Living together" in form.content.decode()


def test_a_mail_says_when_that_follow_was_agreed_to(box: Postbox, study: Output) -> None:
    """Not when the same reader agreed to something else, a year before."""
    reader = follows(study, "en")
    Subscriber.objects.update(confirmed_at=timezone.now() - datetime.timedelta(days=400))
    agreed = timezone.now() - datetime.timedelta(days=40)
    reader.subscriptions.update(agreed_at=agreed)
    correct(study)
    said = text_of(sent(box)["en@example.org"])
    assert f"you agreed on {in_words(timezone.localdate(agreed))}" in " ".join(said.split())
