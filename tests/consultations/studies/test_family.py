"""A closed study becomes a family of reports in one step, and no report tells what it may not."""

import datetime
from typing import Any

import pytest
from consulting import YES_NO, country, made_instrument, made_round, state_answers
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from editing import sign_in
from factories import MadeSite, make_site

from contactpoint.consultations.models import Answer, Instrument, Response, Round
from contactpoint.consultations.questions import Instrument as Asked
from contactpoint.consultations.questions import Kind, Question, Section
from contactpoint.consultations.studies.family import FamilyError, write
from contactpoint.consultations.studies.refusing import refusal
from contactpoint.consultations.studies.rewriting import rewritten
from contactpoint.outputs.models import Family, FamilyLink, OutputFile, Publication
from contactpoint.outputs.relations import family_url

CHAPTER = (
    "<h3>Law</h3><p>A <b>bold</b> claim<sup>1</sup> of [[first-time-applicants BE 2018]].</p>"
    "<table><thead><tr><th>Year</th><th>Files</th><th class='centred'>By</th></tr></thead>"
    "<tbody><tr><td>2018</td><td>12</td><td class='centred'><b>All</b><sup>2</sup></td></tr>"
    "</tbody></table><h4>Later</h4><p>As [^before].</p><blockquote><p>So be it.</p></blockquote>"
    "<script>alert(1)</script><h4>Notes</h4><ol><li><p>Of <i>2018</i>.</p></li><li>None.</li></ol>"
)


@pytest.fixture
def site(db: None, settings: Any, tmp_path: Any) -> MadeSite:
    settings.MEDIA_ROOT = tmp_path
    return make_site(("en", "fr", "nl", "de"), standard=False)


@pytest.fixture
def study(site: MadeSite) -> Round:
    """Belgium tells some, France all in French, the Netherlands nothing that may leave."""
    asked = Asked(
        "borders",
        ("en", "fr"),
        {"en": "Borders", "fr": "Frontières"},
        sections=(
            Section(
                "law",
                {"en": "The law", "fr": "Le droit"},
                questions=(
                    Question("online", Kind.ONE, {"en": "Online?", "fr": "En ligne ?"},
                             choices="yes_no"),
                    Question("chapter", Kind.RICH_TEXT, {"en": "Describe the law."}),
                    Question("secret", Kind.LONG_TEXT, {"en": "And in practice?"}),
                ),
            ),
        ),
        choice_sets={"yes_no": YES_NO},
    )  # fmt: skip
    made = made_round(
        made_instrument(asked, kind=Instrument.Kind.STUDY),
        code="borders",
        access=Round.Access.STATES,
        status=Round.Status.CLOSED,
        closes_at=timezone.now() - timezone.timedelta(days=1),
        labels={"en": "Borders", "fr": "Frontières"},
        introductions={"en": "Why we ask.", "fr": "Pourquoi."},
        summaries={"en": "## Findings\n\nMost are online.", "fr": "La plupart."},
    )
    belgium = state_answers(
        made, "BE", {"online": "yes", "chapter": CHAPTER, "secret": "secretword"}, language="nl"
    )
    belgium.answers.filter(question="secret").update(
        dissemination=Answer.Dissemination.NETWORK, remark="secretremark"
    )
    state_answers(made, "FR", {"online": "no", "secret": "mots ouverts"}, language="fr")
    state_answers(made, "NL", {"online": "yes", "secret": "secretstate"}, "network")
    country("DE")
    return made


def pages() -> dict[str, Publication]:
    """By address and language."""
    found = Publication.objects.select_related("locale").order_by("pk")
    return {f"{one.slug} {one.locale.language_code}": one for one in found}


def told() -> str:
    """All that stands in any page or revision."""
    return "".join(
        f"{page.title}{page.teaser}{page.body.raw_data!r}{page.get_latest_revision().content}"
        for page in Publication.objects.all()
    )


def test_a_closed_study_becomes_drafts_of_all_its_parts(study: Round) -> None:
    done = write(study)
    assert {one.what for one in done} == {"made"}
    found = pages()
    assert set(found) == {
        "borders en", "borders fr", "borders-be nl", "borders-fr fr",
        "borders-template en", "borders-template fr",
    }  # fmt: skip
    assert not any(page.live for page in found.values())
    assert found["borders en"].publication_type == "study"
    assert found["borders en"].translation_key == found["borders fr"].translation_key
    parts = dict(FamilyLink.objects.values_list("page__slug", "part"))
    assert parts == {
        "borders": "synthesis", "borders-be": "national", "borders-fr": "national",
        "borders-template": "template",
    }  # fmt: skip
    study.refresh_from_db()
    assert (study.family.slug, study.published_at) == ("borders", None)
    documents = [row.document for row in OutputFile.objects.select_related("document")]
    assert {one.language for one in documents} == {"en", "fr"}
    assert len({one.pk for one in documents}) == 2
    assert found["borders-fr fr"].country_links.get().country.code == "FR"


def test_what_may_not_leave_the_network_is_in_no_page(study: Round) -> None:
    write(study)
    said = told()
    assert "mots ouverts" in said
    assert "secret" not in said
    assert not Publication.objects.filter(slug="borders-nl").exists()


def test_a_chapter_keeps_its_shape_as_blocks_that_an_editor_can_save() -> None:
    made = list(rewritten(CHAPTER, name="3", level=4))
    assert [one["type"] for one in made] == [
        "minor_heading", "paragraph", "table", "minor_heading", "paragraph", "quote", "notes",
    ]  # fmt: skip
    law, claim, table, _later, before, quote, notes = (one["value"] for one in made)
    assert law == "Law"
    assert claim == ("<p>A <b>bold</b> claim[^3.1] of [ [first-time-applicants BE 2018]].</p>")
    assert table["data"] == [["Year", "Files", "By"], ["2018", "12", "**All**[^3.2]"]]
    assert {one["col"]: one["className"] for one in table["cell"]} == {1: "htRight", 2: "htCenter"}
    assert before == "<p>As [ ^before].</p>", "what looks like a note of the page is none"
    assert quote == {"text": "So be it.", "source": ""}
    assert [one["value"] for one in notes] == [
        {"name": "3.1", "text": "<p>Of <i>2018</i>.</p>"},
        {"name": "3.2", "text": "<p>None.</p>"},
    ]
    body = Publication._meta.get_field("body").stream_block
    body.clean(body.to_python(made))


def test_a_numbered_list_to_which_nothing_refers_is_no_list_of_notes() -> None:
    html = "<p>Two<sup>1</sup>.</p><h4>Steps</h4><ol><li>Ask.</li><li>Answer.</li></ol>"
    made = list(rewritten(html, name="1", level=2))
    assert [one["type"] for one in made] == ["paragraph", "heading", "paragraph"]
    assert "<sup>1</sup>" in made[0]["value"]


def test_editors_write_tables_and_notes_of_a_synthesis_around_live_figures(study: Round) -> None:
    study.summaries = {
        "en": "## Findings\n\nMost[^1] of [[first-time-applicants BE 2018]].\n\n"
        "| State | Files |\n|---|--:|\n| BE | [[first-time-applicants BE 2018]] |\n\n"
        "[^1]: Six of ten."
    }
    study.save()
    write(study)
    body = pages()["borders en"].body
    kinds = [one.block_type for one in body]
    assert kinds[:4] == ["heading", "paragraph", "table", "notes"]
    assert body[2].value["data"][1] == ["BE", "[[first-time-applicants BE 2018]]"]
    assert "[^summary.1]" in body[1].value.source


def test_written_again_nothing_is_doubled_and_what_was_touched_stays(study: Round) -> None:
    write(study)
    touched = pages()["borders fr"]
    touched.title = "Un titre à moi"
    touched.save_revision()
    documents = set(OutputFile.objects.values_list("document", flat=True))
    done = {f"{one.title} {one.language}": one.what for one in write(study)}
    assert done["Frontières fr"] == "left"
    assert set(done.values()) == {"left", "renewed"}
    assert len(pages()) == 6
    assert Family.objects.count() == 1
    assert set(OutputFile.objects.values_list("document", flat=True)) == documents
    assert pages()["borders fr"].get_latest_revision_as_object().title == "Un titre à moi"


def test_an_untouched_draft_goes_when_its_state_takes_everything_back(study: Round) -> None:
    write(study)
    Answer.objects.filter(response__country__code="FR").update(dissemination="network")
    assert [one.what for one in write(study) if one.title == "Frontières: FR"] == ["removed"]
    assert "mots ouverts" not in told()


def test_published_it_can_be_read_as_one_study(client: Client, study: Round) -> None:
    done = write(study, publish=True)
    assert all(one.is_live for one in done)
    family = client.get(family_url("study", "borders", "en")).content.decode()
    for title in ("Borders: BE", "Frontières: FR", "Borders: Common template"):
        assert title in family
    page = pages()["borders-be nl"]
    html = client.get(page.url).content.decode()
    assert '<th scope="col" class="at-end">Files</th>' in html
    assert '<a id="fnref-1" href="#fn-1" role="doc-noteref">1</a>' in html
    assert '<li id="fn-2"' in html
    assert '<h3 id="s-2-describe-the-law">' in html
    assert '<h4 id="s-law">' in html
    assert "secretword" not in html
    study.refresh_from_db()
    assert study.published_at is not None
    assert {one.what for one in write(study)} == {"left"}


def test_a_mark_that_is_taken_away_takes_the_published_report_off_the_web(study: Round) -> None:
    write(study, publish=True)
    Answer.objects.filter(response__country__code="FR", question="secret").update(
        dissemination="network"
    )
    assert not pages()["borders-fr fr"].live
    assert pages()["borders-be nl"].live
    pages()["borders-fr fr"].get_latest_revision().publish()
    assert not pages()["borders-fr fr"].live, "nor can it be published as it is"
    assert {one.what for one in write(study) if one.title == "Frontières: FR"} == {"renewed"}
    pages()["borders-fr fr"].get_latest_revision().publish()
    assert pages()["borders-fr fr"].live
    assert "mots ouverts" not in str(pages()["borders-fr fr"].body.raw_data)


def test_a_study_that_is_taken_back_takes_its_reports_along(study: Round) -> None:
    write(study, publish=True)
    study.refresh_from_db()
    Round.objects.filter(pk=study.pk).update(published_at=None)
    assert not pages()["borders-fr fr"].live
    assert not pages()["borders en"].live, "it sums up what is told no more"


def test_while_states_may_answer_there_is_no_study(study: Round) -> None:
    study.status, study.closes_at = "open", None
    study.save()
    with pytest.raises(FamilyError, match="Close the study first"):
        write(study)
    assert not Publication.objects.exists()
    assert not Family.objects.exists()


def test_a_study_waits_only_for_states_that_are_writing_and_says_how_long(study: Round) -> None:
    closed_at = timezone.now()
    Round.objects.filter(pk=study.pk).update(status=Round.Status.CLOSED, closed_at=closed_at)
    study.refresh_from_db()
    assert not refusal(study)
    Response.objects.create(
        round=study, version=study.version, country=country("SK"), begun_on=timezone.localdate()
    )
    until = timezone.localtime(closed_at + datetime.timedelta(hours=1)).strftime("%H:%M")
    assert f"may send until {until}." in refusal(study)
    with pytest.raises(FamilyError, match="after that"):
        write(study)
    Round.objects.filter(pk=study.pk).update(closed_at=closed_at - datetime.timedelta(hours=1))
    study.refresh_from_db()
    assert not refusal(study)


def test_editors_make_it_by_a_button(client: Client, study: Round) -> None:
    address = reverse("consultations_family", args=[study.pk])
    assert client.post(address).status_code == 302
    assert not Publication.objects.exists()
    sign_in(client, administrator=True)
    assert address in client.get(reverse("consultations_round", args=[study.pk])).content.decode()
    assert "Write and publish" in client.get(address).content.decode()
    client.post(address, {"do": "draft"})
    said = client.get(address).content.decode()
    assert "6 pages are written." in said
    assert "Answers in it that are not public: online, chapter" in said
    assert len(pages()) == 6
    client.post(address, {"do": "publish"})
    assert all(page.live for page in pages().values())


def test_a_round_and_the_parts_of_its_study_lead_to_each_other(
    client: Client, study: Round
) -> None:
    address = "/en/consultations/borders/"
    write(study)
    study.refresh_from_db()
    Round.objects.filter(pk=study.pk).update(published_at=timezone.now())
    assert "The study and its reports" not in client.get(address).content.decode()
    write(study, publish=True)
    page = client.get(address).content.decode()
    assert f'href="{family_url("study", "borders", "en")}"' in page
    for part in pages().values():
        if part.locale.language_code == "en" or part.family_links.get().part == "national":
            assert f'href="{part.url}"' in page, part.title
        html = client.get(part.url).content.decode()
        assert f"/{part.locale.language_code}/consultations/borders/" in html
    Answer.objects.filter(response__country__code="FR").update(dissemination="network")
    assert pages()["borders-fr fr"].url not in client.get(address).content.decode()


def test_a_synthesis_has_no_words_of_another_language_and_says_what_is_missing(
    study: Round,
) -> None:
    study.summaries = {"en": "Most are [[first-time-applicants BE 2018]] online."}
    study.save()
    write(study)
    raw = {code: str(pages()[f"borders {code}"].body.raw_data) for code in ("en", "fr")}
    assert "[[first-time-applicants BE 2018]]" in raw["en"], "it stays alive"
    assert "Most are" not in raw["fr"]
    assert "Résumé" in raw["fr"]
