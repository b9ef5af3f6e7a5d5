"""Sites of which backups are made: a data folder, and commands in processes of their own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from migrated_once import begin_with_copy

FILL = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from contactpoint.accounts.models import User
User.objects.create_user(email="someone@example.org", password="x")
for number in range(12):
    default_storage.save(f"documents/paper-{number}.txt", ContentFile(b"Paper %d." % number * 9))
default_storage.save("images/\u017e\u00e1ba " + "long" * 30 + ".txt", ContentFile(b"x"))
default_storage.save("images/nothing.txt", ContentFile(b""))
"""


class Site:
    """A data folder, and commands in processes of their own."""

    def __init__(self, folder: Path, **more: str) -> None:
        own = {key: value for key, value in os.environ.items() if "CONTACTPOINT" not in key}
        own.pop("DJANGO_SETTINGS_MODULE", None)
        self.folder = folder
        self.environment = own | {
            "CONTACTPOINT_DATA": str(folder),
            "CONTACTPOINT_ENVIRONMENT": "demo",
            "CONTACTPOINT_LOG_LEVEL": "ERROR",
            **more,
        }
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def database(self) -> Path:
        return self.folder / "contactpoint.sqlite3"

    def begin(self, *words: str) -> "subprocess.Popen[str]":
        """A command that goes on by itself."""
        if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # as behind `nohup`; children inherit
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return subprocess.Popen(
            [sys.executable, "-m", "contactpoint.config", *words], env=self.environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def refused(self, *words: str) -> str:
        """What a command says that ends with an error."""
        done = self.begin(*words)
        _out, said = done.communicate(timeout=900)
        assert done.returncode == 1, said
        assert "Traceback" not in said
        return said

    def run(self, *words: str) -> str:
        """What a command says that ends well."""
        done = self.begin(*words)
        out, said = done.communicate(timeout=900)
        assert done.returncode == 0, said
        return out

    def media(self) -> dict[str, bytes]:
        root = self.folder / "media"
        return {
            str(path.relative_to(root)): path.read_bytes()
            for path in root.rglob("*")
            if path.is_file()
        }


def migrated(folder: Path, **more: str) -> Site:
    """A site whose database is migrated, and empty."""
    site = Site(folder, **more)
    begin_with_copy(site.database)
    return site
