"""How fast texts are annotated, how long a vocabulary takes to load, and how much memory it holds.

Vocabularies: the shipped glossary with kinds and places, and EuroVoc in 27 languages where the
shared data folder is there. Texts: the demo site's items in four languages (full of the glossary's
terms), and titles of a library catalogue (hardly a word comes twice). A first pass meets every word
for the first time; the figure for later passes is the median of five.

Beside it, in the same process and on the same texts, what others do with the same labels: flashtext
(words as they stand, in Python) and daachorse (letters as they stand, in Rust), if they are there:
`pip install flashtext daachorse`. Neither folds accents, inflects, splits compounds, minds the
language, nor says why; they get the labels of the text's language in lower case.

    python benchmarks/annotate.py [--quick] [--json FILE]
"""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCE = HERE.parent / "src"
SHARED = HERE.parents[1] / "shared" / "data"
SHIPPED = {
    "glossary": SOURCE / "contactpoint/glossary/data/glossary.ttl",
    "kinds": SOURCE / "contactpoint/outputs/data/kinds.ttl",
    "places": SOURCE / "contactpoint/network/data/places.ttl",
}
LANGUAGES = ("en", "fr", "nl", "de")
LONG = 3_000
AIMS = {"glossary": 10.0, "eurovoc": 5.0}
LOADING = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
begin = time.process_time()
from contactpoint.vocabulary import Vocabulary, read_turtle
from pathlib import Path
imported = time.process_time()
if sys.argv[2] == "compile":
    schemes = [read_turtle(Path(p), scheme_id=n) for n, p in json.loads(sys.argv[4]).items()]
    read = time.process_time()
    vocabulary = Vocabulary(schemes)
    done = time.process_time()
    vocabulary.save(Path(sys.argv[3]))
else:
    read = imported
    vocabulary = Vocabulary.load(Path(sys.argv[3]))
    done = time.process_time()
print(json.dumps({"read_seconds": read - imported, "seconds": done - read,
    "languages": len(vocabulary.languages),
    "concepts": sum(len(s.concepts) for s in vocabulary.schemes.values()),
    "peak_mb": int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024,
    "file_mb": Path(sys.argv[3]).stat().st_size / 1e6}))
"""


def demo_texts() -> dict[str, list[str]]:
    """The demo items' prose by language, in documents of some three thousand characters."""
    prose: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for path in sorted((SOURCE / "contactpoint/home/demo").rglob("*.toml")):
        with path.open("rb") as file:
            item = tomllib.load(file)
        for language in LANGUAGES:
            for value in item.get(language, {}).values():
                if isinstance(value, str):
                    prose[language].append(value)
    return {language: list(documents(parts)) for language, parts in prose.items()}


def documents(parts: Sequence[str]) -> Iterator[str]:
    """Parts joined to documents."""
    text = ""
    for part in parts:
        text += part + "\n"
        if len(text) >= LONG:
            yield text
            text = ""


def titles(language: str) -> list[str]:
    """Titles of a library catalogue, in documents of the same size."""
    path = SHARED / f"finna/finna-{language}-train.tsv"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return list(documents([line.partition("\t")[0] for line in lines]))


def speed(run: Callable[[str], Any], texts: Sequence[str], passes: int) -> tuple[float, float]:
    """MB of UTF-8 per CPU second: in the first pass, and the median of later ones."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    figures = []
    for _ in range(1 + passes):
        begin = time.process_time()
        for text in texts:
            run(text)
        figures.append(size / max(time.process_time() - begin, 1e-9))
    return figures[0], statistics.median(figures[1:])


def loading(name: str, files: dict[str, Path], folder: Path) -> dict[str, Any]:
    """Read and compile in one process, load the kept form in another."""
    kept = folder / name
    figures = {}
    for how in ("compile", "load"):
        named = json.dumps({key: str(path) for key, path in files.items()})
        done = subprocess.run(
            [sys.executable, "-c", LOADING, str(SOURCE), how, str(kept), named],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        figures[how] = json.loads(done.stdout)
    return figures


def peers(vocabulary: Any, language: str) -> dict[str, Callable[[str], Any]]:
    """What other libraries do with the labels of one language."""
    labels = {
        label.text.lower(): concept.id
        for scheme in vocabulary.schemes.values()
        for concept in scheme.concepts.values()
        for label in concept.labels
        if label.language == language
    }
    found: dict[str, Callable[[str], Any]] = {}
    for name in ("flashtext", "daachorse"):
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        if name == "flashtext":
            processor = module.KeywordProcessor()
            for label, concept in labels.items():
                processor.add_keyword(label, concept)
            found[name] = lambda text, p=processor: p.extract_keywords(text, span_info=True)
        else:
            longest = module.MATCH_KIND_LEFTMOST_LONGEST
            automaton = module.CharwiseDoubleArrayAhoCorasick(sorted(labels), longest)
            found[name] = lambda text, a=automaton: a.find(text.lower())
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", metavar="FILE")
    options = parser.parse_args()
    sys.path.insert(0, str(SOURCE))
    from contactpoint.vocabulary import Vocabulary  # noqa: PLC0415 — after the path is set

    vocabularies = {"glossary": SHIPPED}
    eurovoc = SHARED / "eurovoc/eurovoc.ttl"
    if eurovoc.exists():
        vocabularies["eurovoc"] = {"eurovoc": eurovoc}
    else:
        print("EuroVoc is left out: the shared data folder is not beside the project.")
    texts = {f"demo, {code}": (code, found) for code, found in demo_texts().items()}
    if not options.quick:
        texts |= {f"titles, {code}": (code, titles(code)) for code in ("en", "sv")}
    passes = 3 if options.quick else 5
    figures: dict[str, Any] = {"machine": platform.machine(), "python": platform.python_version()}
    with tempfile.TemporaryDirectory() as folder:
        for name, files in vocabularies.items():
            one = figures[name] = loading(name, files, Path(folder))
            made, kept = one["compile"], one["load"]
            print(
                f"\n{name}: {made['concepts']} concepts, {made['languages']} languages. CPU: "
                f"read {made['read_seconds']:.1f} s, compiled {made['seconds']:.1f} s, peak "
                f"{made['peak_mb']:.0f} MB; kept form ({kept['file_mb']:.0f} MB) loaded in "
                f"{kept['seconds']:.2f} s, peak {kept['peak_mb']:.0f} MB."
            )
            vocabulary = Vocabulary.load(Path(folder) / name)
            print(
                f"  MB/s of CPU (aim {AIMS[name]:.0f})   first    later  undetected  per kB  others"
            )
            for heading, (language, found) in texts.items():
                if not found:
                    continue
                first, later = speed(
                    lambda t, v=vocabulary, c=language: v.annotate(t, c), found, passes
                )
                detected = speed(vocabulary.annotate, found, passes)[1]
                hits = sum(len(vocabulary.annotate(text, language)) for text in found)
                size = sum(len(text.encode()) for text in found) / 1000
                others = {
                    peer: speed(run, found, passes)[1]
                    for peer, run in peers(vocabulary, language).items()
                }
                one[heading] = {
                    "mb": size / 1000, "first": first, "later": later, "detected": detected,
                    "annotations_per_kb": hits / size, "peers": others,
                }  # fmt: skip
                print(
                    f"  {heading:<24}{first:9.1f}{later:9.1f}{detected:11.1f}{hits / size:9.1f}  "
                    + ", ".join(f"{peer} {figure:.1f}" for peer, figure in others.items())
                )
            one["resident_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
