"""A rule is met just when a search lists the thing, and never by what is not public."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone
from factories import MadeSite, make_output
from wagtail.models import PageViewRestriction

from contactpoint.dissemination.matching.happenings import What, happened
from contactpoint.dissemination.matching.listening import output_key
from contactpoint.dissemination.matching.percolating import (
    Percolator,
    _match,
    percolate,
    percolate_all,
)
from contactpoint.dissemination.matching.questions import taken_apart
from contactpoint.dissemination.matching.rules import (
    Rule,
    interest_for,
    interests_for,
    parse,
    rule_of,
)
from contactpoint.dissemination.models import Happening, Interest, Match
from contactpoint.outputs.models import Output
from contactpoint.search.engines.embedded import EmbeddedEngine
from contactpoint.search.indexing.keeping import catch_up
from contactpoint.search.models import Pin, PinnedThing
from contactpoint.search.views.answers import answer

Meets = Callable[..., bool]
WORDS = {
    language: text.split()
    for language, text in {
        "en": "housing refugees rights family reunification of the migrants war national reports "
        "passes chat safe countries 2024 re-admission Belgium",
        "fr": "logement réfugiés droits regroupement familial des migrants passe chat guerre sur "
        "pays national réadmission 2024 Belgique",
        "nl": "huisvesting vluchtelingen rechten gezinshereniging van war waar nationale passen "
        "chat landen 2024 België",
    }.items()
}
SLIPS = ("refugeees", "huosing", "gezinsherenigng")
FILTERS = (
    "theme=asylum", "theme=protection&theme=return", "theme.not=return", "country=BE",
    "country.all=BE&country.all=FR", "kind=news-item", "kind.not=event", "concept=migrant",
    "concept=housing&concept=refugee", "language=fr", "language=fr&language.not=nl", "year=2024",
    "from=2024-03", "to=2024-06-30", "in=fr", "in=nl&in=en", "narrower=1", "off=refugee",
)  # fmt: skip


def _thing(site: MadeSite, dice: random.Random, number: int) -> Output:
    """An output with a few words in one to three languages."""
    languages = dice.sample(sorted(WORDS), dice.randint(1, 3))
    made: Output | None = None
    about: dict[str, Any] = {
        "themes": dice.sample(("asylum", "return"), dice.randint(0, 2)),
        "concepts": dice.sample(("refugee", "housing"), dice.randint(0, 1)),
        "countries": dice.sample(("BE", "FR", "DE"), dice.randint(0, 2)),
    }
    for language in languages:
        words = [dice.choice(WORDS[language]) for _turn in range(12)]
        made = make_output(
            site,
            dice.choice(("news-item", "publication")) if made is None else made.kind,
            language=language,
            title=" ".join(words[:4]),
            teaser=" ".join(words[4:8]),
            text=" ".join(words[8:]),
            translation_of=made,
            published_on=f"2024-0{dice.randint(1, 9)}-11",
            **about,
        )
    assert made is not None
    return made


def _question(dice: random.Random) -> str:
    language = dice.choice(sorted(WORDS))
    words = dice.choices([*WORDS[language], dice.choice(SLIPS)], k=dice.randint(0, 3))
    text = " ".join(words)
    written = {
        0: text,
        1: f'"{text}"',
        2: f"{text} -{dice.choice(WORDS[language])}",
        3: " OR ".join(words),
        4: f"{text[:4]}* {dice.choice(WORDS[language])}",
    }[dice.choice((0, 0, 0, 1, 2, 3, 4))]
    query = QueryDict(mutable=True)
    query["q"] = written
    filters = dice.sample(FILTERS, dice.choice((0, 0, 1, 2)))
    return f"/{language}/search/?" + "&".join([query.urlencode(), *filters])


def _rules(dice: random.Random, number: int) -> list[Rule]:
    """Each of one search, as an address of a page has it."""
    made: list[Rule] = []
    while len(made) < number:
        written = QueryDict(mutable=True)
        written["search"] = _question(dice)
        try:
            rule = parse(written, "en")
        except Exception as problem:  # nothing was asked for
            assert "Choose" in str(problem), written["search"]  # noqa: PT017
        else:
            if rule.has_question:
                made.append(rule)
    return made


def _listing(address: str) -> set[str]:
    language, asked = taken_apart(address)
    return {one.key for one in answer(asked, language, limit=1000, counted=()).results}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_search_is_met_just_when_it_will_list_the_thing(
    site: MadeSite, engine: EmbeddedEngine, seed: int
) -> None:
    dice = random.Random(seed)
    for number in range(4):
        _thing(site, dice, number)
    assert catch_up()
    interests = interests_for(_rules(dice, 80))
    verdicts = set()
    for number in range(4, 7):
        key = output_key(_thing(site, dice, number))
        percolator = Percolator()
        sheet = percolator.sheet(key)
        assert sheet is not None
        met = set(percolator.met(sheet))  # the index has not heard of it
        assert catch_up()
        for interest in interests:
            [[atom]] = interest.rule
            is_listed = key in _listing(atom.partition(":")[2])
            assert (interest.pk in met) == is_listed, (atom, sheet.document.texts)
            verdicts.add(is_listed)
    assert verdicts == {True, False}


@pytest.mark.parametrize(
    ("written", "is_met"),
    [
        ("theme=protection", True),
        ("theme=return", False),
        ("theme=return&theme=asylum", True),
        ("theme.all=return&theme.all=asylum", False),
        ("follow=theme:return,country:BE&follow=kind:news-item", True),
        ("follow=theme:return,country:FR&follow=kind:news-item", False),
        ("concept=refugee", True),
        ("concept=migrant", True),
        ("concept=housing", True),
        ("concept=family-reunification", False),
        ("country=BE&q=rights", True),
        ("country=FR&q=rights", False),
        ("q=nothing", False),
    ],
)
def test_and_or_and_what_is_broader(
    site: MadeSite, meets: Meets, written: str, is_met: bool
) -> None:
    """It is about housing by its title and text, and mentions a family reunification in passing."""
    page = make_output(
        site,
        themes=["asylum"],
        concepts=["refugee"],
        countries=["BE"],
        title="Housing",
        teaser="Housing and rights",
        text="Housing, then family reunification.",
    )
    assert catch_up()
    assert meets(written, output_key(page)) is is_met


def test_rules_at_random_are_met_as_their_atoms_say(site: MadeSite, engine: EmbeddedEngine) -> None:
    dice = random.Random(3)
    atoms = [
        "theme:asylum", "theme:return", "theme:protection", "country:BE", "country:FR",
        "concept:migrant", "concept:refugee", "concept:housing", "kind:news-item",
        "kind:publication", "question:/en/search/?q=rights", "question:/fr/search/?q=chat",
    ]  # fmt: skip
    rules = [
        rule_of([dice.sample(atoms, dice.randint(1, 3)) for _group in range(dice.randint(1, 3))])
        for _turn in range(150)
    ]
    pages = [_thing(site, dice, number) for number in range(4)]
    assert catch_up()
    interests = interests_for(rules)
    single = {atom: interest_for(rule_of([[atom]])).pk for atom in atoms}
    percolator = Percolator()
    for page in pages:
        sheet = percolator.sheet(output_key(page))
        assert sheet is not None
        met = set(percolator.met(sheet))
        for rule, interest in zip(rules, interests, strict=True):
            expected = all(any(single[atom] in met for atom in group) for group in rule.groups)
            assert (interest.pk in met) is expected, rule


def test_what_editors_put_first_is_listed_and_so_met(site: MadeSite, meets: Meets) -> None:
    page = make_output(site, title="Something else")
    pin = Pin.objects.create(question="my rights", language="en")
    PinnedThing.objects.create(pin=pin, page=page)
    assert catch_up()
    assert meets("q=My+rights", output_key(page), "en")
    assert meets("q=my+rights&kind=news-item", output_key(page), "en")
    assert not meets("q=my+rights&kind=event", output_key(page), "en")
    assert not meets("q=my+rights", output_key(page), "fr")


HIDDEN: dict[str, Callable[[Output], object]] = {
    "a draft": lambda page: Output.objects.filter(pk=page.pk).update(live=False),
    "expired": lambda page: Output.objects.filter(pk=page.pk).update(expire_at=timezone.now()),
    "for those who are signed in": lambda page: PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    ),
    "under a closed list": lambda page: PageViewRestriction.objects.create(
        page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN
    ),
    "deleted": lambda page: page.delete(),
}


@pytest.mark.parametrize("state", HIDDEN)
def test_what_is_not_public_meets_no_rule_and_is_new_when_it_is_opened(
    site: MadeSite, engine: EmbeddedEngine, state: str
) -> None:
    page = make_output(site, themes=["asylum"], title="Housing")
    key = output_key(page)
    assert catch_up()
    interests_for([
        rule_of([[atom]])
        for atom in ("theme:asylum", f"thing:{key}", "kind:news-item")
    ])  # fmt: skip
    HIDDEN[state](page)
    Happening.objects.all().delete()
    for what in What.values:
        happened(key, what)
    for one in Happening.objects.filter(matched_at=None):
        assert percolate(one) == 0
    assert not Match.objects.exists()
    # It is set aside until it can be seen.
    rows = Happening.objects.exclude(what=What.WITHDRAWN)
    assert set(rows.values_list("untold", flat=True)) == {Happening.Untold.ASIDE}


def test_matching_again_changes_nothing(site: MadeSite, engine: EmbeddedEngine) -> None:
    page = make_output(site, themes=["asylum"])
    interest = interest_for(rule_of([["theme:asylum"]]))
    Happening.objects.all().delete()
    assert happened(output_key(page), What.NEW)
    assert not happened(output_key(page), What.NEW)
    one = Happening.objects.get()
    assert [percolate(one), percolate(one)] == [1, 1]
    assert list(Match.objects.values_list("interest", "happening")) == [(interest.pk, one.pk)]
    assert one.matched_at is not None


def test_rules_are_kept_from_round_to_round_and_follow_what_is_followed(
    site: MadeSite, engine: EmbeddedEngine, django_assert_num_queries: Callable[..., Any]
) -> None:
    page = make_output(site, "news-item", themes=["asylum"], countries=["BE"])
    first = interest_for(rule_of([["theme:asylum"], ["country:BE", "country:FR"]]))
    interest_for(rule_of([["newsletter:main"]]))
    percolator = Percolator()
    sheet = percolator.sheet(output_key(page))
    assert sheet is not None
    assert percolator.met(sheet) == [first.pk]
    with django_assert_num_queries(1):
        percolator.begin_round()
        assert percolator.met(sheet) == [first.pk]
    second = interest_for(rule_of([["theme:asylum", "theme:return"]]))
    interest_for(rule_of([["theme:asylum"], ["country:DE"]]))
    percolator.begin_round()
    assert percolator.met(sheet) == [first.pk, second.pk]
    Interest.objects.filter(pk=first.pk).delete()
    assert percolator.met(sheet) == [first.pk, second.pk]
    happened("theme:asylum", What.NEW)
    _match([Happening.objects.get(thing="theme:asylum")], percolator.met(sheet))
    assert list(Match.objects.values_list("interest", flat=True)) == [second.pk], "one is gone"
    percolator.begin_round()
    assert percolator.met(sheet) == [second.pk]


def test_searches_are_taken_apart_while_nothing_waits(
    site: MadeSite, engine: EmbeddedEngine
) -> None:
    assert catch_up()
    for word in ("housing", "refugee"):
        interest_for(rule_of([[f"question:/en/search/?q={word}"]]))
    percolator = Percolator()
    assert percolator.warm(0)
    assert not percolator.warm(5)
    assert percolator.rules.searches.keys() == set(Interest.objects.values_list("pk", flat=True))


def test_matching_takes_few_queries_whatever_is_followed(
    site: MadeSite, engine: EmbeddedEngine, django_assert_max_num_queries: Any
) -> None:
    page = make_output(site, themes=["asylum"], countries=["BE"])
    assert catch_up()
    interests_for([
        rule_of([["theme:asylum", f"country:{code}"], ["kind:news-item", f"type:{number}"]])
        for code in ("BE", "FR") for number in range(200)
    ])  # fmt: skip
    Happening.objects.all().delete()
    happened(output_key(page), What.NEW)
    percolator = Percolator()
    with django_assert_max_num_queries(20):
        assert percolate(Happening.objects.get(), percolator) == 400


def test_a_thing_that_can_not_be_read_keeps_no_other_waiting(
    site: MadeSite, engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = (output_key(make_output(site, themes=["asylum"])) for _turn in range(2))
    interest_for(rule_of([["theme:asylum"]]))
    Happening.objects.all().delete()
    for key in (broken, sound):
        happened(key, What.NEW)
    percolator = Percolator()
    read = percolator.sheet

    def sheet(thing: str) -> Any:
        if thing == broken:
            raise ValueError
        return read(thing)

    monkeypatch.setattr(percolator, "sheet", sheet)
    assert percolate_all(Happening.objects.all(), percolator) == 1
    assert not Happening.objects.filter(matched_at=None).exists()
    assert Match.objects.get().happening.thing == sound
