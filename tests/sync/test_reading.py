"""What is taken in is exactly what was written; anything else is refused with its reason."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.change import Change, canonical
from outreach.errors import SegmentRefused
from outreach.store.segments import Entry
from outreach.sync.reading import read
from outreach.sync.result import Reason
from outreach.sync.segment import Place, assemble, body_of, head_of

DEVICE = "00000000aa"
LINE = '{"fields":{"name":"老王超市"},"id":"m1","kind":"merchant","stamp":5}\n'
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | words, lambda inner: st.lists(inner, max_size=3), max_leaves=5
)
entries = st.lists(
    st.builds(
        Entry,
        st.just(1),
        st.sampled_from(["visit", "made_up_later"]),
        words.filter(bool),
        st.integers(0, 2**53 - 1),
        st.none() | words,
        st.dictionaries(words, values, max_size=4).map(canonical),
    ),
    min_size=1,
    max_size=5,
)


def segment(body: bytes, **other: Any) -> tuple[Place, bytes]:
    """A file whose name promises its bytes, with some members of its header replaced."""
    head = head_of(body, body.count(b"\n"), device=DEVICE, name="Fang", number=1, previous=None, export=None)
    data = assemble(canonical(json.loads(head) | other), body)
    return Place(DEVICE, 1, hashlib.sha256(data).hexdigest()[:16]), data


def refusal(place: Place, data: bytes) -> Reason:
    with pytest.raises(SegmentRefused) as caught:
        list(read(place, data).changes())
    return Reason(str(caught.value.facts["reason"]))


@given(entries)
def test_what_was_written_is_read(written: list[Entry]) -> None:
    found = read(*segment(body_of(written)))
    assert found.header.count == len(written)
    normal = [(e.stamp, json.loads(canonical([e.kind, e.id, e.worker])), json.loads(e.fields)) for e in written]
    assert [(c.stamp, [c.kind, c.id, c.worker], c.fields) for c in found.changes()] == normal
    assert {c.device for c in found.changes()} == {DEVICE}


@given(entries, st.data())
def test_no_other_bytes_pass_for_it(written: list[Entry], data: st.DataObject) -> None:
    place, whole = segment(body_of(written))
    start = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(start, len(whole)))
    damaged = whole[:start] + data.draw(st.sampled_from([b"", b"\0" * (end - start), b"x"])) + whole[end:]
    if damaged != whole:
        assert refusal(place, damaged) in {Reason.EMPTY, Reason.TORN, Reason.ALTERED, Reason.TOO_NEW}


def test_how_damage_is_named() -> None:
    place, whole = segment(LINE.encode())
    assert refusal(place, b"") is Reason.EMPTY
    assert refusal(place, whole[:10]) is Reason.TORN
    assert refusal(place, whole[:-1]) is Reason.TORN
    assert refusal(place, b"\0" * len(whole)) is Reason.TORN
    assert refusal(place, whole + b"\n") is Reason.ALTERED
    assert refusal(place, whole.replace("老王".encode(), "老李".encode())) is Reason.ALTERED
    assert refusal(place, whole.replace(b"\n", b"\r\n")) is Reason.ALTERED


def test_a_file_in_the_wrong_place_is_foreign() -> None:
    place, whole = segment(LINE.encode())
    assert refusal(Place("00000000bb", 1, place.hash16), whole) is Reason.FOREIGN
    assert refusal(Place(DEVICE, 2, place.hash16), whole) is Reason.FOREIGN
    assert refusal(Place(DEVICE, 1, "0" * 16), whole) is Reason.ALTERED


@pytest.mark.parametrize("data", [b"hello\n", b"[]\n", b'{"format":"somebody/else/1"}\n', b'{"format":1}\n', b"\xff\xfe\n"])
def test_what_is_no_segment_is_foreign(data: bytes) -> None:
    assert refusal(Place(DEVICE, 1, hashlib.sha256(data).hexdigest()[:16]), data) is Reason.FOREIGN


@pytest.mark.parametrize("other", [{"format": "outreach/segment/2"}, {"sealed": "age"}])
def test_a_newer_form_waits_for_the_newer_version(other: dict[str, str]) -> None:
    assert refusal(*segment(LINE.encode(), **other)) is Reason.TOO_NEW


@pytest.mark.parametrize(
    "other",
    [{"count": 2}, {"sha256": "0" * 64}, {"sha256": "short"}, {"size": 7}, {"number": "1"}, {"name": None}, {"previous": 5}],
)
def test_a_header_that_lies_is_refused(other: dict[str, Any]) -> None:
    assert refusal(*segment(LINE.encode(), **other)) is Reason.MALFORMED


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "[]",
        "",
        '{"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":[],"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{},"id":"","kind":"merchant","stamp":5}',
        '{"fields":{},"id":7,"kind":"merchant","stamp":5}',
        '{"fields":{},"id":"m1","kind":"merchant","stamp":"5"}',
        '{"fields":{},"id":"m1","kind":"merchant","stamp":5.0}',
        '{"fields":{},"id":"m1","kind":"merchant","stamp":-1}',
        '{"fields":{},"id":"m1","kind":"merchant","stamp":9223372036854775807}',
        '{"fields":{"lat":39.9},"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{"lat":[{"a":1e0}]},"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{"lat":NaN},"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{"lat":1e400},"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{"name":"\\ud800"},"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{"a":' + "[" * 5000 + "]" * 5000 + '},"id":"m1","kind":"merchant","stamp":5}',
    ],
)
def test_a_change_that_no_version_writes_is_refused(line: str) -> None:
    assert refusal(*segment((LINE + line + "\n").encode())) is Reason.MALFORMED


def test_a_last_line_without_its_end_is_refused() -> None:
    assert refusal(*segment((LINE + LINE[:-1]).encode())) is Reason.MALFORMED


def test_members_of_later_versions_are_passed_over() -> None:
    line = '{"fields":{"name":"老王超市"},"id":"m1","kind":"merchant","mood":1.5,"stamp":5}\n'
    place, data = segment(line.encode(), replaces=["x"], mood={"a": 1})
    assert list(read(place, data).changes()) == [Change(5, DEVICE, "merchant", "m1", {"name": "老王超市"})]
