"""The form of a segment: what others, and later versions, have to read for ever."""

import hashlib
import json
from typing import Any

import pytest

from outreach.sync.segment import Place, assemble, hash_of, head_of, header_of, place_of, size_of

BODY = (
    '{"fields":{"name":"老王超市","phone":null},"id":"m1","kind":"merchant","stamp":1795500000000,"worker":"王芳"}\n'
    '{"fields":{"merchant":"m1","outcome":"pending"},"id":"v1","kind":"visit","stamp":1795500000001}\n'
    '{"base":1795500000000,"fields":{"phone":"1"},"id":"m1","kind":"merchant","stamp":1795500000002,"worker":"小\\"芳"}\n'
)


def head(**more: Any) -> str:
    facts: dict[str, Any] = {"device": "00000000aa", "name": "Fang", "number": 3, "previous": "b" * 64, "export": None}
    return head_of(BODY.encode(), 3, **facts | more)


def test_the_header_says_what_follows() -> None:
    assert json.loads(head()) == {
        "format": "outreach/segment/1", "device": "00000000aa", "name": "Fang", "number": 3, "count": 3,
        "size": len(BODY.encode()), "sha256": hashlib.sha256(BODY.encode()).hexdigest(), "previous": "b" * 64,
        "sealed": "plain", "version": "0.1.0", "export": None,
    }  # fmt: skip
    assert list(json.loads(head())) == sorted(json.loads(head()))
    assert header_of(head()).number == 3


def test_the_header_says_clocks_and_what_it_replaces_where_there_is_something_to_say() -> None:
    said = {"clock": 1_795_500_000_009, "heard": 1_795_500_000_008, "replaces": ("c" * 64, "d" * 64)}
    assert json.loads(head(**said)) == json.loads(head()) | said | {"replaces": ["c" * 64, "d" * 64]}
    assert list(json.loads(head(**said))) == sorted(json.loads(head(**said)))
    header = header_of(head(**said))
    assert (header.clock, header.heard, header.replaces) == (1_795_500_000_009, 1_795_500_000_008, ("c" * 64, "d" * 64))
    silent = header_of(head())
    assert (silent.clock, silent.heard, silent.replaces) == (0, 0, ())


def test_the_file_is_the_header_line_and_the_body() -> None:
    data = assemble(head(), BODY.encode())
    assert data == f"{head()}\n{BODY}".encode()
    assert b"\r" not in data
    assert size_of(head()) == len(data)
    assert hash_of(head(), BODY.encode()) == hashlib.sha256(data).hexdigest()


def test_a_place_is_a_name_and_back() -> None:
    place = Place("00000000aa", 12, "0123456789abcdef")
    assert place.name == "000012-0123456789abcdef.jsonl"
    assert place.file == "changes/00000000aa/000012-0123456789abcdef.jsonl"
    assert place_of("00000000aa", place.name) == place
    assert place_of("00000000aa", "1234567-0123456789abcdef.jsonl") == Place("00000000aa", 1234567, "0123456789abcdef")


@pytest.mark.parametrize(
    "name",
    [
        "000000-0123456789abcdef.jsonl",  # numbers start at 1
        "0000012-0123456789abcdef.jsonl",  # not how that number is written
        "00012-0123456789abcdef.jsonl",
        "000012-0123456789ABCDEF.jsonl",
        "000012-0123456789abcdef.JSONL",
        "000012-0123456789abcde.jsonl",
        "000012-0123456789abcdef.jsonl~",
        "000012-0123456789abcdef (conflicted copy).jsonl",
        "000012-0123456789abcdef(冲突副本).jsonl",
        "000012-0123456789abcdef.sync-conflict-20261124-090000-ABC.jsonl",
        ".000012-0123456789abcdef.jsonl.00000000aa.tmp",
        "٠٠٠٠١٢-0123456789abcdef.jsonl",
        "000012-0123456789abcdef.jsonl\n",
        "desktop.ini",
        "",
    ],
)
def test_other_names_are_no_places(name: str) -> None:
    assert place_of("00000000aa", name) is None
