"""What the fields of a file's columns are called: which one is meant by what somebody says, and how each is written."""

from __future__ import annotations

from outreach.domain.text import natural_key
from outreach.exchange.header_words import ID, LOCATION, NAMED_SO, WORDS
from outreach.exchange.heading import field_named, fields_of, header_of
from outreach.i18n import _, language
from outreach.report.labels import FIELD_LABELS, KIND_LABELS, Label

_OWN = {  # what is a column of a file, and no field of a record
    ID: Label("the list's own number", "那份表里的编号"),
    LOCATION: Label("place, as lon,lat", "位置（经度,纬度）"),
}


def field_label(kind: str, name: str) -> str:
    """What a column's field is called; of a shop's field in a list of something else, whose it is."""
    about, _dot, own = name.rpartition(".")
    found = _label(about or kind, own)
    text = str(found) if found else own
    return _("the shop's {field}").format(field=text) if about else text


def field_shown(kind: str, name: str) -> str:
    """The same with the name that `--map` takes, too."""
    label = field_label(kind, name)
    return name if label == name else _("{field} ({label})").format(field=name, label=label)


def fields_shown(kind: str) -> str:
    """All that a column of that kind of list can be."""
    return _(", ").join(field_shown(kind, name) for name in fields_of(kind))


def field_meant(kind: str, text: str) -> str | None:
    """The field of that name, of that label in either language, or of that word at the head of a column."""
    if text in fields_of(kind):
        return text
    key = natural_key(text)
    labelled = (name for name in fields_of(kind) if key in map(natural_key, _label(kind, name) or ()))
    return next(labelled, None) or field_named(kind, header_of(text))


def kinds_text(kind: str) -> str:
    """What `--kind` calls rows of a kind: merchants, 商户."""
    return str(KIND_LABELS[kind]) if language() == "zh" else NAMED_SO[kind].split()[0]


def field_of_some_kind(text: str) -> str | None:
    """The field that is meant where it is not known yet what the rows are."""
    fields = (field_meant(kind, text) for kind in WORDS)
    return next(filter(None, fields), None)


def _label(kind: str, name: str) -> Label | None:
    return _OWN.get(name) or FIELD_LABELS.get((kind, name)) or FIELD_LABELS.get(("", name))
