"""Asked in one language, found in another: what is lost beside asking in the documents' own.

Titles with concepts (Finna) are indexed as the portal indexes: words, and the concepts that the
annotator finds in the titles. The concepts that cataloguers gave are not shown to it; they only say
what should be found. Then each concept is asked for by its preferred label: in another language
(across), in the documents' own (alike), and in that one without concepts, by words alone (words).
The chain is the portal's own: analysis, preparing, the embedded engine, understanding, composing.

Concepts with fewer than five titles are left out: with one or two, a score is mostly luck, and the
ideal that it is measured by is a matter of which title a cataloguer happened to see. Reported are
nDCG@20 and recall@100, each the mean over concepts.

The gold is incomplete, so absolute figures are low; columns of one run compare. Where the asker's
label and the documents' one are the same word, nothing is crossed, so the figures are also given
for the concepts whose labels differ.

    python benchmarks/cross_language.py [--documents FILE.tsv …] [--vocabulary FILE.ttl]
        [--query-language fi --document-language en] [--data FOLDER] [--concepts N] [--quick]
        [--worst N] [--json FILE]

Without files: Finna's titles in English and Swedish, asked in Finnish, Swedish and English.
"""

import argparse
import json
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from judging.measures import USEFUL, ndcg, recall

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
PAIRS = (("fi", "en"), ("sv", "en"), ("en", "sv"), ("fi", "sv"))
LEAST = 5
CUT, DEPTH = 20, 100
QUICK = 500
AIM = 0.95
SYSTEMS = ("across", "alike", "words")


@dataclass(frozen=True)
class Row:
    """One concept as it was asked: its labels, its titles, and what each system found."""

    concept: str
    asked: str
    own: str
    graded: Mapping[str, int]
    found: Mapping[str, Sequence[str]]

    @property
    def is_crossed(self) -> bool:
        """Whether the two labels differ."""
        return self.asked.casefold() != self.own.casefold()

    def figures(self, system: str) -> tuple[float, float]:
        """nDCG@20 and recall@100."""
        ranking = self.found[system]
        return ndcg(ranking, self.graded, CUT), recall(ranking, self.graded, DEPTH)


def titles(files: Sequence[Path]) -> list[tuple[str, frozenset[str]]]:
    """Titles with the addresses of their concepts, from files of `title TAB <uri> <uri>…`."""
    found = []
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            title, _tab, concepts = line.partition("\t")
            if concepts:
                found.append((title, frozenset(one.strip("<>") for one in concepts.split())))
    return found


class Bench:
    """Titles in one language in an index of their own."""

    def __init__(self, words: Any, documents: Sequence[tuple[str, Any]], language: str) -> None:
        from contactpoint.search.asking import understanding  # noqa: PLC0415 — Django is set up
        from contactpoint.search.engines.embedded import EmbeddedEngine  # noqa: PLC0415

        self.language = language
        self.words = words
        # The portal's glossary is not asked here, but the vocabulary that was given.
        understanding.meanings = lambda: words  # type: ignore[assignment]
        self.engine = EmbeddedEngine(Path(tempfile.mkdtemp()))
        self.index(documents)

    def index(self, documents: Sequence[tuple[str, Any]]) -> None:
        """Prepare the titles as things of the portal, and write them."""
        from contactpoint.search.documents import Document, Version  # noqa: PLC0415
        from contactpoint.search.indexing.preparing import prepare  # noqa: PLC0415

        self.engine.create("titles")
        with self.engine.writer("titles") as writer:
            for number, (title, _concepts) in enumerate(documents):
                version = Version(self.language, title, f"/{self.language}/{number}/")
                thing = Document(f"page:{number:06}", "publication", [version])
                writer.put(prepare(thing, self.words))
            writer.commit()
        self.engine.switch("titles")

    def asked(self, question: str, language: str) -> list[str]:
        """What the search page shows: what answers all of the question, then some of it."""
        from contactpoint.search.asking.composing import Composer  # noqa: PLC0415
        from contactpoint.search.asking.understanding import understand  # noqa: PLC0415

        composer = Composer(self.engine, understand(question, language), [self.language])
        strict = self.hits(composer.strict())
        return strict if len(strict) >= DEPTH else [*strict, *self.hits(composer.partial())]

    def by_words(self, question: str) -> list[str]:
        """Any of the words, in any form, in the titles' own language; no concepts."""
        from contactpoint.search.analysis import forms, surfaces  # noqa: PLC0415
        from contactpoint.search.engines.queries import AnyOf, Best, Nothing, Term  # noqa: PLC0415

        field = f"title_{self.language}"
        words = [
            Best(tuple(Term(field, form) for form in forms(word, self.language)))
            for word in surfaces(question)
        ]
        return self.hits(AnyOf(tuple(words)) if words else Nothing())

    def hits(self, query: Any) -> list[str]:
        """Keys of the best."""
        from contactpoint.search.engines.base import Request  # noqa: PLC0415

        return [hit.key for hit in self.engine.search(Request(query, 0, limit=DEPTH)).hits]


def rows(
    bench: Bench,
    documents: Sequence[tuple[str, frozenset[str]]],
    asked_in: str,
    most: int | None,
) -> Iterator[Row]:
    """Every concept with enough titles and a label in both languages; `most` of them, spread."""
    by_concept: dict[str, list[int]] = defaultdict(list)
    for number, (_title, concepts) in enumerate(documents):
        for concept in concepts:
            by_concept[concept].append(number)
    known = {one.uri: one for one in bench.words.schemes["glossary"].concepts.values()}
    telling = sorted(
        uri for uri, numbers in by_concept.items() if len(numbers) >= LEAST and uri in known
    )
    for uri in telling[:: max(1, len(telling) // most) if most else 1]:
        asked, own = (_preferred(known[uri], one) for one in (asked_in, bench.language))
        if not asked or not own:
            continue
        found = {
            "across": bench.asked(asked, asked_in),
            "alike": bench.asked(own, bench.language),
            "words": bench.by_words(own),
        }
        graded = {f"page:{number:06}": USEFUL for number in by_concept[uri]}
        yield Row(known[uri].id, asked, own, graded, found)


def _preferred(concept: Any, language: str) -> str:
    return next(
        (
            label.text
            for label in concept.labels
            if label.kind == "preferred" and label.language == language
        ),
        "",
    )


def figures(found: Sequence[Row]) -> dict[str, Any]:
    """Means over concepts, for each system, and the share that across keeps of alike."""
    table: dict[str, Any] = {"concepts": len(found)}
    for system in SYSTEMS:
        gains, recalls = zip(*(row.figures(system) for row in found), strict=True)
        table[system] = {
            "ndcg@20": sum(gains) / len(gains),
            "recall@100": sum(recalls) / len(recalls),
        }
    for measure in ("ndcg@20", "recall@100"):
        table[f"kept {measure}"] = table["across"][measure] / (table["alike"][measure] or 1)
    return table


def printed(pair: tuple[str, str], count: int, tables: Mapping[str, Any]) -> None:
    """One pair of languages."""
    print(f"\n{pair[0]} over {pair[1]}: {count} titles")
    for name, table in tables.items():
        print(f"  {name}, {table['concepts']} concepts      nDCG@20   recall@100")
        for system in SYSTEMS:
            one = table[system]
            print(f"    {system:<24}{one['ndcg@20']:>12.3f}{one['recall@100']:>13.3f}")
        kept = table["kept ndcg@20"]
        print(
            f"    {'kept across':<24}{kept:>12.1%}{table['kept recall@100']:>13.1%}"
            f"   aim {AIM:.0%}: {'reached' if kept >= AIM else 'not reached'}"
        )


def worst(found: Sequence[Row], most: int) -> None:
    """The concepts that lose most, for whoever mends them."""
    by_loss = sorted(found, key=lambda row: row.figures("across")[0] - row.figures("alike")[0])
    for row in by_loss[:most]:
        across, alike = row.figures("across")[0], row.figures("alike")[0]
        print(
            f"    {alike:.2f} > {across:.2f}  {row.asked} | {row.own}  {len(row.graded)} titles, "
            f"found {len(row.found['across'])} and {len(row.found['alike'])}"
        )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--documents", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--vocabulary", type=Path, metavar="FILE")
    parser.add_argument("--data", type=Path, default=DATA, metavar="FOLDER", help="if not given")
    parser.add_argument("--query-language")
    parser.add_argument("--document-language")
    parser.add_argument("--concepts", type=int, metavar="N", help="about so many, not all")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} concepts, one pair")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list what loses most")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    options = parser.parse_args()
    pair = (options.query_language, options.document_language)
    if any(pair) != all(pair) or bool(options.documents) != all(pair):
        parser.error("--documents, --query-language and --document-language go together.")
    pairs = (pair,) if all(pair) else PAIRS[: 1 if options.quick else None]
    options.vocabulary = options.vocabulary or options.data / "yso" / "yso-3lang.ttl"
    if not options.vocabulary.is_file():
        sys.exit(f"{options.vocabulary} is not there; see --data, --vocabulary and --documents.")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            CONTACTPOINT_DATA=folder,
            CONTACTPOINT_ENVIRONMENT="demo",
            CONTACTPOINT_LOG_LEVEL="ERROR",
            DJANGO_SETTINGS_MODULE="contactpoint.config.settings",
        )
        tempfile.tempdir = folder
        import django  # noqa: PLC0415

        django.setup()
        measured = measure(pairs, options)
    if options.json:
        options.json.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")


def measure(pairs: Sequence[tuple[str, str]], options: argparse.Namespace) -> dict[str, Any]:
    """Each pair of languages over its titles; an index for each language of titles."""
    from contactpoint.glossary.remembering import PortalVocabulary  # noqa: PLC0415
    from contactpoint.search.meanings import GLOSSARY, OF_QUESTIONS  # noqa: PLC0415
    from contactpoint.vocabulary import Scheme, read_turtle  # noqa: PLC0415

    others = [Scheme(one) for one in OF_QUESTIONS if one != GLOSSARY]
    words = PortalVocabulary([read_turtle(options.vocabulary, scheme_id=GLOSSARY), *others])
    most = options.concepts or (QUICK if options.quick else None)
    benches: dict[str, tuple[Bench, Any]] = {}
    measured: dict[str, Any] = {}
    for asked_in, language in pairs:
        if language not in benches:
            files = options.documents or [
                options.data / "finna" / f"finna-{language}-{part}.tsv"
                for part in ("validate", "train")
            ]
            documents = titles(files)
            benches[language] = (Bench(words, documents, language), documents)
        bench, documents = benches[language]
        found = list(rows(bench, documents, asked_in, most))
        crossed = [row for row in found if row.is_crossed]
        if not crossed:
            sys.exit("No concept has enough titles and labels in both languages.")
        tables = {"all": figures(found), "labels that differ": figures(crossed)}
        printed((asked_in, language), len(documents), tables)
        worst(crossed, options.worst)
        measured[f"{asked_in}>{language}"] = {"titles": len(documents), **tables}
    return measured


if __name__ == "__main__":
    main()
