"""The database's shape, as numbered steps. Append only; a step imports no live code, so that it always does what it did.

Imported only when a database is older than this version (its `user_version` says so): sqlite-utils costs 60 ms.
"""

from sqlite_utils import Database, Migrations

migrations = Migrations("outreach")

_RECORDS: dict[str, dict[str, type]] = {
    "community": {
        "name": str, "city": str, "district": str, "population": int, "migrants": int, "families": int, "school": str,
        "clinic": str, "market": str, "supermarket": str, "supermarket_metres": int, "notes": str,
    },
    "merchant": {
        "name": str, "community": str, "category": str, "address": str, "landmark": str, "owner": str, "phone": str,
        "wechat": str, "lat": int, "lon": int, "hours": str, "merged_into": str,
    },
    "visit": {
        "merchant": str, "visited_at": str, "outcome": str, "firm": int, "by": str, "approach": str, "with": str,
        "met": str, "minutes": int, "reasons": str, "note": str,
    },
    "parent": {
        "alias": str, "phone": str, "community": str, "trained_on": str, "consent_on": str, "consent_how": str,
        "active": int,
    },
    "referral": {"parent": str, "merchant": str, "to_parent": str, "kind": str, "at": str, "note": str},
    "tag": {"merchant": str, "label": str, "at": str, "by": str, "due": str, "note": str, "done_at": str},
    "opinion": {"merchant": str, "parent": str, "count": int, "view": str, "at": str, "note": str},
}  # fmt: skip


@migrations()
def m001_the_journal(db: Database) -> None:
    """What was recorded, by act and by segment; and what this laptop knows of itself."""
    db.create_table("meta", {"key": str, "value": str}, pk="key", not_null={"value"})
    db.create_table(
        "act",
        {"id": int, "at": int, "label": str, "worker": str, "undoes": int},
        pk="id",
        not_null={"at", "label"},
    )
    db.create_table(
        "segment",
        {
            "id": int, "device": str, "number": int, "hash": str, "header": str, "published": int,
        },
        pk="id",
        not_null={"device", "number", "hash", "header", "published"},
    ).create_index(["device", "number", "hash"], unique=True)  # fmt: skip
    journal = db.create_table(
        "journal",
        {
            "seq": int, "kind": str, "id": str, "stamp": int, "device": str, "worker": str, "fields": str, "act": int,
            "segment": int,
        },
        pk="seq",
        not_null={"kind", "id", "stamp", "device", "fields"},
    )  # fmt: skip
    journal.create_index(["id", "stamp"])
    journal.create_index(["act"])
    journal.create_index(["segment"])
    db.execute("CREATE INDEX journal_unshared ON journal (seq) WHERE segment IS NULL")
    db.create_table("device", {"id": str, "name": str, "stamp": int}, pk="id")


@migrations()
def m002_the_records(db: Database) -> None:
    """The fold: a table per kind, what a merchant's visits come to, and what names are found by."""
    for name, columns in _RECORDS.items():
        db.create_table(name, {"id": str, **columns, "removed": int, "live": int}, pk="id", not_null={"live"})
    db.table("visit").create_index(["merchant", "visited_at"])
    db.table("visit").create_index(["visited_at"])
    for name in ("referral", "tag", "opinion"):
        db.table(name).create_index(["merchant"])
    db.execute("CREATE INDEX tag_open ON tag (due) WHERE live = 1 AND due IS NOT NULL AND done_at IS NULL")
    db.create_table(
        "standing",
        {
            "merchant": str, "root": str, "status": str, "firm": int, "visits": int, "last_visit": str,
            "last_by": str,
        },
        pk="merchant",
        not_null={"root", "visits"},
    ).create_index(["root"])  # fmt: skip
    db.create_table(
        "lookup",
        {"id": str, "kind": str, "name": str, "folded": str, "pinyin": str, "place": str, "phone": str},
        pk="id",
        not_null={"kind", "name", "folded", "pinyin", "place", "phone"},
    ).create_index(["name"])
    db.table("lookup").create_index(["folded"])


@migrations()
def m003_sharing_in_depth(db: Database) -> None:
    """A segment names its rows of the journal by their range, what replaces it, and has its bytes where rows cannot give them.

    A change knows what it was made upon; a laptop, how much of it is here and what its clock said.
    """
    for column in ("first", "last", "replaced_by", "odd", "checked"):
        db.table("segment").add_column(column, int)
    db.table("segment").add_column("raw", bytes)
    db.table("segment").transform(not_null={"published": False})
    db.execute("UPDATE segment SET published = NULL WHERE device <> (SELECT value FROM meta WHERE key = 'device')")
    db.execute("UPDATE segment SET first = (SELECT min(seq) FROM journal WHERE journal.segment = segment.id)")
    db.execute("UPDATE segment SET last = (SELECT max(seq) FROM journal WHERE journal.segment = segment.id)")
    db.execute(  # one of which another brought a part: its rows cannot give it back
        "UPDATE segment SET first = NULL WHERE json_extract(header, '$.count') <> "
        "(SELECT count(*) FROM journal WHERE journal.segment = segment.id)"
    )
    for column in ("changes", "number", "clock", "heard"):
        db.table("device").add_column(column, int, not_null_default=0)
    db.execute("UPDATE device SET changes = (SELECT count(*) FROM journal WHERE device = device.id AND segment IS NOT NULL)")
    db.execute("UPDATE device SET number = (SELECT coalesce(max(number), 0) FROM segment WHERE device = device.id)")
    for index in ("journal_unshared", "idx_journal_segment", "idx_journal_act"):
        db.execute(f"DROP INDEX {index}")
    db.execute("ALTER TABLE journal DROP COLUMN segment")
    db.table("journal").add_column("base", int)
    db.execute("CREATE INDEX journal_acts ON journal (act) WHERE act IS NOT NULL")
    db.execute("CREATE INDEX journal_own ON journal (seq) WHERE act IS NOT NULL")
    for index in ("idx_visit_merchant_visited_at", "idx_visit_visited_at"):
        db.execute(f"DROP INDEX {index}")
    db.execute("CREATE INDEX visit_calls ON visit (merchant, visited_at) WHERE live = 1")
    db.execute("CREATE INDEX merchant_merged ON merchant (id) WHERE merged_into IS NOT NULL")
    db.execute("CREATE INDEX standing_merged ON standing (merchant) WHERE root <> merchant")


@migrations()
def m004_what_people_decide(db: Database) -> None:
    """A person's word goes before the score: a merchant, or a community, first or not before a day."""
    fields = {
        "merchant": str, "community": str, "ruling": str, "until": str, "note": str, "by": str, "at": str,
    }  # fmt: skip
    db.create_table("override", {"id": str, **fields, "removed": int, "live": int}, pk="id", not_null={"live"})
    db.table("override").create_index(["merchant"])


@migrations()
def m005_two_shops_that_look_like_one(db: Database) -> None:
    """Somebody said of two merchants that they are not the same."""
    fields = {"merchant": str, "other": str, "at": str, "by": str}
    db.create_table("separation", {"id": str, **fields, "removed": int, "live": int}, pk="id", not_null={"live"})


@migrations()
def m006_what_a_community_has(db: Database) -> None:
    """Places besides the shops, and what the ten headings of a basic-situation report ask of a community."""
    for field in (
        "history", "surroundings", "livelihoods", "organisations", "networks", "problems", "needs", "strengths", "plans",
    ):  # fmt: skip
        db.table("community").add_column(field, str)
    fields = {
        "name": str, "kind": str, "community": str, "address": str, "lat": int, "lon": int, "offers": str, "hours": str,
        "last_checked": str, "notes": str,
    }  # fmt: skip
    db.create_table("place", {"id": str, **fields, "removed": int, "live": int}, pk="id", not_null={"live"})


@migrations()
def m007_what_a_place_was_given_in(db: Database) -> None:
    """Places of Chinese maps are kept as WGS-84; from which datum they came is noted."""
    db.table("merchant").add_column("datum", str)


@migrations()
def m008_what_is_known_of_a_place(db: Database) -> None:
    """Of a place, as of a merchant, from which datum it came; how close the team is to it, and who said so."""
    for field in ("datum", "relation", "source"):
        db.table("place").add_column(field, str)
