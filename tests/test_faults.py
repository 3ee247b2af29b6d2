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


def test_what_we_have_no_words_for_has_its_number() -> None:
    use("zh")
    assert faults.why(OSError(9999, "Something odd")) == "系统错误 9999"
    assert faults.why(OSError("nothing known")) == "系统错误 ?"
    use("en")
