"""What one entry comes to as an act of push.jsonl, without its day and time. Made-up numbers come from the dice."""

from typing import Any

from sample.dice import Dice
from sample.notation import Entry, Shop, Village

Act = dict[str, Any]

FOLLOW_UP = "跟进"
NO_SUCH_PREFIX = "12000"  # no mobile number in China begins so: these phones can be nobody's
LONGEST_OFFSET = 2500  # micro-degrees from a village's centre, about 250 m
MINUTES = {"signed_up": (18, 35), "pending": (8, 25), "refused": (3, 9), "not_met": (1, 3)}
HOURS = {
    "早餐店": "05:30-11:00",
    "菜摊": "06:00-18:00",
    "肉铺": "06:30-19:00",
    "面馆": "10:00-21:30",
    "便利店": "07:00-23:30",
    "理发店": "09:30-20:30",
}
USUAL_HOURS = "08:00-21:00"
NUMBERS = ("trained_day", "consent_day", "checked_day", "due", "count", "lat", "lon")
COUNTS = ("population", "migrants", "families", "supermarket_metres")


def filled(**fields: object) -> Act:
    """The fields that have a value."""
    return {key: value for key, value in fields.items() if value not in (None, "", [], False)}


def community(village: Village) -> Act:
    """A community with its profile."""
    return {"do": "community"} | {key: int(value) if key in COUNTS else value for key, value in village.facts.items()}


def deed(entry: Entry) -> Act:
    """Anything that is not a visit: its pairs, with numbers and lists where the format has them."""
    fields: Act = {key: int(value) if key in NUMBERS else value for key, value in entry.pairs.items()}
    if "labels" in fields:
        fields["labels"] = entry.items("labels")
    if entry.words[-1] == "edit":
        about = "merchant" if "merchant" in fields else "community"
        fields = {about: fields.pop(about), "fields": fields}
    return filled(do=entry.words[-1], **fields, note=entry.note)


def visit(entry: Entry, shop: Shop, village: Village, minutes: int | None) -> Act:
    """A visit to a shop that is known already."""
    outcome, parents = entry.words[0], entry.items("with")
    return filled(
        do="visit",
        merchant=shop.name,
        community=village.name,
        outcome=outcome,
        firm="firm" in entry.words,
        met=entry.pairs.get("met", "" if outcome == "not_met" else "owner"),
        minutes=minutes,
        approach=entry.pairs.get("how", "accompanied" if parents else "alone"),
        **{"with": parents},
        reasons=entry.items("why"),
        note=entry.note,
        tags=entry.items("tags"),
        follow_up=entry.number("due"),
    )


def new_shop(shop: Shop, village: Village, dice: Dice) -> Act:
    """What the laptop that meets a shop first writes down about it; an owner nobody met is not known yet."""
    first = shop.visits[0]
    met = first.words[0] != "not_met"
    phone = shop.facts.get("phone") or f"{NO_SUCH_PREFIX}{dice.whole(100000, 699999)}"
    lat, lon = _place(shop, village, dice)
    located = dice.chance(60) or "lat" in shop.facts
    return filled(
        category=shop.facts["category"],
        address=shop.facts["address"],
        landmark=shop.facts["landmark"],
        owner=shop.facts["owner"] if met else "",
        phone=phone if dice.chance(70) or "phone" in shop.facts else "",
        wechat=phone if "加了微信" in first.note else "",
        hours=hours(shop) if dice.chance(50) else "",
        lat=lat if located else None,
        lon=lon if located else None,
    )


def hours(shop: Shop) -> str:
    """When such a shop is open."""
    return HOURS.get(shop.facts["category"], USUAL_HOURS)


def _place(shop: Shop, village: Village, dice: Dice) -> tuple[int, int]:
    lat, lon = (middle + dice.whole(-LONGEST_OFFSET, LONGEST_OFFSET) for middle in village.centre)
    return int(shop.facts.get("lat", lat)), int(shop.facts.get("lon", lon))
