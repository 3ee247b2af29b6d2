"""Everything that can be refused, each with its sentence (what is wrong, what to do) and its exit code.

An error carries facts; its sentence is made when it is shown, in the user's language.
Caught in one place, `outreach.cli.main`.
"""

from collections.abc import Callable
from enum import IntEnum

from outreach.i18n import N_, _, joined


class ExitStatus(IntEnum):
    """What the process says when it ends (DESIGN.md, section 6)."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    SET_ASIDE = 3
    INTERRUPTED = 130


class OutreachError(Exception):
    """The root. `template` is the sentence, with the names of the facts that fill it."""

    exit_status = ExitStatus.REFUSED
    template = ""

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts

    def sentence(self, clean: Callable[[object], str] = str) -> str:
        """What is wrong and what to do, with every fact put through `clean`; lists of lines stay lines."""
        shown = {k: "\n".join(map(clean, v)) if isinstance(v, list) else clean(v) for k, v in self.facts.items()}
        return _(self.template).format(**shown)

    def __str__(self) -> str:
        return self.sentence()


class UsageError(OutreachError):
    """What was typed cannot be understood."""

    exit_status = ExitStatus.USAGE


class BadDate(UsageError):
    template = N_("“{text}” is not a date I know. Try 2026-11-24, today, yesterday, 3d or friday.")


class FarDate(BadDate):
    template = N_("“{text}” is more than 20 years away. Check the year.")


class BadDueDate(BadDate):
    template = N_("“{text}” is not a date I know. Try tomorrow, 3d, friday, 11-30 or 2026-11-30.")


class PastDate(UsageError):
    template = N_("{date} has passed; a follow-up needs a day to come, such as 3d or friday.")


class FutureDate(UsageError):
    template = N_("{date} lies in the future; this has to have happened already. Check the date.")


class BadNumber(UsageError):
    template = N_("{option} takes a whole number from {least} to {most}; “{text}” is none.")


class BadCoordinate(UsageError):
    template = N_("{option} takes degrees from {least} to {most}, such as {example}; “{text}” is none.")


class BadWord(UsageError):
    template = N_("“{text}” is not one of the words that fit here: {words}.")


class BadKeys(UsageError):
    template = N_("Give the numbers, such as 13.")


class EmptyName(UsageError):
    template = N_("A name is needed here; nothing, or only spaces, was given.")


class TooLong(UsageError):
    template = N_("That is {length} characters; at most {most} fit here. Shorten it, or put the rest in another note.")


class NotText(UsageError):
    template = N_("The text has characters that no file can keep (a NUL or half a character). Type it again.")


class Missing(UsageError):
    template = N_("{what} is missing. For example: {example}")


class MissingOutcome(UsageError):
    template = N_("OUTCOME is missing. Give it on the command line, or run this on a terminal to be asked.")


class NeedsNew(UsageError):
    template = N_("{options} describe a new shop. Add --new if it is one; to correct a known one: outreach merchant edit.")


class FirmNotRefused(UsageError):
    template = N_("--firm says that the owner refused for good; it goes with refused only.")


class ReasonsOfOneJoined(UsageError):
    template = N_("--why says why a shop has not joined; it does not go with signed-up. Put what the owner said into --note.")


class MetAndNotMet(UsageError):
    template = N_("--met owner does not go with not-met, which says that the owner was not met. Change one of them.")


class OneOf(UsageError):
    template = N_("Give one of {options}, and only one.")


class NothingToChange(UsageError):
    template = N_("Nothing to change: name at least one field, for example --phone.")


class BadSetting(UsageError):
    template = N_("The setting {key} in {path} cannot be used: {why}. Mend it there, or: outreach settings {key} VALUE.")


class BadSettingValue(BadSetting):
    template = N_("The setting {key} in {path} cannot be {value}: {why}. Mend it there, or: outreach settings {key} VALUE.")


class BadValue(UsageError):
    template = N_("{key} cannot be “{value}”: {why}. Nothing was changed.")


class UnknownSetting(UsageError):
    template = N_("There is no setting {key}. outreach settings lists them.")


class BadSettingsFile(OutreachError):
    template = N_("{path} is not valid TOML ({why}). Mend the line, or move the file away to start from the defaults.")


class BadWeek(UsageError):
    template = N_("“{text}” is not a week. Write it as 2026-W48.")


class NotFound(OutreachError):
    """Facts: `words`; `more`, lines on where else it may be; `nearest`, the names that look alike; `hint`, a sentence."""

    template = N_("Nothing here is called “{words}”.")

    def sentence(self, clean: Callable[[object], str] = str) -> str:
        nearest = self.facts.get("nearest")
        named = _(", ").join(map(clean, nearest)) if isinstance(nearest, list) else ""
        asked = _("Did you mean {nearest}?").format(nearest=named) if named else ""
        more = self.facts.get("more")
        first = joined((super().sentence(clean), asked, _(str(self.facts.get("hint", "")))))
        return "\n".join([first, *(map(clean, more) if isinstance(more, list) else ())])


class Ambiguous(OutreachError):
    template = N_(
        "“{words}” fits {count} entries. Type more of the name, or after it another word of its line, all in quotes, "
        "such as its community, its address or the end of its phone:\n{listed}"
    )


class AlreadyThere(OutreachError):
    template = N_("{name} is already recorded. If this is another one, give it a name that tells them apart.")


class NearCommunity(OutreachError):
    template = N_("No community is called “{words}”. Did you mean {nearest}? If it is new: outreach community add {named}")


class SelfReferral(OutreachError):
    template = N_("{name} cannot introduce herself. Name the merchant or the other parent who was spoken to.")


class NotTagged(OutreachError):
    template = N_("{merchant} has no mark “{label}”.")


class NothingOpen(OutreachError):
    template = N_("{merchant} has no open follow-up.")


class SeveralOpen(OutreachError):
    template = N_("{merchant} has several open follow-ups; say which: {labels}.")


class NothingToUndo(OutreachError):
    template = N_("There is nothing to take back on this laptop.")


class NotRemoved(OutreachError):
    template = N_("{name} is not removed; there is nothing to restore.")


class NewerDatabase(OutreachError):
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


class NotOnATerminal(UsageError):
    template = N_("Street mode asks questions and needs a terminal. Without one: outreach visit MERCHANT OUTCOME.")


class TooManyWords(UsageError):
    template = N_(
        "“{words}” is too much here. A name with spaces goes in quotes, a word such as signed-up has a hyphen. "
        "{command} --help shows what fits."
    )


class NoSuchOption(UsageError):
    template = N_("There is no option {option}. {command} --help lists them.")


class OptionNeedsValue(UsageError):
    template = N_("{option} needs something after it. {command} --help shows what.")


class OptionTakesNone(UsageError):
    template = N_("{option} takes nothing after it.")


class CommandElsewhere(UsageError):
    template = N_("There is no command “{word}” here; {command} is what you look for.")


class NoSuchCommand(UsageError):
    template = N_("There is no command “{word}”. {command} --help lists them.")


class NoSuchCommandNearly(UsageError):
    template = N_("There is no command “{word}”. Did you mean {nearest}?")


class BadLanguage(UsageError):
    template = N_("--lang takes zh or en.")


class BadClock(UsageError):
    template = N_("OUTREACH_NOW is not a time with an offset, such as 2026-11-24T09:00:00+08:00.")


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


class NotWith(UsageError):
    template = N_("{options} do not go together. Give them in two commands.")


class NothingDecided(OutreachError):
    template = N_("Nobody has decided anything about {name}; there is nothing to release.")


class PanelNeedsTerminal(UsageError):
    template = N_(
        "The panel asks questions and needs a terminal. Without one, shop by shop: outreach opinion MERCHANT first --count 5."
    )


class EmptyPath(UsageError):
    template = N_("The name of the file to write is missing. For example: report.html")


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


class SameShop(OutreachError):
    template = N_("Both names mean the one shop {name}; there is nothing to merge.")


class WhichToKeep(UsageError):
    template = N_("--keep takes A or B, of all fields or of one: --keep A, --keep phone=B.")


class NotMerged(OutreachError):
    template = N_("Nothing was merged with {name}.")


class MergedWithWhich(OutreachError):
    template = N_("Several shops were merged with {name}: {names}. Say which one, by its full name.")


class MergeDisagrees(UsageError):
    template = N_(
        "The two differ; nothing was merged. Say whose values stay: --keep A or B, or of a field: --keep phone=B.\n{listed}"
    )


class NothingRecorded(OutreachError):
    template = N_("Nothing was recorded.")


class NoFieldToKeep(UsageError):
    template = N_("--keep knows no field “{text}”. There are: {fields}.")
