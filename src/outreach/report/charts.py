"""Charts as inline SVG, made from a section's own cells. Colours come from the page's stylesheet, by class; no script.

Each has its numbers written beside it, so that it can be read in grey and aloud; the table under it has them all.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from outreach.domain.records import Outcome
from outreach.report.document import Cell, Kind, Look, Section, shown
from outreach.report.page import escape

_WIDTH, _LINE, _LABEL, _NUMBER = 600, 26, 220, 46
_BARS = 20  # rows that a chart still shows well
_WIDE_LETTER = 0x2E7F
_FITTING = 30  # half-width letters of a label


def chart(section: Section, day: date) -> str:
    """The picture that goes with a section; nothing where its look has none, or there is nothing to see."""
    draw = _DRAWN.get(section.look)
    return draw(section, day) if draw and section.rows else ""


def _bars(section: Section, day: date) -> str:
    """The first count as bars."""
    at = next(i for i, column in enumerate(section.columns) if column.kind is Kind.COUNT)
    rows = [(shown(section.columns[0].kind, row[0], day), _number(row[at])) for row in section.rows[:_BARS]]
    most = max(1, *(n for _name, n in rows))
    kinds = _kinds(section)
    lines = []
    for i, (name, n) in enumerate(rows):
        y = i * _LINE
        lines += [_label(name, y), _box(_LABEL, y, _reach(n / most), kinds[i]), _value(str(n), _LABEL + _reach(n / most), y)]
    return _figure(section, len(rows), lines)


def _kinds(section: Section) -> Sequence[str]:
    """The colour of each bar: of its outcome where the rows are outcomes."""
    if section.code == "standing":
        return [outcome.value for outcome in Outcome]
    return ["bar"] * len(section.rows)


def _stacked(section: Section, day: date) -> str:
    """The counts of the four outcomes, one upon the other, with a legend."""
    places = [(i, c) for i, c in enumerate(section.columns) if c.code in list(Outcome)]
    most = max(1, *(sum(_number(row[i]) for i, _c in places) for row in section.rows))
    lines = list(_legend([(c.code, c.title) for _i, c in places]))
    rows = section.rows[:_BARS]
    for number, row in enumerate(rows, 1):
        x, y = float(_LABEL), number * _LINE
        lines.append(_label(shown(section.columns[0].kind, row[0], day), y))
        for i, column in places:
            reach = _reach(_number(row[i]) / most)
            if reach:
                lines.append(_box(x, y, reach, column.code, f"{column.title} {row[i]}"))
            x += reach
        lines.append(_value(str(sum(_number(row[i]) for i, _c in places)), x, y))
    return _figure(section, len(rows) + 1, lines)


def _legend(entries: Sequence[tuple[str, str]]) -> Iterator[str]:
    x = float(_LABEL)
    for code, title in entries:
        yield f'<rect class="{code}" x="{x:g}" y="7" width="12" height="12"/>'
        yield f'<text x="{x + 17:g}" y="17">{escape(title)}</text>'
        x += 34 + 15 * _cells(title) / 2


def _ranges(section: Section, day: date) -> str:
    """Shares as points upon their ranges, from nothing to everything."""
    places = {column.kind: i for i, column in enumerate(section.columns)}
    lines = [_scale(len(section.rows))]
    for number, row in enumerate(section.rows, 1):
        y, share, span = number * _LINE, row[places[Kind.SHARE]], row[places[Kind.RANGE]]
        lines.append(_label(" · ".join(shown(Kind.TEXT, cell, day) for cell in row[:2]), y))
        if isinstance(span, tuple) and isinstance(share, float):
            low, high = (_at(float(end)) for end in span)
            lines.append(f'<path class="range" d="M{low:g} {y + 13}H{high:g}M{low:g} {y + 8}v10M{high:g} {y + 8}v10"/>')
            lines.append(f'<circle class="bar" cx="{_at(share):g}" cy="{y + 13}" r="5"/>')
        lines.append(f'<text class="soft" x="{_WIDTH}" y="{y + 17}" text-anchor="end">{escape(row[2])}/{escape(row[3])}</text>')
    return _figure(section, len(section.rows) + 1, lines)


def _scale(rows: int) -> str:
    ticks = [
        f'<text class="soft" x="{_at(p):g}" y="16" text-anchor="middle">{p:.0%}</text>' for p in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    lines = "".join(f"M{_at(p):g} 22V{(rows + 1) * _LINE}" for p in (0.0, 0.25, 0.5, 0.75, 1.0))
    return f'<path class="grid" d="{lines}"/>' + "".join(ticks)


def _at(share: float) -> float:
    return round(_LABEL + share * (_WIDTH - _LABEL - _NUMBER), 1)


def _reach(part: float) -> float:
    return round(part * (_WIDTH - _LABEL - _NUMBER), 1)


def _label(text: str, y: float) -> str:
    return f'<text x="{_LABEL - 10}" y="{y + 17:g}" text-anchor="end">{escape(_shortened(text))}</text>'


def _value(text: str, x: float, y: float) -> str:
    return f'<text class="soft" x="{x + 6:g}" y="{y + 17:g}">{escape(text)}</text>'


def _box(x: float, y: float, width: float, kind: str, title: str = "") -> str:
    inner = f"<title>{escape(title)}</title>" if title else ""
    return f'<rect class="{kind}" x="{x:g}" y="{y + 4:g}" width="{width:g}" height="{_LINE - 8}">{inner}</rect>'


def _figure(section: Section, lines: int, parts: Sequence[str]) -> str:
    size = f'viewBox="0 0 {_WIDTH} {lines * _LINE + 4}"'
    return f'<figure class="chart"><svg {size} role="img" aria-label="{escape(section.title)}">{"".join(parts)}</svg></figure>'


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _cells(text: str) -> int:
    return sum(2 if ord(c) > _WIDE_LETTER else 1 for c in text)


def _shortened(text: str) -> str:
    """As much of a label as its place takes."""
    if _cells(text) <= _FITTING:
        return text
    while _cells(text) > _FITTING - 1:
        text = text[:-1]
    return text + "…"


_DRAWN: Mapping[Look, Callable[[Section, date], str]] = {Look.BARS: _bars, Look.STACKED: _stacked, Look.RANGES: _ranges}
