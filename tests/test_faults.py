"""Why the system refused is said in the user's language; `tests/cli/test_faults.py` has the real refusals."""

import errno
import os
import re

import pytest

from outreach import faults
from outreach.i18n import use


@pytest.mark.parametrize("code", ["ENOSPC", "EROFS", "EACCES", "EPERM", "EIO", "ENOENT", "ENOTDIR", "ENAMETOOLONG"])
def test_what_often_goes_wrong_has_its_words_in_both_languages(code: str) -> None:
    error = OSError(getattr(errno, code), os.strerror(getattr(errno, code)))
    use("zh")
    assert re.search("[\u4e00-\u9fff]", faults.why(error))
    use("en")
    assert re.fullmatch("[a-z ,-]+", faults.why(error))
    assert faults.why(error) != os.strerror(getattr(errno, code))


class OfWindows(OSError):
    """As Windows raises it: the usual number, and its own."""

    def __init__(self, number: int, winerror: int) -> None:
        super().__init__(number, "in the system's language")
        self.winerror = winerror


@pytest.mark.parametrize(
    ("number", "own", "said"),
    [
        (errno.EACCES, 32, "another program is using it"),
        (errno.EACCES, 5, "you may not do that there, or another program has it open"),
        (errno.EACCES, 21, "the drive is gone"),
        (errno.EACCES, 19, "the disk is read-only"),
        (errno.ENOENT, 206, "the name is too long"),
        (errno.ENOENT, 2, "it is not there"),
    ],
)
def test_windows_says_more_in_its_own_numbers(number: int, own: int, said: str) -> None:
    assert faults.why(OfWindows(number, own)) == said


def test_what_we_have_no_words_for_has_its_number() -> None:
    use("zh")
    assert faults.why(OSError(9999, "Something odd")) == "系统错误 9999"
    assert faults.why(OSError("nothing known")) == "系统错误 ?"
    use("en")
