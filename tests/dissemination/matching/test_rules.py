"""What can be followed, its one form, and what is said of what can't."""

import pytest
from django.http import QueryDict
from factories import MadeSite, make_output
from hypothesis import given
from hypothesis import strategies as st

from contactpoint.dissemination.matching.listening import output_key
from contactpoint.dissemination.matching.rules import (
    EmptyRuleError,
    MalformedAtomError,
    RuleError,
    TooLargeRuleError,
    UnknownValueError,
    canonical,
    described,
    digest,
    interest_for,
    parse,
    rule_of,
)
from contactpoint.dissemination.models import Interest
from contactpoint.search.engines.embedded import EmbeddedEngine

ATOMS = st.sampled_from([f"theme:{name}" for name in "abcdef"])
GROUPS = st.lists(st.lists(ATOMS, min_size=1, max_size=4), min_size=1, max_size=5)


@given(GROUPS, st.randoms())
def test_a_rule_has_one_form_however_it_is_written(
    groups: list[list[str]],
    dice: "st.random.Random",  # type: ignore[name-defined]
) -> None:
    other = [[*group, group[0]] for group in groups]
    for group in other:
        dice.shuffle(group)
    dice.shuffle(other)
    assert digest(rule_of(groups)) == digest(rule_of(other))
    assert rule_of(canonical(rule_of(groups))) == rule_of(groups)


@given(GROUPS, st.sets(ATOMS))
def test_what_is_left_out_of_a_rule_changes_no_verdict(
    groups: list[list[str]], have: set[str]
) -> None:
    kept = rule_of(groups).groups
    assert all(map(have.intersection, groups)) is all(map(have.intersection, kept))


@pytest.mark.parametrize(
    ("written", "groups"),
    [
        ("theme=asylum", [["theme:asylum"]]),
        ("theme=return&theme=asylum", [["theme:asylum", "theme:return"]]),
        ("theme.all=return&theme.all=asylum", [["theme:asylum"], ["theme:return"]]),
        (
            "follow=theme:asylum,country:BE&follow=kind:event",
            [["country:BE", "theme:asylum"], ["kind:event"]],
        ),
        ("follow=country:BE,country:FR&country=BE", [["country:BE"]]),
        ("concept=refugee", [["concept:refugee"]]),
        ("newsletter=main", [["newsletter:main"]]),
        ("q=Asylum+law&sort=newest&page=3", [["question:/fr/search/?q=Asylum%20law"]]),
        ("search=/nl/search/?q=asiel", [["question:/nl/search/?q=asiel"]]),
        ("search=?q=asile", [["question:/fr/search/?q=asile"]]),
        ("search=/nl/search/?theme%3Dasylum", [["theme:asylum"]]),
        ("search=/nl/search/?concept%3Drefugee", [["question:/en/search/?concept=refugee"]]),
        ("theme.not=asylum", [["question:/en/search/?theme.not=asylum"]]),
    ],
)
def test_an_address_says_what_is_followed(
    site: MadeSite, written: str, groups: list[list[str]]
) -> None:
    assert canonical(parse(QueryDict(written), "fr")) == groups


@pytest.mark.parametrize(
    ("written", "error", "place", "said"),
    [
        ("", EmptyRuleError, "follow", "Choose what you want to follow."),
        ("follow=theme:nowhere", UnknownValueError, "theme:nowhere", "no “nowhere”"),
        ("follow=housing", MalformedAtomError, "housing", "nothing that can be followed"),
        ("follow=question:/en/search/?q=x", MalformedAtomError, "question:", "nothing that"),
        ("theme=nowhere", UnknownValueError, "theme", "nowhere"),
        ("theme=asylum&country=XX", UnknownValueError, "country", "XX"),
        ("thing=output:none", UnknownValueError, "thing:output:none", "output:none"),
        ("newsletter=other", UnknownValueError, "newsletter:other", "other"),
        ("search=https://example.org/list", MalformedAtomError, "search", "no address"),
        (f"q={'x' * 300}", UnknownValueError, "search", "200"),
        ("&".join(f"follow=country:{'BE' if n else 'FR'},x:{n}" for n in range(2)),
         MalformedAtomError, "x:", "nothing"),
        ("follow=" + ",".join(f"x:{n}" for n in range(40)), TooLargeRuleError, "follow", "30"),
    ],
)  # fmt: skip
def test_what_can_not_be_followed_is_told_with_its_place(
    site: MadeSite, written: str, error: type[RuleError], place: str, said: str
) -> None:
    with pytest.raises(error) as caught:
        parse(QueryDict(written), "en")
    assert caught.value.place.startswith(place)
    assert said in str(caught.value)


def test_a_rule_is_told_in_words(site: MadeSite, engine: EmbeddedEngine) -> None:
    page = make_output(site, title="A study")
    hidden = make_output(site, title="A secret", private=True)
    rule = rule_of([["theme:asylum"], ["country:BE", "country:FR"]])
    assert described(rule, "en") == "(Belgium or France) and Asylum"
    assert described(rule_of([["concept:refugee"]]), "fr") == "réfugié"
    assert described(rule_of([[f"thing:{output_key(page)}"]]), "en") == "A study"
    assert "secret" not in described(rule_of([[f"thing:{output_key(hidden)}"]]), "en")
    assert described(rule_of([["concept:asylum"]]), "en") == "asylum (term)"
    assert described(rule_of([["theme:asylum"]]), "en") == "Asylum"
    searched = parse(QueryDict("q=housing&country=BE"), "en")
    assert described(searched, "en") == "Search for “housing”, Belgium"


def test_who_follows_the_same_shares_a_row(site: MadeSite, engine: EmbeddedEngine) -> None:
    one = interest_for(parse(QueryDict("theme=return&theme=asylum"), "en"))
    other = interest_for(parse(QueryDict("follow=theme:asylum,theme:return"), "nl"))
    assert one == other
    assert Interest.objects.count() == 1
    assert not any(interest_for(rule_of([["newsletter:main"]])).needs), "no thing is meant"
