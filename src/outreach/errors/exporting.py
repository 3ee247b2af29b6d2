"""A file of records that cannot be written as it was asked for."""

from outreach.errors import OutreachError, UsageError
from outreach.i18n import N_


class UnknownEnding(UsageError):
    template = N_("{path}: the ending says what is written. Give it one of these: {endings}")


class NoSuchKind(UsageError):
    template = N_("--kind knows no “{text}”. There are: {kinds}")


class KindOfTables(UsageError):
    template = N_("--kind chooses what goes into a table: .csv or .xlsx. A .json file holds all, a .geojson file shops.")


class TooManyRows(OutreachError):
    template = N_(
        "There are more than {most} rows, which no workbook can hold. Narrow it down (--since, --community), or write a .csv."
    )


class NoVisitBy(OutreachError):
    template = N_("Nothing was written, for no visit is by {name}.")
