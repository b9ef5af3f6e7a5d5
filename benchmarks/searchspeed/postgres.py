"""A PostgreSQL of our own, on a private socket, stopped by its own process id."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

TICKS = os.sysconf("SC_CLK_TCK")


class MissingError(Exception):
    """There is no PostgreSQL on this machine."""


def _program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        raise MissingError("PostgreSQL is missing: its programs are not in /usr/lib/postgresql.")
    return path


class Server:
    """Started fresh; `connection` commits by itself."""

    def __init__(self) -> None:
        initdb, postgres = _program("initdb"), _program("postgres")
        self.folder = Path(tempfile.mkdtemp(prefix="contactpoint-postgresql-"))
        user = None
        if os.getuid() == 0:  # it refuses to run as root
            user = "postgres"
            os.chown(self.folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        data = self.folder / "data"
        subprocess.run(
            [initdb, "-D", data, "-A", "trust", "-U", "contactpoint", "-E", "UTF8", "-N"],
            check=True,
            user=user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )
        settings = {
            "listen_addresses": "",
            "fsync": "off",
            "shared_buffers": "256MB",
            "work_mem": "64MB",
            "maintenance_work_mem": "256MB",
            "jit": "off",
            "max_parallel_workers_per_gather": "0",
        }
        given = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.process = subprocess.Popen(
            [postgres, "-D", data, "-k", self.folder, *given],
            user=user,
            cwd=self.folder,
            stderr=subprocess.DEVNULL,
        )
        self.connection = self._connected()
        self.backend = self.connection.info.backend_pid

    def _connected(self) -> psycopg.Connection:
        deadline = time.monotonic() + 30
        address = f"host={self.folder} user=contactpoint dbname=postgres"
        while True:
            try:
                return psycopg.connect(address, autocommit=True)
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    self.stop()
                    raise
                time.sleep(0.1)

    def cpu(self) -> float:
        """CPU seconds of the process that answers us."""
        fields = Path(f"/proc/{self.backend}/stat").read_text(encoding="ascii").rsplit(")")[-1]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / TICKS

    def stop(self) -> None:
        """And take its folder away."""
        if hasattr(self, "connection"):
            self.connection.close()
        self.process.terminate()
        self.process.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)
