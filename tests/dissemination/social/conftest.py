"""Two networks beside the portal, and an item to tell of."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from factories import MadeSite, make_concept, make_output, make_site, make_theme
from social_networks import Networks, networks

from contactpoint.dissemination.models import Post
from contactpoint.dissemination.social.approving import approve, new_key
from contactpoint.dissemination.social.channels import channels
from contactpoint.dissemination.social.items import Shared, shared
from contactpoint.dissemination.social.networks import wire
from contactpoint.outputs.models import Output

Approved = Callable[..., Post]


@pytest.fixture
def net(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Networks]:
    settings.DATA = tmp_path
    settings.BASE_URL = "https://portal.example.org"
    monkeypatch.setattr(wire, "SECONDS", 1.0)
    with networks(tmp_path) as found:
        settings.LOCAL_SERVERS = found.hosts
        settings.SOCIAL_CHANNELS = found.channels
        yield found


@pytest.fixture
def site(db: None) -> MadeSite:
    made = make_site()
    make_theme("asylum", en="Asylum", fr="Asile")
    make_concept("reception", en="Reception centre", fr="Centre d’accueil")
    return made


@pytest.fixture
def page(site: MadeSite) -> Output:
    return make_output(
        site,
        "publication",
        title="Évaluer l’accueil",
        teaser="What states do where places are short, and what it costs them: ten answers.",
        themes=["asylum"],
        concepts=["reception"],
    )


@pytest.fixture
def item(page: Output) -> Shared:
    found = shared(page.translation_key, "en")
    assert found is not None
    return found


@pytest.fixture
def approved(item: Shared) -> Approved:
    """A post that waits."""

    def made(channel: str, text: str = "", **more: Any) -> Post:
        key = new_key()
        words = text or f"Évaluer l’accueil & more\n\n{item.url}\n\n#Asylum"
        given = {"picture": "", "alt": "", "user": None, **more}
        assert approve(item, channels()[channel], key=key, text=words, **given)
        return Post.objects.get(key=key)

    return made
