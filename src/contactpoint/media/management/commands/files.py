"""`contactpoint files`: read the text of files that nobody has read, have them checked for viruses,
and say what is wrong with which."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contactpoint.media.actions import read
from contactpoint.media.models import CustomDocument, DocumentReading, DocumentScan
from contactpoint.media.scanning import scan_all


class Command(BaseCommand):
    """After an upgrade or an import; a site's worker reads what is uploaded by itself."""

    help = "Read the text of files that were not read yet, or list those that can't be read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`read` and `status`."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        reading = verbs.add_parser("read", help="Read what was not read; can be stopped any time.")
        reading.add_argument("--again", action="store_true", help="Also what was read before.")
        scanning = verbs.add_parser("scan", help="Have ClamAV check what waits to be checked.")
        scanning.add_argument("--again", action="store_true", help="Also what was clean before.")
        verbs.add_parser("status", help="How many were read, and what is wrong with the others.")

    def handle(self, *, verb: str, again: bool = False, **options: Any) -> None:
        """Each file is kept as soon as it is read."""
        if verb == "read":
            self._read(again)
        if verb == "scan":
            self._scan(again)
        self._status()

    def _scan(self, again: bool) -> None:
        if settings.CLAMAV is None:
            raise CommandError("CONTACTPOINT_CLAMAV is empty: nothing is checked for viruses.")
        try:
            for document, scan in scan_all(again=again):
                self.stdout.write(f"{document.title}: {scan.get_state_display()} {scan.found}")
        except OSError as error:
            raise CommandError(f"{error} What was not checked is held back.") from error

    def _read(self, again: bool) -> None:
        documents = CustomDocument.objects.order_by("pk")
        if not again:
            unread = Q(reading=None) | Q(reading__state=DocumentReading.State.WAITING)
            documents = documents.filter(unread | ~Q(reading__name=F("file")))
        keys = list(documents.values_list("pk", flat=True))
        failed = 0
        for number, key in enumerate(keys, 1):
            document = CustomDocument.objects.filter(pk=key).first()
            if document is None:
                continue
            try:
                reading = read(document, again=again)
            except OSError as error:
                failed += 1
                self.stderr.write(f"{number}/{len(keys)}  {document.title}: {error}")
                continue
            said = (reading and (reading.get_problem_display() or reading.length)) or _("read")
            self.stdout.write(f"{number}/{len(keys)}  {document.title}: {said}")
        if failed:
            text = ngettext(
                "%(count)s file could not be reached. Run the command again.",
                "%(count)s files could not be reached. Run the command again.",
                failed,
            )
            self.stderr.write(text % {"count": failed})

    def _status(self) -> None:
        counted = dict(
            DocumentReading.objects.order_by().values_list("state").annotate(Count("pk"))
        )
        for state in DocumentReading.State:
            self.stdout.write(f"{state.label}: {counted.get(state, 0)}")
        scans = dict(DocumentScan.objects.order_by().values_list("state").annotate(Count("pk")))
        for scan in DocumentScan.State:
            if scans.get(scan):
                self.stdout.write(f"{scan.label}: {scans[scan]}")
        never = CustomDocument.objects.filter(reading=None).count()
        if never:
            self.stdout.write(_("never looked at: %(count)s") % {"count": never})
        troubled = DocumentReading.objects.exclude(problem="").select_related("document")
        for reading in troubled.order_by("pk"):
            self.stdout.write(f"  {reading.document.title}: {reading.get_problem_display()}")
