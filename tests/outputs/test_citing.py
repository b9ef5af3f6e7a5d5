"""Citations that a bibliography can read, whatever stands in a title or a name."""

import dataclasses
import datetime
import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from factories import MadeSite, make_family, make_institution, make_output

from contactpoint.kit.citing import Cited, bibtex, csl, ris, sentence
from contactpoint.outputs.models import OutputInstitution

DAY = datetime.date(2021, 6, 29)
PLAIN = Cited(
    key="annual-report",
    title="Asylum in 2020",
    kind="Report",
    url="https://portal.example/en/publications/annual-report/",
    language="en",
    people=["Duprez, Aline", "Maes, Wout"],
    institutions=["EMN Belgium"],
    publishers=["Fedasil"],
    day=DAY,
)
HOSTILE = (
    "50% of {all} #1 & \\input{/etc/passwd} $x_y^z~ }\n@misc{evil,\r\nER  - \r\nTY  - BOOK\x00"
)


def made(**changes: Any) -> Cited:
    return dataclasses.replace(PLAIN, **changes)


def ris_lines(one: Cited) -> list[tuple[str, str]]:
    text = ris(one)
    assert text.endswith("\r\n")
    lines = text.split("\r\n")[:-1]
    return [(line[:2], line[6:]) for line in lines]


def test_the_sentence_names_authors_year_title_kind_publisher_and_address() -> None:
    assert sentence(PLAIN) == (
        "Duprez, Aline; Maes, Wout (2021). Asylum in 2020. Report. Fedasil. "
        "https://portal.example/en/publications/annual-report/"
    )


def test_institutions_stand_for_people_and_who_publishes_it_for_institutions() -> None:
    assert made(people=[]).authors == ["EMN Belgium"]
    assert made(people=[], institutions=[]).authors == ["Fedasil"]
    assert made(people=[], institutions=[], publishers=[]).authors == [settings.SITE_NAME]


def test_a_publisher_that_wrote_it_is_named_once() -> None:
    one = made(people=[], institutions=["Fedasil"])
    assert sentence(one).count("Fedasil") == 1


def test_a_doi_is_the_better_address() -> None:
    assert sentence(made(doi="10.2838/45693")).endswith(" https://doi.org/10.2838/45693")
    assert "doi = {10.2838/45693}" in bibtex(made(doi="10.2838/45693"))
    assert ("DO", "10.2838/45693") in ris_lines(made(doi="10.2838/45693"))


def test_a_sign_that_ends_a_title_is_not_followed_by_another() -> None:
    assert "Who decides? Report." in sentence(made(title="Who decides?"))
    assert "Done. Report." in sentence(made(title="Done."))


def test_what_has_no_date_says_so_and_invents_none() -> None:
    undated = made(day=None)
    assert "(n.d.)" in sentence(undated)
    assert not re.search(r"\b(year|date) = ", bibtex(undated))
    assert {tag for tag, _value in ris_lines(undated)}.isdisjoint({"PY", "DA"})
    assert "issued" not in json.loads(csl(undated))[0]


def test_a_long_list_of_authors_is_whole_in_files_and_short_in_the_sentence() -> None:
    many = made(people=[f"Family{number}, Given" for number in range(120)])
    assert bibtex(many).count(" and ") == 119
    assert [tag for tag, _value in ris_lines(many)].count("AU") == 120
    assert len(json.loads(csl(many))[0]["author"]) == 120
    assert "Family5, Given and others (2021)" in sentence(many)
    assert "Family6" not in sentence(many)


@pytest.mark.parametrize("place", ["title", "kind", "series", "people", "publishers"])
def test_bibtex_holds_one_entry_whatever_is_written_in_it(place: str) -> None:
    value: Any = [HOSTILE] if place in ("people", "publishers") else HOSTILE
    text = bibtex(made(**{place: value}))
    depth, lowest = 0, 99
    for number, sign in enumerate(text):  # BibTeX counts braces behind a backslash, too
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if 0 < number < len(text) - 2 and "{" in text[: number + 1]:
            lowest = min(lowest, depth)
    assert (depth, lowest) == (0, 1), "braces balance, and the entry ends at its end"
    assert len(re.findall(r"^@", text, re.MULTILINE)) == 1
    assert not re.search(r"(?<!\\)[%#&$]", text)
    assert "\x00" not in text


@pytest.mark.parametrize("title", ["One { of them", "One } of them", "}{", "\\{ and {{"])
def test_a_brace_without_its_partner_costs_no_field(title: str) -> None:
    text = bibtex(made(title=title))
    lines = text.splitlines()[1:-1]
    assert [line.partition(" = ")[0].strip() for line in lines][:2] == ["author", "title"]
    for line in lines:
        assert line.count("{") == line.count("}"), line


def test_bibtex_is_not_led_astray_by_a_doi_an_address_or_a_key() -> None:
    text = bibtex(made(doi="10.1/a}b{c", url="https://portal.example/}{", key="été, 2020}"))
    assert text.startswith("@techreport{t2020,\n")
    assert "doi = {10.1/a%7Db%7Bc}" in text
    assert "url = {https://portal.example/%7D%7B}" in text
    assert bibtex(made(key="été"[::2])).startswith("@techreport{publication,")


@pytest.mark.parametrize(
    "name", ["Smith and Sons", "others", "Duprez, Aline, junior, of Ghent", "AND"]
)
def test_bibtex_takes_no_name_for_two(name: str) -> None:
    assert f"author = {{{{{name}}} and Maes, Wout}}" in bibtex(made(people=[name, "Maes, Wout"]))


def test_an_institution_is_no_family_name_in_bibtex_and_csl() -> None:
    one = made(people=[], institutions=["Office for Asylum, Brussels"])
    assert "author = {{Office for Asylum, Brussels}}" in bibtex(one)
    assert json.loads(csl(one))[0]["author"] == [{"literal": "Office for Asylum, Brussels"}]


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x1e"])
@pytest.mark.parametrize("place", ["title", "series", "people"])
def test_no_line_can_be_smuggled_into_ris(place: str, sign: str) -> None:
    evil = f"Asylum{sign}ER  - {sign}TY  - BOOK{sign}UR  - https://evil.example/"
    one = made(**{place: [evil] if place == "people" else evil})
    text = ris(one)
    assert [line[:6] for line in text.splitlines()].count("TY  - ") == 1
    assert [line[:6] for line in text.splitlines()].count("ER  - ") == 1
    assert ("UR", PLAIN.url) in ris_lines(one)
    assert ("UR", "https://evil.example/") not in ris_lines(one)


def test_ris_begins_with_the_type_and_ends_with_the_end() -> None:
    lines = ris_lines(PLAIN)
    assert lines[0] == ("TY", "RPRT")
    assert lines[-1][0] == "ER"
    assert ("DA", "2021/06/29") in lines


def test_csl_is_json_whatever_is_written_in_it() -> None:
    item = json.loads(csl(made(title=HOSTILE, people=['O’Neil, "Áine"'])))[0]
    assert item["title"].startswith("50% of {all} #1 &")
    assert item["author"] == [{"family": "O’Neil", "given": '"Áine"'}]
    assert item["issued"] == {"date-parts": [[2021, 6, 29]]}


def test_data_are_cited_as_data_with_the_month_where_no_day_is_known() -> None:
    one = made(form="dataset", note="Extracted in June {2021}.\nTY  - BOOK", is_month=True)
    assert bibtex(one).startswith("@misc{annual-report,")
    assert "date = {2021-06}" in bibtex(one)
    braced = r"\textbraceleft{}2021\textbraceright{}"
    assert f"note = {{Extracted in June {braced}. TY - BOOK}}" in bibtex(one)
    assert ris_lines(one)[0] == ("TY", "DATA")
    assert ("DA", "2021/06/") in ris_lines(one)
    assert [tag for tag, _value in ris_lines(one)].count("TY") == 1
    item = json.loads(csl(one))[0]
    assert (item["type"], item["issued"]) == ("dataset", {"date-parts": [[2021, 6]]})


def test_a_title_from_right_to_left_keeps_its_neighbours_in_place() -> None:
    arabic = made(title="اللجوء في بلجيكا")
    assert "(2021). \u2068اللجوء في بلجيكا\u2069. Report." in sentence(arabic)
    assert "title = {{اللجوء في بلجيكا}}" in bibtex(arabic)
    assert ("TI", "اللجوء في بلجيكا") in ris_lines(arabic)


def test_the_page_shows_the_sentence_and_leads_to_the_files(client: Client, site: MadeSite) -> None:
    make_institution("fedasil", en="Fedasil", fr="Fedasil (fr)")
    page = make_output(
        site,
        "publication",
        language="fr",
        title="L'asile <b>en</b> 2020",
        published_on=DAY,
        institutions=["fedasil"],
        families=[make_family("reports", en="Reports", fr="Rapports")],
    )
    OutputInstitution.objects.update(role="publisher")
    html = client.get(page.url).content.decode()
    assert "Fedasil (fr) (2021). L&#x27;asile &lt;b&gt;en&lt;/b&gt; 2020. Rapports. http" in html
    for form in ("bib", "ris", "json"):
        assert f'href="{page.url}citation.{form}"' in html
        answer = client.get(f"{page.url}citation.{form}")
        assert answer.status_code == 200
        assert "Rapports" in answer.content.decode()
        assert f'filename="{page.slug}.{form}"' in answer["Content-Disposition"]
        assert settings.BASE_URL + page.url in answer.content.decode()
    assert "langid = {french}" in client.get(f"{page.url}citation.bib").content.decode()


def test_a_slug_of_other_letters_has_its_citation_too(client: Client, site: MadeSite) -> None:
    page = make_output(site, "publication", title="Été", slug="été-2020")
    answer = client.get("/en/publications/été-2020/citation.bib")
    assert answer.status_code == 200
    assert "%C3%A9t%C3%A9-2020" in answer.content.decode()
    assert page.slug not in answer.content.decode().split("\n")[0]


@pytest.mark.parametrize("end", ["citation.exe", "citation.bib/", "citation.BIB"])
def test_there_is_no_other_form(client: Client, site: MadeSite, end: str) -> None:
    page = make_output(site, "publication")
    assert client.get(f"{page.url}{end}").status_code == 404


def test_what_readers_may_not_see_has_no_citation(client: Client, site: MadeSite) -> None:
    for page in (
        make_output(site, "publication", live=False),
        make_output(site, "publication", private=True),
        make_output(site, "news-item"),
    ):
        path = f"/en/publications/{page.slug}/citation.bib"
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_the_sentence_is_in_the_readers_language(language: str) -> None:
    with translation.override(language):
        words = sentence(made(day=None, people=[f"N{number}" for number in range(9)]))
    assert ("n.d." in words) == (language == "en")
    assert ("and others" in words) == (language == "en")
