"""How soon a page is there on an old phone: Debian's Chromium, slowed down, on the demo site.

Slow 4G as Lighthouse has it (150 ms there and back, 1.6 Mbit/s down, 0.75 up), a processor four
times slower, a screen of 360 × 740, nothing kept from before. Told for each page: the largest
contentful paint (LCP), layout shifts (CLS), total blocking time (what tasks take beyond 50 ms after
the first paint), and what came over the line. The peer, in the same run and browser, is the same
page without sheets, scripts, pictures and fonts: what text alone costs on that line.

    python benchmarks/browser.py [--quick] [--json FILE] [--address http://127.0.0.1:8000]

Without `--address` a demo is made and served for the time of the run.
"""

from __future__ import annotations

import argparse
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
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

PAGES = {
    "front": "/en/",
    "list": "/en/publications/",
    "item": "/en/publications/digital-services-2021-template/",
    "search": "/en/search/?q=reception",
    "glossary": "/en/glossary/",
    "guidance": "/en/guidance/",
    "guidance, Arabic": "/ar/guidance/",
}
AIMS = {"lcp": 1200.0, "cls": 0.0, "blocking": 50.0, "bytes": 100_000}
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6 * 1024 * 1024 / 8,
    "uploadThroughput": 0.75 * 1024 * 1024 / 8,
}
SLOWER = 4
WATCH = """
window.seen = {lcp: 0, cls: 0, blocking: 0, fcp: 0};
const watch = (type, each) =>
  new PerformanceObserver((list) => list.getEntries().forEach(each))
    .observe({type, buffered: true});
watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.cls += entry.value; });
watch("paint", (entry) => {
  if (entry.name === "first-contentful-paint") seen.fcp = entry.startTime;
});
watch("longtask", (entry) => {
  const begins = Math.max(entry.startTime, seen.fcp);
  const over = entry.startTime + entry.duration - begins - 50;
  if (seen.fcp && over > 0) seen.blocking += over;
});
"""
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def main() -> None:
    """Measure, print, and leave with 1 where a page shifts (the one aim no machine excuses)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="each page twice instead of 7 times")
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    parser.add_argument("--address", help="of a site that is served already")
    options = parser.parse_args()
    rounds = 2 if options.quick else 7
    load = os.getloadavg()[0]
    chromium = shutil.which("chromium") or sys.exit("Chromium is missing: run `bash .ci/servers`.")
    with served(options.address) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with bare(address) as plain:
            found = measured(browser, address, plain, rounds)
        version = browser.version
        browser.close()
    tell(found, rounds, load, version)
    if options.json:
        told = {"pages": found, "rounds": rounds, "load": load, "chromium": version}
        options.json.write_text(json.dumps(told, indent=1), encoding="utf-8")
    sys.exit(any(one["cls"] > 0 for one in found.values()))


def measured(browser: Browser, address: str, plain: str, rounds: int) -> dict[str, Any]:
    """Medians for each page; ours and the bare one take turns."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in PAGES}
    peers: dict[str, list[dict[str, float]]] = {name: [] for name in PAGES}
    for path in PAGES.values():  # the first reader of the day isn't the one measured
        urllib.request.urlopen(address + path, timeout=60).read()
    for number in range(rounds):
        for name, path in PAGES.items():
            runs[name].append(opened(browser, address + path))
            peers[name].append(opened(browser, plain + path))
        print(f"round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    return {
        name: {
            **{key: statistics.median(one[key] for one in runs[name]) for key in runs[name][0]},
            "bare_lcp": statistics.median(one["lcp"] for one in peers[name]),
        }
        for name in PAGES
    }


def opened(browser: Browser, address: str) -> dict[str, float]:
    """One page in a browser that knows nothing: milliseconds, and bytes over the line."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True
    )
    page = context.new_page()
    page.add_init_script(WATCH)
    line = context.new_cdp_session(page)
    came: list[float] = []
    line.on("Network.loadingFinished", lambda told: came.append(told["encodedDataLength"]))
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load", timeout=60_000)
    page.wait_for_timeout(1500)
    seen: dict[str, float] = page.evaluate("window.seen")
    context.close()
    return {**seen, "bytes": sum(came), "requests": len(came)}


@contextmanager
def served(address: str | None) -> Iterator[str]:
    """Where the site is; a demo of our own, if none is named."""
    if address:
        yield address.rstrip("/")
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        program = str(Path(sys.executable).parent / "contactpoint")
        process = subprocess.Popen(
            [program, "demo", "--port", str(port)],
            env={**os.environ, "CONTACTPOINT_DATA": folder, "CONTACTPOINT_KEEP_PAGES": "yes"},
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/readyz", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    sys.exit("The demo did not come up.")


@contextmanager
def bare(address: str) -> Iterator[str]:
    """The same pages with nothing but their text, compressed as ours are."""
    import gzip  # noqa: PLC0415 — for the peer alone

    class Bare(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with urllib.request.urlopen(address + self.path, timeout=60) as answer:
                page = answer.read().decode()
            page = re.sub(r"(?s)<(script|style|svg|picture|template).*?</\1>", "", page)
            page = re.sub(r"<(?:link|img|source|iframe)\b[^>]*>", "", page)
            body = gzip.compress(page.encode())
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bare)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()


def tell(found: dict[str, Any], rounds: int, load: float, version: str) -> None:
    """A table, and on what."""
    print(f"Chromium {version}, {platform.processor() or platform.machine()}, {os.cpu_count()} "
          f"processors, load {load:.1f} at the start, median of {rounds}")  # fmt: skip
    if load > 1:
        print("The machine was not quiet: times are rather too long.")
    print(f"{'page':18}{'LCP ms':>8}{'aim':>7}{'bare':>7}{'ratio':>7}{'CLS':>7}{'blocking':>10}"
          f"{'kB':>7}{'requests':>10}")  # fmt: skip
    for name, one in found.items():
        print(
            f"{name:18}{one['lcp']:8.0f}{AIMS['lcp']:7.0f}{one['bare_lcp']:7.0f}"
            f"{one['lcp'] / max(one['bare_lcp'], 1):7.2f}{one['cls']:7.3f}{one['blocking']:10.0f}"
            f"{one['bytes'] / 1000:7.1f}{one['requests']:10.0f}"
        )


if __name__ == "__main__":
    main()
