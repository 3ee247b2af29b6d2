"""Which kind of record a list holds, by the heads of its columns or by its name. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from outreach.domain.records import KINDS, REMOVED
from outreach.domain.text import natural_key
from outreach.exchange.header_words import ID, NAMED_SO, WORDS
from outreach.exchange.heading import Header, field_named, own_field

_PLAIN = ("name", "名称")  # at the head of a column: what else has a name may be meant
_NAMED_TOO = ("community", "place")
_CLEARLY = 2  # fields more than a shop would have of them


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
    if shop:
        plain = any(h.words[0] in _PLAIN for h in some)
        return next((kind for kind in _NAMED_TOO if plain and len(has[kind]) >= len(has["merchant"]) + _CLEARLY), "merchant")
    return "parent" if "alias" in has["parent"] else "community" if "name" in has["community"] else None
