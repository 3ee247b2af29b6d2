"""What was typed cannot be understood, or cannot be true."""

from outreach.errors import UsageError
from outreach.i18n import N_


class BadDate(UsageError):
    template = N_("“{text}” is not a date I know. Try 2026-11-24, today, yesterday, 3d or friday.")


class FarDate(BadDate):
    template = N_("“{text}” is more than 20 years away. Check the year.")


class BadDueDate(BadDate):
    template = N_("“{text}” is not a date I know. Try tomorrow, 3d, friday, 11-30 or 2026-11-30.")


class BadWeek(UsageError):
    template = N_("“{text}” is not a week. Write it as 2026-W48, or: last.")


class PastDate(UsageError):
    template = N_("{date} has passed; a follow-up needs a day to come, such as 3d or friday.")


class FutureDate(UsageError):
    template = N_("{date} lies in the future; this has to have happened already. Check the date.")


class BadNumber(UsageError):
    template = N_("{option} takes a whole number from {least} to {most}; “{text}” is none.")


class BadAmount(UsageError):
    template = N_("{field}: a number such as 4100, 13,000, 约300 or 1.3万; “{text}” is none.")


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
    template = N_("Nothing to change: name at least one field, for example {option}.")


class BadValue(UsageError):
    template = N_("{key} cannot be “{value}”: {why}. Nothing was changed.")


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


class NotWith(UsageError):
    template = N_("{options} do not go together. Give them in two commands.")
