"""`contactpoint nginx`: the configuration with which nginx gives kept pages by itself."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from contactpoint.delivery.nginx import Listening, UnwritableError, configuration


class Command(BaseCommand):
    """Prints; nothing is written or started."""

    help = "Print nginx's configuration: kept pages as files, all else by the portal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--listen", default="80", help="Port or address of nginx.")
        parser.add_argument("--portal", default="127.0.0.1:8000", help="Where `serve` listens.")
        parser.add_argument("--certificate", default="", help="A file; nginx then speaks TLS.")
        parser.add_argument("--key", default="", help="The file with the certificate's key.")
        parser.add_argument(
            "--no-brotli", action="store_true", help="nginx's module for Brotli isn't there."
        )

    def handle(
        self,
        *,
        listen: str,
        portal: str,
        certificate: str,
        key: str,
        no_brotli: bool,
        **options: Any,
    ) -> None:
        if bool(certificate) != bool(key):
            raise CommandError("Give --certificate and --key together.")
        if settings.PAGE_FILES is None:
            self.stderr.write(
                "CONTACTPOINT_PAGE_FILES (with CONTACTPOINT_KEEP_PAGES=yes) names no folder, so "
                "nginx passes everything on."
            )
        where = Listening(listen, portal, certificate, key, brotli=not no_brotli)
        try:
            self.stdout.write(configuration(settings.PAGE_FILES, where))
        except UnwritableError as problem:
            raise CommandError(str(problem)) from None
