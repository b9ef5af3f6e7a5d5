"""Makes an empty data folder a site: database, reference data and the first pages."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from contactpoint.glossary.actions import load_shipped as load_glossary
from contactpoint.home.actions import plant
from contactpoint.network.actions import load_shipped as load_network


def prepare() -> None:
    """Bring database and reference data up to what this version ships; quick where they are.

    Repeatable and safe to interrupt: the stamp that ends it is written last.
    """
    stamp = settings.DATA / "prepared"
    shipped = _shipped_digest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == f"{shipped} {_database()}":
        return
    settings.DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    load_network()
    load_glossary()
    plant()
    partial = stamp.with_suffix(".partial")
    partial.write_text(f"{shipped} {_database()}", encoding="ascii")
    partial.replace(stamp)


def _shipped_digest() -> str:
    """Changes with every migration and every file of reference data that the package carries."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted([*package.glob("*/migrations/*.py"), *package.glob("*/data/*.t*")]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _database() -> str:
    """Names the database, so that one folder pointed at another database is prepared again."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(name).exists():
        return "missing"
    return hashlib.sha256(f"{connection.vendor} {name}".encode()).hexdigest()
