"""From the rows of a sheet to entries: each cell as the value of the field that its column is."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from outreach.domain.change import Fields
from outreach.domain.datum import Datum, is_shifted, to_wgs84
from outreach.domain.form import Form
from outreach.domain.ids import is_id
from outreach.domain.records import KINDS
from outreach.exchange.entry import Entry
from outreach.exchange.fates import Remark
from outreach.exchange.header_words import ID, LOCATION, PROBLEM_HEADS
from outreach.exchange.headers import Recognised, is_amap
from outreach.exchange.table import Cell, Row, Table
from outreach.exchange.values import Complaint, Read, Reading, is_empty, location, reader, text_of

_SHOP = "merchant"
_FEW = (Form.DAY, Form.MOMENT, Form.WORD, Form.WORDS, Form.FLAG)  # forms of which a sheet has few different cells
_REPEATED = ("community", "category", "by", "parent")  # and fields
_FAILED = frozenset(("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"))  # of formulas
_KEPT = 10_000  # different cells of a column whose values are remembered


class _Column(NamedTuple):
    """A column: its place, its field, whose field that is (`merchant` where a row describes its shop), and how it is read."""

    place: int
    name: str
    about: str | None
    read: Read


def entries(table: Table, found: Recognised, reading: Reading, community: str | None = None) -> Iterator[Entry]:
    """The rows of a sheet, one by one. `community`: where the shops are of which no row says it.

    Raises what reading the file raises.
    """
    amap = is_amap(table.header)
    mended = tuple(table.header[:2]) in PROBLEM_HEADS
    columns = [_column(place, name, found.kind, reading) for place, name in found.columns.items()]
    for row in table.rows:
        entry = _entry(row, columns, len(table.header))
        if amap and entry.key:
            entry.key = f"amap:{entry.key}"  # which names one place, in every list of Amap's
        entry.mended = mended and not entry.id
        if community and found.kind == _SHOP:
            entry.fields.setdefault("community", community)
        if reading.datum is not Datum.WGS84:
            for fields in (entry.fields, *entry.about.values()):
                _convert(fields, reading.datum)
        yield entry


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
    for place, name, about, read in columns:
        cell = cells[place] if place < len(cells) else None
        if is_empty(cell):
            continue
        if cell in _FAILED:
            entry.refuse("formula_failed", field=name, text=text_of(cell))
            continue
        try:
            value, remark = read(cell)
        except Complaint as complaint:
            entry.refuse(complaint.code, field=name, text=text_of(cell))
            continue
        if remark:
            entry.remarks.append(remark)
        _put(entry, name, about, value)
    return entry


def _put(entry: Entry, name: str, about: str | None, value: Any) -> None:
    fields = entry.fields if about is None else entry.about.setdefault(about, {})
    if name == LOCATION:
        fields["lat"], fields["lon"] = value
    elif name != ID or about:
        fields[name] = value
    elif is_id(value):
        entry.id = value
    else:
        entry.key = value


def _column(place: int, name: str, kind: str, reading: Reading) -> _Column:
    about, _dot, own = name.rpartition(".")
    whose = KINDS[about or kind]
    if own == ID:
        return _Column(place, own, about or None, lambda cell: (text_of(cell).strip(), None))
    if own == LOCATION:
        return _Column(place, own, about or None, lambda cell: (location(cell), None))
    field = whose.field(own)
    assert field is not None
    read = reader(field, reading)
    return _Column(place, own, about or None, _remembering(read) if field.form in _FEW or own in _REPEATED else read)


def _remembering(read: Read) -> Read:
    known: dict[tuple[type, Cell], tuple[Any, Remark | None]] = {}

    def read_once(cell: Cell) -> tuple[Any, Remark | None]:
        key = type(cell), cell
        found = known.get(key)
        if found is None:
            found = read(cell)
            if len(known) < _KEPT:
                known[key] = found
        return found

    return read_once
