"""Files for bibliographies: read by readers written here, not by the code that writes them."""

import datetime
import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from factories import MadeSite, make_family, make_institution, make_output, make_theme

from contactpoint.kit.citing import Cited, together
from contactpoint.outputs.models import OutputInstitution

DAY = datetime.date(2021, 6, 29)
COMMANDS = {
    r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~", r"\textasciicircum{}": "^",
}  # fmt: skip


def read_bibtex(text: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Entries by key: their type and fields, as a reader that counts braces finds them."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    at = 0
    while (start := text.find("@", at)) >= 0:
        kind, _brace, rest = text[start + 1 :].partition("{")
        key, _comma, rest = rest.partition(",")
        fields: dict[str, str] = {}
        place = len(text) - len(rest)
        while match := re.compile(r"\s*(\w+)\s*=\s*\{").match(text, place):
            depth, end = 1, match.end()
            while depth:
                step = 2 if text[end] == "\\" else 1
                depth += {"{": 1, "}": -1}.get(text[end], 0) if step == 1 else 0
                end += step
            fields[match[1]] = text[match.end() : end - 1]
            place = end + 1 if text[end] == "," else end
        assert re.compile(r"\s*\}").match(text, place), text[place : place + 40]
        assert key not in found
        found[key] = (kind, fields)
        at = text.index("}", place) + 1
    return found


def plain(value: str) -> str:
    """Without the commands and the backslashes before signs."""
    return re.sub(
        r"\\text\w+\{\}|\\(.)", lambda match: COMMANDS.get(match[0], match[1] or ""), value
    )


def read_ris(text: str) -> list[list[tuple[str, str]]]:
    """Records as lists of tags and values."""
    records: list[list[tuple[str, str]]] = []
    for line in text.split("\r\n"):
        if not line:
            continue
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert match, line
        if match[1] == "TY":
            records.append([])
        if match[1] == "ER":
            assert match[2] == ""
            continue
        records[-1].append((match[1], match[2]))
    return records


TITLES = {
    "en": "50% of “refugees” & #1",
    "fr": "L’accueil : où en est-on ? {déjà}",
    "nl": "Zo’n $100 per_dag",
    "de": "Über Größe~ \\ Straße^2",
}


@pytest.fixture
def filled(site: MadeSite) -> MadeSite:
    make_institution("emn", en="EMN Belgium", fr="REM Belgique")
    make_institution("fedasil", en="Fedasil")
    for language, title in TITLES.items():
        make_output(
            site, "publication", language=language, title=title, slug=f"work-{language}",
            published_on=DAY, institutions=["emn", "fedasil"], themes=["asylum"],
            families=[make_family("reports", en="Reports", fr="Rapports")],
            doi="10.2838/45693", authors="Duprez, Aline; Maes, Wout" if language == "en" else "",
            publication_type="study",
        )  # fmt: skip
    OutputInstitution.objects.filter(institution__slug="emn").update(role="author")
    OutputInstitution.objects.filter(institution__slug="fedasil").update(role="publisher")
    make_output(site, "publication", title="Closed", private=True)
    make_output(site, "publication", title="Draft", live=False)
    return site


@pytest.mark.parametrize("language", TITLES)
def test_a_list_is_read_by_a_reader_of_bibtex(
    client: Client, filled: MadeSite, language: str
) -> None:
    answer = client.get(f"/{language}/publications/citations.bib")
    assert answer["Content-Type"].startswith("application/x-bibtex")
    assert 'filename="publication.bib"' in answer["Content-Disposition"]
    ((key, (kind, fields)),) = read_bibtex(answer.content.decode()).items()
    assert (key, kind) == (f"work-{language}", "techreport")
    assert plain(fields["title"]) == f"{{{TITLES[language]}}}"
    assert fields["doi"] == "10.2838/45693"
    assert (fields["year"], fields["date"]) == ("2021", "2021-06-29")
    babel = {"en": "english", "fr": "french", "nl": "dutch", "de": "german"}
    assert fields["langid"] == babel[language], "biblatex takes babel's names"
    assert fields["url"] == f"{settings.BASE_URL}/{language}/publications/work-{language}/"
    assert fields["institution"] == "Fedasil"
    authors = {
        "en": "Duprez, Aline and Maes, Wout",
        "fr": "{REM Belgique}",
        "nl": "{EMN Belgium}",
        "de": "{EMN Belgium}",
    }
    assert fields["author"] == authors[language]
    assert fields["series"] == ("Rapports" if language == "fr" else "Reports")


@pytest.mark.parametrize("language", TITLES)
def test_a_list_is_read_by_readers_of_ris_and_csl(
    client: Client, filled: MadeSite, language: str
) -> None:
    (record,) = read_ris(client.get(f"/{language}/publications/citations.ris").content.decode())
    told = dict(record)
    assert told["TY"] == "RPRT"
    assert told["TI"] == TITLES[language]
    assert told["DO"] == "10.2838/45693"
    assert told["DA"] == "2021/06/29"
    assert told["LA"] == language
    (item,) = json.loads(client.get(f"/{language}/publications/citations.json").content)
    assert item["type"] == "report"
    assert item["title"] == TITLES[language]
    assert item["issued"] == {"date-parts": [[2021, 6, 29]]}
    expected: list[dict[str, str]] = (
        [{"family": "Duprez", "given": "Aline"}, {"family": "Maes", "given": "Wout"}]
        if language == "en"
        else [{"literal": "REM Belgique" if language == "fr" else "EMN Belgium"}]
    )
    assert item["author"] == expected


def test_one_and_the_list_say_the_same(client: Client, filled: MadeSite) -> None:
    for form in ("bib", "ris", "json"):
        one = client.get(f"/fr/publications/work-fr/citation.{form}").content
        assert client.get(f"/fr/publications/citations.{form}").content == one


def test_a_list_keeps_its_filters_and_is_bounded(
    client: Client, filled: MadeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_theme("return")
    make_output(filled, "publication", title="Other", themes=["return"])
    of_theme = client.get("/en/publications/citations.bib?theme=return").content.decode()
    assert len(read_bibtex(of_theme)) == 1
    assert "Other" in of_theme
    page = client.get("/en/publications/?theme=return").content.decode()
    assert 'href="/en/publications/citations.bib?theme=return"' in page
    monkeypatch.setattr("contactpoint.outputs.citing_views.MOST_CITED", 1)
    assert len(read_bibtex(client.get("/en/publications/citations.bib").content.decode())) == 1


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("theme=nothing", "There is no “nothing” among the choices for Theme"),
        ("theme=return&theme=nothing", "There is no “nothing” among the choices for Theme"),
    ],
)
@pytest.mark.parametrize("form", ["bib", "ris", "json"])
def test_a_filter_that_nobody_knows_is_refused(
    client: Client, filled: MadeSite, form: str, query: str, said: str
) -> None:
    make_theme("return")
    answer = client.get(f"/en/publications/citations.{form}?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("text/plain")
    assert answer["Cache-Control"] == "no-store"
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "folder", "types"),
    [
        ("news-item", "news", ("misc", "ELEC", "webpage")),
        ("video", "videos", ("misc", "VIDEO", "motion_picture")),
        ("development", "chronicle", ("misc", "ELEC", "webpage")),
    ],
)
def test_other_kinds_are_cited_as_what_they_are(
    client: Client, site: MadeSite, kind: str, folder: str, types: tuple[str, str, str]
) -> None:
    page = make_output(site, kind, title="Seen", published_on=DAY)
    html = client.get(page.url).content.decode()
    assert f'href="{page.url}citation.bib"' in html
    for path in (f"{page.url}citation", f"/en/{folder}/citations"):
        ((bib, _fields),) = read_bibtex(client.get(f"{path}.bib").content.decode()).values()
        (record,) = read_ris(client.get(f"{path}.ris").content.decode())
        (item,) = json.loads(client.get(f"{path}.json").content)
        assert (bib, dict(record)["TY"], item["type"]) == types


@pytest.mark.parametrize("kind", ["event", "vacancy"])
def test_what_is_no_work_is_not_cited(client: Client, site: MadeSite, kind: str) -> None:
    page = make_output(site, kind)
    assert "citation." not in client.get(page.url).content.decode()
    assert client.get(f"{page.url}citation.bib").status_code == 404


def test_two_works_of_one_name_have_two_keys(client: Client, site: MadeSite) -> None:
    ones = [
        Cited(key=key, title="T", kind="K", url="https://x.example/", language="en")
        for key in ("a", "a", "a-2", "é", "è")
    ]
    for form in ("bib", "json"):
        text = together(form, ones)
        keys = list(read_bibtex(text)) if form == "bib" else [one["id"] for one in json.loads(text)]
        assert len(set(keys)) == 5
    assert json.loads(together("json", [])) == []
    assert together("bib", []) == ""


def test_a_search_is_cited_too(client: Client, filled: MadeSite, fill: Any) -> None:
    fill()
    entries = read_bibtex(client.get("/en/search/citations.bib?q=refugees&in=en").content.decode())
    assert "work-en" in entries
    assert client.get("/en/search/citations.exe?q=refugees").status_code == 404
    assert client.get("/en/search/citations.bib?theme=nothing").status_code == 400
    page = client.get("/en/search/?q=refugees").content.decode()
    assert "/en/search/citations.ris?q=refugees" in page


def test_many_cost_no_more_queries(
    client: Client, filled: MadeSite, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        make_output(filled, "publication", institutions=["emn"], families=["reports"])
    client.get("/en/publications/citations.bib")
    with django_assert_max_num_queries(6):
        client.get("/en/publications/citations.bib")
