"""The shared export: its bytes, its schema, who may replace it, and what is never in it."""

import json
import runpy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic_core import to_json

from outreach.domain.change import canonical, exact
from outreach.domain.form import Form
from outreach.domain.records import KINDS
from outreach.store.export import Cover
from outreach.sync.export import covers_of, exported, is_more_complete
from outreach.sync.folder import Folder
from outreach.sync.result import Remark
from tests.sync.conftest import NOON, Peer, Team

CHECKOUT = Path(__file__).resolve().parents[2]
SCHEMA = CHECKOUT / "data" / "schema" / "outreach.schema.json"
VALUES: dict[Form, Any] = {
    Form.TEXT: "老王\u0301 \u2028\n\"x\"", Form.NOTE: "a\nb", Form.NUMBER: 20, Form.DEGREES: 39_914_300, Form.FLAG: True,
    Form.DAY: "2026-11-24", Form.MOMENT: "2026-11-24T15:30:00+08:00", Form.WORDS: ["suspects_scam"], Form.REFERENCE: "x1",
    Form.REFERENCES: ["p1"],
}  # fmt: skip


def full(peer: Peer) -> None:
    """Record one of each kind with every field set, but for `removed`."""
    for kind in KINDS.values():
        fields = {f.name: next(iter(f.words)).value if f.words else VALUES[f.form] for f in kind.fields}
        peer.note(kind.name, f"{kind.name}-1", **fields | {"removed": None})


words = st.text(st.characters(exclude_categories=["Cs"]))
fields = st.dictionaries(words, words | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.lists(words))


@given(fields)
@example({"a": "".join(map(chr, range(0x300)))})
def test_records_are_written_as_canonical_writes_them(record: dict[str, Any]) -> None:
    ordered = dict(sorted(record.items()))
    assert to_json(ordered).decode() == exact(ordered)


@pytest.fixture
def fang(team: Team) -> Peer:
    """The laptop that made the folder a shared one."""
    return team.three()[0]


def closed(schema: Any) -> Any:
    """The schema, allowing nothing that it does not name."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    own = {"additionalProperties": False} if schema.get("type") == "object" and "properties" in schema else {}
    return {key: closed(value) for key, value in schema.items()} | own


def test_the_published_schema_is_that_of_this_version() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == runpy.run_path(str(CHECKOUT / "scripts/build/schema.py"))["text"]()


def test_what_is_written_fits_the_published_schema(team: Team, fang: Peer) -> None:
    full(fang)
    fang.sync()
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(team.document, closed(schema), cls=jsonschema.Draft202012Validator)
    for kind in KINDS.values():
        assert set(team.document[kind.plural][0]) == {"id", *(f.name for f in exported(kind))}


def test_an_empty_team_has_an_empty_export(team: Team, fang: Peer) -> None:
    fang.sync()
    assert all(team.document[kind.plural] == [] for kind in KINDS.values())
    assert covers_of(Folder(team.share)) == {}


def test_it_is_canonical_with_a_line_per_record(team: Team, fang: Peer) -> None:
    full(fang)
    fang.shop("老王超市")
    fang.sync()
    text = team.export.decode()
    assert text.endswith("]}\n")
    assert "\r" not in text
    assert text.replace("\n", "") == canonical(json.loads(text))
    assert sum(line.startswith('{"') for line in text.splitlines()[1:]) == len(KINDS) + 1


def test_only_live_records_and_fields_with_a_value(team: Team, fang: Peer) -> None:
    fang.note("merchant", "m1", name="老王超市", phone="1", made_up_later="x")
    fang.note("merchant", "m1", phone=None)
    fang.note("merchant", "m2", name="关了的店")
    fang.note("merchant", "m2", removed=True)
    fang.note("merchant", "m3", phone="2")
    fang.note("made_up_later", "z1", name="?")
    fang.sync()
    assert team.document["merchants"] == [{"id": "m1", "name": "老王超市"}]
    assert team.document["covers"] == {fang.device: {"changes": 6, "newest": NOON + 5}}


def test_no_parents_contact_is_in_it_but_shops_are(team: Team, fang: Peer) -> None:
    fang.note("parent", "p1", alias="小雅妈妈", phone="13900002222")
    fang.note("merchant", "m1", name="老王超市", phone="13800001111", owner="王建国", wechat="lw")
    fang.sync()
    assert b"13900002222" not in team.export
    assert team.document["parents"] == [{"alias": "小雅妈妈", "id": "p1"}]
    assert team.document["merchants"][0]["phone"] == "13800001111"


def test_records_are_sorted_by_id(team: Team, fang: Peer) -> None:
    for record in ("b", "a", "é", "Z", "水"):
        fang.note("community", record, name=record)
    fang.sync()
    assert [c["id"] for c in team.document["communities"]] == ["Z", "a", "b", "é", "水"]


def test_a_file_that_says_the_same_is_left_alone(team: Team, fang: Peer) -> None:
    fang.shop("老王超市")
    fang.sync()
    before = (team.share / "outreach.json").stat().st_ino
    fang.sync()
    assert (team.share / "outreach.json").stat().st_ino == before


def test_one_of_an_earlier_version_is_replaced(team: Team, fang: Peer) -> None:
    """It said otherwise how complete it was, so nothing is made of that."""
    fang.shop("老王超市")
    fang.sync()
    good = team.export
    old = good.replace(f'"newest":{NOON}'.encode(), b'"segments":9')
    assert old != good
    (team.share / "outreach.json").write_bytes(old)
    assert fang.sync().notices == ()
    assert team.export == good


@pytest.mark.parametrize(
    "damage", [b"", b"{}", b"\0" * 500, b'{"communities":[],"covers":{"a":1},"format":"outreach/export/1",']
)
def test_an_unreadable_one_is_replaced(team: Team, fang: Peer, damage: bytes) -> None:
    fang.shop("老王超市")
    fang.sync()
    good = team.export
    (team.share / "outreach.json").write_bytes(damage)
    assert fang.sync().notices == ()
    assert team.export == good


def test_an_altered_one_is_replaced_and_told(team: Team, fang: Peer) -> None:
    fang.shop("老王超市")
    fang.sync()
    good = team.export
    (team.share / "outreach.json").write_bytes(good.replace("老王".encode(), "老李".encode()))
    assert [n.remark for n in fang.sync().notices] == [Remark.EXPORT_MENDED]
    assert team.export == good


def test_a_less_complete_one_never_replaces_a_more_complete_one(team: Team, fang: Peer) -> None:
    lin = team.peer("lin")
    lin.shop("重庆小面")
    lin.sync()
    fang.shop("老王超市")
    fang.sync()
    complete = team.export
    for path in fang.own_files():
        path.write_bytes(b"")  # torn on the way to Lin
    result = lin.sync()
    assert Remark.EXPORT_KEPT in [n.remark for n in result.notices]
    assert team.export == complete
    assert result.export_sha256 is not None


def test_a_torn_one_is_not_taken_for_a_more_complete_one(team: Team, fang: Peer) -> None:
    for i in range(5):
        fang.shop(f"店{i}")
    fang.sync()
    whole = team.export
    file, folder = team.share / "outreach.json", Folder(team.share)
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert covers_of(folder) is None
    file.write_bytes(whole)
    assert covers_of(folder) == {fang.device: Cover(5, NOON + 4)}
    file.unlink()
    assert covers_of(folder) is None


@pytest.mark.parametrize(
    ("theirs", "mine", "expected"),
    [
        ({}, {}, False),
        ({"a": Cover(1, 1)}, {}, True),
        ({"a": Cover(1, 1)}, {"a": Cover(1, 1)}, False),
        ({"a": Cover(2, 1)}, {"a": Cover(1, 1)}, True),
        ({"a": Cover(1, 1)}, {"a": Cover(2, 1)}, False),
        ({"a": Cover(2, 1)}, {"a": Cover(1, 1), "b": Cover(1, 1)}, False),
        ({"a": Cover(2, 2), "b": Cover(1, 1)}, {"a": Cover(2, 2), "b": Cover(2, 2)}, False),
        ({"a": Cover(2, 2), "b": Cover(2, 2)}, {"b": Cover(2, 2)}, True),
        ({"a": Cover(2, 9)}, {"a": Cover(2, 5)}, True),  # as many changes, but not the same
        ({"a": Cover(3, 5)}, {"a": Cover(2, 9)}, False),  # more, but not the newest
    ],
)
def test_what_is_more_complete(theirs: dict[str, Cover], mine: dict[str, Cover], *, expected: bool) -> None:
    assert is_more_complete(theirs, mine) is expected
