"""The tables of `search_quality.py`, and its figures as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from judging.needs import LANGUAGES
from judging.scoring import Row, mean, paired

Runs = dict[str, list[Row]]
AIM_ACROSS: Final = 0.95
AIM_TIMES: Final = 3
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


def by_language(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Rows of each asker's language, those of a text in it before those without one; and all."""
    parts: dict[str, list[Row]] = {}
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


def report(runs: dict[str, list[Row]]) -> Iterator[str]:
    """The tables."""
    systems = tuple(runs["as it is"][0].scores)
    yield from lines("The demo as it is", by_language(runs["as it is"]), systems)
    singles = {name: rows for name, rows in runs.items() if name.startswith("only")}
    together = [row for rows in singles.values() for row in rows]
    parts = {}
    for name, rows in singles.items():
        for code in LANGUAGES:
            parts[f"texts {name}, asked in {code}"] = [
                row for row in rows if row.need.language == code
            ]
    parts["asked in the language of the texts"] = [row for row in together if not row.is_cross]
    parts["asked in another"] = [row for row in together if row.is_cross]
    yield from lines("The demo in one language", parts, systems)
    glossary = ("ours", "words")
    yield from lines(
        "Concepts count as results",
        {"definitions": runs["definitions"], "all others": runs["with the glossary"]},
        glossary,
    )
    yield from lines(
        "Slips of the keyboard", {"all": runs["typos"]}, tuple(runs["typos"][0].scores)
    )
    yield from verdict(runs, systems)


def verdict(runs: Runs, systems: Sequence[str]) -> Iterator[str]:
    """Across languages beside within one, over the same topics, and the aims."""
    figures = across(runs, systems)
    yield "\nThe same topics, across languages beside within one (nDCG@10)"
    for run, found in figures.items():
        for system, (there, here, topics) in found.items():
            share = f"{there / here:7.2f}" if here else "      –"
            yield f"  {run:<26}{topics:>4} topics  {system:<12}{there:7.3f}{here:7.3f}{share}"
    for run, found in figures.items():
        ours, other = found["ours"], found["wagtail"]
        times = f"{ours[0] / other[0]:.1f}" if other[0] else "any number of"
        yield (
            f"{run}: {ours[0] / ours[1]:.0%} of within one language (aim {AIM_ACROSS:.0%}), "
            f"{times} times Wagtail's search across languages (aim {AIM_TIMES})."
        )


def across(
    runs: dict[str, list[Row]], systems: Sequence[str]
) -> dict[str, dict[str, tuple[float, float, int]]]:
    """By run and system: nDCG across, within, and over how many topics."""
    parallel = [row for row in runs["as it is"] if row.need.group == "parallel"]
    figures: dict[str, dict[str, tuple[float, float, int]]] = {"as it is": {}, "one language": {}}
    for system in systems:
        figures["as it is"][system] = paired(parallel, system)
        singles = [rows for name, rows in runs.items() if name.startswith("only")]
        pairs = [paired(rows, system) for rows in singles]
        topics = sum(pair[2] for pair in pairs)
        figures["one language"][system] = (
            sum(pair[0] * pair[2] for pair in pairs) / topics,
            sum(pair[1] * pair[2] for pair in pairs) / topics,
            topics,
        )
    return figures


def details(runs: dict[str, list[Row]], titles: dict[str, str]) -> Iterator[str]:
    """Every need with its scores, and for weak ones what came and what should have."""
    for name, rows in runs.items():
        yield f"\n{name}"
        for row in rows:
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


def as_json(runs: dict[str, list[Row]]) -> dict[str, Any]:
    """All figures."""
    systems = tuple(runs["as it is"][0].scores)
    return {
        "across": {
            run: {
                system: dict(zip(("across", "within", "topics"), values, strict=True))
                for system, values in found.items()
            }
            for run, found in across(runs, systems).items()
        },
        "needs": {
            name: [
                {
                    "need": row.need.id, "query": row.need.query, "cross": row.is_cross,
                    "unspoken": row.is_unspoken,
                    **{
                        system: {
                            "ndcg@10": round(one.ndcg, 4), "recall@20": round(one.recall, 4),
                            "first": list(one.first[:10]),
                        }
                        for system, one in row.scores.items()
                    },
                }
                for row in rows
            ]
            for name, rows in runs.items()
        },
    }  # fmt: skip
