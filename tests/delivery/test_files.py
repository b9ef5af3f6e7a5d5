"""Which kept pages become files, where they lie, and when they are gone."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, transaction
from factories import make_theme
from kept_pages import Site, asked

from contactpoint.delivery import files as files_module
from contactpoint.delivery.files import STRETCH, Fallen, Files, shape
from contactpoint.delivery.headers import HTML, expected
from contactpoint.delivery.keeping import LONGEST, Keep
from contactpoint.delivery.serving import KeptPages
from contactpoint.glossary.models import Theme
from contactpoint.kit import changes, generations
from contactpoint.kit.generations import Generations

NOW = (time.time() // STRETCH) * STRETCH
"""A moment at which a stretch begins."""


class Kept:
    """An application whose pages become files, with a clock that stands still."""

    def __init__(self, folder: Path) -> None:
        self.now = NOW
        self.folder = folder / "pages"
        self.numbers = Generations(folder / "generations")
        self.numbers.at_begin.append(Fallen(self.folder))
        self.site = Site()
        self.keep = Keep(self.numbers)
        self.files = Files(
            self.folder, self.numbers, ["testserver", ".example.org", "*"], self.keep.left,
            clock=lambda: self.now,
        )  # fmt: skip
        self.pages = KeptPages(self.site, self.keep, self.files)

    def ask(self, path: str, times: int = 2, **more: str) -> None:
        self.site.headers = [
            ("Content-Type", HTML),
            *expected(path, more.get("HTTP_X_FORWARDED_PROTO", "http")).items(),
        ]
        for _time in range(times):
            asked(self.pages, path, **more)

    def there(self, link: str = "now") -> set[str]:
        """What nginx can reach, below the stretch that it looks into."""
        root = self.folder / link / shape() / str(int(self.now) // STRETCH)
        return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    monkeypatch.setattr(generations, "SETTLING", 0.0)
    return Kept(tmp_path)


def test_a_page_that_is_asked_for_again_becomes_a_file_in_each_encoding(kept: Kept) -> None:
    kept.ask("/en/news/", times=1)
    assert kept.there() == set()
    kept.ask("/en/news/", times=1)
    assert kept.there() == {
        f"http/testserver/en/news/index.html{end}" for end in ("", ".gz", ".br")
    }


def test_files_can_be_read_by_nginx_and_written_by_their_owner_alone(kept: Kept) -> None:
    before = os.umask(0o077)
    try:
        kept.ask("/en/news/")
    finally:
        os.umask(before)
    for path in (kept.folder / "now").resolve().rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644)


def test_nothing_can_be_reached_from_before_a_change_is_committed(kept: Kept) -> None:
    kept.ask("/en/news/")
    with kept.numbers.change([changes.EVERYTHING]):
        assert kept.there() == set()
        kept.ask("/en/news/")
        assert kept.there() == set()
    assert kept.there() == set()
    kept.ask("/en/themes/")
    assert {path.split("/")[3] for path in kept.there()} == {"themes"}


def test_every_process_of_the_portal_takes_them_away(tmp_path: Path) -> None:
    """Commands, too, which import nothing of what keeps pages."""
    link = tmp_path / "pages" / "now"
    link.parent.mkdir()
    link.symlink_to("g-0123456789abcdef")
    words = (
        "import django; django.setup()\n"
        "from contactpoint.kit import changes\n"
        "changes.generations().changed([changes.EVERYTHING])"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
        "CONTACTPOINT_DATA": str(tmp_path / "data"),
        "CONTACTPOINT_ENVIRONMENT": "demo",
        "CONTACTPOINT_KEEP_PAGES": "yes",
        "CONTACTPOINT_PAGE_FILES": str(link.parent),
    }
    subprocess.run([sys.executable, "-c", words], env=environment, check=True)
    assert not link.is_symlink()


def test_where_files_can_not_be_taken_away_nothing_is_changed(
    watched: Generations, tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    (folder / "now" / "in-the-way").mkdir(parents=True)
    watched.at_begin.append(Fallen(folder))
    with pytest.raises(OperationalError, match="nothing is changed"):
        make_theme("asylum", en="Asylum")
    with pytest.raises(OperationalError), transaction.atomic():
        make_theme("asylum", en="Asylum")
    watched.at_begin.clear()
    assert not Theme.objects.filter(slug="asylum").exists()
    make_theme("return", en="Return")


def test_who_is_killed_in_the_middle_of_a_change_leaves_nothing_that_is_given(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.ask("/en/news/")
    words = (
        "import sys, time, django; from pathlib import Path; django.setup()\n"
        "from contactpoint.kit import changes\n"
        "from contactpoint.delivery.files import Fallen\n"
        "from contactpoint.kit.generations import Generations\n"
        "numbers = Generations(Path(sys.argv[1]))\n"
        "numbers.at_begin.append(Fallen(Path(sys.argv[2])))\n"
        "change = numbers.change([changes.EVERYTHING]); change.__enter__()\n"
        "print('begun', flush=True)\n"
        "time.sleep(60)"
    )
    command = [sys.executable, "-c", words, tmp_path / "generations", kept.folder]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
        "CONTACTPOINT_DATA": str(tmp_path / "data"),
    }
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"begun\n"
        other.kill()
    kept.ask("/en/news/", times=4)
    assert kept.there() == set()
    monkeypatch.setattr(generations, "LONGEST", 0.0)
    kept.ask("/en/news/", times=3)
    assert len(kept.there()) == 3


def test_what_changed_since_it_was_kept_does_not_become_a_file(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change comes between finding the page and writing it."""
    kept.ask("/en/news/", times=1)
    real = kept.files._room

    def room(*arguments: Any) -> bool:
        kept.numbers.changed([changes.EVERYTHING])
        return real(*arguments)

    monkeypatch.setattr(kept.files, "_room", room)
    kept.ask("/en/news/", times=1)
    assert kept.there() == set()


def test_pages_that_hang_on_what_many_write_fall_with_any_change(kept: Kept) -> None:
    kept.site.meanwhile = lambda: changes.made_from("consultations_answer")
    kept.ask("/en/consultations/")
    kept.site.meanwhile = lambda: None
    kept.ask("/en/news/")
    assert {path.split("/")[3] for path in kept.there("apart")} == {"consultations"}
    assert {path.split("/")[3] for path in kept.there()} == {"news"}
    kept.files.sweep()
    with kept.numbers.change(["consultations_answer"]):
        assert kept.there("apart") == set()
        assert len(kept.there()) == 3
        kept.now += STRETCH
        kept.ask("/en/consultations/")
        assert kept.there("apart") == set()
    kept.ask("/en/news/", times=1)
    assert len(kept.there()) == 3
    kept.numbers.changed([changes.EVERYTHING])
    assert kept.there("apart") == kept.there() == set()


@pytest.mark.parametrize(("path", "more"), [
    ("/en/news/", {"HTTP_HOST": "other.example"}), ("/en/news/", {"HTTP_HOST": "a.example.org"}),
    ("/en/news/", {"HTTP_HOST": "testserver:81"}), ("/en/news/", {"HTTP_HOST": "../testserver"}),
    ("/en/news/", {"HTTP_HOST": ".example.org"}), ("/en/news/", {"HTTP_HOST": "*"}),
    ("/en/news/", {"HTTP_X_FORWARDED_PROTO": "../x"}), ("/en/news/", {"QUERY_STRING": "a=1"}),
    ("/en/../news/", {}), ("/en//news/", {}), ("/en/news", {}), ("/en/a.b/", {}),
    ("/en/n%65ws/", {}), ("/en/a\nb/", {}), ("/en/é/", {}), ("/en/" + "x" * 201 + "/", {}),
    ("/en/news/\n", {}), ("/en/\0/", {}),
])  # fmt: skip
def test_a_hostile_address_becomes_no_file(kept: Kept, path: str, more: dict[str, str]) -> None:
    kept.ask(path, **more)
    assert [one for one in kept.folder.rglob("*") if one.is_file()] == []


@pytest.mark.parametrize("change", [
    lambda site: site.headers.append(("X-Robots-Tag", "noindex")),
    lambda site: site.headers.remove(("x-frame-options", "DENY")),
    lambda site: site.headers.__setitem__(0, ("Content-Type", "application/atom+xml")),
    lambda site: site.headers.append(("Vary", "Cookie")),
])  # fmt: skip
def test_a_page_with_other_headers_than_nginx_adds_becomes_no_file(
    kept: Kept, change: Callable[[Site], None]
) -> None:
    kept.ask("/en/news/", times=0)
    change(kept.site)
    asked(kept.pages, "/en/news/"), asked(kept.pages, "/en/news/")
    assert kept.there() == set()


def test_a_page_is_a_file_for_no_longer_than_it_is_true(kept: Kept) -> None:
    """What is true for less than the rest of a stretch is given by the portal alone."""
    kept.ask("/en/news/")
    kept.now += STRETCH
    assert kept.there() == set()
    kept.ask("/en/news/", times=1)
    assert len(kept.there()) == 3
    page = kept.keep.find(("http", "", "testserver", "/en/news/", ""))
    assert page is not None
    page.until -= LONGEST - STRETCH / 2
    kept.now += STRETCH
    kept.ask("/en/news/", times=1)
    assert kept.there() == set()


def test_there_are_so_many_files_and_no_more(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "MOST", 3)
    for number in range(6):
        kept.ask(f"/en/{number}/")
    assert len(kept.there()) == 9
    kept.now += STRETCH
    kept.ask("/en/7/")
    assert len(kept.there()) == 3


def test_what_can_not_be_reached_any_more_is_taken_away(kept: Kept) -> None:
    kept.ask("/en/news/")
    first = (kept.folder / "now").resolve()
    kept.numbers.changed([changes.EVERYTHING])
    kept.ask("/en/news/")
    kept.files.sweep()
    assert not first.exists()
    assert len(kept.there()) == 3
    kept.now += 2 * STRETCH
    kept.ask("/en/themes/")
    kept.files.sweep()
    stretches = list((kept.folder / "now" / shape()).iterdir())
    assert [path.name for path in stretches] == [str(int(kept.now) // STRETCH)]


def test_who_starts_finds_nothing_of_those_before(kept: Kept) -> None:
    kept.ask("/en/news/")
    kept.files.begin()
    assert kept.there() == set()


def test_a_full_disk_is_no_readers_problem(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files_module, "_put", full)
    kept.ask("/en/news/")
    assert "No space left" in caplog.text


def test_the_command_prints_what_nginx_reads(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PAGE_FILES = tmp_path / "pages"
    settings.ALLOWED_HOSTS = ["portal.example.org", ".example.net"]
    call_command("nginx", certificate="/etc/tls/portal.pem", key="/etc/tls/portal.key")
    said = capsys.readouterr().out
    assert f"root {tmp_path}/pages;" in said
    assert f"try_files /now/{shape()}/$contactpoint_stretch/" in said
    assert "server_name portal.example.org;" in said
    assert "listen 80 ssl http2;" in said
    assert "@@" not in said


@pytest.mark.parametrize(("given", "named"), [
    ({"portal": "127.0.0.1:80; include /etc/passwd"}, "can't be written"),
    ({"certificate": "/etc/x.pem"}, "together"),
])  # fmt: skip
def test_the_command_refuses_what_it_can_not_write(
    given: dict[str, str], named: str, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    with pytest.raises(CommandError, match=named):
        call_command("nginx", **given)


def test_nginx_finds_nothing_while_this_machine_is_not_told_of_changes(tmp_path: Path) -> None:
    kept, told = Kept(tmp_path), [True]
    kept.pages._files = files = Files(
        kept.folder, kept.numbers, ["testserver"], kept.keep.left,
        clock=lambda: kept.now, is_told=lambda: told[0],
    )  # fmt: skip
    kept.ask("/en/")
    files.mind()
    assert kept.there()
    told[0] = False
    files.mind()
    assert not kept.there()
    kept.ask("/fr/")
    assert not kept.there(), "nor is one made"
    told[0] = True
    kept.now += STRETCH
    kept.ask("/fr/")
    assert kept.there()
