"""Files of an output: what readers see of them, in which order, and what is kept from them."""

import re

import made_files as made
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from editing import sign_in
from factories import MODELS, MadeSite, make_output
from wagtail.models import Collection, CollectionViewRestriction

from contactpoint.media.models import CustomDocument, DocumentReading
from contactpoint.outputs.files import files_of, placed
from contactpoint.outputs.models import Output, OutputFile


def document(
    title: str, data: bytes = b"words", name: str = "a.zip", **fields: object
) -> CustomDocument:
    row = CustomDocument(title=title, file=ContentFile(data, name=name), **fields)
    row.file_size = len(data)
    row.save()
    return row


def attach(page: Output, *documents: CustomDocument) -> None:
    for order, row in enumerate(documents):
        OutputFile.objects.create(page=page, document=row, sort_order=order)


def listed(client: Client, page: Output) -> list[str]:
    """The text of each line of the list of files."""
    html = client.get(page.url).content.decode()
    lines = re.findall(r"<li><a href=\"/documents/.*?</li>", html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in lines]


@pytest.mark.parametrize("kind", MODELS)
def test_every_kind_of_output_lists_its_files(client: Client, site: MadeSite, kind: str) -> None:
    page = make_output(site, kind)
    study = made.pdf(["Asylum."], ["Return."])
    attach(page, document("The study", study, "study.pdf", language="en"))
    assert listed(client, page) == [f"The study PDF 2 pages {len(study)} bytes"]


def test_an_output_without_files_has_no_list(client: Client, site: MadeSite) -> None:
    assert 'class="files"' not in client.get(make_output(site).url).content.decode()


def test_files_in_the_readers_language_stand_first_and_others_say_theirs(
    client: Client, site: MadeSite
) -> None:
    page = make_output(site, language="en")
    attach(
        page, document("Étude", language="fr"), document("Data"), document("Study", language="en")
    )
    assert [line.split(" ZIP")[0] for line in listed(client, page)] == [
        "Data",
        "Study",
        "Étude French",
    ]
    html = client.get(page.url).content.decode()
    assert 'lang="fr" hreflang="fr">Étude</a>' in html


def test_the_link_leads_to_the_file(client: Client, site: MadeSite) -> None:
    page = make_output(site)
    attach(page, document("Data", b"a,b", "data.csv"))
    url = re.search(r'<a href="(/documents/[^"]+)"', client.get(page.url).content.decode())[1]
    answer = client.get(url)
    assert b"".join(answer.streaming_content) == b"a,b"
    assert (
        answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    )
    assert "Content-Encoding" not in answer


def test_a_file_of_a_closed_collection_is_not_shown(client: Client, site: MadeSite) -> None:
    closed = Collection.get_first_root_node().add_child(name="Closed")
    restriction = CollectionViewRestriction.objects.create(
        collection=closed, restriction_type="login"
    )
    page = make_output(site)
    attach(page, document("Secret draft", collection=closed))
    assert "Secret draft" not in client.get(page.url).content.decode()
    assert files_of([page.pk]) == {}
    restriction.delete()
    assert listed(client, page) == ["Secret draft ZIP 5 bytes"]


def test_a_title_with_marks_is_text(client: Client, site: MadeSite) -> None:
    page = make_output(site)
    attach(page, document("<b>Study</b>", language='en"><script>'))
    html = client.get(page.url).content.decode()
    assert "&lt;b&gt;Study&lt;/b&gt;" in html
    assert "<script>" not in html


def test_length_is_told_only_where_it_is_known(client: Client, site: MadeSite) -> None:
    page = make_output(site)
    attach(
        page,
        document("Word", made.docx("One."), "a.docx"),
        document("Slides", made.pptx("One.", "Two."), "a.pptx"),
        document("Sheets", made.xlsx({"One": [["a"]]}), "a.xlsx"),
    )
    DocumentReading.objects.filter(document__title="Word").delete()
    lengths = [re.sub(r" [\d.]+ KB$| \d+ bytes$", "", line) for line in listed(client, page)]
    assert lengths == ["Word DOCX", "Slides PPTX 2 slides", "Sheets XLSX 1 sheet"]


def test_each_file_of_a_thing_stands_under_the_page_in_its_language(site: MadeSite) -> None:
    english = make_output(site)
    french = make_output(site, language="fr", translation_of=english)
    rows = [
        document("Study", language="en"), document("Étude", language="fr"),
        document("Studie", language="sv"), document("Data"),
    ]  # fmt: skip
    for page in (english, french):
        attach(page, *rows)
    found = placed(files_of([english.pk, french.pk]), {english.pk: "en", french.pk: "fr"})
    titles = {pk: [file.title for file in files] for pk, files in found.items()}
    assert titles == {english.pk: ["Study", "Studie", "Data"], french.pk: ["Étude"]}


def test_the_form_of_every_kind_has_files_on_the_source_only(
    client: Client, site: MadeSite
) -> None:
    sign_in(client)
    english = make_output(site, "event")
    french = make_output(site, "event", language="fr", translation_of=english)
    for page in (english, french):
        attach(page, document("Programme"))
    form = client.get(reverse("wagtailadmin_pages:edit", args=[english.pk])).content.decode()
    assert 'name="files-TOTAL_FORMS"' in form
    form = client.get(reverse("wagtailadmin_pages:edit", args=[french.pk])).content.decode()
    assert 'name="files-TOTAL_FORMS"' not in form
    assert "Programme" in form
