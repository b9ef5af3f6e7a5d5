"""Finds outputs by words and by concepts, in every language, each once.

Every word of the question must be answered: by standing in the text, or by being a name of a
concept that the item is about. So a Dutch word finds an English item, and no word is passed over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add, and_
from typing import Any, Final
from uuid import UUID

from babel import Locale
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact, LessThan
from django.utils.translation import gettext as _

from contactpoint.kit.labels import quoted
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.models import Classification, Output
from contactpoint.outputs.models.words import BAR
from contactpoint.outputs.querysets import entries, readable
from contactpoint.search.highlights import highlights
from contactpoint.search.question import Meaning, Question, Word
from contactpoint.vocabulary import fold

MOST: Final = 3000
"""Results that are counted and paged through; a reader with more asks again with more words."""
IN_TITLE, IN_TEXT, BY_MEANING = 4, 1, 2


@dataclass(slots=True)
class Found:
    """What answers a question: primary keys in order, one for each thing whatever its languages."""

    question: Question
    pks: list[int] = field(default_factory=list)
    languages: Sequence[str] = ()

    @property
    def outputs(self) -> "QuerySet[Output]":
        """The same as a queryset, in no order."""
        return Output.objects.filter(pk__in=self.pks).order_by()


def find(question: Question, languages: Sequence[str] = ()) -> Found:
    """Everything that answers; the asker's language first, then the best, then the newest."""
    if not question.words:
        return Found(question)
    outputs = readable()
    if languages:
        outputs = outputs.filter(locale__language_code__in=languages)
    own = Case(
        When(locale__language_code=question.language, then=1),
        default=0,
        output_field=IntegerField(),
    )
    rows = (
        outputs.filter(reduce(and_, (_answers(word) for word in question.words)))
        .annotate(own=own, score=reduce(add, (_score(word) for word in question.words)))
        .order_by("-own", "-score", F("published_on").desc(nulls_last=True), "-pk")
        .values_list("pk", "translation_key")[:MOST]
    )
    first: dict[UUID, int] = {}
    for pk, key in rows:
        first.setdefault(key, pk)
    return Found(question, list(first.values()), languages)


def _answers(word: Word) -> Q:
    by_word = Q(words__contains=f" {word.folded}") | _under(word)
    return by_word | _about(word) if word.meanings else by_word


def _under(word: Word) -> Q:
    """Outputs under a keyword that is no concept (a place, a word of the old site)."""
    begins = Q(keyword__istartswith=word.text) | Q(keyword__icontains=f" {word.text}")
    rows = Classification.objects.filter(begins, concept=None)
    return Q(pk__in=rows.order_by().values("page"))


def _about(word: Word) -> Q:
    concepts = {pk for meaning in word.meanings for pk in meaning.pks}
    pages = Classification.objects.filter(concept__in=concepts).order_by().values("page")
    return Q(pk__in=pages)


def _score(word: Word) -> Any:
    at = StrIndex("words", Value(f" {word.folded}"))
    by_word = Case(
        When(Exact(at, 0), then=Value(0)),
        When(LessThan(at, StrIndex("words", Value(BAR))), then=Value(IN_TITLE)),
        default=Value(IN_TEXT),
        output_field=IntegerField(),
    )
    if not word.meanings:
        return by_word
    return by_word + Case(
        When(_about(word), then=Value(BY_MEANING)), default=Value(0), output_field=IntegerField()
    )


def results(found: Found, pks: Sequence[int], known_roots: Mapping[str, str]) -> list[Entry]:
    """The entries of one page, in the given order, each with the reasons why it is here."""
    outputs = Output.objects.filter(pk__in=pks).order_by()
    by_pk = {entry.pk: entry for entry in entries(outputs, found.question.language, known_roots)}
    words = dict(outputs.values_list("pk", "words"))
    sentences = highlights(found.question, pks)
    for pk, entry in by_pk.items():
        entry.highlight = " … ".join(sentences[pk])
        entry.reasons = reasons(found.question, entry, words[pk])
    own = _in_the_askers_language(found, by_pk, known_roots)
    return [own.get(pk) or by_pk[pk] for pk in pks if pk in by_pk]


def _in_the_askers_language(
    found: Found, by_pk: Mapping[int, Entry], known_roots: Mapping[str, str]
) -> dict[int, Entry]:
    """For what answers in another language only: its version that the asker can read."""
    asked = found.question.language
    foreign = {
        pk: entry
        for pk, entry in by_pk.items()
        if entry.language != asked and asked in entry.languages
    }
    if not foreign or (found.languages and asked not in found.languages):
        return {}
    keys = dict(Output.objects.filter(pk__in=foreign).values_list("translation_key", "pk"))
    versions = readable().filter(locale__language_code=asked, translation_key__in=keys).order_by()
    matched = {pk: keys[key] for pk, key in versions.values_list("pk", "translation_key")}
    own = {}
    for entry in entries(versions, asked, known_roots):
        other = foreign[matched[entry.pk]]
        name = Locale.parse(asked).languages.get(other.language, other.language)
        entry.reasons = [
            _("In the version in another language (%(language)s): %(reason)s")
            % {"language": name, "reason": reason}
            for reason in other.reasons
        ]
        own[other.pk] = entry
    return own


def _meant(meaning: Meaning) -> str:
    """A word that is the concept's own name in the reader's language needs no explanation."""
    names = {"text": meaning.text, "concept": meaning.concept.label}
    if fold(meaning.text) == fold(meaning.concept.label):
        return _("This is about %(concept)s.") % names
    return _("“%(text)s” means %(concept)s, which this is about.") % names


def reasons(question: Question, entry: Entry, words: str) -> list[str]:
    """Sentences that say why an entry answers, what is meant before what is written."""
    about = {concept.slug for concept in entry.concepts}
    meant = [_meant(meaning) for meaning in question.meanings if about & meaning.slugs]
    title, _bar, _rest = words.partition(BAR)
    in_title = [word.text for word in question.words if f" {word.folded}" in title]
    in_text = [
        word.text
        for word in question.words
        if word.text not in in_title and f" {word.folded}" in words
    ]
    written = [
        sentence % {"words": ", ".join(quoted(text) for text in texts)}
        for sentence, texts in (
            (_("In the title: %(words)s."), in_title),
            (_("In the text: %(words)s."), in_text),
        )
        if texts
    ]
    return [*dict.fromkeys(meant), *written]
