"""How good the search is: judged needs in five languages over the demo site, beside plain search.

Needs of readers, graded by hand before anything was tuned (`data/judged/`). Reported are nDCG@10
(gain 2^grade - 1, discount log2 of the place plus 1, ideal over everything graded) and recall@20
(of what is graded useful or better). Results are things, with all their languages as one. Topics
that are held out from those who tune are reported by their means alone.

Compared, on the same site in the same run:

- ours: the search page, its list of what answers some of the question included
- words: any of the words as written, scored by BM25 in the same engine
- wagtail: Wagtail's own database search in all languages; `any` matches any word instead of every
- mended: ours after a click on the first “did you mean”, for slips of the keyboard

The demo speaks four languages, so a French question mostly finds a French text. Therefore the site
is also made to speak one language at a time, and the same topics are asked in that language and in
the four others: what is lost is what it costs to ask in another language than that of the texts.

    python benchmarks/search_quality.py [--quick] [--verbose] [--json FILE]
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from judging.needs import Need, load, speaks  # noqa: E402 — after the path is set
from judging.reporting import as_json, details, report  # noqa: E402
from judging.scoring import EVERYTHING, PUBLISHED, Row, graded, score  # noqa: E402

SPOKEN = ("en", "fr", "nl", "de")
COMPARED = ("ours", "words", "wagtail", "wagtail any")


class Bench:
    """The demo site and the systems on it."""

    def __init__(self) -> None:
        from judging import systems  # noqa: PLC0415 — Django is set up by now
        from judging.demo import Demo, is_unspoken  # noqa: PLC0415

        from contactpoint.search.engines import engine  # noqa: PLC0415

        self.demo = Demo()
        self.engine = engine()
        self.is_unspoken = is_unspoken
        self.systems: dict[str, Callable[[str, str], list[str]]] = {
            "ours": systems.ours,
            "words": systems.words,
            "wagtail": systems.wagtail,
            "wagtail any": systems.wagtail_any,
            "mended": systems.mended,
        }

    def build(self) -> None:
        """Make the site and its index."""
        self.demo.build()
        self.demo.index("whole", self.engine)

    @contextmanager
    def speaking(self, language: str) -> Iterator[None]:
        """The site in one language, indexed anew."""
        with self.demo.speaking(language):
            self.demo.index(f"only-{language}", self.engine)
            yield

    def rows(
        self,
        needs: Iterable[Need],
        among: Sequence[str] = PUBLISHED,
        only: str = "",
        systems: Sequence[str] = COMPARED,
    ) -> list[Row]:
        """Ask every need of every system; needs for which nothing useful is there are left out."""
        languages = self.demo.languages(only)
        spoken = self.demo.words(only)
        found = []
        for need in needs:
            values = graded(need, languages, among)
            if values:
                is_cross = not speaks(need.language, values, languages)
                unspoken = self.is_unspoken(need.query, spoken, need.language)
                row = Row(need, values, is_cross, unspoken)
                for name in systems:
                    ranking = self.systems[name](need.query, need.language)
                    row.scores[name] = score(
                        self.demo.named(ranking),
                        values,
                        lambda key: (
                            key in languages or ("concept" in among and key.startswith("concept:"))
                        ),
                    )
                found.append(row)
        return found


def measure(is_quick: bool) -> dict[str, list[Row]]:
    """Every run by name: the demo as it is, in one language at a time, and with the glossary."""
    bench = Bench()
    bench.build()
    needs = load()
    asked = [need for need in needs if need.group in ("parallel", "single", "held")]
    parallel = [need for need in needs if need.group in ("parallel", "held")]
    definitions = [need for need in needs if need.group == "definitions"]
    typos = [need for need in needs if need.group == "typos"]
    runs = {
        "as it is": bench.rows(asked),
        "with the glossary": bench.rows(asked, EVERYTHING, systems=("ours", "words")),
        "definitions": bench.rows(definitions, EVERYTHING, systems=("ours", "words")),
        "typos": bench.rows(typos, systems=(*COMPARED, "mended")),
    }
    for language in SPOKEN[:1] if is_quick else SPOKEN:
        with bench.speaking(language):
            runs[f"only {language}"] = bench.rows(parallel, only=language)
    return runs


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="one language at a time: English only")
    parser.add_argument("--verbose", action="store_true", help="every need, and what went wrong")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            CONTACTPOINT_DATA=folder,
            CONTACTPOINT_ENVIRONMENT="demo",
            CONTACTPOINT_LOG_LEVEL="ERROR",
            DJANGO_SETTINGS_MODULE="contactpoint.config.settings",
        )
        import django  # noqa: PLC0415

        django.setup()
        from judging.demo import Demo  # noqa: PLC0415

        runs = measure(options.quick)
        titles = Demo().titles()
    for line in report(runs):
        print(line)
    if options.verbose:
        for line in details(runs, titles):
            print(line)
    if options.json:
        options.json.write_text(json.dumps(as_json(runs), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
