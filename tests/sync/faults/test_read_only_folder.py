"""A shared folder that cannot be written: it still brings news, nothing is sent, it is said, and nothing is sealed for it."""

from pathlib import Path

from tests.conftest import Laptop
from tests.sync.faults.conftest import agree, busy_day, shops
from tests.sync.faults.disks import write_protected

Three = tuple[Laptop, Laptop, Laptop]


def content(share: Path) -> dict[str, bytes]:
    """Every file there, byte for byte."""
    return {path.relative_to(share).as_posix(): path.read_bytes() for path in share.rglob("*") if path.is_file()}


def test_a_write_protected_stick_brings_news(three: Three, share: Path) -> None:
    fang, lin, _mei = three
    busy_day(fang, 3)
    fang.run("sync", share, "--init")
    busy_day(lin, 2)
    before = content(share)
    with write_protected(share):
        for words in (("sync", share), ("sync",)):
            ran = lin.run(*words, code=3)
            assert ran.out.startswith("Nothing could be sent;")
            assert "it cannot be written; what was to go there waits here (the disk is read-only)" in ran.out
        document = lin.json("sync", code=3)
        assert (document["sent"], [item["reason"] for item in document["set_aside"]]) == (0, ["not_writable"])
        assert len(shops(lin)) == 5
    assert content(share) == before
    assert "Sent 2 changes." in lin.run("sync").out
    agree(fang, lin)
    assert len(list(share.glob("changes/*/*.jsonl"))) == 2, "what waited went out in one piece"


def test_who_has_nothing_to_send_does_not_mind(three: Three, share: Path) -> None:
    fang, lin, _mei = three
    busy_day(fang, 3)
    fang.run("sync", share, "--init")
    with write_protected(share):
        ran = lin.run("sync", share)
        assert "Received 3 changes: fang 3." in ran.out
        assert lin.run("sync").code == 0


def test_a_write_protected_stick_cannot_be_made_the_shared_folder(three: Three, share: Path) -> None:
    fang, _lin, _mei = three
    share.mkdir()
    with write_protected(share):
        ran = fang.run("sync", share, "--init", code=1)
        assert "cannot be made a shared folder (the disk is read-only)" in ran.err
    assert list(share.iterdir()) == []
    fang.run("sync", share, "--init")
