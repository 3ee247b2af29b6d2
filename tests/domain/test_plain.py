"""What is read in one look is what the fold makes of it; and whoever is read in one look, or not, is one of two, not both."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.change import Change, Written, canonical
from outreach.domain.fold import fold
from outreach.domain.form import Field, Form, Kind
from outreach.domain.plain import Batch, Block, names, pattern
from outreach.domain.records import KINDS

DEVICE = "00000000aa"
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
days = st.sampled_from(["2026-11-24", "2024-02-29", "2023-02-29", "2026-04-31", "0000-01-01", "2026-13-01", "\u0662026-11-24"])
moments = days | st.builds("{}T{}".format, days, st.sampled_from(["15:30:00+08:00", "15:30Z", "24:00Z", "15:30", "9:30Z"]))
numbers = st.integers(-(10**19), 10**19) | st.integers(-181_000_000, 181_000_000)
anything = st.none() | st.booleans() | numbers | words | moments | st.lists(words, max_size=3)


def values(field: Field) -> st.SearchStrategy[Any]:
    """Mostly what fits, also what almost does."""
    fitting: dict[Form, st.SearchStrategy[Any]] = {
        Form.NUMBER: numbers,
        Form.DEGREES: numbers,
        Form.FLAG: st.booleans(),
        Form.DAY: days,
        Form.MOMENT: moments,
        Form.WORDS: st.lists(words, max_size=3),
        Form.REFERENCES: st.lists(words, max_size=3),
    }
    mostly = fitting.get(field.form, words) if field.words is None else st.sampled_from(sorted(field.words))
    return mostly | anything


def fields_of(kind: Kind) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={field.name: values(field) for field in kind.fields} | {"later": words})


kinds_and_fields = st.sampled_from(list(KINDS.values())).flatmap(lambda kind: st.tuples(st.just(kind), fields_of(kind)))


def look(kind: Kind, text: str) -> dict[str, Any] | None:
    """The fields that are read in one look, None where they are not."""
    found = re.fullmatch(pattern(kind), text)
    return found and {name: value for name, value in zip(names(kind), found.groups(), strict=True) if value is not None}


def meant(kind: Kind, read: dict[str, str]) -> dict[str, Any]:
    """Their values: what is no text lies there as JSON."""
    texts = {Form.TEXT, Form.NOTE, Form.REFERENCE, Form.WORD, Form.DAY, Form.MOMENT}
    as_text = {field.name for field in kind.fields if field.form in texts}
    return {name: value if name in as_text else json.loads(value) for name, value in read.items()}


@given(kinds_and_fields)
def test_what_is_read_in_one_look_is_what_the_fold_makes_of_it(case: tuple[Kind, dict[str, Any]]) -> None:
    kind, said = case
    text = canonical(said)
    read = look(kind, text)
    if read is not None:
        assert meant(kind, read) == fold(kind, [Change(1, DEVICE, kind.name, "x1", json.loads(text))])


@given(kinds_and_fields, st.data())
def test_what_is_no_canonical_text_is_never_read_in_one_look(
    case: tuple[Kind, dict[str, Any]], data: st.DataObject | None
) -> None:
    kind, said = case
    text = canonical(said)
    if data is not None:
        place = data.draw(st.integers(0, len(text)))
        text = text[:place] + data.draw(st.sampled_from([" ", ",", "{", "}", '"', "\\", "0", "-", "\n", "\x7f"])) + text[place:]
    if look(kind, text) is not None:
        assert canonical(json.loads(text)) == text


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            "visit",
            {"merchant": "m1", "visited_at": "2026-11-24T15:30:00+08:00", "outcome": "pending", "note": "怕是骗子,再想想"},
        ),
        ("visit", {"merchant": "m1", "visited_at": "2026-11-24", "outcome": "refused", "firm": True, "reasons": ["other"]}),
        ("merchant", {"name": "老王超市", "lat": 39_900_000, "lon": -116_400_000, "phone": "13800000000"}),
        ("tag", {"merchant": "m1", "label": "潜在伙伴", "due": "2026-12-01", "removed": False}),
        ("parent", {"alias": "小丽妈", "active": True, "trained_on": "2026-10-31"}),
    ],
)
def test_what_people_record_mostly_is_read_in_one_look(kind: str, said: dict[str, Any]) -> None:
    assert meant(KINDS[kind], look(KINDS[kind], canonical(said)) or {}) == said


@pytest.mark.parametrize(
    "said", [{"name": 'a"b'}, {"name": "两\n行"}, {"name": "甲", "phone": None}, {"name": "甲", "mood": "later"}, {"lat": "1"}]
)
def test_what_is_not_plain_goes_the_long_way(said: dict[str, Any]) -> None:
    assert look(KINDS["merchant"], canonical(said)) is None


def test_a_batch_gives_all_its_changes_in_their_order() -> None:
    rows: list[tuple[str | None, ...]] = [
        ("4", '{"name":"甲"}', *(None,) * len(names(KINDS["merchant"])), i, "5", "王芳") for i in ("m1", "m2")
    ]
    other = Written(7, DEVICE, "visit", "v1", "{}")
    batch = Batch(DEVICE, [Block("merchant", [0, 2], rows)], {1: other})
    first, second = (Written(5, DEVICE, "merchant", i, '{"name":"甲"}', "王芳", 4) for i in ("m1", "m2"))
    assert (batch.written, len(batch)) == ([first, other, second], 3)
