"""A site, and a survey on it."""

import pytest
from factories import MadeSite, make_site
from surveyed import make_survey

from contactpoint.consultations.models import Round


@pytest.fixture
def site(db: None) -> MadeSite:
    return make_site(standard=False)


@pytest.fixture
def survey(site: MadeSite) -> Round:
    return make_survey()
