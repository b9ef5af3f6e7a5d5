"""`contactpoint doctor`: each thing that is wrong is found, said and mended; nothing is changed."""

import hashlib
import json
import os
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from made_once import empty_site
from people import person

import contactpoint
from contactpoint.kit import outbox, workers_seen
from contactpoint.kit.models import OutboxEntry
from contactpoint.media.models import CustomDocument
from contactpoint.operations.doctor import (
    asking,
    findings,
    folders,
    secrets,
    surroundings,
)
from contactpoint.operations.doctor.findings import Finding, Level, check, examine, ok, warning

ROOT = Path(__file__).parents[2]


def found(name: str) -> list[Finding]:
    return list(findings._checks[name].run())


def only(name: str) -> Finding:
    (one,) = found(name)
    return one


def run(folder: Path, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    own = {key: value for key, value in os.environ.items() if not key.startswith("CONTACTPOINT_")}
    own.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "contactpoint.config", "doctor", *arguments],
        env=own | {"CONTACTPOINT_DATA": str(folder)} | more,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def contents(folder: Path) -> dict[str, str]:
    """All files by what is in them and who may read them, but what SQLite keeps while open."""
    return {
        str(path.relative_to(folder)): f"{hashlib.sha256(path.read_bytes()).hexdigest()} "
        f"{path.stat().st_mode}"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    }


def test_a_site_is_looked_at_whole_and_nothing_of_it_is_changed(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, django_db_setup: None
) -> None:
    folder = empty_site(tmp_path_factory, tmp_path / "data")
    folder.chmod(0o700)
    before = contents(folder)
    done = run(folder, "--json", CONTACTPOINT_ENVIRONMENT="demo")
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["errors"] == 0
    levels = {one["check"]: one["level"] for one in told["findings"]}
    for name in ("database", "migrations", "index", "media", "permissions", "secrets",
                 "versions", "disk", "mail", "second factor", "addresses", "proxies"):  # fmt: skip
        assert levels[name] == "ok", (name, told)
    assert levels["worker"] == levels["backups"] == "warning"
    assert levels["queues"] in {"ok", "warning"}  # what was asked of a worker may wait since long
    assert {"check", "level", "place", "says", "mend"} == set(told["findings"][0])
    assert all(one["mend"] for one in told["findings"] if one["level"] != "ok")
    assert contents(folder) == before


def test_without_its_database_it_says_so_within_seconds_and_looks_at_the_rest(
    tmp_path: Path,
) -> None:
    with socket.socket() as taken:  # nobody listens there
        taken.bind(("127.0.0.1", 0))
        address = f"postgresql://portal:hidden@127.0.0.1:{taken.getsockname()[1]}/portal"
        done = run(
            tmp_path / "none", CONTACTPOINT_DATABASE_URL=address, CONTACTPOINT_SECRET_KEY="short"
        )
    assert done.returncode == 1
    assert "database: CONTACTPOINT_DATABASE_URL: It can't be read: OperationalError" in done.stdout
    assert "Not looked at for that reason: " in done.stdout
    assert "ERROR    secrets: CONTACTPOINT_SECRET_KEY" in done.stdout
    assert "hidden" not in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "none").exists(), "nothing was made"


@pytest.mark.parametrize(
    ("secret", "level"),
    [("", "error"), ("x" * 80, "error"), ("django-insecure-0123456789" * 4, "error"),
     ("0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefgh", "ok")],
)  # fmt: skip
def test_a_secret_that_can_be_guessed_is_an_error(secret: str, level: str, settings: Any) -> None:
    settings.SECRET_KEY, settings.PRODUCTION = secret, True
    assert only("secrets").level == level
    assert secret == "" or secret not in str(only("secrets"))


@pytest.mark.parametrize(
    ("address", "hosts", "place"),
    [
        ("http://localhost:8000", ["localhost"], "CONTACTPOINT_BASE_URL"),
        ("http://portal.example.org", ["portal.example.org"], "CONTACTPOINT_BASE_URL"),
        ("https://portal.example.org", ["other.example.org"], "CONTACTPOINT_HOSTS"),
        ("https://portal.example.org", ["*"], "CONTACTPOINT_HOSTS"),
    ],
)
def test_addresses_that_lead_nowhere_are_errors(
    address: str, hosts: list[str], place: str, settings: Any
) -> None:
    settings.PRODUCTION, settings.BASE_URL, settings.ALLOWED_HOSTS = True, address, hosts
    assert [one.place for one in found("addresses") if one.level is Level.ERROR] == [place]
    settings.BASE_URL, settings.ALLOWED_HOSTS = "https://a.example.org", [".example.org"]
    assert only("addresses").level is Level.OK


def test_no_proxy_in_production_is_a_warning(settings: Any) -> None:
    settings.PRODUCTION, settings.TRUSTED_PROXIES = True, 0
    assert only("proxies").level is Level.WARNING
    settings.TRUSTED_PROXIES = 1
    assert only("proxies").level is Level.OK


def test_what_others_may_read_or_change_is_an_error(settings: Any, tmp_path: Path) -> None:
    settings.DATA = folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    assert only("permissions").level is Level.OK
    (folder / "secret.key").touch(0o644)
    one = only("permissions")
    assert (one.level, one.mend) == (Level.ERROR, f"chmod go= {folder / 'secret.key'}")
    subprocess.run(one.mend.split(), check=True)
    folder.chmod(0o777)
    assert "change what is in" in only("permissions").says
    folder.chmod(0o700)
    os.chown(folder, 12345, -1) if os.getuid() == 0 else None
    assert os.getuid() or "12345" in only("permissions").says


def test_files_with_keys_that_settings_name_are_looked_at(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir(0o700)
    names = ("keys", "mail", "social")
    keys, mail, social = (tmp_path / name for name in names)
    for path in (keys, mail, social):
        path.touch(0o640)
    monkeypatch.setenv("CONTACTPOINT_STORAGE_KEYS", str(keys))
    monkeypatch.setenv("CONTACTPOINT_EMAIL_URL", f"mailgun://?api_key_file={mail}&sender_domain=x")
    monkeypatch.setenv("CONTACTPOINT_SOCIAL", f'{{"a": {{"token_file": "{social}"}}}}')
    assert {Path(one.place).name for one in found("permissions")} == set(names)


def test_a_full_disk_and_one_that_is_read_only_are_errors(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path
    monkeypatch.setattr(folders, "LEAST", 2**62)
    assert {one.level for one in found("disk")} == {Level.ERROR}
    real = os.statvfs

    def read_only(path: Any) -> Any:
        given = list(real(path))
        given[8] |= os.ST_RDONLY
        return os.statvfs_result((*given, 0))

    monkeypatch.setattr(os, "statvfs", read_only)
    assert "read only" in found("disk")[0].says


def test_a_clock_that_went_back_is_noticed(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path
    monkeypatch.setattr(surroundings, "_kernel_state", lambda: 0)
    assert only("clock").level is Level.OK
    path = tmp_path / "prepared"
    path.touch()
    os.utime(path, (time.time() + 900, time.time() + 900))
    assert "to come" in only("clock").says
    path.unlink()
    built = Path(contactpoint.__file__).stat().st_mtime
    monkeypatch.setattr(time, "time", lambda: built - 86_400)
    assert "before this program was installed" in only("clock").says
    monkeypatch.undo()
    monkeypatch.setattr(surroundings, "_kernel_state", lambda: surroundings.NOT_SYNCHRONISED)
    assert "nobody keeps it right" in only("clock").says


def test_packages_that_were_not_tested_together_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "requires", lambda _name: ["django~=5.2.0", "wagtail~=7.9"])
    (one,) = found("versions")
    assert (one.place, one.level) == ("wagtail", Level.WARNING)
    assert surroundings._fits("5.2.19", "5.2.0")
    assert not surroundings._fits("5.3.0", "5.2.0")
    assert not surroundings._fits("", "5.2.0")
    monkeypatch.setattr(surroundings, "PYTHON", (3, 99))
    assert found("versions")[0].level is Level.ERROR


def test_the_mail_server_is_greeted_and_gets_no_mail(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    kept = tmp_path / "mails.txt"
    sink = subprocess.Popen(
        [sys.executable, ROOT / "tests" / "mail_sink.py", kept], stdout=subprocess.PIPE, text=True
    )
    try:
        assert sink.stdout is not None
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sink.stdout.readline())
        assert only("mail").level is Level.OK
    finally:
        sink.terminate()
        sink.wait(20)
    assert not kept.exists() or not kept.read_text()
    assert only("mail").level is Level.ERROR, "and one that is gone is an error"


def test_a_cache_that_is_away_hides_the_workers_alone(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    workers_seen.tell("web-1:77:abcdefgh", "web-1", 0.0)
    assert only("worker").level is Level.OK
    workers_seen.leave("web-1:77:abcdefgh")
    assert only("worker").level is Level.WARNING
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:9/0",
        }
    }
    assert only("cache").blocks


@pytest.mark.django_db
def test_migrations_of_a_newer_version_are_an_error_and_missing_ones_a_warning() -> None:
    assert only("migrations").level is Level.OK
    recorder = MigrationRecorder(connection)
    recorder.record_applied("outputs", "9999_of_tomorrow")
    one = only("migrations")
    assert (one.level, one.blocks) == (Level.ERROR, True)
    assert "outputs.9999_of_tomorrow" in one.says
    recorder.record_unapplied("outputs", "9999_of_tomorrow")
    recorder.record_applied("gone", "0001_initial")
    assert only("migrations").level is Level.WARNING, "an app that was taken out"
    recorder.record_unapplied("gone", "0001_initial")
    last = max(name for app, name in recorder.applied_migrations() if app == "media")
    recorder.record_unapplied("media", last)
    one = only("migrations")
    assert (one.level, one.blocks) == (Level.WARNING, True)
    assert f"media.{last}" in one.says


@pytest.mark.django_db
def test_a_file_that_a_row_names_and_nobody_has_is_an_error(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    document = CustomDocument.objects.create(title="A", file=ContentFile(b"words", name="a.txt"))
    assert only("media").level is Level.OK
    Path(document.file.path).unlink()
    one = only("media")
    assert one.level is Level.ERROR
    assert (one.place, document.file.name in one.says) == ("media.CustomDocument.file", True)


@pytest.mark.django_db
def test_an_index_that_is_not_there_and_work_that_failed_are_warnings() -> None:
    assert "no index that can be searched" in found("index")[0].says
    assert only("queues").level is Level.OK
    DBTaskResult.objects.create(
        status=TaskResultStatus.FAILED, args_kwargs={"args": [], "kwargs": {}},
        task_path="contactpoint.kit.mail.deliver", queue_name="mail", backend_name="default",
        run_after=get_date_max(), finished_at=timezone.now(), exception_class_path="x",
    )  # fmt: skip
    OutboxEntry.objects.create(topic="t", attempts=outbox.MAX_ATTEMPTS)
    waiting = OutboxEntry.objects.create(topic="t")
    OutboxEntry.objects.filter(pk=waiting.pk).update(
        created_at=timezone.now() - timedelta(minutes=40)
    )
    assert {one.level for one in found("queues")} == {Level.WARNING}
    assert [one.place for one in found("queues")] == ["jobs", "outbox", "jobs"]


@pytest.mark.django_db
def test_who_may_publish_without_a_second_factor_is_counted_and_not_named() -> None:
    assert only("second factor").level is Level.OK
    user, _client = person("Editors")
    person("Contributors")
    user.authenticator_set.all().delete()
    one = only("second factor")
    assert (one.level, one.says[:1]) == (Level.WARNING, "1")
    assert user.email not in str(one)


def test_a_backup_that_is_old_is_a_warning(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    assert "Nobody" in only("backups").says
    (tmp_path / "last-backup").touch()
    assert only("backups").level is Level.OK
    os.utime(tmp_path / "last-backup", (0, 0))
    assert "days old" in only("backups").says


def test_a_check_that_fails_is_a_finding_and_hinders_only_what_needs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(findings, "_checks", {})

    @check("one")
    def _one() -> Any:
        raise DatabaseError("gone\nfor programmers")
        yield

    @check("two", needs=("one",))
    def _two() -> Any:
        yield ok("never", "said")

    @check("three")
    def _three() -> Any:
        yield warning("place", "said", "mend")
        raise OSError("of a disk")

    told = list(examine())
    assert [(one.check, one.level) for one in told] == [
        ("one", "error"), ("three", "warning"), ("three", "error"), ("one", "warning"),
    ]  # fmt: skip
    assert "programmers" not in str(told)
    assert "Not looked at for that reason: two." in told[-1].says


def test_a_check_of_the_same_name_takes_the_place_of_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(findings, "_checks", dict(findings._checks))
    names = list(findings._checks)

    @check("backups")
    def _better() -> Any:
        yield ok("backups", "all well")

    assert only("backups").says == "all well"
    assert list(findings._checks) == names


@pytest.mark.django_db
def test_no_check_can_write(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("Servers are told with each transaction.")
    script = (
        "import django; django.setup()\n"
        "from contactpoint.operations.doctor.asking import look_only\n"
        "from django.db import connection, OperationalError\n"
        "look_only()\n"
        "try:\n    connection.cursor().execute('CREATE TABLE a (b)')\n"
        "except OperationalError as problem:\n    print(problem)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
             "CONTACTPOINT_ENVIRONMENT": "demo", "CONTACTPOINT_DATA": str(tmp_path)},
    )  # fmt: skip
    assert "readonly" in done.stdout
    assert asking.PATIENCE <= 10


def test_each_check_stands_in_the_docs_with_its_mend() -> None:
    text = (ROOT / "docs/operators/doctor.md").read_text(encoding="utf-8")
    for name in findings._checks:
        assert f"| {name} |" in text, name
    assert secrets.SHORTEST == 50
