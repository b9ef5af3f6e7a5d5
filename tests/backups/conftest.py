"""A small site in a folder of its own, and a backup of it that was made once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from backed_up import FILL, Site, migrated
from made_once import made_once


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """One that nothing was put into."""
    return migrated(tmp_path / "site")


def _filled(folder: Path) -> None:
    made = migrated(folder)
    made.run("migrate")
    made.run("shell", "-c", FILL)
    made.run("backup", str(folder / "backup"))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Site:
    """A site with somebody in it, and files; `backup` lies in its folder. Only to be read."""
    copy = tmp_path_factory.mktemp("filled")
    return Site(made_once(tmp_path_factory, "backed-up", _filled, copy))


@pytest.fixture
def backup(filled: Site) -> bytes:
    """What `contactpoint backup` has written of it."""
    return (filled.folder / "backup").read_bytes()


@pytest.fixture
def written(tmp_path: Path) -> Callable[[bytes], str]:
    """The path of a file with that content."""

    def write(content: bytes) -> str:
        path = tmp_path / "given"
        path.write_bytes(content)
        return str(path)

    return write
