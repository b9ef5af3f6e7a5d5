"""The tables of `search_quality.py`, and its figures as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from judging.needs import LANGUAGES
from judging.scoring import Row, mean, paired

Runs = dict[str, list[Row]]
AIM_ACROSS: Final = 0.95
AIM_TIMES: Final = 3
ASKED_IN: Final = {
    "en fr nl de": ("en", "fr", "nl", "de"),
    "ar": ("ar",),
    "all five": LANGUAGES,
}
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
    systems = tuple(runs["as it is"][0].scores)
    yield from lines("The demo as it is", by_language(runs["as it is"]), systems)
    yield from lines("The demo in one language", by_text(runs), systems)
    yield from lines(
        "Concepts count as results",
        {"definitions": runs["definitions"], "all others": runs["with the glossary"]},
        tuple(runs["definitions"][0].scores),
    )
    yield from lines("Slips of the keyboard", {"all": runs["typos"]}, (*systems, "mended"))
    yield from verdict(runs, systems)


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


def verdict(runs: Runs, systems: Sequence[str]) -> Iterator[str]:
    """Across languages beside within one, over the same topics, and the aims."""
    figures = across(runs, systems)
    yield f"\n{'The same topics, nDCG@10':<40}{'topics':>7}{'system':>13}  across  within   share"
    for part, found in figures.items():
        for system, (there, here, topics) in found.items():
            share = f"{there / here:8.0%}" if here else "       –"
            yield f"{part:<40}{topics:>7}{system:>13}{there:8.3f}{here:8.3f}{share}"
    yield ""
    for part, found in figures.items():
        ours, other = found["ours"], found["wagtail"]
        times = f"{ours[0] / other[0]:.1f}" if other[0] else "any number of"
        yield (
            f"{part}: {ours[0] / ours[1]:.0%} of within one language (aim {AIM_ACROSS:.0%}), "
            f"{times} times Wagtail's search (aim {AIM_TIMES})"
        )


def across(runs: Runs, systems: Sequence[str]) -> dict[str, dict[str, tuple[float, float, int]]]:
    """By part and system: nDCG across, within, and over how many topics (once a language of texts).

    A part is the demo as it is or in one language, and the languages in which it is asked.
    """
    parallel = [row for row in runs["as it is"] if row.need.group == "parallel"]
    sites = {"as it is": [parallel], "one language": [runs[only] for only in _singles(runs)]}
    figures: dict[str, dict[str, tuple[float, float, int]]] = {}
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
