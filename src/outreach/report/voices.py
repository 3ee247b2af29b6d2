"""The parents' part: whom each spoke to, whom she went along to, what she said of shops; by alias, and nothing more."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from outreach.domain.facts import Parent, State
from outreach.domain.records import Outcome


@dataclass(frozen=True)
class Voice:
    """A parent's part; without `parent`, of those who were only counted.

    `words`, `opinions`, `along`: in the week; `before`: all of these in the week before; `so_far`: all her words up to its
    end; `shops`: to how many merchants, of which `joined` are with us now.
    """

    parent: Parent | None
    community: str | None
    words: int
    opinions: int
    along: int
    before: int
    so_far: int
    shops: int
    joined: int


def voices(state: State, before: State) -> tuple[Voice, ...]:
    """The parents who did anything up to now, the most active of the week first, the counted ones last."""
    words, along, said = _did(state)
    earlier = sum(_did(before), Counter())
    so_far = Counter(w.parent for w in state.referrals)
    shops = _shops(state)
    found = [
        Voice(
            parent, state.communities.get(parent.community or ""), words[i], said[i], along[i], earlier[i], so_far[i], *shops[i]
        )
        for i, parent in state.parents.items()
        if so_far[i] or along[i] or said[i] or earlier[i]
    ]
    found.sort(key=lambda v: (-(v.words + v.along + v.opinions), -v.so_far, v.parent.alias if v.parent else ""))
    counted = [Voice(None, None, 0, said[None], 0, earlier[None], 0, 0, 0)] if said[None] or earlier[None] else []
    return (*found, *counted)


_Did = Counter[str | None]


def _did(state: State) -> tuple[_Did, _Did, _Did]:
    """What each parent did in the state's week: words to others, visits along, opinions; None: those only counted."""
    monday = state.week_from
    words: _Did = Counter(w.parent for w in state.referrals if w.day >= monday)
    along: _Did = Counter(p for m in state.merchants for visit in state.trail(m).week for p in visit.along)
    said: _Did = Counter()
    for opinion in state.opinions:
        said[opinion.parent] += opinion.count if opinion.at[:10] >= monday.isoformat() else 0
    return words, along, said


def _shops(state: State) -> dict[str, tuple[int, int]]:
    """To how many merchants each parent spoke, and how many of them have joined."""
    spoken: dict[str, set[str]] = defaultdict(set)
    for word in state.referrals:
        if word.merchant:
            spoken[word.parent].add(word.merchant)
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for parent, shops in spoken.items():
        found[parent] = (len(shops), sum(state.trail(m).status == Outcome.SIGNED_UP for m in shops))
    return found
