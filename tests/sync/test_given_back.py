"""Whatever lay in the folder comes back, byte for byte, from any laptop that has it."""

import errno
import json
import shutil
from dataclasses import dataclass

import pytest

from outreach.sync import exchange
from outreach.sync.folder import Folder
from outreach.sync.result import Reason, Remark
from outreach.sync.segment import Place, sha256
from tests.sync.conftest import Peer, Team
from tests.sync.strangers import ZZ, faults, files, given_back, line, made, names, put, remarks, waiting


def three_with_three(team: Team) -> tuple[Peer, Peer]:
    """Two laptops with three segments each, all taken in by both."""
    fang, lin, _mei = team.three()
    for number in range(3):
        fang.note("merchant", f"f{number}", name="老王超市")
        lin.note("merchant", f"l{number}", name="重庆小面")
        fang.sync()
        lin.sync()
    fang.sync()
    return fang, lin


def test_own_segments_that_are_gone_or_torn_come_back_byte_for_byte(team: Team) -> None:
    fang, _lin = three_with_three(team)
    before = files(team)
    gone, torn, _kept = fang.own_files()
    torn.write_bytes(torn.read_bytes()[:30])
    gone.unlink()
    assert remarks(fang.sync()) == [(Remark.REFILLED, 2)]
    assert files(team) == before
    assert remarks(fang.sync()) == []


def test_any_laptop_puts_back_what_another_wrote(team: Team) -> None:
    fang, lin = three_with_three(team)
    before = files(team)
    gone, torn, _kept = fang.own_files()
    torn.write_bytes(torn.read_bytes()[:30])
    gone.unlink()
    lin.own_files()[0].unlink()
    assert remarks(lin.sync()) == [(Remark.REFILLED, 3)]
    assert files(team) == before
    assert remarks(fang.sync()) == []


def test_a_laptop_with_nothing_of_its_own_puts_all_of_it_back(team: Team) -> None:
    _fang, _lin = three_with_three(team)
    mei = team.peer("mei")
    assert mei.sync().received == 6
    before, was = files(team), team.export
    shutil.rmtree(team.share / "changes")
    (team.share / "outreach.json").unlink()
    assert remarks(mei.sync()) == [(Remark.REFILLED, 6)]
    assert (files(team), team.export) == (before, was)
    assert not list(team.share.rglob("*.tmp"))


@pytest.mark.parametrize("whose", [0, 1])
def test_damage_that_left_the_size_is_found_and_mended_in_turn(team: Team, whose: int) -> None:
    """A flipped bit, or zeros: only reading shows it. The folder here is small enough to be read back at every sync."""
    peers = three_with_three(team)
    before = files(team)
    for path, spoil in zip(peers[whose].own_files(), (b"\0" * 99, b"x", b""), strict=True):
        data = path.read_bytes()
        path.write_bytes(spoil + data[len(spoil) :])
    assert remarks(peers[0].sync()) == [(Remark.REFILLED, 2)]
    assert files(team) == before
    assert remarks(peers[1].sync()) == []


def test_what_is_bigger_than_a_sync_reads_back_is_read_at_every_few(team: Team) -> None:
    fang, _lin, _mei = team.three()
    place = put(team, ZZ, *(line(f"m{number}", note="很" * 3000) for number in range(150)))  # 1.3 MiB
    fang.sync()
    before = files(team)
    path = team.share / place.file
    path.write_bytes(b"x" + path.read_bytes()[1:])
    assert [remarks(fang.sync()) for _time in range(3)] == [[], [(Remark.REFILLED, 1)], []]
    assert files(team) == before


def test_a_file_that_cannot_be_read_keeps_no_other_from_its_turn(team: Team) -> None:
    fang, _lin, _mei = team.three()
    stuck, other = (
        put(team, device, *(line(f"m{number}", note="很" * 3000) for number in range(50))) for device in (ZZ, "0000000zzz")
    )  # 450 KiB each
    fang.sync()
    before = files(team)
    path = team.share / other.file
    path.write_bytes(b"x" + path.read_bytes()[1:])
    for _time in range(3):
        exchange.sync(fang.db, Unreadable(team.share, stuck.file), exchange.laptop_of(fang.db, "fang", fang.home))
    assert files(team) == before


@dataclass(frozen=True)
class Unreadable(Folder):
    """A folder in which one file is listed, and cannot be read."""

    file: str

    def read(self, file: str) -> bytes:
        """The whole of a file."""
        if file == self.file:
            raise OSError(errno.EIO, "bad sector")
        return super().read(file)


def test_the_same_line_in_two_segments_is_one_change_and_both_come_back(team: Team) -> None:
    fang, lin, _mei = team.three()
    put(team, ZZ, line("甲"), line("乙"))
    put(team, ZZ, line("乙"), line("丙"), number=2)
    put(team, ZZ, line("丁"), line("丁"), number=3)
    for peer in (fang, lin):
        assert peer.sync().received == 4
    assert team.document["covers"][ZZ] == {"changes": 4, "newest": 5}
    before = files(team)
    assert given_back(fang) == given_back(lin) == before
    shutil.rmtree(team.share / "changes")
    assert remarks(lin.sync()) == [(Remark.REFILLED, 3)]
    assert files(team) == before


def test_the_same_changes_in_two_segments_count_once(team: Team) -> None:
    fang, _lin, _mei = team.three()
    first = put(team, ZZ, line("m1"))
    put(team, ZZ, line("m1"), number=2)
    assert fang.sync().received == 1
    assert team.document["covers"][ZZ] == {"changes": 1, "newest": 5}
    (kept,) = given_back(fang)  # one of them is enough for all there is
    assert kept in files(team)
    assert first.file in files(team)


def spaced(text: str) -> str:
    return text.replace(",", ", ")


@pytest.mark.parametrize(
    "odd_form",
    [
        spaced(line("m1", phone="1")),
        '{"stamp":5,"kind":"merchant","id":"m1","fields":{"phone":"1"}}',
        '{"fields":{"phone":"1","name":"甲"},"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{"name":"乙","name":"甲"},"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{"name":"e\u0301"},"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{"name":"\\u7532"},"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{"name":"甲","lat":' + "9" * 4000 + '},"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{"name":"甲","made_up_later":{"b":[1,{}],"a":null}},"id":"m1","kind":"merchant","stamp":5}',
        '{"base":null,"fields":{"name":"甲"},"id":"m1","kind":"merchant","stamp":5,"worker":null,"signed":"x"}',
        '{"fields":{"name":"甲"},"id":"店 e\u0301 \\u0041","kind":"a kind","stamp":5,"worker":"e\u0301"}',
    ],
    ids=["spaces", "order", "order of fields", "key twice", "decomposed", "escaped", "huge", "nested", "nulls", "id"],
)
def test_lines_in_any_form_come_back_byte_for_byte(team: Team, odd_form: str) -> None:
    fang, lin, _mei = team.three()
    put(team, ZZ, line("甲"), odd_form, line("乙"))
    put(team, ZZ, odd_form, number=2)
    assert (fang.sync().set_aside, fang.sync().received) == ((), 0)
    before = files(team)
    assert team.document["covers"][ZZ] == {"changes": 3, "newest": 5}
    assert given_back(fang) == before
    shutil.rmtree(team.share / "changes")
    assert remarks(fang.sync()) == [(Remark.REFILLED, 2)]
    lin.sync()
    assert files(team) == before == given_back(lin)
    assert lin.tables() == fang.tables()
    assert fang.sync().export_sha256 == lin.sync().export_sha256
    assert faults([fang, lin]) == []


def test_a_header_in_any_form_comes_back_byte_for_byte(team: Team) -> None:
    fang, lin, _mei = team.three()
    _place, data = made(ZZ, line("甲"))
    head, body = data.split(b"\n", 1)
    strange = json.dumps(json.loads(head) | {"later": [1.5, "é"]}, ensure_ascii=True, indent=None).encode() + b" \r"
    whole = strange + b"\n" + body
    place = Place(ZZ, 1, sha256(whole)[:16])
    Folder(team.share).write_segment(place, whole, ZZ)
    for peer in (fang, lin):
        assert peer.sync().received == 1
        (team.share / place.file).unlink()
        assert remarks(peer.sync()) == [(Remark.REFILLED, 1)]
        assert (team.share / place.file).read_bytes() == whole


def test_what_icloud_has_not_fetched_waits_and_is_not_put_back(team: Team) -> None:
    fang, lin, mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    lin.sync()
    (path,) = fang.own_files()
    path.rename(path.with_name(f".{path.name}.icloud"))
    name = f"changes/{fang.device}/{path.name}"
    assert waiting(mei.sync()) == {name: Reason.UNREADABLE}
    for peer in (fang, lin):
        result = peer.sync()
        assert (remarks(result), result.set_aside) == ([], ())
    assert not path.exists()


def test_a_segment_that_cannot_be_given_back_holds_no_other_up(team: Team) -> None:
    """A row of it was damaged here: its file is left to other laptops, and named; the rest is put back and sent."""
    fang, lin = three_with_three(team)
    fang.db.execute("UPDATE journal SET worker = 'x' WHERE id = 'l0'")
    before = files(team)
    shutil.rmtree(team.share / "changes" / lin.device)
    lost = min(before.keys() - files(team).keys())
    fang.shop("晚来的店")
    result = fang.sync()
    assert (result.sent, waiting(result)) == (1, {lost: Reason.DAMAGED})
    assert "晚来的店" in team.export.decode()
    assert before.keys() - files(team).keys() == {lost}
    lin.sync()
    assert before.items() <= files(team).items()


def test_the_folder_restored_from_an_old_copy(team: Team) -> None:
    fang, lin, _mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    shutil.copytree(team.share, team.place / "old")
    lin.shop("重庆小面")
    lin.sync()
    fang.shop("小芳水果")
    fang.sync()
    newest, before = team.export, files(team)
    shutil.rmtree(team.share)
    shutil.move(team.place / "old", team.share)
    for peer in (fang, lin):
        peer.sync()
    assert len(names(fang)) == len(names(lin)) == 3
    assert (team.export, files(team)) == (newest, before)


def test_a_second_stick_of_the_same_team(team: Team) -> None:
    fang, lin, _mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    shutil.copytree(team.share, team.place / "stick")
    for peer in (fang, lin):
        peer.share = team.place / "stick"
        assert peer.sync().set_aside == ()
    assert names(lin) == {"老王超市"}


def test_a_stick_that_only_brings_and_takes(team: Team) -> None:
    """Two offices that never see one folder: whoever carries the stick carries everybody's segments, not only their own."""
    fang, lin, mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    lin.sync()
    (team.place / "office").mkdir()
    shutil.copy(team.share / "outreach-team.json", team.place / "office")
    lin.share = mei.share = team.place / "office"
    assert remarks(lin.sync()) == [(Remark.REFILLED, 1)]
    assert (mei.sync().received, names(mei)) == (1, {"老王超市"})
