"""What only publications have: covers, periods, authors, and what takes the place of what."""

import datetime
import io
import re

import made_files as made
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from factories import MadeSite, make_output
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction

from contactpoint.media.models import CustomDocument, CustomImage
from contactpoint.outputs.models import Output, OutputFile, Publication

COVER = re.compile(r'<img class="cover cover-page" src="([^"]+)" width="(\d+)" height="(\d+)"')


def attach(page: Output, name: str, data: bytes, **fields: object) -> CustomDocument:
    document = CustomDocument.objects.create(
        title=name, file=ContentFile(data, name=name), **fields
    )
    OutputFile.objects.create(page=page, document=document, sort_order=page.files.count())
    return document


def facts(client: Client, page: Output) -> dict[str, list[str]]:
    return {
        fact.label: [value.text for value in fact.values]
        for fact in client.get(page.url).context["facts"]
    }


def cover(client: Client, page: Output) -> tuple[str, str, str] | None:
    found = COVER.search(client.get(page.url).content.decode())
    return found.groups() if found else None  # type: ignore[return-value]


def test_the_first_page_of_a_pdf_is_the_cover(client: Client, site: MadeSite) -> None:
    page = make_output(site, "publication")
    attach(page, "data.csv", b"a,b")
    document = attach(page, "study.pdf", made.pdf(["Asylum."]))
    found = cover(client, page)
    assert found is not None
    assert found[0] == document.first_page.url
    picture = client.get(found[0])
    assert Image.open(io.BytesIO(picture.content)).size == (int(found[1]), int(found[2]))


def test_the_file_in_the_readers_language_gives_the_cover(client: Client, site: MadeSite) -> None:
    page = make_output(site, "publication")
    attach(page, "etude.pdf", made.pdf(["Asile."]), language="fr")
    english = attach(page, "study.pdf", made.pdf(["Asylum."]), language="en")
    assert cover(client, page)[0] == english.first_page.url  # type: ignore[index]


def test_a_cover_that_an_editor_chose_goes_before(client: Client, site: MadeSite) -> None:
    file = io.BytesIO()
    Image.new("RGB", (900, 1200), "navy").save(file, "PNG")
    image = CustomImage.objects.create(title="Cover", file=ImageFile(file, name="cover.png"))
    page = make_output(site, "publication", cover=image)
    attach(page, "study.pdf", made.pdf(["Asylum."]))
    url, width, height = cover(client, page)  # type: ignore[misc]
    assert url.startswith("/media/images/")
    assert url.endswith(".png")
    assert (width, height) == ("480", "640")


def test_without_a_pdf_the_cover_is_drawn(client: Client, site: MadeSite) -> None:
    page = make_output(site, "publication")
    attach(page, "data.csv", b"a,b")
    assert cover(client, page) is None
    assert "<svg" in client.get(page.url).context["cover"]


def test_a_closed_file_gives_no_cover(client: Client, site: MadeSite) -> None:
    closed = Collection.get_first_root_node().add_child(name="Closed")
    page = make_output(site, "publication")
    document = attach(page, "study.pdf", made.pdf(["Asylum."]), collection=closed)
    assert cover(client, page) is not None
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    assert cover(client, page) is None
    assert client.get(document.first_page.url).status_code == 404


def test_authors_period_and_doi_stand_among_the_facts(client: Client, site: MadeSite) -> None:
    page = make_output(
        site,
        "publication",
        authors="Duprez, Aline; ; Maes, Wout;",
        covers_from=datetime.date(2020, 1, 1),
        covers_until=datetime.date(2020, 12, 31),
        doi="10.2838/45693",
    )
    found = facts(client, page)
    assert found["By"] == ["Duprez, Aline", "Maes, Wout"]
    assert found["Covers"] == ["2020"]
    assert found["DOI"] == ["10.2838/45693"]
    assert 'href="https://doi.org/10.2838/45693"' in client.get(page.url).content.decode()


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2018-01-01", "2019-12-31", "2018–2019"),
        ("2019-01-01", "2019-03-31", "1 January 2019 – 31 March 2019"),
        ("", "2019-03-31", "31 March 2019"),
        ("2019-01-01", "", "1 January 2019"),
    ],
)
def test_a_period_is_told_as_shortly_as_it_can_be(
    client: Client, site: MadeSite, first: str, last: str, words: str
) -> None:
    day = datetime.date.fromisoformat
    page = make_output(
        site,
        "publication",
        covers_from=day(first) if first else None,
        covers_until=day(last) if last else None,
    )
    assert facts(client, page)["Covers"] == [words]


def test_the_later_publication_and_the_earlier_lead_to_each_other(
    client: Client, site: MadeSite
) -> None:
    old = make_output(site, "publication", title="First edition")
    new = make_output(site, "publication", title="Second edition", supersedes=old)
    before, after = (client.get(page.url) for page in (old, new))
    assert before.context["later"].url == new.url
    assert after.context["earlier"].url == old.url
    assert before.context["earlier"] is after.context["later"] is None
    assert f'<a href="{new.url}">Second edition</a>' in before.content.decode()
    assert f'<a href="{old.url}">First edition</a>' in after.content.decode()


def test_a_translation_leads_to_translations_where_they_are(client: Client, site: MadeSite) -> None:
    old = make_output(site, "publication", title="First edition")
    new = make_output(site, "publication", title="Second edition", supersedes=old)
    ancienne = make_output(site, "publication", language="fr", translation_of=old)
    nieuwe = make_output(site, "publication", language="nl", translation_of=new, supersedes=old)
    assert client.get(ancienne.url).context["later"].url == new.url, "there is none in French"
    assert client.get(nieuwe.url).context["earlier"].url == old.url
    nouvelle = make_output(site, "publication", language="fr", translation_of=new, supersedes=old)
    assert client.get(ancienne.url).context["later"].url == nouvelle.url
    assert client.get(nouvelle.url).context["earlier"].url == ancienne.url
    # One that no language of the newer one names as such is told of it all the same.
    assert client.get(old.url).context["later"].url == new.url


@pytest.mark.parametrize("closed", [{"live": False}, {"private": True}])
def test_a_draft_takes_no_place_yet(
    client: Client, site: MadeSite, closed: dict[str, bool]
) -> None:
    old = make_output(site, "publication")
    make_output(site, "publication", supersedes=old, **closed)
    assert client.get(old.url).context["later"] is None


def test_nothing_takes_its_own_place_and_no_period_ends_before_it_begins(site: MadeSite) -> None:
    page = Publication.objects.get(pk=make_output(site, "publication").pk)
    page.supersedes = page
    with pytest.raises(ValidationError, match="own place"):
        page.clean()
    page.supersedes = None
    page.covers_from, page.covers_until = datetime.date(2020, 1, 2), datetime.date(2020, 1, 1)
    with pytest.raises(ValidationError, match="before the beginning"):
        page.clean()


@pytest.mark.parametrize(
    ("doi", "is_one"),
    [
        ("10.2838/45693", True),
        ("10.1787/abc-en(1);2", True),
        ("https://doi.org/10.2838/45693", False),
        ("10.2838/a b", False),
        ("10.2838/45693\n", False),
        ('10.2838/"><script>', False),
        ("10.28/4", False),
    ],
)
def test_a_doi_is_written_as_such(doi: str, is_one: bool) -> None:
    field = Publication._meta.get_field("doi")
    if is_one:
        assert field.clean(doi, None) == doi
    else:
        with pytest.raises(ValidationError):
            field.clean(doi, None)
