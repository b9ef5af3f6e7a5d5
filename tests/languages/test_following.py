"""A translation knows which paragraphs of its original have changed since it was made."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from factories import MadeSite, make_output
from translating import PARAGRAPHS, fresh, renew, translate
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.operations import translate_object

from contactpoint.languages.differences import differences
from contactpoint.languages.following import follow, mark_cosmetic, settle
from contactpoint.languages.handlers import compare_what_never_was, walk_again
from contactpoint.languages.listening import compare_translations, compared
from contactpoint.languages.models import Original, Standing
from contactpoint.languages.passages import Passage, digest_of
from contactpoint.outputs.models import Output

Publish = Callable[..., Any]
ONE, TWO, THREE = PARAGRAPHS


def _of(page: Output) -> Standing:
    return Standing.objects.get(page_id=page.pk)


def _kinds(page: Output) -> list[tuple[str, str]]:
    return [(each["kind"], each["now"] or each["was"]) for each in _of(page).differences]


def test_a_translation_that_was_just_published_follows_its_original(by_hand: Output) -> None:
    standing = _of(by_hand)
    assert (standing.outdated, standing.differences, standing.since) == (0, [], None)
    assert standing.original_id == by_hand.get_translations().get().pk


def test_a_page_in_one_language_costs_nothing(dutch: Output, publish: Publish) -> None:
    publish(dutch, "Other words.")
    assert not Original.objects.exists()


def test_changed_paragraphs_are_told_one_by_one(
    dutch: Output, by_hand: Output, publish: Publish
) -> None:
    publish(dutch, ONE, "Four centres opened their doors.", THREE, teaser="Korter.")
    (teaser, paragraph) = _of(by_hand).differences
    assert (teaser["at"], teaser["was"], teaser["now"]) == ("teaser", "Kort.", "Korter.")
    assert (paragraph["was"], paragraph["now"]) == (TWO, "Four centres opened their doors.")
    assert (paragraph["place"], paragraph["label"]) == (1, "Trois centres ont ouvert.")
    assert paragraph["at"] == f"body.{fresh(by_hand).body[0].id}"
    assert _of(by_hand).since is not None


def test_a_paragraph_that_was_put_in_does_not_make_the_rest_look_changed(
    dutch: Output, by_hand: Output, publish: Publish
) -> None:
    publish(dutch, "An opening.", ONE, TWO, "A late word.", THREE)
    assert _kinds(by_hand) == [("new", "An opening."), ("new", "A late word.")]
    publish(dutch, TWO, THREE)
    assert _kinds(by_hand) == [("gone", ONE)]


def test_a_change_that_is_taken_back_is_none(
    dutch: Output, by_hand: Output, publish: Publish
) -> None:
    publish(dutch, ONE, "Something else.", THREE)
    assert _of(by_hand).outdated == 1
    publish(dutch, *PARAGRAPHS)
    assert (_of(by_hand).outdated, _of(by_hand).since) == (0, None)
    assert Original.objects.get().earlier == {}


def test_markup_and_spaces_are_no_change_of_meaning(
    dutch: Output, by_hand: Output, publish: Publish
) -> None:
    publish(dutch, f"<b>{ONE}</b>", TWO.replace(" ", "  "), THREE)
    assert _of(by_hand).outdated == 0


def test_words_for_search_engines_are_no_paragraph(
    dutch: Output, by_hand: Output, publish: Publish
) -> None:
    publish(dutch, seo_title="Another", search_description="Another", slug="another")
    assert _of(by_hand).outdated == 0


def test_publishing_a_page_of_its_own_again_does_not_say_that_it_follows(
    dutch: Output, by_hand: Output, publish: Publish
) -> None:
    publish(dutch, ONE, "Something else.", THREE)
    publish(by_hand, title="Un autre titre")
    assert _of(by_hand).outdated == 1


def test_an_editor_says_that_a_page_of_its_own_follows_now(
    dutch: Output, by_hand: Output, publish: Publish
) -> None:
    publish(dutch, "An opening.", "Another.", ONE, "Something else.")
    standing = _of(by_hand)
    keys = [
        f"{one['path']} {one['before'] or '-'} {one['after'] or '-'}"
        for one in standing.differences
    ]
    assert len(keys) == 4
    assert settle(standing, keys[:1]) == 1
    assert _of(by_hand).outdated == 3
    settle(_of(by_hand), keys)
    assert _of(by_hand).outdated == 0
    publish(dutch, "An opening.", "Another.", ONE, "Something else again.")
    assert _kinds(by_hand) == [("changed", "Something else again.")]


def test_a_cosmetic_change_makes_no_translation_older(
    site: MadeSite, dutch: Output, by_hand: Output, publish: Publish
) -> None:
    german = publish(make_output(site, language="de", translation_of=dutch, live=False))
    publish(dutch, ONE, "Three centres opened theirs doors.", THREE)
    assert (_of(by_hand).outdated, _of(german).outdated) == (1, 1)
    one = _of(by_hand).differences[0]
    key = f"{one['path']} {one['before']} {one['after']}"
    assert mark_cosmetic(dutch, [key]) == 2
    assert (_of(by_hand).outdated, _of(german).outdated) == (0, 0)


def _keys(page: Output) -> list[str]:
    return [
        f"{one['path']} {one['before'] or '-'} {one['after'] or '-'}"
        for one in _of(page).differences
    ]


def test_a_cosmetic_change_makes_no_translation_by_segments_older(
    dutch: Output, by_segment: Translation, publish: Publish
) -> None:
    french = by_segment.get_target_instance()
    publish(dutch, f"{ONE}!", "Four centres opened their doors.", THREE)
    spelling, meant = _keys(french)
    assert mark_cosmetic(dutch, [spelling]) == 1
    assert _keys(french) == [meant]
    publish(dutch, f"{ONE}!!", "Four centres opened their doors.", THREE, teaser="Korter.")
    teaser, again, _meant = _keys(french)
    assert _of(french).differences[1]["was"] == f"{ONE}!"
    mark_cosmetic(dutch, [again, meant, teaser])
    publish(french, title="FR Opvang")
    assert _of(french).differences == []


def test_what_was_put_in_or_taken_out_without_meaning_makes_no_translation_older(
    dutch: Output, by_segment: Translation, publish: Publish
) -> None:
    french = by_segment.get_target_instance()
    publish(dutch, "See below.", TWO, THREE, "See above.")
    mark_cosmetic(dutch, _keys(french))
    assert _of(french).outdated == 0
    publish(dutch, "See below.", TWO, "Anything else.", "See above.")
    assert _kinds(french) == [("changed", "Anything else.")]


def test_a_cosmetic_change_needs_no_new_translation_when_the_changes_are_taken(
    dutch: Output, by_segment: Translation, publish: Publish, committed: Any
) -> None:
    french = by_segment.get_target_instance()
    publish(dutch, f"{ONE}!", "Something else.", THREE)
    mark_cosmetic(dutch, _keys(french)[:1])
    renew(by_segment.source)
    committed(by_segment.save_target)
    standing = _of(french)
    assert (standing.outdated, standing.unfinished, standing.settled) == (0, 1, [])
    assert f"FR {ONE}" in str(fresh(french).body)
    publish(dutch, ONE, "Something else.", THREE)
    assert [one["now"] for one in _of(french).differences][:1] == [ONE], "taken, so it counts"


def test_words_whose_links_are_others_are_left_to_the_translator(
    dutch: Output, by_segment: Translation, publish: Publish, committed: Any
) -> None:
    french = by_segment.get_target_instance()
    publish(dutch, f'<a href="https://example.org/">{ONE}</a>!', TWO, THREE)
    mark_cosmetic(dutch, _keys(french))
    assert _of(french).outdated == 0
    renew(by_segment.source)
    segment = StringSegment.objects.get(string__data__contains="</a>!")
    assert not segment.string.translations.exists(), "the link would be lost"
    translate(by_segment, segment, f"FR {segment.string.data}")
    committed(by_segment.save_target)
    publish(dutch, f"{ONE}!!", TWO, THREE)
    mark_cosmetic(dutch, _keys(french))
    assert (_of(french).outdated, _of(french).unfinished) == (0, 0)
    renew(by_segment.source)
    segment = StringSegment.objects.get(string__data=f"{ONE}!!")
    assert not segment.string.translations.exists(), "it leads nowhere now"


def test_a_cosmetic_change_hides_no_change_of_meaning_before_it(
    dutch: Output, by_hand: Output, publish: Publish
) -> None:
    publish(dutch, ONE, "Nine centres closed.", THREE)
    meant = _of(by_hand).differences[0]
    publish(dutch, ONE, "Nine centres closed!", THREE)
    now = _of(by_hand).differences[0]
    assert mark_cosmetic(dutch, [f"{now['path']} {meant['after']} {now['after']}"]) == 0
    assert (now["was"], now["now"]) == (TWO, "Nine centres closed!")
    assert _of(by_hand).outdated == 1


def test_comparing_again_changes_nothing(dutch: Output, by_hand: Output, publish: Publish) -> None:
    publish(dutch, ONE, "Something else.", THREE)
    before = Standing.objects.values().get()
    follow(by_hand)
    follow(dutch)
    assert Standing.objects.values().get() == before


def test_a_translation_by_segments_follows_when_its_translator_has_published(
    dutch: Output, by_segment: Translation, publish: Publish, committed: Any
) -> None:
    french = by_segment.get_target_instance()
    assert _of(french).differences == []
    publish(dutch, ONE, "Something else.", THREE)
    assert _kinds(french) == [("changed", "Something else.")]
    renew(by_segment.source)
    segment = StringSegment.objects.get(string__data="Something else.")
    translate(by_segment, segment, "FR autre chose")
    follow(dutch)
    assert _of(french).outdated == 1, "typed, but not published"
    committed(by_segment.save_target)
    assert _of(french).differences == []


def test_what_was_published_without_a_translation_stands_in_the_originals_language(
    dutch: Output, by_segment: Translation, publish: Publish, committed: Any
) -> None:
    publish(dutch, ONE, "Something else.", THREE)
    renew(by_segment.source)
    committed(by_segment.save_target)
    standing = _of(by_segment.get_target_instance())
    assert (standing.outdated, standing.unfinished) == (0, 1)
    assert standing.differences[0]["place"] == 1
    assert standing.differences[0]["label"] == "Something else."


def test_what_a_machine_wrote_is_marked_until_a_person_has_checked_it(
    dutch: Output, by_segment: Translation, committed: Any
) -> None:
    segment = StringSegment.objects.get(string__data=TWO)
    translate(by_segment, segment, "FR machine", kind="machine")
    committed(by_segment.save_target)
    standing = _of(by_segment.get_target_instance())
    assert (standing.outdated, standing.unchecked) == (0, 1)
    assert standing.differences[0]["label"] == "FR machine"
    translate(by_segment, segment, "FR machine", kind="manual")
    committed(by_segment.save_target)
    assert _of(by_segment.get_target_instance()).unchecked == 0


def test_a_new_translation_by_segments_is_a_draft(
    site: MadeSite, dutch: Output, committed: Any
) -> None:
    committed(translate_object, dutch, [site.homes["de"].locale])
    assert not Translation.objects.get().get_target_instance().live


def test_pages_that_were_never_compared_are_compared_when_a_worker_starts(
    site: MadeSite, dutch: Output, publish: Publish
) -> None:
    french = make_output(site, language="fr", translation_of=dutch)
    make_output(site, language="en")
    walk_again()
    while compare_what_never_was():
        pass
    assert list(Standing.objects.values_list("pk", flat=True)) == [french.pk]
    assert compare_what_never_was() is False
    publish(dutch, ONE, "Something else.", THREE)
    assert _of(french).outdated == 1


def test_what_was_published_is_compared_once_by_whoever_comes_first(
    dutch: Output, by_hand: Output, publish: Publish
) -> None:
    publish(dutch, ONE, "Other words.", THREE)
    began = Original.objects.get().compared_at
    assert began is not None
    told = compared(fresh(dutch))
    assert [each.outdated for each in told] == [1], "the job came first"
    assert Original.objects.get().compared_at == began
    before = (began - timedelta(seconds=1)).isoformat()
    compare_translations.enqueue(pk=dutch.pk, stood_at=before)
    assert Original.objects.get().compared_at == began, "who published it came first"


def test_what_was_published_after_a_comparison_began_is_compared_again(
    dutch: Output, by_hand: Output
) -> None:
    compared(fresh(dutch))
    began = Original.objects.get().compared_at
    Output.objects.filter(pk=dutch.pk).update(teaser="Anders.")
    assert [each.outdated for each in compared(fresh(dutch))] == [1]
    Output.objects.filter(pk=dutch.pk).update(teaser="Kort.")
    compare_translations.enqueue(pk=dutch.pk, stood_at=timezone.now().isoformat())
    assert _of(by_hand).outdated == 0
    assert Original.objects.get().compared_at > began
    Output.objects.filter(pk=dutch.pk).update(teaser="Anders.")
    compare_translations.enqueue(pk=dutch.pk)
    assert _of(by_hand).outdated == 1, "a job of an older release says nothing of when"


def _not_all(translation: Translation, committed: Any, *left: str) -> Any:
    """The translation, published without these strings."""
    for segment in StringSegment.objects.filter(string__data__in=left):
        segment.string.translations.all().delete()
    committed(translation.save_target)
    return translation.get_target_instance()


def test_a_change_of_what_nobody_has_translated_makes_the_translation_older(
    dutch: Output, by_segment: Translation, publish: Publish, committed: Any
) -> None:
    french = _not_all(by_segment, committed, TWO)
    assert _kinds(french) == [("untranslated", TWO)]
    publish(dutch, ONE, "Nine centres closed.", THREE)
    standing = _of(french)
    assert (standing.outdated, standing.unfinished) == (1, 1)
    assert standing.since is not None
    older = standing.differences[1]
    assert (older["kind"], older["was"], older["now"]) == ("changed", TWO, "Nine centres closed.")
    assert Original.objects.get().earlier[older["before"]] == TWO
    follow(dutch)
    assert _of(french).differences == standing.differences
    renew(by_segment.source)
    follow(dutch)
    assert _of(french).outdated == 1, "taken, but readers still have the older words"
    committed(by_segment.save_target)
    assert _kinds(french) == [("untranslated", "Nine centres closed.")]


def test_what_nobody_has_translated_and_the_original_dropped_is_told(
    dutch: Output, by_segment: Translation, publish: Publish, committed: Any
) -> None:
    french = _not_all(by_segment, committed, TWO)
    publish(dutch, ONE, THREE)
    assert [one["kind"] for one in _of(french).differences] == ["untranslated", "gone"]
    assert _of(french).differences[1]["was"] == TWO


def test_a_cosmetic_change_of_what_nobody_has_translated_leaves_it_untranslated(
    dutch: Output, by_segment: Translation, publish: Publish, committed: Any
) -> None:
    french = _not_all(by_segment, committed, TWO)
    publish(dutch, ONE, f"{TWO}!", THREE)
    assert mark_cosmetic(dutch, _keys(french)[1:]) == 1
    assert _kinds(french) == [("untranslated", f"{TWO}!")]
    follow(dutch)
    assert _kinds(french) == [("untranslated", f"{TWO}!")]
    publish(dutch, ONE, "Nine centres closed.", THREE)
    assert [one["kind"] for one in _of(french).differences] == ["untranslated", "changed"]
    assert _of(french).differences[1]["was"] == f"{TWO}!"


def test_a_basis_of_an_older_release_stands_for_whatever_the_original_says() -> None:
    passages = [Passage("body.a", digest_of(text), text) for text in PARAGRAPHS]
    basis = [["body.a", [passages[0].digest, "", "other"]]]
    kinds = [one.kind for one in differences(basis, passages, passages, {})]
    assert kinds == ["untranslated", "changed"]
