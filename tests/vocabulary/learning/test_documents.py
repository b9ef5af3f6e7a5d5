"""A file of classified documents is read whole, or refused with the line and its mend."""

from pathlib import Path

import pytest

from contactpoint.vocabulary import VocabularyError
from contactpoint.vocabulary.learning import documents
from contactpoint.vocabulary.learning.documents import read_documents


def written(folder: Path, content: bytes) -> Path:
    path = folder / "documents.tsv"
    path.write_bytes(content)
    return path


def test_text_and_addresses_are_read_and_empty_lines_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeffÅ titel\t<http://a> <http://b>\r\n\r\nNone\t\n".encode())
    assert read_documents(path) == [
        ("Å titel", {"http://a", "http://b"}),
        ("None", frozenset()),
    ]


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        (b"no tab here", "there is no tab"),
        (b"text\thttp://a", "is no address in angle brackets"),
        (b"text\twith tab\t<http://a>", "is no address in angle brackets"),
        (b"\xff\xfe\t<http://a>", "not UTF-8"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: bytes, sign: str) -> None:
    path = written(tmp_path, b"good\t<http://a>\n" + line + b"\n")
    with pytest.raises(VocabularyError, match="line 2") as caught:
        read_documents(path)
    assert sign in str(caught.value)


def test_an_empty_file_and_a_huge_one_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(VocabularyError, match="holds no document"):
        read_documents(written(tmp_path, b"\n"))
    monkeypatch.setattr(documents, "LARGEST_FILE", 3)
    with pytest.raises(VocabularyError, match="Split the file"):
        read_documents(written(tmp_path, b"text\t<http://a>\n"))
