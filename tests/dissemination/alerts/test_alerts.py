"""What happened becomes a mail in the language of who follows it, and tells of nothing hidden."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone
from factories import MadeSite, make_output, make_site, make_theme

from contactpoint.dissemination.alerts import composing  # noqa: F401 — registers its composer
from contactpoint.dissemination.alerts.occasions import begin_due
from contactpoint.dissemination.delivering.mailings import composer_of
from contactpoint.dissemination.delivering.messages import message
from contactpoint.dissemination.following.links import preferences_url, stopped_by
from contactpoint.dissemination.matching.happenings import What, happened
from contactpoint.dissemination.matching.listening import output_key
from contactpoint.dissemination.matching.rules import interest_for, parse
from contactpoint.dissemination.models import Delivery, Happening, Match, Subscriber
from contactpoint.kit.letters import Letter
from contactpoint.outputs.models import Output


@pytest.fixture
def site(db: None, settings: Any) -> MadeSite:
    settings.BASE_URL = "https://portal.example.org"
    made = make_site()
    make_theme("asylum", en="Asylum", fr="Asile")
    make_theme("return", en="Return", fr="Retour")
    return made


def told(site: MadeSite) -> tuple[Output, Delivery]:
    """Something new that a reader of French follows at once, and something else they follow."""
    reader = Subscriber.objects.create(
        address="anne@example.org", language="fr", confirmed_at=timezone.now(), consented_to="Oui"
    )
    interests = [interest_for(parse(QueryDict(f"theme={name}"), "fr")) for name in
                 ("asylum", "return")]  # fmt: skip
    for interest in interests:
        reader.subscriptions.create(interest=interest, rhythm="at-once")
    page = make_output(site, "publication", title="Living together", themes=["asylum"])
    make_output(
        site, "publication", title="Vivre ensemble", language="fr", translation_of=page,
        themes=["asylum"],
    )  # fmt: skip
    Happening.objects.all().delete()
    happened(output_key(page), What.NEW)
    happening = Happening.objects.get()
    Match.objects.create(happening=happening, interest=interests[0])
    Happening.objects.update(matched_at=timezone.now())
    assert begin_due(timezone.now() + timedelta(minutes=3))
    return page, Delivery.objects.select_related("mailing", "subscriber").get()


def composed(delivery: Delivery) -> Letter | None:
    return composer_of("alert").compose(delivery)


def test_a_mail_at_once_is_in_the_language_of_its_reader(site: MadeSite) -> None:
    _page, delivery = told(site)
    letter = composed(delivery)
    assert letter is not None
    assert letter.language == "fr"
    assert letter.subject == "Nouveau : Vivre ensemble"
    for text in (letter.text, letter.html):
        assert "Vivre ensemble" in text
        assert "Living together" not in text
        assert "Vous suivez : Asile" in text.replace("\u202f", " ").replace("\xa0", " ")
        assert "https://portal.example.org/fr/" in text


def test_its_one_click_stops_what_it_tells_of_and_nothing_else(site: MadeSite) -> None:
    _page, delivery = told(site)
    letter = composed(delivery)
    assert letter is not None
    ready = message(delivery, letter, composer_of("alert").stops(delivery))
    token = ready.extra_headers["List-Unsubscribe"].rstrip("/>").rpartition("/")[2]
    asylum = delivery.subscriber.subscriptions.order_by("pk")[0]
    assert stopped_by(token) == (delivery.subscriber, [asylum.pk])


def test_what_is_no_longer_public_is_told_to_nobody(site: MadeSite) -> None:
    page, delivery = told(site)
    for version in page.get_translations(inclusive=True):
        version.unpublish()
    assert composed(delivery) is None


def test_in_plain_text_each_address_at_the_foot_stands_beneath_what_it_is_for(
    site: MadeSite,
) -> None:
    _page, delivery = told(site)
    letter = composed(delivery)
    assert letter is not None
    lines = letter.text.splitlines()
    change = lines.index("Modifier ce que vous recevez et à quelle fréquence")
    stop = lines.index("Ne plus recevoir ces messages")
    assert lines[change + 1] == preferences_url(delivery.subscriber)
    assert lines[stop + 1].startswith("https://portal.example.org/")
    assert lines[stop + 1] != lines[change + 1]
