"""What OPA says of resources, with strict builtin errors.

Reads JSON lines: first {"modules": {path: text}, "data": {...}}, then {"checks": [snake...], "input": {...}}.
Prints for each resource {snake: "pass" | "fail" | "not-applicable" | "error"}.
"""

import json
import sys

from opa_bindings import OpaEngine, OpaError, OpaUndefinedError


def holds(engine, check, rule, resource):
    try:
        return engine.eval_document(f"probity.metrics.{check}.{rule}", resource) is True
    except OpaUndefinedError:
        return False


def outcome(engine, filters, check, resource):
    """One check by itself: an error of another one must not hide its outcome."""
    try:
        if filters[check] and not holds(engine, check, "applicable", resource):
            return "not-applicable"
        return "pass" if holds(engine, check, "compliant", resource) else "fail"
    except OpaError:
        return "error"


def outcomes(engine, filters, checks, resource):
    try:
        together = engine.eval_document("probity.assess.outcome", resource)
        return {check: together[check] for check in checks}
    except OpaError:
        return {check: outcome(engine, filters, check, resource) for check in checks}


def main():
    bundle = json.loads(sys.stdin.readline())
    filters = {check: data["filters"] for check, data in bundle["data"]["probity"]["checks"].items()}
    with OpaEngine() as engine:
        for path, text in bundle["modules"].items():
            engine.add_policy(path, text)
        engine.add_data(bundle["data"])
        for line in sys.stdin:
            case = json.loads(line)
            print(json.dumps(outcomes(engine, filters, case["checks"], case["input"])))


main()
