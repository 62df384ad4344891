"""Says as JSON what another reader finds in an Atom feed: whether it is well-formed, its title, and title, links and labels of its entries."""

import json
import sys

import feedparser

feed = feedparser.parse(open(sys.argv[1], "rb").read())
entries = [
    {
        "title": entry.title,
        "id": entry.id,
        "updated": entry.updated,
        "labels": [tag.term for tag in entry.get("tags", [])],
        "links": [link.href for link in entry.links],
        "rights": entry.get("rights"),
    }
    for entry in feed.entries
]
json.dump({"faults": bool(feed.bozo), "version": feed.version, "title": feed.feed.title, "entries": entries}, sys.stdout)
