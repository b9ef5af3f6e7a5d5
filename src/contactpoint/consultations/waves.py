"""Rounds of one survey that follow each other."""

from collections.abc import Iterator

from contactpoint.consultations.models import Round
from contactpoint.kit.labels import pick


def wave_name(round: Round) -> str:
    """What a wave is called beside another, in the active language: as its editors say, else by
    its year."""
    name = pick(round.wave_names) if round.wave_names else ""
    return name or (f"{round.opens_at:%Y}" if round.opens_at else round.label)


def waves_before(round: Round) -> Iterator[Round]:
    """The wave itself and all before it, the newest first."""
    met: set[int] = set()
    one: Round | None = round
    while one is not None and one.pk not in met:
        met.add(one.pk)
        yield one
        one = one.previous


def waves_with(round: Round) -> frozenset[int]:
    """The keys of all that follow each other with this one, itself among them; one query."""
    rows = Round.objects.filter(instrument=round.instrument_id).values_list("pk", "previous")
    pairs = [(pk, before) for pk, before in rows if before is not None]
    found: set[int] = {round.pk}
    while more := {one for pair in pairs if found.intersection(pair) for one in pair} - found:
        found |= more
    return frozenset(found)
