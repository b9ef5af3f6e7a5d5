"""Whatever changes guidance for readers is written down for the index, and no draft is."""

from collections.abc import Callable

import guided
import pytest
from factories import make_concept, make_theme

from contactpoint.glossary.models import Theme
from contactpoint.guidance.models import Guide, GuideTheme, Place
from contactpoint.search.engines.embedded import EmbeddedEngine
from contactpoint.search.models import Change

Waiting = Callable[[], set[str]]


@pytest.fixture
def guide(indexed: EmbeddedEngine, waiting: Waiting) -> Guide:
    guided.load()
    waiting()
    return Guide.objects.get(code="health")


def key(guide: Guide) -> str:
    return f"guide:{guide.pk}"


def test_loading_many_texts_is_heard(indexed: EmbeddedEngine, waiting: Waiting) -> None:
    guided.load()
    keys = {key(guide) for guide in Guide.objects.all()}
    assert waiting() == keys | {f"help:{place.pk}" for place in Place.objects.all()}


def test_a_draft_changes_nothing(guide: Guide, waiting: Waiting) -> None:
    text = guided.text("health")
    text.title = "Other"
    text.save_revision()
    assert waiting() == set()


def test_publishing_keeps_it_found_and_unpublishing_hides_it(
    guide: Guide, waiting: Waiting
) -> None:
    text = guided.text("health")
    text.save_revision().publish()
    assert not Change.objects.filter(key=key(guide), hides=True).exists()
    assert key(guide) in waiting()
    text.refresh_from_db()
    text.unpublish()
    assert Change.objects.filter(key=key(guide), hides=True).exists()
    waiting()
    guided.text("health", "fr").delete()
    assert Change.objects.filter(key=key(guide), hides=True).exists()


def test_what_stands_around_a_text_is_heard(guide: Guide, waiting: Waiting) -> None:
    guide.sort_order = 7
    guide.save()
    assert waiting() == {key(guide)}
    theme = GuideTheme.objects.get(code="health")
    theme.code = "wellness"
    theme.save()
    assert waiting() == {key(guide)}
    place = Place.objects.get(code="legal")
    place.phone = "1"
    place.save()
    assert waiting() == {f"help:{place.pk}"}


def test_what_a_guide_is_about_is_heard(guide: Guide, waiting: Waiting) -> None:
    concept = make_concept("health", en="health")
    make_theme("asylum")
    theme = Theme.objects.get(slug="asylum")
    waiting()
    guide.concepts.add(concept)
    assert waiting() == {key(guide)}
    guide.subjects.add(theme)
    assert waiting() == {key(guide)}
    theme.slug = "refuge"
    theme.save()
    assert key(guide) in waiting()


def test_a_guide_that_is_deleted_takes_its_texts_along(guide: Guide, waiting: Waiting) -> None:
    own = key(guide)
    guide.delete()
    assert own in waiting()
