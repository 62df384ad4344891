"""Reads a folder as a feed of MISP, as PyMISP makes one: feed.py FOLDER prints what does not fit, and nothing where all does."""
import hashlib
import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
manifest = json.loads((folder / "manifest.json").read_text())
lines = (folder / "hashes.csv").read_text().splitlines()
known = {tuple(line.split(",")) for line in lines}
events = {file.stem: json.loads(file.read_text())["Event"] for file in folder.glob("*.json") if file.stem != "manifest"}
if manifest.keys() != events.keys():
    print("the manifest lists other events than there are")
if len(known) != len(lines) or any(len(one) != 2 or len(one[0]) != 32 for one in known):
    print("a line of hashes.csv is no digest with a uuid, or stands twice")
for uuid, event in events.items():
    if event["uuid"] != uuid:
        print(f"{uuid}.json is another event")
    for key in ["Orgc", "Tag", "info", "date", "analysis", "threat_level_id", "timestamp"]:
        if manifest.get(uuid, {}).get(key) != event[key]:
            print(f"{uuid}: the manifest says another {key}")
expected = {
    (hashlib.md5(attribute["value"].encode()).hexdigest(), uuid)
    for uuid, event in events.items()
    for attribute in event["Attribute"]
}
for digest, uuid in sorted(expected ^ known):
    print(f"{uuid}: {digest} is {'missing' if (digest, uuid) in expected else 'of no value'}")
