"""A small site, an item in two languages, and what a transaction leaves for its end."""

from collections.abc import Callable
from typing import Any

import pytest
from factories import MadeSite, make_output, make_site
from translating import PARAGRAPHS, fresh, rich, translate
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.operations import translate_object

from contactpoint.outputs.models import Output

Committed = Callable[..., Any]


@pytest.fixture
def site(db: None) -> MadeSite:
    return make_site(standard=False)


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Committed:
    """Calls a function and then what it left for the end of its transaction."""

    def call(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return function(*args, **kwargs)

    return call


@pytest.fixture
def dutch(site: MadeSite) -> Output:
    """The original, in Dutch: three paragraphs in one block."""
    return fresh(
        make_output(site, title="Opvang", language="nl", teaser="Kort.", body=rich(*PARAGRAPHS))
    )


@pytest.fixture
def publish(committed: Committed) -> Callable[..., Any]:
    """Publishes a page, with these paragraphs in its first block if any are given."""

    def call(page: Page, *paragraphs: str, **fields: Any) -> Any:
        page = fresh(page)
        if paragraphs:
            html = "".join(f"<p>{text}</p>" for text in paragraphs)
            (block,) = page.body.raw_data
            page.body = page.body.stream_block.to_python([{**block, "value": html}])
        for name, value in fields.items():
            setattr(page, name, value)
        committed(page.save_revision().publish)
        return fresh(page)

    return call


@pytest.fixture
def by_hand(site: MadeSite, dutch: Output, publish: Callable[..., Any]) -> Output:
    """A French version that somebody wrote as a page of its own."""
    page = make_output(
        site, title="Accueil", language="fr", teaser="Bref.", translation_of=dutch, live=False,
        body=rich("L'accueil était complet.", "Trois centres ont ouvert.", "L'agence attend."),
    )  # fmt: skip
    return publish(page)


@pytest.fixture
def by_segment(site: MadeSite, dutch: Output, committed: Committed) -> Translation:
    """A French version that wagtail-localize makes, whole and published."""
    committed(translate_object, dutch, [site.homes["fr"].locale])
    translation = Translation.objects.get()
    for segment in StringSegment.objects.filter(source=translation.source):
        translate(translation, segment, f"FR {segment.string.data}")
    committed(translation.save_target)
    return translation
