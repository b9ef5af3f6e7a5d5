"""A Turtle file becomes a scheme, and a wrong one an error that names the place and the mend."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contactpoint.vocabulary import Label, Vocabulary, VocabularyError, read_turtle
from contactpoint.vocabulary.formats import LARGEST_FILE

HEAD = """@prefix c: <https://example.org/c/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/s> a skos:ConceptScheme .
"""


def test_a_scheme_is_read_with_all_that_it_says(topics: Path) -> None:
    scheme = read_turtle(topics)
    assert (scheme.id, scheme.version) == ("topics", "0.3")
    assert scheme.labels == (Label("Topics", "en"),)
    asylum = scheme.concepts["asylum"]
    assert asylum.uri == "https://contactpoint.example/id/concept/asylum"
    assert asylum.label("nl") == "asiel"
    assert asylum.label("mt") == "asylum"
    assert asylum.definitions[0].source == "Own words"
    assert asylum.exact_matches == ("http://eurovoc.europa.eu/1286",)


def test_broader_and_narrower_complete_each_other(topics: Path) -> None:
    concepts = read_turtle(topics).concepts
    assert concepts["asylum"].narrower == ("asylum-procedure",)
    assert concepts["local-reception-initiative"].broader == ("reception",)


def test_the_same_bytes_make_the_same_scheme(topics: Path) -> None:
    assert read_turtle(topics) == read_turtle(topics.read_bytes()) == read_turtle(str(topics))


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        ("", "is empty"),
        (HEAD, "no skos:Concept"),
        (HEAD + "c:a a skos:Concept ;\n  skos:prefLabel 'a'@en ;;; .\nc:b ^ .\n", "line 6"),
        (HEAD + "c:a a skos:Concept .", "line 4: concept 'a': it has no skos:prefLabel"),
        (HEAD + "\nc:a a skos:Concept ; skos:prefLabel 'a' .", "line 5: concept 'a': its label"),
        (HEAD + "c:a a skos:Concept ; skos:prefLabel 'a'@en, 'b'@en .", "two preferred labels"),
        (HEAD + "c:a a skos:Concept ; skos:prefLabel ' '@en .", "is empty"),
        (HEAD + "c:a a skos:Concept ; skos:prefLabel 'a'@en ; skos:broader c:z .", "c/z, which"),
        (
            HEAD + "c:a a skos:Concept ; skos:prefLabel 'a'@en .\n"
            "<https://other.example/a> a skos:Concept ; skos:prefLabel 'b'@en .",
            "its id 'a' is also",
        ),
        (
            HEAD + "c:a a skos:Concept ; skos:prefLabel 'a'@en ; <http://www.w3.org/ns/adms#status>"
            " 'odd' .",
            "status 'odd'",
        ),
        (HEAD + "<urn:s2> a skos:ConceptScheme .", "several concept schemes"),
        ("@prefix skos: <http://www.w3.org/2004/02/skos/core#> .", "no skos:ConceptScheme"),
    ],
)
def test_an_error_names_the_place_and_the_mend(turtle: str, message: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        read_turtle(turtle.encode())
    assert message in str(caught.value)
    assert str(caught.value).count(". ") >= 1


def test_a_file_that_is_not_text_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_bytes(b"# fine\n\xff\xfe\x00")
    with pytest.raises(VocabularyError, match=r"broken\.ttl, line 2: this is not UTF-8"):
        read_turtle(path)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.ttl"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(VocabularyError, match="64 MB at most"):
        read_turtle(path)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_arbitrary_bytes_never_end_in_anything_but_a_plain_error(data: bytes) -> None:
    for source in (data, HEAD.encode() + data):
        with pytest.raises(VocabularyError):
            read_turtle(source)


def test_of_several_schemes_in_a_file_one_is_chosen_or_all_are_read_as_one() -> None:
    turtle = (
        HEAD + "<https://example.org/t> a skos:ConceptScheme .\n"
        "c:a a skos:Concept ; skos:prefLabel 'a'@en ; skos:inScheme <https://example.org/s> ;\n"
        "  skos:related c:b .\n"
        "c:b a skos:Concept ; skos:prefLabel 'b'@en ; skos:inScheme <https://example.org/t> .\n"
    ).encode()
    assert list(read_turtle(turtle, scheme_id="s").concepts) == ["a"]
    assert read_turtle(turtle, scheme_id="s").concepts["a"].related == ()
    assert list(read_turtle(turtle, scheme_id="both").concepts) == ["a", "b"]


def test_two_schemes_of_one_name_are_refused(topics: Path) -> None:
    scheme = read_turtle(topics)
    with pytest.raises(VocabularyError, match="Two schemes"):
        Vocabulary([scheme, scheme])
