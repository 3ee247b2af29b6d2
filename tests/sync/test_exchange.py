"""Syncing, as a team lives it: what goes, what comes, and what a sync says of it."""

import hashlib
import shutil

from outreach.store.journal import unshared
from outreach.store.laptops import device_names
from outreach.sync import segment
from outreach.sync.result import Arrival, Reason, Remark, Stage
from outreach.sync.segment import header_of
from tests.sync.conftest import NOON, Team, shop_id
from tests.sync.strangers import ZZ, line, names, put, remarks, waiting


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
    assert team.document["covers"][fang.device] == {"changes": many + 1, "newest": 1}
    assert (lin.sync().received, lin.journal()) == (many + 1, fang.journal())


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
    place = put(team, ZZ, line("m1", phone=1), '{"fields":{"name":1.5},"id":"m1","kind":"merchant","stamp":5}')
    put(team, lin.device, line("m2"))  # as if Lin's disk had been copied
    before = everything(team)
    result = lin.rehearse()
    assert (result.sent, result.received, result.rehearsal) == (1, 3, True)
    assert [(item.file, item.lines) for item in result.set_aside] == [(place.file, (2,))]
    assert remarks(result) == [(Remark.NEW_IDENTITY, 0)]
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
    fang, lin, mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    lin.sync()
    fang.home.rename(fang.home.with_name("fang's new laptop"))
    fang.home = fang.home.with_name("fang's new laptop")
    fang.shop("重庆小面")
    fang.sync()
    assert [a.name for a in lin.sync().arrivals] == ["fang's new laptop"]
    assert [a.name for a in mei.sync().arrivals] == ["fang's new laptop"]  # both segments at once
    assert device_names(lin.db) == {fang.device: "fang's new laptop"}


def test_progress_names_each_stage(team: Team) -> None:
    fang, lin, _mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    lin.shop("重庆小面")
    seen: list[tuple[Stage, int, int]] = []
    lin.sync(progress=lambda *step: seen.append(step))
    assert seen == [(stage, 0, 1) for stage in (Stage.READING, Stage.SEALING, Stage.WRITING, Stage.EXPORTING)]


def test_covers_say_how_many_changes_are_in_and_the_newest_of_them(team: Team) -> None:
    fang, lin, _mei = team.three()
    fang.shop("老王超市")
    fang.note("merchant", shop_id("老王超市"), phone="1")
    fang.sync()
    lin.sync()
    lin.clock = iter([5])  # a clock set back
    lin.note("merchant", shop_id("老王超市"), phone="2")
    lin.sync()
    assert team.document["covers"] == {
        fang.device: {"changes": 2, "newest": NOON + 1}, lin.device: {"changes": 1, "newest": NOON + 2},
    }  # fmt: skip


def test_covers_and_the_whole_export_are_the_same_however_segments_were_cut(team: Team) -> None:
    """Laptops that hold the same changes write the same bytes, whatever files brought them."""
    changes = [line("甲", 3), line("乙", 9), line("甲", 5, base=3, phone="1"), line("乙", 6, owner="丙")]
    exports: set[bytes] = set()
    for cut in ([changes], [changes[:1], changes[1:]], [changes[2:], changes[:2]], [changes, changes[::-1]]):
        shutil.rmtree(team.share, ignore_errors=True)
        peer = team.peer(f"laptop{len(exports)}{len(cut)}{len(cut[0])}")
        team.share.mkdir()
        (team.share / "outreach-team.json").write_text(f'{{"format":"outreach/team/1","team":"{"a" * 32}"}}')
        for number, part in enumerate(cut, start=1):
            put(team, ZZ, *part, number=number)
        assert peer.sync().received == 4
        assert team.document["covers"] == {ZZ: {"changes": 4, "newest": 9}}
        exports.add(team.export)
    assert len(exports) == 1


def test_an_edit_carries_what_it_was_made_upon(team: Team) -> None:
    fang, lin, _mei = team.three()
    shop = fang.shop("老王超市")
    fang.sync()
    lin.sync()
    lin.note("merchant", shop, phone="1")
    lin.sync()
    (path,) = lin.own_files()
    assert path.read_text(encoding="utf-8").split("\n")[1].startswith(f'{{"base":{NOON},"fields":{{"phone":"1"}},')
    fang.sync()
    assert fang.journal() == lin.journal()


def test_what_a_sync_program_leaves_among_the_segments_is_counted(team: Team) -> None:
    fang, lin, _mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    (path,) = fang.own_files()
    for name in (f"{path.stem} (冲突副本).jsonl", "desktop.ini", f".{path.name}.{lin.device}.tmp"):
        path.with_name(name).write_bytes(path.read_bytes())
    assert remarks(fang.sync()) == [(Remark.STRAYS, 2)]  # a file that some laptop is writing is no stray
    result = lin.sync()
    assert (remarks(result), result.received) == ([(Remark.STRAYS, 2)], 1)  # and it clears its own leftover away
    assert not list(team.share.rglob("*.tmp"))
    assert remarks(fang.sync()) == [(Remark.STRAYS, 2)]


def test_an_edit_after_the_last_stamp_there_is_reaches_everyone(team: Team) -> None:
    """A forged stamp. What is recorded after it may lose the tie, but nobody's line is refused, and all hold the same."""
    fang, lin, _mei = team.three()
    put(team, "00000000zz", '{"fields":{"name":"before"},"id":"m1","kind":"merchant","stamp":9007199254740991}')
    fang.sync()
    fang.note("merchant", "m1", name="after")
    fang.sync()
    assert lin.sync().set_aside == ()
    assert lin.tables() == fang.tables()
