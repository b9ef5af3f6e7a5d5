"""The tables of `search_quality.py`, and its figures as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from judging.needs import LANGUAGES
from judging.scoring import Row, mean, paired

Runs = dict[str, list[Row]]
Across = dict[str, dict[str, tuple[float, float, int]]]
HELD: Final = "held"
"""The group of needs that are reported together only, so that nobody tunes by them."""
AIM_ACROSS: Final = 0.95
AIM_TIMES: Final = 3
ASKED_IN: Final = {
    "en fr nl de": ("en", "fr", "nl", "de"),
    "ar": ("ar",),
    "all five": LANGUAGES,
}
TOGETHER: Final = 1 + len(ASKED_IN)
"""Lines at the end of a table that say its means."""
WEAK: Final = 0.5
"""A need whose nDCG@10 is below this is told of in detail."""


def lines(heading: str, parts: Runs, systems: Sequence[str]) -> Iterator[str]:
    """A table: a line a part, two columns a system."""
    yield f"\n{heading:<40}{'needs':>6}" + "".join(f"{name:>16}" for name in systems)
    yield " " * 46 + "   nDCG   recall" * len(systems)
    for name, rows in parts.items():
        if rows:
            yield f"{name:<40}{len(rows):>6}" + "".join(
                f"{mean(rows, system):>7.3f}{mean(rows, system, 'recall'):>9.3f}"
                for system in systems
            )


def by_language(rows: Sequence[Row]) -> Runs:
    """Rows of each asker's language, those of a text in it before those without one; and all."""
    parts: Runs = {}
    for code in LANGUAGES:
        own = [row for row in rows if row.need.language == code]
        parts[f"{code}, best texts in it"] = [row for row in own if not row.is_cross]
        parts[f"{code}, best texts in others only"] = [row for row in own if row.is_cross]
    return {
        **parts,
        "all, best texts in it": [row for row in rows if not row.is_cross],
        "all, best texts in others only": [row for row in rows if row.is_cross],
        "in words that no text has": [row for row in rows if row.is_unspoken],
        "all": list(rows),
    }


def report(runs: Runs) -> Iterator[str]:
    """The tables."""
    held = {name: [row for row in rows if row.need.group == HELD] for name, rows in runs.items()}
    seen = {name: [row for row in rows if row.need.group != HELD] for name, rows in runs.items()}
    systems = tuple(runs["as it is"][0].scores)
    yield from lines("The demo as it is", by_language(seen["as it is"]), systems)
    yield from lines("The demo in one language", by_text(seen), systems)
    yield from lines(
        "Concepts count as results",
        {"definitions": seen["definitions"], "all others": seen["with the glossary"]},
        tuple(seen["definitions"][0].scores),
    )
    yield from lines("Slips of the keyboard", {"all": seen["typos"]}, (*systems, "mended"))
    parts = {"as it is": held["as it is"], **dict(list(by_text(held).items())[-TOGETHER:])}
    yield from lines("Held out, looked at by nobody", parts, systems)
    yield from verdict(across(seen, systems), "The same topics, nDCG@10")
    yield from verdict(across(held, systems), "Held out, nDCG@10")


def by_text(runs: Runs) -> Runs:
    """Rows of the runs in one language: by that of the texts and that of asking, and together."""
    parts: Runs = {}
    for only in _singles(runs):
        for code in LANGUAGES:
            own = [row for row in runs[only] if row.need.language == code]
            parts[f"texts {only}, asked in {code}"] = own
    together = [row for only in _singles(runs) for row in runs[only]]
    return {
        **parts,
        "asked in the language of the texts": [row for row in together if not row.is_cross],
        **{
            f"asked in another, {name}": [
                row for row in together if row.is_cross and row.need.language in asked
            ]
            for name, asked in ASKED_IN.items()
        },
    }


def verdict(figures: Across, heading: str) -> Iterator[str]:
    """Across languages beside within one, over the same topics, and the aims."""
    yield f"\n{heading:<40}{'topics':>7}{'system':>13}  across  within   share"
    for part, found in figures.items():
        for system, (there, here, topics) in found.items():
            share = f"{there / here:8.0%}" if here else "       –"
            yield f"{part:<40}{topics:>7}{system:>13}{there:8.3f}{here:8.3f}{share}"
    yield ""
    for part, found in figures.items():
        ours = found["ours"]
        times = [
            f"{ours[0] / found[name][0]:.1f}" if found[name][0] else "any number of"
            for name in ("wagtail", "wagtail any")
        ]
        yield (
            f"{part}: {ours[0] / ours[1]:.0%} of within one language (aim {AIM_ACROSS:.0%}); "
            f"Wagtail's search {times[0]} times, for any word {times[1]} times (aim {AIM_TIMES})"
        )


def across(runs: Runs, systems: Sequence[str]) -> Across:
    """By part and system: nDCG across, within, and over how many topics (once a language of texts).

    A part is the demo as it is or in one language, and the languages in which it is asked.
    """
    parallel = [row for row in runs["as it is"] if row.need.group != "single"]
    sites = {"as it is": [parallel], "one language": [runs[only] for only in _singles(runs)]}
    figures: Across = {}
    for site, sets in sites.items():
        for name, asked in ASKED_IN.items():
            found = {
                system: together
                for system in systems
                if (together := _pooled([paired(rows, system, asked) for rows in sets]))
            }
            if found:
                figures[f"{site}, asked in {name}"] = found
    return figures


def _pooled(
    pairs: Sequence[tuple[float, float, int] | None],
) -> tuple[float, float, int] | None:
    there = [pair for pair in pairs if pair is not None]
    topics = sum(number for _across, _within, number in there)
    if not topics:
        return None
    return (
        sum(value * number for value, _within, number in there) / topics,
        sum(value * number for _across, value, number in there) / topics,
        topics,
    )


def _singles(runs: Runs) -> list[str]:
    return [name for name in runs if name.startswith("only")]


def details(runs: Runs, titles: dict[str, str]) -> Iterator[str]:
    """Every need with its scores, and for weak ones what came and what should have."""
    for name, rows in runs.items():
        yield f"\n{name}"
        for row in rows:
            if row.need.group == HELD:
                continue
            marks = ("cross " if row.is_cross else "") + ("unspoken" if row.is_unspoken else "")
            figures = "  ".join(f"{key} {one.ndcg:.2f}" for key, one in row.scores.items())
            yield f"{row.need.id:<36}{row.need.query:<46}{figures}  {marks}"
            ours = row.scores["ours"]
            if ours.ndcg < WEAK:
                wanted = sorted(row.graded, key=lambda key, row=row: -row.graded[key])
                yield "    wanted: " + "; ".join(_shown(key, row, titles) for key in wanted[:4])
                came = "; ".join(_shown(key, row, titles) for key in ours.first[:4])
                yield f"    came:   {came or 'nothing'}"


def _shown(key: str, row: Row, titles: dict[str, str]) -> str:
    return f"[{row.graded.get(key, 0)}] {titles.get(key, key)[:60]}"


def as_json(runs: Runs) -> dict[str, Any]:
    """All figures; of what is held out only the means."""
    systems = tuple(runs["as it is"][0].scores)
    held = {name: [row for row in rows if row.need.group == HELD] for name, rows in runs.items()}
    seen = {name: [row for row in rows if row.need.group != HELD] for name, rows in runs.items()}
    return {
        "across": _named(across(seen, systems)),
        "held": _named(across(held, systems)),
        "needs": {name: [_need(row) for row in rows] for name, rows in seen.items()},
    }


def _named(figures: Across) -> dict[str, Any]:
    names = ("across", "within", "topics")
    return {
        part: {system: dict(zip(names, values, strict=True)) for system, values in found.items()}
        for part, found in figures.items()
    }


def _need(row: Row) -> dict[str, Any]:
    return {
        "need": row.need.id,
        "query": row.need.query,
        "cross": row.is_cross,
        "unspoken": row.is_unspoken,
        **{
            system: {
                "ndcg@10": round(one.ndcg, 4),
                "recall@20": round(one.recall, 4),
                "first": list(one.first[:10]),
            }
            for system, one in row.scores.items()
        },
    }
