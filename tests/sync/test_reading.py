"""What is taken in is exactly what was written; anything else is refused with its reason."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.change import LATEST, Change, Written, canonical
from outreach.errors.sharing import SegmentRefused
from outreach.sync.reading import Lines, read
from outreach.sync.result import Reason
from outreach.sync.segment import Place, assemble, head_of
from tests.lines import Entry, body_of

DEVICE = "00000000aa"
LINE = '{"fields":{"name":"老王超市"},"id":"m1","kind":"merchant","stamp":5}'
LAST = '{"fields":{"name":"重庆小面"},"id":"m2","kind":"merchant","stamp":6}'
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | words, lambda inner: st.lists(inner, max_size=3), max_leaves=5
)
entries = st.lists(
    st.builds(
        Entry,
        st.sampled_from(["visit", "made_up_later"]),
        words.filter(lambda text: text and "\0" not in text),
        st.integers(0, 2**53 - 1),
        st.none() | words,
        st.none() | st.integers(0, 2**53 - 1),
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
        read(place, data)
    return Reason(str(caught.value.facts["reason"]))


def lines(*texts: str) -> Lines:
    """What is read of a segment with these lines."""
    return read(*segment("".join(f"{text}\n" for text in texts).encode())).lines()


@given(entries)
def test_what_was_written_is_read(written: list[Entry]) -> None:
    found = read(*segment(body_of(written)))
    assert found.header.count == len(written)
    assert found.file == segment(body_of(written))[1]
    read_back = found.lines()
    assert read_back.odd == ()
    normal = [(e.stamp, e.base, json.loads(canonical([e.kind, e.id, e.worker])), json.loads(e.fields)) for e in written]
    came = read_back.changes.written
    assert [(c.stamp, c.base, [c.kind, c.id, c.worker], json.loads(c.text)) for c in came] == normal
    assert [c.text for c in came] == [e.fields for e in written]
    assert {c.device for c in came} == {DEVICE}


@given(entries)
def test_what_the_journal_could_not_give_back_is_never_called_exact(written: list[Entry]) -> None:
    """Exact means: a line made of what was read is the line that was read."""
    body = body_of(written)
    found = read(*segment(body)).lines()
    again = body_of(Entry(c.kind, c.id, c.stamp, c.worker, c.base, c.text) for c in found.changes.written)
    assert again == body or not found.exact


@given(entries, st.data())
def test_no_other_bytes_pass_for_it(written: list[Entry], data: st.DataObject) -> None:
    place, whole = segment(body_of(written))
    start = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(start, len(whole)))
    damaged = whole[:start] + data.draw(st.sampled_from([b"", b"\0" * (end - start), b"x"])) + whole[end:]
    if damaged != whole:
        assert refusal(place, damaged) in {Reason.EMPTY, Reason.TORN, Reason.ALTERED, Reason.TOO_NEW}


def test_how_damage_is_named() -> None:
    place, whole = segment(f"{LINE}\n".encode())
    assert refusal(place, b"") is Reason.EMPTY
    assert refusal(place, whole[:10]) is Reason.TORN
    assert refusal(place, whole[:-1]) is Reason.TORN
    assert refusal(place, b"\0" * len(whole)) is Reason.TORN
    assert refusal(place, whole + b"\n") is Reason.ALTERED
    assert refusal(place, whole.replace("老王".encode(), "老李".encode())) is Reason.ALTERED
    assert refusal(place, whole.replace(b"\n", b"\r\n")) is Reason.ALTERED


def test_a_file_in_the_wrong_place_is_foreign() -> None:
    place, whole = segment(f"{LINE}\n".encode())
    assert refusal(Place("00000000bb", 1, place.hash16), whole) is Reason.FOREIGN
    assert refusal(Place(DEVICE, 2, place.hash16), whole) is Reason.FOREIGN
    assert refusal(Place(DEVICE, 1, "0" * 16), whole) is Reason.ALTERED


@pytest.mark.parametrize("data", [b"hello\n", b"[]\n", b'{"format":"somebody/else/1"}\n', b'{"format":1}\n', b"\xff\xfe\n"])
def test_what_is_no_segment_is_foreign(data: bytes) -> None:
    assert refusal(Place(DEVICE, 1, hashlib.sha256(data).hexdigest()[:16]), data) is Reason.FOREIGN


@pytest.mark.parametrize("other", [{"format": "outreach/segment/2"}, {"sealed": "age"}])
def test_a_newer_form_waits_for_the_newer_version(other: dict[str, str]) -> None:
    assert refusal(*segment(f"{LINE}\n".encode(), **other)) is Reason.TOO_NEW


@pytest.mark.parametrize(
    "other",
    [
        {"count": 2},
        {"sha256": "0" * 64},
        {"sha256": "short"},
        {"size": 7},
        {"number": "1"},
        {"name": None},
        {"previous": 5},
        {"clock": "5"},
        {"replaces": ["x"]},
        {"replaces": "0"},
    ],
)
def test_a_header_that_lies_is_refused(other: dict[str, Any]) -> None:
    assert refusal(*segment(f"{LINE}\n".encode(), **other)) is Reason.MALFORMED


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
        '{"fields":{},"id":"m1","kind":"merchant","stamp":9007199254740992}',
        '{"base":9007199254740992,"fields":{},"id":"m1","kind":"merchant","stamp":5}',
        '{"base":-1,"fields":{},"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{},"id":"m\\u0000","kind":"merchant","stamp":5}',
        '{"fields":{},"id":"m1","kind":"merchant","stamp":5,"worker":7}',
        '{"fields":{"lat":' + "9" * 5000 + '},"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{"lat":39.9},"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{"lat":[{"a":1e0}]},"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{"lat":NaN},"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{"lat":1e400},"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{"name":"\\ud800"},"id":"m1","kind":"merchant","stamp":5}',
        '{"fields":{"a":' + "[" * 5000 + "]" * 5000 + '},"id":"m1","kind":"merchant","stamp":5}',
    ],
)
def test_a_line_that_no_version_writes_is_set_aside_alone(line: str) -> None:
    found = lines(LINE, line, LAST)
    assert found.odd == (2,)
    assert [line.id for line in found.changes.written] == ["m1", "m2"]
    assert not found.exact  # its bytes have to be kept


@pytest.mark.parametrize(
    "line",
    [
        b'{"fields":{"name":"\xff\xfe"},"id":"m3","kind":"merchant","stamp":5}\n',
        b'{"fields":{"name":"\xe7\x94\xb2"},"id":"m3","kind":"merchant","stamp":5,"worker":"\xff"}\n',
    ],
)
def test_bytes_that_are_no_text_are_one_odd_line(line: bytes) -> None:
    body = f"{LINE}\n".encode() + line + f"{LAST}\n".encode()
    found = read(*segment(body)).lines()
    assert (found.odd, len(found.changes), found.exact) == ((2,), 2, False)


def test_a_segment_of_odd_lines_only_says_so() -> None:
    found = lines("nonsense", "{}")
    assert (found.changes.written, found.odd, found.exact) == ([], (1, 2), False)


def test_a_last_line_without_its_end_is_refused() -> None:
    assert refusal(*segment(f"{LINE}\n{LINE}".encode())) is Reason.MALFORMED


def test_members_of_later_versions_are_passed_over() -> None:
    line = '{"fields":{"name":"老王超市"},"id":"m1","kind":"merchant","mood":1.5,"stamp":5}'
    place, data = segment(f"{line}\n".encode(), mood={"a": 1})
    found = read(place, data).lines()
    assert found.changes.written == [Written(5, DEVICE, "merchant", "m1", '{"name":"老王超市"}')]
    assert not found.exact


LONG = "9" * 500  # more digits than any number has; fewer than Python refuses


@pytest.mark.parametrize(
    ("line", "fields", "kept"),
    [
        ('{ "fields": {"name":"甲"}, "id":"m1", "kind":"merchant", "stamp":5 }', {"name": "甲"}, '{"name":"甲"}'),
        ('{"stamp":5,"kind":"merchant","id":"m1","fields":{"name":"甲"}}', {"name": "甲"}, '{"name":"甲"}'),
        ('{"fields":{"name":"e\u0301"},"id":"m1","kind":"merchant","stamp":5}', {"name": "é"}, '{"name":"é"}'),
        (
            '{"fields":{"n":{"b":1,"a":[]}},"id":"m1","kind":"merchant","stamp":5}',
            {"n": {"a": [], "b": 1}},
            '{"n":{"a":[],"b":1}}',
        ),
        ('{"fields":{"lat":' + LONG + '},"id":"m1","kind":"merchant","stamp":5}', {"lat": int(LONG)}, f'{{"lat":{LONG}}}'),
        ('{"fields":{"a":1},"fields":{"a":2},"id":"m1","kind":"merchant","stamp":5}', {"a": 2}, '{"a":2}'),
        ('{"fields":{},"id":"m1","kind":"merchant","stamp":5,"worker":null}', {}, "{}"),
    ],
    ids=["spaces", "order", "decomposed", "nested", "long number", "two fields", "worker null"],
)
def test_a_line_in_another_form_is_read_in_the_canonical_one(line: str, fields: dict[str, Any], kept: str) -> None:
    found = lines(LAST, line)
    assert (found.odd, found.exact) == ((), False)
    assert found.changes.written[1] == Written(5, DEVICE, "merchant", "m1", kept)
    assert found.changes.written[1].change.fields == fields


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ('{"name": "甲", "phone":\t"1"}', {"name": "甲", "phone": "1"}),
        ('{"phone":"1","name":"甲"}', {"name": "甲", "phone": "1"}),
        ('{"name":"乙","name":"甲"}', {"name": "甲"}),
        (f'{{"lat":{2**70}}}', {"lat": 2**70}),
        ('{"name":"a\\u0000b"}', {"name": "a\0b"}),
    ],
    ids=["spaces", "order", "key twice", "beyond 64 bits", "nul"],
)
def test_fields_in_another_form_are_kept_as_they_were_written(text: str, fields: dict[str, Any]) -> None:
    """So the journal gives the line back as it was: nothing else of it has to be kept."""
    found = lines(f'{{"base":4,"fields":{text},"id":"m1","kind":"merchant","stamp":5,"worker":"王芳"}}')
    assert (found.odd, found.exact) == ((), True)
    assert found.changes.written == [Written(5, DEVICE, "merchant", "m1", text, "王芳", 4)]
    assert found.changes.written[0].change == Change(5, DEVICE, "merchant", "m1", fields, "王芳", 4)


@pytest.mark.parametrize("extreme", [0, LATEST])
def test_the_first_and_the_last_stamp_are_read(extreme: int) -> None:
    (written,) = lines(f'{{"base":{extreme},"fields":{{}},"id":"m1","kind":"merchant","stamp":{extreme}}}').changes.written
    assert (written.stamp, written.base) == (extreme, extreme)


@pytest.mark.parametrize(
    "text", ['{"name": "甲"}', '{"b":"1","a":"2"}', '{"a":"1","a":"2"}', r'{"name":"e\u0301"}', '{"a":-0}']
)
def test_what_a_line_says_does_not_hang_on_the_lines_beside_it(text: str) -> None:
    """Else a laptop that reads it in a small segment and one that reads it in a rolled-up one would hold different changes."""
    line = f'{{"fields":{text},"id":"m1","kind":"merchant","stamp":5}}'
    decomposed = '{"fields":{"name":"e\u0301"},"id":"m9","kind":"merchant","stamp":5}'
    assert lines(line).changes.written[0] == lines(line, decomposed).changes.written[0]
