"""Syncing, as a team lives it: what goes, what comes, what waits, what comes back."""

import hashlib
import shutil
import sys
from pathlib import Path

import pytest

from outreach.domain.change import canonical
from outreach.store import segments
from outreach.store.journal import unshared
from outreach.sync import segment
from outreach.sync.folder import write_segment
from outreach.sync.result import Arrival, Reason, Remark, SetAside, Stage, SyncResult
from outreach.sync.segment import Place, header_of
from tests.sync.conftest import Peer, Team


def waiting(result: SyncResult) -> dict[str, Reason]:
    return {item.file: item.reason for item in result.set_aside}


def names(peer: Peer) -> set[str]:
    return {row["name"] for row in peer.db.execute("SELECT name FROM merchant WHERE live = 1")}


def put(team: Team, device: str, line: str, number: int = 1) -> Place:
    """A segment of a laptop that is not here, with one line."""
    body = (line + "\n").encode()
    head = segment.head_of(body, 1, device=device, name="far away", number=number, previous=None, export=None)
    place = Place(device, number, segment.hash_of(head, body)[:16])
    write_segment(team.share, place, segment.assemble(head, body))
    return place


def test_what_one_records_the_others_have(team: Team) -> None:
    fang, lin, mei = team.three()
    fang.shop("老王超市")
    fang.shop("重庆小面")
    assert (fang.sync().sent, fang.sync().sent) == (2, 0)
    lin.shop("小芳水果")
    result = lin.sync()
    assert (result.sent, result.received, result.arrivals) == (1, 2, (Arrival(fang.device, "fang", 2),))
    assert mei.sync().arrivals == (Arrival(fang.device, "fang", 2), Arrival(lin.device, "lin", 1))
    fang.sync()
    assert names(fang) == names(lin) == names(mei) == {"老王超市", "重庆小面", "小芳水果"}
    assert fang.sync().export_sha256 == hashlib.sha256(team.export).hexdigest()


def test_one_segment_for_a_sync_and_none_for_nothing(team: Team) -> None:
    fang, _lin, _mei = team.three()
    fang.sync()
    assert fang.own_files() == []
    for expected in (1, 2):
        for i in range(3):
            fang.shop(f"店{expected}{i}")
        fang.sync()
        fang.sync()
        assert len(fang.own_files()) == expected


def test_segments_are_a_chain_that_says_what_the_export_was(team: Team) -> None:
    fang, lin, _mei = team.three()
    exports = []
    for shop in ("老王超市", "重庆小面"):
        fang.shop(shop)
        exports.append(fang.sync().export_sha256)
    first, second = (path.read_bytes() for path in fang.own_files())
    one, two = (header_of(data.split(b"\n")[0].decode()) for data in (first, second))
    assert (one.number, one.previous, one.export) == (1, None, exports[0])
    assert (two.number, two.previous, two.export) == (2, hashlib.sha256(first).hexdigest(), exports[1])
    assert fang.own_files()[0].name == f"000001-{hashlib.sha256(first).hexdigest()[:16]}.jsonl"
    assert lin.sync().export_sha256 == exports[1]


def test_a_big_backlog_goes_in_several_segments(team: Team) -> None:
    fang, lin, _mei = team.three()
    fang.clock = iter([1] * 2)
    fang.shop("老王超市")
    many = segment.MOST + 5
    fang.db.execute("BEGIN")
    fang.db.executemany(
        "INSERT INTO journal (kind, id, stamp, device, fields, act) VALUES ('made_up_later', ?, 1, ?, '{}', 1)",
        [(f"x{i}", fang.device) for i in range(many)],
    )
    fang.db.execute("COMMIT")
    result = fang.sync()
    assert (result.sent, len(fang.own_files())) == (many + 1, 2)
    heads = [header_of(path.read_text(encoding="utf-8").split("\n")[0]) for path in fang.own_files()]
    assert [(h.number, h.count) for h in heads] == [(1, segment.MOST), (2, 6)]
    assert [h.export for h in heads] == [None, result.export_sha256]
    assert team.document["covers"][fang.device] == {"changes": many + 1, "segments": 2}
    assert (lin.sync().received, lin.journal()) == (many + 1, fang.journal())


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
    assert item == SetAside(f"changes/{fang.device}/{path.name}", Reason.UNREADABLE, "Input/output error")
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
)
def test_a_poisoned_segment_waits_and_the_rest_goes_on(team: Team, fields: str) -> None:
    fang, lin, _mei = team.three()
    place = put(team, "00000000zz", f'{{"fields":{fields},"id":"m1","kind":"merchant","stamp":5}}')
    fang.shop("老王超市")
    fang.sync()
    result = lin.sync()
    assert waiting(result) == {place.file: Reason.MALFORMED}
    assert names(lin) == {"老王超市"}
    assert not lin.db.execute("SELECT 1 FROM journal WHERE id = 'm1'").fetchone()


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
    put(team, "00000000zz", canonical({"fields": fields, "id": "'m\"1", "kind": "merchant", "stamp": 2**52}))
    put(team, "00000000zz", canonical({"fields": {"name": "x"}, "id": "m1", "kind": 'visit" x', "stamp": 0}), number=2)
    for peer in (fang, mei):
        assert (peer.sync().received, peer.sync().set_aside) == (2, ())
        assert names(peer) == {'x"; DROP TABLE visit; --'}
    fang.note("merchant", "'m\"1", name="改过的")  # an edit beats what it was made on, even one of a far future
    fang.sync()
    mei.sync()
    assert names(mei) == {"改过的"}


def test_what_a_newer_version_adds_is_kept_and_passed_over(team: Team) -> None:
    fang, lin, _mei = team.three()
    put(team, "00000000zz", '{"fields":{"name":"甲","mood":{"a":[1]}},"id":"m1","kind":"merchant","stamp":5,"signed":"x"}')
    put(team, "00000000zz", '{"fields":{"name":"乙"},"id":"g1","kind":"gathering","stamp":6}', number=2)
    for peer in (fang, lin):
        assert (peer.sync().received, names(peer)) == (2, {"甲"})
    kept = [row["fields"] for row in lin.db.execute("SELECT fields FROM journal ORDER BY stamp")]
    assert kept == ['{"mood":{"a":[1]},"name":"甲"}', '{"name":"乙"}']


def test_own_segments_that_are_gone_come_back_byte_for_byte(team: Team) -> None:
    fang, lin, _mei = team.three()
    for shop in ("老王超市", "重庆小面", "小芳水果"):
        fang.shop(shop)
        lin.shop(shop + "二店")
        fang.sync()
        lin.sync()
    before = {path: path.read_bytes() for path in fang.own_files()}
    gone, torn, _kept = before
    gone.unlink()
    torn.write_bytes(before[torn][:30])
    assert [(n.remark, n.count) for n in fang.sync().notices] == [(Remark.REFILLED, 2)]
    assert {path: path.read_bytes() for path in fang.own_files()} == before
    assert fang.sync().notices == ()


def test_the_folder_restored_from_an_old_copy(team: Team) -> None:
    fang, lin, _mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    shutil.copytree(team.share, team.place / "old")
    lin.shop("重庆小面")
    lin.sync()
    fang.shop("小芳水果")
    fang.sync()
    newest = team.export
    shutil.rmtree(team.share)
    shutil.move(team.place / "old", team.share)
    for peer in (fang, lin):
        peer.sync()
    assert len(names(fang)) == len(names(lin)) == 3
    assert team.export == newest


def test_a_segment_of_mine_that_i_did_not_write_waits(team: Team) -> None:
    fang, lin, _mei = team.three()
    place = put(team, fang.device, '{"fields":{"name":"克隆"},"id":"m1","kind":"merchant","stamp":5}', number=9)
    fang.shop("老王超市")
    result = fang.sync()
    assert (waiting(result), result.sent) == ({place.file: Reason.NOT_OURS}, 1)
    assert names(fang) == {"老王超市"}
    assert lin.sync().received == 2


def test_two_histories_under_one_id_are_both_kept(team: Team) -> None:
    fang, _lin, _mei = team.three()
    for name in ("甲", "乙"):
        put(team, "00000000zz", canonical({"fields": {"name": name}, "id": name, "kind": "merchant", "stamp": 5}))
    assert fang.sync().received == 2
    assert names(fang) == {"甲", "乙"}
    assert team.document["covers"]["00000000zz"] == {"changes": 2, "segments": 1}


def test_the_same_changes_in_two_segments_count_once(team: Team) -> None:
    fang, _lin, _mei = team.three()
    line = '{"fields":{"name":"甲"},"id":"m1","kind":"merchant","stamp":5}'
    put(team, "00000000zz", line)
    put(team, "00000000zz", line, number=2)
    fang.sync()
    assert team.document["covers"]["00000000zz"] == {"changes": 1, "segments": 2}


def test_a_folder_that_cannot_be_written_to_still_brings_news(team: Team) -> None:
    fang, lin, mei = team.three()
    lin.shop("重庆小面")
    lin.sync()
    fang.shop("老王超市")
    blocker = team.share / "changes" / fang.device
    blocker.touch()  # where Fang's segments should go
    for _again in range(2):
        result = fang.sync()
        assert waiting(result) == {f"changes/{fang.device}": Reason.NOT_WRITABLE}
        assert (result.sent, result.export_sha256) == (0, None)
        fang.shop(f"店{_again}")
    assert "重庆小面" in names(fang)
    assert unshared(fang.db) == 3  # nothing was sealed: it still waits as one
    blocker.unlink()
    assert (fang.sync().sent, len(fang.own_files())) == (3, 1)
    assert mei.sync().received == 4


def test_an_export_that_cannot_be_written_holds_nothing_else_up(team: Team) -> None:
    fang, lin, _mei = team.three()
    fang.shop("老王超市")
    (team.share / "outreach.json").mkdir()
    result = fang.sync()
    assert (waiting(result), result.sent) == ({"outreach.json": Reason.NOT_WRITABLE}, 1)
    assert lin.sync().received == 1


def test_nothing_to_send_needs_no_right_to_write(team: Team) -> None:
    fang, lin, _mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    (team.share / "changes" / lin.device).touch()
    result = lin.sync()
    assert (result.received, result.set_aside) == (1, ())


def test_a_rehearsal_says_what_would_be_and_writes_nothing(team: Team) -> None:
    fang, lin, _mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    lin.shop("重庆小面")
    put(team, "00000000zz", '{"fields":{"name":1.5},"id":"m1","kind":"merchant","stamp":5}')
    before = everything(team)
    result = lin.rehearse()
    assert (result.sent, result.received, result.rehearsal) == (1, 1, True)
    assert list(waiting(result).values()) == [Reason.MALFORMED]
    assert everything(team) == before
    shutil.rmtree(team.share)
    before = everything(team)
    assert lin.rehearse(init=True).sent == 1
    assert everything(team) == before


def everything(team: Team) -> object:
    """All files of the share, and all rows of the laptops."""
    files = {p: p.read_bytes() for p in team.share.rglob("*") if p.is_file()}
    return files, {name: list(peer.db.iterdump()) for name, peer in team.peers.items()}


def test_laptops_are_known_by_the_name_they_last_gave(team: Team) -> None:
    fang, lin, _mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    lin.sync()
    fang.home.rename(fang.home.with_name("fang's new laptop"))
    fang.home = fang.home.with_name("fang's new laptop")
    fang.shop("重庆小面")
    fang.sync()
    assert [a.name for a in lin.sync().arrivals] == ["fang's new laptop"]
    assert segments.device_names(lin.db) == {fang.device: "fang's new laptop"}


def test_progress_names_each_stage(team: Team) -> None:
    fang, lin, _mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    lin.shop("重庆小面")
    seen: list[tuple[Stage, int, int]] = []
    lin.sync(progress=lambda *step: seen.append(step))
    assert seen == [(stage, 0, 1) for stage in (Stage.READING, Stage.SEALING, Stage.WRITING, Stage.EXPORTING)]


def test_a_second_stick_of_the_same_team(team: Team) -> None:
    fang, lin, _mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    shutil.copytree(team.share, team.place / "stick")
    for peer in (fang, lin):
        peer.share = team.place / "stick"
        assert peer.sync().set_aside == ()
    assert names(lin) == {"老王超市"}
