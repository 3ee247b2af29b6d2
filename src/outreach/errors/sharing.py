"""The shared folder is not there, not the team's, or not to be read."""

from outreach.errors import OutreachError
from outreach.i18n import N_


class NoSharedFolder(OutreachError):
    template = N_(
        "No shared folder is known yet. Name it once: outreach sync FOLDER --init (the first laptop) or outreach sync FOLDER."
    )


class FolderMissing(OutreachError):
    template = N_("{folder} is not there. Plug in the stick or connect the share, then sync again; nothing was changed.")


class NotShared(OutreachError):
    template = N_(
        "{folder} is not a shared folder of outreach. If it is to become one: outreach sync FOLDER --init. "
        "Otherwise check that it is the right one."
    )


class AnotherTeam(OutreachError):
    template = N_("{folder} belongs to another team than the folder this laptop shares with. Nothing was read or written.")


class IdentityUnreadable(OutreachError):
    template = N_("{path} cannot be read ({why}). Try again when it can; nothing was changed.")


class AlreadyShared(OutreachError):
    template = N_("{folder} is a shared folder already. Sync without --init.")


class DatabaseInFolder(OutreachError):
    template = N_("{folder} holds this laptop's own data ({home}). Share another folder, and leave that one to this laptop.")


class FolderEmptied(NotShared):
    template = N_(
        "{folder} was shared with your team, but its outreach-team.json is gone: it was emptied, or another disk is there now. "
        "Nothing was changed. Check it; to fill it again: outreach sync FOLDER --init."
    )


class IdentityLost(OutreachError):
    template = N_(
        "{folder} holds shared records, but its outreach-team.json is not there. If it is still being copied, wait. "
        "Otherwise, on a laptop that shared through it before: outreach sync FOLDER --init."
    )


class CannotShare(OutreachError):
    template = N_("{folder} cannot be made a shared folder ({why}). Check that it can be written to.")


class SyncRunning(OutreachError):
    template = N_("Another sync is running on this laptop. Let it end, then sync again.")


class SegmentRefused(OutreachError):
    """A file of the shared folder that is set aside. Facts: `reason`, its code. Caught where files are taken in."""

    template = "{reason}"
