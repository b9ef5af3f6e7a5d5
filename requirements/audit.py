"""Asks whether a release that the portal runs on has a known weakness: `make audit`.

Ends with 1 where one has. Where the database can't be reached nothing is known, which is said in
capitals and ends with 0: an outage of others must not stop a fix of ours from landing. `--strict`
ends with 2 there, for a release.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent


def verdict(said: str, trouble: str) -> tuple[int, str]:
    """What the run ends with, and a sentence, by the JSON that pip-audit printed and its errors.

    pip-audit calls what it could not look up skipped, and says that nothing was found; we don't.
    """
    try:
        rows = json.loads(said)["dependencies"]
    except (ValueError, KeyError, TypeError):
        lines = [line for line in trouble.splitlines() if line.strip()]
        reason = lines[-1][:200] if lines else "no word"
        return 2, f"NOT CHECKED: the database of weaknesses gave no answer ({reason})."
    weak = [
        f"{row['name']} {row['version']}: {', '.join(one['id'] for one in row['vulns'])}"
        for row in rows
        if row.get("vulns")
    ]
    if weak:
        return 1, f"Known weaknesses: {'; '.join(weak)}. Take up the mended releases."
    skipped = [row for row in rows if "skip_reason" in row]
    if skipped or not rows:
        why = skipped[0]["skip_reason"][:160] if skipped else "nothing was looked at"
        return 2, f"NOT CHECKED: {len(skipped)} of {len(rows)} packages were not looked up ({why})."
    return 0, f"No known weakness in the {len(rows)} packages that the portal runs on."


def main() -> int:
    """Run it over what is pinned."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strict", action="store_true", help="fail where nothing is known")
    parser.add_argument("--pip-audit", default="pip-audit")
    options = parser.parse_args()
    command = [options.pip_audit, "--require-hashes", "--disable-pip", "--progress-spinner=off"]
    command += ["--format", "json"]
    command += ["--requirement", str(HERE / "base.txt")]
    try:
        ran = subprocess.run(  # noqa: S603 — our own arguments
            command, capture_output=True, text=True, check=False, timeout=300
        )
        said, trouble = ran.stdout, ran.stderr
    except (OSError, subprocess.TimeoutExpired) as error:
        said, trouble = "", str(error)
    ended, sentence = verdict(said, trouble)
    print(sentence)  # noqa: T201 — for whoever runs it
    return ended if ended != 2 or options.strict else 0


if __name__ == "__main__":
    sys.exit(main())
