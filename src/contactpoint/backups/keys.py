"""How a person gives the key of a backup: by a file, or typed; never as a word of a command, which
others on the machine can read."""

import getpass
import sys
from typing import Any

from contactpoint.backups.refusing import BackupError
from contactpoint.backups.sealing import key_of, passphrase, passphrase_of


def add_arguments(parser: Any) -> None:
    """Of both commands."""
    keys = parser.add_mutually_exclusive_group()
    keys.add_argument("--key-file", metavar="FILE", help="At least 32 bytes that nobody can guess.")
    keys.add_argument("--passphrase-file", metavar="FILE", help="A passphrase in its first line.")
    keys.add_argument("--passphrase", action="store_true", help="Ask for a passphrase.")


def packed(options: dict[str, Any], *, twice: bool = False) -> str:
    """The secret for `opened`; empty where none was given. Raises BackupError."""
    if options["key_file"]:
        return key_of(options["key_file"]).packed()
    if options["passphrase_file"]:
        return passphrase_of(options["passphrase_file"]).packed()
    if not options["passphrase"]:
        return ""
    if not sys.stdin.isatty():
        raise BackupError("Say --passphrase-file where nobody can type a passphrase.")
    typed = getpass.getpass("Passphrase: ")
    if twice and getpass.getpass("Once more: ") != typed:
        raise BackupError("The two were not the same.")
    return passphrase(typed).packed()
