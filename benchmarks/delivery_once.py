"""Mails to 20,000 subscribers while the sender is killed again and again: sent, lost, doubled.

A mail server of our own stores a mail when the final dot is read and answers afterwards; a process
sends, is killed (SIGKILL) at a random moment on its way, and another goes on. At the end there has
to be one mail for each address. An undisturbed run says what a mail costs. SQLite and PostgreSQL.

    python benchmarks/delivery_once.py [--deliveries N] [--kills N] [--seed N] [--only sqlite]
                                       [--quick] [--json FILE]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]


def measured(database: str, options: argparse.Namespace) -> dict[str, Any]:
    """A portal with a database of its own."""
    from killed_sender import harried, undisturbed  # noqa: PLC0415 — the path comes first
    from searchspeed.postgres import Server  # noqa: PLC0415

    server = Server() if database == "PostgreSQL" else None
    try:
        with tempfile.TemporaryDirectory() as folder:
            quoted = str(server.folder).replace("/", "%2F") if server else ""
            environment = {
                **os.environ,
                "CONTACTPOINT_DATA": folder,
                "CONTACTPOINT_ENVIRONMENT": "demo",
                "CONTACTPOINT_LOG_LEVEL": "ERROR",
                "CONTACTPOINT_DATABASE_URL": (
                    f"postgresql://contactpoint@{quoted}/postgres" if server else ""
                ),
                "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
            }
            subprocess.run(
                [sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True
            )
            where = Path(folder)
            found = asdict(
                harried(environment, where, options.deliveries, options.kills, options.seed)
            )
            costs = undisturbed(environment, where, max(500, options.deliveries // 10))
        return {"database": database, **found, **costs}
    finally:
        if server is not None:
            server.stop()


def main() -> int:
    """Print a table; exit code 1 where a mail was lost or came twice."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="few mails, under 45 seconds")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--deliveries", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    if options.quick:
        options.deliveries, options.kills, options.only = 600, 4, options.only or "sqlite"
    print(
        "| database | deliveries | kills | lost | doubled | not confirmed "
        "| per CPU second | per second |"
    )
    print("|---|---|---|---|---|---|---|---|")
    rows = []
    for database in ("SQLite", "PostgreSQL"):
        if options.only not in (None, database.lower()):
            continue
        row = measured(database, options)
        rows.append(row)
        print(
            f"| {row['database']} | {row['deliveries']:,} | {row['kills']} | {row['lost']} "
            f"| {row['doubled']} | {row['unconfirmed']} | {row['per_cpu_second']:.0f} "
            f"| {row['per_second']:.0f} |",
            flush=True,
        )
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return int(any(row["lost"] or row["doubled"] or row["not_sent"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
