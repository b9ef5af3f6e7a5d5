"""What a list page and an item page cost, beside a plain Wagtail site with the same content.

Both sites stand in one database and one process; requests alternate, so that whatever else the
machine does hits both. Each request goes through the whole WSGI application with its middleware.
The plain site (`plainsite/`) is what Wagtail's documentation teaches: routed by `wagtail_urls`,
relations prefetched, addresses by `pageurl`. It has no filters, counts, covers or feeds; ours has.

    python benchmarks/pages.py [--quick] [--json FILE]
"""

import argparse
import datetime
import io
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

HERE = Path(__file__).parent
AIM = 0.5
ITEMS = 200
TEXT = (
    "<p>The report compares how the Member States receive people who ask for protection, what "
    "they offer them, and what that costs. It draws on interviews, on case files and on figures "
    "that the national contact points collected over three years.</p>"
)
Handler = Callable[[dict[str, Any], Callable[..., Any]], Any]


def prepare_environment(folder: Path) -> None:
    """Set Django up for both sites in one folder; what is started from here inherits it."""
    os.environ.update(
        CONTACTPOINT_DATA=str(folder),
        CONTACTPOINT_ENVIRONMENT="demo",
        CONTACTPOINT_LOG_LEVEL="ERROR",
        DJANGO_SETTINGS_MODULE="plainsite.settings",
    )
    migrations = folder / "plainsite_migrations"
    migrations.mkdir()
    (migrations / "__init__.py").touch()
    sys.path[:0] = [str(HERE), str(folder), str(HERE.parent / "tests")]
    import django  # noqa: PLC0415 — the environment comes first
    from migrated_once import begin_with_copy  # noqa: PLC0415

    begin_with_copy(folder / "contactpoint.sqlite3")  # where tests have run; else it is migrated
    django.setup()


def build(items: int = ITEMS) -> dict[str, tuple[str, str]]:
    """Make both sites; returns the addresses of a list and an item for each."""
    from django.core.management import call_command  # noqa: PLC0415 — the environment comes first

    call_command("makemigrations", "plainsite", verbosity=0)
    from contactpoint.config.site import prepare  # noqa: PLC0415

    prepare()
    import factories  # noqa: PLC0415
    from plainsite.models import PlainItem, PlainList  # noqa: PLC0415

    site = factories.make_site()
    plain_lists = {
        code: factories.place(
            home,
            PlainList(
                title="Plain", slug="plain", live=True, introduction="All that is new.",
                translation_key="00000000-0000-4000-8000-000000000000",
            ),
        )
        for code, home in site.homes.items()
    }  # fmt: skip
    for page in [*site.lists["en"].values(), plain_lists["en"]]:
        page.show_in_menus = True
        page.save(clean=False)
    themes, concepts, institutions, countries = _subjects()
    ours = theirs = None
    for number in range(items):
        chosen = (
            [themes[number % len(themes)], themes[(number * 7 + 1) % len(themes)]],
            [concepts[(number * step) % len(concepts)] for step in (1, 3, 5)],
            [institutions[number % len(institutions)]],
            [countries[number % len(countries)]],
        )
        common = {
            "title": f"How the Member States receive applicants, part {number}",
            "teaser": "A comparison of what is offered, to whom, and for how long, with figures.",
            "published_on": datetime.date(2015, 1, 1) + datetime.timedelta(days=7 * number),
            "source_url": "https://example.org/report",
        }
        body = [("paragraph", TEXT), ("heading", "What it found"), *[("paragraph", TEXT)] * 4]
        ours = factories.make_output(
            site, "news-item", **common, body=body, themes=_once(chosen[0]),
            concepts=_once(chosen[1]), institutions=chosen[2], countries=chosen[3],
        )  # fmt: skip
        item = PlainItem(**common, body=body, live=True, slug=f"item-{number}")
        theirs = factories.place(plain_lists["en"], item)
        for field, rows in zip(
            ("themes", "concepts", "institutions", "countries"), chosen, strict=True
        ):
            getattr(theirs, field).set(_once(rows))
        theirs.save(clean=False)
        if number % 4 == 0 or number == items - 1:
            factories.make_output(
                site, "news-item", language="fr", translation_of=ours, body=body,
                themes=_once(chosen[0]), concepts=_once(chosen[1]),
            )  # fmt: skip
            copy = PlainItem(
                **common, body=body, live=True, slug=f"item-{number}",
                translation_key=theirs.translation_key,
            )  # fmt: skip
            factories.place(plain_lists["fr"], copy)
    assert ours is not None
    assert theirs is not None
    return {
        "ours": ("/en/news/", f"/en/news/{ours.slug}/"),
        "plain": ("/en/plain/", f"/en/plain/{theirs.slug}/"),
    }


def _subjects() -> tuple[list[Any], ...]:
    from contactpoint.glossary.models import Concept, Theme  # noqa: PLC0415
    from contactpoint.network.models import Country, Institution  # noqa: PLC0415

    return tuple(
        list(model.objects.all()[:most])
        for model, most in ((Theme, 20), (Concept, 60), (Institution, 20), (Country, 20))
    )


def _once(rows: list[Any]) -> list[Any]:
    return list(dict.fromkeys(rows))


def handler(middleware: list[str] | None = None) -> Handler:
    """A WSGI application; middleware is read when it is made."""
    from django.conf import settings  # noqa: PLC0415
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415

    with mock.patch.object(settings, "MIDDLEWARE", middleware or settings.MIDDLEWARE):
        return WSGIHandler()


def get(application: Handler, path: str) -> bytes:
    """The body of an answer, which must be a page."""
    status: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost", "HTTP_ACCEPT_LANGUAGE": "en", "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
        "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    answer = application(environ, lambda code, headers, *rest: status.append(code))
    body = b"".join(answer)
    answer.close()
    if status != ["200 OK"]:
        raise RuntimeError(f"{path} answered {status}")
    return body


def queries(application: Handler, path: str) -> int:
    """Queries of one request."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as captured:
        get(application, path)
    return len(captured)


def measure(rounds: int) -> dict[str, Any]:
    """Medians of CPU milliseconds, turn about."""
    from django.conf import settings  # noqa: PLC0415

    addresses = build()
    applications = {"ours": handler(), "plain": handler(settings.PLAIN_MIDDLEWARE)}
    found: dict[str, Any] = {"items": ITEMS, "rounds": rounds}
    for place, page in enumerate(("list", "item")):
        times: dict[str, list[float]] = {"ours": [], "plain": []}
        for number in range(rounds + 10):
            for name, application in applications.items():
                path = addresses[name][place]
                start = time.process_time_ns()
                get(application, path)
                spent = (time.process_time_ns() - start) / 1e6
                if number >= 10:  # what a process does once is not what a request costs
                    times[name].append(spent)
        found[page] = {
            name: {
                "cpu_ms": round(statistics.median(times[name]), 2),
                "queries": queries(application, addresses[name][place]),
                "bytes": len(get(application, addresses[name][place])),
            }
            for name, application in applications.items()
        }
        ratio = found[page]["ours"]["cpu_ms"] / found[page]["plain"]["cpu_ms"]
        found[page]["ratio"] = round(ratio, 3)
    return found


def main() -> int:
    """Print a table; exit code 1 where the aim is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds, under 45 seconds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepare_environment(Path(folder))
        found = measure(60 if options.quick else 400)
    found["machine"] = f"Python {platform.python_version()}, {platform.machine()}"
    print(f"{'page':6} {'site':6} {'CPU ms':>8} {'queries':>8} {'kB':>6}   ({ITEMS} items)")
    for page in ("list", "item"):
        for name in ("ours", "plain"):
            row = found[page][name]
            size = row["bytes"] / 1024
            print(f"{page:6} {name:6} {row['cpu_ms']:8.2f} {row['queries']:8} {size:6.1f}")
        print(f"{page:6} ratio  {found[page]['ratio']:8.2f}   aim {AIM}")
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 0 if all(found[page]["ratio"] <= AIM for page in ("list", "item")) else 1


if __name__ == "__main__":
    sys.exit(main())
