"""Files of blocks: what they say, and what is said of their mistakes."""

import guided
import pytest

from contactpoint.guidance.texts.blocks import Block
from contactpoint.guidance.texts.reading import ReadingError, read, read_blocks, written

HEAD = "title: A\nsummary: B.\n\n"


def wrong(text: str) -> list[str]:
    with pytest.raises(ReadingError) as problem:
        read(text, "en/ask.txt")
    return [str(one) for one in problem.value.problems]


def test_a_file_is_read_with_its_marks() -> None:
    draft = read(
        "# a note\ntitle: The interview\nsummary: What you know.\n\n"
        "--- about\nOne\nline.\n\n\nTwo.\n"
        "--- do list role=do for=minor,alone place=legal icon=hand\n One. \n\nTwo.\n",
        "en/interview.txt",
    )
    assert (draft.title, draft.summary) == ("The interview", "What you know.")
    assert draft.blocks == [
        Block("about", text="One\nline.\n\nTwo."),
        Block("do", "list", "One.\nTwo.", "do", ("minor", "alone"), "legal", "hand"),
    ]


@pytest.mark.parametrize("path", sorted(guided.FOLDER.glob("en/*.txt")), ids=lambda path: path.name)
def test_what_is_written_is_read_as_it_was(path) -> None:
    blocks = read(path.read_text(encoding="utf-8"), path.name).blocks
    assert read_blocks(written(blocks), "again") == blocks
    assert written(read_blocks(written(blocks), "again")) == written(blocks)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("summary: B.\n\n--- a\nx", "line 1: begin the file with “title: …”; it is missing"),
        ("title: A\ntitle: B\nsummary: C\n--- a\nx", "line 2: “title:” stands here twice"),
        ("titel: A\n" + HEAD + "--- a\nx", "line 1: above the first block stand “title: …” and"),
        (HEAD, "line 3: no block is here; begin one with “--- id”."),
        (HEAD + "--- Über\nx", "line 4: “Über” is no id; use small letters"),
        (HEAD + "---\nx", "line 4: a block begins with “--- ”, an id"),
        (HEAD + "--- a lst\nx", "line 4: “lst” is no kind; use one of paragraph, heading, list"),
        (HEAD + "--- a role=what\nx", "“role=what” is not known; use one of happens, do, deadline"),
        (HEAD + "--- a for=minor,all\nx", "“for=all” is not known; use one of alone, family"),
        (HEAD + "--- a icon=dog\nx", "“icon=dog” is not known; use one of arm, baby"),
        (HEAD + "--- a colour=red\nx", "“colour=” is not known; use role=, for=, place= or icon="),
        (HEAD + "--- a\nx\n--- b\ny\n--- a\nz", "line 8: “a” stands in line 4 too; ids are unique"),
        (HEAD + "--- a\n", "line 4: “a” has no words; write them under this line."),
        (HEAD + "--- a word\nofficer", "line 5: a hard word is written “word: its plain meaning”."),
        (
            HEAD + "--- a steps\n(bag) Pack.\n\n(dog) Eat.",
            "line 7: “(dog)” is no pictogram; use one of arm",
        ),
        (HEAD + "--- a\nx\n<b>y</b>", "line 6: no HTML here; only **strong** marks words."),
        (HEAD + "--- a\nx **y", "line 5: ** opens or closes alone; write **strong** on one line."),
        (HEAD + "--- a heading\nx\ny", "line 6: a heading is one line."),
        ("x" * 100_001, "line 1: longer than 100000 characters; cut it in two."),
    ],
)
def test_a_mistake_is_told_with_its_line_and_its_mend(text: str, said: str) -> None:
    problems = wrong(text)
    assert any(said in problem for problem in problems), problems
    assert all(problem.startswith("en/ask.txt, line ") for problem in problems)


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    assert len(wrong("title: A\n\n--- a lst\nx\n--- a\ny **z\n")) == 4
