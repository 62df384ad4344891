"""Builds an estate in two accounts and three regions of a running moto, and writes down what it set: seed.py PORT FILE

The file holds an object of resources by id: `type` and `properties`. It is made from what was asked for and what AWS documents
as its default, never from what a collector says. `$time` stands for an instant of the seeding, `$age` for seconds since then."""

import concurrent.futures
import json
import sys

from estate import buckets, data, ground, identities, machines, programs, watching

PARTS = [machines, buckets, watching, identities, data, programs]


def main():
    port, file = sys.argv[1:]
    estate = ground.Estate(port)
    places = [estate.place(account, region) for account in ground.ACCOUNTS for region in ground.REGIONS]
    with concurrent.futures.ThreadPoolExecutor(3) as threads:
        list(threads.map(seed, places))
    estate.write(file)


def seed(place):
    for part in PARTS:
        part.seed(place)


main()
