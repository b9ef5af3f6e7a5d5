"""Ways inside a document lead somewhere, or are words: a typesetter takes no others."""

import datetime
import io

from pypdf import PdfReader

from contactpoint.kit.composing.document import Document, Listing, Paragraph, Run, Table
from contactpoint.kit.composing.places import runs_of, with_sound_places
from contactpoint.kit.composing.press import printed

HERE = Run("1", raised="super", url="#fn-1", place="fnref-1")
BLOCKS = [
    Paragraph([Run("A claim"), HERE, Run(" and nothing", url="#fn-9")]),
    Table(["State"], [[[Run("BE"), HERE]]]),
    Listing([[Paragraph([Run("Of 2018.", place="fn-1"), Run("↑", url="#fnref-1")])]], True),
    Paragraph([Run("Odd", place='fn") #read("/etc/passwd")', url='#fn") #read("x")')]),
]


def test_a_name_is_given_to_one_place_and_nothing_leads_to_a_name_that_no_place_has() -> None:
    runs = list(runs_of(with_sound_places(BLOCKS)))
    assert [run.place for run in runs if run.place] == ["fnref-1", "fn-1"]
    assert [run.url for run in runs if run.url] == ["#fn-1", "#fn-1", "#fnref-1"]


def test_whoever_keeps_no_places_leads_to_the_web_or_nowhere() -> None:
    address = "https://portal.example/en/one/"
    runs = list(runs_of(with_sound_places(BLOCKS, address)))
    assert not [run.place for run in runs if run.place]
    assert {run.url for run in runs if run.url} == {f"{address}#fn-1", f"{address}#fnref-1"}
    assert not [run.url for run in runs_of(with_sound_places(BLOCKS, "")) if run.url]


def test_a_pdf_leads_from_the_number_to_the_note_and_back() -> None:
    made_at = datetime.datetime(2026, 9, 30, tzinfo=datetime.UTC)
    made = printed(Document("A report", "en", "EMN", made_at, blocks=BLOCKS))
    (page,) = PdfReader(io.BytesIO(made.pdf)).pages
    inside = [one.get_object() for one in page["/Annots"]]
    assert (
        len([one for one in inside if "/Dest" in one or one.get("/A", {}).get("/S") == "/GoTo"])
        == 3
    )
