"""Translators see what waits, translate beside the original, and nobody else may."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from editing import rows, sign_in, stream
from factories import MadeSite, make_concept, make_output
from translating import PARAGRAPHS, fresh, translate
from wagtail.models import GroupPagePermission, PageLogEntry
from wagtail_localize.machine_translators.dummy import DummyTranslator
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation

from contactpoint.glossary.models import ConceptLabel
from contactpoint.glossary.terms import vocabulary
from contactpoint.kit.models import PageReads
from contactpoint.languages.desk.exchange import HEADER, LARGEST
from contactpoint.languages.desk.terms import with_terms
from contactpoint.languages.models import Original, Standing
from contactpoint.outputs.models import Output

Publish = Callable[..., Any]
ONE, TWO, THREE = PARAGRAPHS
BOARD = "languages_board"


class Broken(DummyTranslator):
    """A service that is down."""

    def translate(self, source_locale: Any, target_locale: Any, strings: Any) -> Any:
        raise ConnectionError("down")


def _board(client: Client, **asked: str) -> str:
    answer = client.get(reverse(BOARD), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def _segment(translation: Translation, words: str) -> StringSegment:
    return StringSegment.objects.get(source=translation.source, string__data=words)


def _form(client: Client, page: Output) -> dict[str, str]:
    context = client.get(reverse("languages_beside", args=[page.pk])).context
    return {f"text-{one.pk}": one.value for one in context["segments"]}


def test_the_board_tells_what_is_missing_older_and_in_work(
    client: Client, site: MadeSite, dutch: Output, by_hand: Output, publish: Publish
) -> None:
    study = make_output(site, "publication", title="A study", language="en")
    draft = make_output(site, "publication", language="de", translation_of=study, live=False)
    draft.title = "Eine Studie"
    draft.save_revision()
    publish(dutch, ONE, "Other.", "Third.")
    sign_in(client)
    missing = _board(client, state="missing", **{"in": "en"})
    assert "Opvang" in missing
    assert "A study" not in missing
    assert "A study" in _board(client, state="missing", **{"in": "fr"})
    assert "A study" not in _board(client, state="missing", kind="video", **{"in": "fr"})
    assert "A study" not in _board(client, state="missing", **{"in": "de"})
    older = _board(client, state="outdated", **{"in": "fr"})
    assert "Accueil" in older
    assert "<td>2</td>" in older
    assert f"pages/{draft.pk}/edit" in _board(client, state="work", **{"in": "de"})
    counted = {
        code: [cell["number"] for cell in cells]
        for code, _name, cells in client.get(reverse(BOARD)).context["languages"]
    }
    assert counted == {
        "en": [1, 0, 0, 0], "fr": [1, 1, 0, 0], "nl": [1, 0, 0, 0], "de": [1, 0, 0, 1]
    }  # fmt: skip


def test_what_is_published_unfinished_stays_on_the_board(
    client: Client, dutch: Output, committed: Any
) -> None:
    sign_in(client)
    committed(client.post, reverse("languages_start"), {"page": dutch.pk, "language": "fr"})
    page = Translation.objects.get().get_target_instance()
    address = reverse("languages_beside", args=[page.pk])
    asked = {"state": "unfinished", "in": "fr"}
    assert "Nothing waits here." in _board(client, **asked)
    committed(client.post, address, {"publish": "1"})
    told = client.post(address, {"publish": "1"}, follow=True).content.decode()
    assert "5 paragraphs are not translated yet and stand here in Dutch." in told
    board = client.get(reverse(BOARD), asked)
    assert [(row.page.pk, row.paragraphs) for row in board.context["rows"]] == [(page.pk, 5)]
    assert [cells[2]["number"] for _c, _n, cells in board.context["languages"]] == [0, 1, 0, 0]
    data = dict.fromkeys(_form(client, page), "Texte")
    committed(client.post, address, data | {"publish": "1"})
    told = client.post(address, data | {"publish": "1"}, follow=True).content.decode()
    assert "in Dutch." not in told
    assert "Nothing waits here." in _board(client, **asked)


def test_the_board_opens_where_something_waits(
    client: Client, site: MadeSite, by_hand: Output, dutch: Output, publish: Publish
) -> None:
    sign_in(client)
    make_output(site, title="A study")
    make_output(site, language="en", translation_of=dutch)

    def opened(**asked: str) -> tuple[str, str]:
        chosen = client.get(reverse(BOARD), asked).context["chosen"]
        return chosen["in"], chosen["state"]

    assert opened() == ("fr", "missing"), "English lacks nothing"
    publish(dutch, ONE, "Other.", THREE)
    assert opened() == ("fr", "outdated")
    make_output(site, language="nl")
    assert opened() == ("en", "missing"), "an editor's own language comes first"
    assert opened(**{"in": "de"}) == ("de", "missing")
    assert opened(state="work") == ("en", "work")
    assert opened(**{"in": "nl", "state": "outdated"}) == ("nl", "outdated")
    assert "A study" in _board(client, **{"in": "de"})


def test_kinds_go_before_age_and_what_waits_longest_first(client: Client, site: MadeSite) -> None:
    for number, kind in enumerate(("video", "news-item", "news-item", "publication")):
        make_output(site, kind, title=f"Number {number}")
    sign_in(client)
    rows = client.get(reverse(BOARD), {"state": "missing", "in": "de"}).context["rows"]
    assert [row.page.title for row in rows] == ["Number 3", "Number 2", "Number 1", "Number 0"]


def test_what_is_read_most_and_waits_longest_goes_before_all(
    client: Client, site: MadeSite
) -> None:
    made = {
        name: make_output(site, "video" if name == "often" else "news-item", title=name)
        for name in ("unread", "often", "long", "once")
    }
    french = make_output(site, language="fr", translation_of=made["long"])
    today, now = timezone.localdate(), timezone.now()
    for page, number, days_ago in (
        (made["often"], 30, 0), (made["long"], 2, 89), (french, 4, 1), (made["once"], 1, 0),
        (made["unread"], 900, 90),
    ):  # fmt: skip
        day = today - timedelta(days=days_ago)
        PageReads.objects.create(page_id=page.pk, day=day, number=number)
    Output.objects.update(first_published_at=now - timedelta(days=10))
    Output.objects.filter(pk=made["long"].pk).update(first_published_at=now - timedelta(days=100))
    sign_in(client)
    answer = client.get(reverse(BOARD), {"state": "missing", "in": "de"})
    assert [(row.page.title, row.reads) for row in answer.context["rows"]] == [
        ("long", 6), ("often", 30), ("once", 1), ("unread", 0),
    ]  # fmt: skip
    assert ">30</td>" in answer.content.decode()


@pytest.mark.parametrize("state", ["missing", "outdated", "unfinished", "work"])
def test_the_board_asks_no_more_for_many_than_for_few(
    client: Client, site: MadeSite, state: str
) -> None:
    sign_in(client)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            _board(client, state=state, **{"in": "fr"})
        return len(captured)

    def fill(number: int) -> None:
        for _each in range(number):
            page = make_output(site)
            other = make_output(
                site, language="fr", translation_of=page, has_unpublished_changes=True
            )
            make_output(site)
            original = Original.objects.create(page_id=page.pk)
            Standing.objects.create(page_id=other.pk, original=original, outdated=1, unfinished=1)

    fill(2)
    queries()
    few = queries()
    fill(28)
    assert queries() <= few + 1  # the links to further pages ask nothing; the rest is the same


def test_one_click_starts_a_translation_and_leads_to_its_pieces(
    client: Client, dutch: Output, committed: Any
) -> None:
    sign_in(client)
    answer = committed(
        client.post, reverse("languages_start"), {"page": dutch.pk, "language": "fr"}
    )
    made = Translation.objects.get().get_target_instance()
    assert answer["Location"] == reverse("languages_beside", args=[made.pk])
    assert not made.live
    shown = client.get(answer["Location"]).content.decode()
    assert TWO in shown
    assert "0 of 5 paragraphs translated" in shown


def test_translating_saving_and_publishing_beside_the_original(
    client: Client, dutch: Output, committed: Any
) -> None:
    sign_in(client)
    committed(client.post, reverse("languages_start"), {"page": dutch.pk, "language": "fr"})
    translation = Translation.objects.get()
    page = translation.get_target_instance()
    data = _form(client, page)
    data = {name: f"Texte {number}" for number, name in enumerate(data)}
    address = reverse("languages_beside", args=[page.pk])
    committed(client.post, address, data)
    assert not fresh(page).live
    committed(client.post, address, _form(client, page) | {"publish": "1"})
    page = fresh(page)
    assert page.live
    assert page.title == "Texte 0"
    assert "<p>Texte 3</p>" in str(page.body)
    assert Standing.objects.get(pk=page.pk).differences == []
    assert StringTranslation.objects.filter(last_translated_by__isnull=False).count() == 5


def test_what_changed_is_shown_and_the_earlier_words_are_kept_only_if_found_right(
    client: Client, dutch: Output, by_segment: Translation, publish: Publish, committed: Any
) -> None:
    publish(dutch, ONE, "Four centres opened their doors.", THREE)
    page = by_segment.get_target_instance()
    sign_in(client)
    address = reverse("languages_beside", args=[page.pk])
    assert "Take the changes of the original" in client.get(address).content.decode()
    committed(client.post, reverse("languages_start"), {"page": dutch.pk, "language": "fr"})
    shown = client.get(address).content.decode()
    assert "Take the changes of the original" not in shown
    assert "<del>Three</del><ins>Four</ins> centres" in shown
    assert f">FR {TWO}</textarea>" in shown
    data = _form(client, page)
    committed(client.post, address, data)
    segment = _segment(by_segment, "Four centres opened their doors.")
    assert not segment.string.translations.exists(), "an untouched field says nothing"
    committed(client.post, address, data | {f"right-{segment.pk}": "on", "publish": "1"})
    assert segment.string.translations.get().data == f"FR {TWO}"
    assert Standing.objects.get(pk=page.pk).outdated == 0


def test_a_page_of_its_own_says_what_it_follows(
    client: Client, dutch: Output, by_hand: Output, publish: Publish
) -> None:
    publish(dutch, ONE, "Other.", THREE)
    sign_in(client)
    address = reverse("languages_beside", args=[by_hand.pk])
    (mark,) = client.get(address).context["marks"]
    client.post(address, {"follows": mark.difference.key})
    assert Standing.objects.get(pk=by_hand.pk).outdated == 0


def test_publishing_in_the_form_tells_what_is_older_now(
    client: Client, dutch: Output, by_hand: Output, publish: Publish, committed: Any
) -> None:
    publish(dutch, ONE, "Other.", THREE)
    sign_in(client)
    for made, address in (
        (dutch, reverse("languages_changes", args=[dutch.pk])),
        (by_hand, reverse("languages_beside", args=[by_hand.pk])),
    ):
        page = fresh(made)
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        html = str(page.body.raw_data[0]["value"])
        data = {
            "title": page.title, "slug": page.slug, "teaser": page.teaser, "seo_title": "",
            "search_description": "", "source_url": "", "series": "", "explains_terms": "on",
            "published_on": "2020-01-01", "action-publish": "1", "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0", **stream("body", html),
        }  # fmt: skip
        for name in ("theme_links", "classifications", "institution_links", "country_links",
                     "related_links", "family_links", "files"):  # fmt: skip
            data |= rows(name, [])
        answer = committed(client.post, edit, data, follow=True)
        assert address in answer.content.decode(), page.title


def test_an_editor_marks_a_change_as_cosmetic_and_the_history_tells(
    client: Client, dutch: Output, by_hand: Output, publish: Publish
) -> None:
    publish(dutch, ONE, "Three centers opened their doors.", THREE)
    sign_in(client)
    address = reverse("languages_changes", args=[dutch.pk])
    (change,) = client.get(address).context["changes"]
    assert change.languages == ["fr"]
    client.post(address, {"cosmetic": change.key})
    assert Standing.objects.get(pk=by_hand.pk).outdated == 0
    assert PageLogEntry.objects.filter(page=dutch.pk, action="languages.cosmetic").count() == 1
    assert client.get(address).context["changes"] == []


def test_a_change_marked_as_cosmetic_leaves_all_lists_of_a_translation_by_segments(
    client: Client, dutch: Output, by_segment: Translation, publish: Publish, committed: Any
) -> None:
    publish(dutch, ONE, f"{TWO}!", f"{THREE}!")
    sign_in(client)
    page = by_segment.get_target_instance()
    address = reverse("languages_changes", args=[dutch.pk])
    spelling, other = client.get(address).context["changes"]
    client.post(address, {"cosmetic": spelling.key})
    assert [change.key for change in client.get(address).context["changes"]] == [other.key]
    committed(client.post, reverse("languages_start"), {"page": dutch.pk, "language": "fr"})
    beside = reverse("languages_beside", args=[page.pk])
    right = _segment(by_segment, f"{THREE}!")
    typed = _form(client, page)
    assert typed[f"text-{_segment(by_segment, f'{TWO}!').pk}"] == f"FR {TWO}"
    committed(client.post, beside, typed | {f"right-{right.pk}": "on"})
    client.post(address, {"cosmetic": other.key})
    assert client.get(address).context["changes"] == []
    assert "FR Opvang" not in _board(client, state="outdated", **{"in": "fr"})
    committed(client.post, beside, _form(client, page) | {"publish": "1"})
    assert Standing.objects.get(pk=page.pk).differences == []
    assert "standing" not in client.get(fresh(page).url).content.decode()


def test_terms_of_the_original_carry_their_approved_translation(site: MadeSite) -> None:
    make_concept("reception", nl="opvang", fr="accueil", en="reception")
    make_concept("return", nl="terugkeer", en="return")
    vocabulary()
    parts = with_terms("De opvang en terugkeer <b>", "nl", "fr")
    assert [(part.text, part.translation) for part in parts if part.translation] == [
        ("opvang", "accueil")
    ]
    assert "".join(part.text for part in parts) == "De opvang en terugkeer <b>"


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("Guardianship", "tutelle"),
        ("legal guardianship", "tutelle"),
        ("guardian-ship", "tutelle"),
        ("guardianships", "tutelle"),  # a form of the label, recorded so that it is found
        ("guardian", ""),
        ("guardians", ""),
        ("wards of the state", ""),
    ],
)
def test_a_word_that_only_leads_to_a_concept_is_offered_no_translation(
    site: MadeSite, word: str, offered: str
) -> None:
    concept = make_concept("guardianship", en="guardianship", fr="tutelle")
    labels = [("legal guardianship", "alternative")]
    hidden = ("guardian", "guardians", "guardianships", "guardian-ship", "wards of the state")
    for text, kind in [*labels, *((text, "hidden") for text in hidden)]:
        ConceptLabel.objects.create(concept=concept, language="en", text=text, kind=kind)
    parts = with_terms(f"The {word} is there.", "en", "fr")
    assert [part.translation for part in parts if part.translation] == [offered] * bool(offered)
    assert vocabulary().annotate(f"The {word} is there.", "en"), "it still leads to the concept"


def _upload(client: Client, translation: Translation, content: bytes | None) -> Any:
    address = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    data = {"file": SimpleUploadedFile("x.po", content)} if content is not None else {}
    answer = client.post(address, data)
    assert answer.status_code == 302
    return client.get(answer["Location"]).content.decode()


def test_a_bureau_takes_a_po_file_and_sends_it_back(
    client: Client, by_segment: Translation, committed: Any
) -> None:
    sign_in(client)
    address = reverse("wagtail_localize:download_pofile", args=[by_segment.pk])
    po = polib.pofile(client.get(address).content.decode())
    assert {entry.msgid for entry in po} >= {ONE, TWO, THREE, "Opvang"}
    for entry in po:
        entry.msgstr = f"Bureau {entry.msgid}" if entry.msgctxt != "slug" else entry.msgstr
    shown = _upload(client, by_segment, str(po).encode())
    assert "0 fit no paragraph" in shown
    committed(by_segment.save_target)
    assert f"<p>Bureau {TWO}</p>" in str(by_segment.get_target_instance().body)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("Zie [[pending BE 2018-Q4]].", ""),
        ("Zie [[Pending&nbsp;be 2018Q4]].", ""),
        ("Zie [[pending BE 2018-Q3]].", "[[pending BE 2018-Q4]] stands in the original"),
        ("Zie [[pendig BE 2018-Q4]].", "[[pending BE 2018-Q4]] stands in the original"),
        ("Geen cijfer.", "[[pending BE 2018-Q4]] stands in the original and not here"),
        ("[[pending BE 2018-Q4]], [[pending EU 2018]]", "[[pending EU 2018]] stands here and not"),
        ("Zie [[pending BE 2018-Q4]] en [[pen", "Double brackets begin a figure"),
    ],
)
def test_a_translation_refers_to_the_figures_of_its_original_or_is_not_shown(
    by_segment: Translation, typed: str, problem: str
) -> None:
    string = String.objects.create(
        locale_id=by_segment.source.locale_id,
        data="See [[pending BE 2018-Q4]].",
        data_hash=uuid4(),
    )
    context = StringSegment.objects.filter(source=by_segment.source).first().context
    row = StringTranslation.objects.create(
        translation_of=string, locale=by_segment.target_locale, context=context, data=typed
    )
    assert row.has_error is bool(problem)
    assert problem in (row.get_error() or "")


def test_a_po_file_says_its_languages_and_has_plain_words_for_what_is_plain(
    client: Client, dutch: Output, committed: Any
) -> None:
    """As a bureau reads it; whatever it writes for such words is words, too."""
    sign_in(client)
    dutch.title = "Groei <5 % & meer"
    committed(dutch.save_revision().publish)
    committed(client.post, reverse("languages_start"), {"page": dutch.pk, "language": "fr"})
    translation = Translation.objects.get(target_locale__language_code="fr")
    address = reverse("wagtail_localize:download_pofile", args=[translation.pk])
    po = polib.pofile(client.get(address).content.decode())
    assert (po.metadata["Language"], po.metadata["X-Source-Language"]) == ("fr", "nl")
    assert "Groei" in po.metadata["Project-Id-Version"]
    assert "slug" not in {entry.msgctxt for entry in po}
    (title,) = [entry for entry in po if entry.msgctxt == "title"]
    assert title.msgid == "Groei <5 % & meer"
    assert title.comment == "Plain text."
    title.msgstr = "Croissance <5 % & plus"
    assert "0 fit no paragraph or are unsure, 0 hold" in _upload(
        client, translation, str(po).encode()
    )
    page = translation.get_target_instance()
    beside = client.get(reverse("languages_beside", args=[page.pk])).content.decode()
    assert ">Croissance &lt;5 % &amp; plus</textarea>" in beside
    committed(client.post, reverse("languages_beside", args=[page.pk]), _form(client, page))
    again = polib.pofile(client.get(address).content.decode())
    assert "Croissance <5 % & plus" in {entry.msgstr for entry in again}
    committed(translation.save_target)
    assert translation.get_target_instance().title == "Croissance <5 % & plus"


def test_an_address_in_a_po_file_is_no_text(
    client: Client, by_segment: Translation, committed: Any
) -> None:
    before = by_segment.get_target_instance().slug
    sign_in(client)
    slug = StringSegment.objects.get(source=by_segment.source, context__path="slug")
    po = polib.POFile()
    po.metadata = {HEADER: str(by_segment.uuid), "Content-Type": "text/plain; charset=utf-8"}
    po.append(polib.POEntry(msgid=slug.string.data, msgstr="accueil-2026", msgctxt="slug"))
    shown = _upload(client, by_segment, str(po).encode())
    assert "1 fit no paragraph or are unsure, 0 hold markup or an address" in shown
    committed(by_segment.save_target)
    assert by_segment.get_target_instance().slug == before


def test_what_an_earlier_file_held_is_not_counted_again(
    client: Client, by_segment: Translation
) -> None:
    po = polib.POFile()
    po.metadata = {HEADER: str(by_segment.uuid), "Content-Type": "text/plain; charset=utf-8"}
    path = _segment(by_segment, ONE).context.path
    po.append(polib.POEntry(msgid=ONE, msgstr="<script>alert(1)</script>", msgctxt=path))
    sign_in(client)
    assert "1 hold markup" in _upload(client, by_segment, str(po).encode())
    path = _segment(by_segment, TWO).context.path
    po[0].msgid, po[0].msgstr, po[0].msgctxt = TWO, "Deux", path
    assert "0 hold markup" in _upload(client, by_segment, str(po).encode())


def test_the_page_for_translating_names_the_language(
    client: Client, by_segment: Translation
) -> None:
    sign_in(client)
    page = by_segment.get_target_instance()
    shown = client.get(reverse("languages_beside", args=[page.pk])).content.decode()
    heading = f"Into French: {page.get_admin_display_title()}"
    assert f"<title>\n            {heading}" in shown or shown.count(heading) >= 2
    assert "PO file in French" in shown


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (None, "Choose a PO file"),
        (b"", "no PO file"),
        (b"\x00\xff\xfe not a po", "no PO file"),
        (b'msgid "a', "no PO file"),
        (b"/etc/passwd", "no PO file"),
        (b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=rot13\\n"\n', "another"),
        (b"#" * (LARGEST + 1), "too large"),
    ],
)
def test_a_hostile_po_file_is_refused_with_a_sentence(
    client: Client, by_segment: Translation, content: bytes | None, answer: str
) -> None:
    before = list(StringTranslation.objects.values_list("pk", "data"))
    sign_in(client)
    assert answer in _upload(client, by_segment, content)
    assert list(StringTranslation.objects.values_list("pk", "data")) == before


def test_hostile_entries_of_a_po_file_reach_no_page(
    client: Client, dutch: Output, by_segment: Translation, committed: Any
) -> None:
    po = polib.POFile()
    po.metadata = {HEADER: str(by_segment.uuid), "Content-Type": "text/plain; charset=utf-8"}
    path = _segment(by_segment, TWO).context.path
    for msgid, msgstr, context in (
        (ONE, "<script>alert(1)</script>", path),
        (TWO, '<a href="javascript:alert(1)">x</a>', path),
        (THREE, '<b onclick="x()">y</b>', path),
        ("Unknown", "Words", path),
        (ONE, "Words", "another.path"),
        (ONE, "Words", None),
    ):
        po.append(polib.POEntry(msgid=msgid, msgstr=msgstr, msgctxt=context))
    sign_in(client)
    shown = _upload(client, by_segment, str(po).encode())
    assert "3 hold markup" in shown
    assert "2 of 5 paragraphs translated" in shown
    committed(by_segment.save_target)
    page = by_segment.get_target_instance()
    assert "<td>3</td>" in _board(client, state="unfinished", **{"in": "fr"})
    for word in ("script", "javascript", "onclick"):
        assert word not in str(page.body)


def test_a_machine_translates_only_where_it_was_set_up(
    client: Client,
    by_segment: Translation,
    settings: Any,
    committed: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert getattr(settings, "WAGTAILLOCALIZE_MACHINE_TRANSLATOR", None) is None
    sign_in(client)
    page = by_segment.get_target_instance()
    address = reverse("languages_beside", args=[page.pk])
    machine = reverse("wagtail_localize:machine_translate", args=[by_segment.pk])
    assert machine not in client.get(address).content.decode()
    assert client.post(machine).status_code in (302, 404)
    assert not StringTranslation.objects.filter(translation_type="machine").exists()
    name = f"{DummyTranslator.__module__}.{DummyTranslator.__name__}"
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": name}
    segment = _segment(by_segment, TWO)
    segment.string.translations.all().delete()
    assert machine in client.get(address).content.decode()
    client.post(machine, {"next": address})
    (theirs,) = segment.string.translations.all()
    assert (theirs.translation_type, theirs.tool_name) == ("machine", "Dummy translator")
    monkeypatch.setattr(DummyTranslator, "translate", Broken.translate)
    _segment(by_segment, ONE).string.translations.all().delete()
    assert "did not answer" in client.get(client.post(machine)["Location"]).content.decode()
    translate(by_segment, _segment(by_segment, ONE), "FR un")
    committed(client.post, address, _form(client, page) | {"publish": "1"})
    assert Standing.objects.get(pk=page.pk).unchecked == 1, "saving is not checking"
    committed(
        client.post, address, _form(client, page) | {"publish": "1", f"right-{segment.pk}": "on"}
    )
    assert Standing.objects.get(pk=page.pk).unchecked == 0


def test_nobody_translates_what_they_may_not_change(
    client: Client, site: MadeSite, dutch: Output, by_segment: Translation
) -> None:
    page = by_segment.get_target_instance()
    user = sign_in(client)
    GroupPagePermission.objects.filter(group__in=user.groups.all()).update(
        page=site.lists["en"]["events"]
    )
    asked = {"page": dutch.pk, "language": "de"}
    answers = [
        client.get(reverse("languages_beside", args=[page.pk])),
        client.post(reverse("languages_beside", args=[page.pk]), {}),
        client.get(reverse("languages_changes", args=[dutch.pk])),
        client.post(reverse("languages_changes", args=[dutch.pk]), {}),
        client.post(reverse("languages_start"), asked),
        client.post(reverse("languages_start"), asked | {"language": "fr"}),
        client.post(reverse("wagtail_localize:upload_pofile", args=[by_segment.pk])),
        client.get(reverse("wagtail_localize:submit_page_translation", args=[dutch.pk])),
        client.get(reverse("wagtail_localize:update_translations", args=[by_segment.source_id])),
    ]
    # Wagtail answers a person who may not with its front page and a word.
    assert {answer.status_code for answer in answers} == {302}
    assert {answer["Location"] for answer in answers} == {"/admin/"}
    assert Translation.objects.count() == 1
    assert "Opvang" not in _board(client, state="missing", **{"in": "de"})
    user.groups.get().permissions.filter(codename="submit_translation").delete()
    assert client.get(reverse(BOARD)).status_code == 302
    assert Client().get(reverse(BOARD)).status_code in (302, 403)


def test_a_question_that_makes_no_sense_is_refused(client: Client, dutch: Output) -> None:
    sign_in(client)
    for asked in ({"in": "xx"}, {"state": "x"}, {"kind": "x"}):
        assert client.get(reverse(BOARD), asked).status_code == 400
    start = reverse("languages_start")
    assert client.post(start, {"page": dutch.pk, "language": "nl"}).status_code == 400
    assert client.post(start, {"page": "x", "language": "fr"}).status_code == 400
    assert client.post(start, {"page": "999999", "language": "fr"}).status_code in (302, 404)
    assert client.get(start).status_code == 405


def test_whoever_publishes_is_led_to_the_languages_that_are_not_there(
    client: Client, site: MadeSite, dutch: Output
) -> None:
    sign_in(client)
    data = {"title": "Opvang", "slug": dutch.slug, "action-publish": "1", **stream("body", "Kort.")}
    for name in ("theme_links", "classifications", "institution_links", "country_links"):
        data |= rows(name, [])
    for name in ("family_links", "related_links", "files", "comments"):
        data |= rows(name, [])
    edit = reverse("wagtailadmin_pages:edit", args=[dutch.pk])
    told = client.post(edit, data, follow=True).content.decode()
    further = reverse("languages_further", args=[dutch.pk])
    assert "Not there yet in: English, Français, Deutsch." in told
    assert f'href="{further}"' in told
    page = client.get(further).content.decode()
    assert page.count("autofocus") == 1
    begun = client.post(
        reverse("languages_start"), {"page": dutch.pk, "language": "de"}, follow=True
    )
    first = begun.context["segments"][0]
    assert begun.content.decode().count("autofocus") == 1
    assert begun.context["first"] == first.pk
    assert [code for code, _name in client.get(further).context["languages"]] == ["en", "fr"]


def test_a_published_translation_leads_to_the_next_language(
    client: Client, by_segment: Translation
) -> None:
    sign_in(client)
    page = by_segment.get_target_instance()
    address = reverse("languages_beside", args=[page.pk])
    told = client.post(address, {**_form(client, page), "publish": "1"}, follow=True)
    assert "Not there yet in: English, Deutsch." in told.content.decode()


def test_the_languages_to_begin_are_for_whoever_may_have_them_made(
    client: Client, site: MadeSite, dutch: Output
) -> None:
    further = reverse("languages_further", args=[dutch.pk])
    assert client.get(further).status_code == 302
    user = sign_in(client)
    user.groups.clear()
    assert client.get(further).status_code in (302, 403)
    assert "autofocus" not in client.get(further).content.decode()


def test_what_stands_untranslated_and_has_changed_is_on_the_board_and_offered_to_nobody(
    client: Client, dutch: Output, by_segment: Translation, publish: Publish, committed: Any
) -> None:
    _segment(by_segment, TWO).string.translations.all().delete()
    committed(by_segment.save_target)
    french = by_segment.get_target_instance()
    publish(dutch, ONE, "Nine centres closed.", THREE)
    sign_in(client)
    assert french.title in _board(client, state="outdated", language="fr")
    changes = client.get(reverse("languages_changes", args=[dutch.pk])).context["changes"]
    assert [(one.kind, one.languages) for one in changes] == [("changed", ["fr"])]
    by_segment.source.refresh_from_db()
    by_segment.source.update_from_db()
    segments = client.get(reverse("languages_beside", args=[french.pk])).context["segments"]
    (changed,) = [one for one in segments if one.html == "Nine centres closed."]
    assert changed.changed
    assert changed.value == "", "the older original is no translation"
