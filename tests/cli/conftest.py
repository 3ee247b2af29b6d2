"""The demo, played once for all tests that look at what it leaves."""

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import Laptop


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The supervisor's data folder after the demo's push of three weeks, which ended on Sunday. Nobody writes there."""
    place = tmp_path_factory.mktemp("demo")
    ran = Laptop(place / "unused").process("demo", TMPDIR=str(place), TEMP=str(place))
    (home,) = re.findall(r"OUTREACH_HOME=(\S+)", ran.out)
    return Path(home)


@pytest.fixture(scope="module")
def sample(played: Path, tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """A copy of the supervisor's laptop."""
    return Laptop(shutil.copytree(played, tmp_path_factory.mktemp("sample") / "home"))
