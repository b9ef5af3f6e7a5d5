"""A server with S3's interface, on a private port, that asks for keys (moto, in an environment of
its own: see `requirements/bucket.in`)."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

BUCKET = "files"
_POLICY = (
    '{"Version": "2012-10-17", "Statement": '
    '[{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'
)
_STEPS = 4
"""So many requests need no key: those that make the user, the key, the policy and the bucket."""


class BucketServer:
    """Can be stopped and started again on its port; then it is empty."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.keys = ("", "")
        self.process: subprocess.Popen[bytes]
        self.start()

    def start(self) -> None:
        """Until it answers, with a user and an empty bucket."""
        environment = os.environ | {"INITIAL_NO_AUTH_ACTION_COUNT": str(_STEPS)}
        for name in ("PYTHONPATH", "DJANGO_SETTINGS_MODULE"):
            environment.pop(name, None)
        self.process = subprocess.Popen(
            [_program(), "-H", "127.0.0.1", "-p", str(self.port)],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    break
            time.sleep(0.1)
        self._ask("iam", Action="CreateUser", UserName="portal")
        made = ElementTree.fromstring(self._ask("iam", Action="CreateAccessKey", UserName="portal"))
        found = {one.tag.rpartition("}")[2]: one.text or "" for one in made.iter()}
        self.keys = (found["AccessKeyId"], found["SecretAccessKey"])
        policy = {"PolicyName": "all", "PolicyDocument": _POLICY}
        self._ask("iam", Action="PutUserPolicy", UserName="portal", **policy)
        self._ask("s3", "PUT", f"/{BUCKET}")

    def stop(self) -> None:
        """At once."""
        self.process.kill()
        self.process.wait(20)

    @property
    def options(self) -> dict[str, object]:
        """Of the storage."""
        return {"bucket": BUCKET, "endpoint": self.endpoint, "keys": self.keys}

    @property
    def environment(self) -> dict[str, str]:
        """Of a portal."""
        return {
            "CONTACTPOINT_STORAGE_URL": f"s3://{BUCKET}/portal?endpoint={self.endpoint}",
            "CONTACTPOINT_STORAGE_KEYS": ":".join(self.keys),
        }

    def _ask(self, service: str, method: str = "POST", path: str = "/", **given: str) -> bytes:
        scope = f"AWS4-HMAC-SHA256 Credential=nobody/20260101/us-east-1/{service}/aws4_request"
        request = urllib.request.Request(
            f"{self.endpoint}{path}", method=method, headers={"Authorization": scope},
            data=urlencode({**given, "Version": "2010-05-08"}).encode() if given else None,
        )  # fmt: skip
        with urllib.request.urlopen(request, timeout=20) as answer:
            return bytes(answer.read())


def _program() -> str:
    own = Path(sys.prefix) / "bucket/bin/moto_server"
    found = str(own) if own.exists() else shutil.which("moto_server")
    if found is None:
        pytest.fail("The S3 server for tests is missing: run `make setup-dev`.")
    return found
