"""The file itself: other programs read it, and nothing of it can be changed unnoticed."""

import io
import json
import random
import tarfile
from collections.abc import Iterator

import pytest

from contactpoint.backups import lines
from contactpoint.backups.checking import Nobody, check
from contactpoint.backups.container import BLOCK, Reader, Writer
from contactpoint.backups.naming import is_file, is_member
from contactpoint.backups.refusing import BackupError, DamagedError

pytestmark = pytest.mark.django_db  # a migration of wagtail-localize asks when it is loaded


class Memory(io.BytesIO):
    def cut(self) -> None: ...


def archive(*members: tuple[str, bytes], manifest: bytes = b"{}") -> bytes:
    target = Memory()
    writer = Writer(target)
    for name, content in members:
        writer.add(name, len(content), [content])
    writer.end(manifest)
    return target.getvalue()


def boundaries(content: bytes) -> Iterator[int]:
    """Where a head begins, ends, and where a content ends."""
    with tarfile.open(fileobj=io.BytesIO(content)) as opened:
        for member in opened:
            yield from (member.offset, member.offset_data, member.offset_data + member.size)


def tampered(name: str, **changed: object) -> bytes:
    """An archive whose only file has that name or kind, in GNU's form."""
    info = tarfile.TarInfo(name)
    info.mode = 0o600
    for key, value in changed.items():
        setattr(info, key, value)
    return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "strict") + b"\0" * 4 * BLOCK


def test_any_tar_program_reads_a_backup(backup: bytes) -> None:
    with tarfile.open(fileobj=io.BytesIO(backup)) as opened:
        names = opened.getnames()
        paper = opened.extractfile("media/documents/paper-3.txt")
        assert paper is not None
        assert paper.read() == b"Paper 3." * 9
    assert names[0] == "begin.json"
    assert names[-2:] == ["manifest.json", "manifest.json.sha256"]
    assert any(len(name) > 110 and "žába" in name for name in names)


def test_a_whole_backup_is_said_to_be_whole(backup: bytes) -> None:
    found = check(io.BytesIO(backup))
    assert found.manifest["files"]["number"] == 14
    assert found.manifest["tables"]["accounts_user"]["rows"] == 1
    assert found.bytes == len(backup)


def test_a_backup_that_is_cut_off_anywhere_is_refused(backup: bytes) -> None:
    places = sorted(set(boundaries(backup)))
    chosen = random.Random(5).sample(places, 40) + places[:4] + places[-6:]
    chosen += [0, 1, len(backup) - 1, len(backup) - BLOCK, len(backup) - 2 * BLOCK]
    for place in chosen:
        for end in {max(0, place - 1), place, min(len(backup) - 1, place + 1)}:
            with pytest.raises(DamagedError):
                check(io.BytesIO(backup[:end]))


def test_any_byte_that_is_another_is_noticed(backup: bytes) -> None:
    chance = random.Random(7)
    places = sorted(set(boundaries(backup)))
    # In heads: of names, modes, sizes, sums, kinds and what follows them.
    heads = [place + at for place in places[-6::3] for at in (0, 101, 125, 150, 156, 258, 400)]
    for place in [*chance.sample(range(len(backup)), 60), *heads, len(backup) - 1]:
        changed = bytearray(backup)
        changed[min(place, len(backup) - 1)] ^= 1 << chance.randrange(8)
        with pytest.raises(BackupError):
            check(io.BytesIO(bytes(changed)))


@pytest.mark.parametrize("more", [b"\0", b"x", b"\0" * BLOCK], ids=["zero", "x", "block"])
def test_something_behind_the_end_is_refused(backup: bytes, more: bytes) -> None:
    with pytest.raises(DamagedError):
        check(io.BytesIO(backup + more))


def test_a_file_between_others_that_the_manifest_does_not_know_is_refused(backup: bytes) -> None:
    with tarfile.open(fileobj=io.BytesIO(backup)) as opened:
        place = opened.getmember("media/documents/paper-3.txt").offset
    stranger = tampered("media/documents/stranger.txt")[:BLOCK]
    with pytest.raises(DamagedError):
        check(io.BytesIO(backup[:place] + stranger + backup[place:]))


@pytest.mark.parametrize(
    "name",
    ["media/../secret.key", "media//etc/passwd", "/etc/passwd", "media/a/./b", "../begin.json",
     "media/", "media/a\\b", "media/a\nb", "database/x/1.sql", "media/" + "n" * 300,
     "begin.json/x"],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    assert not is_member(name)
    with pytest.raises(DamagedError):
        list(Reader(io.BytesIO(tampered(name))))


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE]
)
def test_nothing_but_plain_files_is_read(kind: bytes) -> None:
    content = tampered("media/a", type=kind, linkname="/etc/passwd")
    with pytest.raises(DamagedError):
        list(Reader(io.BytesIO(content)))


def test_a_size_that_is_not_there_takes_no_memory() -> None:
    content = tampered("manifest.json", size=10**15)
    with pytest.raises(DamagedError):
        list(Reader(io.BytesIO(content)))


def test_names_of_files_are_any_that_a_person_gives() -> None:
    assert is_file("documents/Žába (2) – مرحبا.pdf")
    assert not is_file("documents/a\u202eb.pdf")


def test_a_small_part_that_unpacks_to_much_is_refused() -> None:
    bomb = lines.compressed([b" " * 50_000_000 + b"\n"])
    assert len(bomb) < 60_000
    with pytest.raises(DamagedError, match="grows beyond"):
        list(lines.read([bomb], 8 * 1024**2))


def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 1_000)
    with pytest.raises(DamagedError):
        list(lines.read([lines.compressed([b"x" * 5_000_000 + b"\n"])], 8 * 1024**2))


@pytest.mark.parametrize("text", [b"[" * 100_000, b"{", b"\xff", b"[1,]"])
def test_a_line_that_is_no_json_is_refused(text: bytes) -> None:
    with pytest.raises(DamagedError):
        lines.parsed(text)


def test_parts_behind_a_new_row_stay_what_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_LEAST", 2_000)
    rows = [lines.line([number, "text" * 9]) for number in range(9_000)]
    before = list(lines.parts(rows))
    after = list(lines.parts([*rows[:40], lines.line(["new"]), *rows[40:]]))
    assert len(before) > 10
    assert len(set(after) - set(before)) <= 2


@pytest.mark.parametrize(
    "begin",
    [
        [], {}, {"format": "1"}, {"format": True}, {"format": 1}, {"format": 1, "made": 3},
        {"format": 1, "made": "", "site": "", "address": "", "secret": "", "versions": {},
         "migrations": [["a"]], "tables": [], "counters": {}},
        {"format": 1, "made": "", "site": "", "address": "", "secret": "", "versions": {},
         "migrations": [], "tables": [{"name": "x", "columns": [["a", "text"]]}], "counters": {}},
    ],
)  # fmt: skip
def test_a_beginning_that_is_none_is_refused(begin: object) -> None:
    content = archive(("begin.json", json.dumps(begin).encode()))
    with pytest.raises(DamagedError):
        check(io.BytesIO(content), Nobody())


def test_a_backup_of_a_newer_form_is_refused_by_its_version() -> None:
    begin = json.dumps({"format": 2, "versions": {"contactpoint": "9.1"}}).encode()
    with pytest.raises(BackupError, match=r"newer version of the portal \(9\.1\)"):
        check(io.BytesIO(archive(("begin.json", begin))))
