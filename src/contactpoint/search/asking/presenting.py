"""From what the engine gives back to what a reader is shown: the version that they can read best,
where the question stands in it, and why it is here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from contactpoint.glossary.remembering import PortalVocabulary
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.search.asking import explaining, weights
from contactpoint.search.asking.composing import Composer
from contactpoint.search.asking.elsewhere import otherwise
from contactpoint.search.asking.meant import Meant
from contactpoint.search.asking.needles import Needles, needles
from contactpoint.search.asking.other_words import in_other_words
from contactpoint.search.asking.parting import parts_in, said_parts
from contactpoint.search.asking.results import Result
from contactpoint.search.asking.seeing import Seen, seen_in
from contactpoint.search.asking.understanding import SCHEME, Question, Unit
from contactpoint.search.meanings import WORDS
from contactpoint.vocabulary import Label, fold

Version = dict[str, Any]


@dataclass(slots=True)
class Presented:
    """A result; `open` are the units that its texts do not answer, `unsaid` those of them that
    nothing else answers. `has_part` is whether it has telling words of a concept of which it has
    no more."""

    result: Result
    versions: Mapping[str, Version]
    open: set[int]
    unsaid: set[int]
    has_part: bool = False


@dataclass
class Presenter:
    """Shows the things of one answer; what is sought in each language is prepared once."""

    question: Question
    composer: Composer
    words: PortalVocabulary
    narrower: bool = False
    _sought: dict[tuple[str, bool], Needles] = field(default_factory=dict)

    def present(
        self,
        key: str,
        score: float,
        thing: Mapping[str, Any],
        versions: Mapping[str, Version],
        *,
        partial: bool = False,
    ) -> Presented:
        """One thing; `versions` are those of its versions that may be shown, at least one.

        Of a `partial` answer it is also said which words of a concept it has.
        """
        asked = self.question.language
        alternates = {code: one["url"] for code, one in versions.items()}
        versions = self._searched(versions)
        language = self._best(versions)
        version = versions[language]
        seen = self._look(version, language, loosely=partial)
        others = self._look_elsewhere(versions, language, seen)
        concepts = self._concepts(thing)
        highlights = seen.highlights
        if not concepts or not version["teaser"]:
            # Where nothing else tells why it is here, another language does.
            found_elsewhere = (other.highlights for other in others.values() if other.highlights)
            highlights = highlights or next(found_elsewhere, [])
        day = thing.get("day")
        result = Result(
            key=key,
            kind=thing["kind"],
            type=thing.get("type", ""),
            title=seen.title,
            url=version["url"],
            language=language,
            teaser=version["teaser"],
            day=date.fromisoformat(day) if day else None,
            alternates=alternates,
            pk=version.get("pk", 0),
            themes=thing.get("themes", ()),
            concepts=thing.get("concepts", ()),
            highlights=list(highlights),
            score=score,
        )
        result.title_language, result.teaser_language = version.get("spoken", ("", ""))
        own = seen.own().union(*(other.own() for other in others.values()))
        result.reasons = [
            # That a word is mentioned is seen where it stands.
            *(concepts[number] for number in concepts if number not in own & self._passing(thing)),
            *self._written(seen),
        ]
        for other, found in others.items():
            result.reasons += [
                explaining.in_other_language(reason, other, asked)
                for reason in self._written(found, {*seen.own(), *concepts})
            ]
        unanswered = set(range(len(self.question.units))) - own
        unsaid = unanswered - {*concepts}
        reworded = in_other_words(thing, versions, unsaid, seen, self)
        result.reasons += reworded.values()
        unsaid -= reworded.keys()
        if unsaid:
            further, unsaid = otherwise(thing, unsaid, self)
            result.reasons += further
        has_part = False
        if partial and not result.reasons:
            result.reasons = said_parts(seen, self.question)
            for other, one in versions.items():
                if result.reasons:
                    break
                result.reasons = [
                    explaining.in_other_language(reason, other, asked)
                    for reason in said_parts(self._look(one, other, loosely=True), self.question)
                ]
            has_part = bool(result.reasons)
        return Presented(result, versions, unanswered, unsaid, has_part)

    def missing(self, presented: Presented) -> list[str]:
        """The parts of the question that a thing does not answer, in the asker's words."""
        return [self.question.said(unit) for unit in self._lacking(presented)]

    def lack(self, presented: Presented) -> int:
        """How much of the question a thing does not answer: a term is more than a word."""
        return sum(2 if unit.concepts else 1 for unit in self._lacking(presented))

    def _lacking(self, presented: Presented) -> list[Unit]:
        lacking = presented.open & presented.unsaid
        return [group[0] for number, group in self._alone() if number in lacking]

    def _alone(self) -> Iterable[tuple[int, list[Unit]]]:
        """Groups of one unit with its number; an alternative may answer in place of others."""
        number = 0
        for group in self.question.groups:
            if len(group) == 1:
                yield number, group
            number += len(group)

    def _searched(self, versions: Mapping[str, Version]) -> Mapping[str, Version]:
        """Those in the languages that are searched: what is quoted stands in one of them."""
        kept = {code: one for code, one in versions.items() if code in self.composer.searched}
        return kept or versions

    def _best(self, versions: Mapping[str, Version]) -> str:
        """The asker's language, else one in which the asker's words stand, else the portal's."""
        items = [item for unit in self.question.units for item in unit.items]
        spoken = [code for item in items for code in self.composer.languages_of(item)]
        wanted = (self.question.language, *spoken, FALLBACK_LANGUAGE)
        return next((code for code in wanted if code in versions), next(iter(versions)))

    def _look(self, version: Version, language: str, *, loosely: bool = False) -> Seen:
        wanted = self.wanted(language, loosely=loosely)
        seen, in_title = seen_in(version, wanted)
        if loosely:
            seen.parts_in_title = parts_in(version["title"], in_title, wanted, self.question)
            for highlight in seen.highlights:
                text = highlight.text
                for unit, wholes in parts_in(
                    text, wanted.find(text), wanted, self.question
                ).items():
                    for whole, parts in wholes.items():
                        told = seen.parts_in_text.setdefault(unit, {})
                        told.setdefault(whole, []).extend(parts)
        return seen

    def _look_elsewhere(
        self, versions: Mapping[str, Version], shown: str, seen: Seen
    ) -> dict[str, Seen]:
        """Other versions, as long as they answer what none before them did."""
        units = self.question.units
        open_units = set(range(len(units))) - seen.own()
        found: dict[str, Seen] = {}
        for language, version in versions.items():
            if not open_units:
                break
            speaks = any(
                language in self.composer.languages_of(item)
                for number in open_units
                for item in units[number].items
            )
            if language == shown or not speaks:
                continue
            other = self._look(version, language)
            if other.own() & open_units:
                open_units -= other.own()
                found[language] = other
        return found

    def wanted(self, language: str, *, loosely: bool = False) -> Needles:
        """What is sought in texts of a language."""
        key = (language, loosely)
        if key not in self._sought:
            self._sought[key] = needles(
                self.question,
                language,
                self.words,
                loosely=loosely,
                common=self.composer.common,
                is_at_home=self.composer.is_at_home,
            )
        return self._sought[key]

    def _concepts(self, thing: Mapping[str, Any]) -> dict[int, str]:
        """By unit, the sentence that says by which term or name the thing answers it."""
        about: Mapping[str, int] = thing.get("about", {})
        reasons: dict[int, str] = {}
        for number, unit in enumerate(self.question.units):
            for meant in unit.concepts:
                if meant.scheme == WORDS:
                    continue
                label = self.label(meant)
                if meant.token in about:
                    passing = about[meant.token] < weights.ABOUT
                    if meant.whole:
                        reason = explaining.meant(meant.text, label, mentioned=passing)
                    else:
                        said = self.question.said(unit)
                        reason = explaining.within(said, label, mentioned=passing)
                    reasons.setdefault(number, reason)
                elif self.narrower and (below := self._below(meant.slug, about)):
                    reasons.setdefault(number, explaining.narrower(label, below))
        return reasons

    def _passing(self, thing: Mapping[str, Any]) -> set[int]:
        """The units whose concepts, named as the asker named them, are only mentioned."""
        about: Mapping[str, int] = thing.get("about", {})
        return {
            number
            for number, unit in enumerate(self.question.units)
            if all(
                about.get(meant.token, 0) < weights.ABOUT
                and fold(meant.text) == fold(self.label(meant))
                for meant in unit.concepts
            )
        }

    def label(self, meant: Meant) -> str:
        """What a concept of the question is called in the asker's language."""
        return self.words.label(meant.slug, self.question.language, meant.scheme)

    def names(self, meant: Meant) -> Sequence[Label]:
        """All names of a concept of the question."""
        return self.words.concept(meant.slug, meant.scheme).labels

    def _below(self, slug: str, about: Iterable[str]) -> list[str]:
        """Labels of what the thing is about and what is narrower than `slug`."""
        found = []
        for one in about:
            above, front = set(), {one}
            while front:
                above |= front
                front = {
                    broader
                    for each in front
                    if each in self.words.schemes[SCHEME].concepts
                    for broader in self.words.concept(each, SCHEME).broader
                } - above
            if slug in above and one != slug:
                found.append(self.words.label(one, self.question.language, SCHEME))
        return found[:3]

    def _written(self, seen: Seen, known: set[int] | None = None) -> list[str]:
        """Where the asker's own words stand in a version."""
        told = set(known or ())
        in_title = {n for n, is_own in seen.in_title.items() if is_own and n not in told}
        in_text = {n for n, is_own in seen.in_text.items() if is_own and n not in told | in_title}
        titled = self._texts(in_title, [seen.title_text])
        written = self._texts(in_text, [one.text for one in seen.highlights])
        for number, (there, quoted) in seen.apart.items():
            if number not in told:
                titled += self._words(number, there)
                written += self._words(number, quoted)
        return [
            sentence(words)
            for sentence, words in ((explaining.in_title, titled), (explaining.in_text, written))
            if words
        ]

    def _texts(self, units: Iterable[int], texts: Sequence[str]) -> list[str]:
        """What the asker wrote; several words one by one, where they stand apart in the texts."""
        found = []
        for number in sorted(units):
            unit = self.question.units[number]
            said, parts = self.question.said(unit), self.question.telling(unit)
            if len(unit.items) > 1 and not any(fold(said) in fold(text) for text in texts):
                found += self._words(number, parts)
            else:
                found.append(said)
        return found

    def _words(self, number: int, parts: Iterable[int]) -> list[str]:
        items = self.question.units[number].items
        return [items[part].text for part in sorted(parts)]
