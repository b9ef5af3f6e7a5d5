"""A dozen of the judged questions: what answers best stands among the first three things shown.

The whole set is measured by `benchmarks/search_quality.py`; here stands what must never be lost.
"""

import pytest
from judging.demo import Demo
from judging.needs import best, load

from contactpoint.search.asking import ask
from contactpoint.search.engines.base import Engine

pytestmark = pytest.mark.xdist_group("quality")  # the demo is indexed for them
NEEDS = {need.id: need for need in load()}
FIRST = 3
QUESTIONS = {
    "a_dutch_lawyer_finds_family_reunification": "family-reunification.nl",
    "a_german_word_that_no_text_has_finds_what_it_means": "family-reunification.de",
    "an_arabic_question_finds_what_is_written_in_other_languages": "trafficking-victims.ar",
    "an_arabic_word_finds_its_concept": "what-is-an-entry-ban.ar",
    "a_french_reader_finds_a_study_that_has_no_french_version": "seasonal-workers.fr",
    "a_german_reader_finds_a_report_that_has_no_german_version": "recognised-stateless.de",
    "a_dutch_compound_is_found_by_its_parts": "dublin.nl",
    "a_name_finds_the_page_that_has_it": "sammy-mahdi.en",
    "the_number_of_a_document_finds_it": "com-2018-777.en",
    "a_french_abbreviation_finds_who_is_meant": "mena.fr",
    "a_page_of_the_portal_is_found_too": "privacy.nl",
    "a_term_finds_its_definition": "what-is-an-entry-ban.nl",
}


@pytest.mark.django_db
@pytest.mark.parametrize("question", QUESTIONS)
def test_what_answers_best_stands_first(question: str, index: Engine, demo: Demo) -> None:
    need = NEEDS[QUESTIONS[question]]

    found = ask(need.query, need.language, limit=FIRST, counted=(), engine=index)

    shown = [*found.results, *found.partial][:FIRST]
    first = demo.named([result.key for result in shown])
    assert best(need.values()) & set(first), (need.query, first)
