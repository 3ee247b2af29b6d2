"""Where a file for people goes: it is whole or not there, only its owner reads it, and nothing is overwritten unasked."""

import os
import sys
from pathlib import Path

import pytest

from outreach.cli.output import places, save
from outreach.cli.session import Session
from outreach.errors.supervising import EmptyPath, OutputExists, OutputFolderMissing, OutputIsFolder, OutputRefused, OutputTwice

posix = pytest.mark.skipif(os.name == "nt", reason="permissions and links of POSIX")
unasked = Session({}, asks=False)


@posix
def test_it_is_whole_readable_by_its_owner_only_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    (path,) = places(unasked, str(tmp_path / "report.html"))
    assert path is not None
    save(path, b"one")
    (again,) = places(unasked, str(path), force=True)
    assert again == path
    save(path, b"other")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"other", 0o600)
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_there_stays_unless_forced(tmp_path: Path) -> None:
    there = tmp_path / "report.html"
    there.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputExists):
        places(unasked, str(there))
    assert there.read_text(encoding="utf-8") == "mine"


def test_a_folder_a_place_that_is_not_there_no_name_and_one_name_twice(tmp_path: Path) -> None:
    with pytest.raises(OutputIsFolder):
        places(unasked, str(tmp_path))
    with pytest.raises(OutputFolderMissing):
        places(unasked, str(tmp_path / "none" / "report.html"))
    with pytest.raises(EmptyPath):
        places(unasked, " ")
    with pytest.raises(OutputTwice):
        places(unasked, str(tmp_path / "a"), None, str(tmp_path / "." / "a"))
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_device_is_not_replaced_by_a_file() -> None:
    with pytest.raises(OutputRefused):
        places(unasked, "/dev/null", force=True)


@posix
def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real" / "report.html")
    (path,) = places(unasked, str(tmp_path / "link"))
    assert path == tmp_path / "real" / "report.html"


@posix
@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_takes_nothing(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputRefused):
        places(unasked, str(tmp_path / "report.html"))
