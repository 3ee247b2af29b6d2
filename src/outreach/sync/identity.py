"""The file that makes a folder a team's shared folder, and the checks that stand before every sync. Knows no database.

It is made once, on purpose. Where it is missing, another's or unreadable, the sync stops: an empty mount point, a wrong
stick and a folder that is still being copied all look like "everything was deleted".
"""

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from outreach.domain.change import canonical
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
from outreach.faults import why
from outreach.i18n import _
from outreach.sync.folder import IDENTITY, Folder

README = "README.txt"
FORMAT = "outreach/team/1"
_README = """\
这是 outreach 的共享文件夹，供一个团队的几台电脑交换走访记录。
请不要改动、改名或删除这里的文件；可以整个复制到别处，或放在 U 盘、网盘里。
outreach.json 是所有记录合在一起的一份，随时会重新生成。这里有商户的联系方式，请只交给团队成员。

This is a shared folder of outreach, through which a team's laptops exchange their field records.
Please do not change, rename or delete files in it. Copying the whole folder is fine, and so is a stick or a network drive.
outreach.json is every record in one file, and is made anew at any time. Shops' phone numbers are in here: keep it in the team.
"""


class _Identity(BaseModel):
    model_config = ConfigDict(strict=True)

    format: Literal["outreach/team/1"]
    team: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]


def team_of(folder: Folder) -> str | None:
    """The team whose folder this is, or None where it is nobody's. Raises IdentityUnreadable: that is not "nobody's"."""
    path = folder.root / IDENTITY
    try:
        return _Identity.model_validate_json(folder.read(IDENTITY)).team
    except FileNotFoundError:
        return None
    except ValidationError:
        raise IdentityUnreadable(path=path, why=_("it is damaged, half-written or of a newer version")) from None
    except OSError as error:
        raise IdentityUnreadable(path=path, why=why(error)) from error


def admit(folder: Folder, home: Path, *, team: str | None, remembered: Path | None) -> str:
    """The folder's team, if this laptop may sync with it. `team`, `remembered`: this laptop's team and folder so far.

    Raises DatabaseInFolder, FolderMissing, NotShared (FolderEmptied), IdentityUnreadable and AnotherTeam.
    """
    root = folder.root
    _keep_apart(root, home)
    if not folder.is_there():
        raise FolderMissing(folder=root)
    found = team_of(folder)
    if found is None:
        raise (FolderEmptied if root == remembered else NotShared)(folder=root)
    if team is not None and found != team:
        raise AnotherTeam(folder=root)
    return found


def may_found(folder: Folder, home: Path, *, team: str | None) -> None:
    """Raises what stands against making a folder a shared one: DatabaseInFolder, FolderMissing, AlreadyShared, IdentityLost."""
    root = folder.root
    _keep_apart(root, home)
    if not os.path.isdir(root.parent) or (os.path.lexists(root) and not os.path.isdir(root)):
        raise FolderMissing(folder=root)
    if team_of(folder) is not None:
        raise AlreadyShared(folder=root)
    if team is None and folder.listing().sizes:
        raise IdentityLost(folder=root)


def found(folder: Folder, team: str) -> None:
    """Make a folder the shared folder of a team (32 hexadecimal digits). Raises CannotShare and AlreadyShared."""
    root = folder.root
    try:
        root.mkdir(exist_ok=True)
        with suppress(FileExistsError):  # somebody's own README stays
            folder.create(README, _README.encode())
        folder.create(IDENTITY, canonical({"format": FORMAT, "team": team}).encode() + b"\n")
    except FileExistsError:
        raise AlreadyShared(folder=root) from None
    except OSError as error:
        raise CannotShare(folder=root, why=why(error)) from error


_MOVED = re.compile(
    r"dropbox|onedrive|nutstore|坚果云|google ?drive|icloud|mobile documents|syncthing|baidunetdisk|百度网盘|nextcloud",
    re.IGNORECASE,
)
_MOVED_MARKS = (".stfolder", ".stversions", ".dropbox", ".dropbox.cache", ".nutstore")


def is_moved_by_others(home: Path) -> bool:
    """Whether a laptop's own data lies where a sync program would move it: two laptops would write one database.

    Told by the names of its folders and by the marks that such programs leave.
    """
    real = Path(os.path.realpath(home))
    return any(_MOVED.search(part) for part in real.parts) or any(
        os.path.lexists(folder / mark) for folder in (real, *real.parents) for mark in _MOVED_MARKS
    )


def _keep_apart(root: Path, home: Path) -> None:
    if Path(os.path.realpath(home)).is_relative_to(os.path.realpath(root)):
        raise DatabaseInFolder(folder=root, home=home)
