"""Figures in texts are told as they are now, in the reader's language, with link and source."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import MadeSite, make_output, make_site
from made_answers import answer, applicants
from storing import kept
from wagtail.blocks import StreamValue
from wagtail.models import Locale
from wagtail.rich_text import RichText
from wagtail_localize.segments.extract import extract_segments

from contactpoint.kit.letters import letter
from contactpoint.outputs.composed import composed
from contactpoint.outputs.figures.blocks import FigureBlock, FiguresBlock, LiveParagraphBlock
from contactpoint.outputs.figures.tokens import problems
from contactpoint.outputs.models.words import paragraphs, plain
from contactpoint.outputs.synchronising import copy_facts
from contactpoint.search.models import Change, Index
from contactpoint.search.sources.outputs import Outputs, keys_with_figures
from contactpoint.statistics.examples import load_examples

VALUES = [1500, 1520, 1525, 1700, 1720, 1765]
FIGURE = {"indicator": "first-time-applicants", "place": "BE", "period": "2018-Q4", "known": None}
NAME = "first-time-applicants"
SPAN = {
    "indicator": "first-time-applicants", "places": ["BE", "EU"], "by": "quarter", "since": "",
    "until": "", "known": None,
}  # fmt: skip


@pytest.fixture
def site(db: None) -> MadeSite:
    kept(applicants(BE=VALUES, EU27_2020=[9000] * 6))
    return make_site(("en", "nl"), standard=False)


def page_of(site: MadeSite, *blocks: Any, **options: Any) -> Any:
    page = make_output(site, "publication", title="A report", slug="report", **options)
    page.body = [
        (kind, RichText(value) if kind == "paragraph" else value) for kind, value in blocks
    ]
    page.save_revision().publish()
    return page


def said(client: Client, page: Any) -> str:
    return " ".join(client.get(page.url).content.decode().replace("\u00a0", " ").split())


def paragraph(text: str) -> tuple[str, str]:
    return "paragraph", f"<p>{text}</p>"


def test_a_number_stands_in_the_middle_of_a_sentence(client: Client, site: MadeSite) -> None:
    page = page_of(
        site,
        paragraph(
            "With [[first-time-applicants BE 2018Q4]] people, "
            "[[first-time-applicants be 2018-Q4 change]], it was busy."
        ),
    )
    text = said(client, page)
    link = "/en/statistics/first-time-applicants/?by=quarter&amp;place=be#2018-q4"
    assert f'With <a class="live-figure" href="{link}">5,185</a> people' in text
    assert "up 14 % on the quarter before</a>, it was busy." in text
    assert text.count("Source: Eurostat (migr_asyappctzm), extracted 17 June 2019") == 1


def test_it_changes_with_the_figures(client: Client, site: MadeSite) -> None:
    page = page_of(site, paragraph("[[first-time-applicants BE 2018-Q4]]"), ("figure", FIGURE))
    assert said(client, page).count("5,185") == 2
    kept(applicants(BE=[*VALUES[:5], 1800], EU27_2020=[9000] * 6), "2019-09-16")
    text = said(client, page)
    assert text.count("5,220") == 2
    assert "5,185" not in text


def test_one_that_is_pinned_says_what_has_become_of_it(client: Client, site: MadeSite) -> None:
    page = page_of(
        site,
        paragraph("[[first-time-applicants BE 2018-Q4 known 2019-07-01]]"),
        ("figure", FIGURE | {"known": "2019-07-01"}),
    )
    assert "then" not in said(client, page).partition("live-figure")[2].partition("</a>")[0]
    kept(applicants(BE=[*VALUES[:5], 1800], EU27_2020=[9000] * 6), "2019-09-16")
    text = said(client, page)
    assert "known=2019-07-01#2018-q4" in text
    assert ">then 5,185, now 5,220</a>" in text
    assert "Then 5,185, now 5,220." in text


def test_a_figure_is_told_in_a_sentence_with_its_source(client: Client, site: MadeSite) -> None:
    page = page_of(site, ("figure", FIGURE))
    text = said(client, page)
    assert "In the fourth quarter of 2018, <a" in text
    assert "5,185</a> people applied for" in text
    assert "for the first time in Belgium, up 14 % on the quarter before." in text
    assert "Source: Eurostat (migr_asyappctzm), extracted 17 June 2019" in text


def test_a_translation_tells_it_in_its_own_language(client: Client, site: MadeSite) -> None:
    page = page_of(site, paragraph("In Belgium [[pending BE 2018-Q4]]"), ("figure", FIGURE))
    other = make_output(
        site, "publication", title="Verslag", slug="verslag", language="nl", translation_of=page
    )
    other.body = page.body
    other.save_revision().publish()
    assert "In het vierde kwartaal van 2018 vroegen <a" in said(client, other)
    assert "5.185</a> mensen" in said(client, other)


def test_where_there_is_no_figure_it_is_said(client: Client, site: MadeSite) -> None:
    page = page_of(
        site,
        paragraph("Pending: [[pending BE 2018-12]] and [[first-time-applicants BE 2018-Q4 year]]."),
        ("figure", FIGURE | {"place": "MT"}),
    )
    text = said(client, page)
    assert "Pending: (There is no figure for the end of December 2018) and" in text
    assert "(There is no figure for the fourth quarter of 2017 to compare with)</a>." in text
    assert "There is no figure for the fourth quarter of 2018." in text


def test_flags_travel_with_the_number(client: Client, site: MadeSite) -> None:
    kept(answer("migr_asypenctzm", {("BE", "2018-12"): (600, "p")}))
    page = page_of(site, paragraph("[[pending BE 2018-12]]"))
    assert '600</a><abbr class="live-flag" title="provisional">p</abbr>' in said(client, page)


def test_an_example_says_so_at_its_number(client: Client, site: MadeSite) -> None:
    load_examples("migr_asypenctzm")
    token = "[[pending BE 2018-12]]"
    page = page_of(
        site, paragraph(f"It was {token}, {token[:-2]} change]]; [[{NAME} BE 2018-Q4]] came.")
    )
    text = said(client, page)
    assert text.count('</a> <small class="live-example">(example series, not official') == 2
    assert "5,185</a> came" in text
    assert "(example series, not official figures)" in letter(composed(page)).text


def test_a_picture_has_its_table_beside_it(client: Client, site: MadeSite) -> None:
    page = page_of(site, ("figure_picture", SPAN), ("figure_table", SPAN))
    text = said(client, page)
    assert 'id="figures-1-narrow-title"' in text
    assert text.count('id="figures-1-title"') == 1
    assert "Belgium: 4,545 in Q3 2018, 5,185 in Q4 2018" in text
    assert text.count('<th scope="row">Q4 2018</th>') == 2
    assert '<td class="number">5,185</td><td class="number">27,000</td>' in text
    assert "Q2 2018" not in text, "nothing before the first figure of any"
    kept(answer("migr_asypenctzm", {("BE", "2018-11"): (5, ""), ("DE", "2018-12"): (6, "")}))
    holes = SPAN | {"indicator": "pending", "places": ["BE", "DE"], "by": "month"}
    page = make_output(site, "publication", title="Holes", slug="holes")
    page.body = [("figure_table", holes)]
    page.save_revision().publish()
    assert said(client, page).count('<td class="number">–</td>') == 2


def test_a_single_period_is_drawn_as_bars(client: Client, site: MadeSite) -> None:
    only = SPAN | {"since": "2018-Q4", "until": "2018-Q4"}
    assert "picture-bars" in said(client, page_of(site, ("figure_picture", only)))


@pytest.mark.parametrize("number", [1, 12])
def test_it_costs_the_same_however_many_there_are(
    client: Client, site: MadeSite, number: int
) -> None:
    blocks = [
        paragraph("[[first-time-applicants BE 2018-Q4]] [[pending EU 2018-12 known 2019-07-01]]"),
        ("figure", FIGURE),
        ("figure_picture", SPAN),
    ] * number
    page = page_of(site, *blocks)
    bare = make_output(site, "publication", title="Another", slug="another", text="No figure.")

    def cost(one: Any) -> int:
        client.get(one.url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(one.url).status_code == 200
        return len(captured)

    assert cost(page) - cost(bare) == 4


def test_paper_mail_and_search_have_the_words(site: MadeSite) -> None:
    page = page_of(
        site,
        paragraph("It was [[first-time-applicants BE 2018-Q4]]."),
        ("figure", FIGURE),
        ("figure_table", SPAN),
    )
    mail = letter(composed(page))
    for text in (mail.text, mail.html):
        assert "It was 5,185." in text
        assert "people applied for asylum" in text
        assert "27,000" in text
        assert "[[" not in text
    [document] = Outputs().documents([str(page.translation_key)])
    text = document.versions[0].text
    assert "It was 5,185." in text
    assert "5,185 people applied" in text
    assert "quarter" not in text.partition("First-time asylum applicants, ")[2]
    assert "[[" not in text


def test_words_that_are_kept_have_no_figures_in_them(site: MadeSite) -> None:
    page = page_of(site, paragraph("It was [[pending BE 2018-12]] then."), ("figure", FIGURE))
    assert plain(page.body) == "It was then."
    assert "pending" not in page.words
    assert paragraphs(page.body) == "It was then."


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("[[first-time-aplicants BE 2018-Q4]]", "Do you mean first-time-applicants?"),
        ("[[asylum BE 2018-Q4]]", "There are: first-time-applicants"),
        ("[[pending XX 2018-12]]", "“XX” is no place. Write its code, such as BE, EL or EU."),
        ("[[pending BE 2018-13]]", "Write 2018, 2018-Q4 or 2018-12."),
        ("[[first-permits BE 2018-Q4]]", "isn't counted for 2018-Q4. Ask for one such as 2018."),
        ("[[pending BE]]", "Write an indicator, a place and a period"),
        ("[[pending BE 2018-12 twice]]", "After the period may stand change or year"),
        ("[[pending BE 2018-12 known soon]]", "“soon” is no day."),
        ("[[pending BE 2018-12 known 2999-01-01]]", "What will be known on 2999-01-01"),
        ("[[pending BE 2018-12", "but it doesn't end"),
        ("[[pending <b>BE</b> 2018-12]]", "or has marks in it"),
        ('<a href="/x/">see [[pending BE 2018-12]]</a>', "this stands in a link"),
    ],
)
def test_what_is_no_figure_is_refused_with_its_place_and_the_mend(text: str, mend: str) -> None:
    block = LiveParagraphBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(RichText(f"<p>Words [[pending BE 2018-12]] {text} more.</p>"))
    [error] = refused.value.messages
    assert mend in error
    assert "pending" in error or "asylum" in error or "first-" in error


def test_what_is_a_figure_is_taken() -> None:
    whole = (
        "<p>[[pending&nbsp;BE 2018-12]] [[first-time-applicants EU 2018 year known 2019-07-01]]</p>"
    )
    assert problems(whole) == []
    assert problems("<p>An [aside] and a [[</p>") != []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"indicator": "first-permits"}, "by"),
        ({"since": "2018"}, "since"),
        ({"since": "2018-12", "until": "2018-11"}, "until"),
        ({"since": "1990-01", "until": "2018-11"}, "since"),
        ({"places": ["BE", "DE", "FR", "NL", "LU", "AT", "IT", "ES", "PT"]}, "places"),
    ],
)
def test_a_picture_that_can_not_be_drawn_is_refused(change: dict[str, Any], place: str) -> None:
    block = FiguresBlock()
    value = SPAN | {"indicator": "pending", "by": "month"} | change
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(value))
    assert list(refused.value.block_errors) == [place]  # type: ignore[attr-defined]


def test_a_sentence_needs_a_period_for_which_there_is_counting() -> None:
    block = FigureBlock()
    value = FIGURE | {"indicator": "first-permits"}
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(value))
    assert list(refused.value.block_errors) == ["period"]  # type: ignore[attr-defined]


def test_translators_get_the_words_and_none_of_the_facts(site: MadeSite) -> None:
    page = page_of(
        site, paragraph("In Belgium [[pending BE 2018-12]] wait."), ("figure", FIGURE),
        ("figure_picture", SPAN),
    )  # fmt: skip
    strings = [str(getattr(one, "string", "")) for one in extract_segments(page)]
    assert any("[[pending BE 2018-12]]" in one for one in strings)
    assert not any("first-time-applicants" in one for one in strings)


def test_a_translation_keeps_its_words_and_takes_the_facts(site: MadeSite) -> None:
    page = page_of(site, paragraph("Words."), ("figure", FIGURE), ("figure_table", SPAN))
    target = page.copy_for_translation(Locale.objects.get(language_code="nl"))
    raw = list(target.body.get_prep_value())
    raw[0]["value"] = "<p>Woorden.</p>"
    raw[1]["value"]["period"] = "2018-Q3"
    target.body = StreamValue(target.body.stream_block, json.loads(json.dumps(raw)), is_lazy=True)
    assert copy_facts(page, target)
    assert target.body[0].value.source == "<p>Woorden.</p>"
    assert target.body[1].value["period"] == "2018-Q4"
    assert not copy_facts(page, target)


def test_a_block_of_an_indicator_that_is_gone_says_nothing(client: Client, site: MadeSite) -> None:
    page = page_of(
        site, ("figure", FIGURE | {"indicator": "gone"}), ("figure_table", SPAN | {"by": "never"})
    )
    assert client.get(page.url).status_code == 200
    assert "live-said" not in said(client, page)


def test_what_others_wrote_between_brackets_stays_as_it_is(client: Client, site: MadeSite) -> None:
    page = page_of(site, paragraph("See [[wiki link]] and [[&lt;script&gt;]]."))
    assert "See [[wiki link]] and [[&lt;script&gt;]]." in said(client, page)


def test_a_new_extraction_lets_the_search_look_again_at_texts_with_figures(site: MadeSite) -> None:
    page = page_of(site, paragraph("It was [[first-time-applicants BE 2018-Q4]]."))
    other = make_output(site, "publication", title="Another", slug="another", text="None.")
    Index.objects.create(name="one", state=Index.State.CURRENT)
    kept(applicants(BE=[*VALUES[:5], 1800], EU27_2020=[9000] * 6), "2019-09-16")
    noted = set(Change.objects.values_list("key", flat=True))
    assert f"output:{page.translation_key}" in noted
    assert f"output:{other.translation_key}" not in noted
    other.body = [("figure", FIGURE)]
    other.save_revision().publish()
    assert f"output:{other.translation_key}" in keys_with_figures()
