"""Blocks: what they say, what tells a wording from another, and how translations follow."""

from contactpoint.guidance.texts.blocks import (
    Block,
    Item,
    arranged,
    behind,
    restored,
    spoken,
    stored,
)


def test_blocks_come_back_from_the_database_as_they_were() -> None:
    blocks = [
        Block("a", "list", "one\ntwo", "do", ("minor", "alone"), "legal", "hand"),
        Block("b", text="words"),
    ]
    assert restored(stored(blocks)) == blocks
    assert "role" not in stored(blocks)[1]


def test_a_step_names_its_pictogram_and_words_in_brackets_are_none() -> None:
    steps = Block("a", "steps", "(bread) Eat.\n(if you can) Rest.")
    assert steps.items == [Item("Eat.", "bread"), Item("(if you can) Rest.")]
    assert Block("a", "list", "(bread) Eat.").items == [Item("(bread) Eat.")]


def test_a_wording_is_another_only_where_something_else_is_heard() -> None:
    plain = Block("a", "steps", "(bread) Eat  now.")
    assert plain.digest == Block("b", "steps", "(glass) **Eat** now.", "do").digest
    assert plain.digest != Block("a", "steps", "Eat later.").digest
    assert len(plain.digest) == 16
    assert spoken(plain) == "Eat now."


def test_a_translation_has_the_order_and_the_marks_of_its_source() -> None:
    source = [
        Block("a", "list", "one", "do", ("minor",)),
        Block("call", place="legal"),
        Block("b", "warning", "two"),
    ]
    own = [Block("b", text="zwei"), Block("a", text="eins")]
    assert arranged(own, source) == [
        Block("a", "list", "eins", "do", ("minor",)),
        Block("call", place="legal"),
        Block("b", "warning", "zwei"),
    ]


def test_a_block_of_the_translation_alone_stays_where_it_stood() -> None:
    source = [Block("a", text="one"), Block("b", text="two")]
    own = [Block("a", text="eins"), Block("here", text="hier"), Block("b", text="zwei")]
    assert [block.id for block in arranged(own, source)] == ["a", "here", "b"]
    assert [block.id for block in arranged([own[1], own[0]], source)] == ["here", "a"]


def test_what_changed_in_the_source_or_is_missing_is_behind() -> None:
    before = Block("a", text="one")
    now = [Block("a", text="another"), Block("b", text="two"), Block("call", place="legal")]
    own = [Block("a", text="eins")]
    assert behind(own, now, {"a": before.digest}) == ["a", "b"]
    assert behind(own, now, {"a": now[0].digest}) == ["b"]


def test_who_chose_is_shown_what_is_for_them_and_who_did_not_all() -> None:
    block = Block("a", text="one", variants=("minor", "alone"))
    assert block.is_for("")
    assert block.is_for("minor")
    assert not block.is_for("family")
    assert Block("b", text="two").is_for("family")
