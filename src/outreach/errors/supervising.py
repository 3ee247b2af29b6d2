"""A report, a plan, a panel, a decision or a file that cannot be made."""

from outreach.errors import OutreachError, UsageError
from outreach.i18n import N_


class FutureWeek(UsageError):
    template = N_("The week {week} lies ahead. A report looks back: take this week or an earlier one.")


class NotYetRecorded(OutreachError):
    template = N_("{merchant} was not recorded yet on {day}.")


class NoSuchView(UsageError):
    template = N_("The list takes no name. To see one merchant: outreach why {name}. To decide: --pin, --hold or --release.")


class WhomToDecide(UsageError):
    template = N_("Name the merchant, or a community with --community. For example: {example}")


class NeedsReason(UsageError):
    template = N_("Say why, with --note TEXT: whoever sees the decision sees its reason.")


class NeedsUntil(UsageError):
    template = N_("--hold needs a day to come, such as --until 2026-12-01 or --until 7d.")


class UntilPassed(UsageError):
    template = N_("{date} is no day to come; give a later one, such as --until 7d.")


class NothingDecided(OutreachError):
    template = N_("Nobody has decided anything about {name}; there is nothing to release.")


class DecidedForCommunity(OutreachError):
    template = N_(
        "Nothing was decided about {name} itself; it follows what was decided about {community}. "
        "To end that: outreach priority --release --community {named}"
    )


class NothingLeftToDecide(OutreachError):
    template = N_("{name} has joined; there is nothing left to decide about going there.")


class PanelNeedsTerminal(UsageError):
    template = N_(
        "The panel asks questions and needs a terminal. Without one, shop by shop: outreach opinion MERCHANT first --count 5."
    )


class InterviewNeedsTerminal(UsageError):
    template = N_(
        "The interview asks questions and needs a terminal. Without one: outreach community edit {named} --families 4100. "
        "Still unanswered of {name}: {missing}."
    )


class EmptyPath(UsageError):
    template = N_("The name of the file to write is missing. For example: report.html")


class WrongEnding(UsageError):
    template = N_("{option} writes a file that ends in {ending}. For example: {option} {name}")


class OutputExists(OutreachError):
    template = N_("{path} is there already. Give another name, or --force to replace it; nothing was written.")


class OutputIsFolder(OutreachError):
    template = N_("{path} is a folder. Give the name of a file in it.")


class OutputFolderMissing(OutreachError):
    template = N_("{path} cannot be written: there is no folder {folder}. Make it, or choose another place.")


class OutputRefused(OutreachError):
    template = N_("{path} cannot be written ({why}). Choose another place; nothing was left there.")


class OutputTwice(UsageError):
    template = N_("{path} is named twice. Give each output a file of its own.")


class NothingVisited(OutreachError):
    template = N_("No visit is recorded yet, so there is nothing to look back at. Record some: outreach visit")


class NothingAfter(OutreachError):
    template = N_(
        "The last visit is of {last}, and the first week asked for ends on {begin}: no visit after it shows how the advice "
        "would have done. Record the visits that follow, or ask for earlier weeks (--since)."
    )


class TooShortToTest(OutreachError):
    template = N_(
        "Visits are recorded since {first}. A week can be judged when four weeks have passed after it; "
        "the first one asked for ends on {begin}. Ask again on {day}."
    )


class PlanPassed(UsageError):
    template = N_("{date} has passed; a walking list is for today or a day to come, such as tomorrow or friday.")


class NoPlan(OutreachError):
    template = N_("No walking list was made on this laptop yet. Make it first: outreach plan --day DATE --community NAME")


class PlanOfOthers(UsageError):
    template = N_("The last walking list has sheets for several workers; say whose: outreach visit --plan --by {names}.")
