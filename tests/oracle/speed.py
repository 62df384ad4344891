"""How many checks OPA evaluates in a CPU second: speed.py <file>

Reads JSON lines: first {"modules": {path: text}, "data": {...}}, then {"checks": [snake...], "input": {...}}. Evaluates every
check of every resource in three ways, and prints {way: evaluations per CPU second, user and system}:

check      one query for each check
resource   one query for the checks that apply to the resource
all        one query for all checks, of which those that apply are counted
"""

import json
import sys
import time

from opa_bindings import OpaEngine, OpaUndefinedError


def by_check(engine, case):
    for check in case["checks"]:
        try:
            engine.eval_document(f"probity.metrics.{check}.compliant", case["input"])
        except OpaUndefinedError:
            pass


def by_resource(engine, case):
    engine.eval_document(f"bench.of_{'_'.join(case['checks'])}", case["input"])


def by_all(engine, case):
    engine.eval_document("bench.all", case["input"])


def module(cases, checks):
    """A rule for each set of checks: the names of those that hold."""
    sets = {tuple(case["checks"]): f"of_{'_'.join(case['checks'])}" for case in cases}
    sets[tuple(checks)] = "all"
    rules = [
        f'{name} contains "{check}" if data.probity.metrics.{check}.compliant'
        for names, name in sets.items()
        for check in names
    ]
    return "package bench\n" + "\n".join(rules)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        bundle, *cases = [json.loads(line) for line in file]
    evaluations = sum(len(case["checks"]) for case in cases)
    found = {}
    with OpaEngine() as engine:
        for path, text in bundle["modules"].items():
            engine.add_policy(path, text)
        engine.add_policy("bench.rego", module(cases, bundle["data"]["probity"]["checks"]))
        engine.add_data(bundle["data"])
        for name, way in {"check": by_check, "resource": by_resource, "all": by_all}.items():
            way(engine, cases[0])
            before = time.process_time()
            for case in cases:
                way(engine, case)
            found[name] = round(evaluations / (time.process_time() - before))
    print(json.dumps(found))


main()
