"""From the rows of a sheet to entries: each cell as the value of the field that its column is."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from outreach.domain.change import Fields
from outreach.domain.datum import Datum, is_shifted, to_wgs84
from outreach.domain.form import Form
from outreach.domain.ids import is_id
from outreach.domain.records import KINDS, Outcome
from outreach.domain.text import natural_key
from outreach.exchange.closed import code_of
from outreach.exchange.entry import Entry
from outreach.exchange.fates import Remark, TakenAs
from outreach.exchange.header_words import EARLIER, ID, LOCATION, PROBLEM_HEADS, STATUS
from outreach.exchange.headers import Recognised, is_amap
from outreach.exchange.stacked import parted
from outreach.exchange.table import Cell, Row, Table
from outreach.exchange.values import MICRO, Complaint, Read, Reading, is_empty, location, reader, text_of

_SHOP = "merchant"
_IN_A_COMMUNITY = (_SHOP, "parent", "place")
_OF_A_SHOP = ("visit", "referral", "tag", "opinion")
_FEW = (Form.DAY, Form.MOMENT, Form.WORD, Form.WORDS, Form.FLAG)  # forms of which a sheet has few different cells
_REPEATED = ("community", "category", "by", "parent")  # and fields
_WHOLE = (Form.TEXT, Form.NOTE)  # forms that only what no file can hold is not, or what is far too long
_POLE = 90 * MICRO
_SUM = re.compile(r"(?:合计|总计|小计|共计|总数|total|subtotal|grandtotal|sum)[:：]?\d*[家个人次条]?").fullmatch
_FAILED = frozenset(("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"))  # of formulas
_KEPT = 10_000  # different cells of a column whose values are remembered


class _Column(NamedTuple):
    """A column: its place, its field, whose field that is (`merchant` where a row describes its shop), and how it is read.

    `needed`: a row of which it cannot be read is kept out. `note`: the field that holds what could not; `head`: what is above.
    """

    place: int
    name: str
    about: str | None
    read: Read
    needed: bool = True
    note: str | None = None
    head: str = ""


def entries(table: Table, found: Recognised, reading: Reading, community: str | None = None) -> Iterator[Entry]:
    """The rows of a sheet, one by one. `community`: where shops, parents and places are of which no row says it.

    Raises what reading the file raises.
    """
    amap = is_amap(table.header)
    mended = tuple(table.header[:2]) in PROBLEM_HEADS
    heads = table.header
    columns = [_column(place, name, found.kind, reading, heads[place]) for place, name in found.columns.items()]
    for row, of_another in parted(table.rows, table.header):
        entry = _entry(row, columns, len(table.header)) if not of_another else Entry(row, {})
        if of_another:
            entry.refuse("another_table")
        for fields in (entry.fields, *entry.about.values()):
            _set_right(entry, fields)
        _must_be_one(entry, KINDS[found.kind].named)
        if amap and entry.key:
            entry.key = f"amap:{entry.key}"  # which names one place, in every list of Amap's
        entry.mended, entry.again = mended and not entry.id, mended and _came_after(row)
        if community:
            _lie_in(entry, found.kind, community)
        if reading.datum is not Datum.WGS84:
            for fields in (entry.fields, *entry.about.values()):
                _convert(fields, reading.datum)
        yield entry


def _came_after(row: Row) -> bool:
    """Whether the reason beside a row says that an earlier one counts."""
    reason = text_of(row.cells[1]) if len(row.cells) > 1 else ""
    return any(words in reason for words in EARLIER)


def _lie_in(entry: Entry, kind: str, community: str) -> None:
    """Put a row, or the shop that it points to by name, into a community where it does not say one itself."""
    about = entry.about.get(_SHOP, {})
    named = about.get("name") or entry.fields.get(_SHOP)
    if kind in _IN_A_COMMUNITY:
        entry.fields.setdefault("community", community)
    elif kind in _OF_A_SHOP and named and ID not in about and not is_id(named):
        entry.about[_SHOP] = {"community": community} | about


def _convert(fields: Fields, datum: Datum) -> None:
    """A place as WGS-84, which is what records hold, and its datum noted. Half of one stays: nobody knows where it lies."""
    if "lat" in fields and "lon" in fields and is_shifted(fields["lat"], fields["lon"]):
        fields["lat"], fields["lon"] = to_wgs84(fields["lat"], fields["lon"], datum)
        fields["datum"] = datum.value


def _entry(row: Row, columns: Sequence[_Column], wide: int) -> Entry:
    entry = Entry(row, {})
    cells = row.cells
    if len(cells) > wide and not all(map(is_empty, cells[wide:])):
        entry.refuse("too_many_cells", cells=len(cells), columns=wide)
        return entry
    aside: list[str] = []  # what could not be read
    for column in columns:
        place, name, about, read = column[:4]
        cell = cells[place] if place < len(cells) else None
        if is_empty(cell):
            continue
        if cell in _FAILED:
            entry.refuse("formula_failed", field=name, text=text_of(cell))
            continue
        try:
            value, remark = read(cell)
        except Complaint as complaint:
            _complain(entry, complaint.code, column, text_of(cell), aside)
            continue
        if remark:
            entry.hear(remark)
        _put(entry, name, about, value)
    note = columns[0].note if columns else None
    if aside and note:
        entry.fields[note] = "\n".join([*filter(None, [entry.fields.get(note)]), *aside])
    return entry


def _complain(entry: Entry, code: str, column: _Column, text: str, aside: list[str]) -> None:
    """Keep the row out, or, of what a row need not have, leave that out and say so."""
    if column.needed:
        entry.refuse(code, field=column.name, text=text)
        return
    about = {"kind": column.about} if column.about else {}
    entry.doubt("unread" if code == "bad_value" else code, field=column.name, text=text, **about)
    if column.note and column.about is None:
        aside.append(f"{column.head}：{text}" if not column.head.isascii() else f"{column.head}: {text}")


def _set_right(entry: Entry, fields: Fields) -> None:
    """Turn a latitude and a longitude that stand the other way round, where only one way is possible; doubt half a place."""
    lat, lon = fields.get("lat"), fields.get("lon")
    if lat is None or abs(lat) <= _POLE:
        if (lat is None) != (lon is None):
            entry.doubt("half_a_place")
        return
    if lon is not None and abs(lon) <= _POLE:
        fields["lat"], fields["lon"] = lon, lat
        entry.doubt("turned")
    else:
        del fields["lat"]
        fields.pop("lon", None)
        entry.doubt("unread", kind=_SHOP, field="lat", text=f"{lat / MICRO:g}")


def _must_be_one(entry: Entry, named: str | None) -> None:
    """Refuse a row of sums."""
    name = entry.fields.get(named or _SHOP) or entry.about.get(_SHOP, {}).get("name")
    if name and _SUM(natural_key(str(name))):
        entry.refuse("sum", name=name)


def _put(entry: Entry, name: str, about: str | None, value: Any) -> None:
    fields = entry.fields if about is None else entry.about.setdefault(about, {})
    if name == LOCATION:
        fields["lat"], fields["lon"] = value
    elif name == STATUS:
        entry.status = value
    elif name != ID or about:
        fields[name] = value
    elif is_id(value):
        entry.id = value
    else:
        entry.key = value


def _column(place: int, name: str, kind: str, reading: Reading, head: str) -> _Column:
    about, _dot, own = name.rpartition(".")
    whose = KINDS[about or kind]
    if own == ID:
        return _Column(place, own, about or None, lambda cell: (text_of(cell).strip(), None))
    if own == STATUS:
        return _Column(place, own, None, _remembering(lambda cell: (_stands(text_of(cell)), None)))
    note = next((field.name for field in KINDS[kind].fields if field.name in ("note", "notes")), None)
    if own == LOCATION:
        return _Column(place, own, about or None, lambda cell: (location(cell), None), needed=False, note=note, head=head)
    field = whose.field(own)
    assert field is not None
    read = reader(field, reading, head)
    read = _remembering(read) if field.form in _FEW or own in _REPEATED else read
    return _Column(place, own, about or None, read, field.required or field.form in _WHOLE, note, head)


def _stands(text: str) -> str:
    return code_of(Outcome, text) or text.strip()


def _remembering(read: Read) -> Read:
    known: dict[tuple[type, Cell], tuple[Any, Remark | TakenAs | None]] = {}

    def read_once(cell: Cell) -> tuple[Any, Remark | TakenAs | None]:
        key = type(cell), cell
        found = known.get(key)
        if found is None:
            found = read(cell)
            if len(known) < _KEPT:
                known[key] = found
        return found

    return read_once
