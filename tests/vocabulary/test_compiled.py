"""The compiled form answers as the vocabulary that it was made from, or says that it can't."""

from pathlib import Path

import pytest

from contactpoint.vocabulary import (
    Definition,
    Label,
    Note,
    Scheme,
    Vocabulary,
    VocabularyConcept,
    VocabularyError,
    compiled,
)

TEXTS = {
    "en": "Asylum seekers wait for housing; their tax return is not the voluntary return.",
    "nl": "De asielzoekers en hun gezinshereniging: LOI's en huisvesting in de gemeente.",
    "de": "Asylbewerbern wird in der Asylunterkunft ein Asylverfahren erklärt.",
    "fr": "Demande d'asile, l’accueil et le regroupement familial.",
}


@pytest.fixture
def kept(shipped: Vocabulary, tmp_path: Path) -> Path:
    shipped.save(tmp_path / "kept.vocabulary")
    return tmp_path / "kept.vocabulary"


def test_the_kept_form_gives_the_same_answers(shipped: Vocabulary, kept: Path) -> None:
    again = Vocabulary.load(kept)
    assert list(again.schemes) == list(shipped.schemes)
    for language, text in TEXTS.items():
        assert again.annotate(text, language) == shipped.annotate(text, language)
        assert again.annotate(text) == shipped.annotate(text)
        assert again.suggest(text, language=language) == shipped.suggest(text, language=language)
    keywords = ["asiel", "huisvestng", "LOI's", "médias sociaux", "xyzzy", "logement pour réfugiés"]
    assert again.harmonise_all(keywords) == shipped.harmonise_all(keywords)


def test_every_field_of_every_concept_is_kept(shipped: Vocabulary, kept: Path) -> None:
    again = Vocabulary.load(kept)
    for name, scheme in shipped.schemes.items():
        assert dict(again.schemes[name].concepts) == dict(scheme.concepts)
        assert again.schemes[name].labels == scheme.labels


def test_a_concept_with_everything_is_kept(tmp_path: Path) -> None:
    whole = VocabularyConcept(
        id="asylum", uri="https://example.org/asylum",
        labels=(Label("asylum", "en"), Label("Asyl", "de", "alternative", "AT")),
        definitions=(Definition("Protection.", "en", "1951", "global"),),
        broader=("protection",), exact_matches=("https://example.org/1",),
        close_matches=("https://example.org/2",), notation="7", status="deprecated",
        replaced_by="protection", notes=(Note("Once narrower.", "en", "history"),),
        other=(("https://example.org/p", '"x"@en'),),
    )  # fmt: skip
    protection = VocabularyConcept(id="protection", labels=(Label("protection", "en"),))
    scheme = Scheme(
        "s", "1", {"asylum": whole, "protection": protection}, (Label("S", "en"),),
        "https://example.org/s", (("a", "b", "c"),),
    )  # fmt: skip
    Vocabulary([scheme]).save(tmp_path / "kept")
    again = Vocabulary.load(tmp_path / "kept")
    assert again.concept("asylum") == whole
    assert again.schemes["s"].other == scheme.other
    assert again.schemes["s"].uri == scheme.uri
    assert again.harmonise("asylum").concept == "protection"


def test_a_vocabulary_without_labels_is_kept(tmp_path: Path) -> None:
    Vocabulary([Scheme("empty")]).save(tmp_path / "kept")
    again = Vocabulary.load(tmp_path / "kept")
    assert again.annotate("Asylum seekers", "en") == []
    assert again.harmonise("asylum").reason == "unknown"


def test_what_is_no_compiled_vocabulary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"\x80\x04pickle")
    with pytest.raises(VocabularyError, match="other is no compiled vocabulary"):
        Vocabulary.load(tmp_path / "other")


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.999])
def test_a_damaged_file_is_refused(kept: Path, share: float) -> None:
    data = bytearray(kept.read_bytes())
    data[int(100 + share * (len(data) - 101))] ^= 1
    kept.write_bytes(data)
    with pytest.raises(VocabularyError, match=r"is damaged\. Compile it again"):
        Vocabulary.load(kept)


def test_a_file_that_was_cut_off_is_refused(kept: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:-9])
    with pytest.raises(VocabularyError, match="damaged"):
        Vocabulary.load(kept)


def test_a_file_for_other_language_data_is_refused(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "_FORM", "another")
    with pytest.raises(VocabularyError, match="compiled for another version"):
        Vocabulary.load(kept)


def test_a_write_that_fails_leaves_the_old_file(
    kept: Path, shipped: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(compiled.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        shipped.save(kept)
    assert kept.read_bytes() == before
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]
