"""What wrk says is read right, and a run in which somebody got no page says nothing."""

import sys
import time
from pathlib import Path

import pytest
from delivered.load import NotAnsweredError, read
from delivered.servers import Server, free_port

SAID = """Running 1s test @ http://127.0.0.1:8000/en/
  1 threads and 4 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.21ms    3.10ms  43.39ms   96.02%
  Latency Distribution
     50%  215.46us
     75%    0.42ms
     90%    1.10ms
     99%    1.05s
  7351 requests in 1.00s, 45.33MB read
Requests/sec:   7345.12
Transfer/sec:     45.30MB
"""


def test_requests_and_waits_are_read_in_milliseconds() -> None:
    found = read(SAID, spent=0.7351)
    assert (found.requests, found.per_second) == (7351, 7345.12)
    assert found.cpu_ms == pytest.approx(0.1)
    assert (found.p50_ms, found.p99_ms) == (pytest.approx(0.21546), 1050.0)


@pytest.mark.parametrize("trouble", ["  Non-2xx or 3xx responses: 3", "  Socket errors: read 1"])
def test_a_run_with_a_request_that_got_no_page_is_no_figure(trouble: str) -> None:
    with pytest.raises(NotAnsweredError):
        read(f"{SAID}{trouble}\n", spent=1.0)


BURN = """
import time
end = time.process_time() + 0.3
while time.process_time() < end: pass
"""
BURNING = f"""
import pathlib, subprocess, sys, time
subprocess.run([sys.executable, "-c", {BURN!r}])
pathlib.Path(sys.argv[1]).touch()
time.sleep(60)
"""


def test_the_cpu_time_of_children_counts_also_of_those_that_have_ended(tmp_path: Path) -> None:
    done = tmp_path / "done"
    server = Server("burning", [sys.executable, "-c", BURNING, str(done)], free_port(), {})
    try:
        until = time.monotonic() + 60
        while not done.exists() and time.monotonic() < until:
            time.sleep(0.05)
        assert server.cpu() >= 0.28
    finally:
        server.stop()
