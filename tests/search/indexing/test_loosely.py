"""A title with the words of a label otherwise than it has them mentions the concept a little."""

import pytest

from contactpoint.search.documents import Document, Version
from contactpoint.search.indexing.loosely import LooseLabels
from contactpoint.search.indexing.mentions import IN_TITLE, LOOSELY, Weights
from contactpoint.vocabulary import Label, Scheme, Vocabulary, VocabularyConcept


def concept(slug: str, *labels: tuple[str, str], kind: str = "preferred") -> VocabularyConcept:
    return VocabularyConcept(
        id=slug,
        uri=f"https://example.org/{slug}",
        labels=tuple(Label(text, language, kind) for text, language in labels),
    )


CONCEPTS = {
    one.id: one
    for one in (
        concept("turbine", ("turbines", "en"), ("turbiinit", "fi")),
        concept("family-reunification", ("family reunification", "en"), ("gezinshereniging", "nl")),
        concept("asylum", ("asylum", "en"), ("asiel", "nl")),
        concept("trafficking", ("traite", "fr")),
        concept("visa-d", ("visa D", "fr")),
        concept("return", ("sent home", "en"), kind="hidden"),
        concept("press", ("de pers", "nl")),
        concept("money", ("geld", "nl")),
    )
}
LOOSELY_NAMED = LooseLabels(CONCEPTS)


@pytest.mark.parametrize(
    ("title", "language", "concepts"),
    [
        ("A turbine for every valley", "en", {"turbine"}),
        ("Reunification of refugee families", "en", {"family-reunification"}),
        ("Asielaanvragen in 2019", "nl", {"asylum"}),
        ("La traite des êtres humains", "fr", {"trafficking"}),
        ("Families of refugees", "en", set()),
        ("Un traité international", "fr", set()),
        ("Un visa pour tous", "fr", set()),
        ("Demander un visa D", "fr", {"visa-d"}),
        ("Sent home", "en", set()),
        # A label that needs a small word is none without it; what only looks like a form is none.
        ("Pers en papier", "nl", set()),
        ("Nieuwe regels gelden", "nl", set()),
        ("Veel geld", "nl", {"money"}),
        ("Turbine", "ga", set()),
        ("", "en", set()),
    ],
)
def test_a_title_mentions_what_all_words_of_a_label_are_in(
    title: str, language: str, concepts: set[str]
) -> None:
    assert LOOSELY_NAMED.mentioned(title, language) == concepts


def test_a_loose_mention_weighs_less_than_a_label_and_never_adds_to_it() -> None:
    weights = Weights(Vocabulary([Scheme("glossary", concepts=CONCEPTS)]))

    def about(title: str) -> dict[str, int]:
        return weights.about(Document("page:1", "publication", [Version("en", title, "/en/1/")]))

    assert about("The turbine") == {"turbine": LOOSELY}
    assert about("The turbines") == {"turbine": IN_TITLE}
    assert LOOSELY < IN_TITLE
