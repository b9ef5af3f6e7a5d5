"""`contactpoint user`: give somebody access, or a new second factor."""

from argparse import ArgumentParser
from io import StringIO
from typing import Any

import segno
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from contactpoint.accounts import limits
from contactpoint.accounts.actions import (
    EditorCredentials,
    FactorCredentials,
    create_editor,
    enrol,
)
from contactpoint.accounts.models import User, normalise_address
from contactpoint.accounts.roles import (
    ADMINISTRATORS,
    CONTACT_POINTS,
    CONTRIBUTORS,
    EDITORS,
    GLOSSARY_EDITORS,
    TRANSLATORS,
)


class Command(BaseCommand):
    """Prints secrets once, to this terminal only."""

    help = "Create a user of the admin, give one a new second factor, or unlock one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`add` and `reset-factor`."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="Create a user who can sign in at once.")
        add.add_argument("email")
        role = add.add_mutually_exclusive_group()
        role.add_argument(
            "--administrator",
            dest="role",
            action="store_const",
            const=ADMINISTRATORS,
            default=EDITORS,
            help="May manage users, glossary and network.",
        )
        role.add_argument(
            "--glossary-editor",
            dest="role",
            action="store_const",
            const=GLOSSARY_EDITORS,
            help="May prepare the next version of the glossary, and edits no pages.",
        )
        role.add_argument(
            "--contributor",
            dest="role",
            action="store_const",
            const=CONTRIBUTORS,
            help="May write for an institution, which an administrator chooses; publishes nothing.",
        )
        role.add_argument(
            "--translator",
            dest="role",
            action="store_const",
            const=TRANSLATORS,
            help="May change translations, and no originals; publishes nothing.",
        )
        role.add_argument(
            "--contact-point",
            dest="role",
            action="store_const",
            const=CONTACT_POINTS,
            help="May answer for a state, which an administrator chooses; never enters the admin.",
        )
        reset = verbs.add_parser("reset-factor", help="Lost telephone: a new second factor.")
        reset.add_argument("email")
        unlock = verbs.add_parser("unlock", help="Lift the lock after too many wrong attempts.")
        unlock.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the verb; what the operator did wrong is said in a sentence."""
        email = normalise_address(options["email"])
        try:
            if options["verb"] == "add":
                self._print(create_editor(email, role=options["role"]))
            elif options["verb"] == "reset-factor":
                self._print(enrol(User.objects.get(email=email)))
            else:
                self.stdout.write(f"{limits.unlock(email)} locks or counts of {email} lifted.")
        except User.DoesNotExist:
            raise CommandError(f"No account has the address {email}.") from None
        except ValidationError as problem:
            raise CommandError(f"{email}: {' '.join(problem.messages)}") from None
        except ValueError as problem:
            raise CommandError(str(problem)) from None

    def _print(self, credentials: FactorCredentials) -> None:
        if isinstance(credentials, EditorCredentials):
            self.stdout.write(f"Address:   {credentials.user.email}")
            self.stdout.write(f"Password:  {credentials.password}")
        self.stdout.write("Scan this with an authenticator app:\n")
        picture = StringIO()
        code = segno.make(credentials.otpauth_uri, error="l", micro=False)
        code.terminal(out=picture, border=2, compact=True)
        self.stdout.write(picture.getvalue())
        self.stdout.write(f"or type this secret into it: {credentials.totp_secret}\n")
        self.stdout.write("Recovery codes, each good for one sign-in without the telephone:")
        codes = credentials.recovery_codes
        for start in range(0, len(codes), 5):
            self.stdout.write("  " + "  ".join(codes[start : start + 5]))
        self.stdout.write("None of this is shown again.")
