"""The desk shows a publication on paper and in a mail, to its editors alone."""

from email import message_from_bytes, policy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from editing import sign_in, sign_in_as
from factories import MadeSite, make_output, make_site
from postbox import listening
from pypdfium2 import PdfDocument
from wagtail.models import GroupPagePermission, ModelLogEntry, PageLogEntry

from contactpoint.accounts.models import User
from contactpoint.kit.jobs import JobRunner
from contactpoint.outputs.models import Printing

pytestmark = pytest.mark.django_db
SHOWN = ("paper_and_mail", "draft_pdf", "mail", "mail_html", "mail_file")
DONE = ("offer_print", "withdraw_print", "mail_test")


@pytest.fixture
def site() -> MadeSite:
    return make_site(("en", "nl"), standard=False)


@pytest.fixture
def page(site: MadeSite) -> Any:
    """Published, with a change that is not."""
    linked = make_output(site, title="Linked", language="nl", slug="nieuws")
    page = make_output(
        site, "publication", title="Een studie", language="nl", text="Oud.", slug="studie",
        institutions=["emn"],
    )  # fmt: skip
    link = f'<p>Nieuw &amp; <a linktype="page" id="{linked.pk}">hier</a>.</p>'
    page.body = [("heading", "Asiel"), ("paragraph", link)]
    page.save_revision()
    return page


def url(name: str, page: Any) -> str:
    return reverse(f"outputs_{name}", args=[page.pk])


@pytest.mark.parametrize("name", [*SHOWN, *DONE])
def test_who_may_not_edit_the_page_sees_and_does_nothing(
    client: Client, page: Any, name: str
) -> None:
    ask = client.get if name in SHOWN else client.post
    assert ask(url(name, page)).status_code == 302
    user = sign_in(client)
    GroupPagePermission.objects.all().delete()
    sign_in_as(client, User.objects.get(pk=user.pk))
    assert ask(url(name, page)).status_code in (302, 403)
    assert not Printing.objects.exists()


@pytest.mark.parametrize("name", DONE)
def test_nothing_is_done_by_looking(client: Client, page: Any, name: str) -> None:
    sign_in(client)
    assert client.get(url(name, page)).status_code == 405


def test_only_publications_have_it(client: Client, site: MadeSite) -> None:
    sign_in(client)
    news = make_output(site)
    assert client.get(url("paper_and_mail", news), follow=True).status_code == 404
    form = client.get(reverse("wagtailadmin_pages:edit", args=[news.pk])).content.decode()
    assert "Paper and mail" not in form


def test_it_is_reached_from_the_form_of_the_page(client: Client, page: Any) -> None:
    sign_in(client)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert url("paper_and_mail", page) in form


def test_the_newest_draft_is_shown_on_paper_and_kept_nowhere(client: Client, page: Any) -> None:
    sign_in(client)
    answer = client.get(url("draft_pdf", page))
    said = PdfDocument(answer.content)[0].get_textpage().get_text_range()
    assert "Nieuw & hier." in said
    assert "no-store" in answer.headers["Cache-Control"]
    assert not Printing.objects.exists()


def test_an_editor_offers_it_and_withdraws_it(client: Client, page: Any) -> None:
    sign_in(client)
    client.post(url("offer_print", page))
    shown = client.get(url("paper_and_mail", page)).content.decode()
    assert "/nl/publications/studie/print.pdf" in shown
    assert Printing.objects.get().pages == 1
    client.post(url("withdraw_print", page))
    assert not Printing.objects.exists()
    done = PageLogEntry.objects.filter(action__startswith="outputs.print").values_list("action")
    assert {action for (action,) in done} == {"outputs.print_offered", "outputs.print_withdrawn"}
    assert not ModelLogEntry.objects.filter(action__startswith="outputs.print").exists()


def test_the_mail_leads_to_the_portal_in_the_language_of_the_page(
    client: Client, page: Any, settings: Any
) -> None:
    settings.BASE_URL = "https://portal.test"
    sign_in(client)
    shown = client.get(url("mail", page))
    html = shown.content.decode()
    assert '<html lang="nl"' in html
    assert 'href="https://portal.test/nl/news/nieuws/"' in html
    assert 'href="https://portal.test/nl/publications/studie/"' in html
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    saved = client.get(url("mail_html", page))
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert "<base" not in saved.content.decode()


def test_the_mail_can_be_opened_by_a_mail_program(client: Client, page: Any) -> None:
    sign_in(client)
    answer = client.get(url("mail_file", page))
    message = message_from_bytes(answer.content, policy=policy.default)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{page.pk}.eml"'
    assert message["Subject"] == "Een studie"
    assert "Nieuw & hier." in message.get_body(("plain",)).get_content()


def test_a_test_goes_to_whoever_asks_and_to_nobody_else(
    client: Client, page: Any, settings: Any
) -> None:
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}
    }
    user = sign_in(client)
    with listening(settings) as box:
        client.post(url("mail_test", page), {"to": "somebody@else.test"})
        assert box.messages == []
        runner = JobRunner()
        while runner.run_one():
            pass
    [message] = box.messages
    assert message["To"] == user.email
    assert message["Subject"] == "Een studie"
    assert message["Content-Language"] == "nl"
    assert "Asiel\n=====" in message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert "<h2" in message.get_body(("html",)).get_content()
