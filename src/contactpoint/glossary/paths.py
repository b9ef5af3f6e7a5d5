"""Where concepts stand: the way down from the top of the hierarchy, and what is right below."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.translation import get_language

from contactpoint.glossary.models import Concept
from contactpoint.glossary.naming import label_in


@dataclass(frozen=True, slots=True)
class Step:
    """A concept on the way: its key, and its name in the active language."""

    pk: int
    label: str


@dataclass(slots=True)
class Hierarchy:
    """All that is broader and narrower, and all names, in two queries."""

    labels: dict[int, str] = field(default_factory=dict)
    broader: dict[int, list[int]] = field(default_factory=dict)
    narrower: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Hierarchy":
        """Of the concepts that the scheme has not given up, in the active language."""
        language = (get_language() or "en").split("-", maxsplit=1)[0]
        rows = Concept.objects.exclude(status=Concept.Status.DEPRECATED).order_by()
        found = cls(dict(rows.annotate(name=label_in(language)).values_list("pk", "name")))
        pairs = Concept.broader.through.objects.values_list("from_concept_id", "to_concept_id")
        for below, above in pairs:
            if below in found.labels and above in found.labels:
                found.broader.setdefault(below, []).append(above)
                found.narrower.setdefault(above, []).append(below)
        return found

    def path(self, pk: int) -> list[Step]:
        """The shortest way from the top to right above the concept; a circle ends where it began.

        Of ways of one length the first by name.
        """
        front: list[tuple[int, ...]] = [(pk,)]
        seen = {pk}
        while front:
            longer: list[tuple[int, ...]] = []
            for way in front:
                above = self.broader.get(way[0], ())
                if not above:
                    return [Step(step, self.labels[step]) for step in way[:-1]]
                for one in sorted(above, key=lambda key: self.labels[key].casefold()):
                    if one not in seen:
                        seen.add(one)
                        longer.append((one, *way))
            if not longer:
                return [Step(step, self.labels[step]) for step in front[0][:-1]]
            front = longer
        return []

    def below(self, pk: int) -> list[Step]:
        """What is right below, by name."""
        return self._named(self.narrower.get(pk, ()))

    def tops(self) -> list[Step]:
        """What stands under nothing, by name."""
        return self._named([pk for pk in self.labels if not self.broader.get(pk)])

    def _named(self, keys: Collection[int]) -> list[Step]:
        steps = [Step(key, self.labels[key]) for key in keys]
        return sorted(steps, key=lambda step: step.label.casefold())
