"""Says what does not conform: xsd.py <schema> < document"""

import sys

from lxml import etree

schema = etree.XMLSchema(etree.parse(sys.argv[1]))
schema.validate(etree.parse(sys.stdin.buffer))
for error in schema.error_log:
    print(f"{error.line}: {error.message}")
sys.exit(len(schema.error_log) > 0)
