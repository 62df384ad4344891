"""What validators of STIX 2.1 say of bundles: stix.py FILE... prints a line for each fault. Needs stix2-validator and stix2."""
import sys

import stix2
from stix2validator import ValidationOptions, validate_file

options = ValidationOptions(version="2.1")
for file in sys.argv[1:]:
    result = validate_file(file, options)
    faults = [error for one in result.object_results for error in (one.errors or [])]
    for fault in faults + ([] if result.is_valid or faults else [result.fatal or "invalid"]):
        print(f"{file}: {fault}")
    with open(file, encoding="utf-8") as text:
        try:
            stix2.parse(text.read(), allow_custom=False, version="2.1")
        except Exception as error:
            print(f"{file}: stix2: {error}")
