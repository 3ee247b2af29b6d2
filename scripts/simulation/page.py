"""The results as the tables and bars of docs/scoring.md. It runs nothing."""

from collections.abc import Iterator, Mapping

from simulation.policies import BASELINES, Policy
from simulation.results import Gain, Scores, gain
from simulation.scenarios import SCENARIOS

_HEADS: Mapping[Policy, str] = {
    Policy.ADVICE: "the advice",
    Policy.ADVICE_ALONE: "always alone",
    Policy.RECENT: "latest visited",
    Policy.OLDEST: "longest not visited",
    Policy.PUBLIC_SUM: "public sum",
    Policy.RANDOM: "at random",
}
_SHARE = 0.04  # of a gain, to a cell of its bar


def sign_ups(found: Scores) -> str:
    """Sign-ups in twelve weeks by scenario and policy, and how much more than the best of the four baselines."""
    rows = [["scenario", *_HEADS.values(), "best baseline", "more sign-ups", "more per visit"]]
    for name, of in found.items():
        more = gain(of)
        cells = [f"{of[policy].joined:.1f}" for policy in _HEADS]
        rows.append([_marked(name), *cells, _HEADS[more.baseline], _more(more), f"{more.per_visit:+.0%}"])
    return _table(rows)


def per_visit(found: Scores) -> str:
    """Sign-ups per hundred visits."""
    rows = [["scenario", *_HEADS.values()]]
    rows += [[_marked(name), *(f"{100 * of[policy].per_visit:.1f}" for policy in _HEADS)] for name, of in found.items()]
    return _table(rows)


def bars(now: Scores, first: Scores) -> str:
    """More sign-ups than the best baseline, as bars: the weights before the trials, and those of today."""
    return "```text\n" + "\n".join(_bars(now, first)) + "\n```"


def _bars(now: Scores, first: Scores) -> Iterator[str]:
    longest = max(map(len, now))
    for name, of in now.items():
        for label, more in (("before", gain(first[name])), ("now", gain(of))):
            head = name if label == "before" else ""
            yield f"{head:{longest}}  {label:6}  {more.joined:+5.0%}  {_bar(more.joined)}".rstrip()


def _bar(share: float) -> str:
    cells = round(abs(share) / _SHARE)
    return ("░" if share < 0 else "█") * cells


def _more(more: Gain) -> str:
    return f"{more.joined:+.0%} ± {more.margin:.0%}"


def _marked(name: str) -> str:
    return f"{name} (tuned)" if SCENARIOS[name].tuned else name


def _table(rows: list[list[str]]) -> str:
    rule = ["---"] * len(rows[0])
    return "\n".join("| " + " | ".join(row) + " |" for row in (rows[0], rule, *rows[1:]))


NEEDED = (Policy.ADVICE, *BASELINES)  # what a gain needs
