"""The controls that two revisions of a catalog differ in, by ids and text alone: JSON of four sorted lists of ids.

Usage: controls.py BEFORE.json AFTER.json
"""

import json
import sys


def controls(node):
    """All controls below a group, control or catalog."""
    for group in node.get("groups", []):
        yield from controls(group)
    for control in node.get("controls", []):
        yield control
        yield from controls(control)


def bare(value):
    """A value without the amount of blank space and without order among links and properties."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [bare(item) for item in value]
    if isinstance(value, dict):
        listed = {key: bare(item) for key, item in value.items()}
        for key in ("props", "links"):
            if key in listed:
                listed[key] = sorted(listed[key], key=lambda item: json.dumps(item, sort_keys=True))
        return listed
    return value


def text(control):
    """All that a control says: its title, parameters and parts."""
    return [bare(control.get(key)) for key in ("title", "params", "parts")]


def withdrawn(control):
    """Whether a control is withdrawn."""
    return any(p["name"] == "status" and p["value"].lower() == "withdrawn" for p in control.get("props", []))


def main():
    before, after = ({c["id"]: c for c in controls(json.load(open(path, encoding="utf-8"))["catalog"])} for path in sys.argv[1:3])
    both = before.keys() & after.keys()
    answer = {
        "added": sorted(after.keys() - before.keys()),
        "removed": sorted(before.keys() - after.keys()),
        "withdrawn": sorted(i for i in after if withdrawn(after[i]) and not (i in before and withdrawn(before[i]))),
        "reworded": sorted(i for i in both if text(before[i]) != text(after[i])),
    }
    json.dump(answer, sys.stdout)


main()
