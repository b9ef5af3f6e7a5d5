"""A worker that is killed while it posts: every post stands there once."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from killed_poster import harried
from migrated_once import begin_with_copy
from social_networks import networks

POSTS, KILLS = 12, 6


def test_a_worker_that_is_killed_anywhere_posts_each_post_once(tmp_path: Path) -> None:
    begin_with_copy(tmp_path / "contactpoint.sqlite3")
    environment = {
        **os.environ,
        "CONTACTPOINT_DATA": str(tmp_path),
        "CONTACTPOINT_ENVIRONMENT": "test",
        "CONTACTPOINT_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
    with networks(tmp_path) as net:
        states = harried(environment, net, POSTS, KILLS, seed=11)
        told = Counter(one["text"] for one in net.seen("posted"))
    assert states.pop("tried again") > 0
    assert states == {"sent": 2 * POSTS}
    assert len(told) == 2 * POSTS
    assert set(told.values()) == {1}
