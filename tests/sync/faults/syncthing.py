"""Two real Syncthings on this machine that keep two folders alike, and speak to nobody else.

Each has its own home and listens on loopback only: no discovery, relays, NAT, telemetry, crash reports or upgrades.
"""

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAM = shutil.which("syncthing")
needed = pytest.mark.skipif(PROGRAM is None or os.name == "nt", reason="Syncthing is not installed")
KEY = "only-for-this-test"
READY = 40.0  # seconds
_OFF = ("globalAnnounceEnabled", "localAnnounceEnabled", "relaysEnabled", "natEnabled", "startBrowser", "crashReportingEnabled")
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass
class Instance:
    """One of the two: its home, the folder it keeps, its id, its ports."""

    home: Path
    folder: Path
    id: str
    port: int
    api: int

    def call(self, path: str) -> None:
        """POST to its REST interface."""
        headers = {"X-API-Key": KEY}
        request = urllib.request.Request(f"http://127.0.0.1:{self.api}/rest/{path}", data=b"", headers=headers)
        with _direct.open(request, timeout=10) as answer:
            answer.read()

    def is_up(self) -> bool:
        """Whether it answers."""
        try:
            self.call("system/ping")
        except OSError:
            return False
        return True


def free_ports(count: int) -> list[int]:
    """Ports of loopback that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _n in range(count)]
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy") and name[:2] != "ST"}
    return kept | {"HOME": str(home), "STNOUPGRADE": "1", "STMONITORED": "yes"}  # no second process that watches the first


def _generated(place: Path, name: str, ports: list[int]) -> Instance:
    """A new one, with its keys."""
    assert PROGRAM
    home, folder = place / f"syncthing {name}", place / f"side {name}"
    (folder / ".stfolder").mkdir(parents=True)
    quiet = {"env": _environment(place), "check": True, "capture_output": True}
    subprocess.run([PROGRAM, "generate", f"--home={home}", "--no-default-folder", "--skip-port-probing"], **quiet)  # type: ignore[call-overload]
    asked = subprocess.run([PROGRAM, "serve", f"--home={home}", "--device-id"], **quiet)  # type: ignore[call-overload]
    return Instance(home, folder, asked.stdout.decode().split()[-1], *ports)


def _configuration(mine: Instance, both: list[Instance]) -> str:
    devices = [f'<device id="{one.id}" name="x"><address>tcp://127.0.0.1:{one.port}</address></device>' for one in both]
    members = "".join(f'<device id="{one.id}"/>' for one in both)
    off = "".join(f"<{name}>false</{name}>" for name in _OFF)
    return f"""<configuration version="36">
<folder id="outreach" path="{mine.folder}" type="sendreceive" rescanIntervalS="2" fsWatcherEnabled="true" fsWatcherDelayS="1">
{members}<minDiskFree unit="%">0</minDiskFree><pullerPauseS>1</pullerPauseS><maxConflicts>10</maxConflicts></folder>
{"".join(devices)}
<gui enabled="true" tls="false"><address>127.0.0.1:{mine.api}</address><apikey>{KEY}</apikey></gui>
<options><listenAddress>tcp://127.0.0.1:{mine.port}</listenAddress>{off}<urAccepted>-1</urAccepted>
<autoUpgradeIntervalH>0</autoUpgradeIntervalH><reconnectionIntervalS>1</reconnectionIntervalS>
<stunKeepaliveStartS>0</stunKeepaliveStartS><minHomeDiskFree unit="%">0</minHomeDiskFree></options>
</configuration>"""


@contextmanager
def pair(place: Path) -> Iterator[tuple[Instance, Instance]]:
    """Two that are up and share a folder; both are gone at the end, whatever happened."""
    ports = free_ports(4)
    first, second = _generated(place, "a", ports[:2]), _generated(place, "b", ports[2:])
    running: list[subprocess.Popen[bytes]] = []
    try:
        for one in (first, second):
            (one.home / "config.xml").write_text(_configuration(one, [first, second]), encoding="utf-8")
            running.append(_started(one))
        until(READY, lambda: first.is_up() and second.is_up(), "they do not answer")
        yield first, second
    finally:
        for process in running:
            process.kill()
            process.wait()


def _started(one: Instance) -> subprocess.Popen[bytes]:
    words = ["serve", f"--home={one.home}", "--no-browser", "--no-restart", "--no-upgrade"]
    with (one.home / "log").open("wb") as log:
        return subprocess.Popen([str(PROGRAM), *words], env=_environment(one.home), stdout=log, stderr=log)


def until(seconds: float, ready: Callable[[], bool], otherwise: str) -> None:
    """Ask until it is so; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.25)
