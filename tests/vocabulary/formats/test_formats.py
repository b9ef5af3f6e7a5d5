"""Which format a file is in, what its errors say, and the command that converts."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contactpoint.vocabulary import Label, Note, Scheme, VocabularyConcept, VocabularyError
from contactpoint.vocabulary.commandline import main
from contactpoint.vocabulary.formats import FORMATS, format_of, read, skos, write

SKOS = "http://www.w3.org/2004/02/skos/core#"


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_told_by_suffix_and_by_content(whole: Scheme, name: str) -> None:
    data = write(whole, name)
    assert format_of("upload", data).name == name
    for suffix in FORMATS[name].suffixes:
        assert format_of(f"Glossary{suffix.upper()}").name == name
    assert read(data, scheme_id="s") == whole


@pytest.mark.parametrize(
    ("format_name", "text", "message"),
    [
        ("ntriples", f"<urn:a> <urn:b> <urn:c> .\n<urn:a> {SKOS}\n", "the data, line 2: not a"),
        ("jsonld", '{"a":\n 1,,}', "the data, line 2: "),
        ("rdfxml", "<?xml version='1.0'?>\n<a>\n</b>", "the data, line 3: mismatched tag"),
        (
            "ntriples",
            f"<urn:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{SKOS}ConceptScheme> .\n"
            f"<urn:x/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{SKOS}Concept> .\n",
            "line 2: concept 'a': it has no skos:prefLabel",
        ),
        (
            "rdfxml",
            f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="{SKOS}">\n'
            '<s:ConceptScheme rdf:about="urn:s"/>\n<s:Concept rdf:about="https://x.example/a"/>'
            "</rdf:RDF>",
            "line 3: concept 'a': it has no skos:prefLabel",
        ),
        (
            "jsonld",
            f'[{{"@id": "urn:s", "@type": "{SKOS}ConceptScheme"}},\n'
            f'{{"@id": "urn:x/a",\n"@type": "{SKOS}Concept"}}]',
            "line 2: concept 'a': it has no skos:prefLabel",
        ),
        ("turtle", f"<urn:a> a <{SKOS}Concept> ; <{SKOS}prefLabel> 'a'@en . <urn:s> a "
         f"<{SKOS}ConceptScheme> . [] a <{SKOS}Concept> ; <{SKOS}prefLabel> 'b'@en .",
         "concept 'b' has no address"),
    ],
)  # fmt: skip
def test_an_error_names_the_line_in_every_format(format_name: str, text: str, message: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        read(text.encode(), format=format_name)
    assert message in str(caught.value)


def test_what_a_format_cannot_hold_is_said_with_a_way_out() -> None:
    def scheme(**fields: object) -> Scheme:
        concept = VocabularyConcept(
            id="a", uri="https://example.org/a", **{"labels": (Label("a", "en"),), **fields}
        )  # type: ignore[arg-type]
        return Scheme(id="s", uri="https://example.org/s", concepts={"a": concept})

    bell = scheme(notes=(Note("ring \x07", "en"),))
    for name in ("rdfxml", "xlsx"):
        with pytest.raises(VocabularyError, match=r"control character.* Remove"):
            write(bell, name)
    with pytest.raises(VocabularyError, match=r"U\+0007"):
        read(write(bell, "turtle"))
    with pytest.raises(VocabularyError, match="'not an address' is no address"):
        write(scheme(exact_matches=("not an address",)), "turtle")
    with pytest.raises(VocabularyError, match="broader names 'b', which the scheme does not have"):
        write(scheme(broader=("b",)), "jsonld")
    with pytest.raises(VocabularyError, match="has no language"):
        write(scheme(labels=(Label("a", ""),)), "csv")
    with pytest.raises(VocabularyError, match="There is no format 'pdf'"):
        write(bell, "pdf")


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"), min_size=1
).filter(lambda text: "\ufffe" not in text and "\uffff" not in text)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(FORMATS)), texts.filter(str.strip), texts, texts)
def test_any_text_comes_back_from_any_format(
    format_name: str, label: str, note: str, variant: str
) -> None:
    concept = VocabularyConcept(
        id="a",
        uri="https://example.org/a",
        labels=(Label(skos.clean(label), "en"), Label("b", "en", "alternative", variant)),
        notes=(Note(note, "fr"),),
        notation=note,
    )
    scheme = Scheme(id="s", uri="https://example.org/s", concepts={"a": concept})
    assert read(write(scheme, format_name), format=format_name) == scheme


@given(st.sampled_from(["en", "sr-latn", "zh", "nb"]), st.text())
def test_any_variant_survives_its_language_tag(language: str, variant: str) -> None:
    tag = skos.language_tag(language, variant)
    assert skos.language_and_variant(tag.lower()) == (language, variant)


def test_convert_writes_each_format_and_says_what_it_did(
    topics: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scheme = read(topics)
    for one in FORMATS.values():
        target = tmp_path / f"topics{one.suffixes[0]}"
        assert main(["convert", str(topics), str(target), "--json"]) == 0
        facts = json.loads(capsys.readouterr().out)
        assert (facts["concepts"], facts["format"]) == (len(scheme.concepts), one.name)
        assert read(target) == scheme


def test_convert_refuses_in_a_sentence(
    topics: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", str(topics), str(tmp_path / "topics.pdf")]) == 2
    assert main(["convert", str(tmp_path / "none.ttl"), str(tmp_path / "x.nt")]) == 2
    (tmp_path / "broken.ttl").write_text("<a> <b> .")
    assert main(["convert", str(tmp_path / "broken.ttl"), str(tmp_path / "x.nt")]) == 2
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 3
    assert all(line.startswith("error: ") for line in errors)
    assert not (tmp_path / "x.nt").exists()
