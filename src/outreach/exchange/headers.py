"""Which kind of record a sheet holds, and which of its columns is which field: header words in Chinese and English. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from outreach.domain.records import KINDS
from outreach.exchange.header_words import FOLLOWS, ID, SAYS_LESS, STATES, STATUS, WORDS
from outreach.exchange.heading import (
    Header,
    field_named,
    header_of,
    is_in_parts,
    is_of_the_form,
    is_private,
    own_field,
    parts_of,
)
from outreach.exchange.kinds import are_parents, kind_exported, kind_named, kind_of
from outreach.exchange.mended import ahead
from outreach.exchange.table import Cell, letters

LEAVE_OUT = "-"  # instead of a field
_NUMBERS = ("序号",)  # which count the rows and say nothing
_ODK_STATE = "Status"  # which is not what a person asked
_OF_ODK = {"SubmitterID", "ReviewState"}  # where one of these is, too


@dataclass(frozen=True)
class Recognised:
    """What a sheet is. `columns`: the field of a column by its place (`merchant.phone` where a visit's row describes its shop).

    `unknown`, `private`: headers of columns that are left out, because nobody knows them, or because nobody may read them.
    """

    kind: str
    columns: Mapping[int, str]
    unknown: tuple[str, ...] = ()
    private: tuple[str, ...] = ()


FIRST_ROWS = 10  # among which the header is: lists have a title above it
_HEADS = frozenset(word for some in WORDS.values() for words in some.values() for word in words.split())
_WRITTEN = frozenset(as_written for word in _HEADS for as_written in (word, word.capitalize(), word.title(), word.upper()))
_SURE = 2  # words that are known; one may be a shop that is called so


def heads_in(cells: Sequence[Cell], also: Collection[str] = ()) -> int:
    """How many of these cells say what is in a column: words that are known, or that are among `also`."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell]
    return sum(text.strip() in also or not _HEADS.isdisjoint(header_of(text).words) for text in texts)


def is_header(cells: Sequence[Cell]) -> bool:
    """Whether a row below the header can only be a header, too: half of it and more is words that are known, as they are."""
    if _WRITTEN.isdisjoint(cells):  # asked of each row of a file
        return False
    said = [cell for cell in cells if cell not in (None, "")]
    known = sum(isinstance(cell, str) and cell.strip().casefold() in _HEADS for cell in said)
    return known >= _SURE and known * 2 >= len(said)


def place_of_header(rows: Sequence[Sequence[Cell]], also: Collection[str] = ()) -> int:
    """Which of the first rows of a sheet is its header: the one with the most known words, else the first of two cells."""
    known = [heads_in(row, also) for row in rows]
    if max(known, default=0) >= _SURE:
        return known.index(max(known))
    places = (i for i, row in enumerate(rows) if known[i] or sum(cell not in (None, "") for cell in row) >= _SURE)
    return next(places, 0)


def recognise(
    name: str, header: Sequence[str], given: Mapping[str, str], kind: str | None = None, file: str = ""
) -> Recognised | None:
    """What the sheet of that name, in that file, with that header is; None where nothing says so.

    `given`: field, or `LEAVE_OUT`, by header.
    """
    given = given if _OF_ODK.isdisjoint(header) else {_ODK_STATE: LEAVE_OUT, **given}
    parts = parts_of(header)
    headers = [header_of(text, parts) for text in header]
    aside = ahead(header)
    kind = kind or kind_named(name) or _kind_clear(headers, given, f"{file} {name}")
    private = {i for i, one in enumerate(headers) if one.text not in given and is_private(one, kind)}
    open_ = {i: one for i, one in enumerate(headers) if i not in private and one.text and i >= aside}
    kind = kind or kind_of(open_.values(), given)
    if kind is None:
        return None
    columns: dict[int, str] = {}
    last = max(open_, default=0)
    first = {last} if aside and header[last] == ID else set()  # our own id of what was taken in, which comes before a key
    for i, one in sorted(open_.items(), key=lambda item: (item[0] not in first, _rank(item[1]))):
        field = given[one.text] if one.text in given else field_named(kind, one)
        if field and (field == LEAVE_OUT or field not in columns.values()):
            columns[i] = field
    follows = {i for i, one in enumerate(headers) if kind == "merchant" and one.words[0] in FOLLOWS}
    ours = follows if len(follows) == len(FOLLOWS) // 2 else set()  # of somebody else's list, a state that is left out is said
    numbers = {i for i, one in enumerate(headers) if one.words[0] in _NUMBERS}
    unknown = (i for i in range(aside, last + 1) if i not in columns and i not in private | ours | numbers)
    own = (i for i in unknown if not (is_of_the_form(header[i]) or is_in_parts(header[i], header, parts)))
    left_out = tuple(headers[i].text or letters(i) for i in own)
    columns = {i: STATUS for i in ours if headers[i].words[0] in STATES} | columns
    columns = {i: field for i, field in sorted(columns.items()) if field != LEAVE_OUT}
    return Recognised(kind, columns, left_out, tuple(headers[i].text for i in sorted(private)))


def _kind_clear(headers: Sequence[Header], given: Mapping[str, str], title: str) -> str | None:
    """What the rows can only be, before it is known which columns nobody may read."""
    parents = "parent" if are_parents(headers, given, title) else None
    return kind_exported(headers) or parents or ("community" if _of_communities(headers, given) else None)


def _rank(header: Header) -> int:
    """What a form notes by itself stands behind what a person was asked, the day of it before the time of sending."""
    return SAYS_LESS.index(header.words[0]) + 1 if header.words[0] in SAYS_LESS else 0


def _of_communities(headers: Sequence[Header], given: Mapping[str, str]) -> bool:
    """Whether it is clearly a list of communities, which have schools: most of it is facts of theirs, nothing of a person."""
    some = [one for one in headers if one.text]
    open_ = [one for one in some if not is_private(one, None)]
    if kind_of(open_, given) != "community" or any("姓名" in one.words[0] for one in some):
        return False
    facts = sum(own_field("community", one) is not None for one in open_)
    its_own = all(own_field("community", one) for one in some if one not in open_)
    return its_own and facts >= _SURE and facts * 2 > len(open_)


def is_of_a_map(header: Sequence[str]) -> bool:
    """Whether these are columns of a map service: it writes a kind of shop from the general to the particular."""
    return {"type", "location"} <= set(header)


_AMAPS = """
    typecode pname cityname adname pcode citycode adcode parent distance rating cost biz_type biz_ext importance business
    business_area poiweight gridcode entr_location postcode photos shopid shopinfo navi_poiid indoor indoor_map indoor_data
"""  # what else its place search tells of a shop, and nobody keeps


def without_amaps(names: Sequence[str], header: Sequence[str]) -> tuple[str, ...]:
    """Those columns that a person put there: of a list of Amap's, not what it says by itself."""
    return tuple(name for name in names if name not in _AMAPS.split()) if is_amap(header) else tuple(names)


def is_amap(header: Sequence[str]) -> bool:
    """Whether these are the columns of Amap's place search, whose places are in GCJ-02."""
    return {"location", "typecode", "adname"} <= set(header)


def lacking(found: Recognised) -> str | None:
    """The field without which no row of the sheet could be taken in, if no column is that field."""
    kind = KINDS[found.kind]
    has = set(found.columns.values()) - {STATUS}
    if kind.named:
        by_id = ID in has and has != {ID}  # and says something of what it names so
        return None if by_id or kind.named in has else kind.named
    if "merchant" not in kind.required or has & {"merchant", "merchant.id", "merchant.name"}:
        return None
    return "merchant"
