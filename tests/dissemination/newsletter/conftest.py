"""A site with things to tell, and issues made of them."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.utils import timezone
from factories import MadeSite, make_output, make_site, make_theme
from wagtail.models import Page, PageViewRestriction

from contactpoint.dissemination.blocks import as_kept
from contactpoint.dissemination.matching.atoms import NEWSLETTER_RULE
from contactpoint.dissemination.matching.rules import interest_for
from contactpoint.dissemination.models import Happening, Issue, Subscriber
from contactpoint.dissemination.newsletter import composing  # noqa: F401 — registers its composer
from contactpoint.dissemination.newsletter.gathering import section
from contactpoint.outputs.models import Output
from contactpoint.search.sources import documents


@pytest.fixture
def site(db: None, settings: Any) -> MadeSite:
    settings.BASE_URL = "https://portal.example.org"
    made = make_site()
    make_theme("asylum", en="Asylum", fr="Asile")
    return made


@pytest.fixture
def study(site: MadeSite) -> Output:
    """In English and French."""
    page = make_output(site, "publication", title="Living together", themes=["asylum"])
    make_output(
        site, "publication", title="Vivre ensemble", language="fr", translation_of=page,
        themes=["asylum"],
    )  # fmt: skip
    Happening.objects.all().delete()
    return page


@pytest.fixture
def news(site: MadeSite) -> Output:
    """In English alone."""
    return make_output(site, "news-item", title="A room for everybody")


def key(page: Output) -> str:
    return f"output:{page.translation_key}"


def issue_of(
    *pages: Output,
    about: str = "kind:publication",
    words: dict[str, str] | None = None,
    **fields: Any,
) -> Issue:
    """A draft with these things in one section."""
    issue = Issue(**fields)
    arrange(issue, [sectioned(about, pages, words)])
    issue.save()
    return issue


def sectioned(
    about: str, pages: Sequence[Output], words: dict[str, str] | None = None
) -> dict[str, Any]:
    things = {thing.key: thing for thing in documents(list(map(key, pages)))}
    made = section(about, [as_kept(things[key(page)]) for page in pages])
    for item in made["value"]["items"]:
        item["value"]["words"] = words or {}
    return made


def arrange(issue: Issue, sections: list[dict[str, Any]]) -> None:
    field: Any = Issue._meta.get_field("sections")
    issue.sections = field.stream_block.to_python(sections)


def reader(address: str, language: str = "en", *, newsletter: bool = True) -> Subscriber:
    made = Subscriber.objects.create(
        address=address, language=language, confirmed_at=timezone.now(), consented_to="Yes"
    )
    if newsletter:
        made.subscriptions.create(interest=interest_for(NEWSLETTER_RULE), rhythm="weekly")
    return made


def restrict(page: Page) -> None:
    """Only for those who are signed in."""
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
