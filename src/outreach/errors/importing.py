"""Why a file as a whole is not imported, each with its sentence (see `outreach.errors`)."""

from outreach.errors import OutreachError, UsageError
from outreach.errors.storage import SystemRefused
from outreach.i18n import N_


class FileUnreadable(SystemRefused):
    template = N_("{path} cannot be read: {why}. Nothing was imported.")


class NotAnExport(OutreachError):
    template = N_(
        "{path} is not a whole outreach.json of this version. Copy it again from the shared folder. Nothing was imported."
    )


class NothingKnown(OutreachError):
    template = N_(
        "I know no column of {path} well enough to say what its rows are. Say it: --kind merchants (or visits, parents, "
        "referrals, tags, opinions, communities, places), and --map COLUMN=FIELD for each column that counts, such as "
        "--map 店铺=name. The columns are:\n{columns}"
    )


class NothingNamed(UsageError):
    template = N_(
        "Which column is the {name} of each row ({kind})? Say it: --map COLUMN={field}. The columns of {sheet} are: {columns}"
    )


class NoSuchColumn(UsageError):
    template = N_("There is no column “{name}”. The columns are: {names}")


class NoSuchSheet(UsageError):
    template = N_("{path} has no sheet “{name}”, or nothing is in it. Its sheets are: {names}")


class SheetUnnamed(UsageError):
    template = N_("--sheet says no name. The sheets of {path} are: {names}")


class BadMapping(UsageError):
    template = N_("“{text}” does not say which column is which field. Write it as --map COLUMN=FIELD, such as --map 店名=name.")


class NoSuchField(UsageError):
    template = N_("“{field}” is none of the fields of a row of this kind ({kind}). They are: {fields}")


class TwoColumns(UsageError):
    template = N_("Only one column can be {field}, not all of these: {names}. Leave the others out: --map COLUMN=-")


class NoSuchKind(UsageError):
    template = N_(
        "“{text}” is no kind of record. Try merchants, visits, parents, referrals, tags, opinions, communities or places."
    )


class ImportStopped(OutreachError):
    template = N_("Stopped. Nothing was imported.")


class NothingInside(OutreachError):
    template = N_("There is no row in {path}. Nothing was imported.")


class NotATable(OutreachError):
    template = N_("{path} is no spreadsheet, whatever it is called. Open it in WPS or Excel and save it as .xlsx or .csv.")


class OfAMap(OutreachError):
    template = N_("{path} holds places for a map (GeoJSON), not a list. Export the list as .csv or .xlsx, and import that.")


class OpenDocument(OutreachError):
    template = N_("{path} is of LibreOffice or WPS (.ods). Open it there, save it as .xlsx, and import that.")


class OnlyAMark(OutreachError):
    template = N_("{path} only marks that a file is open in another program. Close that file, and import the file itself.")


class NotAWorkbook(OutreachError):
    template = N_("{path} is no workbook that can be opened, or a part of it is missing. Save it again as .xlsx.")


class WithPassword(OutreachError):
    template = N_("{path} has a password. Open it in WPS or Excel, save it without one, and import that.")


class ZipTorn(OutreachError):
    template = N_("{path} is no zip that can be unpacked, or a part of it is missing. Fetch it again. Nothing was imported.")


class ZipLocked(OutreachError):
    template = N_("{path} has a password. Unpack it, and import the .csv files that are in it, all at once.")


class ZipTooBig(OutreachError):
    template = N_(
        "{path} unpacks to more than {most} MB. Unpack it, and import the .csv files that you need. Nothing was imported."
    )


class NoTableInZip(OutreachError):
    template = N_("There is no .csv in {path}. Unpack it, and import what is in it.")


class TooBig(OutreachError):
    template = N_(
        "{path} is too big to be opened as a workbook: it has more than {cells} cells, or unpacks to more than {most} MB. "
        "Save the sheet that you need as .csv. Nothing was imported."
    )


class FileChanged(OutreachError):
    template = N_(
        "{path} was changed while it was read. Close it in other programs, and import it again. Nothing was imported."
    )


class RowNotText(OutreachError):
    template = N_(
        "{path}, row {row}: some bytes there are no text. Save the file again as .xlsx, or as CSV UTF-8. Nothing was imported."
    )


class RowGarbled(OutreachError):
    template = N_(
        "{path}, row {row}: it cannot be read; a quotation mark may be open there. Mend that row. Nothing was imported."
    )


class CellTooLong(OutreachError):
    template = N_(
        "{path}, row {row}: a cell has more than a million characters; a quotation mark may be open. Nothing was imported."
    )
