"""Names of communities that differ only by what an office adds: 皮村, 皮村社区, 皮村村委会, 皮村（金盏乡）. Pure.

What a village is called, and what its committee is called, people write into one column. 村 by itself is a part of the name:
北山 may be a housing estate. Two townships tell two villages of one name apart.
"""

import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from outreach.domain.naming import folded

_OFFICE = re.compile(
    "(?:社区|村民委员会|居民委员会|村委会|居委会|村委|居委|(?:residents'|villagers'|village)?committee|community)+$"
)
_TOWNSHIP = re.compile(r"[(\[【]([^()\[\]【】]*(?:乡|镇|街道|地区|办事处))[)\]】]$")
_SHORTEST = 2  # characters of a name


class _Parted(NamedTuple):
    """`cores`: what may be the name by itself (皮村委会 is of 皮村), folded."""

    cores: frozenset[str]
    township: str | None


@lru_cache(maxsize=1 << 14)
def _parted(name: str) -> _Parted:
    text, township = folded(name), None
    if found := _TOWNSHIP.search(text):
        text, township = text[: found.start()], found[1]
    office = _OFFICE.search(text)
    bare = text[: office.start()] if office else text
    cores = {bare, f"{bare}村"} if office and office[0].startswith("村") else {bare}
    return _Parted(frozenset(core for core in cores if len(core) >= _SHORTEST) or frozenset((text,)), township)


class Offices:
    """Communities by their names without what an office adds. One that has got a name with a township is of that."""

    def __init__(self) -> None:
        self._by_core: dict[str, dict[str, None]] = defaultdict(dict)
        self._townships: dict[str, str] = {}
        self._met: dict[str, set[str]] = defaultdict(set)

    def meet(self, name: str) -> None:
        """A name that is somewhere. Where two townships have it, one without a township is neither's."""
        cores, township = _parted(name)
        for core in cores if township else ():
            self._met[core].add(township or "")

    def rank(self, name: str) -> int:
        """Which names come first, so that others may be taken for theirs: of two townships each, then plain ones."""
        cores, township = _parted(name)
        return 0 if township and self._is_shared(cores) else 1 if folded(name) in cores else 2

    def _is_shared(self, cores: frozenset[str]) -> bool:
        return any(len(self._met[core]) > 1 for core in cores if core in self._met)

    def add(self, community: str, name: str) -> None:
        """A community, by its id, and what it is called."""
        self.meet(name)
        cores, township = _parted(name)
        for core in cores:
            self._by_core[core][community] = None
        if township:
            self._townships.setdefault(community, township)

    def same(self, name: str) -> list[str]:
        """The ids of those that are called so but for what an office adds."""
        cores, township = _parted(name)
        found = dict.fromkeys(one for core in sorted(cores) for one in self._by_core.get(core, ()))
        open_ = {township} if self._is_shared(cores) else {township, None}
        return [one for one in found if township is None or self._townships.get(one) in open_]
