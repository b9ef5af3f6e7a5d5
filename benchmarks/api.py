"""What the interface for programs costs, on the site that `desk.py` makes: 20,000 outputs.

Each request goes through the whole application. Two peers answer in the same run, by turns: what a
person would write by hand (`values()` of the same rows and links, in all languages, put into JSON),
and Wagtail's own API v2 (one language, the same kind of things, with title and teaser).

    python benchmarks/api.py [--quick] [--json FILE] [--site FOLDER]

CPU is the median of the rounds, in milliseconds a request; `--site` keeps the site, or uses that of
`desk.py --site`.
"""

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import desk

OURS: Final = "outputs, 25 of them"
BY_HAND: Final = "the same by values()"
WAGTAIL: Final = "Wagtail's API v2, 25"
AIM_OF_HAND, AIM_OF_WAGTAIL, AIM_QUERIES = 2.5, 1.0, 16
PATHS: Final = {
    OURS: "outputs?limit=25",
    "outputs, 100": "outputs?limit=100",
    "outputs, title and address": "outputs?limit=25&fields=title,url",
    "outputs with whole texts": "outputs?limit=25&fields=title,body,text",
    "outputs of a theme": "outputs?limit=25&theme.any=asylum",
    "outputs in two languages": "outputs?limit=25&language.all=fr,nl&kind.any=publication",
    "outputs, changed last": "outputs?limit=25&sort=-changed",
    "events": "events?limit=25",
    "concepts": "concepts?limit=25",
    "themes": "themes",
}
_LINKS: Final = (
    ("OutputTheme", "theme__slug", "theme__labels"),
    ("Classification", "concept__slug", "concept__labels"),
    ("OutputInstitution", "institution__slug", "institution__labels"),
    ("OutputCountry", "country__code", "country__labels"),
    ("FamilyLink", "family__slug", "family__labels"),
)


def by_hand(_request: Any) -> Any:
    """The newest 25 things with their languages and links, and nothing else of what is told."""
    from django.db.models import Max  # noqa: PLC0415
    from django.http import JsonResponse  # noqa: PLC0415

    from contactpoint.outputs import models  # noqa: PLC0415

    public = models.Output.objects.live().public()
    keys = list(
        public.order_by()
        .values("translation_key")
        .annotate(day=Max("published_on"))
        .order_by("-day", "translation_key")
        .values_list("translation_key", flat=True)[:25]
    )
    things: dict[Any, dict[str, Any]] = {key: {"title": {}, "teaser": {}} for key in keys}
    leads = {}
    for row in public.filter(translation_key__in=keys).order_by("pk").values(
        "pk", "translation_key", "locale__language_code", "title", "teaser", "kind",
        "published_on", "last_published_at", "url_path", "publication__publication_type",
        "publication__doi", "publication__authors", "source_url",
    ):  # fmt: skip
        thing = things[row["translation_key"]]
        code = row["locale__language_code"]
        thing["title"][code], thing["teaser"][code] = row["title"], row["teaser"]
        if row["pk"] and "id" not in thing:
            leads[row["pk"]] = row["translation_key"]
            thing |= {
                name: str(value) for name, value in row.items() if name not in ("title", "teaser")
            }
            thing["id"] = row["pk"]
    for model, key, labels in _LINKS:
        linked: dict[int, list[Any]] = defaultdict(list)
        rows = getattr(models, model).objects.filter(page__in=leads).order_by("sort_order")
        for page, own, names in rows.values_list("page_id", key, labels):
            linked[page].append({"id": own, "label": names})
        for page, thing_key in leads.items():
            things[thing_key][model] = linked[page]
    return JsonResponse({"data": list(things.values())}, json_dumps_params={"ensure_ascii": False})


def addresses() -> list[Any]:
    """The site's own, with the peers' beside them."""
    from django.urls import path  # noqa: PLC0415
    from rest_framework.renderers import JSONRenderer  # noqa: PLC0415
    from wagtail.api.v2.router import WagtailAPIRouter  # noqa: PLC0415
    from wagtail.api.v2.views import PagesAPIViewSet  # noqa: PLC0415

    class Pages(PagesAPIViewSet):
        """Without the page that people browse."""

        renderer_classes = (JSONRenderer,)

    router = WagtailAPIRouter("wagtailapi")
    router.register_endpoint("pages", Pages)
    own: list[Any] = import_module("contactpoint.config.urls").urlpatterns
    return [path("peers/values", by_hand), path("peers/v2/", router.urls), *own]


def measure(rounds: int) -> list[dict[str, Any]]:
    """In the child: all by turns, so that whatever else the machine does hits them alike."""
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    django.setup()
    settings.WAGTAILAPI_LIMIT_MAX = None
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415
    from django.urls import clear_url_caches, set_urlconf  # noqa: PLC0415
    from wagtail.api import APIField  # noqa: PLC0415

    from contactpoint.api import limiting  # noqa: PLC0415
    from contactpoint.outputs.models import Output  # noqa: PLC0415

    limiting.A_MINUTE = 10**9
    Output.api_fields = [APIField("teaser"), APIField("published_on"), APIField("kind")]
    urls = type(sys)("peers")
    urls.urlpatterns = addresses()
    sys.modules["peers"] = urls
    settings.ROOT_URLCONF = "peers"
    settings.ALLOWED_HOSTS = ["*"]
    clear_url_caches()
    set_urlconf(None)
    client = Client()
    first = Output.objects.filter(live=True).order_by("pk").first()
    assert first is not None
    paths = {name: f"/api/v1/{path}" for name, path in PATHS.items()}
    paths["one output"] = f"/api/v1/outputs/{first.translation_key}"
    paths[BY_HAND] = "/peers/values"
    paths[WAGTAIL] = (
        "/peers/v2/pages/?type=outputs.Output&limit=25&locale=en&fields=teaser,published_on,kind&order=-published_on"
    )
    kept = client.get(paths[OURS])["ETag"]
    asked: dict[str, Callable[[], Any]] = {
        name: (lambda path=path: client.get(path)) for name, path in paths.items()
    }
    asked["outputs, 304"] = lambda: client.get(paths[OURS], headers={"If-None-Match": kept})
    found = {}
    for name, ask in asked.items():
        ask()
        with CaptureQueriesContext(connection) as queries:
            answer = ask()
        assert answer.status_code in (200, 304), (name, answer.status_code, answer.content[:300])
        found[name] = {"name": name, "queries": len(queries), "kb": len(answer.content) / 1000}
    taken: dict[str, list[float]] = defaultdict(list)
    for _round in range(rounds):
        for name, ask in asked.items():
            begun = time.process_time()
            ask()
            taken[name].append((time.process_time() - begun) * 1000)
    hand, wagtail = (statistics.median(taken[name]) for name in (BY_HAND, WAGTAIL))
    return [
        row
        | {
            "cpu_ms": statistics.median(taken[name]),
            "of_values": statistics.median(taken[name]) / hand,
            "of_wagtail": statistics.median(taken[name]) / wagtail,
        }
        for name, row in found.items()
    ]


def child(data: Path, script: str, *arguments: str) -> Any:
    """This script or `desk.py` again, on the site."""
    answer = subprocess.run(
        [sys.executable, str(desk.HERE / script), *arguments],
        env=desk.environment(data), check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return json.loads(answer.stdout.splitlines()[-1])


def main() -> int:
    """Print a table; exit code 1 where a list costs more than the aims allow."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="400 outputs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    parser.add_argument("--site", type=Path, metavar="FOLDER", help="keep the site there")
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure)))
        return 0
    things = desk.QUICK_THINGS if options.quick else desk.THINGS
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.site or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "made").exists():
            child(folder, "desk.py", "--build", str(things))
            (folder / "made").touch()
        rows = child(folder, "api.py", "--measure", "15" if options.quick else "31")
    print(f"{'request':34}{'CPU ms':>8}{'queries':>9}{'kB':>8}{'of values()':>13}{'of v2':>8}")
    for row in rows:
        print(
            f"{row['name']:34}{row['cpu_ms']:8.1f}{row['queries']:9}{row['kb']:8.1f}"
            f"{row['of_values']:13.2f}{row['of_wagtail']:8.2f}"
        )
    if options.json:
        figures = {"outputs": 4 * things, "machine": platform.machine(), "requests": rows}
        options.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")
    (ours,) = (row for row in rows if row["name"] == OURS)
    most = max(row["queries"] for row in rows if row["name"] in PATHS)
    is_dear = ours["of_values"] > AIM_OF_HAND or ours["of_wagtail"] > AIM_OF_WAGTAIL
    return int(is_dear or most > AIM_QUERIES)


if __name__ == "__main__":
    raise SystemExit(main())
