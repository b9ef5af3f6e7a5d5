"""What the desk and the public lists cost on a portal that holds 20,000 outputs.

5,000 things in four languages (seeded; every kind, with themes, concepts, institutions, programmes,
studies and series), written in batches as an import writes them. Beside them stands what the desk
knows of so many: links, likenesses, translations that are out of date, drafts, a full queue. Then
each view of the admin and each public list is asked through the whole application by an editor who
is signed in. The peer in the same run is Wagtail's own explorer of the list of news.

    python benchmarks/desk.py [--quick] [--json FILE] [--site FOLDER]

`--site` keeps the site there, and uses it again. Memory is what Python allocated at most for one
answer, in a request of its own that is not timed.
"""

import argparse
import datetime
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
THINGS, QUICK_THINGS = 5_000, 100
AIM_OF_PEER, AIM_QUERIES, AIM_MB = 1.25, 60, 20.0
PEER = "explorer of the news (Wagtail)"
OF_WAGTAIL = {PEER, "search of pages", "search in the chooser", "history of the site"}
"""Wagtail's own views, which we show and do not change."""
KINDS = ("news-item", "publication", "development", "event", "video", "vacancy")
WEIGHTS = (40, 25, 15, 12, 5, 3)
BATCH = 250
PASSWORD = "correct horse battery staple"
SUBJECTS = ("reception", "return", "family reunification", "labour migration", "resettlement",
            "trafficking in human beings", "statelessness", "integration")  # fmt: skip
SENTENCES = (
    "The report compares how the Member States receive people who ask for protection.",
    "It draws on interviews, on case files and on figures of three years.",
    "Two centres were opened in spring, and one of them has closed since.",
    "The measure applies to requests that were made after its publication.",
    "Nobody had asked before how long the procedure takes in each region.",
)


def environment(data: Path) -> dict[str, str]:
    """What a process needs to know of the site."""
    return {
        **os.environ,
        "CONTACTPOINT_DATA": str(data),
        "CONTACTPOINT_ENVIRONMENT": "demo",
        "CONTACTPOINT_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
        "PYTHONPATH": os.pathsep.join([str(HERE.parent / "tests"), *sys.path]),
    }


class Site:
    """Makes the site, part by part."""

    def __init__(self, things: int) -> None:
        from contactpoint.config.site import prepare  # noqa: PLC0415 — the environment comes first

        prepare()
        import factories  # noqa: PLC0415

        self.things = things
        self.factories = factories
        self.made = factories.make_site()
        self.dice = random.Random(2018)
        self.subjects = self._subjects()

    def _subjects(self) -> dict[str, list[Any]]:
        from contactpoint.glossary.models import Concept, Theme  # noqa: PLC0415
        from contactpoint.network.models import Country, Institution  # noqa: PLC0415

        studies = max(10, self.things // 50)
        return {
            "theme": list(Theme.objects.all()),
            "concept": list(Concept.objects.all()[:300]),
            "institution": list(Institution.objects.all()),
            "country": list(Country.objects.all()[:30]),
            "study": [
                self.factories.make_family(f"study-{n}", "study", en=f"Study {n}")
                for n in range(studies)
            ],
            "series": [
                self.factories.make_family(f"series-{n}", "series", en=f"Series {n}")
                for n in range(10)
            ],
        }

    def outputs(self) -> None:
        """Each thing in every language: the same key, facts and place."""
        from contactpoint.outputs.batch import create_pages  # noqa: PLC0415

        kinds = self.dice.choices(KINDS, WEIGHTS, k=self.things)
        for kind in KINDS:
            facts = [self._facts(kind, n) for n in range(kinds.count(kind))]
            for code in self.made.homes:
                parent = next(
                    page
                    for page in self.made.lists[code].values()
                    if getattr(page, "KIND", "") == kind
                )
                for start in range(0, len(facts), BATCH):
                    some = facts[start : start + BATCH]
                    create_pages(parent, [self._page(kind, one, code) for one in some])

    def _facts(self, kind: str, number: int) -> dict[str, Any]:
        dice = self.dice
        day = datetime.date(2012, 1, 1) + datetime.timedelta(days=dice.randrange(5_400))
        links = {
            name: dice.sample(self.subjects[name], many)
            for name, many in (("theme", 2), ("concept", 3), ("institution", 2), ("country", 1))
        }
        family = []
        if kind == "publication":
            family = [dice.choice(self.subjects["series" if dice.random() < 0.3 else "study"])]
        return {
            "key": uuid.UUID(int=dice.getrandbits(128), version=4),
            "number": number, "day": day, "links": links, "family": family,
            "subject": dice.choice(SUBJECTS), "text": dice.sample(SENTENCES, 3),
            "unknown": f"keyword {dice.randrange(400)}" if dice.random() < 0.2 else "",
        }  # fmt: skip

    def _page(self, kind: str, facts: dict[str, Any], code: str) -> Any:
        from contactpoint.outputs import models  # noqa: PLC0415

        paragraph = "".join(f"<p>{text} {text}</p>" for text in facts["text"])
        link = f'<p><a href="https://example.org/{facts["number"] % 3000}">More</a></p>'
        fields: dict[str, Any] = {
            "title": f"{facts['subject'].capitalize()}, {kind} {facts['number']} ({code})",
            "slug": f"{kind}-{facts['number']}",
            "teaser": facts["text"][0],
            "published_on": facts["day"],
            "translation_key": facts["key"],
            "body": [("paragraph", paragraph), ("heading", "Further"), ("paragraph", link)],
        }
        fields |= self._special(kind, facts)
        page = self.factories.MODELS[kind](**fields)
        kept = page.__dict__.setdefault("_cluster_related_objects", {})
        rows = {
            "theme_links": (models.OutputTheme, "theme"),
            "classifications": (models.Classification, "concept"),
            "institution_links": (models.OutputInstitution, "institution"),
            "country_links": (models.OutputCountry, "country"),
        }
        for relation, (model, name) in rows.items():
            kept[relation] = [model(**{name: each}) for each in facts["links"][name]]
        if facts["unknown"]:
            kept["classifications"].append(
                models.Classification(
                    keyword=facts["unknown"], language=code, resolves_to="unknown"
                )
            )
        kept["family_links"] = [models.FamilyLink(family=each) for each in facts["family"]]
        return page

    def _special(self, kind: str, facts: dict[str, Any]) -> dict[str, Any]:
        day = facts["day"]
        if kind == "event":
            starts = datetime.datetime.combine(day, datetime.time(9), datetime.UTC)
            sessions = [
                ("session", {"title": f"Session {n}", "starts": datetime.time(9 + n),
                             "speakers": "An institution"})
                for n in range(4)
            ]  # fmt: skip
            return {
                "starts_at": starts, "ends_at": starts + datetime.timedelta(hours=6),
                "place": "Brussels", "programme": sessions, "capacity": 80,
                "takes_registrations": facts["number"] % 2 == 0,
            }  # fmt: skip
        if kind == "publication":
            types = ("report", "study", "emn-inform", "quarterly")
            return {"publication_type": types[facts["number"] % 4], "authors": "Peeters, An"}
        if kind == "development":
            return {"effective_on": day, "legal_reference": f"Law of {day}"}
        return {"closes_on": day} if kind == "vacancy" else {}

    def around(self) -> None:
        """What the desk knows of them: written as rows, since how it learns them is not asked."""
        from contactpoint.outputs.models import Output  # noqa: PLC0415

        pages = list(Output.objects.order_by("pk").values_list("pk", "translation_key"))
        keys = [pk for pk, _key in pages]
        self._drafts(keys)
        self._standings(pages)
        self._links(keys)
        self._likenesses(keys)
        self._queue()
        self._planned(keys)

    def _drafts(self, keys: list[int]) -> None:
        from wagtail.models import Page  # noqa: PLC0415

        chosen = self.dice.sample(keys, len(keys) // 20)
        Page.objects.filter(pk__in=chosen).update(has_unpublished_changes=True)
        gone = Page.objects.filter(pk__in=keys, locale__language_code="de", pk__endswith="7")
        gone.update(live=False, has_unpublished_changes=True)

    def _standings(self, pages: list[tuple[int, uuid.UUID]]) -> None:
        from django.utils import timezone  # noqa: PLC0415

        from contactpoint.languages.models import Original, Standing  # noqa: PLC0415

        first: dict[uuid.UUID, int] = {}
        for pk, key in pages:
            first.setdefault(key, pk)
        Original.objects.bulk_create(
            (Original(page_id=pk) for pk in first.values()), batch_size=500
        )
        Standing.objects.bulk_create(
            (
                Standing(page_id=pk, original_id=first[key], outdated=pk % 4 == 0,
                         since=timezone.now())
                for pk, key in pages
                if first[key] != pk
            ),
            batch_size=500,
        )  # fmt: skip

    def _links(self, keys: list[int]) -> None:
        from django.utils import timezone  # noqa: PLC0415

        from contactpoint.desk.models import Link, LinkUse  # noqa: PLC0415

        states = ["alive"] * 8 + ["dead", "moved"]
        links = Link.objects.bulk_create(
            (
                Link(digest=f"{n:064}", url=f"https://example.org/{n}", host="example.org",
                     state=states[n % 10], due_at=timezone.now())
                for n in range(len(keys) // 6)
            ),
            batch_size=500,
        )  # fmt: skip
        LinkUse.objects.bulk_create(
            (
                LinkUse(page_id=pk, link=links[(place * step) % len(links)], place=where)
                for place, pk in enumerate(keys)
                for step, where in ((1, "text"), (7, "source"))
            ),
            batch_size=500,
        )

    def _likenesses(self, keys: list[int]) -> None:
        from contactpoint.desk.models import Likeness, PageKey  # noqa: PLC0415

        Likeness.objects.bulk_create(
            (
                Likeness(one_id=one, other_id=other, by="title", percent=60 + one % 40)
                for one, other in zip(keys[::10], keys[5::10], strict=False)
            ),
            batch_size=500,
        )
        PageKey.objects.bulk_create(
            (
                PageKey(page_id=pk, by="text", value=self.dice.getrandbits(62))
                for pk in keys
                for _number in range(16)
            ),
            batch_size=2_000,
        )

    def _queue(self) -> None:
        from contactpoint.intake.models import (  # noqa: PLC0415
            ImportedItem,
            ImportRun,
            WatchedFeed,
        )

        feed = WatchedFeed.objects.create(
            title="A partner", address="https://example.org/feed", language="en"
        )
        count = self.things // 5
        for number in range(10):
            run = ImportRun.objects.create(
                source=feed.address, feed=feed if number % 2 else None, format="feed",
                language="en", digest=f"{number}", status="review",
            )  # fmt: skip
            ImportedItem.objects.bulk_create(
                ImportedItem(
                    run=run, position=place, language="en", identity=f"{number} {place}",
                    opening="a", closing="b", digest="c", original=SENTENCES[place % 5],
                    inferred=_inferred(f"Item {place}", SENTENCES[place % 5]),
                )
                for place in range(count // 10)
            )  # fmt: skip

    def _planned(self, keys: list[int]) -> None:
        from contactpoint.outputs.models import PlannedOutput  # noqa: PLC0415

        PlannedOutput.objects.bulk_create(
            PlannedOutput(labels={"en": f"Planned {n}"}, year=2020 + n % 8, quarter=1 + n % 4,
                          first_year=2020 + n % 8, first_quarter=1 + n % 4,
                          output_id=keys[n * 7] if n % 2 else None)
            for n in range(min(300, len(keys) // 10))
        )  # fmt: skip


def _inferred(title: str, text: str) -> dict[str, Any]:
    return {
        "type": "news-item", "type_reason": "default", "type_evidence": "", "publication_type": "",
        "title": title, "teaser": text, "body": text, "published_on": None, "starts_on": None,
        "effective_on": None, "source_url": "", "publisher": "",
        **{name: [] for name in ("themes", "unknown_themes", "keywords", "suggested",
                                 "institutions", "countries", "blocks", "files")},
    }  # fmt: skip


def build(things: int) -> None:
    """In the child: make the site, and say how long it took."""
    import django  # noqa: PLC0415

    django.setup()
    cpu = time.process_time()
    site = Site(things)
    site.outputs()
    site.around()
    print(json.dumps({"build_cpu_seconds": round(time.process_time() - cpu, 1)}))


def views() -> Iterator[tuple[str, str, str]]:
    """Group, name and address of all that is measured; the peer first."""
    from django.urls import reverse  # noqa: PLC0415
    from wagtail.models import Page  # noqa: PLC0415

    from contactpoint.outputs.models import FamilyLink, Output  # noqa: PLC0415
    from contactpoint.outputs.relations import family_url  # noqa: PLC0415

    news = Page.objects.get(slug="news", locale__language_code="en").pk
    yield "admin", PEER, reverse("wagtailadmin_explore", args=[news])
    for name, address in (
        ("dashboard", reverse("wagtailadmin_home")),
        ("translations, out of date", reverse("languages_board") + "?in=fr&state=outdated"),
        ("translations, missing", reverse("languages_board") + "?in=de&state=missing"),
        ("translations, in work", reverse("languages_board") + "?in=nl&state=work"),
        ("missing in a language", reverse("outputs_missing") + "?kind=news-item&language=de"),
        ("unknown keywords", reverse("outputs_keywords")),
        ("links", reverse("desk_links")),
        ("duplicates", reverse("desk_duplicates")),
        ("registrations", reverse("events_index")),
        ("moderation queue", reverse("import_queue")),
        ("imports", reverse("imports")),
        ("quarterly", reverse("outputs_quarterly") + "?period=2026Q1&language=en"),
        ("studies and series", reverse("families:index")),
        ("work programme", reverse("planned-outputs:index")),
        ("institutions", reverse("institutions:index")),
        ("concepts", reverse("concepts:index")),
        ("themes", reverse("themes:index")),
        ("search of pages", reverse("wagtailadmin_pages:search") + "?q=reception"),
        ("chooser of pages", reverse("wagtailadmin_choose_page") + "?page_type=outputs.output"),
        (
            "search in the chooser",
            reverse("wagtailadmin_choose_page_search") + "?q=reception&page_type=outputs.output",
        ),
        ("chooser of studies", reverse("family_chooser:choose")),
        ("history of the site", reverse("wagtailadmin_reports:site_history")),
    ):
        yield "admin", name, address
    for kind in KINDS:
        found = Output.objects.filter(kind=kind, live=True, locale__language_code="en")
        page = found.order_by("pk").first()
        yield "admin", f"form, {kind}", reverse("wagtailadmin_pages:edit", args=[page.pk])
    yield "admin", "checklist", reverse("desk_checklist", args=[page.pk])
    yield "admin", "all languages", reverse("desk_languages", args=[page.pk])
    yield "admin", "history of an item", reverse("wagtailadmin_pages:history", args=[page.pk])
    news_items = Output.objects.filter(kind="news-item", locale__language_code="en", live=True)
    link = FamilyLink.objects.select_related("page", "family").filter(page__live=True)
    study = link.filter(family__form="study").first()
    series = link.filter(family__form="series").first()
    assert study is not None
    assert series is not None
    theme = study.page.theme_links.first().theme.slug
    institution = study.page.institution_links.first().institution.slug
    item = Output.objects.get(
        translation_key=series.page.translation_key, locale__language_code="en"
    )
    for name, address in (
        ("front page", "/en/"),
        ("news", "/en/news/"),
        ("news, last page", f"/en/news/?page={-(-news_items.count() // 20)}"),
        ("news of a theme", f"/en/news/?theme={theme}"),
        ("publications", "/en/publications/"),
        ("chronicle", "/en/chronicle/"),
        ("events", "/en/events/"),
        ("theme", f"/en/themes/{theme}/"),
        ("network", "/en/network/"),
        ("institution", f"/en/network/{institution}/"),
        ("study", family_url("study", study.family.slug, "en")),
        ("series", family_url("series", series.family.slug, "en")),
        ("issue of a series", item.url),
        ("feed", "/en/feed.atom"),
        ("feed of the news", "/en/news/feed.atom"),
        ("sitemap", "/sitemap.xml"),
    ):
        yield "public", name, address


class Visitors:
    """Somebody who is signed in for the admin, and a reader."""

    def __init__(self) -> None:
        from django.conf import settings  # noqa: PLC0415
        from django.test import Client  # noqa: PLC0415
        from editing import sign_in_as  # noqa: PLC0415

        from contactpoint.accounts.actions import create_editor  # noqa: PLC0415

        settings.ALLOWED_HOSTS = ["*"]
        made = create_editor(
            f"{uuid.uuid4().hex}@portal.test", password=PASSWORD, administrator=True
        )
        self.editor, self.reader = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
        sign_in_as(self.editor, made.user)

    def asks(self, group: str, address: str) -> Callable[[], int]:
        """A function that asks for an address and says how long the answer is."""
        client = self.editor if group == "admin" else self.reader

        def ask() -> int:
            answer = client.get(address)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answered {answer.status_code}")
            return len(content)

        return ask


def measure(rounds: int) -> list[dict[str, Any]]:
    """In the child: the views by turns, so that whatever else the machine does hits them alike."""
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    visitors = Visitors()
    asked = {name: visitors.asks(group, url) for group, name, url in views()}
    groups = {name: group for group, name, _url in views()}
    found: dict[str, dict[str, Any]] = {}
    for name, ask in asked.items():
        ask()
        with CaptureQueriesContext(connection) as captured:
            size = ask()
        queries = len(captured)  # counted now: later requests empty the log
        tracemalloc.start()
        ask()
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        found[name] = {"group": groups[name], "view": name, "queries": queries,
                       "peak_mb": round(peak, 1), "kb": round(size / 1024)}  # fmt: skip
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
    for _round in range(rounds):
        for name, ask in asked.items():
            cpu, wall = time.process_time(), time.perf_counter()
            ask()
            times[name].append((time.process_time() - cpu, time.perf_counter() - wall))
    for name, row in found.items():
        row["cpu_ms"] = round(1000 * statistics.median(cpu for cpu, _wall in times[name]), 1)
        row["wall_ms"] = round(1000 * statistics.median(wall for _cpu, wall in times[name]), 1)
        row["of_peer"] = round(row["cpu_ms"] / found[PEER]["cpu_ms"], 2)
    return list(found.values())


def child(data: Path, *arguments: str) -> Any:
    """A part of this script in a process of its own; its last line is what it found."""
    answer = subprocess.run(
        [sys.executable, __file__, *arguments],
        env=environment(data), check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return json.loads(answer.stdout.splitlines()[-1])


def run(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Make the site where it is not there, then measure."""
    things = QUICK_THINGS if options.quick else THINGS
    figures: dict[str, Any] = {"outputs": 4 * things, "machine": platform.machine()}
    if not (folder / "made").exists():
        figures |= child(folder, "--build", str(things))
        (folder / "made").touch()
    rows = child(folder, "--measure", "1" if options.quick else "7")
    return figures | {"views": rows}


def main() -> int:
    """Print a table; exit code 1 where a list of ours costs more than the aims allow."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="400 outputs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    parser.add_argument("--site", type=Path, metavar="FOLDER", help="keep the site there")
    parser.add_argument("--build", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        build(options.build)
        return 0
    if options.measure:
        print(json.dumps(measure(options.measure)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        if options.site:
            options.site.mkdir(parents=True, exist_ok=True)
        found = run(options, options.site or Path(folder))
    print(f"{'view':34}{'CPU ms':>8}{'wall':>8}{'queries':>9}{'MB':>7}{'kB':>7}{'of peer':>9}")
    for row in found["views"]:
        print(
            f"{row['view']:34}{row['cpu_ms']:8.1f}{row['wall_ms']:8.1f}{row['queries']:9}"
            f"{row['peak_mb']:7.1f}{row['kb']:7}{row['of_peer']:9.2f}"
        )
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    over = [row["view"] for row in found["views"] if is_over(row)]
    print(f"over the aims: {', '.join(over) or 'nothing'}")
    return 1 if over else 0


def is_over(row: dict[str, Any]) -> bool:
    """What shows one item with all its parts has a bound of memory only: it is no list."""
    view = row["view"]
    if view in OF_WAGTAIL:
        return False
    is_list = not view.startswith("form") and view not in ("all languages", "checklist")
    is_dear = row["of_peer"] > AIM_OF_PEER or row["queries"] > AIM_QUERIES
    return (is_list and is_dear) or row["peak_mb"] > AIM_MB


if __name__ == "__main__":
    sys.exit(main())
