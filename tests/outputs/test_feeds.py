"""Feeds, compared whole with answers that are kept as files."""

import datetime
import uuid
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils.http import http_date
from factories import MadeSite, make_concept, make_output, make_theme

GOLDEN = Path(__file__).parents[1] / "data" / "feeds"
ATOM = "{http://www.w3.org/2005/Atom}"
CHANGED = datetime.datetime(2021, 3, 22, 8, 0, tzinfo=datetime.UTC)


@pytest.fixture
def items(site: MadeSite) -> None:
    make_theme("asylum", en="Asylum", fr="Asile")
    make_concept("reception", en="reception", fr="accueil")
    make_concept("housing", en="housing")
    first = make_output(
        site,
        title="A report & its <figures>",
        slug="a-report",
        teaser="“5 < 6”, says the report.",
        themes=["asylum"],
        concepts=["reception"],
        published_on="2021-03-17",
        last_published_at=CHANGED,
        translation_key=uuid.UUID(int=1),
    )
    make_output(
        site,
        language="fr",
        translation_of=first,
        title="Un rapport",
        slug="un-rapport",
        teaser="Des chiffres.",
        themes=["asylum"],
        concepts=["reception"],
        last_published_at=CHANGED,
    )
    make_output(
        site,
        "publication",
        title="Undated",
        slug="undated",
        teaser="",
        concepts=["housing"],
        published_on=None,
        publication_type="study",
        last_published_at=CHANGED - datetime.timedelta(days=2),
        translation_key=uuid.UUID(int=2),
    )


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/en/feed.atom", "site-en"),
        ("/fr/feed.atom", "site-fr"),
        ("/en/news/feed.atom?theme=asylum&utm_source=x", "news-of-a-theme"),
        ("/en/publications/feed.atom?year=1999", "nothing"),
        ("/en/themes/asylum/feed.atom", "theme"),
        ("/fr/glossary/reception/feed.atom", "concept-fr"),
    ],
)
def test_a_feed_is_what_it_was(client: Client, items: None, path: str, name: str) -> None:
    answer = client.get(path)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    text = answer.content.decode().replace("><", ">\n<") + "\n"
    assert text == (GOLDEN / f"{name}.atom").read_text(encoding="utf-8")


def test_ids_stay_when_all_else_changes(client: Client, site: MadeSite) -> None:
    page = make_output(site, title="Before", slug="before")

    def ids() -> list[str | None]:
        root = ElementTree.fromstring(client.get("/en/feed.atom").content)
        return [root.findtext(f"{ATOM}id"), root.findtext(f"{ATOM}entry/{ATOM}id")]

    before = ids()
    page.title, page.slug = "After", "after"
    page.save()
    assert ids() == before
    assert all(one and one.startswith("urn:uuid:") for one in before)


def test_a_reader_who_has_it_gets_no_copy(client: Client, items: None) -> None:
    answer = client.get("/en/feed.atom")
    again = client.get("/en/feed.atom", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("ending", ["atom", "rss", "json"])
def test_who_asks_by_date_is_told_what_was_taken_away(
    client: Client, site: MadeSite, ending: str
) -> None:
    kept = make_output(site, title="Kept", last_published_at=CHANGED)
    gone = make_output(site, title="Withdrawn", last_published_at=CHANGED - datetime.timedelta(1))
    path = f"/en/news/feed.{ending}"
    before = client.get(path)
    gone.unpublish()
    dates = [before.get("Last-Modified"), http_date(kept.last_published_at.timestamp())]
    for since in [*filter(None, dates), http_date()]:
        answer = client.get(path, headers={"if-modified-since": since})
        assert (answer.status_code, b"Withdrawn" in answer.content) == (200, False)
    assert client.get(path, headers={"if-none-match": before["ETag"]}).status_code == 200


def test_a_changed_feed_is_sent_again(client: Client, site: MadeSite) -> None:
    page = make_output(site, title="Before")
    tag = client.get("/en/feed.atom")["ETag"]
    page.title = "After"
    page.save()
    assert client.get("/en/feed.atom", headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/en/nothing/feed.atom", "/en/themes/nothing/feed.atom", "/en/glossary/nothing/feed.atom"],
)
def test_what_there_is_not_has_no_feed(client: Client, site: MadeSite, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("news/feed.atom?theme=nonexist", "There is no “nonexist” among the choices for Theme"),
        ("news/feed.json?theme=asylum&theme=no", "There is no “no” among the choices for Theme"),
        ("news/feed.rss?year=99999999999", "There is no “99999999999” among the choices for Year"),
        ("events/feed.atom?institution=nope", "“nope” among the choices for Institution"),
        ("news/feed.atom?type=study", "“study” among the choices for Type"),
        ("news/citations.bib?country=xx", "“xx” among the choices for Country"),
        ("events/calendar.ics?theme=nope", "“nope” among the choices for Theme"),
        ("events/calendar.ics?institution=nope", "“nope” among the choices for Institution"),
        ("news/feed.atom?language=fr", "“fr” among the choices for Language"),
    ],
)
def test_a_filter_that_nobody_knows_is_refused_in_words_and_never_passed_over(
    client: Client, items: None, path: str, sentence: str
) -> None:
    answer = client.get(f"/en/{path}")
    assert (answer.status_code, answer["Cache-Control"]) == (400, "no-store")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert sentence in answer.content.decode()
    assert "so nothing is listed" in answer.content.decode()


@pytest.mark.parametrize("path", ["news/feed.atom", "events/calendar.ics", "news/citations.bib"])
def test_what_is_no_filter_or_empty_narrows_nothing(client: Client, items: None, path: str) -> None:
    assert client.get(f"/en/{path}?utm_source=x&theme=").status_code == 200


def test_a_feed_holds_forty_entries_at_most(client: Client, site: MadeSite) -> None:
    for _number in range(45):
        make_output(site)
    assert client.get("/en/news/feed.atom").content.count(b"<entry>") == 40


UNSEEN = "a\x0bline\x07of a\x1fslide\uffff"


@pytest.mark.parametrize("path", ["/en/feed.atom", "/en/news/feed.atom"])
def test_a_character_that_xml_refuses_stops_no_feed(
    client: Client, site: MadeSite, path: str
) -> None:
    make_theme("asylum", en=f"Asylum {UNSEEN}")
    make_output(site, title=f"Title {UNSEEN}", teaser=f"Teaser {UNSEEN}", themes=["asylum"])
    answer = client.get(path)
    assert answer.status_code == 200
    entry = ElementTree.fromstring(answer.content).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "Title a line of a slide "
    assert entry.findtext(f"{ATOM}summary") == "Teaser a line of a slide "
    labels = [one.get("label") for one in entry.findall(f"{ATOM}category")]
    assert "Asylum a line of a slide " in labels


def test_a_break_pasted_from_a_slide_is_kept_as_a_space(site: MadeSite) -> None:
    page = make_output(site, title="Words")
    page.title, page.teaser = "A\x0btitle", "A\x0bteaser\nin two\x07lines"
    page.save()
    page.refresh_from_db()
    assert (page.title, page.teaser) == ("A title", "A teaser\nin two lines")


@pytest.mark.parametrize("asked", ["theme=nope", "theme=asylum", "kind=event", "language=fr"])
@pytest.mark.parametrize(
    "path",
    [
        "/en/feed.atom",
        "/en/themes/asylum/feed.json",
        "/en/themes/asylum/calendar.ics",
        "/en/work-programme/feed.atom",
        "/en/corrections/feed.rss",
        "/en/consultations/feed.json",
        "/en/glossary/feed.atom",
        "/en/newsletter/feed.atom",
    ],
)
def test_a_feed_without_filters_refuses_them(
    client: Client, items: None, path: str, asked: str
) -> None:
    answer = client.get(f"{path}?{asked}")
    assert answer.status_code == 400
    assert asked.partition("=")[2] in answer.content.decode()
    assert client.get(f"{path}?utm_source=x").status_code == 200
