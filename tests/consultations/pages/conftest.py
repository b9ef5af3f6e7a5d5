"""A site."""

import pytest
from factories import MadeSite, make_site


@pytest.fixture
def site(db: None) -> MadeSite:
    return make_site(standard=False)
