"""Gives every act of the push a time: each laptop's day is walked from morning to evening. Writes no file."""

from collections.abc import Sequence

from sample.acts import FOLLOW_UP, MINUTES, Act, community, deed, hours, new_shop, visit
from sample.dice import Dice
from sample.notation import Entry, Shop, Village

LAPTOPS = ("lin", "zhao", "chen")
LAST_DAY = 20
MORNING, FIRST_VISIT, AFTER_LUNCH, EVENING = 8 * 60 + 30, 9 * 60, 13 * 60 + 20, 17 * 60

Call = tuple[Village, Shop, Entry]


class Diary:
    """Collects acts; knows which shops were met already and which of them wait for a follow-up."""

    def __init__(self, dice: Dice) -> None:
        self.acts: list[Act] = []
        self._dice = dice
        self._met: set[str] = set()
        self._waiting: set[str] = set()
        self._laptop, self._day, self._clock = LAPTOPS[0], 1, MORNING

    def open_page(self, laptop: str, day: int) -> None:
        """A new day on a laptop, half past eight."""
        self._laptop, self._day, self._clock = laptop, day, MORNING

    def wait_until(self, minute: int, spread: int) -> None:
        """Nothing happens before this minute of the day, give or take."""
        self._clock = max(self._clock, minute + self._dice.whole(0, spread))

    def write(self, act: Act, longest: int) -> None:
        """An act that takes some minutes, at most so many."""
        self._put(act, self._clock)
        self._clock += self._dice.whole(1, longest)

    def write_at(self, act: Act, time: str) -> None:
        """An act whose time is given."""
        hours, minutes = time.split(":")
        self._put(act, int(hours) * 60 + int(minutes))

    def call(self, village: Village, shop: Shop, entry: Entry) -> None:
        """A visit; on the doorstep the follow-up that led there is ticked off, unless nobody is there."""
        outcome = entry.words[0]
        minutes = entry.number("minutes") or self._dice.whole(*MINUTES[outcome])
        if shop.name in self._waiting and outcome != "not_met":
            self.write({"do": "done", "merchant": shop.name, "label": FOLLOW_UP}, 1)
        told = "minutes" in entry.pairs or self._dice.chance(85)
        self._put(self._visit(village, shop, entry, minutes if told else None), self._clock)
        self._clock += minutes + self._dice.whole(4, 12)

    def _visit(self, village: Village, shop: Shop, entry: Entry, minutes: int | None) -> Act:
        act = visit(entry, shop, village, minutes)
        if shop.name not in self._met:
            self._met.add(shop.name)
            act["new"] = new_shop(shop, village, self._dice)
        return act

    def _put(self, act: Act, minute: int) -> None:
        if act["do"] == "done" and act["label"] == FOLLOW_UP:
            self._waiting.discard(act["merchant"])
        if "follow_up" in act:
            self._waiting.add(act["merchant"])
        time = f"{minute // 60:02}:{minute % 60:02}"
        self.acts.append({"day": self._day, "time": time, "laptop": self._laptop} | act)


def keep_diary(villages: Sequence[Village], deeds: Sequence[Entry], dice: Dice) -> list[Act]:
    """All acts of the push, in the order of their times."""
    diary = Diary(dice)
    calls = [(village, shop, entry) for village in villages for shop in village.shops for entry in shop.visits]
    for day in range(1, LAST_DAY + 1):
        for laptop in LAPTOPS:
            diary.open_page(laptop, day)
            _walk(
                diary,
                villages if (laptop, day) == (LAPTOPS[0], 1) else (),
                [call for call in calls if (call[2].laptop, call[2].day) == (laptop, day)],
                [entry for entry in deeds if (entry.laptop, entry.day) == (laptop, day)],
            )
    return sorted(diary.acts, key=lambda act: (act["day"], act["time"]))


def _walk(diary: Diary, villages: Sequence[Village], calls: Sequence[Call], deeds: Sequence[Entry]) -> None:
    for village in villages:
        diary.write(community(village), 2)
    for entry in _at(deeds, "early"):
        diary.write(deed(entry), 3)
    diary.wait_until(FIRST_VISIT, 25)
    for number, call in enumerate(sorted(calls, key=_turn)):
        if number == (len(calls) + 1) // 2:
            diary.wait_until(AFTER_LUNCH, 30)
        diary.call(*call)
    diary.wait_until(EVENING, 15)
    for entry in _at(deeds, "late"):
        diary.write(deed(entry), 5)
    for entry in deeds:
        if ":" in entry.words[0]:
            diary.write_at(deed(entry), entry.words[0])


def _turn(call: Call) -> tuple[bool, str]:
    """Who closes early is called on early; where nobody was met, it was late in the day."""
    _, shop, entry = call
    return entry.words[0] == "not_met", hours(shop).partition("-")[2]


def _at(deeds: Sequence[Entry], when: str) -> list[Entry]:
    return [entry for entry in deeds if entry.words[0] == when]
