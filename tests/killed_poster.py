"""A worker that posts and is killed at random moments, again and again; run as a process.

python killed_poster.py fill N            an item, and N posts for each of two accounts
python killed_poster.py work MASTODON BLUESKY   posts until nothing waits
python killed_poster.py state             how many posts are in which state, as JSON
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from social_networks import Networks, channels_at

HERE = Path(__file__).resolve()


def harried(environment: dict[str, str], net: Networks, number: int, kills: int, seed: int) -> Any:
    """Fill, post, kill on the way, post the rest; the states of all posts."""
    chance = random.Random(seed)
    _run(environment, "fill", str(number))
    for _kill in range(kills):
        before = len(net.seen("request"))
        worker = subprocess.Popen(_command(net), env=environment)
        # Somewhere within the requests of a post or two, each a few milliseconds apart.
        target = before + chance.randint(0, 9)
        while len(net.seen("request")) <= target and worker.poll() is None:
            time.sleep(0.002)
        time.sleep(chance.random() * 0.01)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    subprocess.run(_command(net), env=environment, check=True)
    return json.loads(_run(environment, "state"))


def _command(net: Networks) -> list[str]:
    return [sys.executable, str(HERE), "work", net.mastodon.base, net.bluesky.base]


def _run(environment: dict[str, str], *given: str) -> str:
    return subprocess.run(
        [sys.executable, str(HERE), *given],
        env=environment, check=True, stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip


def _fill(number: int) -> None:
    from django.conf import settings  # noqa: PLC0415
    from factories import make_output, make_site  # noqa: PLC0415

    from contactpoint.dissemination.social.approving import approve, new_key  # noqa: PLC0415
    from contactpoint.dissemination.social.channels import Channel  # noqa: PLC0415
    from contactpoint.dissemination.social.items import shared  # noqa: PLC0415

    settings.SOCIAL_CHANNELS = channels_at("https://one.example", "https://other.example")
    item = shared(make_output(make_site(), "news-item", title="New").translation_key, "en")
    assert item is not None
    for row in range(number):
        for name, given in settings.SOCIAL_CHANNELS.items():
            approve(
                item, Channel(name, **given), key=new_key(), text=f"Post {row} in {name}",
                picture="", alt="", user=None,
            )  # fmt: skip


def _work(*servers: str) -> None:
    from datetime import timedelta  # noqa: PLC0415
    from urllib.parse import urlsplit  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415

    from contactpoint.dissemination.models import Post  # noqa: PLC0415
    from contactpoint.dissemination.social import sending  # noqa: PLC0415

    settings.SOCIAL_CHANNELS = channels_at(*servers)
    settings.LOCAL_SERVERS = frozenset(urlsplit(one).netloc for one in servers)
    sending.LEASE = timedelta(seconds=0.2)  # type: ignore[misc]
    while Post.objects.filter(state__in=sending.OPEN).exists():
        if not sending.work():
            time.sleep(0.02)


def _state() -> None:
    from django.db.models import Count  # noqa: PLC0415

    from contactpoint.dissemination.models import Post  # noqa: PLC0415

    rows = Post.objects.order_by().values_list("state")
    found = dict(rows.annotate(number=Count("pk")))
    found["tried again"] = Post.objects.filter(attempts__gt=1).count()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contactpoint.config.settings")
    import django

    from contactpoint.config.starting import starting

    with starting():
        django.setup()
    {"fill": lambda: _fill(int(sys.argv[2])), "work": lambda: _work(*sys.argv[2:]),
     "state": _state}[sys.argv[1]]()  # fmt: skip
