"""Two records of one shop put together, and taken apart again, as drafts. Pure; knows no names, questions or files.

The merged record is never altered but for its link, so nothing of it is lost; where links lead is for `standing.roots` to say.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from outreach.domain import acts
from outreach.domain.change import Change, Draft, Fields
from outreach.domain.records import MERCHANT, REMOVED
from outreach.domain.text import natural_key

_LINK = "merged_into"
_OWN = (str(MERCHANT.named), _LINK, REMOVED)  # each record keeps its name, so that both find the shop
JOINED = tuple(f.name for f in MERCHANT.fields if f.name not in _OWN)
PLACE = ("lat", "lon", "datum")  # one thing: half of it, or another map's name on it, would be another place
_DASHES = str.maketrans("", "", "-‐‑–—().·")
TO_CHOOSE = tuple(f for f in JOINED if f not in PLACE[1:])  # a place goes by the first of its fields


def taken(field: str, record: Fields) -> Fields:
    """What comes along with a field of a record: of a place all of it, and nothing of another."""
    return {f: record.get(f) for f in PLACE} if field in PLACE else {field: record[field]}


def same(field: str, one: object, other: object) -> bool:
    """Whether two values of a field say the same, however they were typed: spaces, width and case aside, dashes of a phone."""
    if not (isinstance(one, str) and isinstance(other, str)):
        return one == other
    first, second = (natural_key(text).translate(_DASHES if field == "phone" else {}) for text in (one, other))
    return first == second


def agree(field: str, one: Fields, other: Fields) -> bool:
    """Whether both records say the same in a field; of a place, in all of it."""
    if not (_has(one, field) and _has(other, field)):
        return False
    return all(same(field, *two) for two in zip(taken(field, one).values(), taken(field, other).values(), strict=True))


def beyond(part: Fields, said: Fields) -> Fields:
    """What is said of a shop by the name of a part of it, but for what that part says itself: that was settled by the merge."""
    return {field: value for field, value in said.items() if field != MERCHANT.named and not agree(field, part, said)}


def disagreeing(kept: Fields, merged: Fields) -> list[str]:
    """The fields that both have, with different values."""
    both = (f for f in TO_CHOOSE if _has(kept, f) and _has(merged, f))
    return [f for f in both if taken(f, kept) != taken(f, merged)]


def merge(kept: Fields, merged: Fields, chosen: Mapping[str, object]) -> list[Draft]:
    """`merged` becomes part of `kept`, which gets what it lacks and, where they disagree, what was `chosen`."""
    lacking: Fields = {}
    for field in (f for f in TO_CHOOSE if _has(merged, f) and not _has(kept, f)):
        lacking |= taken(field, merged)
    return [
        Draft("merchant", merged["id"], {_LINK: kept["id"]}),
        *acts.edit("merchant", kept["id"], kept, {**lacking, **chosen}),
    ]


def _has(record: Fields, field: str) -> bool:
    return any(f in record for f in (PLACE[:2] if field in PLACE else (field,)))


class Link(NamedTuple):
    """`part` is linked to `whole`, by their ids."""

    part: str
    whole: str


def cut(root: Fields, part: Fields) -> list[Link]:
    """The links to cut so that `part` is a shop of its own again: its own, and its root's where two laptops made a loop."""
    return [Link(record["id"], record[_LINK]) for record in (part, root) if _LINK in record]


def unmerge(links: Sequence[Link], back: Mapping[str, Fields]) -> list[Draft]:
    """The shops are shops of their own again, and `back`, by id, are fields as they were before."""
    fields = {link.part: back.get(link.part, {}) | {_LINK: None} for link in links}
    return [Draft("merchant", merchant, given) for merchant, given in (dict(back) | fields).items() if given]


def of_one_act(one: Change, other: Change) -> bool:
    """Whether two changes of one laptop may be of one act: an act has one time, which a later stamp on a record pushes on."""
    (low, high), (least, most) = map(_times, (one, other))
    return one.device == other.device and max(low, least) <= min(high, most)


def _times(change: Change) -> tuple[int, int]:
    """From when to when the clock may have stood when a change was made."""
    pushed = change.base is not None and change.stamp <= change.base + 1
    return (0 if pushed else change.stamp), change.stamp
