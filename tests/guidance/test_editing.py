"""Editors write texts as plain text; drafts stay drafts, and a check holds for what was checked."""

import datetime
import json
import re
from pathlib import Path
from typing import Any

import guided
import pytest
from django.test import Client
from people import person

from contactpoint.guidance import sheet
from contactpoint.guidance.models import Click, Guide, GuideText, GuideTheme, Place

URL = "/admin/snippets/guidance/guidetext/"


def fields(text: GuideText, **changed: Any) -> dict[str, Any]:
    return {
        "guide": text.guide_id,
        "language": text.language,
        "title": text.title,
        "summary": text.summary,
        "body": "--- about\nYou tell your story.\n\n--- do-list list role=do\nCome on time.\n",
        "checked_by": "",
        "checked_on": "",
        **changed,
    }


@pytest.fixture
def editor(guides: None) -> Client:
    return person("Editors")[1]


def test_title_and_summary_begin_on_the_side_of_their_language(
    editor: Client, guides: None
) -> None:
    shown = editor.get(f"{URL}edit/{guided.text('interview', 'ar').pk}/").content.decode()
    for name in ("title", "summary"):
        field = shown[shown.index(f'name="{name}"') :].split(">", 1)[0]
        assert 'dir="auto"' in field


def test_a_text_is_shown_as_its_file_has_it_with_its_measure(editor: Client) -> None:
    page = editor.get(f"{URL}edit/{guided.text('interview').pk}/").content.decode()
    assert "--- do-list list role=do\nCome on time." in page
    assert "in a sentence" in page
    assert "LIX" in page


def test_a_translation_stands_beside_its_source(editor: Client) -> None:
    source = guided.text("interview")
    source.body[0]["text"] = "Another sentence."
    source.save()
    page = editor.get(f"{URL}edit/{guided.text('interview', 'ar').pk}/").content.decode()
    assert "Another sentence." in page
    assert "<code>about</code>" in page
    said = page.partition("<p data-said>")[2].partition("</p>")[0]
    assert "in a sentence" in said
    assert "LIX" not in said


def test_what_is_saved_is_a_draft_until_it_is_published(editor: Client, client: Client) -> None:
    text = guided.text("interview")
    address = "/en/guidance/procedure/interview/"
    answer = editor.post(f"{URL}edit/{text.pk}/", fields(text, title="New title"))
    assert answer.status_code == 302
    assert "New title" not in client.get(address).content.decode()
    data = fields(text, title="New title") | {"action-publish": "action-publish"}
    assert editor.post(f"{URL}edit/{text.pk}/", data).status_code == 302
    page = client.get(address).content.decode()
    assert "New title" in page
    assert "Come on time." in page
    assert guided.text("interview").body[1] == {
        "id": "do-list", "kind": "list", "text": "Come on time.", "role": "do",
    }  # fmt: skip


def test_a_mistake_is_told_with_its_line_and_nothing_is_saved(editor: Client) -> None:
    text = guided.text("ask")
    data = fields(text, body="--- about\nx\n--- about lst\ny **z\n")
    page = editor.post(f"{URL}edit/{text.pk}/", data).content.decode()
    assert "Text, line 3: “lst” is no kind" in page
    assert "Text, line 3: “about” stands in line 1 too" in page
    assert "Text, line 4: ** opens or closes alone" in page
    assert "--- about lst" in page
    assert not guided.text("ask").revisions.exists()


def test_who_checked_is_kept_with_the_words_that_were_checked(editor: Client) -> None:
    text = guided.text("ask")
    checked = {"checked_by": "The Service", "checked_on": "2026-03-05"}
    data = fields(text, **checked) | {"action-publish": "action-publish"}
    editor.post(f"{URL}edit/{text.pk}/", data)
    assert guided.text("ask").is_checked
    assert not guided.text("ask").is_example
    editor.post(f"{URL}edit/{text.pk}/", data | {"summary": "Something else."})
    assert not guided.text("ask").is_checked
    assert guided.text("ask").checked_on == datetime.date(2026, 3, 5)


def test_a_check_needs_a_name_and_a_day(editor: Client) -> None:
    text = guided.text("ask")
    answer = editor.post(f"{URL}edit/{text.pk}/", fields(text, checked_by="The Service"))
    assert "Say both who checked it and on which day." in answer.content.decode()


def test_a_translation_is_behind_until_its_block_is_changed_or_compared(editor: Client) -> None:
    source, text = guided.text("interview"), guided.text("interview", "ar")
    source.body[0]["text"], source.body[2]["text"] = "Another sentence.", "More."
    source.save()
    now = {block.id: block.digest for block in source.blocks}
    body = "--- about\nجملة أخرى.\n\n--- happens\nالموظف يسأل. اتصل 0800 12 34 56 الآن.\n"
    data = fields(text, body=body) | {"action-publish": "action-publish"}
    editor.post(f"{URL}edit/{text.pk}/", data)
    seen = guided.text("interview", "ar").seen
    assert seen["about"] == now["about"]
    assert seen["happens"] != now["happens"]
    editor.post(f"{URL}edit/{text.pk}/", data | {"compared": "on"})
    assert guided.text("interview", "ar").seen["happens"] == now["happens"]


def test_a_draft_is_previewed_as_the_page_of_its_language(editor: Client) -> None:
    text = guided.text("interview", "ar")
    data = fields(text, title="عنوان جديد", body="--- about\nكلمات جديدة.\n")
    url = f"{URL}preview/{text.pk}/"
    assert json.loads(editor.post(url, data).content)["is_valid"]
    page = editor.get(url).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "عنوان جديد" in page
    assert "كلمات جديدة." in page


def test_a_text_of_a_new_guide_is_previewed_before_anybody_can_read_it(editor: Client) -> None:
    guide = Guide.objects.create(theme=guided.text("ask").guide.theme, code="new", icon="hand")
    text = GuideText.objects.create(
        guide=guide, language="ps", title="New", summary="S.", live=False,
        body=[{"id": "a", "kind": "paragraph", "text": "Words."}],
    )  # fmt: skip
    assert "Words." in text.make_preview_request().content.decode()


def test_a_language_is_written_once_for_a_guide(editor: Client) -> None:
    data = fields(guided.text("ask"), title="Again")
    page = editor.post(f"{URL}add/", data).content.decode()
    assert "already exists" in page
    assert GuideText.objects.filter(guide__code="ask").count() == 1


def test_translators_write_drafts_and_publish_nothing(guides: None) -> None:
    translator = person("Translators")[1]
    text = guided.text("interview", "ar")
    data = fields(text, title="مسودة") | {"action-publish": "action-publish"}
    translator.post(f"{URL}edit/{text.pk}/", data)
    assert guided.text("interview", "ar").title != "مسودة"
    before, draft = guided.text("interview", "ar").revisions.order_by("created_at")
    assert before.as_object().title == guided.text("interview", "ar").title
    assert draft.as_object().title == "مسودة"


@pytest.mark.parametrize("kind", ["guidetext", "guide", "guidetheme", "place", "click"])
def test_who_has_no_right_sees_nothing_of_it(guides: None, kind: str) -> None:
    contributor = person("Contributors")[1]
    assert contributor.get(f"/admin/snippets/guidance/{kind}/").status_code == 302
    assert Client().get(f"/admin/snippets/guidance/{kind}/").status_code == 302


def test_editors_see_what_readers_said_and_change_none_of_it(editor: Client) -> None:
    Click.objects.create(
        day=datetime.date(2026, 3, 5), page="ask", language="so", kind="unclear", number=7
    )
    assert "I did not understand" in editor.get("/admin/snippets/guidance/click/").content.decode()
    assert editor.get("/admin/snippets/guidance/click/add/").status_code == 302


def test_a_place_is_written_with_hours_and_languages_as_one_types_them(editor: Client) -> None:
    place = Place.objects.get(code="legal")
    url = f"/admin/snippets/guidance/place/edit/{place.pk}/"
    assert "mo-fr 09:00-17:00\nsa 10:00-12:00" in editor.get(url).content.decode()
    data = {
        "code": "legal", "kind": "helpline", "names_en": "Helpline", "phone": "116 000",
        "languages": "en, TI", "hours": "mo 09:00-10:00", "sort_order": "1",
    }  # fmt: skip
    page = editor.post(url, data | {"hours": "sometimes", "phone": "call us"}).content.decode()
    assert "Line 1: write days and times" in page
    assert "Use digits" in page
    assert editor.post(url, data).status_code == 302
    place.refresh_from_db()
    assert place.hours == [{"days": "mo", "opens": "09:00", "closes": "10:00"}]
    assert place.languages == ["en", "ti"]
    assert place.dialled == "116000"


@pytest.mark.parametrize("code", ["help", "coverage", "Ask", "a b", "said", "step-1"])
def test_a_code_that_no_address_can_have_is_refused(editor: Client, code: str) -> None:
    theme = guided.text("ask").guide.theme_id
    data = {"code": code, "theme": theme, "icon": "hand", "sort_order": "0"}
    administrator = person("Administrators")[1]
    administrator.post("/admin/snippets/guidance/guide/add/", data)
    assert not Guide.objects.filter(code=code).exists()


PLACE = {
    "code": "legal", "kind": "helpline", "names_en": "Helpline", "sort_order": "1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"languages": "en, klingon"}, "“klingon” is no code of a language"),
        ({"languages": "en, <b>"}, "is no code of a language"),
        ({"latitude": "999", "longitude": "4"}, "Write a number from −90 to 90."),
        ({"latitude": "50", "longitude": "-181"}, "Write a number from −180 to 180."),
        ({"latitude": "50"}, "A point on the map needs both numbers, or neither."),
        ({"names_others": "zz: x"}, "“zz” is no code of a language"),
        ({"names_others": "ar: خط"}, "would be lost: fa, ti"),
    ],
)
def test_nonsense_about_a_place_is_refused(
    editor: Client, typed: dict[str, str], said: str
) -> None:
    place = Place.objects.get(code="legal")
    names = {"en": "Helpline", "ar": "خط", "fa": "خط", "ti": "መስመር"}
    Place.objects.filter(pk=place.pk).update(names=names)
    kept = "ar: خط\nfa: خط\nti: መስመር"
    url = f"/admin/snippets/guidance/place/edit/{place.pk}/"
    answer = editor.post(url, PLACE | {"names_others": kept} | typed)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    place.refresh_from_db()
    assert place.names == names


def test_a_place_is_named_in_languages_of_applicants(editor: Client) -> None:
    url = f"/admin/snippets/guidance/place/edit/{Place.objects.get(code='legal').pk}/"
    assert editor.post(url, PLACE | {"names_others": "ti: መስመር\nar: خط"}).status_code == 302
    assert Place.objects.get(code="legal").names == {"en": "Helpline", "ti": "መስመር", "ar": "خط"}


def test_editors_make_a_theme_and_a_guide(editor: Client) -> None:
    theme = {"code": "sport", "icon": "hand", "sort_order": "20", "labels_en": "Sport"}
    assert editor.post("/admin/snippets/guidance/guidetheme/add/", theme).status_code == 302
    pk = GuideTheme.objects.get(code="sport").pk
    guide = {"code": "swimming", "theme": pk, "icon": "hand", "sort_order": "0"}
    assert editor.post("/admin/snippets/guidance/guide/add/", guide).status_code == 302
    assert Guide.objects.get(code="swimming").theme_id == pk


def test_letters_of_every_language_are_there_in_the_admin(editor: Client) -> None:
    page = editor.get("/admin/snippets/guidance/guidetext/").content.decode()
    assert "guidance/admin.css" in page
    css = (Path(sheet.__file__).parent / "static/guidance/admin.css").read_text(encoding="utf-8")
    for name in ("sans", "mono"):
        stack = re.search(rf"--w-font-{name}: ([^;]+);", css)
        assert stack is not None
        assert '"Guidance Ethiopic"' in stack[1]
    for url in re.findall(r'url\("([^"]+)"\)', css):
        assert (Path(sheet.__file__).parent / "static/guidance" / url).exists()
