"""What counting requests costs: by us, by prometheus-client, by django-prometheus.

The same small view behind each middleware in turn, many times in one process, the runs mixed so
that a busy machine is busy for all. CPU µs a request above the bare one. django-prometheus is
measured where it is installed (pip install django-prometheus); nothing of the portal needs it.

    python benchmarks/counting.py [--requests N] [--rounds N] [--quick] [--json FILE]
"""

import argparse
import importlib.util
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("CONTACTPOINT_ENVIRONMENT", "test")
_folder = tempfile.TemporaryDirectory(prefix="contactpoint-counting-")
os.environ["CONTACTPOINT_DATA"] = _folder.name
os.environ["PROMETHEUS_MULTIPROC_DIR"] = _folder.name
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contactpoint.config.settings")

import django  # noqa: E402 — after the environment is set

django.setup()

from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.urls import resolve  # noqa: E402

Handler = Callable[[HttpRequest], HttpResponse]
ADDRESS = "/healthz"


def bare(request: HttpRequest) -> HttpResponse:
    """What every handler does once the address is resolved."""
    return HttpResponse(b"alive\n")


def ours() -> Handler:
    """The portal's middleware."""
    from contactpoint.operations.middleware import CountingMiddleware  # noqa: PLC0415

    return CountingMiddleware(bare)


def library() -> Handler:
    """The same numbers in prometheus-client's counters, in files that processes share."""
    from prometheus_client import CollectorRegistry, Counter, Histogram  # noqa: PLC0415

    registry = CollectorRegistry()
    answers = Counter("answers", "-", ["view", "status"], registry=registry)
    seconds = Histogram("seconds", "-", ["view"], registry=registry)
    queries = Counter("queries", "-", ["view"], registry=registry)
    waited = Counter("waited", "-", ["view"], registry=registry)

    def handle(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = bare(request)
        view = request.resolver_match.view_name
        answers.labels(view, "2xx").inc()
        seconds.labels(view).observe(time.perf_counter() - began)
        queries.labels(view).inc(3)
        waited.labels(view).inc(0.001)
        return response

    return handle


def django_prometheus() -> Handler:
    """Its two middlewares, before and after all others."""
    from django_prometheus.middleware import (  # noqa: PLC0415
        PrometheusAfterMiddleware,
        PrometheusBeforeMiddleware,
    )

    return PrometheusBeforeMiddleware(PrometheusAfterMiddleware(bare))


def measured(rounds: int, requests: int) -> dict[str, float]:
    """CPU µs a request, the median of the rounds, by way of counting."""
    handlers: dict[str, Handler] = {"bare": bare, "ours": ours(), "prometheus-client": library()}
    if importlib.util.find_spec("django_prometheus"):
        handlers["django-prometheus"] = django_prometheus()
    request = RequestFactory().get(ADDRESS)
    request.resolver_match = resolve(ADDRESS)
    taken: dict[str, list[float]] = {name: [] for name in handlers}
    for handler in handlers.values():
        handler(request)
    for _round in range(rounds):
        for name, handler in handlers.items():
            began = time.process_time()
            for _time in range(requests):
                handler(request)
            taken[name].append((time.process_time() - began) / requests * 1e6)
    found = {name: statistics.median(times) for name, times in taken.items()}
    return {
        name: round(value - found["bare"], 2) for name, value in found.items() if name != "bare"
    }


def named(rounds: int, requests: int) -> float:
    """What a name for each answer costs, which kept pages have too."""
    from contactpoint.kit.request_ids import NamedRequests  # noqa: PLC0415

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start("200 OK", [("Content-Length", "6")])
        return [b"alive\n"]

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        pass

    around = NamedRequests(application)
    differences = []
    for _round in range(rounds):
        times = []
        for one in (application, around):
            began = time.process_time()
            for _time in range(requests):
                one({}, start)
            times.append((time.process_time() - began) / requests * 1e6)
        differences.append(times[1] - times[0])
    return round(statistics.median(differences), 2)


def main() -> None:
    """Prints a table, and all figures as JSON where it is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", metavar="FILE")
    options = parser.parse_args()
    requests, rounds = (5_000, 5) if options.quick else (options.requests, options.rounds)
    found: dict[str, Any] = {
        "counting_us": measured(rounds, requests),
        "name_us": named(rounds, requests),
        "load": os.getloadavg()[0],
    }
    for name, cost in found["counting_us"].items():
        print(f"{name:>20}  {cost:7.2f} µs CPU a request")
    print(f"{'name of an answer':>20}  {found['name_us']:7.2f} µs CPU a request, kept pages too")
    print(f"Load of the machine: {found['load']:.1f}.")
    if options.json == "-":
        json.dump(found, sys.stdout, indent=2)
    elif options.json:
        Path(options.json).write_text(json.dumps(found, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
