"""The database, the disk or the settings refuse."""

from outreach.errors import OutreachError, UsageError
from outreach.i18n import N_


class BadSetting(UsageError):
    template = N_("The setting {key} in {path} cannot be used: {why}. Mend it there, or: outreach settings {key} VALUE.")


class SettingIsGroup(BadSetting):
    template = N_("In {path}, {key} is no setting but a group of them: write [{key}] on a line of its own, and those under it.")


class BadSettingValue(BadSetting):
    template = N_("The setting {key} in {path} cannot be {value}: {why}. Mend it there, or: outreach settings {key} VALUE.")


class NoSuchNumber(BadSetting):
    template = N_(
        'There is no setting {key}, as {path} has it. Did you mean {nearest}? To take it out: outreach settings {key} ""'
    )


class UnknownSetting(UsageError):
    template = N_("There is no setting {key}. Did you mean {nearest}? outreach settings lists them.")


class BadSettingsFile(OutreachError):
    template = N_("{path} cannot be read as settings: {why}. Mend the line, or move the file away to start from the defaults.")


class NewerFormat(OutreachError):
    template = N_(
        "{path} was written by a newer outreach (format {found}; this one knows {known}). "
        "Install the newer version; nothing was changed."
    )


class NotADatabase(OutreachError):
    template = N_(
        "{path} is damaged or is not outreach's database. It was left as it is: "
        "set it aside, and restore a backup or sync again."
    )


class DamagedRecord(OutreachError):
    template = N_(
        "An entry of the table {table} cannot be read. Nothing was changed: run outreach doctor, and restore a backup "
        "or sync again."
    )


class SystemRefused(OutreachError):
    template = N_("The system refused ({why}). What was recorded stays recorded.")


class SettingsUnreadable(OutreachError):
    template = N_("{path} cannot be read ({why}). Check who owns it, or move it away to start from the defaults.")


class DatabaseLocked(OutreachError):
    template = N_("Another program is holding {path}. Close it and try again; nothing was recorded.")


class DatabaseReadOnly(OutreachError):
    template = N_("{path} cannot be written to. Check who owns it and whether the disk is read-only; nothing was recorded.")


class DiskFull(OutreachError):
    template = N_("The disk of {path} is full. Free some space and try again; nothing was recorded.")


class DatabaseUnreachable(OutreachError):
    template = N_("{path} cannot be opened ({why}). Check the folder, or set OUTREACH_HOME to another.")
