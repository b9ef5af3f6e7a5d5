"""What is under embargo is published in no language before it ends."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from editing import rows, sign_in, stream
from factories import MadeSite, make_output, make_site

from contactpoint.outputs.models import NewsItem, Output

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> MadeSite:
    return make_site(("en", "nl"), standard=False)


def data(page: Output, **fields: Any) -> dict[str, Any]:
    made = {
        "title": page.title,
        "slug": page.slug,
        "teaser": page.teaser,
        **stream("body", ""),
        **fields,
    }
    for name in ("classifications", "theme_links", "institution_links", "country_links"):
        made |= rows(name, [])
    return made | rows("related_links", []) | rows("family_links", []) | rows("files", [])


def post(client: Client, page: Output, **fields: Any) -> Any:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, data(page, **fields))


def test_publishing_under_embargo_waits_until_it_ends(client: Client, site: MadeSite) -> None:
    page = make_output(site, title="Not yet", live=False)
    sign_in(client)
    moment = timezone.localtime() + timedelta(days=30)
    embargo = moment.strftime("%Y-%m-%d %H:%M")
    answer = post(client, page, embargo_until=embargo, **{"action-publish": "action-publish"})
    assert answer.status_code == 302
    page = NewsItem.objects.get(pk=page.pk)
    assert not page.live
    due = page.scheduled_revision.approved_go_live_at
    assert timezone.localtime(due).strftime("%Y-%m-%d %H:%M") == embargo


def test_a_new_item_that_is_published_at_once_waits_as_well(client: Client, site: MadeSite) -> None:
    sign_in(client)
    model = make_output(site, title="Model", live=False)
    parent = site.lists["en"]["news"].pk
    address = reverse("wagtailadmin_pages:add", args=["outputs", "newsitem", parent])
    given = {"title": "Brand new", "slug": "brand-new", "embargo_until": "2099-01-01 00:00"}
    publish = {"action-publish": "action-publish"}
    assert client.post(address, data(model, **given, **publish)).status_code == 302
    page = NewsItem.objects.get(title="Brand new")
    assert not page.live
    assert page.scheduled_revision is not None


def test_a_translation_is_held_back_with_its_source_and_a_later_moment_stays(
    site: MadeSite,
) -> None:
    embargo = timezone.now() + timedelta(days=2)
    source = make_output(site, title="Source", live=False, embargo_until=embargo)
    other = make_output(
        site,
        title="Vertaling",
        language="nl",
        translation_of=source,
        live=False,
        embargo_until=embargo,
    )
    other.save_revision().publish()
    assert other.latest_revision.approved_go_live_at == embargo
    source.go_live_at = later = embargo + timedelta(days=1)
    source.save_revision().publish()
    assert source.latest_revision.approved_go_live_at == later


def test_an_embargo_that_is_over_holds_nothing_back(site: MadeSite) -> None:
    over = timezone.now() - timedelta(minutes=1)
    page = make_output(site, title="Now", live=False, embargo_until=over)
    page.save_revision().publish()
    assert NewsItem.objects.get(pk=page.pk).live


def test_what_is_public_in_a_language_cannot_be_put_under_embargo(
    client: Client, site: MadeSite
) -> None:
    source = make_output(site, title="Source", live=False)
    make_output(site, title="Vertaling", language="nl", translation_of=source)
    sign_in(client)
    answer = post(client, source, embargo_until="2099-01-01 00:00")
    assert answer.status_code == 200
    assert "embargo_until" in answer.context["form"].errors
