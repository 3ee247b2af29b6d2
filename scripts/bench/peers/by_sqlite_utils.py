"""sqlite-utils as a simple user would: export every row as JSON lines, upsert the other side's file. The last import wins."""

from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.db import Table

from peers.work import Row, an_id, content, new_visits, read_lines, run, shared, visits, write_lines


def table(work: Path, device: str) -> Table:
    """A device's visits."""
    return Database(work / f"{device}.db").table("visits")


def share(work: Path) -> None:
    """A exports all."""
    write_lines(shared(work) / "a.jsonl", table(work, "a").rows)


def seed(work: Path) -> None:
    """A holds the visits."""
    table(work, "a").insert_all(visits(work), pk="id")


def take(work: Path) -> Row:
    """B imports all."""
    mine = table(work, "b")
    mine.upsert_all(read_lines(shared(work) / "a.jsonl"), pk="id")
    assert mine.get(an_id(work))
    return {"count": mine.count}


def add(work: Path) -> None:
    """A records and shares more."""
    table(work, "a").insert_all(new_visits(work), pk="id")
    share(work)


if __name__ == "__main__":
    run(
        {
            "seed": seed,
            "push": share,
            "pull": take,
            "inc_push": add,
            "inc_pull": take,
            "check": lambda work: content(list(table(work, "b").rows)),
        }
    )
