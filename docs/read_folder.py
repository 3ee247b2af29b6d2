"""Folds a shared folder of outreach into its records, as docs/sync.md says. Standard library only.

python3 docs/read_folder.py FOLDER data/schema/outreach.schema.json    prints the records, as outreach.json has them
"""

import hashlib
import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

TYPES = {"string": str, "integer": int, "boolean": bool, "array": list}
NAME = re.compile(r"(\d{6,9})-([0-9a-f]{16})\.jsonl")


def text_of(value):
    return unicodedata.normalize("NFC", json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def no_float(text):
    raise ValueError(text)


def changes_in(folder):
    for path in folder.glob("changes/*/*"):
        name, data = NAME.fullmatch(path.name), path.read_bytes()
        if name and hashlib.sha256(data).hexdigest().startswith(name[2]):
            head, *lines = data.removesuffix(b"\n").split(b"\n")
            header = json.loads(head)
            if (header["format"], header["sealed"], header["device"]) == ("outreach/segment/1", "plain", path.parent.name):
                for line in lines:
                    try:
                        yield path.parent.name, json.loads(text_of(json.loads(line, parse_float=no_float)))
                    except ValueError:
                        print(f"{path}: a line waits", file=sys.stderr)


def fits(form, value):
    return value is None or (
        type(value) is TYPES[form["type"]]
        and value in form.get("enum", [value])
        and (type(value) is not int or form.get("minimum", value) <= value < 2**63)
        and (type(value) is not str or (value != "" and re.search(form.get("pattern", ""), value) is not None))
        and (type(value) is not list or all(fits(form["items"], item) and item is not None for item in value))
    )


def main(folder, schema):
    lists = {p["items"]["$ref"].split("/")[-1]: name for name, p in schema["properties"].items() if "items" in p}
    best = defaultdict(dict)  # (kind, id) -> field -> (stamp, device, text of the value)
    for device, change in changes_in(folder):
        forms = schema["$defs"].get(change["kind"], {"properties": {}})["properties"] | {"removed": {"type": "boolean"}}
        record = best[change["kind"], change["id"]]
        for name, value in change["fields"].items():
            if name in forms and name != "id" and fits(forms[name], value):
                record[name] = max(record.get(name, (-1, "", "")), (change["stamp"], device, text_of(value)))
    found = {name: [] for name in lists.values()}
    for (kind, record_id), fields in sorted(best.items()):
        values = {name: value for name, (*_, text) in sorted(fields.items()) if (value := json.loads(text)) is not None}
        if kind in lists and not values.pop("removed", False) and {*schema["$defs"][kind]["required"]} <= {*values, "id"}:
            found[lists[kind]].append({"id": record_id} | values)
    print(json.dumps(found, ensure_ascii=False, sort_keys=True, indent=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))
