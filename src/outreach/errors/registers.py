"""Nothing, or too much, is known by that name; or nothing would come of it."""

from collections.abc import Callable

from outreach.errors import OutreachError, UsageError
from outreach.i18n import N_, _, joined


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
        "such as its community or city, its address or the end of its phone:\n{listed}"
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


class SameShop(OutreachError):
    template = N_("Both names mean the one shop {name}; there is nothing to merge.")


class WhichToKeep(UsageError):
    template = N_("--keep takes A or B, of all fields or of one: --keep A, --keep phone=B.")


class DatumAlone(UsageError):
    template = N_("--datum says what --lat and --lon are given in. Give all three: --lat 39.9214 --lon 116.5830 --datum gcj02")


class HalfAPlace(UsageError):
    template = N_("A place needs both --lat and --lon, for example --lat 39.9214 --lon 116.5830")


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
