"""The hierarchy is walked in full, several parents and loops included, and it always ends."""

from contactpoint.glossary import tree
from contactpoint.glossary.lexicon import Lexicon
from contactpoint.vocabulary import Label, VocabularyConcept


def lexicon(**broader: str) -> Lexicon:
    """Concepts by what is broader: `lexicon(a="", b="a", c="a b")`."""
    above = {slug: tuple(parents.split()) for slug, parents in broader.items()}
    return Lexicon(
        {
            slug: VocabularyConcept(
                id=slug,
                labels=(Label(slug.upper(), "en"),),
                broader=parents,
                narrower=tuple(other for other, its in above.items() if slug in its),
            )
            for slug, parents in above.items()
        }
    )


def outline(steps: list[tree.Step]) -> str:
    """`a(b c(d))`, with `*` behind what is open and `!` behind where we are."""
    said = ""
    for step in steps:
        if step.term is None:
            said = f"{said.rstrip()}) "
            continue
        said += step.term.slug + "*" * step.is_open + "!" * step.is_current
        said += "(" if step.kind == "open" else " "
    return said.strip()


def test_every_concept_stands_under_what_is_broader_in_the_readers_order() -> None:
    words = lexicon(z="", a="", c="a", b="a", d="b")
    assert outline(tree.whole(words, "en")) == "a(b(d) c) z"


def test_the_tree_is_open_where_the_reader_is() -> None:
    words = lexicon(a="", b="a", c="b", d="a")
    assert outline(tree.whole(words, "en", "b")) == "a*(b*!(c) d)"
    assert outline(tree.whole(words, "en", "nowhere")) == "a(b(c) d)"


def test_a_concept_with_two_broader_ones_stands_under_both_and_says_so() -> None:
    words = lexicon(a="", b="", c="a b", d="c")
    steps = tree.whole(words, "en", "d")
    assert outline(steps) == "a*(c*(d*!)) b*(c*(d*!))"
    elsewhere = [
        [term.slug for term in step.elsewhere]
        for step in steps
        if step.term and step.term.slug == "c"
    ]
    assert elsewhere == [["b"], ["a"]]


def test_one_place_of_several_is_the_one_that_an_address_leads_to() -> None:
    words = lexicon(a="", b="", c="a b")
    anchors = [step.anchor for step in tree.whole(words, "en", "c") if step.term]
    assert sorted(anchors) == ["", "", "", tree.HERE]
    assert not any(step.anchor for step in tree.whole(words, "en"))


def test_the_place_of_a_concept_leaves_out_its_siblings() -> None:
    words = lexicon(a="", b="a", sibling="a", c="b", d="c", e="d", other="")
    assert outline(tree.branch(words, "c", "en")) == "a*(b*(c*!(d(e))))"
    assert outline(tree.branch(words, "other", "en")) == "other*!"


def test_a_loop_is_cut_and_nothing_in_it_is_lost() -> None:
    words = lexicon(a="b", b="a", c="b", d="")
    shown = outline(tree.whole(words, "en"))
    assert shown == "a(b(c)) d"
    assert outline(tree.branch(words, "c", "en")) == "a*(b*(c*!))"
    assert outline(tree.whole(lexicon(a="a"), "en")) == "a"


def test_a_lattice_of_many_paths_stays_small() -> None:
    rungs = {"r0a": "", "r0b": ""}
    for rung in range(1, 30):
        above = f"r{rung - 1}a r{rung - 1}b"
        rungs |= {f"r{rung}a": above, f"r{rung}b": above}
    words = lexicon(**rungs)
    most = 2 * tree.MOST_PLACES * sum(len(one.narrower) for one in words.concepts.values())
    assert len(tree.whole(words, "en", "r29a")) < most
    assert len(tree.branch(words, "r29a", "en")) < most


def test_a_very_long_chain_needs_no_deep_stack() -> None:
    chain = {"c0": ""} | {f"c{number}": f"c{number - 1}" for number in range(1, 3_000)}
    assert len(tree.whole(lexicon(**chain), "en")) == 2 * 3_000 - 1


def test_a_withdrawn_parent_makes_a_concept_a_root() -> None:
    words = lexicon(a="gone", b="a")
    assert outline(tree.whole(words, "en")) == "a(b)"
