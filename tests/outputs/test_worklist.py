"""Unknown keywords: ranked by use, decided once, brought to every item, taken back."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from editing import sign_in
from factories import MadeSite, make_concept, make_output, make_site

from contactpoint.accounts.models import User
from contactpoint.glossary.models import (
    Concept,
    ConceptDraft,
    ConceptLabel,
    ConceptVersion,
    Decision,
    SchemeVersion,
)
from contactpoint.glossary.terms import vocabulary
from contactpoint.kit.models import OutboxEntry
from contactpoint.kit.outbox import drain
from contactpoint.outputs import resolving, rewriting
from contactpoint.outputs.models import Classification, Output
from contactpoint.outputs.worklist import describe, worklist

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> MadeSite:
    return make_site(("en", "nl"), standard=False)


@pytest.fixture
def concepts() -> dict[str, Concept]:
    return {
        "housing": make_concept("housing", en="housing", nl="huisvesting"),
        "asylum": make_concept("asylum", en="asylum", nl="asiel"),
    }


@pytest.fixture
def editor(client: Client) -> User:
    return sign_in(client)


def _item(site: MadeSite, *keywords: str, spoken: str = "", **more: Any) -> Output:
    page = make_output(site, **more)
    Classification.objects.bulk_create(
        Classification(
            page=page, keyword=keyword, language=spoken, source="imported",
            resolves_to="unknown", confidence=0, reason="unknown", sort_order=place,
        )
        for place, keyword in enumerate(keywords)
    )  # fmt: skip
    return page


def _known(keyword: str) -> set[tuple[str | None, str, str]]:
    return set(
        Classification.objects.filter(keyword=keyword).values_list(
            "concept__slug", "resolves_to", "reason"
        )
    )


def _waiting(user: User) -> list[str]:
    return [each.text for each in worklist(user).waiting]


def _messages(answer: Any) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def test_equal_strings_are_one_entry_and_the_most_used_comes_first(
    site: MadeSite, editor: User
) -> None:
    _item(site, "Onderdak", "klimaat", spoken="nl")
    _item(site, "onderdak", spoken="en")
    first, second = worklist(editor).waiting
    assert (first.key, first.items, second.key) == ("onderdak", 2, "klimaat")
    assert set(first.spellings) == {"Onderdak", "onderdak"}
    assert first.by_language == [("en", 1), ("nl", 1)]
    assert first.first is not None
    assert first.last is not None
    assert first.first <= first.last


def test_an_item_counts_once_whatever_its_translations(site: MadeSite, editor: User) -> None:
    source = _item(site, "onderdak")
    translation = make_output(site, language="nl", translation_of=source)
    Classification.objects.create(page=translation, keyword="onderdak", resolves_to="unknown")
    (each,) = worklist(editor).waiting
    assert each.items == 1


def test_an_entry_says_where_it_is_used_and_what_it_may_stand_for(
    site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    for number in range(5):
        _item(site, "huisvestingsvormen", spoken="nl", title=f"Item {number}")
    rows = worklist(editor).waiting
    describe(rows, editor)
    (each,) = rows
    assert len(each.places) == 3
    assert each.nearest[0].label == "housing"
    assert 0 < each.nearest[0].score < 1
    assert "huisvesting" in each.nearest[0].why


def test_what_editors_chose_by_hand_for_a_string_is_offered(
    site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "qwertyuiop")
    for number in range(2):
        Decision.objects.create(
            concept=concepts["asylum"], verdict="accepted", source="harmonised",
            subject=f"outputs.newsitem:{number}", words="Qwertyuiop", key="qwertyuiop",
        )  # fmt: skip
    rows = worklist(editor).waiting
    describe(rows, editor)
    assert [(near.label, near.why) for near in rows[0].nearest] == [
        ("asylum", "an editor chose it in 2 items")
    ]


def test_mapping_resolves_every_item_remembers_the_word_and_tells_the_outbox(
    site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    pages = [_item(site, word, "klimaat") for word in ("onderdak", "Onderdak", "ONDERDAK")]
    mapped = resolving.map_keyword(["onderdak"], concepts["housing"], user=editor, language="nl")
    assert mapped.items == 3
    for word in ("onderdak", "Onderdak", "ONDERDAK"):
        assert _known(word) == {("housing", "concept", "decided")}
    assert _known("klimaat") == {(None, "unknown", "unknown")}
    row = Classification.objects.filter(keyword="Onderdak").get()
    assert (row.source, row.language, row.confidence) == ("imported", "nl", 1.0)
    assert vocabulary().harmonise("onderdak").concept == "housing"
    assert _waiting(editor) == ["klimaat"]
    told = {key for entry in OutboxEntry.objects.all() for key in entry.payload["keys"]}
    assert told == {str(page.translation_key) for page in pages}
    drain()
    assert not OutboxEntry.objects.filter(done_at=None).exists()
    again = resolving.map_keyword(["onderdak"], concepts["housing"], user=editor, language="nl")
    assert again.items == 0
    assert Decision.objects.filter(source="worklist").count() == 1


def test_mapping_reaches_the_draft_and_the_published_version(
    site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    page = _item(site, "onderdak", themes=["asylum"])
    fresh = Output.objects.get(pk=page.pk).specific
    fresh.save_revision().publish()
    fresh = Output.objects.get(pk=page.pk).specific
    fresh.title = "A draft"
    fresh.save_revision()
    resolving.map_keyword(["onderdak"], concepts["housing"], user=editor, language="nl")
    fresh = Output.objects.get(pk=page.pk).specific
    draft = fresh.get_latest_revision_as_object()
    assert draft.title == "A draft"
    assert [row.concept for row in draft.classifications.all()] == [concepts["housing"]]
    assert [row.concept for row in fresh.live_revision.as_object().classifications.all()] == [
        concepts["housing"]
    ]
    draft.save_revision().publish()
    assert _known("onderdak") == {("housing", "concept", "decided")}
    resolving.undo_keyword("onderdak", user=editor)
    draft = Output.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    assert [row.concept for row in draft.classifications.all()] == [None]


def test_mapping_may_leave_out_a_language(
    site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "onderdak", spoken="nl")
    _item(site, "onderdak", spoken="de")
    housing = concepts["housing"]
    resolving.map_keyword(["onderdak"], housing, user=editor, language="nl", only=["nl"])
    assert {
        (row.language, row.concept_id) for row in Classification.objects.filter(keyword="onderdak")
    } == {("nl", housing.pk), ("de", None)}
    assert _waiting(editor) == ["onderdak"]


def test_a_mapping_is_taken_back_without_a_trace(
    site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "onderdak")
    chosen, later = make_output(site), make_output(site)
    Classification.objects.create(
        page=chosen, keyword="onderdak", concept=concepts["housing"], reason="editor"
    )
    resolving.map_keyword(["onderdak"], concepts["housing"], user=editor, language="nl")
    Classification.objects.create(
        page=later, keyword="Onderdak", concept=concepts["housing"], reason="hidden"
    )
    assert resolving.undo_keyword("onderdak", user=editor).items == 2
    assert _known("Onderdak") == {(None, "unknown", "unknown")}
    assert _known("onderdak") == {
        (None, "unknown", "unknown"), ("housing", "concept", "editor"),
    }  # fmt: skip
    assert not ConceptLabel.objects.filter(learnt=True).exists()
    assert not Decision.objects.exists()
    assert vocabulary().harmonise("onderdak").concept is None
    assert _waiting(editor) == ["onderdak"]
    assert resolving.undo_keyword("onderdak", user=editor).items == 0


def test_what_is_no_topic_waits_no_more_also_when_it_comes_again(
    site: MadeSite, editor: User
) -> None:
    _item(site, "newsletter", "klimaat")
    resolving.ignore_keyword(["newsletter"], ["newsletter"], user=editor)
    _item(site, "Newsletter")
    assert _waiting(editor) == ["klimaat"]
    found = worklist(editor)
    assert (found.decided, found.total) == (1, 2)
    assert _known("newsletter") == {(None, "unknown", "unknown")}
    resolving.undo_keyword("newsletter", user=editor)
    assert len(_waiting(editor)) == 2


def test_merged_strings_wait_as_one_and_are_mapped_together(
    site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "onderdak")
    _item(site, "onderdakken")
    _item(site, "klimaat")
    assert resolving.merge_keyword(["onderdakken"], "Onderdak", user=editor) is None
    each = worklist(editor).waiting[0]
    assert (each.keys, each.items) == (["onderdak", "onderdakken"], 2)
    with pytest.raises(resolving.MappingError):
        resolving.merge_keyword(["onderdak"], "onderdakken", user=editor)
    with pytest.raises(resolving.MappingError):
        resolving.merge_keyword(["klimaat"], "nothing like it", user=editor)
    with pytest.raises(resolving.MappingError):
        resolving.merge_keyword(["klimaat"], "KLIMAAT", user=editor)
    resolving.map_keyword(each.keys, concepts["housing"], user=editor, language="nl")
    for word in ("onderdak", "onderdakken"):
        assert _known(word) == {("housing", "concept", "decided")}
        assert vocabulary().harmonise(word).concept == "housing"


def test_a_string_merged_with_a_known_word_means_what_that_means(
    site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "onderdak")
    mapped = resolving.merge_keyword(["onderdak"], "huisvesting", user=editor)
    assert mapped is not None
    assert _known("onderdak") == {("housing", "concept", "decided")}
    assert ConceptLabel.objects.get(learnt=True).language == "nl"


def test_a_proposed_concept_takes_the_keyword(
    site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "klimaatvlucht", spoken="nl")
    concept, mapped = resolving.propose_keyword(
        ["klimaatvlucht"],
        {"en": "climate flight", "nl": "klimaatvlucht"},
        user=editor,
        language="nl",
        broader=concepts["asylum"],
    )
    assert (concept.status, mapped.items) == ("proposed", 1)
    assert _known("klimaatvlucht") == {("climate-flight", "concept", "decided")}


def test_the_glossary_is_asked_again_for_what_waits(
    site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "onderdak", "video", "Duitsland", "newsletter")
    resolving.ignore_keyword(["newsletter"], ["newsletter"], user=editor)
    ConceptLabel.objects.create(
        concept=concepts["housing"], language="nl", kind="alternative", text="onderdak"
    )
    concepts["housing"].save()
    assert resolving.ask_again(editor) == 3
    assert _known("onderdak") == {("housing", "concept", "alternative")}
    assert {way for _slug, way, _reason in _known("video")} == {"type"}
    assert {way for _slug, way, _reason in _known("Duitsland")} == {"place"}
    assert resolving.ask_again(editor) == 0


def test_a_failure_half_way_leaves_nothing_behind(
    site: MadeSite, concepts: dict[str, Concept], editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    _item(site, "onderdak")

    def fail(*_arguments: Any, **_more: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(rewriting, "publish", fail)
    with pytest.raises(RuntimeError):
        resolving.map_keyword(["onderdak"], concepts["housing"], user=editor, language="nl")
    assert _known("onderdak") == {(None, "unknown", "unknown")}
    assert not ConceptLabel.objects.filter(learnt=True).exists()
    assert not Decision.objects.exists()


def _addresses() -> Iterable[tuple[str, str]]:
    yield "get", "outputs_keywords"
    yield "get", "outputs_keywords_decided"
    yield "get", "outputs_keyword"
    for name in ("outputs_keyword", "outputs_keyword_decide", "outputs_keyword_undo"):
        yield "post", name
    yield "post", "outputs_keywords_again"


@pytest.mark.parametrize(("method", "name"), list(_addresses()))
def test_every_page_is_closed_to_whoever_may_not_decide(
    client: Client,
    site: MadeSite,
    concepts: dict[str, Concept],
    editor: User,
    method: str,
    name: str,
) -> None:
    _item(site, "onderdak")
    ask = getattr(client, method)
    data = {"key": "onderdak", "ignore": "1", "action": "ignore"}
    headers = {"X-Requested-With": "XMLHttpRequest"}
    group = editor.groups.get()
    group.page_permissions.filter(permission__codename="publish_page").delete()
    assert ask(reverse(name), data, headers=headers).status_code == 403
    sign_in(client, administrator=True)
    assert ask(reverse(name), data, headers=headers).status_code in (200, 302)
    Decision.objects.all().delete()
    client.logout()
    assert ask(reverse(name), data, headers=headers).status_code in (302, 403)
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    assert ask(reverse(name), data, headers=headers).status_code in (302, 403)
    assert not Decision.objects.exists()


def test_the_right_to_decide_is_a_right_of_its_own(
    client: Client, site: MadeSite, editor: User
) -> None:
    assert client.get(reverse("outputs_keywords")).status_code == 200
    menu = client.get("/admin/").content.decode()
    assert reverse("outputs_keywords") in menu
    assert reverse("glossary_harmonisation") in menu
    permissions = editor.groups.get().permissions
    permissions.remove(permissions.get(codename="add_decision"))
    answer = client.get(reverse("outputs_keywords"), headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 403
    assert reverse("outputs_keywords") not in client.get("/admin/").content.decode()


def test_a_decision_from_the_list_is_one_post_and_leads_back(
    client: Client, site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "huisvestingsvormen", "newsletter", spoken="nl")
    page = client.get(reverse("outputs_keywords")).content.decode()
    pk = concepts["housing"].pk
    assert f'name="concept" value="{pk}"' in page
    assert 'aria-keyshortcuts="1"' in page
    data = {"key": "huisvestingsvormen", "concept": str(pk), "p": "1"}
    answer = client.post(reverse("outputs_keyword_decide"), data, follow=True)
    assert "means housing in 1 item" in _messages(answer)
    assert _known("huisvestingsvormen") == {("housing", "concept", "decided")}
    twice = client.post(reverse("outputs_keyword_decide"), data, follow=True)
    assert "already" in _messages(twice)
    client.post(reverse("outputs_keyword_decide"), {"key": "newsletter", "ignore": "1"})
    assert _waiting(editor) == []
    done = client.get(reverse("outputs_keywords_decided")).content.decode()
    assert "huisvestingsvormen" in done
    assert "no topic" in done
    client.post(reverse("outputs_keyword_undo"), {"key": "newsletter"})
    assert _waiting(editor) == ["newsletter"]


@pytest.mark.parametrize("concept", ["", "x", "999999", "9" * 30])
def test_a_concept_that_there_is_not_is_refused(
    client: Client, site: MadeSite, editor: User, concept: str
) -> None:
    _item(site, "onderdak")
    data = {"key": "onderdak", "concept": concept}
    answer = client.post(reverse("outputs_keyword_decide"), data, follow=True)
    assert "no longer in use" in _messages(answer)
    assert 'name="merge-other"' in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_concept_that_was_given_up_is_refused(
    client: Client, site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "onderdak")
    Concept.objects.filter(slug="housing").update(status="deprecated")
    data = {"key": "onderdak", "concept": str(concepts["housing"].pk)}
    answer = client.post(reverse("outputs_keyword_decide"), data, follow=True)
    assert "no longer in use" in _messages(answer)
    assert not Decision.objects.exists()
    stale = {"key": "onderdak", "conflict": str(concepts["housing"].pk)}
    answer = client.get(reverse("outputs_keyword"), stale)
    assert "no longer in use" in _messages(answer)
    assert 'name="map-concept"' in answer.content.decode()


def test_one_keyword_has_a_form_for_each_decision(
    client: Client, site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "onderdak", spoken="nl")
    _item(site, "onderdak", "klimaat", spoken="en")
    address = reverse("outputs_keyword")
    page = client.get(address, {"key": "onderdak"}).content.decode()
    for name in ("map-concept", "map-only", "merge-other", "propose-english"):
        assert f'name="{name}"' in page
    bad = {"key": "onderdak", "action": "merge", "merge-other": "nothing like it"}
    assert "neither known nor waiting" in client.post(address, bad).content.decode()
    same = {
        "key": "onderdak", "action": "propose", "propose-english": " HOUSING ",
        "propose-language": "nl",
    }  # fmt: skip
    assert "There is a concept of this name" in client.post(address, same).content.decode()
    assert client.post(address, {"key": "onderdak", "action": "drop"}).status_code == 400
    data = {
        "key": "onderdak", "action": "map", "map-concept": concepts["housing"].pk,
        "map-language": "nl", "map-only": ["nl"],
    }  # fmt: skip
    assert client.post(address, data).status_code == 302
    waiting = {each.key: each.items for each in worklist(editor).waiting}
    assert waiting == {"onderdak": 1, "klimaat": 1}


def test_a_string_that_is_another_concepts_label_is_decided_by_the_editor(
    client: Client, site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "loi", spoken="nl")
    ConceptLabel.objects.create(
        concept=concepts["asylum"], language="nl", kind="alternative", text="LOI"
    )
    concepts["asylum"].save()
    Classification.objects.update(resolves_to="unknown")
    housing = concepts["housing"].pk
    data = {"key": "loi", "concept": str(housing)}
    answer = client.post(reverse("outputs_keyword_decide"), data, follow=True)
    page = answer.content.decode()
    assert "is a label already" in page
    assert "It means asylum" in page
    assert not Decision.objects.exists()
    here_only = {
        "key": "loi", "action": "map-only", "map-concept": str(housing), "map-language": "nl",
    }  # fmt: skip
    answer = client.post(reverse("outputs_keyword"), here_only, follow=True)
    assert "not remembered" in _messages(answer)
    assert _known("loi") == {("housing", "concept", "decided")}
    assert not ConceptLabel.objects.filter(learnt=True).exists()


def test_what_another_concept_learnt_may_be_taken_over(
    client: Client, site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "onderdak", spoken="nl")
    ConceptLabel.objects.create(
        concept=concepts["asylum"], language="nl", kind="hidden", text="Onderdak", learnt=True
    )
    data = {
        "key": "onderdak", "action": "map", "map-concept": concepts["housing"].pk,
        "map-language": "nl",
    }  # fmt: skip
    page = client.post(reverse("outputs_keyword"), data).content.decode()
    assert "the other forgets it" in page
    client.post(reverse("outputs_keyword"), data | {"action": "map-over"})
    assert ConceptLabel.objects.get(learnt=True).concept == concepts["housing"]


def test_the_list_asks_the_database_no_more_for_more_keywords(
    client: Client, site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    for number in range(3):
        _item(site, f"huisvestingsvorm{number}")
    address = reverse("outputs_keywords")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(3, 40):
        _item(site, f"huisvestingsvorm{number}", f"word{number}")
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)
    assert len(many) <= len(few)
    assert len(page.context["keywords"]) == 20
    rest = client.get(address, {"p": "4"})
    assert len(rest.context["keywords"]) == 17
    found = client.get(address, {"q": "VORM1"}).context["keywords"]
    assert {each.key[:17] for each in found} == {"huisvestingsvorm1"}


def test_the_dashboard_leads_to_what_waits(client: Client, site: MadeSite, editor: User) -> None:
    assert reverse("outputs_keyword") not in client.get("/admin/").content.decode()
    _item(site, "onderdak & dak")
    page = client.get("/admin/").content.decode()
    assert f"{reverse('outputs_keyword')}?key=onderdak+%26+dak" in page


def test_a_keyword_is_shown_as_text(client: Client, site: MadeSite, editor: User) -> None:
    _item(site, '"><img src=x onerror=alert(1)>')
    assert "<img src=x" not in client.get(reverse("outputs_keywords")).content.decode()


def _taken_word(site: MadeSite, concepts: dict[str, Concept]) -> None:
    _item(site, "LOI", spoken="nl")
    ConceptLabel.objects.create(
        concept=concepts["asylum"], language="nl", kind="alternative", text="loi"
    )
    concepts["asylum"].save()


def test_merging_what_is_another_concepts_label_is_told_beside_the_form(
    client: Client, site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _taken_word(site, concepts)
    data = {"key": "loi", "action": "merge", "merge-other": "huisvesting"}
    answer = client.post(reverse("outputs_keyword"), data)
    assert answer.status_code == 200
    assert "is a label already" in answer.context["merge_form"].errors["other"][0]
    page = answer.content.decode()
    assert "It means asylum" in page
    assert "It means housing in these items" in page
    assert not Decision.objects.exists()


@pytest.mark.parametrize("label", ["LOI", ""])
def test_proposing_what_is_another_concepts_label_is_told_beside_the_form(
    client: Client, site: MadeSite, concepts: dict[str, Concept], editor: User, label: str
) -> None:
    _taken_word(site, concepts)
    data = {
        "key": "loi", "action": "propose", "propose-english": "reception place",
        "propose-label": label, "propose-language": "nl",
    }  # fmt: skip
    answer = client.post(reverse("outputs_keyword"), data)
    assert answer.status_code == 200
    assert "is a label of asylum already" in answer.context["propose_form"].errors["label"][0]
    assert not Concept.objects.filter(slug="reception-place").exists()


def _propose(client: Client, key: str, english: str) -> Any:
    data = {
        "key": key, "action": "propose", "propose-english": english, "propose-label": key,
        "propose-language": "nl",
    }  # fmt: skip
    return client.post(reverse("outputs_keyword"), data, follow=True)


def test_a_proposed_concept_is_taken_back_with_its_keyword(
    client: Client, site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "klimaatvlucht", spoken="nl")
    told = _messages(_propose(client, "klimaatvlucht", "climate flight"))
    assert "It is a label of the concept." in told
    assert "not remembered" not in told
    answer = client.post(
        reverse("outputs_keyword_undo"), {"key": "klimaatvlucht", "list": "1"}, follow=True
    )
    assert "no longer in the glossary" in _messages(answer)
    assert answer.context["page_title"] == "Unknown keywords"
    assert not Concept.objects.filter(slug="climate-flight").exists()
    assert resolving.ask_again(editor) == 0
    assert _waiting(editor) == ["klimaatvlucht"]


@pytest.mark.parametrize("keeper", ["item", "draft", "version", "decision"])
def test_a_proposed_concept_that_something_has_stays_and_the_editor_learns_why(
    client: Client, site: MadeSite, concepts: dict[str, Concept], editor: User, keeper: str
) -> None:
    _item(site, "klimaatvlucht", spoken="nl")
    _propose(client, "klimaatvlucht", "climate flight")
    concept = Concept.objects.get(slug="climate-flight")
    if keeper == "item":
        page = _item(site, "zork", themes=["asylum"])
        fresh = Output.objects.get(pk=page.pk).specific
        row = fresh.classifications.get(keyword="zork")
        row.concept, row.resolves_to = concept, "concept"
        fresh.classifications = [row]
        fresh.save_revision()
    elif keeper == "draft":
        ConceptDraft.objects.create(concept=concept, slug=concept.slug, payload={})
    elif keeper == "version":
        version = SchemeVersion.objects.create(number="9.0", published_on="2026-01-01")
        ConceptVersion.objects.create(version=version, concept=concept, slug=concept.slug)
    else:
        _settled(concept)
    answer = client.post(reverse("outputs_keyword_undo"), {"key": "klimaatvlucht"}, follow=True)
    why = {
        "item": "items have it", "draft": "a draft changes it",
        "version": "a published version has it", "decision": "another decision is about it",
    }  # fmt: skip
    assert f"stays in the glossary: {why[keeper]}." in _messages(answer)
    assert Concept.objects.filter(pk=concept.pk).exists()


def _settled(concept: Concept) -> None:
    Decision.objects.create(
        concept=concept, verdict="accepted", source="worklist", words="other", key="other"
    )


def test_taking_a_mapping_back_takes_back_what_was_decided_with_it_and_leaves_the_merge(
    site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "x)", spoken="en")
    _item(site, "and", spoken="en")
    resolving.merge_keyword(["and"], "x)", user=editor)
    (each,) = worklist(editor).waiting
    resolving.map_keyword(each.keys, concepts["housing"], user=editor, language="en")
    assert _waiting(editor) == []
    assert resolving.undo_keyword("x)", user=editor).items == 2
    (again,) = worklist(editor).waiting
    assert (again.keys, again.items) == (each.keys, 2)
    resolving.ignore_keyword(again.keys, again.spellings, user=editor)
    assert _waiting(editor) == []
    resolving.undo_keyword("and", user=editor)
    assert worklist(editor).waiting[0].keys == each.keys
    resolving.undo_keyword("and", user=editor)
    assert len(_waiting(editor)) == 2


def test_mapping_wants_a_language_ticked(
    client: Client, site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "onderdak", spoken="nl")
    _item(site, "onderdak", spoken="en")
    data = {
        "key": "onderdak", "action": "map", "map-concept": concepts["housing"].pk,
        "map-language": "nl",
    }  # fmt: skip
    page = client.post(reverse("outputs_keyword"), data).content.decode()
    assert "Tick at least one language." in page
    assert not Decision.objects.exists()


def test_the_language_that_is_remembered_is_told_and_can_be_chosen(
    client: Client, site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "huisvestingsvormen", spoken="mt")
    page = client.get(reverse("outputs_keyword"), {"key": "huisvestingsvormen"}).content.decode()
    assert '<option value="mt" selected>' in page
    data = {
        "key": "huisvestingsvormen", "concept": concepts["housing"].pk, "language": "nl",
    }  # fmt: skip
    answer = client.post(reverse("outputs_keyword_decide"), data, follow=True)
    assert "remembered as a word in Dutch" in _messages(answer)
    assert ConceptLabel.objects.get(learnt=True).language == "nl"


def test_an_unknown_keyword_is_in_the_language_of_its_page_unless_its_words_tell_another(
    site: MadeSite,
) -> None:
    make_concept("tax", en="levy", mt="tax")
    words = vocabulary()
    assert words.harmonise("tax return", "en").language == "en"
    assert words.harmonise_all(["GUARDIANSHIPP", "les deux", "avec nous"], "en")[0].language == "en"


def test_what_waits_wins_over_what_the_glossary_would_take_it_for(
    site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "asiel", "opvangplek")
    assert vocabulary().harmonise("asiel").concept == "asylum"
    assert resolving.merge_keyword(["opvangplek"], "Asiel", user=editor) is None
    (each,) = worklist(editor).waiting
    assert each.keys == ["asiel", "opvangplek"]
    assert _known("opvangplek") == {(None, "unknown", "unknown")}


def test_a_label_that_stands_in_the_draft_is_not_proposed_again(
    client: Client, site: MadeSite, concepts: dict[str, Concept], editor: User
) -> None:
    _item(site, "klimaatvlucht", spoken="nl")
    labels = [
        {"text": "Climate flight", "language": "en", "kind": "preferred"},
        {"text": "klimaatvlucht", "language": "nl", "kind": "alternative"},
    ]
    ConceptDraft.objects.create(slug="climate-flight", payload={"labels": labels})
    errors = _propose(client, "klimaatvlucht", "climate FLIGHT").context["propose_form"].errors
    assert "stands in the draft already" in errors["english"][0]
    assert "stands in the draft already" in errors["label"][0]
    assert not Concept.objects.filter(status="proposed").exists()


def test_the_list_offers_to_take_the_last_decision_back(
    client: Client, site: MadeSite, editor: User
) -> None:
    _item(site, "newsletter", "klimaat")
    address = reverse("outputs_keywords")
    assert "data-keyword-undo" not in client.get(address).content.decode()
    client.post(reverse("outputs_keyword_decide"), {"key": "newsletter", "ignore": "1"})
    page = client.get(address).content.decode()
    assert 'data-keyword-undo aria-keyshortcuts="U"' in page
    client.post(reverse("outputs_keyword_undo"), {"key": "newsletter", "list": "1"})
    assert len(_waiting(editor)) == 2
