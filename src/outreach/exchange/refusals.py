"""Why a file as a whole is not imported, each with its sentence (see `outreach.errors`)."""

from outreach.errors import OutreachError, SystemRefused, UsageError
from outreach.i18n import N_


class FileUnreadable(SystemRefused):
    template = N_("{path} cannot be read: {why}. Nothing was imported.")


class NotAnExport(OutreachError):
    template = N_(
        "{path} is not a whole outreach.json of this version. Copy it again from the shared folder. Nothing was imported."
    )


class NothingToImport(OutreachError):
    template = N_(
        "No sheet of {path} has columns that I know. Say which is what: --map COLUMN=FIELD, and --kind merchants or visits."
    )


class NoSuchSheet(UsageError):
    template = N_("{path} has no sheet “{name}”. It has: {names}.")


class BadMapping(UsageError):
    template = N_("“{text}” does not say which column is which field. Write it as --map COLUMN=FIELD, such as --map 店名=name.")


class NoSuchField(UsageError):
    template = N_("{kind} have no field {field}. They have: {fields}.")


class NoSuchKind(UsageError):
    template = N_("“{text}” is no kind of record. Try merchants, visits, parents, referrals, tags or communities.")


class ImportStopped(OutreachError):
    template = N_("Stopped. Nothing was imported.")


class NothingInside(OutreachError):
    template = N_("{path} is empty. Nothing was imported.")


class RowUnreadable(OutreachError):
    template = N_("{path}, row {row}: {why}. Nothing was imported.")


class NotAWorkbook(OutreachError):
    template = N_("{path} is not a workbook that can be opened; a password may be on it. Save it again as .xlsx.")
