"""What a page of guidance costs a phone: bytes over the wire, and time until its text can be read.

Every guide of the demo in every language is fetched as a browser does it, with all that it needs:
its scripts, its icon, and the letters of Tigrinya and Pashto where the phone has none. Then
Chromium opens the largest guide and the start page of each language on a slow line (400 kbit/s,
400 ms for each request, by its own throttle), each time with nothing kept, and says when it first
painted text and when the last word had come. Beside it: the size of each language as a pack and as
one file.

    python benchmarks/guidance_pages.py [--quick] [--json FILE]
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parents[1] / "src"
MOST_BYTES = 60_000
MOST_MS = 1000
KILOBIT = 1000 / 8
SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400 * KILOBIT,
    "uploadThroughput": 400 * KILOBIT,
}
QUICK = ("en", "ar", "ti")
LANGUAGES = ("ar", "de", "en", "es", "fa", "fr", "nl", "ps", "ru", "so", "sq", "ti", "tr", "uk")
PREPARE = """
import sys
from django.conf import settings
class NoMigrations:  # tables as the models are now: migrating takes most of a minute
    def __contains__(self, app):
        return True
    def __getitem__(self, app):
        return None
settings.MIGRATION_MODULES = NoMigrations()
import django
django.setup()
from django.core.management import call_command
from contactpoint.guidance.demonstration import load_guidance
from contactpoint.guidance.everywhere.making import make
call_command("migrate", run_syncdb=True, verbosity=0)
load_guidance()
for language in sys.argv[1:]:
    make(language)
"""
PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (entry.name === "first-contentful-paint") {
    const [load] = performance.getEntriesByType("navigation");
    done({ painted: entry.startTime, whole: load.responseEnd });
  }
}).observe({ type: "paint", buffered: true }))"""


@contextmanager
def served(languages: Sequence[str]) -> Iterator[str]:
    """A site with the demo's guidance and nothing else, and packs of some languages."""
    with tempfile.TemporaryDirectory() as folder:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        environment = os.environ | {
            "CONTACTPOINT_DATA": folder,
            "CONTACTPOINT_ENVIRONMENT": "demo",
            "CONTACTPOINT_LOG_LEVEL": "ERROR",
            "CONTACTPOINT_SECRET_KEY": "for-a-benchmark-only-" * 4,
            "CONTACTPOINT_BASE_URL": f"http://127.0.0.1:{port}",
            "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
            "PYTHONPATH": str(SOURCE),
        }
        subprocess.run([sys.executable, "-c", PREPARE, *languages], env=environment, check=True)
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
        command += ["--log-level", "error", "contactpoint.config.wsgi:application"]
        process = subprocess.Popen(command, env=environment)
        address = f"http://127.0.0.1:{port}"
        try:
            for _attempt in range(240):
                try:
                    get(f"{address}/en/guidance/")
                    break
                except OSError:
                    time.sleep(0.5)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def get(url: str) -> tuple[bytes, int]:
    """The body, unpacked, and its bytes over the wire."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        sent = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(sent) if packed else sent), len(sent)


def weight(address: str, path: str, known: dict[str, int]) -> dict[str, int]:
    """Bytes of a page, and of all that it fetches beside itself."""
    body, sent = get(address + path)
    page = body.decode()
    wanted = set(re.findall(r'<script[^>]* src="([^"]+)"', page))
    wanted |= set(re.findall(r'<link rel="(?:icon|stylesheet)" href="([^"]+)"', page))
    shown = re.sub(r"<details.*?</details>", "", page, flags=re.S)
    letters = ["ethiopic"] if re.search(r"[\u1200-\u137f]", shown) else []
    letters = ["pashto"] if '<html lang="ps"' in page else letters
    for name in letters:
        wanted |= set(re.findall(rf'url\("([^"]+{name}-[^"]+)"\)', page))
    for url in wanted - known.keys():
        known[url] = get(address + url)[1]
    return {"page": sent, "all": sent + sum(known[url] for url in wanted)}


def guides(address: str, language: str) -> list[str]:
    """The paths of all guides that a language has."""
    body, _sent = get(f"{address}/{language}/guidance/offline/manifest.json")
    paths = json.loads(body)["pages"]
    return [path for path in paths if path.count("/") == 5 and "/offline/" not in path]


def pack(address: str, language: str) -> dict[str, int]:
    """The whole language: pages, bytes as a pack, bytes as one file."""
    body, _sent = get(f"{address}/{language}/guidance/offline/manifest.json")
    said = json.loads(body)
    whole, sent = get(f"{address}/{language}/guidance/offline/pages.html")
    return {
        "pages": len(said["pages"]),
        "pack": said["size"],
        "file": len(whole),
        "file_sent": sent,
    }


def opened(address: str, paths: list[str], rounds: int) -> dict[str, dict[str, float]]:
    """Medians of milliseconds for each path, each time in a browser that knows nothing."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 — only where it is measured

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    found: dict[str, dict[str, float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for path in paths:
            times: list[dict[str, float]] = []
            for _round in range(rounds):
                context = browser.new_context(viewport={"width": 360, "height": 640})
                page = context.new_page()
                session = context.new_cdp_session(page)
                session.send("Network.enable")
                session.send("Network.emulateNetworkConditions", SLOW_3G)
                page.goto(address + path, wait_until="commit")
                page.wait_for_load_state("load")
                times.append(page.evaluate(PAINTED))
                context.close()
            found[path] = {
                name: round(statistics.median(one[name] for one in times)) for name in times[0]
            }
        browser.close()
    return found


def measure(*, quick: bool) -> dict[str, Any]:
    """All figures."""
    rounds = 2 if quick else 5
    languages = QUICK if quick else LANGUAGES
    with served(languages) as address:
        known: dict[str, int] = {}
        weights = {
            language: {path: weight(address, path, known) for path in guides(address, language)}
            for language in languages
        }
        largest = {
            language: max(pages, key=lambda path: pages[path]["page"])
            for language, pages in weights.items()
        }
        paths = [path for code in languages for path in (largest[code], f"/{code}/guidance/")]
        return {
            "rounds": rounds,
            "weights": weights,
            "packs": {language: pack(address, language) for language in languages},
            "slow": opened(address, paths, rounds),
            "beside": known,
            "machine": f"{platform.machine()}, Python {platform.python_version()}",
        }


def main() -> int:
    """Print a table; exit code 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="three languages, fewer rounds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    options = parser.parse_args()
    found = measure(quick=options.quick)
    print("language  guides  page kB (median, most)  with all  pack  file   text ms  whole ms")
    worst_bytes, worst_ms = 0, 0.0
    for language, pages in found["weights"].items():
        sizes = [one["page"] for one in pages.values()]
        most = max(one["all"] for one in pages.values())
        slow = [one for path, one in found["slow"].items() if path.startswith(f"/{language}/")]
        painted = max(one["painted"] for one in slow)
        whole = max(one["whole"] for one in slow)
        size = found["packs"][language]
        worst_bytes, worst_ms = max(worst_bytes, most), max(worst_ms, painted)
        print(
            f"{language:8}  {len(pages):6}  {statistics.median(sizes) / 1000:12.1f} "
            f"{max(sizes) / 1000:9.1f}  {most / 1000:8.1f}  {size['pack'] / 1000:4.0f}  "
            f"{size['file'] / 1000:4.0f}  {painted:8.0f}  {whole:8.0f}"
        )
    print(
        f"Most bytes {worst_bytes} (aim {MOST_BYTES}), slowest text {worst_ms} ms (aim {MOST_MS})"
    )
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return 0 if worst_bytes <= MOST_BYTES and worst_ms <= MOST_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
