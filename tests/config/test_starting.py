"""A process loads without the collector, and leaves alone what it has loaded."""

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from contactpoint.config.starting import starting


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    """What was left alone before is so again for the tests that follow."""
    yield
    gc.freeze()


def test_the_collector_rests_while_a_process_loads_and_works_afterwards() -> None:
    before = gc.get_freeze_count()
    try:
        with starting():
            assert not gc.isenabled()
            kept = [[] for _ in range(1_000)]
        assert gc.isenabled()
        assert gc.get_freeze_count() >= before + len(kept)
    finally:
        gc.unfreeze()


def test_it_works_afterwards_whatever_went_wrong() -> None:
    with pytest.raises(ValueError, match="no site"), starting():
        raise ValueError("no site")
    gc.unfreeze()
    assert gc.isenabled()


def test_a_web_process_has_read_every_address_before_anybody_asks(tmp_path: Path) -> None:
    said = (
        "import gc, os, sys\n"
        "from contactpoint.config import wsgi\n"
        "assert gc.isenabled() and gc.get_freeze_count() > 100_000\n"
        "assert 'contactpoint.statistics.views.indicator' in sys.modules\n"
        "print('ready', flush=True)\n"
        "os._exit(0)  # what warms it up has no site to read"
    )
    own = {key: value for key, value in os.environ.items() if not key.startswith("CONTACTPOINT_")}
    own |= {"CONTACTPOINT_DATA": str(tmp_path), "CONTACTPOINT_ENVIRONMENT": "demo"}
    own["DJANGO_SETTINGS_MODULE"] = "contactpoint.config.settings"
    done = subprocess.run(
        [sys.executable, "-c", said],
        env=own, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.stdout == "ready\n", done.stderr
