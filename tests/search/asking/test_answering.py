"""What answers a question: all of it, some of it, in which order, and why."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from factories import MadeSite, make_concept, make_institution, make_output
from wagtail.models import PageViewRestriction

from contactpoint.outputs.models import Classification, Output
from contactpoint.search.asking import ask, suggest
from contactpoint.search.asking.results import Results, Selection
from contactpoint.search.engines.queries import Narrowing
from contactpoint.search.models import Change, Index

Fill = Callable[[], None]


@pytest.fixture
def concepts(site: MadeSite) -> None:
    make_concept("migration", en="migration", nl="migratie")
    make_concept("asylum", broader=["migration"], en="asylum", nl="asiel", fr="asile", de="Asyl")
    make_concept("housing", en="housing", nl="huisvesting", fr="logement", de="Unterkunft")


def titles(found: Results) -> list[str]:
    return [one.title_text for one in found.results if one.key.startswith("output:")]


def asked(query: str, language: str = "en", **selection: Any) -> list[str]:
    return titles(ask(query, language, Selection(**selection)))


@pytest.fixture
def three(site: MadeSite, fill: Fill) -> None:
    make_output(site, title="Annual report", teaser="On safe countries", text="Many visas.")
    make_output(site, title="Annual dinner", teaser="On reception", text="Countries that are safe.")
    make_output(site, title="Visa policy", teaser="Applicants wait", published_on="2024-05-05")
    fill()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("annual", {"Annual report", "Annual dinner"}),
        ("annual visa", {"Annual report"}),
        ("VISAS policies", {"Visa policy"}),
        ('"safe countries"', {"Annual report"}),
        ("safe countries", {"Annual report", "Annual dinner"}),
        ("annual -dinner", {"Annual report"}),
        ('annual -"safe countries"', {"Annual dinner"}),
        ("dinner OR policy", {"Annual dinner", "Visa policy"}),
        ("annual dinner OR visa", {"Annual report", "Annual dinner"}),
        ("rep*", {"Annual report"}),
        ("rec*", {"Annual dinner"}),
        ("-annual visa", {"Visa policy"}),
        ("visa NOT annual", {"Visa policy"}),
        ("annual not visa", {"Annual report"}),
        ("annual NOT", {"Annual report", "Annual dinner"}),
        ("the annual of report", {"Annual report"}),
    ],
)
def test_words_phrases_alternatives_beginnings_and_what_is_excluded(
    three: None, query: str, expected: set[str]
) -> None:
    assert set(asked(query)) == expected


def test_what_is_excluded_is_so_in_whatever_words_it_is_written(
    site: MadeSite, concepts: None, fill: Fill
) -> None:
    make_output(site, title="Asylum and logement", language="fr")
    make_output(site, title="Asylum and huisvesting", language="nl")
    make_output(site, title="Asylum and a roof", concepts=["housing"])
    make_output(site, title="Asylum alone")
    fill()
    assert asked("asylum -logement", "fr") == ["Asylum alone"]
    assert asked("asylum NOT housing") == ["Asylum alone"]
    (left,) = ask("asylum -logement", "en").left_out
    assert (left.text, left.labels, left.without) == ("logement", ["housing"], "asylum")
    assert set(asked(left.literally)) == {
        "Asylum and huisvesting", "Asylum and a roof", "Asylum alone",
    }  # fmt: skip


def test_a_part_of_what_is_excluded_excludes_no_more_than_the_word(
    site: MadeSite, concepts: None, fill: Fill
) -> None:
    make_concept("family-reunification", en="family reunification", de="Familiennachzug")
    make_output(site, title="Asylum and a roof", concepts=["housing", "family-reunification"])
    fill()
    for question in ("asylum -Unterkunftskosten", "asylum -reunification"):
        assert asked(question, "de") == ["Asylum and a roof"], question
        assert [one.labels for one in ask(question, "de").left_out] == [[]]


def test_what_is_wanted_is_not_excluded_under_another_name(
    site: MadeSite, concepts: None, fill: Fill
) -> None:
    make_output(site, title="Asylum")
    make_output(site, title="Asile", language="fr")
    fill()
    assert asked("asylum -asile") == ["Asylum"]


def test_what_answers_in_its_title_stands_first(three: None) -> None:
    assert asked("visa") == ["Visa policy", "Annual report"]


def test_a_word_of_another_language_finds_what_is_about_it_and_says_why(
    site: MadeSite, concepts: None, fill: Fill
) -> None:
    make_output(site, title="How people are received", concepts=["asylum"])
    make_output(site, title="Something else", concepts=["housing"])
    fill()
    found = ask("asiel", "en")
    assert titles(found) == ["How people are received"]
    result = next(one for one in found.results if one.key.startswith("output:"))
    assert any("asiel" in reason and "asylum" in reason for reason in result.reasons)
    assert result.highlights == []


def test_a_concept_that_is_switched_off_is_only_its_words(
    site: MadeSite, concepts: None, fill: Fill
) -> None:
    make_output(site, title="How people are received", concepts=["asylum"])
    make_output(site, title="Asielbeleid", text="Over asiel.", language="nl")
    fill()
    assert set(asked("asiel", "nl")) == {"How people are received", "Asielbeleid"}
    assert asked("asiel", "nl", off=frozenset(["asylum"])) == ["Asielbeleid"]


def test_what_is_narrower_counts_on_request_and_is_named(
    site: MadeSite, concepts: None, fill: Fill
) -> None:
    make_output(site, title="How people are received", concepts=["asylum"])
    fill()
    assert asked("migratie", "nl") == []
    found = ask("migratie", "en", Selection(narrower=True))
    assert titles(found) == ["How people are received"]
    result = next(one for one in found.results if one.key.startswith("output:"))
    assert any("asylum" in reason and "migration" in reason for reason in result.reasons)


def test_things_that_have_some_of_a_question_say_what_they_lack(three: None) -> None:
    found = ask("annual dinner policy", "en")
    assert (found.total, titles(found)) == (0, [])
    lacking = {one.title_text: set(one.missing) for one in found.partial}
    assert lacking["Annual dinner"] == {"policy"}
    assert lacking["Visa policy"] == {"annual", "dinner"}


def test_a_word_that_stands_nowhere_is_doubted_and_never_replaced(three: None) -> None:
    found = ask("dinenr", "en")
    assert found.total == 0
    assert [one.text for one in found.corrections][:1] == ["dinner"]
    assert ask("annual report", "en").corrections == []


@pytest.fixture
def flight(site: MadeSite, fill: Fill) -> None:
    make_concept("refugee", en="refugee", fr="réfugiés", de="Flüchtlinge")
    make_concept("treaty", en="treaty", fr="traité")
    make_concept("family", en="family reunification", de="Familienzusammenführung")
    make_output(site, title="Those who fled", concepts=["refugee"])
    make_output(site, title="Living together", concepts=["family"])
    make_output(site, title="Flüchtlinge", language="de")
    fill()


@pytest.mark.parametrize(
    ("query", "language", "concept"),
    [
        ("réfugies", "fr", "refugee"),
        ("refugies", "fr", "refugee"),
        ("REFUGIES", "fr", "refugee"),
        ("flüchtlinge", "de", "refugee"),
        ("fluechtlinge", "de", "refugee"),
        ("familienzusammenfuehrung", "de", "family"),
        ("familien-zusammenführung", "de", "family"),
        ("familyreunification", "en", "family"),
        ("a familyreunification or refugies", "fr", "family refugee"),
    ],
)
def test_a_term_is_understood_without_its_accents_capitals_and_gaps(
    flight: None, query: str, language: str, concept: str
) -> None:
    found = ask(query, language)
    assert [chip.token for chip in found.chips] == concept.split()
    assert all(chip.on and chip.text in query for chip in found.chips)


@pytest.mark.parametrize("query", ["traite", "trâite", "réfugiès", "-refugies", '"refugies"'])
def test_another_accent_makes_another_word(flight: None, query: str) -> None:
    assert ask(query, "fr").chips == []


def test_a_slip_that_stands_nowhere_is_understood_said_and_doubted(flight: None) -> None:
    found = ask("family reunfication", "en")
    assert titles(found) == ["Living together"]
    (chip,) = found.chips
    assert (chip.token, chip.text) == ("family", "family reunfication")
    found = ask("Flüchtlnge", "de")
    assert set(titles(found)) == {"Those who fled", "Flüchtlinge"}
    assert [one.text for one in found.corrections] == ["Flüchtlinge"]
    assert asked("Flüchtlnge", "de", off=frozenset(["refugee"])) == []


def test_what_stands_in_a_text_is_no_slip(site: MadeSite, flight: None, fill: Fill) -> None:
    make_output(site, title="Mr Flüchtlnge")
    fill()
    assert ask("Flüchtlnge", "de").chips == []


def test_a_slip_that_has_the_stem_of_a_word_is_said_as_well(site: MadeSite, fill: Fill) -> None:
    make_concept("reunification", en="family reunification", nl="gezinshereniging")
    make_output(site, title="Gezinshereniging", language="nl", concepts=["reunification"])
    make_output(site, title="Het gezin", language="nl")
    fill()
    found = ask("gezinsherenniging", "nl")
    assert [(one.token, one.text) for one in found.chips] == [
        ("reunification", "gezinsherenniging")
    ]
    assert [one.text for one in found.corrections] == ["gezinshereniging"]
    assert "Het gezin" not in titles(found)
    reasons = [reason for one in found.results for reason in one.reasons]
    assert reasons
    assert not any("In the title" in reason for reason in reasons)


@pytest.fixture
def terms(site: MadeSite, fill: Fill) -> None:
    make_concept("reunification", en="family reunification", nl="gezinshereniging")
    make_concept("asylum", en="asylum", nl="asiel")
    make_concept("refugee", en="refugee", alternatives={"en": ["refugees"]})
    make_concept("trafficking", en="trafficking", nl="mensenhandel")
    make_concept("minor", en="unaccompanied minor", alternatives={"en": ["unaccompanied minors"]})
    make_concept("visa", en="visa")
    make_output(site, title="Gezinshereniging", language="nl", concepts=["reunification"])
    make_output(site, title="Het gezin en zijn kinderen", language="nl")
    make_output(site, title="Asylum for refugees", teaser="Trafficking of unaccompanied minors.")
    make_output(site, title="Visas")
    fill()


@pytest.mark.parametrize(
    ("query", "language", "concept"),
    [
        ("gezinshereneging", "nl", "reunification"),
        ("gezinsherenegning", "nl", "reunification"),
        ("gezinsherenigin", "nl", "reunification"),
        ("gezinsherenigng", "nl", "reunification"),
        ("asylm", "en", "asylum"),
        ("refugges", "en", "refugee"),
        ("trafiking", "en", "trafficking"),
        ("unacompanied minors", "en", "minor"),
    ],
)
def test_a_term_is_understood_with_any_one_slip(
    terms: None, query: str, language: str, concept: str
) -> None:
    found = ask(query, language)
    assert [(chip.token, chip.text) for chip in found.chips] == [(concept, query)]
    assert found.total
    assert found.corrections, "other spellings stand beneath"
    assert ask(query, language, Selection(off=frozenset([concept]))).chips[0].on is False


@pytest.mark.parametrize("query", ["asylums Visar", "the vista", "traffickings", "miners"])
def test_a_name_and_a_word_of_a_dictionary_are_no_slips(terms: None, query: str) -> None:
    assert not {"visa", "minor"} & {chip.token for chip in ask(query, "en").chips}


def test_a_slip_gives_the_order_of_the_word_without_it(site: MadeSite, fill: Fill) -> None:
    make_concept("statelessness", en="statelessness", fr="apatridie")
    for number in range(3):
        make_output(site, title=f"Item {number}", teaser="A word on statelessness.")
    make_output(
        site,
        title="Statelessness: who is it about?",
        teaser="About statelessness.",
        text="Statelessness " + "and more words on many matters " * 40,
        concepts=["statelessness"],
    )
    fill()
    found = [one.key for one in ask("statelesness", "en").results]
    assert found == [one.key for one in ask("statelessness", "en").results]
    assert found[0] == "concept:statelessness"


def test_what_is_about_a_concept_goes_before_what_mentions_it_in_any_language(
    site: MadeSite, fill: Fill
) -> None:
    make_concept("statelessness", en="statelessness", fr="apatridie", ar="انعدام الجنسية")
    others = [make_concept(f"other-{number}") for number in range(12)]
    for number in range(3):
        make_output(site, title=f"Item {number}", teaser="A word on statelessness.")
    make_output(
        site,
        title="A long report",
        text="Statelessness, and more words on many matters. " * 40,
        concepts=["statelessness", *others],
    )
    fill()
    for query in ("انعدام الجنسية", "apatridie"):
        shown = [one.title_text for one in ask(query, "en").results]
        assert shown[:2] == ["statelessness", "A long report"]


def test_a_word_of_which_only_a_part_is_understood_is_said_to_be(
    site: MadeSite, flight: None, fill: Fill
) -> None:
    make_output(site, title="Gezinnen", language="nl")
    make_output(site, title="Gezinshereniging", language="nl")
    fill()
    found = ask("gezinsherenigin", "nl")
    assert [(one.text, one.labels) for one in found.guesses] == [("gezinsherenigin", ["gezin"])]
    assert "gezinshereniging" in [one.text for one in found.corrections]
    assert ask("gezinshereniging", "nl").guesses == []


def test_translations_are_one_result_in_the_askers_language(
    site: MadeSite, concepts: None, fill: Fill
) -> None:
    english = make_output(site, title="Brussels in English", text="Only here stands xylophone.")
    make_output(site, language="fr", translation_of=english, title="Bruxelles en français")
    fill()
    (result,) = ask("xylophone", "fr").results
    assert (result.title_text, result.language) == ("Bruxelles en français", "fr")
    assert set(result.alternates) == {"en", "fr"}
    assert any("xylophone" in reason for reason in result.reasons)
    assert "xylophone" in result.highlights[0].text
    assert result.highlights[0].language == "en"
    (other,) = ask("xylophone", "en").results
    assert other.title_text == "Brussels in English"


def test_where_one_language_is_searched_a_thing_is_shown_in_it(site: MadeSite, fill: Fill) -> None:
    page = make_output(site, title="World day", slug="world-day", teaser="Of the world.")
    make_output(site, title="Forum World", language="fr", teaser="Le monde.", translation_of=page)
    fill()
    (shown,) = ask("World", "en", Selection(languages=("fr",))).results
    assert (shown.language, shown.title_text) == ("fr", "Forum World")
    assert shown.url == shown.alternates["fr"]
    assert set(shown.alternates) == {"en", "fr"}
    assert all(one.language == "fr" for one in shown.highlights)
    assert ask("World", "en").results[0].language == "en"


def test_highlights_mark_other_forms_and_names_of_the_concept(
    site: MadeSite, concepts: None, fill: Fill
) -> None:
    make_output(site, title="Figures", text="First this. Houses were built. Asylum was asked for.")
    fill()
    (result,) = [one for one in ask("asiel house", "en").results if one.key.startswith("output:")]
    marked = {piece.text for one in result.highlights for piece in one.pieces if piece.marked}
    assert marked == {"Houses", "Asylum"}


def test_facets_are_counted_and_narrow_by_any_all_and_none(site: MadeSite, fill: Fill) -> None:
    make_output(site, title="Visa one", themes=["borders"], published_on="2019-05-05")
    make_output(site, "video", title="Visa two", published_on="2020-05-05")
    make_output(site, "event", title="Visa three", themes=["borders"])
    fill()
    assert ask("visa", "en").facets["kind"] == {"news-item": 1, "video": 1, "event": 1}

    def narrowed(**narrowings: Narrowing) -> set[str]:
        return set(asked("visa", narrowings=narrowings))

    assert narrowed(kind=Narrowing(any=["video", "event"])) == {"Visa two", "Visa three"}
    assert narrowed(theme=Narrowing(all=["borders"]), kind=Narrowing(none=["event"])) == {
        "Visa one"
    }
    assert asked("visa", since=date(2019, 5, 1), until=date(2019, 5, 31)) == ["Visa one"]
    assert asked("visa", sort="oldest")[0] == "Visa one"


def test_every_result_stands_on_one_page_and_only_one(site: MadeSite, fill: Fill) -> None:
    for number in range(130):
        make_output(site, title=f"Visa {number}")
    fill()
    shown = [
        one.key
        for offset in range(0, 140, 20)
        for one in ask("visa", "en", offset=offset, limit=20).results
    ]
    assert len(shown) == len(set(shown)) == 130
    assert [one.key for one in ask("visa", "en", limit=130).results] == shown


def test_pinned_things_stand_first_if_they_may_be_seen(three: None, site: MadeSite) -> None:
    pages = {page.title: page for page in Output.objects.all()}
    keys = [f"output:{pages[title].translation_key}" for title in ("Annual dinner", "Visa policy")]
    found = ask("report", "en", pinned=[*keys, "output:gone"])
    assert titles(found) == ["Annual dinner", "Visa policy", "Annual report"]
    assert [one.pinned for one in found.results] == [True, True, False]
    assert found.total == 3


def test_what_was_closed_a_moment_ago_is_not_shown_though_the_index_still_has_it(
    three: None,
) -> None:
    page = Output.objects.get(title="Visa policy")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert asked("visa") == ["Annual report"]
    assert [one.title for one in suggest("vis", "en").titles] == []
    Output.objects.filter(title="Annual report").update(expire_at=timezone.now())
    assert asked("visa") == []


def test_what_waits_to_be_taken_out_is_told_of_by_nothing(three: None) -> None:
    page = Output.objects.get(title="Visa policy")
    index = Index.objects.create(name="test", state=Index.State.CURRENT, engine="embedded")
    Change.objects.create(index=index, key=f"output:{page.translation_key}")
    found = ask("visa", "en")
    assert (found.total, titles(found)) == (1, ["Annual report"])
    assert "2024" not in found.facets["year"]
    assert suggest("pol", "en").titles == []
    assert ask("polisy", "en").corrections == ()


def test_what_was_written_anew_is_found_as_it_was_until_the_index_has_caught_up(
    three: None,
) -> None:
    Index.objects.create(name="test", state=Index.State.CURRENT, engine="embedded")
    page = Output.objects.get(title="Visa policy").specific
    page.title = "Entry rules"
    page.save_revision().publish()
    assert Change.objects.exists()
    found = ask("visa", "en")
    assert (found.total, titles(found)) == (2, ["Visa policy", "Annual report"])
    assert found.facets["year"]["2024"] == 1
    assert [one.title for one in suggest("pol", "en").titles] == ["Visa policy"]
    assert ask("polisy", "en").corrections
    page.unpublish()
    assert asked("visa") == ["Annual report"]


def test_titles_are_suggested_by_the_beginning_of_a_word(three: None) -> None:
    assert [one.title for one in suggest("visa pol", "en").titles] == ["Visa policy"]
    assert [one.title for one in suggest("polic", "en").titles] == ["Visa policy"]
    assert suggest("p", "en").titles == []


def test_one_word_of_a_concept_is_not_the_whole_of_it(site: MadeSite, fill: Fill) -> None:
    make_concept("family-reunification", en="family reunification", nl="gezinshereniging")
    make_output(site, title="Family benefits", text="What each family gets.")
    make_output(site, title="A right", text="Family reunification takes time.")
    fill()
    found = ask("family reunification", "en")
    assert titles(found) == ["A right"]
    shown = next(one for one in found.results if one.title_text == "A right")
    assert "In the text" in " ".join(shown.reasons)
    (partial,) = found.partial
    assert partial.title_text == "Family benefits"
    assert partial.reasons == ["Only a part of “family reunification” is in the title: “Family”."]
    assert list(partial.missing) == ["family reunification"]


def test_a_name_that_is_part_of_the_words_is_not_all_of_them(
    site: MadeSite, concepts: None, fill: Fill
) -> None:
    make_concept("return", en="return", alternatives={"en": ["return policy"]})
    make_output(site, title="Quicker returns")
    fill()
    (shown,) = (one for one in ask("return policy", "en").results if one.key.startswith("output:"))
    assert shown.reasons == ["“return policy” means return, which this is about."]


def test_what_is_only_mentioned_is_not_what_a_thing_is_about(
    site: MadeSite, concepts: None, fill: Fill
) -> None:
    make_output(site, title="In passing", text="There is housing too.")
    make_output(site, title="Given by editors", concepts=["housing"])
    fill()
    reasons = {one.title_text: one.reasons for one in ask("huisvesting", "en").results}
    assert reasons["In passing"] == ["“huisvesting” means housing, which this mentions."]
    assert reasons["Given by editors"] == ["“huisvesting” means housing, which this is about."]
    # Where the asker's own word stands, it is not said twice.
    reasons = {one.title_text: one.reasons for one in ask("housing", "en").results}
    assert reasons["In passing"] == ["In the text: “housing”."]


def test_further_names_institutions_kinds_and_keywords_are_reasons_too(
    site: MadeSite, fill: Fill
) -> None:
    make_concept("flow", en="secondary movement", alternatives={"en": ["asylum shopping"]})
    house = make_institution("house", acronym="HRS", en="House of Receiving Seekers")
    make_output(site, title="Posts", institutions=[house])
    Classification.objects.create(page=make_output(site, title="Roofs"), keyword="shelter")
    make_output(site, title="Film", kind="video")
    fill()
    for query, reason in {
        "shopping": "Also called “asylum shopping”.",
        "seekers": "It is given for “House of Receiving Seekers”.",
        "shelter": "Among its keywords: “shelter”.",
        "video": "Its kind is what was asked for: video.",
    }.items():
        results = ask(query, "en").results
        assert reason in [one for result in results for one in result.reasons], query


def test_every_result_has_a_reason(site: MadeSite, concepts: None, fill: Fill) -> None:
    make_output(site, title="Asylum", text="Words. " * 4000 + "Behind what is kept: visas.")
    make_output(site, language="fr", title="L'accueil", text="Capacité d’accueil.")
    make_output(site, title="Housing", institutions=[make_institution("house", en="Reception")])
    fill()
    for query in ("asylum", "asiel", "visas", '"l\'accueil"', "reception", "hous*"):
        found = ask(query, "en")
        assert found.total, query
        assert all(one.reasons for one in [*found.results, *found.partial]), query


def test_a_question_is_quoted_as_it_was_written(site: MadeSite, fill: Fill) -> None:
    make_concept("procedure", en="asylum procedure", fr="procédure d'asile")
    make_output(site, title="Step by step", concepts=["procedure"])
    make_output(site, language="fr", title="La procédure d’asile")
    fill()
    found = ask("procédure d'asile", "fr")
    said = " ".join(reason for one in found.results for reason in one.reasons)
    assert "procédure d'asile" in said
    assert "procédure d asile" not in said


def test_what_editors_put_first_and_what_is_only_excluded_say_so(
    site: MadeSite, concepts: None, fill: Fill
) -> None:
    page = make_output(site, title="Elsewhere")
    make_output(site, title="About visas")
    fill()
    key = f"output:{page.translation_key}"
    first = ask("visas", "en", pinned=[key]).results[0]
    assert (first.key, first.reasons) == (key, ["Put first by the editors."])
    for one in ask("-visas", "en").results:
        assert one.reasons == ["Without “visas”."]


def test_a_dutch_word_with_a_doubled_vowel_is_seen_where_it_stands(
    site: MadeSite, fill: Fill
) -> None:
    make_output(site, language="nl", title="De raden", text="De Raad van State.")
    fill()
    (shown,) = ask("raad", "nl").results
    assert shown.reasons == ["In the title: “raad”."]


def test_a_part_is_told_of_the_name_that_it_is_part_of(site: MadeSite, fill: Fill) -> None:
    make_concept("dublin", en="Dublin procedure", alternatives={"en": ["Dublin"]})
    make_output(site, title="A procedure in steps")
    fill()
    (shown,) = (one for one in ask("Dublin", "en").partial if one.key.startswith("output:"))
    assert shown.reasons == ["Only a part of “Dublin procedure” is in the title: “procedure”."]


def test_another_spelling_is_offered_only_if_it_finds_something(three: None) -> None:
    assert [one.text for one in ask("annaul report", "en").corrections] == ["annual report"]
    assert ask("annaul dinner applicants", "en").corrections == []


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("How do I find housing?", "en"),
        ("Comment puis-je trouver un logement ?", "fr"),
        ("Hoe kan ik huisvesting vinden?", "nl"),
        ("Wie kann ich eine Unterkunft finden?", "de"),
    ],
)
def test_a_question_may_be_asked_as_one_speaks(
    site: MadeSite, concepts: None, fill: Fill, query: str, language: str
) -> None:
    make_output(site, title="Where to live", concepts=["housing"])
    fill()
    assert titles(ask(query, language)) == ["Where to live"]


def test_small_words_of_a_concept_are_neither_marked_nor_a_reason(
    site: MadeSite, fill: Fill
) -> None:
    make_concept("minors", nl="niet-begeleide minderjarigen", en="unaccompanied minors")
    page = make_output(
        site, language="nl", title="Reeks", text="Wat niet meer bekend is.", concepts=["minors"]
    )
    fill()
    found = ask("niet-begeleide minderjarigen", "nl")
    (shown,) = (one for one in found.results if one.pk == page.pk)
    assert [piece.text for one in shown.highlights for piece in one.pieces if piece.marked] == []
    assert "In de tekst" not in " ".join(shown.reasons)


@pytest.mark.parametrize(
    ("title", "text", "reasons"),
    [
        (
            "A single permit",
            "Work is allowed.",
            ["In the title: “permit”.", "In the text: “work”."],
        ),
        ("A rule", "Who may work. A permit is needed.", ["In the text: “work”, “permit”."]),
        ("A rule", "A permit, a roof and work.", ["In the text: “work”, “permit”."]),
        ("A rule", "The work permit of a year.", ["In the text: “work permit”."]),
    ],
)
def test_words_of_one_term_that_stand_apart_are_said_where_they_stand(
    site: MadeSite, fill: Fill, title: str, text: str, reasons: list[str]
) -> None:
    make_concept("work-permit", en="permission to work", alternatives={"en": ["work permit"]})
    page = make_output(site, title=title, teaser="", text=text)
    fill()
    (shown,) = (
        one
        for one in ask("work permit", "en").results
        if one.key.endswith(str(page.translation_key))
    )
    assert [one for one in shown.reasons if one.startswith("In the")] == reasons
