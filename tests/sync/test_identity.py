"""A folder is a team's because somebody said so, once. Anything in doubt stops the sync and changes nothing."""

import json
import shutil
from pathlib import Path

import pytest

from outreach.errors import OutreachError
from outreach.errors.sharing import (
    AlreadyShared,
    AnotherTeam,
    CannotShare,
    DatabaseInFolder,
    FolderEmptied,
    FolderMissing,
    IdentityLost,
    IdentityUnreadable,
    NotShared,
)
from outreach.store.connection import get_meta
from outreach.sync.result import Remark
from tests.sync.conftest import Peer, Team


def state(peer: Peer) -> tuple[object, ...]:
    """All that a refused sync must leave alone."""
    files = {p.relative_to(peer.share): p.read_bytes() for p in peer.share.rglob("*") if p.is_file()}
    return files, get_meta(peer.db, "team"), get_meta(peer.db, "folder"), peer.journal()


def refused(peer: Peer, error: type[OutreachError]) -> OutreachError:
    before = state(peer)
    with pytest.raises(error) as caught:
        peer.sync()
    assert type(caught.value) is error
    assert state(peer) == before
    return caught.value


def test_the_first_laptop_makes_the_folder_and_the_others_join(team: Team) -> None:
    fang, lin, _mei = team.three()
    assert json.loads((team.share / "outreach-team.json").read_bytes())["format"] == "outreach/team/1"
    assert "走访" in (team.share / "README.txt").read_text(encoding="utf-8")
    assert [n.remark for n in lin.sync().notices] == [Remark.JOINED]
    for peer in (fang, lin):
        assert peer.sync().notices == ()
    assert get_meta(fang.db, "team") == get_meta(lin.db, "team") == team.document["team"]


def test_a_folder_that_is_not_there(team: Team) -> None:
    refused(team.peer("fang"), FolderMissing)


def test_a_folder_that_nobody_shared(team: Team) -> None:
    team.share.mkdir()
    (team.share / "photos.zip").touch()
    refused(team.peer("fang"), NotShared)


@pytest.mark.parametrize("keep_segments", [True, False])
def test_the_teams_folder_emptied_or_another_disk_in_its_place(team: Team, *, keep_segments: bool) -> None:
    fang, _lin, _mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    (team.share / "outreach-team.json").unlink()
    if not keep_segments:
        shutil.rmtree(team.share / "changes")
    assert "--init" in str(refused(fang, FolderEmptied))


def test_an_emptied_folder_can_be_filled_again_by_the_team_only(team: Team) -> None:
    fang, lin, mei = team.three()
    for peer in (fang, lin):
        peer.shop(peer.name)
        peer.sync()
    was = team.export, {p.name: p.read_bytes() for p in fang.own_files()}
    shutil.rmtree(team.share)
    fang.found()
    result = fang.sync()
    assert [(n.remark, n.count) for n in result.notices] == [(Remark.REFILLED, 1)]
    lin.sync()
    fang.sync()
    assert (team.export, {p.name: p.read_bytes() for p in fang.own_files()}) == was
    assert mei.sync().received == 2


def test_segments_without_an_identity_are_no_new_team(team: Team) -> None:
    fang, lin, _mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    (team.share / "outreach-team.json").unlink()
    with pytest.raises(IdentityLost):
        lin.found()
    fang.found()
    assert lin.sync().received == 1


def test_another_teams_folder(team: Team) -> None:
    fang, lin, _mei = team.three()
    fang.sync()
    shutil.rmtree(team.share)
    lin.found()
    refused(fang, AnotherTeam)


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 70, b'{"format":"outreach/team/1"', b"{}", b'{"format":"outreach/team/2","team":"' + b"a" * 32 + b'"}'],
)
def test_an_identity_that_cannot_be_read_is_not_a_missing_one(team: Team, content: bytes) -> None:
    fang, _lin, _mei = team.three()
    (team.share / "outreach-team.json").write_bytes(content)
    assert "outreach-team.json" in str(refused(fang, IdentityUnreadable))
    with pytest.raises(IdentityUnreadable):
        fang.found()


def test_an_identity_that_the_disk_refuses(team: Team) -> None:
    fang, _lin, _mei = team.three()
    (team.share / "outreach-team.json").unlink()
    (team.share / "outreach-team.json").mkdir()
    refused(fang, IdentityUnreadable)


def test_a_folder_is_made_a_shared_one_once(team: Team) -> None:
    fang, lin, _mei = team.three()
    for peer in (fang, lin):
        with pytest.raises(AlreadyShared):
            peer.found()


def test_somebodys_own_readme_stays(team: Team) -> None:
    team.share.mkdir()
    (team.share / "README.txt").write_text("our stick", encoding="utf-8")
    team.peer("fang").found()
    assert (team.share / "README.txt").read_text(encoding="utf-8") == "our stick"


def test_where_no_folder_can_be_made(team: Team) -> None:
    fang = team.peer("fang")
    fang.share = team.place / "no" / "such"
    with pytest.raises(FolderMissing):
        fang.found()
    fang.share = Path("/proc/outreach")
    with pytest.raises(CannotShare):
        fang.found()


@pytest.mark.parametrize("share", ["..", ".", "linked"])
def test_the_database_never_lies_in_the_shared_folder(team: Team, share: str) -> None:
    fang = team.peer("fang")
    (team.place / "linked").symlink_to(team.place)
    fang.share = (team.place if share == "linked" else fang.home) / share
    for attempt in (fang.found, fang.sync):
        with pytest.raises(DatabaseInFolder):
            attempt()
    assert not (fang.share / "outreach-team.json").exists()
