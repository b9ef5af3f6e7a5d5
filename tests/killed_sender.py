"""Senders that are killed at random moments, again and again, and what a mail server got from them.

    python killed_sender.py fill N       N subscribers and a mailing to all
    python killed_sender.py send         sends until nothing waits; prints its seconds of CPU
    python killed_sender.py state        how many deliveries are in which state, as JSON

`harried` runs the whole; data folder, database and mail server are those of the environment given.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
KIND = "measured"


@dataclass(frozen=True, slots=True)
class Found:
    """What came out of it; `lost` and `doubled` are of the mail server's counting."""

    deliveries: int
    kills: int
    lost: int
    doubled: int
    unconfirmed: int
    not_sent: int
    seconds: float


SMTP = ("mail_sink.py", "smtp://127.0.0.1:{port}")
PROVIDER = (
    "provider_sink.py",
    "mailgun://?api_key=x&sender_domain=mg.example.org&api_url=http://127.0.0.1:{port}/",
)


def harried(
    environment: dict[str, str],
    folder: Path,
    number: int,
    kills: int,
    seed: int,
    over: tuple[str, str] = SMTP,
) -> Found:
    """Fill, send, kill `kills` times on the way, send the rest, count."""
    chance = random.Random(seed)
    kept = folder / "mails.txt"
    sink = subprocess.Popen(
        [sys.executable, HERE.parent / over[0], kept], stdout=subprocess.PIPE, text=True
    )
    try:
        assert sink.stdout is not None
        port = sink.stdout.readline().strip()
        url = over[1].format(port=port)
        environment = {**environment, "CONTACTPOINT_EMAIL_URL": url,
                       "CONTACTPOINT_MAILS_A_MINUTE": "0"}  # fmt: skip
        _run(environment, "fill", str(number))
        begun = time.monotonic()
        done = 0
        for kill in range(kills):
            # Somewhere on the way of the mails that are still to go.
            target = done + chance.uniform(0.2, 1.8) * (number - done) / (kills - kill + 1)
            sender = subprocess.Popen(_command("send"), env=environment, stdout=subprocess.DEVNULL)
            while _lines(kept) < target and sender.poll() is None:
                time.sleep(0.002)
            time.sleep(chance.random() * 0.01)
            sender.send_signal(signal.SIGKILL)
            sender.wait()
            done = _lines(kept)
        _run(environment, "send")
        seconds = time.monotonic() - begun
        states = json.loads(_run(environment, "state"))
    finally:
        sink.terminate()
        sink.wait(timeout=20)
    got = Counter(line.split()[0] for line in kept.read_text(encoding="ascii").splitlines())
    return Found(
        number,
        kills,
        number - len(got),
        sum(got.values()) - len(got),
        states.pop("unconfirmed"),
        number - states.get("sent", 0),
        seconds,
    )


def undisturbed(environment: dict[str, str], folder: Path, number: int) -> dict[str, float]:
    """Mails a second of the sender's CPU, composing and all."""
    sink = subprocess.Popen(
        [sys.executable, HERE.parent / "mail_sink.py", folder / "undisturbed.txt"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert sink.stdout is not None
        port = sink.stdout.readline().strip()
        environment = {**environment, "CONTACTPOINT_EMAIL_URL": f"smtp://127.0.0.1:{port}",
                       "CONTACTPOINT_MAILS_A_MINUTE": "0"}  # fmt: skip
        _run(environment, "fill", str(number), "again")
        cpu, wall = json.loads(_run(environment, "send").splitlines()[-1])
    finally:
        sink.terminate()
        sink.wait(timeout=20)
    return {"per_cpu_second": number / cpu, "per_second": number / wall}


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def _command(*given: str) -> list[str]:
    return [sys.executable, str(HERE), *given]


def _run(environment: dict[str, str], *given: str) -> str:
    return subprocess.run(
        _command(*given), env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def _fill(number: int, key: str) -> None:
    from django.utils import timezone  # noqa: PLC0415

    from contactpoint.dissemination.delivering.mailings import begin  # noqa: PLC0415
    from contactpoint.dissemination.models import Subscriber  # noqa: PLC0415

    Subscriber.objects.bulk_create(
        (
            Subscriber(
                address=f"{key}{row}@example.org",
                language="en",
                confirmed_at=timezone.now(),
                consented_to="Yes",
            )
            for row in range(number)
        ),
        batch_size=500,
    )
    pks = Subscriber.objects.filter(address__startswith=key).order_by("pk")
    begin(key, KIND, ((pk, []) for pk in pks.values_list("pk", flat=True)))


def _state() -> dict[str, Any]:
    from django.db.models import Count  # noqa: PLC0415

    from contactpoint.dissemination.delivering.verdicts import UNCONFIRMED  # noqa: PLC0415
    from contactpoint.dissemination.models import Delivery  # noqa: PLC0415

    rows = Delivery.objects.filter(mailing__key="reader")
    found: dict[str, Any] = dict(rows.values_list("state").annotate(number=Count("pk")))
    return {**found, "unconfirmed": rows.filter(said=UNCONFIRMED).count()}


def _send() -> None:
    from contactpoint.dissemination.delivering.sending import Sender  # noqa: PLC0415

    begun = time.monotonic()
    sender = Sender()
    cpu = time.process_time()
    while sender.work():
        pass
    sys.stdout.write(json.dumps([time.process_time() - cpu, time.monotonic() - begun]))
    sender.close()


def main(given: list[str]) -> None:
    """One of the parts, in a process of its own."""
    import django  # noqa: PLC0415 — only the parts need it

    from contactpoint.config.starting import starting  # noqa: PLC0415

    with starting():
        django.setup()
    from contactpoint.dissemination.delivering.mailings import composer  # noqa: PLC0415
    from contactpoint.dissemination.models import Delivery  # noqa: PLC0415
    from contactpoint.kit.letters import Letter  # noqa: PLC0415

    row = "<tr><td>Something new about reception, with a teaser that says what it is.</td></tr>"

    @composer(KIND)
    def letter(delivery: Delivery) -> Letter:
        text = f"Mail {delivery.pk}\n\n.with a line that begins with a dot\n" + "A line.\n" * 40
        return Letter("What is new", text, f"<table>{row * 20}</table>", "en")

    if given[0] == "fill":
        _fill(int(given[1]), given[2] if len(given) > 2 else "reader")
    elif given[0] == "send":
        _send()
    else:
        sys.stdout.write(json.dumps(_state()))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contactpoint.config.settings")
    main(sys.argv[1:])
