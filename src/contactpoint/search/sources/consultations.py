"""Consultations: a round that is public, with what states answered for everybody to read.

Answers come from `compilations`, which takes them from `reaching`: what is not for wider
dissemination is in no document. Of a survey there are its words and questions, never an answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, Final

from django.conf import settings

from contactpoint.consultations import reaching
from contactpoint.consultations.compilations.addresses import round_url
from contactpoint.consultations.compilations.compilation import Compilation
from contactpoint.consultations.compilations.gathering import compiled_all
from contactpoint.consultations.models import Round
from contactpoint.consultations.pages.listing import told_of
from contactpoint.consultations.reaching import Circle
from contactpoint.search.documents import Document, Version
from contactpoint.search.sources.sources import CHUNK, Source
from contactpoint.search.sources.themes import parents_of

KIND: Final = "consultation"


class Consultations(Source):
    """A page a round, in each language of the portal."""

    name: ClassVar[str] = "consultation"

    def keys(self, after: str = "") -> Iterator[str]:
        """By primary key, as text has its order: few rows, and no gap in a walk."""
        every = sorted(map(str, told_of().values_list("pk", flat=True)))
        yield from (self.key(pk) for pk in every if self.key(pk) > after)

    def documents(self, keys: Sequence[str]) -> list[Document]:
        """At most fifteen queries."""
        pks = [int(own) for own in map(self.own, keys) if own.isascii() and own.isdecimal()]
        rows = (
            told_of()
            .filter(pk__in=pks[:CHUNK])
            .select_related("instrument", "version", "requested_by", "institution")
        )
        rounds = list(rows.prefetch_related("themes", "concepts"))
        told = {
            code: dict(zip(
                [one.pk for one in rounds],
                compiled_all(rounds, Circle.PUBLIC, code),
                strict=True,
            ))
            for code, _name in settings.LANGUAGES
        } if rounds else {}  # fmt: skip
        parents = parents_of({theme.slug for one in rounds for theme in one.themes.all()})
        return [
            self._document(one, {code: by[one.pk] for code, by in told.items()}, parents)
            for one in rounds
        ]

    def _document(
        self, round: Round, told: dict[str, Compilation], parents: dict[str, str]
    ) -> Document:
        themes = sorted(theme.slug for theme in round.themes.all())
        above = dict.fromkeys(parents[theme] for theme in themes if theme in parents)
        first = next(iter(told.values()))
        named = {code: [state.name for state in one.states] for code, one in told.items()}
        return Document(
            key=self.key(round.pk),
            kind=KIND,
            type=round.instrument.kind,
            day=first.asked_on,
            versions=[_version(code, one) for code, one in told.items()],
            themes=themes,
            parents=[theme for theme in above if theme not in themes],
            concepts=sorted(concept.slug for concept in round.concepts.all()),
            institutions=[round.institution.slug] if round.institution else [],
            countries=[state.code for state in first.states],
            keywords=[round.reference] if round.reference else [],
            named=named,
        )


def keys_of(rounds: Iterable[int]) -> list[str]:
    """The keys of rounds by primary key."""
    return [f"{Consultations.name}:{pk}" for pk in rounds]


def keys_with_country(country: int) -> list[str]:
    """Of rounds in which a state has answered for everybody."""
    found = reaching.responses(Circle.PUBLIC).filter(country=country).order_by()
    return keys_of(found.values_list("round", flat=True).distinct())


def keys_with_themes(themes: Iterable[int]) -> list[str]:
    """Of rounds about any of these themes."""
    rows = Round.themes.through.objects.filter(theme__in=themes)
    return keys_of(rows.order_by().values_list("round", flat=True).distinct())


def _version(language: str, one: Compilation) -> Version:
    answered = [
        f"{given.state.name}: {words}"
        for _state, _question, given in one.rows()
        for words in (given.text, given.remark)
        if words
    ]
    texts = [one.background.text, one.summary.text]
    texts += [question.text.text for question in one.questions]
    spoken = one.title.language
    return Version(
        language,
        one.title.text or one.code,
        round_url(one.code, language),
        teaser=_beginning(one.summary.text or one.background.text),
        text="\n\n".join(filter(None, [*texts, *answered])),
        title_language=spoken if spoken != language else "",
    )


def _beginning(text: str, most: int = 300) -> str:
    """Of a text the first words, whole."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"
