"""Most tests run commands within their own process; here a process of its own is held against that."""

import pytest

from tests.conftest import Laptop


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("list",), 0),
        (("show", "老王超市", "--json"), 0),
        (("--lang", "zh", "show", "无此店"), 1),
        (("visit", "--nonsense"), 2),
    ],
)
def test_a_process_says_the_same_in_the_same_streams_and_ends_with_the_same_status(
    laptop: Laptop, words: tuple[str, ...], code: int
) -> None:
    laptop.shop("老王超市", "pending", "--follow-up", "3d")
    assert laptop.process(*words, code=code) == laptop.run(*words, code=code)


def test_what_a_process_records_is_there_for_the_next(laptop: Laptop) -> None:
    laptop.process("visit", "老王超市", "pending", "--new", "--community", "皮村")
    assert laptop.json("list")["merchants"][0]["visits"] == 1
