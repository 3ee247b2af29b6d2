"""What waits, for how long and why: it blocks nobody, it is named, and it is taken in when it can be."""

import shutil
import sys
from pathlib import Path

import pytest

from outreach.domain.change import canonical
from outreach.domain.plain import Batch
from outreach.store import segments
from outreach.store.connection import transaction
from outreach.store.export import Cover, covers
from outreach.store.laptops import Said
from outreach.store.segments import Segment
from outreach.sync.reading import read
from outreach.sync.result import Arrival, Reason, Remark, SetAside
from outreach.sync.segment import Place
from tests.sync.conftest import Peer, Team
from tests.sync.strangers import ZZ, faults, files, given_back, id_of, line, names, put, remarks, waiting


def damage(path: Path, how: str) -> Reason:
    """Spoil a file as disks and programs do; gives the reason that should be named."""
    data = path.read_bytes()
    spoilt = {
        "truncated": (data[:-7], Reason.TORN),
        "half": (data[: len(data) // 2], Reason.TORN),
        "zeroed": (b"\0" * len(data), Reason.TORN),
        "empty": (b"", Reason.EMPTY),
        "altered": (data.replace("老王".encode(), "老李".encode()), Reason.ALTERED),
        "lengthened": (data + b"{}\n", Reason.ALTERED),
        "crlf": (data.replace(b"\n", b"\r\n"), Reason.ALTERED),
    }
    path.write_bytes(spoilt[how][0])
    return spoilt[how][1]


@pytest.mark.parametrize("how", ["truncated", "half", "zeroed", "empty", "altered", "lengthened", "crlf"])
def test_a_damaged_segment_waits_blocks_nobody_and_is_taken_later(team: Team, how: str) -> None:
    fang, lin, mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    lin.shop("重庆小面")
    lin.sync()
    (path,) = fang.own_files()
    whole = path.read_bytes()
    reason = damage(path, how)
    for _again in range(2):
        assert waiting(mei.sync()) == {f"changes/{fang.device}/{path.name}": reason}
        assert names(mei) == {"重庆小面"}
    path.write_bytes(whole)
    result = mei.sync()
    assert (result.received, result.set_aside) == (1, ())
    assert mei.tables() == lin.tables()


def test_a_renamed_segment_waits_under_its_wrong_name(team: Team) -> None:
    fang, lin, mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    (path,) = fang.own_files()
    number = path.rename(path.with_name(path.name.replace("000001", "000002")))
    assert waiting(lin.sync()) == {f"changes/{fang.device}/{number.name}": Reason.FOREIGN}
    other = team.share / "changes" / mei.device
    other.mkdir()
    moved = number.rename(other / path.name)
    assert waiting(lin.sync()) == {f"changes/{mei.device}/{path.name}": Reason.FOREIGN}
    copy = moved.rename(path.with_name(path.stem + " (conflicted copy).jsonl"))
    assert lin.sync().set_aside == ()
    copy.rename(path)
    assert lin.sync().received == 1


def test_a_file_that_the_disk_refuses_to_give_waits(team: Team) -> None:
    if sys.platform != "linux":
        pytest.skip("needs a file that cannot be read by anyone")
    fang, lin, _mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    (path,) = fang.own_files()
    whole = path.read_bytes()
    path.unlink()
    path.symlink_to("/proc/self/mem")  # listed, but reading it is an error
    (item,) = lin.sync().set_aside
    assert item == SetAside(f"changes/{fang.device}/{path.name}", Reason.UNREADABLE, "the disk cannot be read or written")
    path.unlink()
    path.write_bytes(whole)
    assert lin.sync().received == 1


def test_a_folder_that_cannot_be_listed_is_said(team: Team) -> None:
    fang, lin, _mei = team.three()
    lin.shop("重庆小面")
    lin.sync()
    shutil.move(team.share / "changes", team.share / "kept")
    (team.share / "changes").touch()
    fang.shop("老王超市")
    assert waiting(fang.sync()) == {"changes": Reason.UNREADABLE, f"changes/{fang.device}": Reason.NOT_WRITABLE}
    assert waiting(lin.sync()) == {"changes": Reason.UNREADABLE}
    (team.share / "changes").unlink()
    shutil.move(team.share / "kept", team.share / "changes")
    assert (fang.sync().sent, lin.sync().received) == (1, 1)


@pytest.mark.parametrize(
    "fields",
    ['{"name":1.5}', '{"name":NaN}', '{"name":"\\udc00"}', '{"name":"x","lat":1e2}', '{"deep":' + "[" * 900 + "]" * 900 + "}"],
    ids=["float", "nan", "half a character", "exponent", "deep"],
)
def test_one_poisoned_line_waits_alone_and_is_named(team: Team, fields: str) -> None:
    fang, lin, _mei = team.three()
    poisoned = f'{{"fields":{fields},"id":"m1","kind":"merchant","stamp":5}}'
    place = put(team, ZZ, line("甲"), poisoned, line("乙"))
    fang.shop("老王超市")
    fang.sync()
    result = lin.sync()
    assert result.set_aside == (SetAside(place.file, Reason.MALFORMED, lines=(2,)),)
    assert (result.received, names(lin)) == (3, {"甲", "乙", "老王超市"})
    assert not lin.db.execute("SELECT 1 FROM journal WHERE id = 'm1'").fetchone()
    assert team.document["covers"][ZZ] == {"changes": 2, "newest": 5}
    assert faults([fang, lin]) == []


def test_bytes_that_are_no_text_wait_alone(team: Team) -> None:
    fang, _lin, _mei = team.three()
    place = put(team, ZZ, line("甲"), line("m1", phone="\udcff"), line("乙"))
    result = fang.sync()
    assert result.set_aside == (SetAside(place.file, Reason.MALFORMED, lines=(2,)),)
    assert names(fang) == {"甲", "乙"}
    assert given_back(fang) == files(team)


def test_a_line_that_waits_is_named_at_every_sync_and_its_file_is_given_back_as_it_was(team: Team) -> None:
    fang, lin, _mei = team.three()
    place = put(team, ZZ, line("甲"), "nonsense", line("乙"), "[]")
    for peer in (fang, lin, fang, lin):
        (item,) = peer.sync().set_aside
        assert (item.file, item.lines) == (place.file, (2, 4))
    before = files(team)
    assert given_back(fang) == given_back(lin) == before
    (team.share / place.file).unlink()
    result = fang.sync()
    assert remarks(result) == [(Remark.REFILLED, 1)]
    assert files(team) == before
    assert (lin.sync().received, waiting(lin.sync())) == (0, {place.file: Reason.MALFORMED})


def test_a_segment_of_which_nothing_can_be_read_is_kept_too(team: Team) -> None:
    fang, lin, _mei = team.three()
    place = put(team, ZZ, "nonsense")
    assert fang.sync().set_aside == (SetAside(place.file, Reason.MALFORMED, lines=(1,)),)
    before = files(team)
    assert given_back(fang) == before
    (team.share / place.file).unlink()
    fang.sync()
    assert files(team) == before
    assert waiting(lin.sync()) == {place.file: Reason.MALFORMED}


def read_by_an_older_version(peer: Peer, place: Place, unread: str) -> None:
    """Take in a segment as a version that cannot read the changes of that shop did."""
    found = read(place, (peer.share / place.file).read_bytes())
    known = {n: line for n, line in enumerate(found.lines().changes.written) if line.id != id_of(unread)}
    segment = Segment(place.device, place.number, found.hash, found.head, odd=found.header.count - len(known))
    said = Said(found.header.name, found.header.clock, found.header.heard)
    with transaction(peer.db):
        segments.take_in(peer.db, segment, said, Batch(place.device, (), known), found.file, exact=False)


def test_a_line_is_taken_in_once_the_reader_can_read_it(team: Team) -> None:
    fang, lin, _mei = team.three()
    place = put(team, ZZ, line("甲"), line("乙", 9), line("丙"))
    read_by_an_older_version(fang, place, "乙")
    assert (names(fang), covers(fang.db)) == ({"甲", "丙"}, {ZZ: Cover(2, 5)})
    assert given_back(fang) == files(team)
    assert fang.sync().set_aside == ()
    lin.sync()
    assert names(fang) == {"甲", "乙", "丙"}
    assert fang.tables() == lin.tables()
    assert fang.journal() == lin.journal()
    assert team.document["covers"] == {ZZ: {"changes": 3, "newest": 9}}
    assert fang.sync().export_sha256 == lin.sync().export_sha256
    assert given_back(fang) == given_back(lin) == files(team)
    assert remarks(fang.sync()) == []
    assert faults([fang, lin]) == []


def test_what_is_read_late_is_told_as_received(team: Team) -> None:
    fang, _lin, _mei = team.three()
    read_by_an_older_version(fang, put(team, ZZ, line("甲"), line("乙")), "乙")
    assert fang.sync().arrivals == (Arrival(ZZ, "far away", 1),)
    assert fang.sync().arrivals == ()


def test_hostile_but_well_formed_values_are_kept_and_change_nothing_else(team: Team) -> None:
    fang, _lin, mei = team.three()
    fields = {
        "name": 'x"; DROP TABLE visit; --',
        "phone": 7,
        "lat": 2**70,
        "owner": ["a"],
        "wechat": {"a": None},
        "hours": "a\0b",
    }
    put(team, ZZ, canonical({"fields": fields, "id": "'m\"1", "kind": "merchant", "stamp": 2**52}))
    put(team, ZZ, canonical({"fields": {"name": "x"}, "id": "m1", "kind": 'visit" x', "stamp": 0}), number=2)
    for peer in (fang, mei):
        assert (peer.sync().received, peer.sync().set_aside) == (2, ())
        assert names(peer) == {'x"; DROP TABLE visit; --'}
    fang.note("merchant", "'m\"1", name="改过的")  # an edit beats what it was made on, even one of a far future
    fang.sync()
    mei.sync()
    assert names(mei) == {"改过的"}
    assert given_back(fang) == given_back(mei) == files(team)
    assert faults([fang, mei]) == []


def test_what_a_newer_version_adds_is_kept_and_passed_over(team: Team) -> None:
    fang, lin, _mei = team.three()
    put(team, ZZ, '{"fields":{"name":"甲","mood":{"a":[1]}},"id":"m1","kind":"merchant","stamp":5,"signed":"x"}')
    put(team, ZZ, '{"fields":{"name":"乙"},"id":"g1","kind":"gathering","stamp":6}', number=2)
    for peer in (fang, lin):
        assert (peer.sync().received, names(peer)) == (2, {"甲"})
    kept = [row["fields"] for row in lin.db.execute("SELECT fields FROM journal ORDER BY stamp")]
    assert kept == ['{"mood":{"a":[1]},"name":"甲"}', '{"name":"乙"}']
    assert given_back(fang) == given_back(lin) == files(team)
    assert faults([fang, lin]) == []
