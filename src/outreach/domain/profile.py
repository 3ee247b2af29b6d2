"""The ten headings of a community's basic-situation report (社区基本情况报告), and which fields of its record belong to each.

What the record does not say is a blank. Pure.
"""

from collections.abc import Mapping
from enum import StrEnum, auto

from outreach.domain.change import Fields


class Heading(StrEnum):
    """A heading, in the order of the report."""

    HISTORY = auto()
    SURROUNDINGS = auto()
    POPULATION = auto()
    ORGANISATIONS = auto()
    NETWORKS = auto()
    RESOURCES = auto()
    PROBLEMS = auto()
    NEEDS = auto()
    STRENGTHS = auto()
    PLANS = auto()


FIELDS: Mapping[Heading, tuple[str, ...]] = {
    Heading.HISTORY: ("city", "district", "history"),
    Heading.SURROUNDINGS: ("surroundings", "school", "clinic", "market", "supermarket", "supermarket_metres"),
    Heading.POPULATION: ("population", "migrants", "families", "livelihoods"),
    Heading.ORGANISATIONS: ("organisations",),
    Heading.NETWORKS: ("networks",),
    Heading.RESOURCES: (),
    Heading.PROBLEMS: ("problems",),
    Heading.NEEDS: ("needs",),
    Heading.STRENGTHS: ("strengths",),
    Heading.PLANS: ("plans",),
}
ASKED = tuple(field for fields in FIELDS.values() for field in fields)


def unanswered(community: Fields) -> list[str]:
    """The fields that the record does not say, in the order of the headings."""
    return [field for field in ASKED if community.get(field) is None]
