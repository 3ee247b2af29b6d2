"""What each setting means, in a few words. The sources of the numbers: docs/scoring.md."""

from collections.abc import Mapping

from outreach.i18n import N_, _

_MEANS: Mapping[str, str] = {
    "worker": N_("who sits at this laptop"),
    "laptop": N_("what this laptop is called where several share"),
    "weights.introduced": N_("points: a parent spoke to the owner of late"),
    "weights.introduced_days": N_("days for which all of these points count"),
    "weights.introduced_fade_days": N_("days in which they fade away after that"),
    "weights.asked": N_("points: each further parent who asked the owner"),
    "weights.asked_most": N_("points: at most so many for that"),
    "weights.pending": N_("points: the owner is thinking it over"),
    "weights.not_met": N_("points: nobody was met yet"),
    "weights.refused": N_("points: refused, but not for good"),
    "weights.refused_firm": N_("points: refused for good"),
    "weights.never_visited": N_("points: never visited"),
    "weights.scam_with_introducer": N_("points: fears a scam, and a parent could speak"),
    "weights.scam_introduced": N_("points: the same, and a parent has just spoken"),
    "weights.opinion": N_("points: each parent who says first, or reliable"),
    "weights.opinions_most": N_("points: at most so many for that"),
    "weights.opinion_wait": N_("points: each parent who says wait"),
    "weights.ally": N_("points: has a mark of a likely partner"),
    "weights.ally_labels": N_("the marks of a likely partner"),
    "weights.neighbour": N_("points: a shop nearby has joined"),
    "weights.neighbour_wanted": N_("points: the same, and the owner asked who has"),
    "weights.no_point": N_("points: the community has no redemption point"),
    "weights.far_point": N_("points: the nearest redemption point is far"),
    "weights.far_point_metres": N_("metres from which it counts as far"),
    "weights.families": N_("points: many families live there"),
    "weights.families_many": N_("families from which there are many"),
    "weights.family_size": N_("people to a family where only people were counted"),
    "weights.supermarket": N_("points: the large supermarket is far"),
    "weights.supermarket_metres": N_("metres from which that is far"),
    "weights.goods_healthy": N_("points: sells healthy food"),
    "weights.goods_food": N_("points: sells food"),
    "weights.goods_other": N_("points: sells no food"),
    "weights.healthy_categories": N_("kinds of shop that sell healthy food"),
    "weights.food_categories": N_("kinds of shop that sell food"),
    "weights.other_categories": N_("kinds of shop that sell no food"),
    "weights.attempt": N_("points: each further visit that changed nothing"),
    "weights.attempts_free": N_("visits in vain before that counts"),
    "holds.pending": N_("days to wait after a visit that left it pending"),
    "holds.refused": N_("days to wait after a refusal that was not for good"),
    "holds.not_met": N_("days to wait after nobody was met"),
    "holds.introduced": N_("days to wait after a parent's word"),
    "holds.attempts": N_("visits in vain after which we leave it alone"),
    "holds.parent_rest": N_("days a parent is not asked after she came along"),
    "holds.parent_tasks": N_("tasks of a parent in so many days, at most"),
    "holds.parent_days": N_("the days in which her tasks are counted"),
}


def meaning(key: str) -> str:
    """What a setting is for; nothing for a reason of one's own."""
    return _(_MEANS[key]) if key in _MEANS else ""
