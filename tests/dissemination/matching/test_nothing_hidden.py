"""What is told to followers is public, whatever becomes of things: in the world of the doors."""

from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from search.test_doors import HIDING, PLANS, World, add, carry_out, make_plan, secrets, world
from wagtail.models import Page

from contactpoint.dissemination.matching.happenings import What, happened
from contactpoint.dissemination.matching.percolating import Percolator, percolate_all
from contactpoint.dissemination.matching.rules import interests_for, rule_of
from contactpoint.dissemination.models import Happening, Match
from contactpoint.search.indexing.keeping import catch_up

__all__ = ["world"]


def _check(here: World) -> None:
    """Everything happens to everything, and everything is followed in several ways."""
    keys = [str(key) for key in Page.objects.values_list("translation_key", flat=True)]
    things = [f"{source}:{key}" for source in ("output", "page") for key in dict.fromkeys(keys)]
    words = {word for thing in here.things for pair in (thing.words, *thing.never) for word in pair}
    atoms = [f"thing:{key}" for key in things]
    atoms += [f"question:/en/search/?q={word}" for word in sorted(words)]
    atoms += [
        "theme:asylum",
        "kind:news-item",
        "kind:publication",
        "kind:page",
        "concept:reception",
    ]
    interests_for([rule_of([[atom]]) for atom in atoms])
    Happening.objects.all().delete()
    for thing in things:
        happened(thing, What.NEW)
    percolator = Percolator()
    percolate_all(Happening.objects.all(), percolator)
    kept = secrets(here)
    matched = set(Match.objects.values_list("happening__thing", flat=True))
    for key in matched:
        sheet = percolator.sheet(key)
        assert sheet is not None
        told = f"{sheet.document.texts} {sheet.document.stored}".lower()
        assert not [word for word in kept if word in told], key
    opened = {
        f"{'page' if thing.kind in ('page', 'file') else 'output'}:{thing.page.translation_key}"
        for thing in here.things
        if thing.page is not None and here.is_open(thing)
    }
    outputs = {key for key in matched if key.startswith("output:")}
    assert outputs == {key for key in opened if key.startswith("output:")}


def test_whatever_is_hidden_meets_no_rule_and_its_public_twin_does(world: World) -> None:
    for state in sorted(HIDING):
        carry_out(world, add(world, "news-item"), HIDING[state])
    add(world, "news-item")
    add(world, "publication")
    assert catch_up()
    _check(world)


@given(plans=PLANS)
@settings(
    max_examples=3,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # each takes seconds
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_becomes_of_things_only_what_is_public_is_told(world: World, plans: Any) -> None:
    point = transaction.savepoint()
    try:
        here = make_plan(world, plans)
        add(here, "news-item")
        assert catch_up()
        _check(here)
    finally:
        transaction.savepoint_rollback(point)
