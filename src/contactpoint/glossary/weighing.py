"""How much editors' earlier decisions weigh when a concept is suggested again.

For a word that spoke for a concept in *a* items where editors took it, and in *r* where they
refused it, the odds of the next suggestion are multiplied by (a + 2) / (r + 2), kept between 1/8
and 4. The two that are added on each side keep one decision from meaning much. Where several words
speak for a concept, the factor is the geometric mean over their mentions.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import exp, log
from typing import Final

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contactpoint.glossary.models import Decision
from contactpoint.glossary.models.decisions import key_of

PRIOR: Final = 2
LEAST, MOST = 1 / 8, 4.0


@dataclass(frozen=True, slots=True)
class Opinion:
    """In how many items editors took and refused a concept for a word."""

    accepted: int = 0
    refused: int = 0

    @property
    def factor(self) -> float:
        """What the odds are multiplied by."""
        return min(MOST, max(LEAST, (self.accepted + PRIOR) / (self.refused + PRIOR)))


Opinions = Mapping[tuple[str, str], Opinion]
"""By a concept's identifier and the key of a word."""


def opinions(concepts: Collection[str], language: str) -> Opinions:
    """What editors decided on suggestions of these concepts in texts of a language; one query."""
    rows = (
        Decision.objects.filter(
            source=Decision.Source.SUGGESTED, concept__slug__in=concepts, language=language
        )
        .exclude(key="")
        .order_by()
        .values_list("concept__slug", "key", "verdict")
        .annotate(Count("subject", distinct=True))
    )
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for slug, key, verdict, number in rows:
        counts.setdefault((slug, key), {})[verdict] = number
    return {
        pair: Opinion(
            each.get(Decision.Verdict.ACCEPTED, 0), each.get(Decision.Verdict.REJECTED, 0)
        )
        for pair, each in counts.items()
    }


def weighed(score: float, concept: str, mentions: Iterable[str], known: Opinions) -> float:
    """A score of 0 to 1 after what editors decided; unchanged where they decided nothing."""
    factors = [known.get((concept, key_of(words)), Opinion()).factor for words in mentions]
    if not factors or not 0 < score < 1:
        return score
    factor = exp(sum(map(log, factors)) / len(factors))
    return round(score * factor / (score * factor + 1 - score), 4)


def said(concept: str, mentions: Iterable[str], known: Opinions) -> str:
    """The word on which editors decided most, as a sentence; empty where they decided nothing."""
    told = [(known.get((concept, key_of(words))), words) for words in dict.fromkeys(mentions)]
    counted = [(each, words) for each, words in told if each is not None]
    if not counted:
        return ""
    most, words = max(counted, key=lambda one: one[0].accepted + one[0].refused)
    parts = []
    if most.refused:
        refused = ngettext(
            "editors refused it for “%(words)s” once",
            "editors refused it for “%(words)s” %(count)s times",
            most.refused,
        )
        parts.append(refused % {"words": words, "count": most.refused})
    if most.accepted:
        accepted = ngettext(
            "editors took it for “%(words)s” once",
            "editors took it for “%(words)s” %(count)s times",
            most.accepted,
        )
        parts.append(accepted % {"words": words, "count": most.accepted})
    return _("%(one)s, %(other)s") % {"one": parts[0], "other": parts[1]} if parts[1:] else parts[0]
