"""Studies and series are found by their names, once there is something of them to see."""

from collections.abc import Callable

import pytest
from django.test import Client
from factories import MadeSite, make_family, make_output

from contactpoint.outputs.models import PartElsewhere
from contactpoint.search import sources


def told() -> list[str]:
    return [one.key for one in sources.documents(["family:one", "family:gone"])]


def test_a_study_is_told_in_the_languages_in_which_it_has_a_name(site: MadeSite) -> None:
    family = make_family("one", "study", en="Pathways", fr="Voies")
    family.summaries = {"en": "What states offer."}
    family.save()
    make_output(site, "publication", families=[family])
    (found,) = sources.documents(["family:one"])
    assert found.kind == "study"
    assert [(one.language, one.title, one.teaser, one.url) for one in found.versions] == [
        ("en", "Pathways", "What states offer.", "/en/studies/one/"),
        ("fr", "Voies", "", "/fr/studies/one/"),
    ]
    assert "family:one" in list(sources.keys())


def test_one_of_which_nobody_can_see_anything_is_not_told(site: MadeSite) -> None:
    family = make_family("one", "study", en="In preparation")
    assert not told()
    make_output(site, "publication", families=[family], live=False)
    make_output(site, "publication", families=[family], private=True)
    assert not told()
    PartElsewhere.objects.create(family=family, title="T", url="https://a.example/")
    assert told() == ["family:one"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_reader_finds_a_study_by_its_name_and_may_narrow_by_its_kind(
    site: MadeSite, client: Client, fill: Callable[[], None], language: str
) -> None:
    family = make_family("one", "study", en="Safe pathways", fr="Voies sures")
    make_output(site, "publication", families=[family], title="Something else")
    fill()
    page = client.get(f"/{language}/search/?q=pathways&kind=study").content.decode()
    assert f'href="/{language}/studies/one/"' in page
    feed = client.get(f"/{language}/search/feed.atom?q=pathways").content.decode()
    assert "Safe pathways" in feed or "Voies sures" in feed
