"""Writes data/schema/outreach.schema.json, the JSON Schema of the shared `outreach.json`, from the table of records.

python scripts/build/schema.py
"""

import json
from pathlib import Path
from typing import Any

from outreach.domain.change import LATEST
from outreach.domain.fold import LARGEST
from outreach.domain.form import Field, Form, Kind
from outreach.domain.records import KINDS
from outreach.sync.export import FORMAT, exported

TARGET = Path(__file__).resolve().parents[2] / "data" / "schema" / "outreach.schema.json"
_TEXT = {"type": "string", "minLength": 1}
_STAMP = {"type": "integer", "minimum": 0, "maximum": LATEST, "description": "Milliseconds since 1970 (UTC)."}
_FORMS: dict[Form, dict[str, Any]] = {
    Form.TEXT: _TEXT,
    Form.NOTE: _TEXT,
    Form.NUMBER: {"type": "integer", "minimum": 0, "maximum": LARGEST},
    Form.DEGREES: {"type": "integer", "minimum": -180_000_000, "description": "Micro-degrees, WGS 84."},
    Form.FLAG: {"type": "boolean"},
    Form.DAY: {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
    Form.MOMENT: {
        "type": "string",
        "pattern": r"^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z))?$",
        "description": "An instant with its offset, or a day where the hour is not known.",
    },
    Form.WORD: {"type": "string"},
    Form.WORDS: {"type": "array", "items": _TEXT},
    Form.REFERENCE: _TEXT,
    Form.REFERENCES: {"type": "array", "items": _TEXT},
}


def document() -> dict[str, Any]:
    """The schema, from this version's records."""
    lists = {
        kind.plural: {"type": "array", "description": "Sorted by id.", "items": {"$ref": f"#/$defs/{kind.name}"}}
        for kind in KINDS.values()
    }
    single = {
        "format": {"const": FORMAT},
        "team": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
        "covers": {
            "type": "object",
            "description": "By laptop: how many of its changes are in, and the newest stamp among them.",
            "additionalProperties": _record({"changes": _FORMS[Form.NUMBER], "newest": _STAMP}),
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "outreach.json",
        "description": (
            "Every live record of a team, merged. Derived from the segments under changes/; never read back. "
            "Fields without a value are left out; newer versions may add fields."
        ),
        **_record(single | lists),
        "$defs": {kind.name: _kind(kind) for kind in KINDS.values()},
    }


def _kind(kind: Kind) -> dict[str, Any]:
    properties = {"id": _TEXT, **{field.name: _field(field) for field in exported(kind)}}
    return _record(properties, ["id", *kind.required])


def _field(field: Field) -> dict[str, Any]:
    form = dict(_FORMS[field.form])
    if field.words:
        form["enum"] = [word.value for word in field.words]
    if field.to:
        form["description"] = f"The id of a {field.to}." if field.form is Form.REFERENCE else f"Ids of {field.to}s."
    return form


def _record(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    return {"type": "object", "required": required or list(properties), "properties": properties}


def text() -> str:
    """The schema as it is kept."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text(), encoding="utf-8", newline="\n")
