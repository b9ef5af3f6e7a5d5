"""`contactpoint glossary load|export|check|diff|publish|status`: the whole scheme, in and out."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from contactpoint.glossary import publishing
from contactpoint.glossary.adopting import adopted
from contactpoint.glossary.data_files import for_others, published_data
from contactpoint.glossary.drafting import draft_scheme, drafts, published_scheme
from contactpoint.glossary.files import scheme_from_file, write_file
from contactpoint.glossary.models import Concept, SchemeVersion
from contactpoint.glossary.refusing import is_doubtful, refuse_doubtful, refuse_errors, told
from contactpoint.glossary.scheme import scheme_from_rows
from contactpoint.glossary.snapshots import newest, scheme_in
from contactpoint.glossary.terms import GLOSSARY_FILE
from contactpoint.vocabulary import Scheme, VocabularyError
from contactpoint.vocabulary.check import as_json as findings_as_json
from contactpoint.vocabulary.check import check, summary
from contactpoint.vocabulary.diff import diff
from contactpoint.vocabulary.formats import FORMATS, read

DRAFT: Final = "draft"
SCHEME_HELP: Final = "Which scheme of several; a name of your own reads them as one."


class Command(BaseCommand):
    """Answers 0, or 1 where something is wrong: with what was asked, or with what was checked."""

    help = "Load, check, compare, publish or export the glossary in versions."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        load = _action(actions, "load", "Publish every concept of FILE under the file's version.")
        load.add_argument("file", nargs="?", help="Without it the shipped glossary.")
        load.add_argument(
            "--dry-run", action="store_true", help="Only count what would be added and changed."
        )
        load.add_argument("--draft", action="store_true", help="Into the draft, not to readers.")
        load.add_argument("--number", metavar="N", help="The version, if the file says none.")
        load.add_argument(
            "--force", action="store_true", help="Even if more than a quarter would change."
        )
        load.add_argument("--scheme", metavar="ID", help=SCHEME_HELP)
        load.add_argument("--notes", default="", help="What the version brings, for readers.")
        load.add_argument(
            "--with-errors", action="store_true", help="Load it even if the checks find errors."
        )
        export = _action(actions, "export", "Write the glossary into FILE, as its suffix says.")
        export.add_argument("file", help="E.g. glossary.ttl, .rdf, .jsonld, .nt, .csv or .xlsx.")
        export.add_argument("--format", help=f"Instead of the suffix: {', '.join(FORMATS)}.")
        export.add_argument("--version", dest="number", help="Without it what readers see now.")
        checking = _action(actions, "check", "Say what is to be mended; answer 1 for errors.")
        checking.add_argument(
            "file", nargs="?", help=f"A file, or {DRAFT!r}; without it what readers see."
        )
        checking.add_argument("--scheme", metavar="ID", help=SCHEME_HELP)
        checking.add_argument(
            "--language", action="append", metavar="TAG", help="Expect labels in it; repeatable."
        )
        comparing = _action(actions, "diff", "Say what changed between two versions or files.")
        comparing.add_argument("before", help="A version's number or a file.")
        comparing.add_argument("after", help=f"A version's number, a file, or {DRAFT!r}.")
        publish = _action(actions, "publish", "Make a version of all that waits in the draft.")
        publish.add_argument("number", help="Higher than that of the newest version.")
        publish.add_argument("--notes", required=True, help="What it brings, for readers.")
        _action(actions, "status", "How many concepts there are, in which versions.")

    def handle(self, *, action: str, **options: Any) -> None:
        try:
            getattr(self, f"_{action}")(**options)
        except VocabularyError as error:
            raise CommandError(str(error)) from error

    def _load(
        self,
        *,
        file: str | None,
        scheme: str | None,
        draft: bool,
        number: str | None,
        notes: str,
        with_errors: bool,
        as_json: bool,
        dry_run: bool,
        force: bool,
        **_options: Any,
    ) -> None:
        given = scheme_from_file(file, scheme) if file else read(GLOSSARY_FILE)
        if number:
            given = replace(given, version=number)
        if not with_errors:
            refuse_errors(given, file or GLOSSARY_FILE.name)
        if dry_run:
            self._foretell(given, as_json)
            return
        if file and not draft:
            refuse_doubtful(given, file, force=force)
        if draft:
            found = publishing.draft_scheme_file(given)
        else:
            found = publishing.load(given, notes=notes)
        facts = {
            "concepts": found.concepts,
            "changed": found.changed,
            "version": found.version,
            "draft": found.is_draft,
        }
        where = "the draft" if found.is_draft else f"version {found.version or 'none'}"
        self._say(
            facts,
            f"{found.concepts} concepts, {found.changed} of them changed, {where}.",
            as_json,
        )

    def _foretell(self, given: Scheme, as_json: bool) -> None:
        found = publishing.foresee(given)
        facts = {
            "concepts": len(given.concepts),
            "added": len(found.added),
            "changed": len(found.changed),
            "unchanged": found.unchanged,
            "version": given.version,
            "needs_force": is_doubtful(found),
        }
        said = f"version {given.version}" if given.version else "no version"
        more = " Loading it would ask for --force." if facts["needs_force"] else ""
        self._say(
            facts,
            f"{facts['concepts']} concepts in the file ({said}). Of the glossary as it would be, "
            f"{told(found)}, {found.unchanged} unchanged. Nothing was written.{more}",
            as_json,
        )

    def _export(
        self, *, file: str, format: str | None, number: str | None, as_json: bool, **_options: Any
    ) -> None:
        if number:
            version = SchemeVersion.objects.defer("diff").filter(number=number).first()
            if version is None:
                raise CommandError(f"There is no version {number}. {_known()}")
            scheme = for_others(scheme_in(version), version)
        else:
            scheme = published_data()
        if "CONTACTPOINT_BASE_URL" not in os.environ:
            self.stderr.write(
                f"CONTACTPOINT_BASE_URL is not set: addresses in the file begin with "
                f"{settings.BASE_URL}."
            )
        size = write_file(scheme, file, format)
        facts = {
            "file": file,
            "concepts": len(scheme.concepts),
            "version": scheme.version,
            "bytes": size,
        }
        text = f"{len(scheme.concepts)} concepts, version {scheme.version}, in {file}."
        self._say(facts, text, as_json)

    def _check(
        self,
        *,
        file: str | None,
        scheme: str | None,
        language: list[str] | None,
        as_json: bool,
        **_options: Any,
    ) -> None:
        given = self._scheme(file, scheme) if file else scheme_from_rows(with_deprecated=True)
        findings = check(given, languages=language)
        if as_json:
            self.stdout.write(json.dumps(findings_as_json(findings), ensure_ascii=False, indent=2))
        else:
            table = Table("", "Concept", "Language", "What, and the mend", box=None, pad_edge=False)
            for one in findings:
                table.add_row(one.severity, one.concept, one.language, escape(one.message))
            self._print(table)
            self.stdout.write(summary(findings))
        if any(one.severity == "error" for one in findings):
            raise SystemExit(1)

    def _diff(self, *, before: str, after: str, as_json: bool, **_options: Any) -> None:
        found = diff(self._scheme(before), self._scheme(after))
        self._say(found.as_json(), found.as_text(), as_json)

    def _publish(self, *, number: str, notes: str, as_json: bool, **_options: Any) -> None:
        version = publishing.publish(number, notes)
        told = ", ".join(f"{count} {kind}" for kind, count in version.counts.items())
        facts = {
            "version": version.number,
            "concepts": version.concept_count,
            "counts": version.counts,
        }
        self._say(
            facts, f"Version {version.number} is published: {told or 'nothing new'}.", as_json
        )

    def _status(self, *, as_json: bool, **_options: Any) -> None:
        version = newest()
        waiting = [draft.slug for draft in drafts()]
        versions = [
            {"number": row.number, "published_on": row.published_on.isoformat(), "notes": row.notes}
            for row in SchemeVersion.objects.defer("diff").order_by("pk")
        ]
        facts = {
            "concepts": Concept.objects.count(),
            "version": version.number if version else "",
            "versions": versions,
            "draft": waiting,
        }
        lines = [f"{facts['concepts']} concepts, version {facts['version'] or 'none'}."]
        lines += [f"{row['number']}  {row['published_on']}  {row['notes']}" for row in versions]
        if waiting:
            lines.append(f"In the draft: {', '.join(waiting)}.")
        self._say(facts, "\n".join(lines), as_json)

    def _scheme(self, name: str, scheme_id: str | None = None) -> Scheme:
        """A version by its number, the draft, or a file."""
        version = SchemeVersion.objects.defer("diff").filter(number=name).first()
        if version is not None:
            return scheme_in(version)
        if name == DRAFT:
            return draft_scheme(published_scheme(), drafts())
        if not Path(name).exists():
            raise CommandError(f"{name} is neither a version nor a file. {_known()}")
        return adopted(scheme_from_file(name, scheme_id))

    def _say(self, facts: dict[str, Any], text: str, as_json: bool) -> None:
        self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2) if as_json else text)

    def _print(self, table: Table) -> None:
        Console(file=self.stdout, highlight=False).print(table)  # type: ignore[arg-type]


def _action(actions: Any, name: str, text: str) -> Any:
    parser = actions.add_parser(name, help=text, description=text)
    parser.add_argument("--json", action="store_true", dest="as_json", help="Print JSON.")
    return parser


def _known() -> str:
    numbers = ", ".join(SchemeVersion.objects.order_by("pk").values_list("number", flat=True))
    return f"Versions are: {numbers}." if numbers else "No version is published yet."
