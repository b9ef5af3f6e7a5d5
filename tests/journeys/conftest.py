"""A whole demo site, served as an operator would, and Debian's Chromium to walk through it.

In a run of several processes one of them goes on all journeys: a demo site and what its worker has
to make cost more than a minute, and a browser half a gigabyte.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from migrated_once import begin_with_copy
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    StorageState,
    expect,
    sync_playwright,
)

# No background connections: the browser asks for our pages and for nothing else. Its microphone
# hears a tone of its own.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]

# Of servers that nobody has: names under `invalid` lead nowhere.
ACCOUNTS = json.dumps({
    "fediverse": {"network": "mastodon", "server": "https://mastodon.invalid", "token": "none"},
    "sky": {
        "network": "bluesky", "server": "https://sky.invalid", "account": "us", "token": "none",
    },
})  # fmt: skip

REFERRED: Final = """
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
DBTaskResult.objects.filter(task_path="contactpoint.kit.referring.update_references").delete()
call_command("rebuild_references_index", verbosity=0)
"""


@dataclass(frozen=True)
class Portal:
    """A running demo: where it is and how its editor signs in."""

    address: str
    printed: str
    data: Path

    def url(self, path: str) -> str:
        return f"{self.address}{path}"

    def credential(self, label: str) -> str:
        """What the demo printed behind `label:`."""
        found = re.search(rf"^\s*{re.escape(label)}:\s*(\S+)", self.printed, re.MULTILINE)
        assert found, f"{label} is not in what the demo printed:\n{self.printed}"
        return found.group(1)


MANY: Final = 20
"""Journeys that wait until the worker has done all that a new site asks of it: what one of them
asks of the worker is done at once then. Who goes on a few begins at once instead."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They can be chosen by their mark, and one process goes on all of them."""
    for item in items:
        if "journeys" in Path(str(item.fspath)).parts:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("journeys"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def portal(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_db_setup: None
) -> Iterator[Portal]:
    """The demo site; its database begins with the copy of the migrated one, which
    `django_db_setup` has left. That a site begins with nothing is tested in `tests/config`."""
    data = tmp_path_factory.mktemp("portal")
    port = _free_port()
    (data / "var").mkdir()
    begin_with_copy(data / "var" / "contactpoint.sqlite3")
    if sum(1 for item in request.session.items if item.get_closest_marker("journey")) > MANY:
        _run(data, port, "demo", "--no-serve", "--port", str(port))
        # Rows refer to each other as Wagtail finds in one go, not by a job for each.
        _run(data, port, "shell", "-c", REFERRED)
        _run(data, port, "worker", "--once")
    with _serving(data, port) as address:
        printed = (data / "demo.log").read_text(encoding="utf-8")
        yield Portal(address, printed, data / "var")


def _environment(data: Path, port: int) -> dict[str, str]:
    own = {key: value for key, value in os.environ.items() if not key.startswith("CONTACTPOINT_")}
    own.pop("DJANGO_SETTINGS_MODULE", None)
    return own | {
        "CONTACTPOINT_DATA": str(data / "var"),
        "CONTACTPOINT_ENVIRONMENT": "demo",
        "CONTACTPOINT_BASE_URL": f"http://127.0.0.1:{port}",
        "CONTACTPOINT_LOG_LEVEL": "WARNING",
        "CONTACTPOINT_SOCIAL": ACCOUNTS,
        "PYTHONUNBUFFERED": "1",
    }


def _command(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).parent / "contactpoint"), *arguments]


def _run(data: Path, port: int, *arguments: str) -> None:
    done = subprocess.run(
        _command(*arguments), env=_environment(data, port), capture_output=True, text=True,
        timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def _serving(data: Path, port: int) -> Iterator[str]:
    """`contactpoint demo` on the folder; what it prints stands in `demo.log`."""
    log = data / "demo.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            _command("demo", "--port", str(port)),
            stdout=output,
            stderr=subprocess.STDOUT,
            env=_environment(data, port),
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(address, process, log)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"the demo did not come up:\n{log.read_text(encoding='utf-8')[-4000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if path is None:
        pytest.fail("Chromium is missing: run `bash .ci/servers`.")
    with sync_playwright() as playwright:
        expect.set_options(timeout=20_000)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def strangers() -> list[str]:
    """Addresses of other origins that a page asked for; stays empty."""
    return []


def opened(
    browser: Browser, portal: Portal, strangers: list[str], **options: Any
) -> BrowserContext:
    """A context that notes every request to another origin among `strangers`."""
    own = urlsplit(portal.address).netloc

    def note(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != own:
            strangers.append(request.url)

    context = browser.new_context(base_url=portal.address, locale="en-GB", **options)
    context.set_default_timeout(40_000)  # a busy machine is no fault of the page
    context.on("request", note)
    return context


@pytest.fixture
def open_context(
    browser: Browser, portal: Portal, strangers: list[str]
) -> Iterator[Callable[..., BrowserContext]]:
    """Opens browser contexts that note every request to another origin and every page error."""
    contexts: list[BrowserContext] = []

    def open_one(**options: Any) -> BrowserContext:
        contexts.append(opened(browser, portal, strangers, **options))
        return contexts[-1]

    yield open_one
    for context in contexts:
        context.close()
    assert strangers == []


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    return open_context(viewport={"width": 1280, "height": 900}).new_page()


def sign_in(page: Page, portal: Portal, code: str) -> None:
    page.goto("/admin/")
    page.locator("input[name=login]").fill(portal.credential("Address"))
    page.locator("input[name=password]").fill(portal.credential("Password"))
    page.keyboard.press("Enter")
    page.locator("input[name=code]").fill(code)
    page.keyboard.press("Enter")


@pytest.fixture(scope="session")
def signed_in(browser: Browser, portal: Portal) -> StorageState:
    """What a browser keeps of an editor who signed in: a recovery code works once, so one signs
    in for all journeys of a process."""
    context = browser.new_context(base_url=portal.address, locale="en-GB")
    page = context.new_page()
    sign_in(page, portal, re.findall(r"\b\d{8}\b", portal.printed.split("Recovery codes")[1])[0])
    expect(page).to_have_url(re.compile(r"/admin/$"))
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def editor(signed_in: StorageState, open_context: Callable[..., BrowserContext]) -> Page:
    """The desk as an editor has it before them."""
    page = open_context(
        viewport={"width": 1280, "height": 900}, storage_state=signed_in, permissions=["microphone"]
    ).new_page()
    page.goto("/admin/")
    return page
