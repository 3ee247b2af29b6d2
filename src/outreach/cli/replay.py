"""Replays a sample push (data/sample/README.md has its format) onto laptops: each act through the journal, at its time.

The days of the sample are numbers; `monday` is the day that its day 1 becomes.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import outreach
from outreach.domain import acts
from outreach.domain.acts import Maker, Mark, stamp_text
from outreach.domain.change import Draft
from outreach.store.connection import open_database
from outreach.store.followups import open_follow_ups
from outreach.store.journal import record
from outreach.store.records import get_record

if TYPE_CHECKING:
    import sqlite3

Line = Mapping[str, Any]
_PLACE = ("name", "kind", "address", "lat", "lon", "offers", "hours", "relation", "source")
_VISIT = ("outcome", "firm", "approach", "met", "minutes", "reasons", "note")


def data_folder() -> Path:
    """Where `data/` is: inside the installed package, or at the top of the checkout."""
    package = Path(outreach.__file__).parent
    return package / "data" if (package / "data").is_dir() else package.parent.parent / "data"


def load(path: Path) -> tuple[dict[str, str], list[Line]]:
    """The workers by laptop, and the acts in their order."""
    with path.open(encoding="utf-8") as file:
        header, *lines = map(json.loads, file)
    return header["workers"], lines


@dataclass
class Replay:
    """Laptops, each with its home under `place`, and what the sample's names are called inside."""

    place: Path
    monday: date
    workers: Mapping[str, str]
    sync: Callable[[str, sqlite3.Connection], None]
    ids: dict[str, str] = field(default_factory=dict)
    laptops: dict[str, sqlite3.Connection] = field(default_factory=dict)

    def home(self, laptop: str) -> Path:
        """A laptop's data folder."""
        return self.place / laptop

    def play(self, lines: Sequence[Line]) -> Iterator[Line]:
        """Do each line, and give it back when it is done."""
        for line in lines:
            self._do(line)
            yield line

    def close(self) -> None:
        """Close the laptops."""
        for db in self.laptops.values():
            db.close()

    def _do(self, line: Line) -> None:
        laptop = line["laptop"]
        db = self.laptops.get(laptop) or self.laptops.setdefault(laptop, open_database(self.home(laptop)))
        if line["do"] == "sync":
            self.sync(laptop, db)
            return
        moment = self.moment(line["day"], line["time"])
        now = int(moment.timestamp() * 1000)
        deed = _Deed(self, db, line, moment, Maker(now, secrets.token_bytes), self.workers[laptop])
        record(db, deed.drafts(), now=now, label=line["do"], worker=deed.worker)

    def day(self, number: int) -> date:
        """The date of a day of the sample."""
        return self.monday + timedelta(days=number - 1)

    def moment(self, number: int, clock: str) -> datetime:
        """A time of a day of the sample, in local time."""
        return datetime.combine(self.day(number), time.fromisoformat(clock)).astimezone()


@dataclass
class _Deed:
    """One line being done: everything its drafts need."""

    replay: Replay
    db: sqlite3.Connection
    line: Line
    moment: datetime
    maker: Maker
    worker: str

    def drafts(self) -> list[Draft]:
        """What the line comes to."""
        makers: dict[str, Callable[[], list[Draft]]] = {
            "community": self._community,
            "parent": self._parent,
            "visit": self._visit,
            "refer": self._refer,
            "tag": self._tag,
            "done": self._done,
            "opinion": self._opinion,
            "place": self._place,
            "edit": self._edit,
            "merge": lambda: [Draft("merchant", self._id("merchant"), {"merged_into": self._id("into")})],
        }
        return makers[self.line["do"]]()

    def _id(self, key: str) -> str:
        return self.replay.ids[self.line[key]]

    def _fresh(self, kind: str, name: str, fields: Mapping[str, object]) -> list[Draft]:
        draft = acts.new_record(kind, self.maker.new(), fields)
        self.replay.ids[name] = draft.id
        return [draft]

    def _at(self) -> str:
        return stamp_text(self.moment)

    def _day(self, key: str) -> date | None:
        return self.replay.day(self.line[key]) if self.line.get(key) is not None else None

    def _community(self) -> list[Draft]:
        name = self.line["name"]
        rest = {k: v for k, v in self.line.items() if k not in ("day", "time", "laptop", "do", "name")}
        draft = acts.community(self.maker, name, get_record(self.db, "community", acts.community_id(name)), rest)
        self.replay.ids[name] = draft.id
        return [draft]

    def _parent(self) -> list[Draft]:
        days = {"trained_on": self._day("trained_day"), "consent_on": self._day("consent_day")}
        fields: dict[str, object] = {
            "alias": self.line["alias"],
            "community": self._id("community"),
            "phone": self.line.get("phone"),
        }
        fields |= {k: d.isoformat() for k, d in days.items() if d} | {"consent_how": self.line.get("consent_how")}
        return self._fresh("parent", self.line["alias"], fields)

    def _place(self) -> list[Draft]:
        line, checked = self.line, self._day("checked_day")
        fields: dict[str, Any] = {k: line[k] for k in _PLACE if k in line} | {"community": self._id("community")}
        fields |= {"last_checked": checked.isoformat()} if checked else {}
        return [acts.place(self.maker, fields, get_record(self.db, "place", acts.place_id(fields)))]

    def _edit(self) -> list[Draft]:
        kind = "merchant" if "merchant" in self.line else "community"
        return [Draft(kind, self._id(kind), dict(self.line["fields"]))]

    def _visit(self) -> list[Draft]:
        line, drafts = self.line, []
        if "new" in line:
            shop = {"name": line["merchant"], "community": self._id("community"), **line["new"]}
            drafts = self._fresh("merchant", line["merchant"], shop)
        merchant = self._id("merchant")
        fields: dict[str, object] = {"merchant": merchant, "visited_at": self._at(), "by": self.worker}
        fields |= {k: line.get(k) for k in _VISIT} | {"with": [self.replay.ids[p] for p in line.get("with", ())]}
        due = self._day("follow_up")
        marks = [Mark(label) for label in line.get("tags", ())] + ([acts.follow_up(due)] if due else [])
        return [*drafts, acts.new_record("visit", self.maker.new(), fields), *self._marks(merchant, marks)]

    def _marks(self, merchant: str, marks: Sequence[Mark]) -> list[Draft]:
        ids = [acts.mark_id(merchant, mark.label) for mark in marks]
        known = {i: tag for i in ids if (tag := get_record(self.db, "tag", i))}
        return acts.marks(merchant, marks, known, at=self.moment, by=self.worker)

    def _refer(self) -> list[Draft]:
        to = "merchant" if "merchant" in self.line else "to_parent"
        fields: dict[str, object] = {
            "parent": self._id("parent"),
            to: self._id(to),
            "kind": self.line["kind"],
            "at": self._at(),
        }
        return [acts.new_record("referral", self.maker.new(), fields | {"note": self.line.get("note")})]

    def _tag(self) -> list[Draft]:
        marks = [Mark(label, self._day("due"), self.line.get("note")) for label in self.line["labels"]]
        return self._marks(self._id("merchant"), marks)

    def _done(self) -> list[Draft]:
        tags = open_follow_ups(self.db, self._id("merchant"))
        return [acts.close(tag, self.moment) for tag in tags if tag["label"] == self.line["label"]]

    def _opinion(self) -> list[Draft]:
        who = {"parent": self._id("parent")} if "parent" in self.line else {"count": self.line["count"]}
        fields: dict[str, object] = {"merchant": self._id("merchant"), "view": self.line["view"], "at": self._at(), **who}
        return [acts.new_record("opinion", self.maker.new(), fields | {"note": self.line.get("note")})]
