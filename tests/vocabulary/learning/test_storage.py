"""What was learned is kept in a file that runs nothing, and a damaged one is told from a whole."""

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from contactpoint.vocabulary import VocabularyError
from contactpoint.vocabulary.learning import storage
from contactpoint.vocabulary.learning.documents import Document
from contactpoint.vocabulary.learning.storage import load, save
from contactpoint.vocabulary.learning.suggester import Suggester


@pytest.fixture
def kept(taught: Suggester, tmp_path: Path) -> Path:
    path = tmp_path / "kept.npz"
    save(taught, path)
    return path


def rewritten(path: Path, **changes: object) -> Path:
    """The file with arrays of its own changed and a digest that fits them."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    header = json.loads(arrays.pop("header").tobytes())
    arrays.update(changes)  # type: ignore[arg-type]
    header["digest"] = storage._digest(arrays)
    arrays["header"] = np.frombuffer(json.dumps(header).encode(), np.uint8)
    np.savez(path, **arrays)
    return path


def test_what_was_kept_suggests_the_same(
    taught: Suggester, untaught: Suggester, kept: Path, unseen: list[Document], tmp_path: Path
) -> None:
    texts = [document.text for document in unseen[:100]]
    assert load(kept).suggest_all(texts, language="fi") == taught.suggest_all(texts, language="fi")
    save(untaught, tmp_path / "untaught.npz")
    again = load(tmp_path / "untaught.npz")
    assert again.learned is None
    assert again.suggest_all(texts, language="sv") == untaught.suggest_all(texts, language="sv")


def test_no_other_file_lies_beside_the_kept_one(kept: Path) -> None:
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_cut_short_or_changed_is_refused(kept: Path, share: float) -> None:
    data = bytearray(kept.read_bytes())
    place = int(len(data) * share)
    kept.write_bytes(data[:place])
    with pytest.raises(VocabularyError, match="damaged"):
        load(kept)
    data[place] ^= 255
    kept.write_bytes(data)
    with pytest.raises(VocabularyError, match="damaged"):
        load(kept)


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.npz"
    path.write_bytes(b"no zip")
    with pytest.raises(VocabularyError, match="is no suggester"):
        load(path)
    np.savez(path, numbers=np.arange(3))
    with pytest.raises(VocabularyError, match="is no suggester"):
        load(path)


def test_nothing_in_a_file_is_run(kept: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return print, ("boom",)

    np.savez(kept, header=np.array([Bomb()], object))
    with pytest.raises(VocabularyError, match="damaged"):
        load(kept)


def test_row_numbers_that_lead_nowhere_are_refused(kept: Path) -> None:
    with np.load(kept) as file:
        targets = file["by_word.together.targets"].copy()
    targets[0] = 1 << 30
    rewritten(kept, **{"by_word.together.targets": targets})
    with pytest.raises(VocabularyError, match="damaged"):
        load(kept)


def test_a_file_of_another_version_or_too_large_says_so(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "VERSION", 2)
    with pytest.raises(VocabularyError, match="of version 1; this program reads 2"):
        load(kept)
    monkeypatch.setattr(storage, "LARGEST", 1000)
    with pytest.raises(VocabularyError, match="MB of memory"):
        load(kept)


def test_the_file_is_a_zip_of_plain_arrays(kept: Path) -> None:
    with zipfile.ZipFile(kept) as archive:
        assert all(name.endswith(".npy") for name in archive.namelist())
