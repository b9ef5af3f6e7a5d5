"""A small site with an index of its own, and the rules that a test follows."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import QueryDict
from factories import MadeSite, make_concept, make_country, make_site, make_theme

from contactpoint.dissemination.matching import rounds
from contactpoint.dissemination.matching.percolating import Percolator
from contactpoint.dissemination.matching.rules import interest_for, parse
from contactpoint.search import engines
from contactpoint.search.asking import answering
from contactpoint.search.engines.embedded import EmbeddedEngine

Meets = Callable[[str, str], bool]


@pytest.fixture
def site(db: None) -> MadeSite:
    made = make_site()
    for code, english in (("BE", "Belgium"), ("FR", "France"), ("DE", "Germany")):
        make_country(code, en=english)
    make_theme("protection", en="Protection")
    make_theme("asylum", parent="protection", en="Asylum")
    make_theme("return", en="Return")
    make_concept("migrant", en="migrant", fr="migrant", nl="migrant")
    make_concept("refugee", broader=["migrant"], en="refugee", fr="réfugié", nl="vluchteling")
    make_concept("housing", en="housing", fr="logement", nl="huisvesting")
    make_concept(
        "family-reunification",
        en="family reunification",
        fr="regroupement familial",
        nl="gezinshereniging",
    )
    return made


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EmbeddedEngine:
    found = EmbeddedEngine(tmp_path / "index")
    monkeypatch.setattr(engines, "engine", lambda: found)
    monkeypatch.setattr(answering, "engine_of_process", lambda: found)
    monkeypatch.setattr(rounds, "_percolator", None)
    return found


@pytest.fixture
def meets(site: MadeSite, engine: EmbeddedEngine) -> Meets:
    """Whether a rule, written as an address, is met by the thing of a key."""

    def met(written: str, key: str, language: str = "en") -> bool:
        interest = interest_for(parse(QueryDict(written), language))
        percolator = Percolator()
        sheet = percolator.sheet(key)
        return sheet is not None and interest.pk in percolator.met(sheet)

    return met
