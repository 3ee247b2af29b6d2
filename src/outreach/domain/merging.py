"""Two records of one shop put together, and taken apart again, as drafts. Pure; knows no names, questions or files.

The merged record is never altered but for its link, so nothing of it is lost; where links lead is for `standing.roots` to say.
"""

from collections.abc import Mapping, Sequence

from outreach.domain import acts
from outreach.domain.change import Draft, Fields
from outreach.domain.records import MERCHANT, REMOVED

_LINK = "merged_into"
_OWN = (str(MERCHANT.named), _LINK, REMOVED)  # each record keeps its name, so that both find the shop
JOINED = tuple(f.name for f in MERCHANT.fields if f.name not in _OWN)


def disagreeing(kept: Fields, merged: Fields) -> list[str]:
    """The fields that both have, with different values."""
    return [f for f in JOINED if f in kept and f in merged and kept[f] != merged[f]]


def merge(kept: Fields, merged: Fields, chosen: Mapping[str, object]) -> list[Draft]:
    """`merged` becomes part of `kept`, which gets what it lacks and, where they disagree, what was `chosen`."""
    lacking = {f: merged[f] for f in JOINED if f in merged and f not in kept}
    return [
        Draft("merchant", merged["id"], {_LINK: kept["id"]}),
        *acts.edit("merchant", kept["id"], kept, {**lacking, **chosen}),
    ]


def unmerge(root: Fields, parts: Sequence[Fields], back: Fields) -> list[Draft]:
    """These parts of `root` are shops of their own again, and its fields are what they were before (`back`).

    A loop that two laptops made is cut at its root, too.
    """
    cut = [Draft("merchant", part["id"], {_LINK: None}) for part in parts if _LINK in part]
    own = back | ({_LINK: None} if _LINK in root else {})
    return [*cut, *([Draft("merchant", root["id"], own)] if own else [])]
