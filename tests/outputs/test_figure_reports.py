"""The machine writes a quarter's report and a year's infographic; an editor finishes them."""

import json
import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from editing import sign_in, sign_in_as
from factories import MadeSite, make_site
from made_answers import answer, applicants
from storing import kept
from wagtail.models import GroupPagePermission

from contactpoint.accounts.models import User
from contactpoint.figures import FiguresError, period
from contactpoint.outputs.figure_reports import write
from contactpoint.outputs.models import Publication

VALUES = [1500, 1520, 1525, 1700, 1720, 1765]
Q4 = period("2018-Q4")


@pytest.fixture
def site(db: None, settings: Any, tmp_path: Any) -> MadeSite:
    settings.MEDIA_ROOT = tmp_path
    kept(applicants(BE=VALUES, EU27_2020=[9000] * 6))
    return make_site(("en", "fr", "nl", "de"), standard=False)


def drafts() -> dict[str, Publication]:
    return {one.locale.language_code: one for one in Publication.objects.order_by("pk")}


def test_a_quarter_is_written_in_each_language(site: MadeSite) -> None:
    done = write(Q4)
    assert [(one.language, one.what) for one in done] == [
        (code, "made") for code in ("en", "fr", "nl", "de")
    ]
    found = drafts()
    page = found["en"]
    assert (page.live, page.publication_type, page.slug) == (False, "quarterly", "figures-2018-q4")
    assert page.title == "Asylum and migration in figures: the fourth quarter of 2018"
    assert page.teaser == (
        "Official statistics for Belgium and the EU: first-time asylum applicants. Each figure "
        "leads to its source and is kept up to date."
    )
    assert (str(page.covers_from), str(page.covers_until)) == ("2018-10-01", "2018-12-31")
    kinds = [block.block_type for block in page.body]
    assert kinds == ["paragraph", "heading", "figure", "figure", "figure_picture", "paragraph"]
    assert "[[first-time-applicants BE 2018-Q4]]" in page.body[0].value.source
    assert len({one.translation_key for one in found.values()}) == 1
    assert found["nl"].teaser.startswith("Officiële statistieken voor België en de EU: ")
    assert not [one for one in found.values() if re.search(r"\d", one.teaser)], (
        "a number in it would stay when that in the text is revised"
    )
    assert len({one.title for one in found.values()}) == 4
    assert len({one.body[0].value.source for one in found.values()}) == 4


def test_what_it_wrote_is_a_page_that_readers_can_read(client: Client, site: MadeSite) -> None:
    write(Q4)
    page = drafts()["de"]
    page.get_latest_revision().publish()
    said = client.get(page.url).content.decode()
    assert said.count("5.185") >= 3
    assert "[[" not in said
    assert 'href="http' in said.partition("/de/statistics/periods/2018-Q4/")[0][-60:]


def test_written_again_it_leaves_alone_what_somebody_has_worked_on(site: MadeSite) -> None:
    write(Q4)
    page = drafts()["fr"]
    page.title = "Un titre à moi"
    page.save_revision()
    drafts()["de"].get_latest_revision().publish()
    kept(applicants(BE=[*VALUES[:5], 1800], EU27_2020=[9000] * 6), "2019-09-16")
    done = {one.language: one.what for one in write(Q4)}
    assert done == {"en": "renewed", "fr": "left", "nl": "renewed", "de": "left"}
    assert page.get_latest_revision_as_object().title == "Un titre à moi"
    assert Publication.objects.count() == 4


def test_a_year_is_an_infographic_with_a_cover(client: Client, site: MadeSite) -> None:
    years = {(geo, str(year)): (10_000.0 + year, "") for geo in ("BE", "EU27_2020")
             for year in range(2012, 2020)}  # fmt: skip
    kept(answer("migr_asyappctza", years, codes={"freq": "A", "unit": "PER", "citizen": "TOTAL",
        "sex": "T", "age": "TOTAL"}, applicant="FRST"))  # fmt: skip
    write(period("2019"))
    page = drafts()["en"]
    assert page.title == "Asylum and migration in 2019: the year in figures"
    assert page.publication_type == "country-factsheet"
    assert "figure_large" in [block.block_type for block in page.body]
    assert page.cover is not None
    assert (page.cover.width, page.cover.height) == (1200, 630)
    assert {one.cover for one in drafts().values()} == {page.cover}
    page.get_latest_revision().publish()
    said = client.get(page.url).content.decode()
    assert '<p class="live-number">12,019</p>' in said


def test_without_a_figure_nothing_is_written(site: MadeSite) -> None:
    with pytest.raises(FiguresError, match="There is no figure of 2011-Q1 for BE or the EU"):
        write(period("2011-Q1"))
    with pytest.raises(FiguresError, match="neither a quarter nor a year"):
        write(period("2018-12"))
    assert not Publication.objects.exists()


def test_the_command_says_what_it_wrote(site: MadeSite) -> None:
    out = StringIO()
    call_command("statistics", "write", "2018Q4", "--json", stdout=out)
    said = json.loads(out.getvalue())["drafts"]
    assert [one["what"] for one in said] == ["made"] * 4
    out = StringIO()
    drafts()["en"].save_revision()
    call_command("statistics", "write", "2018Q4", stdout=out)
    assert "left alone: it was edited" in out.getvalue().splitlines()[0]
    with pytest.raises(CommandError, match="No country is known as XX"):
        call_command("statistics", "write", "2018Q4", "--country", "xx")


def test_an_editor_asks_for_it_at_the_desk(client: Client, site: MadeSite) -> None:
    sign_in(client)
    address = reverse("outputs_figure_report")
    assert "2018" not in str(client.get(address).context["problem"])
    answer = client.post(address, {"period": "2018Q4", "country": "BE"})
    page = drafts()["en"]
    assert answer.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = client.get(answer.headers["Location"])
    assert form.status_code == 200
    page.save_revision()
    again = client.post(address, {"period": "2018Q4", "country": "BE"}, follow=True)
    assert "so they were left alone: en" in again.content.decode()
    refused = client.post(address, {"period": "never", "country": "BE"}).content.decode()
    assert "Nothing could be written" in refused


def test_who_may_not_write_publications_is_refused(client: Client, site: MadeSite) -> None:
    address = reverse("outputs_figure_report")
    assert client.get(address).status_code == 302
    user = sign_in(client)
    GroupPagePermission.objects.all().delete()
    sign_in_as(client, User.objects.get(pk=user.pk))
    assert client.get(address).status_code in (302, 403)
    assert client.post(address, {"period": "2018Q4"}).status_code in (302, 403)
    assert not Publication.objects.exists()
