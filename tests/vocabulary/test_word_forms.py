"""The look-up of inflected words finds just what the rules say, whatever the words."""

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from contactpoint.vocabulary import Label, Scheme, Vocabulary, VocabularyConcept, fold
from contactpoint.vocabulary.index import LabelIndex
from contactpoint.vocabulary.inflection import Inflection, inflections

LANGUAGES = ("en", "de", "fi", "tr", "ar", "ga", "pl", "hu")
ENDINGS = {
    tag: sorted(ending for ending in inflections()[tag].by_ending if ending) for tag in LANGUAGES
}
STEMS = ["kirk", "katt", "rant", "kauppa", "hakk", "abc", "abcd", "cab", "mbord", "الهجر", "هجر"]


def words() -> st.SearchStrategy[str]:
    endings = [ending for each in ENDINGS.values() for ending in each]
    made = st.tuples(st.sampled_from(STEMS), st.sampled_from(["", *endings])).map("".join)
    return made.map(fold).filter(bool)


def takings_apart(word: str, rules: Inflection) -> Iterator[tuple[str, str, int]]:
    """Every (stem, ending, letters before the ending) by the definition in `data/endings.toml`."""
    for begun in rules.beginnings(word):
        for cut in range(rules.minimum, len(begun) + 1):
            ending = begun[cut:]
            if ending in rules.by_ending:
                yield begun[:cut], ending, cut
                for one, other in rules.final:
                    if begun[:cut].endswith(one):
                        yield begun[: cut - len(one)] + other, ending, cut


def are_forms(one: str, other: str, rules: Inflection) -> bool:
    return any(
        stem == other_stem and rules.share_paradigm(ending, other_ending) and cut >= 2
        for stem, ending, cut in takings_apart(one, rules)
        for other_stem, other_ending, _ in takings_apart(other, rules)
    )


@settings(deadline=None, max_examples=300)
@given(st.lists(words(), min_size=1, max_size=6), words(), st.sampled_from(LANGUAGES))
def test_a_look_up_is_the_same_as_comparing_with_every_label(
    labels: list[str], word: str, language: str
) -> None:
    concepts = {
        str(number): VocabularyConcept(str(number), labels=(Label(label, language),))
        for number, label in enumerate(labels)
    }
    index = LabelIndex([Scheme("s", concepts=concepts)])
    found = index.words.find(word, frozenset({language}))
    rules = inflections()[language]
    assert {index.tables.words[number] for number in found} == {
        label for label in labels if label != word and are_forms(word, label, rules)
    }


def test_memory_holds_no_dictionary_a_label(shipped: Vocabulary) -> None:
    """Labels lie in flat tables: as many containers for two thousand labels as for a thousand."""

    def containers(count: int) -> int:
        concepts = {
            str(number): VocabularyConcept(str(number), labels=(Label(f"word{number} x", "en"),))
            for number in range(count)
        }
        tables = LabelIndex([Scheme("s", concepts=concepts)]).tables
        return sum(isinstance(part, dict | tuple | list) for table in tables for part in table)

    assert containers(1000) == containers(2000)
