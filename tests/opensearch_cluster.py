"""A real cluster: three nodes, each a process of its own, on private ports of this machine.

What Maven resolved stays in its cache and in `cluster/target`, so only the first run waits for it.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent / "opensearch" / "cluster"
PATIENCE = 240.0
"""Seconds in which a cluster must come up, or mend, on a machine that does much else."""
OPTIONS = (
    "-Xms256m",
    "-Xmx384m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Djava.net.preferIPv4Stack=true",
)


def classpath() -> str:
    """Compile the node and resolve what it needs, unless that was done since it changed."""
    written = PROJECT / "target" / "classpath"
    sources = [PROJECT / "pom.xml", *PROJECT.glob("src/**/*.java")]
    if not written.exists() or written.stat().st_mtime < max(
        source.stat().st_mtime for source in sources
    ):
        maven = shutil.which("mvn")
        assert maven, "Maven is missing: run `bash .ci/servers opensearch`."
        done = subprocess.run(
            [maven, "--batch-mode", "--quiet", "-Dstyle.color=never", "compile",
             "dependency:build-classpath", f"-Dmdep.outputFile={written}"],
            cwd=PROJECT,
            check=False,
            timeout=1200,
        )  # fmt: skip
        assert done.returncode == 0, "Maven could not fetch OpenSearch or compile the node."
    return f"{PROJECT / 'target' / 'classes'}:{written.read_text(encoding='utf-8').strip()}"


def free_ports(count: int) -> list[int]:
    """Ports that nothing listens on, all different."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _json(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


class Cluster:
    """Nodes `one`, `two`, `three`; a context that leaves nothing behind."""

    names = ("one", "two", "three")

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="contactpoint-opensearch-"))
        ports = free_ports(2 * len(self.names))
        self.http = dict(zip(self.names, ports[::2], strict=True))
        self.transport = dict(zip(self.names, ports[1::2], strict=True))
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Cluster":
        try:
            for name in self.names:
                self.start(name)
            self.wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        for process in self.processes.values():
            process.kill()
            process.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, name: str) -> None:
        """Start a node, or start it again on the data that it left."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        java = shutil.which("java")
        assert java, "Java is missing: run `bash .ci/servers opensearch`."
        seeds = ",".join(f"127.0.0.1:{port}" for port in self.transport.values())
        with (folder / "output").open("ab") as output:
            self.processes[name] = subprocess.Popen(
                [java, *OPTIONS, f"-Djava.io.tmpdir={folder}", "-cp", classpath(), "ClusterNode",
                 str(folder), name, str(self.http[name]), str(self.transport[name]), seeds,
                 ",".join(self.names)],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=folder,
            )  # fmt: skip

    def kill(self, name: str) -> None:
        """As a machine dies: at once, with no word to anybody."""
        process = self.processes.pop(name)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=30)

    def wait(self, *, status: str = "green", nodes: int = len(names)) -> None:
        """Until the running nodes know each other and the cluster is as healthy as `status`."""
        deadline = time.monotonic() + PATIENCE
        seen: Any = None
        while time.monotonic() < deadline:
            seen = self._health(status, nodes)
            if seen and not seen.get("timed_out", True) and seen["number_of_nodes"] == nodes:
                return
            for name, process in self.processes.items():
                assert process.poll() is None, self._output(name)
            time.sleep(0.5)
        left = self._unassigned()
        raise AssertionError(f"the cluster is not {status}: {seen}\n{left}\n{self._output('one')}")

    def _unassigned(self) -> Any:
        """The shards that no running node has, and why."""
        try:
            columns = "index,shard,prirep,state,unassigned.reason"
            rows = self.ask(f"/_cat/shards?format=json&h={columns}")
        except (OSError, ValueError) as problem:
            return problem
        return [row for row in rows if row["state"] != "STARTED"]

    def _health(self, status: str, nodes: int) -> Any:
        path = f"/_cluster/health?wait_for_status={status}&wait_for_nodes={nodes}&timeout=5s"
        try:
            return self.ask(path)
        except urllib.error.HTTPError as refused:
            with refused:
                return _json(refused.read())
        except (OSError, ValueError):
            return None

    def ask(self, path: str, *, method: str = "GET", body: Any = None) -> Any:
        """What a node that runs answers, as JSON."""
        port = self.http[next(iter(self.processes))]
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def holder(self, index: str) -> str:
        """The node that holds the primary shard of an index or alias."""
        rows = self.ask(f"/_cat/shards/{index}?format=json&h=prirep,node")
        return str(next(row["node"] for row in rows if row["prirep"] == "p"))

    def manager(self) -> str:
        """The node that the others elected."""
        return str(self.ask("/_cat/cluster_manager?format=json")[0]["node"])

    def hosts(self) -> str:
        """As in an address: `127.0.0.1:1,127.0.0.1:2,127.0.0.1:3`."""
        return ",".join(f"127.0.0.1:{port}" for port in self.http.values())

    def _output(self, name: str) -> str:
        return (self.folder / name / "output").read_text(encoding="utf-8", errors="replace")[-4000:]
