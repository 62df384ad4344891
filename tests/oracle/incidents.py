"""Counts incidents anew: incidents.py FOLDER FROM UNTIL prints JSON {table: {value: {month: number, "": number of all months}}}.

Words that are neither in RFC 7970 nor in the lexicon are not looked up here: they begin with x-, and are counted as one.
"""
import json
import pathlib
import statistics
import sys
from collections import Counter, defaultdict
from datetime import datetime, timezone

try:
    import yaml
except ImportError:
    sys.exit(3)


def instant(text):
    return text and datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc)


def waited(seconds):
    if seconds is None:
        return "not known"
    steps = {1: "up to 1 hour", 4: "1 to 4 hours", 24: "4 to 24 hours", 72: "1 to 3 days", 168: "3 to 7 days", 720: "7 to 30 days"}
    return next((word for hours, word in steps.items() if seconds <= hours * 3600), "longer")


def said(incident):
    times = {key: instant(value) for key, value in incident["times"].items()}
    events = incident.get("events", [])
    assessments = incident.get("assessments", []) + [e["assessment"] for e in events if "assessment" in e]
    methods = incident.get("methods", []) + [m for e in events for m in e.get("methods", [])]
    impacts = [i for a in assessments for i in a["impacts"]]
    dated = next(key for key in ["detected", "aware", "reported", "generated"] if key in times)
    day = times[dated]

    def took(end):
        if end is None or "detected" not in times:
            return None
        seconds = (end - times["detected"]).total_seconds()
        return seconds if seconds >= 0 else None

    report = took(times.get("reported"))
    is_resolved = incident.get("status") == "resolved"
    resolution = took(times.get("recovered", times.get("ended"))) if is_resolved else None
    real = {i.get("severity") for i in impacts if i["to"] != "intended"}
    occurrences = {a.get("occurrence") for a in assessments}
    words = {
        "month": {f"{day:%Y-%m}"},
        "kind": {incident.get("kind")},
        "category": {word for a in assessments for word in a.get("categories", [])},
        "attack-type": {word for m in methods for word in m.get("attack-types", [])},
        "severity": {next((s for s in ["high", "medium", "low", "none", "unknown"] if s in real), None)},
        "system-impact": {i["type"] for i in impacts if i["to"] == "system"},
        "business-impact": {i["type"] for i in impacts if i["to"] == "business"},
        "occurrence": {next((o for o in ["actual", "potential"] if o in occurrences), None)},
        "status": {incident.get("status")},
        "discovery": {d["source"] for d in incident.get("discoveries", [])},
        "time-to-report": {waited(report)},
        "time-to-resolution": {waited(resolution) if is_resolved else "not resolved"},
        "dated-by": {dated},
        "colour": {incident.get("marking", "TLP:AMBER")},
    }
    return day, words, report, resolution


def main(folder, first, last):
    tables = defaultdict(lambda: defaultdict(Counter))
    spans = {"time-to-report": [], "time-to-resolution": []}
    for file in pathlib.Path(folder).rglob("*.yaml"):
        day, words, report, resolution = said(yaml.load(file.read_text(), yaml.BaseLoader))
        if not first <= f"{day:%Y-%m-%d}" <= last:
            continue
        for table, values in words.items():
            shown = {"own word" if v and v.startswith("x-") else v or "not said" for v in values} or {"not said"}
            for value in shown:
                for month in [f"{day:%Y-%m}", ""]:
                    tables[table][value][month] += 1
        for name, seconds in [("time-to-report", report), ("time-to-resolution", resolution)]:
            if seconds is not None:
                spans[name].append(seconds)
    medians = {name: -(-statistics.median_low(all) // 3600) for name, all in spans.items()}
    print(json.dumps({"tables": tables, "median-hours": medians}))


main(*sys.argv[1:])
