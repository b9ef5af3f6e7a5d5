"""What search engines read of an item: what its type has, and no way out of the block."""

import datetime
import json
import re
from typing import Any, Final

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from factories import MODELS, MadeSite, make_family, make_output

from contactpoint.kit.datablock import data_block
from contactpoint.media.models import CustomDocument
from contactpoint.network.models import Country, Institution
from contactpoint.outputs.models import OutputFile, OutputInstitution

# Of schema.org's vocabulary, what we may use of each type: those of Thing, then its own.
THING: Final = {"@context", "@type", "@id", "name", "description", "url", "image", "identifier"}
WORK: Final = THING | {
    *("about", "author", "dateModified", "datePublished", "encoding", "genre", "hasPart"),
    *("headline", "inLanguage", "isPartOf", "publisher", "spatialCoverage", "sponsor"),
    *("temporalCoverage", "workTranslation"),
}
KNOWN: Final = {
    "NewsArticle": WORK,
    "Report": WORK,
    "VideoObject": WORK
    | {"caption", "contentUrl", "duration", "encodingFormat", "thumbnailUrl", "uploadDate"},
    "Article": WORK,
    "Legislation": WORK | {"legislationIdentifier"},
    "Collection": WORK,
    "CreativeWork": WORK,
    "CreativeWorkSeries": WORK,
    "MediaObject": WORK | {"contentUrl", "contentSize", "encodingFormat", "sha256"},
    "Event": THING
    | {"about", "endDate", "eventAttendanceMode", "eventStatus", "inLanguage", "location"}
    | {"organizer", "startDate"},
    "JobPosting": THING
    | {"title", "datePosted", "validThrough", "hiringOrganization"}
    | {"jobLocation"},
    "PostalAddress": {"@type", "addressCountry"},
    "Organization": THING,
    "Person": THING,
    "DefinedTerm": THING,
    "Place": THING | {"address"},
    "VirtualLocation": THING,
}
TYPES: Final = {
    "news-item": "NewsArticle",
    "publication": "Report",
    "event": "Event",
    "video": "VideoObject",
    "vacancy": "JobPosting",
    "development": "Legislation",
}
BLOCK: Final = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def read(client: Client, url: str) -> dict[str, Any]:
    """What the page is, without where it stands."""
    blocks = map(json.loads, BLOCK.findall(client.get(url).content.decode()))
    (found,) = [one for one in blocks if one["@type"] != "BreadcrumbList"]
    told: dict[str, Any] = found
    return told


def check(node: Any) -> None:
    """Every property is one that its type has, and none is empty."""
    if isinstance(node, list):
        for one in node:
            check(one)
    elif isinstance(node, dict):
        assert set(node) <= KNOWN[node["@type"]], node["@type"]
        for value in node.values():
            assert value not in ("", [], {}, None)
            check(value)


def full(site: MadeSite, kind: str, **fields: Any) -> Any:
    """An item of a kind with all that it can say."""
    moment = datetime.datetime(2021, 3, 4, 9, 30, tzinfo=datetime.UTC)
    own: dict[str, dict[str, Any]] = {
        "publication": {
            "authors": "Duprez, Aline",
            "covers_from": datetime.date(2020, 1, 1),
            "covers_until": datetime.date(2020, 12, 31),
            "doi": "10.2838/45693",
        },
        "event": {"starts_at": moment, "ends_at": moment, "place": "Ghent", "online": True},
        "vacancy": {"closes_on": timezone.localdate() + datetime.timedelta(days=9)},
        "development": {
            "effective_on": datetime.date(2021, 1, 1),
            "legal_reference": "Act of 15 December 1980",
        },
    }
    page = make_output(
        site,
        kind,
        themes=["asylum"],
        concepts=["reception"],
        institutions=["myria"],
        countries=["BE"],
        families=[make_family("pathways", "study")],
        **own.get(kind, {}) | fields,
    )
    OutputInstitution.objects.update(role="publisher")
    return page


@pytest.mark.parametrize("kind", MODELS)
def test_each_kind_says_what_its_type_has(client: Client, site: MadeSite, kind: str) -> None:
    page = full(site, kind)
    document = CustomDocument.objects.create(
        title="Annex", file=ContentFile(b"a,b", name="annex.csv"), language="fr"
    )
    OutputFile.objects.create(page=page, document=document)
    found = read(client, page.url)
    check(found)
    assert found["@type"] == TYPES[kind]
    assert found["name"] == page.title
    assert found["url"] == settings.BASE_URL + page.url
    assert found["description"] == page.teaser


def test_a_vacancy_is_where_its_employer_is(client: Client, site: MadeSite) -> None:
    page = full(site, "vacancy")
    assert "jobLocation" not in read(client, page.url)
    Institution.objects.update(country=Country.objects.get(code="BE"))
    found = read(client, page.url)
    check(found)
    assert found["jobLocation"]["address"] == {"@type": "PostalAddress", "addressCountry": "BE"}


@pytest.mark.parametrize("kind", MODELS)
def test_a_bare_item_leaves_out_what_nobody_knows(
    client: Client, site: MadeSite, kind: str
) -> None:
    check(read(client, make_output(site, kind, teaser="", published_on=None).url))


@pytest.mark.parametrize("kind", ["news-item", "publication", "video", "development"])
def test_a_work_names_its_language_and_its_translations(
    client: Client, site: MadeSite, kind: str
) -> None:
    page = full(site, kind)
    french = make_output(site, kind, language="fr", translation_of=page)
    make_output(site, kind, language="de", translation_of=page, live=False)
    found = read(client, page.url)
    assert found["inLanguage"] == "en"
    assert [(one["inLanguage"], one["url"]) for one in found["workTranslation"]] == [
        ("fr", settings.BASE_URL + french.url)
    ]
    (back,) = read(client, french.url)["workTranslation"]
    assert back["inLanguage"] == "en"


def test_a_publication_says_who_when_what_for_and_in_which_files(
    client: Client, site: MadeSite
) -> None:
    page = full(site, "publication", published_on=datetime.date(2021, 6, 29))
    document = CustomDocument.objects.create(
        title="Annex", file=ContentFile(b"a,b", name="annex.csv"), language="fr"
    )
    OutputFile.objects.create(page=page, document=document)
    found = read(client, page.url)
    assert found["author"] == [{"@type": "Person", "name": "Duprez, Aline"}]
    assert found["publisher"] == [{"@type": "Organization", "name": "Myria"}]
    assert found["datePublished"] == "2021-06-29"
    assert found["temporalCoverage"] == "2020-01-01/2020-12-31"
    assert found["identifier"] == "https://doi.org/10.2838/45693"
    assert found["isPartOf"][0]["url"] == f"{settings.BASE_URL}/en/studies/pathways/"
    (file,) = found["encoding"]
    assert (file["inLanguage"], file["encodingFormat"]) == ("fr", "text/csv")
    assert len(file["sha256"]) == 64


def test_an_event_says_when_and_where_in_both_ways_to_be_there(
    client: Client, site: MadeSite
) -> None:
    found = read(client, full(site, "event").url)
    assert [one["@type"] for one in found["location"]] == ["Place", "VirtualLocation"]
    assert found["eventAttendanceMode"].endswith("/MixedEventAttendanceMode")
    assert found["startDate"].startswith("2021-03-04T")
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    day = full(site, "event", whole_day=True, online=False, called_off=True)
    found = read(client, day.url)
    assert found["startDate"] == "2021-03-04"
    assert found["eventStatus"] == "https://schema.org/EventCancelled"
    assert found["eventAttendanceMode"].endswith("/OfflineEventAttendanceMode")


def test_a_development_without_a_law_is_an_article(client: Client, site: MadeSite) -> None:
    assert read(client, full(site, "development", legal_reference="").url)["@type"] == "Article"


@pytest.mark.parametrize("kind", MODELS)
def test_no_text_gets_out_of_the_block(client: Client, site: MadeSite, kind: str) -> None:
    evil = '</script><script>alert(1)</script><!--<script> & "quoted" \u2028'
    page = make_output(site, kind, title=evil, slug="evil", teaser=evil)
    html = client.get(page.url).content.decode()
    assert "<script>alert" not in html
    assert "<!--<script>" not in html
    assert read(client, page.url)["name"] == evil


def test_a_block_holds_no_sign_that_html_knows() -> None:
    text = str(data_block({"a": "<>&\u2028\u2029", "</script>": 1}))
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {"a": "<>&\u2028\u2029", "</script>": 1}


@pytest.mark.parametrize(("form", "folder"), [("study", "studies"), ("series", "series")])
def test_a_study_and_a_series_name_their_parts(
    client: Client, site: MadeSite, form: str, folder: str
) -> None:
    family = make_family("pathways", form, en="</script>Pathways")
    page = make_output(site, "publication", families=[family])
    make_output(site, "event", families=[family])
    found = read(client, f"/en/{folder}/pathways/")
    check(found)
    assert found["name"] == "</script>Pathways"
    assert [part["url"] for part in found["hasPart"]] == [settings.BASE_URL + page.url]
