"""A command on an empty data folder finds a site; whoever adds one says which it needs."""

from pathlib import Path

import contactpoint
from contactpoint.config.commandline import NEED_A_SITE

WITHOUT = {
    *("harmonise", "annotate", "suggest", "reference", "translations", "social"),
    "nginx",
    *("outbox", "voice", "doctor", "backup"),  # for a site that is there already
    "restore",  # for a place where none is, or one that is to go
}


def test_each_command_has_a_site_made_or_needs_none() -> None:
    folder = Path(contactpoint.__file__).parent
    ours = {path.stem for path in folder.glob("*/management/commands/*.py")} - {"__init__"}
    assert ours - WITHOUT - NEED_A_SITE == set()
