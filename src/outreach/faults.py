"""Why the system refused, in the user's language. The system's own words are English, whoever reads them."""

import errno

from outreach.i18n import N_, _

_UNREACHABLE = N_("the network or the drive does not answer")
_WHY = {  # by name: not every system has all of them
    "ENOSPC": N_("no space is left on the disk"),
    "EDQUOT": N_("no space is left on the disk"),
    "EFBIG": N_("the file is too large for that disk"),
    "EROFS": N_("the disk is read-only"),
    "EACCES": N_("you may not do that there"),
    "EPERM": N_("you may not do that there"),
    "EIO": N_("the disk cannot be read or written"),
    "ENOENT": N_("it is not there"),
    "ENOTDIR": N_("a file is where a folder should be"),
    "EISDIR": N_("it is a folder, not a file"),
    "EEXIST": N_("something of that name is there already"),
    "ENOTEMPTY": N_("the folder is not empty"),
    "ENAMETOOLONG": N_("the name is too long"),
    "ELOOP": N_("links lead in a circle"),
    "EBUSY": N_("another program is using it"),
    "ETXTBSY": N_("another program is using it"),
    "EMFILE": N_("too many files are open"),
    "ENFILE": N_("too many files are open"),
    "ENOMEM": N_("there is not enough memory"),
    "ENODEV": N_("the drive is gone"),
    "ENXIO": N_("the drive is gone"),
    "EINVAL": N_("that disk cannot do this"),
    "EOPNOTSUPP": N_("that disk cannot do this"),
    "ENOTSUP": N_("that disk cannot do this"),
    "ENOSYS": N_("that disk cannot do this"),
    "EXDEV": N_("it lies on another disk"),
    "ETIMEDOUT": _UNREACHABLE,
    "ESTALE": _UNREACHABLE,
    "EHOSTDOWN": _UNREACHABLE,
    "EHOSTUNREACH": _UNREACHABLE,
    "ENETUNREACH": _UNREACHABLE,
    "ENETDOWN": _UNREACHABLE,
    "ENOTCONN": _UNREACHABLE,
    "ECONNRESET": _UNREACHABLE,
    "EPIPE": N_("the other program has stopped listening"),
    "DENIED": N_("you may not do that there, or another program has it open"),
}
_WINDOWS = {  # by its own numbers (winerror.h): the usual one of a file that is open in Excel is EACCES
    5: "DENIED",  # to put a file in the place of one that is open, too
    19: "EROFS",
    21: "ENODEV",
    32: "EBUSY",
    33: "EBUSY",
    39: "ENOSPC",
    53: "EHOSTUNREACH",
    55: "ENODEV",
    59: "ENETDOWN",
    64: "ENETDOWN",
    67: "EHOSTUNREACH",
    121: "ETIMEDOUT",
    206: "ENAMETOOLONG",
    1117: "EIO",
    1167: "ENODEV",
    1224: "EBUSY",
    1231: "ENETUNREACH",
}


def why(error: OSError) -> str:
    """The reason of a system's refusal, as part of a sentence; a number where it is one that we have no words for."""
    usual = errno.errorcode.get(error.errno or 0, "")
    known = _WHY.get(_WINDOWS.get(getattr(error, "winerror", None) or 0, usual))
    return _(known) if known else _("error {number} of the system").format(number=error.errno or "?")
