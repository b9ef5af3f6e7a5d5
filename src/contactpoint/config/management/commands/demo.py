"""`contactpoint demo [--port N]`: a site that looks lived in, and a way in."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from contactpoint.accounts.models import User
from contactpoint.consultations.actions.example_surveys import load_example_surveys
from contactpoint.consultations.demonstration import load_answers_of_states
from contactpoint.dissemination.newsletter.demonstration import load_newsletter
from contactpoint.guidance.demonstration import load_guidance
from contactpoint.home import demonstration
from contactpoint.kit.mail import is_sent
from contactpoint.search.indexing.keeping import catch_up
from contactpoint.statistics.examples import load_examples

EDITOR = "editor@contactpoint.example"
ADMINISTRATOR = "administrator@contactpoint.example"


class Command(BaseCommand):
    """Never runs on a production site: its content and its users are for trying out."""

    help = "Create the demo site in the data folder and serve it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--no-serve", action="store_true", help="Only create the site.")

    def handle(self, *, host: str, port: int, workers: int, no_serve: bool, **options: Any) -> None:
        if settings.ENVIRONMENT == "production":
            raise CommandError(
                "The demo is not for production: unset CONTACTPOINT_ENVIRONMENT, or set it to demo."
            )
        made = demonstration.load()
        self.stdout.write(
            f"Demo content: {made} pages made." if made else "Demo content: all there."
        )
        if load_examples():
            self.stdout.write("Example series: invented, marked so; official figures replace them.")
        if load_answers_of_states():
            self.stdout.write("Consultations: example answers of states, marked so.")
        if surveys := load_example_surveys():
            self.stdout.write(f"Example surveys: {surveys}, invented, marked so.")
        if guides := load_guidance():
            self.stdout.write(f"Guidance: {guides} texts, marked as examples to be checked.")
        if load_newsletter():
            self.stdout.write("Newsletter: an issue that was sent to nobody, and a draft.")
        catch_up()
        self.stdout.write(f"\nReaders:   http://{host}:{port}/en/")
        self.stdout.write(f"Editors:   http://{host}:{port}/admin/")
        if not is_sent():
            self.stdout.write(f"Mails:     {settings.EMAIL_FILE_PATH}/ (none is sent)")
        self._print_way_in(EDITOR)
        self.stdout.write("\nAn administrator, who also publishes versions of the glossary:")
        self._print_way_in(ADMINISTRATOR, "--administrator")
        self.stdout.flush()
        if not no_serve:
            call_command("serve", host=host, port=port, workers=workers)

    def _print_way_in(self, address: str, *role: str) -> None:
        """A new password and second factor at each start; what the user wrote stays theirs."""
        user = User.objects.filter(email=address).first()
        if user is None:
            call_command("user", "add", address, *role, stdout=self.stdout)
            return
        password = secrets.token_urlsafe(15)
        user.set_password(password)
        user.save()
        self.stdout.write(f"Address:   {address}\nPassword:  {password}")
        call_command("user", "reset-factor", address, stdout=self.stdout)
