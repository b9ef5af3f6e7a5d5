"""What the checklist finds, where it leads, and that it never holds publishing up."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from editing import rows, sign_in, stream
from factories import MadeSite, make_output, make_site
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from contactpoint.desk.links.collecting import digest_of
from contactpoint.desk.models import Link
from contactpoint.kit.checking import Finding, findings
from contactpoint.media.models import Captions, CustomDocument, CustomImage, Recording
from contactpoint.outputs.models import Output, OutputFile

pytestmark = pytest.mark.django_db
WHOLE: dict[str, Any] = {
    "themes": ["asylum"],
    "concepts": ["housing"],
    "text": "Who may stay, and where.",
}


@pytest.fixture
def site() -> MadeSite:
    return make_site(("en", "nl"), standard=True)


def names(page: Any) -> list[str]:
    return [one.name for one in findings(page) if not one.note]


def found(page: Any, name: str) -> Finding:
    return next(one for one in findings(page) if one.name == name)


def test_an_item_with_all_that_it_needs_has_nothing_left_to_do(site: MadeSite) -> None:
    assert names(make_output(site, **WHOLE)) == []


def test_a_file_that_readers_cannot_have_yet_is_not_forgotten(site: MadeSite) -> None:
    page = make_output(site, kind="publication", **WHOLE)
    kept_back = Collection.objects.get(name="Not yet published")
    document = CustomDocument.objects.create(title="The study", collection=kept_back)
    OutputFile.objects.create(page=page, document=document)
    finding = found(page, "closed")
    assert "“The study”" in finding.text
    assert finding.url == reverse("wagtaildocs:edit", args=[document.pk])
    CustomDocument.objects.update(collection=Collection.objects.get(depth=1))
    assert "closed" not in names(page)


def test_theme_and_concept_are_asked_for_where_they_are_edited(site: MadeSite) -> None:
    source = make_output(site, title="Source")
    other = make_output(site, title="Bron", language="nl", translation_of=source)
    assert names(other) == ["theme", "concept", "text"]
    edit = reverse("wagtailadmin_pages:edit", args=[source.pk])
    assert found(other, "theme").url == f"{edit}#tab-about"


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("news-item", ["text", "day"]),
        ("publication", ["day", "file"]),
        ("event", ["text", "day"]),
        ("video", ["day", "film"]),
        ("vacancy", ["text", "day"]),
        ("development", ["text", "day"]),
    ],
)
def test_each_kind_is_asked_for_what_only_it_has(
    site: MadeSite, kind: str, missing: list[str]
) -> None:
    page = make_output(site, kind, published_on=None, teaser="", **WHOLE | {"text": ""})
    assert names(page) == ["teaser", *missing]


def test_a_text_of_empty_blocks_is_none_and_a_figure_is_one(site: MadeSite) -> None:
    page = make_output(site, **WHOLE)
    page.body = [("paragraph", "<p> </p>"), ("heading", "")]
    assert names(page) == ["text"]
    assert found(page, "text").url.endswith("/edit/#tab-content")
    page.body = [*page.body.raw_data, {"type": "figure", "value": {}}]
    assert names(page) == []


def test_a_film_without_captions_and_transcript_leaves_people_out(site: MadeSite) -> None:
    film = Recording.objects.create(title="Film", duration=9, type="video", file="film.mp4")
    page = make_output(site, "video", recording=film, **WHOLE)
    assert names(page) == ["transcript"]
    film.transcript = "What is said."
    assert names(page) == []
    film.transcript = ""
    page.transcript = "What is said."
    assert names(page) == []
    page.transcript = ""
    Captions.objects.create(recording=film, language="en", text="WEBVTT")
    assert names(page) == []


def test_a_video_is_a_film_of_ours_or_an_address(site: MadeSite) -> None:
    page = make_output(site, "video", **WHOLE)
    assert names(page) == ["film"]
    page.source_url = "https://films.example.org/1"
    assert names(page) == []


def test_pictures_need_words_and_an_owner_unless_they_mean_nothing(site: MadeSite) -> None:
    image = CustomImage.objects.create(title="Boat", file=get_test_image_file())
    page = make_output(site, **WHOLE)
    value = {"image": image.pk, "alt_text": "", "decorative": False}
    page.body = [{"type": "picture", "value": {"picture": value, "caption": ""}}]
    assert names(page) == ["alternative", "rights"]
    assert found(page, "rights").url == reverse("wagtailimages:edit", args=[image.pk])
    CustomImage.objects.update(credit="The agency")
    page.body = [
        {"type": "picture", "value": {"picture": {**value, "decorative": True}, "caption": ""}}
    ]
    assert names(page) == []


def test_hard_words_are_quoted_and_easy_ones_get_a_note(site: MadeSite) -> None:
    long = "Interinstitutional consultation procedures necessitate administrative harmonisation"
    hard = make_output(site, **WHOLE | {"text": f"{long}, {long}. " * 8})
    assert names(hard) == ["language"]
    assert found(hard, "language").quote.startswith("Interinstitutional")
    easy = make_output(site, **WHOLE | {"text": "We meet on the third of May. " * 12})
    assert names(easy) == []
    assert found(easy, "language").note


def test_links_that_lead_nowhere_are_named_with_their_words(
    site: MadeSite, django_assert_max_num_queries: Any
) -> None:
    gone = "https://example.org/gone"
    for url, state in ((gone, "dead"), ("https://example.org/fine", "alive")):
        now = timezone.now()
        row = {"url": url, "host": "example.org", "state": state, "problem": "404"}
        Link.objects.create(digest=digest_of(url), due_at=now, **row)
    draft = make_output(site, title="Draft", live=False)
    page = make_output(
        site,
        **WHOLE
        | {
            "text": f'<a href="{gone}#part">The study</a> '
            '<a href="https://example.org/fine">fine</a> '
            f'<a linktype="page" id="{draft.pk}">a draft</a> '
            '<a linktype="page" id="999999">no page</a> '
            '<a linktype="document" id="99">a file</a> <a href="mailto:us@example.org">write</a>',
        },
    )
    with django_assert_max_num_queries(12):
        assert names(page) == ["link"] * 4
    quotes = [one.quote for one in findings(page) if one.name == "link"]
    assert quotes == ["The study", "a draft", "no page", "a file"]
    assert "404" in found(page, "link").text


def test_a_standard_page_has_a_checklist_too(client: Client, site: MadeSite) -> None:
    page = site.standard["en"]["network"]
    page.body = [("paragraph", '<p><a linktype="page" id="999999">nowhere</a></p>')]
    page.save()
    sign_in(client)
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'data-finding="link"' in shown


def _post(page: Output, **more: Any) -> dict[str, Any]:
    data = {"title": page.title, "slug": page.slug, "teaser": page.teaser, **stream("body", "")}
    names = ("classifications", "theme_links", "institution_links", "country_links")
    for name in (*names, "related_links", "family_links", "files"):
        data |= rows(name, [])
    return data | more


def test_the_editor_shows_the_list_and_publishing_reminds_without_holding_up(
    client: Client, site: MadeSite
) -> None:
    page = make_output(site, title="Open ends", live=False)
    sign_in(client)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown = client.get(edit).content.decode()
    assert 'data-finding="theme"' in shown
    answer = client.post(edit, _post(page, **{"action-publish": "action-publish"}))
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.live
    said = [str(one) for one in get_messages(answer.wsgi_request)]
    assert any(reverse("desk_checklist", args=[page.pk]) in one for one in said)


def test_a_new_item_is_not_found_fault_with_before_it_is_saved(
    client: Client, site: MadeSite
) -> None:
    sign_in(client)
    parent = site.lists["en"]["news"].pk
    address = reverse("wagtailadmin_pages:add", args=["outputs", "newsitem", parent])
    shown = client.get(address).content.decode()
    assert "Save a draft" in shown
    assert "data-finding" not in shown
