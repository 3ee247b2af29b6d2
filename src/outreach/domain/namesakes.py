"""What communities of one name are called, so that each can be told from the others, and typed. Pure.

Two laptops may each know a 新村, of two cities; or one renamed a community to what another was called already.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from outreach.domain.change import Fields
from outreach.domain.text import natural_key

_WORDS = ("city", "district")


def told_apart(communities: Iterable[Fields]) -> dict[str, str]:
    """Id to name; where several have one name, with the city or the district that only one of them lies in."""
    alike: dict[str, list[Fields]] = defaultdict(list)
    for community in communities:
        alike[natural_key(community["name"])].append(community)
    return {c["id"]: _called(c, same) for same in alike.values() for c in same}


def lying_in(word: str, communities: Sequence[Fields]) -> list[Fields]:
    """Those of these that lie in that city or district."""
    return [c for c in communities if natural_key(word) in _places(c)]


def _called(community: Fields, same: Sequence[Fields]) -> str:
    name: str = community["name"]
    if len(same) == 1:
        return name
    count = Counter(place for one in same for place in _places(one))
    own = (community[field] for field in _WORDS if community.get(field) and count[natural_key(community[field])] == 1)
    return " ".join([name, *list(own)[:1]])


def _places(community: Mapping[str, str]) -> set[str]:
    return {natural_key(community[field]) for field in _WORDS if community.get(field)}
