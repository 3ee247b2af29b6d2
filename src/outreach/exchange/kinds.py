"""Which kind of record a list holds, by the heads of its columns or by its name. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set

from outreach.domain.records import KINDS, REMOVED
from outreach.domain.text import natural_key
from outreach.exchange.header_words import ID, NAMED_SO, OF_PLACES, OF_SOMEBODY, WORDS
from outreach.exchange.heading import Header, field_named, is_private, own_field

_PLAIN = ("name", "名称")  # at the head of a column: what else has a name may be meant
_NAMED_TOO = ("community", "place")
_CLEARLY = 2  # fields more than a shop would have of them
_PARENTS = re.compile("家长|志愿者|parent|volunteer", re.IGNORECASE)
_HAS_CHILD = re.compile(r"孩子|小孩|子女|儿子|女儿|\b(?:child|kid|son|daughter)", re.IGNORECASE)
_ONLY_PARENTS = frozenset(("trained_on", "consent_on", "consent_how", "active"))
_NO_PARENTS = frozenset(("category", "owner", "hours", "landmark", "outcome", "visited_at", "kind", "label", "view", "city"))


def kind_named(text: str) -> str | None:
    """The kind that is called so, in the singular or plural of either language."""
    key = natural_key(text)
    return next((kind for kind, words in NAMED_SO.items() if key in words.split()), None)


def kind_exported(headers: Sequence[Header]) -> str | None:
    """Of a table that this program wrote: the kind of which all is there, contacts aside."""
    whole = (kind for kind in WORDS if _all_of(kind) <= {field_named(kind, one) for one in headers})
    return max(whole, key=lambda kind: len(_all_of(kind)), default=None)


def _all_of(kind: str) -> set[str]:
    return {ID, *(field.name for field in KINDS[kind].fields if field.name != REMOVED and not field.contact)}


def are_parents(headers: Sequence[Header], given: Mapping[str, str], title: str) -> bool:
    """Whether the people whose names are there are parents: they have children, or were trained, or the list is called so.

    Those of a list that says nothing of the kind may as well be shop owners, or pupils: somebody must say it.
    """
    some = [one for one in headers if one.words[0] not in OF_SOMEBODY]
    if len(some) == len(headers) or any(field == "name" or field.startswith("merchant") for field in given.values()):
        return False
    says = {field for kind in WORDS for one in some if (field := own_field(kind, one))}
    if "name" in {own_field("merchant", one) for one in some} or says & _NO_PARENTS:
        return False
    children = any(_HAS_CHILD.search(one.text) for one in some if is_private(one, None))
    return children or bool(says & _ONLY_PARENTS or _PARENTS.search(title))


def kind_of(headers: Iterable[Header], given: Mapping[str, str]) -> str | None:
    """By what only one kind has. A list of shops with a state but no day is a list of shops."""
    some = list(headers)
    has = {kind: {f for h in some if (f := given.get(h.text) or own_field(kind, h))} for kind in WORDS}
    shop = "name" in has["merchant"] or any(field.startswith("merchant") for field in given.values())
    if shop and {"outcome", "visited_at"} <= has["visit"]:
        return "visit"
    if "view" in has["opinion"] and shop:
        return "opinion"
    is_list = bool({"address", "phone", "category"} & has["merchant"])
    speaks = "parent" in has["referral"] and (shop or "to_parent" in has["referral"])
    if speaks and ("kind" in has["referral"] or not is_list):
        return "referral"
    if "label" in has["tag"] and shop and not is_list:
        return "tag"
    return _named_kind(some, has, given, shop=shop)


def _named_kind(headers: Sequence[Header], has: Mapping[str, Set[str]], given: Mapping[str, str], *, shop: bool) -> str | None:
    """Of a list of what has names."""
    if shop:
        plain = any(h.words[0] in _PLAIN for h in headers)
        return next((kind for kind in _NAMED_TOO if plain and len(has[kind]) >= len(has["merchant"]) + _CLEARLY), "merchant")
    if any(h.words[0] in OF_SOMEBODY and h.text not in given for h in headers):
        return None
    if any(h.words[0] in OF_PLACES for h in headers):
        return "place"
    if "alias" in has["parent"]:
        return "parent"
    known = sum(own_field("community", h) is not None for h in headers if h.text not in given)
    return "community" if "name" in has["community"] and known * 2 >= len(headers) else None
