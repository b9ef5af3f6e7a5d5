"""Makes the fixture of a version: a small site that its own code made, packed.

    python tests/upgrades/make.py COMMIT NAME      writes tests/upgrades/NAME.sqlite3.xz

Run it once at each release, in a checkout with all packages of that release (`make setup`), and
commit the file; it is never made anew. See `docs/developers/upgrades.md`.
"""

import lzma
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
EMPTIED: Final = (
    "django_session", "mfa_authenticator", "axes_accessattempt", "axes_accesslog",
    "axes_accessfailurelog", "django_tasks_db_dbtaskresult", "django_tasks_database_dbtaskresult",
)  # fmt: skip
"""Nothing of anybody's, or of a moment only."""


def main(commit: str, name: str) -> None:
    """Some minutes."""
    with tempfile.TemporaryDirectory(prefix="contactpoint-upgrade-") as folder:
        source, data = Path(folder, "source"), Path(folder, "data")
        source.mkdir()
        packed = subprocess.run(
            ["git", "archive", commit], cwd=ROOT, check=True, stdout=subprocess.PIPE
        ).stdout
        with tempfile.TemporaryFile() as file:
            file.write(packed)
            file.seek(0)
            with tarfile.open(fileobj=file) as archive:
                archive.extractall(source, filter="data")
        own = {key: value for key, value in os.environ.items() if "CONTACTPOINT" not in key}
        own |= {"PYTHONPATH": str(source / "src"), "CONTACTPOINT_DATA": str(data),
                "CONTACTPOINT_ENVIRONMENT": "demo"}  # fmt: skip
        data.mkdir()
        command = [sys.executable, "-m", "contactpoint.config"]
        for given in (["translations", "compile"], ["demo", "--no-serve"]):
            subprocess.run([*command, *given], env=own, cwd=folder, check=True)
        pack(data / "contactpoint.sqlite3", HERE / f"{name}.sqlite3.xz")


def pack(database: Path, target: Path) -> None:
    """Nobody can sign in to what is packed."""
    with sqlite3.connect(database) as connection:
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        for table in sorted(there.intersection(EMPTIED)):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE accounts_user SET password = '!'")
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("VACUUM")
    connection.close()
    target.write_bytes(lzma.compress(database.read_bytes(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
