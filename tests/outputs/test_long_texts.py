"""Reports keep their shape: headings in order, tables, and notes that lead both ways, wherever the
text goes."""

import io
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from factories import MadeSite, make_output, make_site
from made_answers import applicants
from pypdfium2 import PdfDocument
from storing import kept
from translating import fresh, renew, translate
from wagtail.rich_text import RichText
from wagtail_localize.models import StringSegment, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from contactpoint.kit.blocks.gridding import stored
from contactpoint.kit.composing.press import printed
from contactpoint.kit.composing.word import as_docx
from contactpoint.kit.letters import letter
from contactpoint.outputs.composed import composed
from contactpoint.outputs.models import Publication
from contactpoint.outputs.models.words import paragraphs, plain

TABLE = stored(
    ["State", "Permits", "Kind"],
    [["Belgium", "1 200", "**Single**[^b]"], ["[Malta](https://mt.example/)", "–", "<b>None"]],
    "Permits in 2018",
    {2: "centred"},
)
BODY: list[tuple[str, Any]] = [
    ("minor_heading", "Too deep"),
    ("heading", "Law"),
    ("minor_heading", "Law"),
    ("paragraph", RichText("<p>A claim[^a], told again[^a] but not [^unknown].</p>")),
    ("table", TABLE),
    ("notes", [{"name": "a", "text": RichText("<p>Of <i>2018</i>.</p>")}]),
    ("subheading", "Practice[^b]"),
    ("notes", [{"name": "b", "text": RichText("<p>Directive 2011/98/EU.</p>")}]),
]


@pytest.fixture
def site(db: None) -> MadeSite:
    return make_site(("en", "nl"), standard=False)


@pytest.fixture
def page(site: MadeSite) -> Any:
    page = make_output(site, "publication", title="A report", slug="report", body=BODY)
    page.save_revision().publish()
    return fresh(page)


def shown(client: Client, page: Any) -> str:
    return " ".join(client.get(page.url).content.decode().split())


def errors_of(*blocks: tuple[str, Any]) -> str:
    body = Publication._meta.get_field("body").stream_block
    raw = [{"type": kind, "value": value} for kind, value in blocks]
    with pytest.raises(ValidationError) as caught:
        body.clean(body.to_python(raw))
    return str([one.messages for one in caught.value.block_errors.values()])


def test_no_level_of_headings_is_left_out_and_each_has_an_address_of_its_own(
    client: Client, page: Any
) -> None:
    html = shown(client, page)
    found = re.findall(r'<h(\d) id="(s-[^"]+)">', html)
    assert found == [
        ("2", "s-too-deep"), ("2", "s-law"), ("3", "s-law-2"), ("3", "s-practice"),
    ]  # fmt: skip


def test_a_table_says_what_its_cells_are_and_scrolls_in_a_box_of_its_own(
    client: Client, page: Any
) -> None:
    html = shown(client, page)
    assert (
        '<div class="table-scroll" role="region" aria-label="Permits in 2018" tabindex="0">'
        '<table class="table"><caption>Permits in 2018</caption>'
    ) in html
    assert '<th scope="col" class="at-end">Permits</th>' in html, "numbers line up"
    assert '<th scope="col" class="centred">Kind</th>' in html
    assert '<td class="at-end">1 200</td>' in html
    assert '<a href="https://mt.example/">Malta</a>' in html
    assert "&lt;b&gt;None" in html, "markup in a cell is text"


def test_the_first_column_names_its_rows_where_an_editor_says_so(client: Client, page: Any) -> None:
    page.body = [("table", {**TABLE, "table_header_choice": "both", "first_col_is_header": True})]
    page.save_revision().publish()
    assert '<th scope="row">Belgium</th>' in shown(client, page)


def test_notes_are_numbered_through_and_lead_both_ways(client: Client, page: Any) -> None:
    html = shown(client, page)
    assert 'claim<sup><a id="fnref-1" href="#fn-1" role="doc-noteref">1</a></sup>' in html
    assert 'again<sup><a id="fnref-1-2" href="#fn-1" role="doc-noteref">1</a></sup>' in html
    assert "not [^unknown]." in html
    assert '<strong>Single</strong><sup><a id="fnref-2" href="#fn-2"' in html
    assert re.search(r'<ol start="2"><li id="fn-2" value="2">.*?href="#fnref-2"', html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#(fn[^"]*)"', html)) <= set(ids)


def test_a_note_in_a_link_is_a_number_and_none_is_read_in_an_address(
    client: Client, page: Any
) -> None:
    text = RichText('<p><a href="https://x.example/?q=[^a]">Here[^a]</a>, then[^a].</p>')
    page.body = [("paragraph", text), BODY[5]]
    page.save_revision().publish()
    html = shown(client, page)
    assert 'href="https://x.example/?q=[^a]">Here<sup>1</sup></a>' in html
    assert 'then<sup><a id="fnref-1"' in html


def test_editors_are_told_which_note_is_missing_alone_or_there_twice() -> None:
    note = {"name": "a", "text": "<p>One.</p>"}
    assert "no note [^b]" in errors_of(("paragraph", "<p>See[^b].</p>"))
    assert "refers to the note [^a]" in errors_of(("notes", [note]))
    assert "two notes [^a]" in errors_of(("paragraph", "<p>[^a]</p>"), ("notes", [note, note]))


def test_words_of_tables_and_notes_are_found_and_what_stores_them_is_not(page: Any) -> None:
    for said in (plain(page.body), paragraphs(page.body)):
        for word in ("Permits in 2018", "Belgium", "Single", "Malta", "Directive 2011/98/EU"):
            assert word in said
        for unsaid in ("htCenter", "htRight", "[^a]", "[^b]", "**", "https://mt.example"):
            assert unsaid not in said
    assert "Belgium · 1 200 · Single" in paragraphs(page.body).split("\n\n"), "a row is a line"
    assert "Practice" in paragraphs(page.body).split("\n\n")


def test_a_figure_in_a_cell_stays_alive(client: Client, page: Any) -> None:
    kept(applicants(BE=[1500, 1520, 1525, 1700, 1720, 1765]))
    token = "[[first-time-applicants BE 2018-Q4]]"
    page.body = [("table", stored(["State", "People"], [["Belgium", token]]))]
    page.save_revision().publish()
    assert '<a class="live-figure"' in shown(client, page)
    assert token not in str(composed(fresh(page)).blocks)
    wrong = stored(["State"], [["[[nothing BE 2018]]"]])
    assert "[[nothing BE 2018]]" in errors_of(("table", wrong))


def test_paper_word_and_mail_have_the_same_shape(page: Any) -> None:
    document = composed(page)
    table = next(one for one in document.blocks if one.what == "table")
    assert (table.caption, table.numbers, table.centred) == (
        "Permits in 2018", frozenset({1}), frozenset({2}),
    )  # fmt: skip
    pdf = PdfDocument(printed(document).pdf)
    told = " ".join(one.get_textpage().get_text_range() for one in pdf)
    assert "Permits in 2018" in told
    assert "[^a]" not in told
    file = opened(as_docx(document))
    xml = file.element.xml
    for place in ("fn_1", "fnref_1", "fn_2", "fnref_2"):
        assert f'w:name="{place}"' in xml
        assert f'w:anchor="{place}"' in xml
    cells = file.tables[0].rows[1].cells
    assert [str(one.paragraphs[0].alignment) for one in cells] == [
        "None", "RIGHT (2)", "CENTER (1)",
    ]  # fmt: skip
    mail = letter(document)
    assert f'href="{document.address}#fn-1"' in mail.html
    assert 'align="center"' in mail.html
    assert "#fn" not in mail.text


def opened(data: bytes) -> Any:
    import docx  # noqa: PLC0415 — it takes its time

    return docx.Document(io.BytesIO(data))


def test_a_translator_gets_the_words_of_tables_and_notes_and_no_numbers(
    client: Client, site: MadeSite, page: Any, django_capture_on_commit_callbacks: Any
) -> None:
    translate_object(page, [site.homes["nl"].locale])
    translation = Translation.objects.get()
    segments = StringSegment.objects.filter(source=translation.source)
    strings = {one.string.data for one in segments}
    assert {"Permits in 2018", "State", "Belgium", "Directive 2011/98/EU."} <= strings
    assert not {"1 200", "–", "a", "b", "row"} & strings
    for one in segments:
        text = one.string.data
        translate(translation, one, "verslag" if text == "report" else f"NL {text}")
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target()
    dutch = translation.get_target_instance().specific
    assert dutch.body[4].value["data"][1] == ["NL Belgium", "1 200", "NL **Single**[^b]"]
    html = shown(client, dutch)
    assert "NL Directive" in html
    assert 'id="fn-2"' in html

    rows = [["Austria", "7", ""], *TABLE["data"][1:]]
    page.body[4].value["data"] = [TABLE["data"][0], *rows]
    page.save_revision().publish()
    renew(TranslationSource.objects.get())
    with django_capture_on_commit_callbacks(execute=True):
        Translation.objects.get().save_target()
    data = fresh(dutch).body[4].value["data"]
    assert data[1][0] == "Austria"
    assert data[2][0] == "NL Belgium", "a new row doesn't take the translations of the others away"
