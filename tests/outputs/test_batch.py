"""A page made in a batch is the page that Wagtail would have made by itself."""

import datetime
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import MadeSite, make_concept, make_country, make_institution, make_site, make_theme
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.signals import page_published

from contactpoint.outputs.batch import create_pages
from contactpoint.outputs.models import (
    Classification,
    Event,
    NewsItem,
    Output,
    OutputCountry,
    OutputInstitution,
    OutputTheme,
    Publication,
)

pytestmark = pytest.mark.django_db
DAY = datetime.date(2021, 3, 17)
BODY = '[{"type": "paragraph", "value": "<p>Zebras know statutes.</p>", "id": "0c3e3f5e-0000"}]'
# What differs between any two pages, or is a moment.
OWN = {
    "id", "page_ptr", "output_ptr", "path", "slug", "url_path", "translation_key", "live_revision",
    "latest_revision", "first_published_at", "last_published_at", "latest_revision_created_at",
}  # fmt: skip


@pytest.fixture
def site() -> MadeSite:
    return make_site()


def news(title: str = "Zebras and law") -> NewsItem:
    page = NewsItem(title=title, teaser="On zebras.", published_on=DAY, body=BODY)
    page.theme_links = [OutputTheme(theme=make_theme("asylum"), sort_order=0)]
    page.classifications = [
        Classification(
            concept=make_concept("asylum"),
            keyword="asiel",
            language="nl",
            source="imported",
            confidence=0.9,
            reason="exact",
            sort_order=0,
        ),
        Classification(keyword="flurb", resolves_to="unknown", source="imported", sort_order=1),
    ]
    page.institution_links = [
        OutputInstitution(institution=make_institution("fedasil"), sort_order=0)
    ]
    page.country_links = [OutputCountry(country=make_country("BE"), sort_order=0)]
    return page


def one_by_one(parent: Page, page: NewsItem) -> NewsItem:
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision().publish()
    return NewsItem.objects.get(pk=page.pk)


def in_a_batch(parent: Page, page: NewsItem) -> NewsItem:
    create_pages(parent, [page])
    return NewsItem.objects.get(pk=page.pk)


def values(page: Page) -> dict[str, Any]:
    return {
        field.name: field.value_to_string(page)
        for field in page._meta.concrete_fields
        if field.name not in OWN
    }


def rows(page: Output, relation: str) -> list[dict[str, Any]]:
    skipped = {"id", "page_id"}
    found = getattr(page, relation).order_by("sort_order").values()
    return [{key: row[key] for key in row if key not in skipped} for row in found]


def references(page: Page) -> list[tuple[Any, ...]]:
    base = ContentType.objects.get_for_model(Page)
    found = ReferenceIndex.objects.filter(base_content_type=base, object_id=str(page.pk))
    kept = found.values_list("content_type_id", "to_content_type_id", "to_object_id", "model_path")
    return sorted(kept)


def test_it_has_the_same_fields_rows_references_and_search_entry(site: MadeSite) -> None:
    parent = site.lists["en"]["news"]
    wagtails = one_by_one(parent, news())
    ours = in_a_batch(parent, news())
    assert values(ours) == values(wagtails)
    for relation in ("theme_links", "classifications", "institution_links", "country_links"):
        assert rows(ours, relation) == rows(wagtails, relation)
        assert rows(ours, relation)
    # Adding a page, Wagtail notes some references as of its base class; a rebuild settles it.
    ReferenceIndex.remove_for_object(wagtails)
    ReferenceIndex.create_or_update_for_object(wagtails)
    assert references(ours) == references(wagtails)
    assert len(references(ours)) >= 4
    entries = [page.index_entries.get() for page in (ours, wagtails)]
    assert entries[0].title == entries[1].title
    assert entries[0].body == entries[1].body
    assert entries[0].autocomplete == entries[1].autocomplete
    assert abs(entries[0].title_norm - entries[1].title_norm) < 0.2
    for moment in ("first_published_at", "last_published_at", "latest_revision_created_at"):
        age = timezone.now() - getattr(ours, moment)
        assert age < datetime.timedelta(minutes=1)


def test_its_revision_is_what_wagtail_would_keep(site: MadeSite) -> None:
    parent = site.lists["en"]["news"]
    wagtails, ours = one_by_one(parent, news()), in_a_batch(parent, news())
    kept = []
    for page in (ours, wagtails):
        revision = page.latest_revision
        assert page.live_revision_id == revision.pk
        assert revision.content_object == page
        content = dict(revision.content)
        for name in (*OWN, "pk", "body"):
            content.pop(name, None)
        for relation in ("theme_links", "classifications", "institution_links", "country_links"):
            for row in content[relation]:
                row.pop("pk"), row.pop("page")
        # Wagtail revises before it publishes.
        content.pop("has_unpublished_changes")
        kept.append((revision.content_type_id, revision.object_str, content))
    assert kept[0] == kept[1]


def test_the_tree_has_no_problem_after_batches_and_single_pages(site: MadeSite) -> None:
    parent = site.lists["en"]["news"]
    one_by_one(parent, news())
    create_pages(parent, [news() for _ in range(5)])
    one_by_one(parent, news())
    create_pages(parent, [news()])
    parent.refresh_from_db()
    assert [len(problems) for problems in Page.find_problems()] == [0, 0, 0, 0, 0]
    assert (parent.numchild, parent.get_children().count()) == (8, 8)


def test_slugs_come_from_titles_and_are_unique(site: MadeSite) -> None:
    parent = site.lists["en"]["news"]
    create_pages(parent, [news("Zebras"), news("Zebras"), news("!?")])
    create_pages(parent, [news("Zebras"), news("Zebras 2"), news("word " * 40)])
    slugs = [page.slug for page in parent.get_children()]
    assert slugs[:5] == ["zebras", "zebras-2", "item", "zebras-3", "zebras-2-2"]
    assert len(slugs[5]) <= 80
    assert not slugs[5].endswith(("-", "-wor"))


def test_a_page_is_found_by_its_address_by_search_and_in_the_tree(
    site: MadeSite, client: Client
) -> None:
    parent = site.lists["en"]["news"]
    page = in_a_batch(parent, news())
    assert page.get_parent().pk == parent.pk
    assert client.get(page.url).status_code == 200
    assert [found.pk for found in NewsItem.objects.live().search("statutes")] == [page.pk]
    assert page.specific_class is NewsItem
    assert page.locale == parent.locale


def test_an_editor_can_revise_and_publish_it(site: MadeSite) -> None:
    page = in_a_batch(site.lists["en"]["news"], news())
    page.title = "Zebras in court"
    page.classifications = []
    page.save_revision().publish()
    fresh = NewsItem.objects.get(pk=page.pk)
    assert fresh.title == "Zebras in court"
    assert fresh.classifications.count() == 0
    assert fresh.theme_links.count() == 1
    assert Revision.objects.filter(object_id=str(page.pk)).count() == 2


def test_its_history_tells_that_it_was_made_and_published(site: MadeSite) -> None:
    page = in_a_batch(site.lists["en"]["news"], news())
    log = PageLogEntry.objects.filter(page=page.pk)
    assert sorted(log.values_list("action", flat=True)) == ["wagtail.create", "wagtail.publish"]
    assert set(log.values_list("revision", flat=True)) == {page.latest_revision_id}


def test_whoever_waits_for_published_pages_hears_of_each(site: MadeSite) -> None:
    heard: list[int] = []

    def hear(instance: Page, **kwargs: Any) -> None:
        heard.append(instance.pk)

    page_published.connect(hear)
    try:
        pages = create_pages(site.lists["en"]["news"], [news(), news()])
    finally:
        page_published.disconnect(hear)
    assert heard == [page.pk for page in pages]


def test_what_only_a_kind_has_is_written_too(site: MadeSite) -> None:
    start = timezone.make_aware(datetime.datetime(2021, 5, 4))
    create_pages(site.lists["en"]["events"], [Event(title="Day", starts_at=start, whole_day=True)])
    create_pages(
        site.lists["en"]["publications"], [Publication(title="P", publication_type="study")]
    )
    event, publication = Event.objects.get(), Publication.objects.get()
    assert (event.starts_at, event.whole_day, event.kind) == (start, True, "event")
    assert (publication.publication_type, publication.kind) == ("study", "publication")


def test_pages_of_two_classes_are_no_batch(site: MadeSite) -> None:
    with pytest.raises(ValueError, match="one class"):
        create_pages(site.lists["en"]["news"], [news(), Event(title="Day")])


def test_a_batch_that_fails_leaves_nothing(site: MadeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("contactpoint.outputs.batch._refer", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        create_pages(site.lists["en"]["news"], [news()])
    assert not NewsItem.objects.exists()
    assert [len(problems) for problems in Page.find_problems()] == [0, 0, 0, 0, 0]


def test_a_batch_asks_the_database_as_often_for_many_as_for_one(site: MadeSite) -> None:
    parent = site.lists["en"]["news"]
    _queries(parent, 1)
    few, many = _queries(parent, 2), _queries(parent, 40)
    assert many <= few + 2
    assert many <= 40


def _queries(parent: Page, count: int) -> int:
    pages = [news(f"{count} zebras, number {number}") for number in range(count)]
    with CaptureQueriesContext(connection) as captured:
        create_pages(parent, pages)
    return len(captured)
