"""A site that grows: outputs of every kind in four languages, each known by its number.

The same numbers give the same things on every machine, and a site that was left half made is gone
on with: a part is written whole or not at all. Words are drawn by Zipf's law, as are concepts, so
that a few of them stand on very many pages. Series have thirty issues at every size: they grow with
years and not with the portal.
"""

import datetime
import random
import uuid
from collections.abc import Callable
from itertools import accumulate
from typing import Any, Final

import desk
import factories
from django.db import transaction
from searchspeed.documents import EXPONENT, SHARED, WORDS, Maker

LANGUAGES: Final = factories.LANGUAGES
PART: Final = 250
"""Things that are written in one transaction, each in every language."""
WRITTEN: Final = 2_500
"""Things that are written as an import does; beyond them they are copied, so many at once."""
DAYS: Final = 5_520
"""From 2012 on, the last of them to come yet."""
ISSUES: Final = 30
FIRST_KEY: Final = uuid.UUID("5ca1e000-0000-4000-8000-000000000000")
LAST_KEY: Final = uuid.UUID("5ca1e000-0000-4000-8000-ffffffffffff")


class Grown(desk.Site):
    """The site in the database, made where there is none."""

    def __init__(self) -> None:
        from contactpoint.config.site import prepare  # noqa: PLC0415 — the environment comes first
        from contactpoint.glossary.models import Concept, Theme  # noqa: PLC0415
        from contactpoint.network.models import Country, Institution  # noqa: PLC0415

        prepare()
        self.factories = factories
        self.made = factories.read_site() if self.has() else factories.make_site()
        self.subjects = {
            "theme": list(Theme.objects.order_by("pk")),
            "concept": list(Concept.objects.order_by("pk")[:300]),
            "institution": list(Institution.objects.order_by("pk")),
            "country": list(Country.objects.order_by("pk")[:30]),
        }
        self.lexicon = Maker([], [])
        self.weights = {
            size: list(accumulate(1 / (rank + 1) ** EXPONENT for rank in range(size)))
            for size in (WORDS, SHARED, len(self.subjects["concept"]))
        }

    def has(self) -> int:
        """How many things of ours there are."""
        from contactpoint.outputs.models import Output  # noqa: PLC0415

        ours = Output.objects.filter(translation_key__range=(FIRST_KEY, LAST_KEY))
        return ours.filter(locale__language_code="en").count()

    def grow(self, things: int, tell: Callable[[int], None]) -> None:
        """Up to so many things; `tell` hears after each part how many there are."""
        written = min(things, WRITTEN)
        for start in range(self.has(), written, PART):
            self._part(range(start, min(start + PART, written)))
            tell(min(start + PART, written))
        if things > written:
            from scaled.copies import Copies  # noqa: PLC0415

            copies = Copies(FIRST_KEY, WRITTEN)
            for number in range(self.has() // WRITTEN, things // WRITTEN):
                copies.write(number)
                tell((number + 1) * WRITTEN)

    @transaction.atomic
    def _part(self, numbers: range) -> None:
        from contactpoint.outputs.batch import create_pages  # noqa: PLC0415

        found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in desk.KINDS}
        for number in numbers:
            self.dice = random.Random(number)
            kind = self.dice.choices(desk.KINDS, desk.WEIGHTS)[0]
            found[kind].append(self._facts(kind, number))
        for code in LANGUAGES:
            lists = {getattr(one, "KIND", ""): one for one in self.made.lists[code].values()}
            for kind, facts in found.items():
                create_pages(lists[kind], [self._page(kind, one, code) for one in facts])

    def _facts(self, kind: str, number: int) -> dict[str, Any]:
        dice = self.dice
        links = {
            name: dice.sample(self.subjects[name], many)
            for name, many in (("theme", 2), ("institution", 2), ("country", 1))
        }
        concepts = self.subjects["concept"]
        links["concept"] = list({concepts[self._drawn(len(concepts))] for _ in range(3)})
        is_issue = kind == "publication" and dice.random() < 0.3
        name = f"series-{number // (ISSUES * 13)}" if is_issue else f"study-{number // 50}"
        family = self.factories.make_family(name, name.partition("-")[0])
        return {
            "key": uuid.UUID(int=FIRST_KEY.int + number), "number": number, "links": links,
            "day": datetime.date(2012, 1, 1) + datetime.timedelta(days=dice.randrange(DAYS)),
            "family": [family] if kind == "publication" else [],
            "texts": {code: self._words(code) for code in LANGUAGES},
            "unknown": f"keyword {dice.randrange(400)}" if dice.random() < 0.2 else "",
        }  # fmt: skip

    def _page(self, kind: str, facts: dict[str, Any], code: str) -> Any:
        words = facts["texts"][code]
        sentences = [" ".join(words[at : at + 15]).capitalize() for at in range(8, len(words), 15)]
        if kind not in ("news-item", "publication"):  # days to come are for what may be planned
            past = facts
        else:
            past = facts | {"day": min(facts["day"], datetime.date(2026, 6, 30))}
        text = [f"{one}." for one in sentences]
        return super()._page(kind, past | {"text": text, "subject": " ".join(words[:8])}, code)

    def _words(self, code: str) -> list[str]:
        own, shared = self.lexicon.words[code], self.lexicon.words[""]
        return [
            shared[self._drawn(SHARED)] if self.dice.random() < 1 / 12 else own[self._drawn(WORDS)]
            for _ in range(self.dice.randint(40, 80))
        ]

    def _drawn(self, size: int) -> int:
        weights = self.weights[size]
        return self.dice.choices(range(size), cum_weights=weights)[0]
