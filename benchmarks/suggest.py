"""How good and how fast concepts are suggested, without and with learning, beside Annif.

Titles with YSO concepts (Finna, 20,000 to learn from and 1,000 unseen ones, in English and in
Swedish). Ours: `evaluate` without training, `train`, `evaluate` of what was kept, and what was
learned from English titles on Swedish ones and the other way round. With `--annif FOLDER`, the
folder of an environment in which `annif[omikuji]` is installed: its mllm, its omikuji and their
ensemble, untuned, trained and measured on the same files in the same run.

Each step is a process of its own on one thread. CPU seconds and peak memory are those of that
process as the system counts them; per second means CPU seconds of suggesting alone. Medians of
several processes. What Annif trained is kept in `--annif-data` and used again.

    python benchmarks/suggest.py [--quick] [--json FILE] [--data FOLDER] [--annif FOLDER]
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

STEMMERS = {"en": "english", "sv": "swedish"}
BACKENDS = ("mllm", "omikuji", "ensemble")
LIMIT = 10
PUNKT = ("abbrev_types.txt", "collocations.tab", "ortho_context.tab", "sent_starters.txt")
# Asked for where Annif is not at hand: its figures on another sample of the same titles.
AIMS = {
    "en": {"untrained_f1": 0.134, "trained_f1": 0.178, "trained_ndcg": 0.251},
    "sv": {"untrained_f1": 0.125, "trained_f1": 0.167, "trained_ndcg": 0.233},
}
UNTRAINED_PER_SECOND, TRAINED_PER_SECOND, TRAIN_SECONDS = 3240, 935, 30
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), "1")


def run(command: list[str], **environment: str) -> dict[str, Any]:
    """Run to the end; its output, CPU seconds and peak memory."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command, stdout=out, stderr=errors, env={**os.environ, **ONE_THREAD, **environment}
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        if process.returncode:
            sys.exit(f"{' '.join(command)}\n{errors.read().decode(errors='replace')[-2000:]}")
        return {
            "output": out.read().decode(),
            "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 2),
            "peak_mb": round(usage.ru_maxrss / 1024, 1),
        }


def ours(*arguments: str) -> dict[str, Any]:
    """One of the library's commands."""
    done = run([sys.executable, "-m", "contactpoint.vocabulary", *arguments, "--json"])
    return {**done, **json.loads(done.pop("output")), "peak_mb": done["peak_mb"]}


def medians(runs: list[dict[str, Any]]) -> dict[str, float]:
    """Of every figure."""
    return {
        name: round(statistics.median(one[name] for one in runs), 4)
        for name, value in runs[0].items()
        if isinstance(value, int | float)
    }


def taught(language: str, data: Path, folder: Path, repeats: int) -> dict[str, float]:
    """Train and keep; it shall serve the other language too."""
    others = [
        argument for other in STEMMERS if other != language for argument in ("--serve", other)
    ]
    return medians([
        ours("train", str(data / "yso/yso-3lang.ttl"), "--language", language, "--documents",
             str(lessons(data, language)), "--keep", str(folder / f"{language}.npz"), *others)
        for _ in range(repeats)
    ])  # fmt: skip


def evaluated(source: Path, language: str, data: Path) -> dict[str, Any]:
    """A scheme without training, or what was kept, on the unseen titles of a language."""
    test = str(validation(data, language))
    return ours("evaluate", str(source), "--language", language, "--test", test)


def lessons(data: Path, language: str) -> Path:
    return data / f"finna/finna-{language}-train.tsv"


def validation(data: Path, language: str) -> Path:
    return data / f"finna/finna-{language}-validate.tsv"


class Annif:
    """Annif in its own environment, with a working folder."""

    def __init__(self, environment: Path, folder: Path) -> None:
        self.python = str(environment / "bin/python")
        self.command = str(environment / "bin/annif")
        self.folder = folder
        self.environment = {
            "ANNIF_PROJECTS": str(folder / "projects.cfg"),
            "ANNIF_DATADIR": str(folder / "data"),
            "NLTK_DATA": str(folder / "nltk_data"),
            "PYTHONPATH": "",
        }

    def prepare(self, data: Path) -> None:
        """Projects, empty sentence parameters (they can't be fetched offline), the vocabulary."""
        lines = []
        for language, stemmer in STEMMERS.items():
            punkt = self.folder / "nltk_data/tokenizers/punkt_tab" / stemmer
            punkt.mkdir(parents=True, exist_ok=True)
            for name in PUNKT:
                (punkt / name).touch()
            for backend in BACKENDS:
                lines += [f"[{backend}-{language}]", f"name={backend} {language}",
                          f"language={language}", f"backend={backend}", "vocab=yso", "limit=100",
                          f"sources=mllm-{language},omikuji-{language}" if backend == "ensemble"
                          else f"analyzer=snowball({stemmer})", ""]  # fmt: skip
        (self.folder / "projects.cfg").write_text("\n".join(lines), encoding="utf-8")
        if not (self.folder / "data/vocabs/yso").exists():
            self.run("load-vocab", "yso", str(data / "yso/yso-3lang.ttl"))

    def run(self, *arguments: str) -> dict[str, Any]:
        return run([self.command, *arguments], **self.environment)

    def train(self, language: str, file: Path) -> dict[str, dict[str, float]]:
        """Train what is not trained yet; what each cost, also where it was kept from before."""
        costs = {}
        for backend in BACKENDS[:2]:
            note = self.folder / f"trained-{backend}-{language}.json"
            if not note.exists():
                cost = self.run("train", "-j", "1", f"{backend}-{language}", str(file))
                cost.pop("output")
                note.write_text(json.dumps(cost), encoding="utf-8")
            costs[backend] = json.loads(note.read_text(encoding="utf-8"))
        return costs

    def is_trained(self, language: str) -> bool:
        return all(
            (self.folder / f"trained-{backend}-{language}.json").exists()
            for backend in BACKENDS[:2]
        )

    def measure(self, project: str, file: Path) -> dict[str, Any]:
        done = run([self.python, __file__, "--in-annif", project, str(file)], **self.environment)
        figures = json.loads(done.pop("output").splitlines()[-1])
        return {**done, **figures}

    def score(self, ranked: Path, file: Path) -> dict[str, float]:
        """What Annif's own evaluation says of our suggestions."""
        done = run([self.python, __file__, "--in-annif", str(ranked), str(file)],
                   **self.environment)  # fmt: skip
        return json.loads(done["output"].splitlines()[-1])


def in_annif(project_id: str, file: str) -> dict[str, float]:
    """Inside Annif's process: suggest in its own batches, evaluate as `annif eval` does."""
    import annif.eval  # noqa: PLC0415 — only there
    import annif.suggestion  # noqa: PLC0415
    from annif import create_flask_app  # noqa: PLC0415
    from annif.corpus import DocumentFileTSV  # noqa: PLC0415
    from annif.registry import AnnifRegistry  # noqa: PLC0415

    with create_flask_app().app_context():
        registry = AnnifRegistry(
            os.environ["ANNIF_PROJECTS"], os.environ["ANNIF_DATADIR"], init_projects=False
        )
        is_ours = project_id.endswith(".json")
        named = f"mllm-{Path(project_id).stem}" if is_ours else project_id
        project = registry.get_project(named)
        before = time.process_time()
        if not is_ours:
            project.initialize()
        loaded = time.process_time() - before
        batches = list(DocumentFileTSV(file, project.subjects).doc_batches)
        found, spent, count = annif.eval.EvaluationBatch(project.subjects), 0.0, 0
        ranked = iter(json.loads(Path(project_id).read_text("utf-8"))) if is_ours else iter(())
        for batch in batches:
            before = time.process_time()
            if is_ours:
                suggested = [
                    [annif.suggestion.SubjectSuggestion(project.subjects.by_uri(uri), score)
                     for uri, score in next(ranked)] for _ in batch
                ]  # fmt: skip
            else:
                suggested = project.suggest(list(batch)).filter(limit=LIMIT, threshold=0.0)
            spent += time.process_time() - before
            count += len(batch)
            found.evaluate_many(suggested, [document.subject_set for document in batch])
        figures = found.results(metrics=["F1@5", "NDCG@10"])
    return {
        "f1@5": round(float(figures["F1@5"]), 4),
        "ndcg@10": round(float(figures["NDCG@10"]), 4),
        "per_cpu_second": round(count / spent, 1),
        "load_seconds": round(loaded, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "documents": count,
    }


def write_ranked(kept: Path, language: str, test: Path, target: Path) -> None:
    """Our suggestions as addresses with scores, for Annif to count."""
    from contactpoint.vocabulary.learning.documents import read_documents  # noqa: PLC0415
    from contactpoint.vocabulary.learning.storage import load  # noqa: PLC0415

    suggester = load(kept)
    addresses = {(one.scheme, one.id): one.uri for one in suggester.concepts}
    texts = [one.text for one in read_documents(test)]
    rows = [
        # The place decides of two equal scores, as it does in our own ranking.
        [(addresses[one.scheme, one.concept], one.score + (LIMIT - place) * 1e-6)
         for place, one in enumerate(each)]
        for each in suggester.suggest_all(texts, LIMIT, language=language)
    ]  # fmt: skip
    target.write_text(json.dumps(rows), encoding="utf-8")


def judged(language: str, found: dict[str, Any]) -> list[tuple[str, bool]]:
    """What was aimed at, and whether it was reached."""
    mine, theirs, aims = found["ours"], found.get("annif"), AIMS[language]
    untrained, trained, training = mine["untrained"], mine["trained"], mine["training"]
    if theirs is None:
        checks = [
            ("untrained F1", untrained["f1@5"] >= aims["untrained_f1"]),
            ("untrained speed", untrained["per_cpu_second"] >= UNTRAINED_PER_SECOND),
            ("trained F1", trained["f1@5"] >= aims["trained_f1"]),
            ("trained NDCG", trained["ndcg@10"] >= aims["trained_ndcg"]),
            ("trained speed", trained["per_cpu_second"] >= TRAINED_PER_SECOND),
        ]
    else:
        mllm, ensemble = theirs["mllm"], theirs["ensemble"]
        checks = [
            ("untrained F1 of mllm", untrained["f1@5"] >= mllm["f1@5"]),
            ("10 times mllm's speed", untrained["per_cpu_second"] >= 10 * mllm["per_cpu_second"]),
            ("F1 of the ensemble", trained["f1@5"] >= ensemble["f1@5"]),
            ("NDCG of the ensemble", trained["ndcg@10"] >= ensemble["ndcg@10"]),
            ("5 times its speed", trained["per_cpu_second"] >= 5 * ensemble["per_cpu_second"]),
            ("half its memory", trained["peak_mb"] <= ensemble["peak_mb"] / 2),
        ]
    return [*checks, (f"training in {TRAIN_SECONDS} s", training["train_seconds"] <= TRAIN_SECONDS)]


def table(rows: list[tuple[str, dict[str, float]]]) -> None:
    columns = ("f1@5", "ndcg@10", "per_cpu_second", "load_seconds", "train_seconds", "peak_mb")
    print(f"{'':26}" + "".join(f"{name:>16}" for name in columns))
    for name, row in rows:
        print(f"{name:26}" + "".join(f"{row.get(column, ''):>16}" for column in columns))


def measure(
    language: str, data: Path, folder: Path, repeats: int, annif: Annif | None
) -> dict[str, Any]:
    """All of one language, printed as a table."""
    test, kept = validation(data, language), folder / f"{language}.npz"
    training = taught(language, data, folder, repeats)
    costs = annif.train(language, lessons(data, language)) if annif else {}
    runs: dict[str, list[dict[str, Any]]] = {}
    for _ in range(repeats):  # by turns, so that whatever else the machine does hits all
        for name, source in (("untrained", data / "yso/yso-3lang.ttl"), ("trained", kept)):
            runs.setdefault(name, []).append(evaluated(source, language, data))
        for backend in BACKENDS if annif else ():
            figures = annif.measure(f"{backend}-{language}", test) if annif else {}
            runs.setdefault(backend, []).append(figures)
    middle = {name: medians(each) for name, each in runs.items()}
    found: dict[str, Any] = {
        "ours": {
            "untrained": middle["untrained"], "training": training, "trained": middle["trained"],
        }
    }  # fmt: skip
    rows = [(f"ours, {name}", row) for name, row in found["ours"].items()]
    if annif:
        found["annif"] = {backend: middle[backend] for backend in BACKENDS}
        found["annif_training"] = {
            backend: {"train_seconds": cost["cpu_seconds"], "peak_mb": cost["peak_mb"]}
            for backend, cost in costs.items()
        }
        ranked = folder / f"{language}.json"
        write_ranked(kept, language, test, ranked)
        counted = annif.score(ranked, test)
        found["counted_by_annif"] = {name: counted[name] for name in ("f1@5", "ndcg@10")}
        rows += [(f"Annif, training {name}", row) for name, row in found["annif_training"].items()]
        rows += [(f"Annif, {name}", row) for name, row in found["annif"].items()]
        rows.append(("ours, counted by Annif", found["counted_by_annif"]))
    found["aims"] = dict(judged(language, found))
    print(f"\n{language}")
    table(rows)
    for aim, reached in found["aims"].items():
        print(f"  {'reached' if reached else 'NOT REACHED'}: {aim}")
    return found


def prepared(options: argparse.Namespace) -> Annif | None:
    """Annif, where it was asked for; in a quick run only if it is trained."""
    if not options.annif:
        return None
    options.annif_data.mkdir(parents=True, exist_ok=True)
    annif = Annif(options.annif.absolute(), options.annif_data.absolute())
    if options.quick and not annif.is_trained("en"):
        print("Annif is not trained yet: left out of a quick run.")
        return None
    annif.prepare(options.data)
    return annif


def main() -> int:
    """Exit code 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--quick", action="store_true",
        help="English alone, once; Annif only where it is trained already",
    )  # fmt: skip
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--annif", type=Path, metavar="FOLDER", help="its environment")
    parser.add_argument(
        "--annif-data", type=Path, metavar="FOLDER",
        default=Path(tempfile.gettempdir()) / "annif-suggest",
    )  # fmt: skip
    parser.add_argument("--in-annif", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.in_annif:
        print(json.dumps(in_annif(*options.in_annif)))
        return 0
    if not (options.data / "finna").exists():
        print(f"The titles are not in {options.data}: give --data. Nothing was measured.")
        return 0
    figures: dict[str, Any] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} CPUs, Python "
        f"{platform.python_version()}, {platform.system()}",
        "data": "Finna titles with YSO concepts: train file to learn, validate file to measure",
    }
    print(f"{figures['machine']}\n{figures['data']}")
    annif, repeats = prepared(options), 1 if options.quick else 3
    with tempfile.TemporaryDirectory() as name:
        for language in ["en"] if options.quick else STEMMERS:
            figures[language] = measure(language, options.data, Path(name), repeats, annif)
        if not options.quick:
            figures["across"] = across(options.data, Path(name))
            print("\nlearned in one language, asked in the other")
            table(list(figures["across"].items()))
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    good = all(
        all(figures[language]["aims"].values()) for language in STEMMERS if language in figures
    )
    print("aims reached" if good else "aims not reached")
    return 0 if good else 1


def across(data: Path, folder: Path) -> dict[str, dict[str, float]]:
    """What was learned from one language on the titles of the other."""
    return {
        f"learned {one}, asked {other}": medians([evaluated(folder / f"{one}.npz", other, data)])
        for one, other in (("en", "sv"), ("sv", "en"))
    }


if __name__ == "__main__":
    sys.exit(main())
