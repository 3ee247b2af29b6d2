"""Many small segments become one big one, in their owner's hand only; whoever has either set has the same."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from outreach.store import segments
from outreach.store.segments import Segment
from outreach.sync.result import Reason, Remark, Stage
from outreach.sync.rollup import MANY, chosen
from outreach.sync.segment import MOST, Place, place_of
from tests.sync.conftest import NOON, Peer, Team
from tests.sync.strangers import ZZ, faults, files, given_back, hash_of, line, names, put, remarks, waiting


def note(peer: Peer, number: int) -> None:
    """Record a shop with an id as real ones are."""
    peer.note("merchant", f"m{number}", name=f"店{number}")


def work(peer: Peer, days: int, first: int = 0) -> None:
    """Some days, each with one new shop and one sync."""
    for number in range(first, first + days):
        note(peer, number)
        peer.sync()


def place(path: Path) -> Place:
    found = place_of(path.parent.name, path.name)
    assert found
    return found


def header(path: Path) -> Any:
    return json.loads(path.read_bytes().split(b"\n")[0])


def same(team: Team, *peers: Peer) -> None:
    """All hold the same, are sound, and could fill an empty folder with what is in the folder."""
    first, *others = peers
    for other in others:
        assert other.journal() == first.journal()
        assert other.tables() == first.tables()
    assert len({peer.sync().export_sha256 for peer in peers}) == 1
    assert faults(peers) == []
    lying = files(team)
    for peer in peers:
        assert given_back(peer) == lying, peer.name


def test_one_less_than_many_are_left_alone(team: Team) -> None:
    fang, _lin, _mei = team.three()
    work(fang, MANY - 1)
    fang.sync()
    assert len(fang.own_files()) == MANY - 1


def test_many_become_one_and_the_old_ones_go_at_the_next_sync(team: Team) -> None:
    fang, lin, _mei = team.three()
    work(fang, MANY)
    *old, new = fang.own_files()
    assert len(old) == MANY
    assert header(new)["number"] == MANY + 1
    assert header(new)["previous"] == header(new)["replaces"][-1]
    assert [h[:16] for h in header(new)["replaces"]] == [path.stem.partition("-")[2] for path in old]
    assert header(new)["count"] == MANY
    assert new.read_bytes().split(b"\n", 1)[1] == b"".join(path.read_bytes().split(b"\n", 1)[1] for path in old)
    result = fang.sync()
    assert (result.sent, remarks(result), fang.own_files()) == (0, [], [new])
    assert remarks(fang.sync()) == []
    assert lin.sync().received == MANY
    same(team, fang, lin)
    assert team.document["covers"] == {fang.device: {"changes": MANY, "newest": NOON + MANY - 1}}


def test_what_is_recorded_later_goes_on_in_the_chain(team: Team) -> None:
    fang, lin, _mei = team.three()
    work(fang, MANY + 2)
    first, second, third = fang.own_files()
    assert [header(path)["number"] for path in (first, second, third)] == [MANY + 1, MANY + 2, MANY + 3]
    assert header(second)["previous"] == hash_of(team, place(first))
    lin.sync()
    same(team, fang, lin)


def test_a_laptop_that_has_all_the_parts_adopts_the_whole_without_reading_it(team: Team) -> None:
    fang, lin, _mei = team.three()
    work(fang, MANY - 1)
    lin.sync()
    work(fang, 1, first=MANY - 1)
    (new,) = [path for path in fang.own_files() if "replaces" in header(path)]
    new.rename(team.place / "late")
    assert lin.sync().received == 1
    (team.place / "late").rename(new)
    rows = lin.db.execute("SELECT count(*) FROM journal").fetchone()[0]
    result = lin.sync()
    assert (result.received, result.arrivals, result.set_aside) == (0, (), ())
    assert lin.db.execute("SELECT count(*) FROM journal").fetchone()[0] == rows
    assert lin.db.execute("SELECT count(*) FROM segment WHERE raw IS NOT NULL").fetchone()[0] == 0  # nothing is kept twice
    fang.sync()
    same(team, fang, lin)


def test_a_laptop_that_has_some_of_the_parts_takes_in_the_rest(team: Team) -> None:
    fang, lin, _mei = team.three()
    work(fang, 5)
    assert lin.sync().received == 5
    work(fang, MANY - 5, first=5)
    fang.sync()
    result = lin.sync()
    assert (result.received, result.set_aside, remarks(result)) == (MANY - 5, (), [])
    assert len(fang.own_files()) == 1
    same(team, fang, lin)
    shutil.rmtree(team.share / "changes")
    before = team.export
    assert remarks(lin.sync()) == [(Remark.REFILLED, 1)]
    assert (team.export, len(fang.own_files())) == (before, 1)


def test_a_fresh_laptop_reads_the_whole_and_not_the_parts(team: Team) -> None:
    fang, lin, mei = team.three()
    work(fang, MANY)  # both sets lie there
    assert len(fang.own_files()) == MANY + 1
    (team.share / place(fang.own_files()[0]).file).write_bytes(b"")  # a part is torn: nobody needs it
    read: list[int] = []
    result = lin.sync(progress=lambda stage, done, _of: read.append(done) if stage is Stage.READING else None)
    assert (result.received, result.set_aside) == (MANY, ())
    assert segments.kept(lin.db)[0].number == MANY + 1
    assert len(segments.kept(lin.db)) == 1
    fang.sync()
    assert len(fang.own_files()) == 1
    assert mei.sync().received == MANY
    same(team, fang, lin, mei)


def test_either_set_gives_the_same_and_so_do_both(team: Team) -> None:
    fang, lin, mei = team.three()
    work(fang, MANY)
    *old, new = fang.own_files()
    both = files(team)
    new.unlink()
    assert lin.sync().received == MANY
    new.write_bytes(both[place(new).file])
    for path in old:
        path.unlink()
    assert mei.sync().received == MANY
    lin.sync()
    fang.sync()
    assert fang.own_files() == [new]
    same(team, fang, lin, mei)


def test_parts_that_lie_there_again_are_passed_over_and_taken_away(team: Team) -> None:
    """A sync program brings them back, or a stick of last month."""
    fang, lin, _mei = team.three()
    work(fang, MANY)
    both = files(team)
    fang.sync()
    lin.sync()
    for file, data in both.items():
        (team.share / file).write_bytes(data)
    assert (lin.sync().received, lin.sync().set_aside) == (0, ())
    assert files(team) == both  # others' files are nothing to take away
    fang.sync()
    assert len(fang.own_files()) == 1
    same(team, fang, lin)


def test_the_old_ones_stay_until_a_later_sync_finds_the_new_one_in_the_folder(team: Team) -> None:
    fang, _lin, mei = team.three()
    work(fang, MANY)
    *old, new = fang.own_files()
    whole = new.read_bytes()
    new.unlink()  # the sync program had not sent it yet
    assert remarks(fang.sync()) == [(Remark.REFILLED, 1)]
    assert fang.own_files() == [*old, new]
    fang.sync()
    assert fang.own_files() == [new]
    assert new.read_bytes() == whole
    assert mei.sync().received == MANY


def test_over_a_long_time_the_files_stay_few_and_nothing_is_lost(team: Team) -> None:
    fang, lin, mei = team.three()
    days = 3 * MANY + 5
    for day in range(days):
        work(fang, 1, first=day)
        if day % 7 == 0:
            lin.sync()
        assert len(fang.own_files()) <= 2 * MANY + 2
    fang.sync()
    lin.sync()
    assert mei.sync().received == days
    same(team, fang, lin, mei)
    assert team.document["covers"] == {fang.device: {"changes": days, "newest": NOON + days - 1}}
    first = fang.own_files()[0]
    assert header(first)["count"] > 2 * MANY  # a whole was rolled up again


def test_small_parts_of_old_do_nothing_to_a_laptop_that_knows_only_the_whole_of_wholes(team: Team) -> None:
    fang, lin, _mei = team.three()
    work(fang, MANY)
    old = files(team)
    work(fang, MANY, first=MANY)
    fang.sync()
    assert lin.sync().received == 2 * MANY
    lying = files(team)
    for file in old.keys() - lying.keys():
        (team.share / file).write_bytes(old[file])
    assert (lin.sync().received, lin.sync().set_aside) == (0, ())
    assert given_back(lin) == lying
    fang.sync()
    same(team, fang, lin)


def test_nothing_is_rolled_up_while_something_waits(team: Team) -> None:
    fang, _lin, _mei = team.three()
    work(fang, MANY - 1)
    note(fang, 99)
    (team.share / "outreach.json").unlink()
    (team.share / "outreach.json").mkdir()
    result = fang.sync()  # everything is sealed, and the export could not be written
    assert waiting(result) == {"outreach.json": Reason.NOT_WRITABLE}
    assert len(fang.own_files()) == MANY
    (team.share / "outreach.json").rmdir()
    fang.sync()
    assert len(fang.own_files()) == MANY + 1


def test_a_line_that_waits_is_named_in_the_whole_once_that_stands_for_its_part(team: Team) -> None:
    """Odd lines of parts go over into the whole, and its bytes come back all the same."""
    fang, lin, mei = team.three()
    parts = [put(team, ZZ, line("甲"), "nonsense"), put(team, ZZ, line("乙"), number=2)]
    assert waiting(fang.sync()) == {parts[0].file: Reason.MALFORMED}
    hashes = tuple(hash_of(team, part) for part in parts)
    whole = put(team, ZZ, line("甲"), "nonsense", line("乙"), number=3, replaces=hashes)
    fang.sync()
    for part in parts:
        (team.share / part.file).unlink()
    assert waiting(lin.sync()) == {whole.file: Reason.MALFORMED}
    assert waiting(fang.sync()) == {whole.file: Reason.MALFORMED}  # what is there, not what was
    assert fang.journal() == lin.journal()
    assert given_back(fang) == given_back(lin) == files(team)
    assert mei.sync().received == 2
    same(team, fang, lin, mei)


def test_a_whole_is_kept_where_a_part_of_it_had_brought_nothing(team: Team) -> None:
    """A copied laptop had sealed the same change before. The whole stands for its parts, so it is what is put back."""
    fang, lin, _mei = team.three()
    put(team, ZZ, line("甲"), number=7)  # the copy's
    fang.sync()
    parts = [put(team, ZZ, line("甲")), put(team, ZZ, line("乙"), number=2)]
    assert fang.sync().received == 1
    whole = put(team, ZZ, line("甲"), line("乙"), number=3, replaces=tuple(hash_of(team, part) for part in parts))
    assert fang.sync().received == 0
    assert names(fang) == {"甲", "乙"}
    shutil.rmtree(team.share / "changes")
    fang.sync()
    assert (lin.sync().received, names(lin)) == (2, {"甲", "乙"})
    assert (team.share / whole.file).exists()


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([1] * 15, [1] * 15),
        ([1] * 16, [1] * 16),
        ([40, *[1] * 16], [1] * 16),  # much bigger than what is gathered: it is left
        ([32, *[1] * 16], [32, *[1] * 16]),  # not much bigger
        ([96, 32, *[1] * 16], [96, 32, *[1] * 16]),
        ([98, 32, *[1] * 16], [32, *[1] * 16]),
        ([5, 98, 32, *[1] * 16], [32, *[1] * 16]),  # only neighbours
        ([MOST - 15, *[1] * 16], [1] * 16),
        ([MOST, 3], [3]),
        ([6000, 6000], [6000]),
        ([], []),
    ],
)
def test_which_are_rolled_up(counts: list[int], expected: list[int]) -> None:
    own = [(Segment(ZZ, number, "", ""), count) for number, count in enumerate(counts, start=1)]
    by_number = {segment.number: count for segment, count in own}
    found = chosen(own)
    assert [by_number[segment.number] for segment in found] == expected
    assert [segment.number for segment in found] == list(range(len(own) - len(found) + 1, len(own) + 1))


def test_a_laptop_that_follows_keeps_no_second_copy_of_what_is_rolled_up(team: Team) -> None:
    """The last part of a whole comes with it, in one sync: it is read first, and then the whole is the sum of what is known."""
    fang, lin, mei = team.three()
    for day in range(9):
        fang.note("merchant", f"m{day}", name=f"店{day}")
        fang.sync(many=3)
        assert lin.sync(many=3).received == 1
    assert lin.db.execute("SELECT count(*) FROM segment WHERE raw IS NOT NULL").fetchone()[0] == 0
    assert lin.db.execute("SELECT count(*) FROM segment WHERE replaced_by IS NOT NULL").fetchone()[0] > 3
    shutil.rmtree(team.share / "changes")
    lin.sync(many=3)
    assert mei.sync().received == 9
